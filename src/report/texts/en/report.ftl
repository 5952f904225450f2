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
