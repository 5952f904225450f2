### The sentences of cpx-check. One entry per code; `.remedy` says what to do.

## The workstation cannot ask any reader

pcsc-absent = The PC/SC library is not installed on this workstation: no reader can be asked.
    .remedy = Install it (on Debian and Ubuntu: “apt install pcscd libccid” brings it), then run again.
pcsc-service-stopped = The PC/SC service, which gives access to the readers, does not answer.
    .remedy = Start the smart card service, then run again.
    .remedy-windows = Plug the reader in, then start the service “Smart Card” (services.msc). In a remote session, turn on smart card redirection.
    .remedy-linux = Start it: “systemctl start pcscd.socket” (package pcscd), then run again.
    .remedy-macos = Unplug the reader and plug it in again; restart the workstation if need be.
pcsc-service-silent = The PC/SC service accepts the question and does not answer it.
    .remedy = Restart the workstation, then run again.
    .remedy-windows = Restart the service “Smart Card” (services.msc), then run again.
    .remedy-linux = Restart it: “systemctl restart pcscd”, then run again.
pcsc-service-full = The PC/SC service has reached its highest number of connections: other programs hold them.
    .remedy = Close the programs that use the card, then run again.
    .remedy-linux = Close the programs that use the card, or restart the service: “systemctl restart pcscd”, then run again.
pcsc-access-refused = The PC/SC service refuses this user access to the readers.
    .remedy = Log on at the workstation itself, then run again.
    .remedy-linux = Log on at the workstation itself (no SSH, no scheduled task), or have a polkit rule for pcscd added.
no-reader = This workstation sees no card reader.
    .remedy = Plug the reader directly into the workstation (no USB hub), wait a few seconds and run again. If it still does not appear, install its driver.
no-reader-named = No reader has this name.
    .remedy = “cpx-check readers” lists the readers.
no-thread = This workstation lets cpx-check start no further task: too many programs are open, or a limit is set.
    .remedy = Close programs, or sign out and in again, then try again.
    .remedy-linux = Close programs and try again; “ulimit -u” tells the user's limit, which the administrator sets.
pcsc-error = The PC/SC service reported an unexpected error.
    .remedy = Run again; if the error returns, give the technical detail below to the support.

## A reader or a card does not answer as it should

reader-empty = No card in this reader.
    .remedy = Insert the card, chip visible and towards the reader, until it stops.
reader-gone = This reader has just been unplugged, or is no longer recognised.
    .remedy = Plug it in again and run again.
card-mute = A card is in the reader and does not answer.
    .remedy = Turn it round (chip towards the reader), wipe the chip with a dry cloth, push it in fully. In a reader with two slots, try the other slot. If it stays mute in another reader, the chip is dead: have the card replaced.
card-in-use = The card is used exclusively by another program.
    .remedy = Close the software that holds the card (billing, Vitale card reading, reader manager), then run again.
card-locked = Another program is using the card.
    .remedy = Wait a few seconds and run again (“--wait 10” waits longer). If it lasts, close the software that uses the card.
card-kept = Another program is using the card and does not give it back.
    .remedy = Close the software that uses the card (billing, business software, browser), then run again.
card-removed = The card was taken out during the reading: nothing was kept.
    .remedy = Insert the card again and leave it until the answer is there.
card-reset = Another program reset the card during the reading, twice in a row.
    .remedy = Close the other software that uses the card, then run again.
card-communication = Communication error between reader and card.
    .remedy = Wipe the chip and insert the card again; if the error comes back, try another reader or another USB port.
card-silent = The card stopped answering during the reading.
    .remedy = Take the card out, wipe the chip, insert it again. If it happens in another reader too, have the card replaced.
card-slow = The card answers slowly ({ $seconds } s for each exchange): the reading was stopped before its end.
    .remedy = Close the other software that uses the card, plug the reader directly into the computer, without a USB hub, then run again. If it stays slow, try another reader.
card-nonsense = This card presents itself as a CPx card, but its content cannot be read.
    .remedy = Try another reader. If the result is the same, the card is damaged or not a genuine CPx card: have it replaced.
card-too-old = This CPx card is of a generation that is out of service (probably CPS2ter).
    .remedy = Use the card that replaced it; else order a new one.
limit-reached = This card answers without end: the reading was stopped.
    .remedy = A CPx card in good order does not do this. Try another card.
cancelled = The operation was stopped by the software that had asked for it.
    .remedy = Ask again if that was not wanted.
deadline-passed = The time that the software allowed is over; the reading was given up.
    .remedy = Try again; if it comes back, close the other software that uses the card.
replay-mismatch = The recording does not hold the answer to this question.
    .remedy = It was made by another version of the program or with other options: run again with the options of the recording.
malformed = This file does not have the expected form.
    .remedy = Check that it is the right file and that it is complete.
file = This file cannot be read or written.
    .remedy = Check its path and your rights.
file-too-large = This file is too large to be what it should be.
    .remedy = Check that it is the right file.
newer-version = This file was made by a newer version of cpx-check.
    .remedy = Update cpx-check on this workstation, then try again.

## Another card

insert-cpx = Take it out and insert the CPS, CPF, CPE or CPA card.
foreign-vitale = This is a Vitale card, not a CPx card.
    .remedy = { insert-cpx } In a reader with two slots, the two cards may be swapped.
foreign-cnie = This is a national identity card, not a CPx card.
    .remedy = { insert-cpx }
foreign-public-servant = This is the card of a public servant, not a CPx card.
    .remedy = { insert-cpx }
foreign-bank = This is a bank card, not a CPx card.
    .remedy = { insert-cpx }
foreign-cnamts = This is a staff card of the Assurance Maladie, not a CPx card.
    .remedy = { insert-cpx }
foreign-insurer = This is an insurance card, not a CPx card.
    .remedy = { insert-cpx }
foreign-other-id = This is another identity, residence or professional card, not a CPx card.
    .remedy = { insert-cpx }
foreign-unknown = Unknown card: it is not a CPx card.
    .remedy = { insert-cpx }

## A CPx card, with a reservation

card-expired = The card expired on { $date }.
    .remedy = It opens no service any more: use the card that replaces it, or order a new one.
card-expires-soon = The card expires soon, on { $date }.
    .remedy = Have the card renewed before sending an F413 or ordering a certificate.
card-not-yet-valid = The card is valid only from { $date }.
    .remedy = Check the date of this workstation; if it is right, wait for that day or use the previous card.
card-test = This is a test card: production services refuse it.
    .remedy = For a real service or a form F413, use a real card.
card-other-category = The category of this card is not that of a real card.
    .remedy = For a real service or a form F413, use a real card.
code-low = A wrong cardholder PIN was typed: { $left } tries are left.
    .remedy = Check the code before the next try; a correct code restores all tries.
code-last-try = One try of the cardholder PIN is left: a wrong code will block the card.
    .remedy = Do not try again without being certain of the code. The letter with the cardholder PIN also holds the unblocking code.
code-blocked = The cardholder PIN is blocked: the card can no longer log in or sign.
    .remedy = Unblock it with the unblocking code (8 digits, in the letter with the cardholder PIN) in the tool of the Cryptolib CPS, at an Assurance Maladie office, or by telephone: 0 825 85 20 00.
holder-id-check = The check digit of the holder's identifier is not valid.
    .remedy = The card stays readable; compare the identifier with the public directory before copying it.
holder-id-shape = The holder's identifier does not have the expected shape.
    .remedy = The card stays readable; compare the identifier with the public directory before copying it.
several-cards = Several CPx cards are inserted: software does not know which one to take.
    .remedy = Leave only the card to be used.

## The card

reader = Reader: { $name }
cpx-in-order = { $type } card read, nothing to report.
cpx-reserved = { $type } card read, with a reservation:
cpx-unusable = Card { $type } read, but it cannot be used:
card-label = Card
type-CPS = CPS, health professional card
type-CPF = CPF, trainee professional card
type-CDE-CPE = CDE or CPE, establishment director or staff card
type-CDA-CPA = CDA or CPA, authorised director or staff card
type-CPx = unknown type (code { $code })
generation-label = Generation
generation-cps3 = CPS3
generation-cps4 = CPS4
generation-older = before CPS3
generation-unknown = unknown
interface-contact = by contact
interface-contactless = contactless
holder-label = Holder
no-holder = no name on the chip
id-label = Identifier
id-checked = { $id } ({ $register }, check digit { $verdict })
id-unchecked = { $id } ({ $register })
verdict-valid = valid
verdict-invalid = invalid
register-RPPS = RPPS
register-ADELI = ADELI
register-CABINET-ADELI = ADELI practice and register number
register-DRASS = DRASS
register-FINESS = FINESS and register number
register-SIREN = SIREN and register number
register-SIRET = SIRET and register number
register-CABINET-RPPS = RPPS practice and register number
register-ETUDIANT = student number
register-UNKNOWN = unknown register
problem-unknown-type = unknown type of identifier
problem-leading-8-missing = the leading 8 is missing
problem-register-number = register number absent or unexpected
problem-length = unexpected length
problem-characters = unexpected characters
problem-check-digit = invalid check digit
profession-label = Profession
future-profession-label = Future profession
speciality-label = Speciality
language-label = Languages
coded = { $label } ({ $code })
code-without-label = code { $code }
number-label = Card number
number-hint = { $number } (the one that form F413 asks for)
chip-label = Chip serial
chip-check-wrong = { $serial } (unexpected check digit)
identity-card = { $kind } card
identity-code = cardholder PIN: { $code }
validity-label = Validity
validity-both = { $from } to { $until }
validity-until = until { $until }
validity-unknown = unknown
category-label = Category
category-real = real card
category-test = test card
category-module = module card
category-test-module = test module card
category-software = software
category-test-software = test software
category-unknown = unknown
code-label = Cardholder PIN
code-state-ok = usable
code-state-low = usable
code-state-last-try = usable
code-state-blocked = blocked
code-state-unknown = state not told by the card
code-state-none = not applicable (no code on this interface)
code-tries = { $state }, { $left ->
    [one] { $left } try left
   *[other] { $left } tries left
}{ $of }
code-tries-short = { $left ->
    [one] { $left } try left
   *[other] { $left } tries
}
code-tries-max = { " " }of { $max }
certificates-label = Certificates
certificates-count = { $count ->
    [0] no readable certificate
    [one] { $count } certificate read
   *[other] { $count } certificates read
}
opposition-label = Revocation
atr-label = ATR
detail-label = Technical detail
reader-beside = { $reader }: { $what }
identity-shown = Identity shown: do not copy this screen into a ticket (--masked).
help-masked = Masks names, identifiers and numbers on the terminal as well
masked-note = Masked data: --show-identity shows it in full.
simulated-note = Simulated card, checked as of { $date }: no reader is used.
replay-note = Recording of { $date } replayed: no reader is used.

## Readers and events

readers-title = { $count ->
    [one] { $count } reader
   *[other] { $count } readers
}
slot-empty = empty
slot-mute = mute card
slot-unavailable = unavailable
slot-cpx = CPx card ({ $generation }, { $interface })
slot-maybe-cpx = contactless card, possibly a CPS
slot-in-use = in use
slot-exclusive = in exclusive use
watch-start = Watching the readers (times in { $zone }); Ctrl-C to stop.
event-reader-added = reader plugged in
event-reader-removed = reader unplugged
event-inserted = card inserted
event-read = card read
card-users = Programs connected to the readers at the moment: { $programs }.
ending = The card answers first, so that it is left as it was; then the program ends…
event-removed = card taken out
event-bounced = { $times ->
        [one] a card came and went too briefly to be read
       *[other] a card came and went { $times } times, too briefly to be read
    }
event-service-lost = { $cause } Trying again…
event-service-back = the PC/SC service answers again

## Simulation

simulate-list = Available cards:
simulate-serving = Card “{ $name }” inserted into the virtual reader (port { $port }); Ctrl-C to take it out.
simulate-unknown = No simulated card is called “{ $name }”. “cpx-check simulate --list” gives them all.
simulate-no-driver = No virtual reader listens on port { $port }.
    .remedy = Install the package vsmartcard-vpcd, start pcscd, then run again.
internal-error = The program met an internal error ({ $place }). Please report it with this line.
record-written = Recording written to { $path }.

## Command line

help-about = Says whether this workstation is ready for the health-professional card (CPS, CPF, CPE, CDE, CPA, CDA) and its portals; if not, the cause and the remedy.
help-about-card = Reads the card: type, holder, validity, state of the cardholder PIN
help-about-readers = Lists the readers, without asking the cards anything
help-about-watch = Tells what happens in the readers, as it happens
help-about-simulate = Inserts a virtual card into the virtual reader
help-heading-usage = Usage:
help-heading-options = Everyday options
help-heading-support = For the helpdesk
help-heading-trials = For trials
help-heading-examples = Examples:
help-commands-daily = Everyday commands:
help-commands-support = Commands for the helpdesk:
help-commands-trials = Commands for trials:
help-about-examples =
    .line-1 = cpx-check --online              is this workstation ready, network included?
    .line-2 = cpx-check card                  which card is this?
    .line-3 = cpx-check f413                  will this card do for form F413?
usage-nearest = Did you mean “{ $nearest }”?
help-heading-arguments = Arguments
help-heading-commands = Commands
help-lang = Language of the sentences: fr or en (the system's by default, else French)
help-help = Prints this help
help-version = Prints the version
help-reader = Only the readers whose name contains this text
help-simulate = A virtual card instead of a reader (cps-medecin when none is named); repeat for several readers
help-replay = Replays a recording instead of asking a reader
help-encoding = Code page of redirected text; by default that of the console. JSON, NDJSON, HTML, CSV and JUnit stay UTF-8
value-encoding = ENCODING
help-record = Records the dialogue with the card, personal data replaced
help-record-identity = Records names, identifiers and numbers as well
help-certificates = Reads the certificates as well (takes longer)
help-wait = Additional seconds to wait if another program holds the card
help-at = Takes this day as today (today by default)
help-format = Output format: text or json
help-show-identity = Shows names, identifiers and numbers in full, else only their last three characters
help-name = Name of a card of “--list”, or a file that describes the card
help-list = Lists the virtual cards
help-port = Port of the virtual reader on this workstation
help-baud = Simulated rate of the virtual card, in bits a second (9600 for a CPS3)
help-apdu-ms = Simulated time of each exchange with the virtual card, in milliseconds
value-name = NAME
value-file = FILE
value-name-file = NAME|FILE
value-seconds = SECONDS
value-yyyy-mm-dd = YYYY-MM-DD
value-bits = BITS
value-ms = MS
value-format = FORMAT
value-lang = LANG
value-port = PORT
help-about-usage = cpx-check [options], or cpx-check COMMAND [options]
help-about-card-usage = cpx-check card [options]
help-about-readers-usage = cpx-check readers [options]
help-about-watch-usage = cpx-check watch [options]
help-about-simulate-usage = cpx-check simulate NAME|FILE [options], or cpx-check simulate --list
help-exit-codes = Exit codes: 0 ready (or card read), 1 with a reservation, 2 not ready (or no usable card), 3 cannot be told, 64 wrong usage, 70 internal error, 74 cannot be written.
usage-unknown-argument = The option “{ $argument }” does not exist.
usage-unknown-command = The command “{ $command }” does not exist.
usage-no-value = The option “{ $argument }” needs a value.
usage-wrong-value = The value “{ $value }” does not suit { $argument }.
usage-wrong-value-known = The value “{ $value }” does not suit { $argument } (possible values: { $known }).
usage-missing = { $argument } is missing.
usage-conflict = “{ $argument }” and “{ $other }” cannot be used together.
usage-wrong = This command is written wrongly.
usage-more = “cpx-check --help” gives the help.

## Certificates

card-revoked = The card is reported as invalid (opposition): one of its certificates is revoked.
    .remedy = It opens no service any more. Use the card that replaces it; if the revocation is a mistake, call 0 825 85 20 00.
revocation-unknown = Whether the card was revoked could not be checked.
    .remedy = The reason stands in the line of the certificates; try again later or give a recent revocation list (--crl).
certificate-of-another-card = A certificate on this card is that of another card.
    .remedy = Chip and certificate contradict each other: do not rely on this card, and report it: 0 825 85 20 00.
certificate-of-another-holder = A certificate on this card is that of another holder.
    .remedy = Chip and certificate contradict each other: do not rely on this card, and report it: 0 825 85 20 00.
certificate-differs = Chip and certificates contradict each other.
    .remedy = The differences stand in the line of the certificates; compare with the printed card.
certificate-expired = A certificate of the card has expired.
    .remedy = The card no longer opens online services: use the card that replaces it, or order a new one.
certificate-not-yet-valid = A certificate of the card is not yet valid.
    .remedy = Check the date of this workstation; if it is right, wait.
certificate-not-trusted = It cannot be confirmed that the certificates of the card were issued by IGC-Santé.
    .remedy = No production service will accept them. If they are supposed to come from IGC-Santé, do not rely on them: report the card to 0 825 85 20 00.
certificate-of-test = A certificate of this card is signed by a test authority.
    .remedy = Production services refuse it: use a real card.
certificate-unreadable = A certificate of the card cannot be read.
    .remedy = Try another reader; if the result is the same, have the card replaced.
certificate-file-unreadable = This file holds no certificate that can be read.
    .remedy = Ask for a certificate as DER (.cer, .crt), PEM or p7b.
clock-doubt = The clock of this workstation is probably wrong: the dates of validity cannot be judged.
    .remedy = Set the clock of the workstation, then run again.
certificate-redacted = taken out of this recording
role-authentication = authentication
role-signature = signature
role-technical = technical
role-other = other use
profile-cps-rpps = CPS certificate (RPPS)
profile-cps-adeli = CPS certificate (ADELI)
profile-cps = CPS certificate
profile-cpf = CPF certificate
profile-cde-cpe = CDE or CPE certificate
profile-service-card = Service CPE certificate (not nominative)
profile-cda-cpa = CDA or CPA certificate
profile-pro-software = Software certificate of a person
profile-org-software = Software certificate of an organisation
profile-igc-cps2ter = Certificate of the former IGC-CPS2ter
profile-igc-cps2ter-org-software = Software certificate of an organisation (former authority)
profile-authority = Authority certificate
profile-other = Certificate of another origin
distinction-cde = CDE, establishment director card
distinction-cpe = CDE or CPE (probably CPE, by the title of its certificate)
distinction-service-card = Service CPE, not nominative (by its certificate)
distinction-cda = CDA, authorised director card
distinction-cpa = CPA, authorised staff card
pseudonym-label = Pseudonym
title-label = Title
structure-label = Structure
service-label = Service
issuer-label = Issuer
key-label = Key
period-valid = until { $end } (another { $lasts })
period-expires-soon = until { $end } (expires { $days ->
    [0] today
    [one] in { $days } day
   *[other] in { $days } days
})
one-and-other = { $first } and { $last }
duration-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
duration-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
duration-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
period-expired = { $start } to { $end } (expired { $lasts } ago)
period-not-yet-valid = { $start } to { $end } (not valid yet)
certificate-is-altered = Altered or forged certificate
certificate-is-revoked = Certificate revoked on { $since }
certificate-is-imitated = Imitated certificate, or renewed authority
certificate-is-former = Certificate of the former IGC, which no service accepts any more
certificate-is-expired = Certificate expired on { $end }
certificate-is-not-yet = Certificate valid only from { $start }
certificate-is-update = Certificate of an authority that is newer than this program
certificate-is-unknown-issuer = Certificate that does not come from IGC-Santé
certificate-is-broken-path = Certificate with an incomplete certification path
certificate-is-authority-absent = Certificate not verified: its authority's is not on this workstation
certificate-is-insi-name = Certificate whose name does not suit INSi
certificate-is-revocation-unknown = Certificate possibly revoked: it could not be checked
certificate-is-expires-soon = Certificate about to expire, on { $end }
certificate-is-valid = Certificate valid until { $end }
test-certificate = test certificate
nature-label = Kind
delivered-label = Issued by
trust-trusted = IGC-Santé, { $authority }
trust-test-authority = test IGC-Santé, { $authority }
trust-authority-absent = { $authority } (not verified)
trust-unknown-issuer = unknown issuer
trust-bad-signature = invalid signature: altered or forged certificate
trust-broken-path = incomplete certification path
trust-reason-looks-like-igc-sante = it has the name of an authority of IGC-Santé with another key: imitated, or the authority was renewed; do not rely on it
trust-reason-new-authority = an authority that this version does not know: update cpx-check
trust-reason-former-authority = former PKI, ended in 2020-2021
trust-reason-self-signed = signed by itself
trust-reason-issuer-absent = the certificate of the authority is not installed
trust-reason-unknown-root = the root is not that of IGC-Santé
trust-reason-not-an-authority = a certificate of the path is not that of an authority
trust-reason-authority-out-of-validity = an authority of the path is out of its validity
trust-reason-path-length = an authority of the path has no such right
trust-reason-too-long = path too long
trust-reason-unsupported-algorithm = unsupported algorithm
revocation-not-checked = not checked
revocation-not-revoked = not revoked as of { $date }
revocation-revoked = revoked on { $date } ({ $reason })
revocation-not-known = unknown ({ $reason })
revoked-unspecified = reason not told
revoked-key-compromise = key compromised, for example a lost or stolen card
revoked-authority-compromise = authority compromised
revoked-affiliation-changed = affiliation changed
revoked-superseded = superseded
revoked-cessation-of-operation = end of activity
revoked-hold = suspended
revoked-removed-from-list = removed from the list
revoked-privilege-withdrawn = right withdrawn
revoked-attribute-authority-compromise = attribute authority compromised
revoked-other = other reason
revocation-unknown-no-list = no list of this issuer
revocation-unknown-no-address = the certificate does not say where to ask
revocation-unknown-issuer-absent = the certificate of the issuer is not installed
revocation-unknown-stale = the list is out of date
revocation-unknown-from-the-future = the list is dated in the future: check the clock
revocation-unknown-bad-signature = the signature of the list or of the answer is not valid
revocation-unknown-unsupported = an answer of an unsupported kind
revocation-unknown-malformed = unreadable answer
revocation-unknown-responder-unknowing = the responder does not know this certificate
revocation-unknown-responder-refused = the responder refused to answer
revocation-unknown-other-certificate = the answer is about another certificate
revocation-unknown-network = the issuer did not answer
differs-from-chip = { $field }: { $one } on the chip, { $other } in the certificate ({ $role })
differs-between = { $field }: { $one } in one certificate, { $other } in the other
field-card-number = card number
field-card-type = card type
field-category = category
field-holder-id = identifier
field-surname = surname
field-given-name = given name
field-structure = structure
field-valid-from = start of validity
field-valid-until = end of validity
help-about-certificate = Explains a file: certificate, request, revocation list, container, key
help-about-certificate-usage = cpx-check certificate FILE... [options]
help-files = Files or folders: certificates, requests (CSR), lists (CRL), containers (DER, PEM, p7b, p12)
help-trust-dir = Folder or file with authority certificates, besides those of the workstation
help-crl = Folder or file with revocation lists, to check revocation without network
help-online = Uses the network: asks the issuer whether the card was revoked and, for the diagnosis, tries the portals
value-path = PATH
certificate-period = { $role }: { $period }
certificate-opposition = revocation: { $revocation }
structure-register-CABINET-ADELI = ADELI practice
structure-register-FINESS = FINESS
structure-register-SIREN = SIREN
structure-register-SIRET = SIRET
structure-register-CABINET-RPPS = RPPS practice
structure-register-UNKNOWN = unknown register
certificate-not-verified = A certificate of the card could not be verified: the certificate of its authority is not installed.
    .remedy = Install the Cryptolib CPS, which brings the authorities of IGC-Santé, or name their folder (--trust-dir).
evidence-unreadable = A file of authorities or of revocation could not be used.
    .remedy = Check the path given to --trust-dir or --crl.
weak-signature = signature or key too weak
subject-label = Subject
serial-label = Serial number
usage-digitalSignature = signature to authenticate
usage-nonRepudiation = signature of documents
usage-keyEncipherment = encryption of keys
usage-dataEncipherment = encryption of data
usage-keyAgreement = key agreement
usage-keyCertSign = signature of certificates
usage-cRLSign = signature of revocation lists
usage-1-3-6-1-5-5-7-3-1 = TLS server
usage-1-3-6-1-5-5-7-3-2 = TLS client
usage-1-3-6-1-5-5-7-3-4 = secure e-mail
usage-1-3-6-1-5-5-7-3-9 = revocation answers (OCSP)
usage-1-3-6-1-4-1-311-20-2-2 = Windows logon
usage-label = Usages
trailing-label = Note
trailing-bytes = { $count } bytes behind the certificate, ignored
revocation-unknown-issuer-not-trusted = the issuer is not a recognised authority
revocation-unknown-expired = the certificate had already expired
memory-lacks = This workstation has not enough memory left to go on: close other programs, then try again.
output-lost = The answer could not be written completely.
simulated-reader = Simulated reader
card-type-unknown = The chip does not say which type of card this is.
    .remedy = Try another reader; if the result is the same, have the card replaced.
card-validity-unknown = The chip does not say until when the card is valid.
    .remedy = Read the date printed on the card, or run again with --certificates.
card-number-missing = The chip gives no card number.
    .remedy = Run again with --certificates: the certificates carry this number as well.
holder-id-missing = The chip gives no identifier of the holder.
    .remedy = Run again with --certificates: the certificates carry this identifier as well.
code-unknown = The card does not say how many tries of the cardholder PIN are left.
    .remedy = Type the code only if you are certain of it.

## Files: requests, lists, containers, keys

purpose-label = Serves
purpose-insi-auto = the INSi service, in batches
purpose-insi-manu = the INSi service, by hand
purpose-org-authentication = authentication of the organisation: DMP, Pro Santé Connect, MSSanté mailbox
purpose-org-signature = signing for the organisation: documents of the DMP
purpose-server = a server: MSSanté operator
purpose-confidentiality = receiving encrypted messages
purpose-pro-authentication = authentication of a person by software: Dossier Pharmaceutique
purpose-pro-signature = signing for a person by software
purpose-card-authentication = logging on to portals with the card
purpose-card-signature = signing documents with the card
purpose-authority = signing certificates or revocation lists
advice-altered = This certificate was altered or forged: do not rely on it, ask for it again at its source.
advice-imitated = It bears the name of an authority of IGC-Santé with another key: do not trust it before having called 0 825 85 20 00.
advice-unknown-issuer = If it is meant to come from IGC-Santé, do not trust it; otherwise, ask whoever issued it.
advice-broken-path = Name the certificates of the whole path (--trust-dir), then run again.
advice-update = Update cpx-check, then run it again: this version does not know this authority yet.
advice-former = The former authority has ended: no service accepts this certificate any more. Order one from IGC-Santé.
advice-authority-absent = To verify it, name the certificates of its authority (--trust-dir), or install the Cryptolib CPS, which brings them.
advice-test-only = A test certificate: production services refuse it.
advice-revoked-software = Remove it from the software that uses it and order a new one; if the revocation is a mistake, write to monserviceclient.certificats@esante.gouv.fr.
advice-revoked = The card opens no service any more: use the one that replaces it; if that is a mistake, call 0 825 85 20 00.
advice-order-again = An expired certificate cannot be renewed: a technical administrator orders a new one, with a card, at https://pfc.eservices.esante.gouv.fr/.
advice-renew = Renew it at https://pfc.eservices.esante.gouv.fr/ while it is valid (a technical administrator, with a card), then install the new one in the software before that day.
advice-card-ended = The card opens no online service any more: use the one that replaces it, or order a new one.
advice-card-ends = The card ends with its certificates: make sure that the new one is on its way.
advice-not-yet = Wait for that day; if it is past, set the clock of the workstation.
insi-name = The name “{ $name }” is not exactly “{ $wanted }”: the INSi service refuses it.
    .remedy = Ask for a certificate whose name (CN) is { $wanted }: in capitals, with a hyphen, without space.
request-title = Request for a certificate (CSR)
request-good = Request for a certificate (CSR): nothing speaks against it
request-bad-signature = The signature of this request is not valid: the request was altered after it was made.
    .remedy = Make the request (CSR) again on the machine that keeps the private key.
request-weak = The key or the signature of this request is too weak.
    .remedy = Make the request again with an RSA key of at least 2048 bits and a SHA-256 signature.
request-insi-name = The name that is asked for looks like one of INSi without being it to the letter.
    .remedy = Make the request again with the exact name: INSI-AUTO or INSI-MANU, in capitals, with a hyphen, without space.
request-structure-number = The structure number of this request has an invalid check digit.
    .remedy = Compare it with the contract of the structure, then make the request again.
request-no-name = This request has no name (CN).
    .remedy = IGC-Santé may set it with the order; if not, make the request again with a name.
request-unverified = The signature of this request could not be verified: its algorithm is not supported.
    .remedy = Prefer an RSA key of 2048 bits and a SHA-256 signature.
request-note = The private key stayed on the machine where the request was made: the certificate will have to be installed there.
hosts-label = Host names
list-title = Revocation list (CRL)
list-date-label = Date
list-next-label = Replaced on
list-past = { $date }, past
list-entries-label = Revoked
list-entries = { $count ->
    [0] no certificate
    [one] { $count } certificate
   *[other] { $count } certificates
}
list-broken = this list is damaged
list-signature-label = Signature
list-issuer-trusted = valid, by an authority of IGC-Santé
list-issuer-test = valid, by a test authority of IGC-Santé
list-issuer-absent = not verified: the certificate of the issuer is not installed
list-issuer-unknown = valid, but by an unknown issuer
list-issuer-bad-signature = invalid: the list was altered or forged
list-use = To check a card with this list: “cpx-check card --certificates --crl FILE”
container-title = Container of a key and certificates (.p12, .pfx)
container-opened = { $keys ->
    [0] no private key
    [one] 1 private key, only counted
   *[other] { $keys } private keys, only counted
}
container-content-label = Content
container-cipher-label = Encryption
container-cipher = { $cipher }, code hashed { $count ->
    [one] once
   *[other] { $count } times
}
container-clear = certificates in clear
container-codeless = This container opens without a code: whoever has the file can use it.
cipher-rc2-40 = RC2 40 bits (old, weak)
cipher-3des = triple DES (old)
cipher-pbes2-aes = AES (PBES2)
cipher-pbes2-3des = triple DES (PBES2, old)
cipher-other = unknown cipher
container-secret = Keep this file secret, and its code elsewhere: together they act in the name of the organisation.
container-no-code = This container is closed by a code.
    .remedy = Run again in a terminal to type the code, or give it by a descriptor (--password-fd 3 3<file), never as an argument.
container-wrong-code = This code does not open the container, or the file is damaged.
    .remedy = Check capitals and keyboard. The code is the one chosen when the certificate was withdrawn: when it is lost, a new certificate is to be ordered.
container-unsupported = The encryption of this container is not supported.
    .remedy = Write it anew with OpenSSL on the machine where it is used, or ask for it in PBES2 (AES).
container-too-much-work = This container asks for an enormous computation to be opened: it was not opened.
    .remedy = Do not rely on this file; ask for it again at its source.
container-not-in-this-build = This program was built without the reading of containers.
    .remedy = Use the full version of cpx-check.
container-prompt = Code of { $file }:{ " " }
private-key = This file is a private key: keep this file secret.
    .remedy = Send it to nobody, not even to a helpdesk. If it has left already, have its certificate revoked. Nothing of it is shown here.
private-key-beside = This file holds a private key too: keep this file secret.
    .remedy = To send the certificate, copy its block “CERTIFICATE” alone. Nothing of the key is shown here.
named-java-store = This file is a Java key store (JKS).
    .remedy = Convert it into a .p12 on the machine where it is used: keytool -importkeystore -srckeystore FILE -destkeystore FILE.p12 -deststoretype PKCS12, then run again with the .p12.
named-public-key = This file is a public key alone: it does not tell whose it is.
    .remedy = Ask for the certificate (.cer, .crt, .pem).
named-other = This file holds no certificate, no request and no revocation list.
    .remedy = Ask for a certificate in DER (.cer, .crt), PEM, p7b or p12.
evidence-not-looked-at = { $count ->
    [one] { $count } file was not looked at
   *[other] { $count } files were not looked at
}: a folder given to --trust-dir or --crl has too many.
    .remedy = Give a smaller folder, or the files that matter.
files-not-looked-at = { $count ->
    [one] { $count } file was not looked at
   *[other] { $count } files were not looked at
}: the folder has too many.
    .remedy = Give a smaller folder, or the files that matter.
revocation-source-crl = by the list (CRL)
revocation-source-ocsp = by the responder (OCSP)
revocation-by = { $revocation }, { $source }
help-password-fd = Reads the code of a container (.p12, .pfx) from this file descriptor instead of the keyboard
