### The PKCS#11 module and what it sees

## The module

no-module = No PKCS#11 module for CPx cards was found on this computer.
    .remedy = Install the Cryptolib CPS (ANS web site), or name the module with “--module PATH”.
tokens-read = The card can be used through a PKCS#11 module.
tokens-reserved = The card can be used through a PKCS#11 module, with a reservation:
tokens-no-usable-card = No CPx card can be used through a PKCS#11 module:
tokens-could-not-tell = The PKCS#11 modules could not be asked:
module = Module: { $path }
modules-left-out = { $count ->
    [one] One more module was not looked at.
   *[other] { $count } more modules were not looked at.
}
module-answers = The module answers.
module-no-slot = The module answers, but sees no reader.
    .remedy = Plug a reader in and run this again; “cpx-check readers” tells what the system sees.
module-reader-unseen = The module does not see the reader, which the system does see.
    .remedy = Close all browsers and run this again; if nothing changes, repair or reinstall the Cryptolib CPS.
module-absent = This module is registered, but its file does not exist.
    .remedy = Reinstall the software that brings it, or remove the registration (in Firefox: Settings > Privacy & Security > Security Devices > Unload).
module-dead-link = This path is a link that leads to no file.
    .remedy = Reinstall the software that brings this module; if it is no longer used, remove the link.
module-not-a-file = This path does not name a file.
    .remedy = Give the path of the module's own file.
module-unreadable = This account cannot read this module.
    .remedy = Have the administrator correct the rights of the file and of its folders.
module-wrong-architecture = This module is made for another kind of processor, or for 32-bit programs.
    .remedy = Install the current Cryptolib CPS, made for this computer.
    .remedy-windows = Install the Cryptolib CPS x64 and register the module in C:\Windows\System32 with 64-bit browsers.
    .remedy-macos = Install the current Cryptolib CPS, which is universal (Intel and Apple).
module-for-32-bits = The module of 32-bit programs: this 64-bit program does not ask it.
module-missing-library = The module does not load: a library that it needs is missing, or has another version.
    .remedy = Reinstall the software that brings this module; the technical detail names the library.
module-not-a-module = This file is no PKCS#11 module.
    .remedy = Check the registered path; if it is right, the file is damaged: reinstall the software that brings it.
module-forbidden = The system refuses to load this module.
    .remedy = Check the rights of the file; if an antivirus blocked it, add an exception.
module-not-loaded = This module does not load.
    .remedy = Repair or reinstall the software that brings it; if it still does not load, give the technical detail to support.
module-broken = This module is incomplete: functions that every module must have are missing.
    .remedy = Reinstall the software that brings it, in its current version.
module-refuses = The module loads, but refuses to work.
    .remedy = Close the other software that uses the card and run this again; if nothing changes, repair the Cryptolib CPS.
module-crashes = The module crashes.
    .remedy = Update or reinstall it: a browser that loads it would crash as well.
module-exits = The module ends the program that asks it.
    .remedy = Update or reinstall it: a browser that loads it would close as well.
module-hangs = The module does not answer: it was stopped.
    .remedy = Unplug the reader and plug it in again, close the other software of the card, run this again. If it lasts, reinstall the module.
module-endless = The module answers without end: it was stopped.
    .remedy = Update or reinstall it.
module-not-asked = The module could not be asked.
    .remedy = Run this again; if the error comes back, give the technical detail to support.
library-label = Name
library-line = { $description } { $version }, by { $manufacturer }
file-version-label = File version
named-by-label = Named by
named-by-known-place = the Cryptolib CPS (usual place)
named-by-command-line = the command line
named-by-p11-kit = p11-kit ({ $name })
named-by-firefox = Firefox, profile { $name }
named-by-nss = the NSS database { $name }
named-by-manifest = the manifest { $name }
named-by-policy = the policy { $name }
real-path-label = Actual file
oddity-interface-fails = C_GetInterface fails, C_GetFunctionList works
oddity-list-version = it announces version 3 with the list of version 2
oddity-slot-count-changed = the number of its readers changes from one call to the next
oddity-already-initialized = other software has initialised it already
oddity-unpadded-text = its texts are not padded with spaces
oddity-control-characters = its texts hold control characters
oddity-not-utf8 = its texts are not UTF-8
oddity-too-many = it announces more items than are looked at
oddity-finalize-fails = it fails to finish
copy-label = Copy of

## What it sees in a reader

token-empty = the module sees no card in this reader.
    .remedy = Insert the card, chip visible and towards the reader, until it stops.
token-card-unseen = the module thinks that this reader is empty, but the system sees a card in it.
    .remedy = Close the browsers and the software of the card, take the card out and insert it again, then run this again.
token-foreign = the module does not recognise the card: it is no CPx card.
    .remedy = Take it out and insert the CPS, CPF, CPE or CPA card.
token-silent = the module does not recognise the card, and it does not answer the reader either.
    .remedy = Wipe the chip and insert the card again; try another reader. If nothing changes, have the card replaced.
token-not-recognised = the module does not recognise the CPx card, although the card can be read.
    .remedy = Update the Cryptolib CPS (5.2 at least for a CPS4), close the browsers and CCM, empty its cache, then insert the card again.
token-unknown-card = the module does not recognise the card.
    .remedy = Check with “cpx-check card” which card it is. If it is a CPx card, update the Cryptolib CPS.
token-failed = the module fails on this reader.
    .remedy = Unplug the reader and plug it in again, insert the card again, then run this again.
token-not-reached = the module stopped before it had told everything about this reader.
    .remedy = First correct the failure of the module that is told above.
token-seen = the module sees the card.
token-ghost = the module shows a card although the reader is empty.
    .remedy = Close the browsers and the software of the card, then run this again; if the card is still shown, empty the cache of the Cryptolib CPS.
token-outdated = the module shows a former state of this card.
    .remedy = Close the browsers and CCM, empty the cache of the Cryptolib CPS, then insert the card again.
token-another-card = the Cryptolib shows another card than the one in the reader.
    .remedy = Close the browsers and CCM, empty the cache of the Cryptolib CPS, then insert the card again.
token-seen-elsewhere = this is not the Cryptolib's module and does not know the card, which another one shows.
token-not-a-card = this module gives access to something else than a card: keys in a file, or the system's authorities.
token-no-authentication = The module shows no authentication certificate.
    .remedy = Check with “cpx-check card --certificates” what the card holds; if it holds one, empty the cache of the Cryptolib CPS.
token-expired = The authentication certificate of the card has expired.
    .remedy = Use the card that replaces it, or order a new one.
token-expires-soon = The authentication certificate of the card expires within 60 days.
    .remedy = Make sure that the new card is on its way.
token-code-low = A wrong cardholder PIN was typed.
    .remedy = Check the code before the next try; a correct code restores all tries.
token-code-last-try = One try is left for the cardholder PIN.
    .remedy = Do not try again unless you are certain of the code: a wrong one will block the card.
code-by-card = { $state }, says the card
code-by-card-alone = { $state }, says the card; { $module }, says the module, which is wrong
code-by-module = { $state }, says the module
token-code-blocked = The cardholder PIN is blocked.
    .remedy = Unblock it with the unblocking code (letter of the cardholder PIN) in CPS Gestion; without that code, contact the ANS customer service.
token-label-label = Label
certificate-label = Certificate
token-certificate = { $role }: { $label }, { $until }
token-certificate-unreadable = unreadable
mechanisms-label = Signatures
mechanisms = { $names } (and { $others ->
    [0] no other
    [one] one other
   *[other] { $others } others
})
agreement-label = Comparison
agreement-not-compared = no direct reading of this card to compare with
agreement-cannot-tell = nothing that can be compared with the direct reading
agreement-same = identical to the card read directly
agreement-outdated = the same card, in another state
agreement-another-card = another card than the one read directly
compared-serial = serial
compared-card-number = card number
compared-valid-until = end of validity
compared-authentication-certificate = authentication certificate
compared-signature-certificate = signature certificate
compared-technical-certificate = technical certificate

## The proof

proof-tries = Cardholder PIN: { $left ->
    [0] no try is left.
    [one] { $left } try is left before it is blocked.
   *[other] { $left } tries are left before it is blocked.
}
proof-flags-full = Cardholder PIN: no recent mistake, says the module, which does not give the number of tries.
proof-flags-low = Cardholder PIN: mistyped lately, says the module, which does not give the number of tries left.
proof-flags-last-try = Cardholder PIN: one try is left before it is blocked, says the module.
proof-flags-blocked = Cardholder PIN: blocked, says the module.
proof-presented = Cardholder PIN: usable, says the card. It was presented since the card was inserted: it does not tell the number of tries.
proof-flags-unknown = Cardholder PIN: the card asks for none, or says nothing of it.
proof-prompt = Cardholder PIN (nothing is shown):{" "}
proof-proven = The card has proved that it can authenticate: it signed, and its certificate verifies the signature.
proof-not-verified = The card signed, but its certificate does not verify the signature.
    .remedy = Key and certificate do not belong together: empty the cache of the Cryptolib CPS; if nothing changes, have the card replaced.
proof-wrong-code = This is not the cardholder PIN: one try is lost.
    .remedy = Check the code before trying again; a correct code restores all tries.
proof-blocked = The cardholder PIN is blocked.
    .remedy = Unblock it with the unblocking code (letter of the cardholder PIN) in CPS Gestion; without that code, contact the ANS customer service.
proof-blocked-by-module = The module says that the cardholder PIN is blocked; the card, read directly, says that it is not. The PIN was not presented.
    .remedy = Take the card out, insert it again and run this again.
proof-last-try = One try is left: the code was not asked for.
    .remedy = If you are certain of the code, run this again with “--last-try”. A wrong code will block the card.
proof-card-gone = The card was taken out or changed: the code was not presented.
    .remedy = Insert the card again and run this again.
proof-no-certificate = The module shows no RSA authentication certificate: the code was not asked for.
    .remedy = Check with “cpx-check card --certificates” what the card holds.
proof-no-key = The code is right, but the module does not show the authentication key.
    .remedy = Empty the cache of the Cryptolib CPS, insert the card again, then run this again.
proof-failed = The module failed during the proof; no try is gone, as far as it says.
    .remedy = Insert the card again and run this again; if the error comes back, give the technical detail to support.
proof-broken = The module stopped during the proof: a try may be gone.
    .remedy = Check with “cpx-check card” how many tries are left before trying again.
proof-no-card = No module shows a card: the code was not asked for.
    .remedy = First correct what is told above of the module and the reader.
proof-several-cards = Several cards are inserted: the code was not asked for.
    .remedy = Leave only the card to be tried, or choose its reader with “--reader”.
proof-another-card = The module does not show the card in the reader: the code was not asked for.
    .remedy = First correct what is told above of the module and the reader.
proof-code-on-reader = This reader has the code typed on its own keys, which this proof does not support.
    .remedy = Try with a reader without keys, or check the code in CPS Gestion.
proof-no-code = No code was given: nothing was presented to the card.
    .remedy = Run this again when you have the cardholder PIN.
proof-code-length = This code has not the length that the card accepts: it was not presented.
    .remedy = The cardholder PIN has 4 digits on most cards; check it and run this again.
proof-declined = You did not agree that the certificate is sent: the PIN was not asked for.
    .remedy = Without “--portal” and “--host”, the proof needs no network.
proof-not-asked = The server asked for no signature: the PIN was not presented to the card.
    .remedy = See what is said of the connection.
proof-no-terminal = The code cannot be read here.
    .remedy = Run this again in a terminal, or give the code by “--pin-fd”.

## Signing in to a server

sign-in-question = Your certificate (name, identifier) will be sent to { $host }; with TLS 1.2 it travels in clear. Go on? [y/N]{" "}
sign-in-yes = the question wants an answer from the keyboard; “--yes” gives it beforehand
sign-in-unknown-host = { $portal }: the address of the server that asks for the card is not known. Ask the portal's support, then run again with “--host NAME”.
sign-in-accepted = { $host } accepted the certificate: card, PIN, module and network work, whatever is said of them above.
    .remedy = If the portal stays closed, look at the browser: “cpx-check”. What you are entitled to is not known here.
sign-in-refused = { $host } refused the certificate: { $why }.
    .remedy = Run “cpx-check card --certificates --online” to learn whether the certificate has expired or is revoked; if it is good, report this refusal to the portal's support.
sign-in-not-asked = { $host } asked for no certificate at this stage: it cannot be told. Nothing was sent.
    .remedy = The server may ask for it later, for certain pages: try in the browser.
sign-in-other-authorities = { $host } does not accept the authority that issued this certificate. Nothing was sent.
    .remedy = Check that it is the right server, and that the card is a real one (and not a test card).
sign-in-no-common-signature = { $host } accepts no signature that this card can make. Nothing was sent.
    .remedy = The server probably insists on TLS 1.3 with RSA-PSS, which a CPS3 does not have: report it to the portal's support.
sign-in-not-signed = { $host } asked for a signature, and the card did not make it.
    .remedy = First put right what is said of the proof.
sign-in-server-not-trusted = This workstation does not trust the certificate of { $host }. Nothing was sent.
    .remedy = Check the address and the workstation's clock. If a proxy inspects the traffic, ask the IT department to exempt *.esante.gouv.fr.
sign-in-no-store = The authorities of this workstation could not be read: nothing was sent.
    .remedy = Repair the system's certificate store, then run again.
sign-in-no-name = “{ $host }” is not the name of a server.
    .remedy = Give its name, without “https://”: “--host portal.example.fr”.
sign-in-no-address = { $host } has no address: nothing was sent.
    .remedy = Check the name and the connection to the Internet.
sign-in-not-reached = { $host } could not be reached: nothing was sent.
    .remedy = Check the connection to the Internet and the proxy: “cpx-check --online”.
sign-in-handshake = The secure connection with { $host } failed: { $why }. The certificate was not judged.
    .remedy = Check with “cpx-check --online” what stands between this workstation and the server.
sign-in-without-tls13 = with TLS 1.3 this card cannot sign (RSA-PSS): tried with TLS 1.2
negotiated-label = Negotiated
confirmed-label = Confirmed by
confirmed-finished = the server, which has verified the signature
confirmed-ticket = the server, which gave a ticket for the next time
confirmed-quiet = the server's silence for 3 seconds (TLS 1.3 does not say yes)

## What alerts say (RFC 8446, section 6)

alert-none = it hung up without saying why
handshake-timed-out = no answer in time
handshake-not-tls = what answers there does not speak TLS
handshake-failed = see the technical detail
alert-other = alert { $number }
alert-40 = no setting in common was found (alert 40)
alert-42 = the certificate or its signature will not do (alert 42)
alert-43 = this kind of certificate is not accepted (alert 43)
alert-44 = the certificate is revoked (alert 44)
alert-45 = the certificate has expired (alert 45)
alert-46 = the certificate is not accepted, for another reason (alert 46)
alert-48 = the server does not know the authority that issued the certificate (alert 48)
alert-49 = access is denied to this certificate (alert 49)
alert-51 = the signature is not good (alert 51)
alert-70 = no version of TLS in common (alert 70)
alert-80 = the server had an internal error (alert 80)
alert-116 = a certificate is required (alert 116)

## Help

help-about-token = Asks the PKCS#11 modules (Cryptolib CPS) and compares them with the card
help-about-token-usage = cpx-check token [options]
help-module = Asks this module only; repeat it for several
help-prove = Proves that the card can authenticate: asks for the cardholder PIN, signs and verifies
help-sign-in-portal = With --prove: signs in to the server of this portal, up to the end of the TLS handshake
help-host = The same with this server
help-yes = Agrees beforehand that the certificate is sent
value-name-port = NAME[:PORT]
help-last-try = Lets the proof use the last try of the code
help-pin-fd = Reads the code from this file descriptor instead of the keyboard
value-fd = NUMBER
