### The sentences of reports: man pages, the page to print, forms for machines.

## Man pages

man-manual = cpx-check manual
man-name = NAME
man-synopsis = SYNOPSIS
man-description = DESCRIPTION
man-exit = EXIT STATUS
man-see-also = SEE ALSO

## Exit codes

exit-ready = In order: nothing to report.
exit-reserved = Usable, with a reservation: something needs attention (card about to be blocked or to expire, setting to correct…).
exit-not-ready = Not usable: the answer has the cause and the remedy.
exit-could-not-tell = Could not tell: what had to be checked could not be.
exit-usage = The command is wrong, or a file cannot be read.
exit-internal = Internal error.
exit-unwritten = An answer or a file that could not be written: full disk, rights, path.

## Support codes

help-about-decode = Says what a support code CPX-… means
help-about-decode-usage = cpx-check decode CODE [options]
help-code = Support code as it was dictated: case, dashes and spaces do not matter
value-code = CODE
support-code-line = Support code: { $code } (to be read out to the helpdesk)
support-code-shape = A support code has twelve letters and digits behind “CPX”.
    .remedy = Have it repeated in groups of four: CPX-____-____-____.
support-code-checksum = A character of this support code is wrong or misplaced.
    .remedy = Have it repeated in groups of four, letter by letter. It has no I, no L, no O and no U.
support-code-later-version = This support code comes from a later version of cpx-check.
    .remedy = Update cpx-check on this workstation, then run again.
decode-system = System
decode-portal = Portal
decode-answer = { $portal }: { $answer }
system-windows = Windows
system-macos = macOS
system-linux = Linux
system-other = not told


## The page

page-title = Diagnosis of the workstation
page-moment = { $date } at { $time } ({ $zone })
page-ready = Ready
page-ready-without-card = Workstation ready, card not tested
page-ready-with-reservation = Ready, with a reservation
page-cannot-tell = Cannot be told
page-not-ready = Not ready
page-code = Support code
page-code-hint = to be read out to the helpdesk
page-portals = Portals
page-with-browser = with { $browser }
page-not-for-card = not for this card
page-network-untested = The network was not tested: “cpx-check --online” tests it.
page-cause = The cause
page-reservation = To watch
page-others = See also
page-remedy = What to do
page-verify = To verify:
page-chain = From the reader to the portal
page-card = The card
page-valid-until = Valid until
page-certificate-until = Certificate until
page-reader = Reader
page-station = The workstation
page-station-name = Workstation
page-user = User
page-ticket = Ticket
page-browsers = Browsers
page-details = All checks
page-count-pass = { $count } in order
page-count-warn = { $count } to watch
page-count-skip = { $count } { $count ->
    [one] not made
   *[other] not made
}
page-count-blocked = { $count } waiting
page-count-fail = { $count } failed
page-state-pass = In order.
page-made = Made by cpx-check { $program }, rules of { $rules }.
page-alone = This file sends nothing and loads nothing.
page-masked = No name and no identifier; numbers show their last three characters only.
chain-reader = Reader
chain-pcsc = PC/SC
chain-card = Card
chain-cryptolib = Cryptolib
chain-pkcs11 = PKCS#11
chain-certificates = Certificates
chain-browser = Browser
chain-portal = Portal
chain-is-good = in order
chain-is-careful = to watch
chain-is-unknown = not verified
chain-is-bad = faulty

## The live page

help-about-serve = Shows the diagnosis in the browser, and follows the readers
help-about-serve-usage = cpx-check serve [options]
help-no-open = Does not open the browser: the address shown is to be opened on this workstation
help-keep = Does not end when the page is closed: gives a new address
serve-start = The page follows the readers; closing it ends the program. This address works once, and on this workstation only:
serve-once-more = The page is closed. To open it again, a new address (Ctrl-C ends the program):
serve-no-browser = No browser could be opened: open this address yourself.
serve-nobody = Nobody opened the page: the program ends.
serve-no-port = The page cannot be served on this workstation ({ $detail }).
live-label = Live state
live-on = Live
live-busy = Being read…
live-ended = No longer live: the program has ended
live-lost = No longer live: the program does not answer any more
live-moment = state at { $time } ({ $zone })
live-copy = Copy for the ticket
live-copied = Text copied
live-copy-failed = The browser refuses to copy: the text is selected, Ctrl+C copies it
live-again = Check again
live-readers = Readers and cards
live-ticket = Text for the ticket
live-ticket-shown = What the button copies
live-ticket-made = cpx-check { $program }, { $date } at { $time } ({ $zone })
live-masked = Names, identifiers and numbers show their last three characters only.
live-identity = Names, identifiers and numbers are shown in full; the text for the ticket is anonymous.
live-local = This page stays on this workstation.
live-no-script = JavaScript is switched off in this browser: this page does not follow the readers. Reloading it brings it up to date.
live-entering = Open the page
live-refused = Address not valid, or already used
live-refused-why = It opens only once, in the browser of the person who started the program. “cpx-check serve” gives a new one.

## Forms

help-report-format = Output format: text, json, html (a page to print), line (one line), ndjson, prometheus or junit
help-output = Writes the answer into this file, whole or not at all
