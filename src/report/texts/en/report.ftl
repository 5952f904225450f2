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
exit-reserved = Usable, with a reservation: something is to be looked at (card about to be blocked or to expire, setting to correct…).
exit-not-ready = Not usable: the answer has the cause and the remedy.
exit-could-not-tell = Could not tell: what had to be looked at could not be.
exit-usage = The command is wrong, or a file cannot be read.
exit-internal = Internal error, or an answer that could not be written.

## Support codes

help-about-decode = Says what a support code CPX-… means
help-about-decode-usage = cpx-check decode CODE [options]
help-code = Support code as it was dictated: case, dashes and spaces do not matter
value-code = CODE
support-code-shape = A support code has twelve letters and digits behind “CPX”.
    .remedy = Have it repeated in groups of four: CPX-____-____-____.
support-code-checksum = A character of this support code is wrong or not in its place.
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

## Verdicts, portals and browsers

readiness-ready = ready
readiness-ready-with-reservation = ready, with a reservation
readiness-cannot-tell = cannot be told
readiness-not-ready = not ready
portal-igc-sante = IGC-Santé platform
portal-rpps-plus = RPPS+ portal
portal-tom = TOM
portal-tops = TOPS
portal-psc = Pro Santé Connect
portal-e-cps = Activation of the e-CPS
