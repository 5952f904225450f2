### The diagnosis of the workstation

## The answer

diagnosis-ready = This workstation is ready.
diagnosis-ready-with = This workstation is ready with { $browsers }.
diagnosis-ready-with-reservation = This workstation is ready, with a reservation.
diagnosis-ready-with-reservation-with = This workstation is ready with { $browsers }, with a reservation:
diagnosis-not-ready = This workstation is not ready.
diagnosis-cannot-tell = Whether this workstation is ready cannot be told: not everything could be seen.
your-browser = { $browser } (your browser)
portal-note = { $portal }: { $note }
verify-line = To verify: { $verify }
open-check = { $name }: { $why }.
open-checks = { $name } and { $more } other checks: { $why }.
works-anyway = { $what } This stops nothing today (“{ $evidence }” is in order).
browser-line = { $browser }: { $answer }
browser-line-default = { $browser } (your browser): { $answer }
browser-line-cause = { $line }. { $cause }
repair-title = To correct next
diagnosis-with-default-broken = This workstation is ready with { $browsers }, but not with { $default }, your browser:
diagnosis-with-default-open = This workstation is ready with { $browsers }; for { $default }, your browser, a question stays open:
certificates-from-module = Certificates read through the CPS module: another program holds the card.
network-not-tested = Network not tried: --online.
explain-cause = About this cause: --explain { $id }.
rights-hint = Rights (F413…): --portal igc-sante.
folded-causes = { $count ->
    [one] One more point: --all.
   *[other] { $count } more points: --all.
}
check-line = { $name }: { $ending }
check-blocked = waits for “{ $name }”
awaited-ready = This workstation is ready for a { $card }.
awaited-ready-with = This workstation is ready for a { $card }, with { $browsers }.
awaited-ready-with-reservation = This workstation is ready for a { $card }, with a reservation.
awaited-ready-with-reservation-with = This workstation is ready for a { $card }, with { $browsers }, with one reservation:
awaited-not-ready = This workstation is not ready for a { $card }.
awaited-cannot-tell = Impossible to say whether this workstation is ready for a { $card }: not everything could be seen.
awaited-with-default-broken = This workstation is ready for a { $card } with { $browsers }, but not with { $default }, your browser:
awaited-with-default-open = This workstation is ready for a { $card } with { $browsers }; for { $default }, your browser, a question stays open:
awaited-cryptolib = Cryptolib { $version } (minimum for a { $card }: { $since })
awaited-cryptolib-unknown = Version of the Cryptolib unknown (minimum for a { $card }: { $since })
awaited-table = Windows links { $card } cards to the Cryptolib
awaited-table-without = Windows does not link { $card } cards to the Cryptolib
awaited-pss = A { $card } signs with RSA-PSS through the CPS module, as TLS 1.3 demands.
awaited-pss-by-module = A { $card } signs with RSA-PSS through the CPS module (Firefox), as TLS 1.3 demands. Edge and Chrome go through an old provider without RSA-PSS: they need a portal that accepts TLS 1.2.
awaited-without-pss = A { $card } does not sign with RSA-PSS: a portal that demands it (TLS 1.3 alone) refuses it.
awaited-in-reader = Card in the reader: { $today }. Only the workstation is checked: the { $card } to come, its certificate and its PIN are still to be tried.
awaited-no-card = No card in the reader. Only the workstation is checked: the { $card } to come, its certificate and its PIN are still to be tried.
awaited-assumption = According to what ANS has published and to trials with a virtual { $card }: no real { $card } has been tried.
module-32-not-asked = 32-bit module not asked ({ $path }): only 32-bit programs use it.
readiness-ready = ready
readiness-ready-with-reservation = ready with a reservation
readiness-not-ready = not ready
readiness-cannot-tell = cannot be told
duration-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
duration-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}

## Portals and browsers

portal-igc-sante = IGC-Santé
portal-rpps-plus = RPPS+
portal-tom = TOM
portal-tops = TOPS
portal-psc = Pro Santé Connect by card
    .short = Pro Santé Connect
portal-e-cps = Activation of the e-CPS
    .short = e-CPS
browser-firefox = Firefox
browser-chrome = Chrome
browser-edge = Edge
browser-chromium = Chromium
browser-safari = Safari
browser-internet-explorer = Internet Explorer
browser-other = another browser

## Explaining a check

group-context = The context
group-service = Access to readers
group-reader = The reader
group-card = The card
group-middleware = The Cryptolib and the system
group-pkcs11 = The PKCS#11 module (what joins software and card)
group-certificates = The certificates of the card
group-browser = The browsers
group-network = The network
group-trust = The trusted authorities
severity-blocking = blocking: nobody can log on
severity-major = major: a browser or program will not always work
severity-minor = minor: a nuisance, or soon to be one
severity-info = for information
group-label = Subject
severity-label = Severity
systems-label = Systems
portals-label = Portals
depends-label = Depends on
kind-label = Kind
kind-probe = actual trial: when it succeeds, what would have explained its failure is ruled out
kind-attribute = what the card itself says
kind-link = link between a browser and the card: it counts by itself
kind-inventory = inventory: explains only a failure that is seen further on
kind-context = context: explains only a failure that is seen further on
evidence-label = Ruled out when
observes-label = What is checked
why-label = Why
remedy-label = What to do
verify-label = How to verify
none = none
explain-hint = “cpx-check --explain CHECK” explains a check, by its name or its code.
explain-unknown = No check is called “{ $name }”. “cpx-check --list-checks” lists them.
portal-unknown = No portal is called “{ $name }”. Portals: { $known }.
browser-unknown = No browser is called “{ $name }”. Browsers: { $known }.

## What has changed

changes-title = { $count ->
    [0] Nothing has changed since the earlier answer.
    [one] One check has changed since the earlier answer
   *[other] { $count } checks have changed since the earlier answer
}
change = { $name }: { $before } → { $after }
state-pass = good
state-warn = to be watched
state-fail = failing
state-skip = not checked
state-blocked = waiting
state-unknown = unknown

## While waiting

looking-at-card = Reading the card…
looking-at-workstation = Looking at the workstation…
looking-at-modules = Asking the PKCS#11 module…
looking-at-network = Trying the network…
case-note = Case recorded on { $date }: nothing is checked on this workstation.
case-written = Case saved in { $path }, without any name, identifier or number: you can send it to the helpdesk.
case-linked = Record the other case with the same word, then run “cpx-check --compare { $path } OTHER.json”.
case-not-linked = No card could be read: “--link” was of no use. When you compare, add “--same-card” or “--other-card”.
link-too-short = The word of “--link” needs at least six characters: choose a phrase that nobody guesses.
case-contradiction = Remark: this case holds the card in the reader “{ $reader }” twice, and the two disagree ({ $about }). The facts count, not the recorded dialogue.
case-contradiction-card = its presence
case-contradiction-atr = its answer to reset
case-contradiction-code = its cardholder PIN
case-contradiction-type = its type
case-contradiction-validity = its validity
case-contradiction-category = real or test card

## Help

help-portal = Only these portals, separated by commas: igc-sante, rpps-plus, tom, tops, psc, e-cps
help-browser = Only these browsers, separated by commas: firefox, chrome, edge, chromium, safari
help-for-card = Says whether this workstation would take a card of this generation (cps4, cps3), whatever is in the reader
help-further-module = Asks this PKCS#11 module as well
help-all = Shows every check and every point
help-explain = Explains a check, by its name or its code: what it looks at, why, what to do, how to verify afterwards
help-list-checks = Lists the checks
help-compare = What has changed since an earlier answer (JSON) or a case file; with two files, whether the fault follows the card or the workstation
help-same-card = Both files of “--compare” are of one card, on two workstations
help-other-card = Both files of “--compare” are of two cards, on one workstation
help-link = A word by which the case files of one card will know each other, never stored: choose a phrase that nobody guesses
help-record-case = Saves what was observed, without any name, identifier or number: to be sent to the helpdesk
help-user = User whose settings are checked, when another account runs the program (signed in, on Windows)
help-replay-case = Analyses a case recorded elsewhere instead of this workstation
value-portal = PORTAL
value-browser = BROWSER
value-generation = GENERATION
value-check = CHECK
usage-misplaced = The option “{ $option }” goes after the command “{ $command }”.

user-unknown = Nobody is signed in as “{ $name }” on this workstation: those settings cannot be read.
    .remedy = Run it again while that person is signed in, or without “--user”.

## The swap test

for-card-formats = “--for-card” answers in text, JSON (“json”, “ndjson”) or on one line (“line”).
swap-two-files = “--same-card” and “--other-card” are for two files: “cpx-check --compare A.json B.json --same-card”.
swap-same-file = This is the same file twice: compare two recordings, of two workstations or of two cards.
swap-text-or-json = Two files are compared in text or in JSON (“--format json”).
swap-looks-at-nothing = A comparison of two files looks at these files alone: “--record” and “--replay” have no place in it.
swap-no-card-read = Impossible to tell: no card could be read in “{ $file }”, which therefore does not say which card it is about.
    .remedy = Only you know: add “--same-card” (one card, two workstations) or “--other-card” (two cards, one workstation).
swap-if-one-word = Provided that the word of “--link” was the same in both recordings; otherwise add “--same-card” or “--other-card”.
swap-no-fault = No fault: the card works in both files.
    .remedy = If the fault comes and goes, record a case (“--record”) while it is there, then compare again.
swap-cannot-tell = Impossible to tell: one of the two files cannot be judged.
    .remedy = “cpx-check --replay { $file }” says what is missing. Record again with a reader plugged in and the card inserted.
swap-unknown-card = Impossible to tell: nothing says whether both files are about the same card.
    .remedy = If you know, add “--same-card” (one card, two workstations) or “--other-card” (two cards, one workstation). Otherwise record both again with “--link WORD”, the same word both times.
swap-two-changes = Impossible to tell: both the card and the workstation have changed.
    .remedy = Change one thing at a time: the same card on another workstation, or another card on this workstation.
swap-workstation = The same card works on the other workstation: the fault is with the workstation of “{ $file }”.
    .remedy = Keep the card and put this workstation right (failed check: { $cause }). “cpx-check --replay { $file }” says how.
swap-card = The workstation works with the other card: the fault follows the card of “{ $file }”.
    .remedy = Change nothing on the workstation. Wipe the chip and try this card on another workstation; if it fails there as well, have it replaced. Failed check: { $cause }.
swap-card-itself = The workstation works with the other card, and the one of “{ $file }” says itself what stops it: the fault is with the card.
    .remedy = Change nothing on the workstation (failed check: { $cause }). “cpx-check --replay { $file }” says what to do about the card.
swap-together = The other card works on this workstation, which is too old for the one of “{ $file }”: neither the card alone nor the workstation alone is at fault.
    .remedy = Keep the card and update the workstation (failed check: { $cause }). “cpx-check --replay { $file }” says how.
swap-card-on-both = The card says the same of itself on both workstations: the fault is with the card.
    .remedy = Change nothing on the workstations (failed check: { $cause }). “cpx-check --replay { $one }” says what to do about the card.
swap-card-likely = The card fails alike on both workstations: most likely the fault is with the card.
    .remedy = Try another card on one of the two workstations: if it works, that is confirmed, and the card is to be replaced. Failed check: { $cause }.
swap-both-workstations = Both workstations have the same fault, which depends on no card: it is with the workstations.
    .remedy = Keep the card and put both workstations right (failed check: { $cause }). “cpx-check --replay { $one }” says how.
swap-workstation-on-both = Two different cards fail alike on this workstation: the fault is with the workstation.
    .remedy = Keep both cards and put the workstation right (failed check: { $cause }). “cpx-check --replay { $one }” says how.
swap-both-cards = Each of the two cards has the same fault: it is with the cards, not with the workstation.
    .remedy = Change nothing on the workstation (failed check: { $cause }). “cpx-check --replay { $one }” says what to do about these cards.
swap-card-changed = The state of the card has changed from one file to the other: the swap proves nothing.
    .remedy = Failed check in “{ $file }”: { $cause }. Record both again, one right after the other.
swap-workstation-changed = What the workstation lacked depends on no card, and is there now: the swap proves nothing.
    .remedy = Failed check in “{ $file }”: { $cause }. Try the first card again on the workstation as it is now.
swap-two-faults = The two files show two different faults: the swap does not tell them apart.
    .remedy = Put each right first (“cpx-check --replay { $one }”, “cpx-check --replay { $other }”), then swap again.
