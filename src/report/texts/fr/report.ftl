### Les phrases des rapports : pages de manuel, page à imprimer, formes pour les machines.

## Pages de manuel

man-manual = Manuel de cpx-check
man-name = NOM
man-synopsis = SYNOPSIS
man-description = DESCRIPTION
man-exit = CODES DE SORTIE
man-see-also = VOIR AUSSI

## Codes de sortie

exit-ready = En ordre : rien à signaler.
exit-reserved = Utilisable, avec réserve : quelque chose est à regarder (carte bientôt bloquée ou expirée, réglage à corriger…).
exit-not-ready = Pas utilisable : la cause et le remède sont dans la réponse.
exit-could-not-tell = Impossible à dire : ce qu'il fallait regarder n'a pas pu l'être.
exit-usage = Commande mal écrite, ou fichier illisible.
exit-internal = Erreur interne, ou réponse qui n'a pas pu être écrite.

## Codes d'assistance

help-about-decode = Dit ce que signifie un code d'assistance CPX-…
help-about-decode-usage = cpx-check decode CODE [options]
help-code = Code d'assistance, tel qu'il a été dicté : majuscules, tirets et espaces sont sans importance
value-code = CODE
support-code-shape = Un code d'assistance a douze lettres et chiffres après « CPX ».
    .remedy = Faites-le répéter par groupes de quatre : CPX-____-____-____.
support-code-checksum = Un caractère de ce code d'assistance est faux ou n'est pas à sa place.
    .remedy = Faites-le répéter par groupes de quatre, lettre par lettre. Il ne contient ni I, ni L, ni O, ni U.
support-code-later-version = Ce code d'assistance vient d'une version plus récente de cpx-check.
    .remedy = Mettez cpx-check à jour sur ce poste, puis relancez.
decode-system = Système
decode-portal = Portail
decode-answer = { $portal } : { $answer }
system-windows = Windows
system-macos = macOS
system-linux = Linux
system-other = non précisé

## Verdicts, portails et navigateurs

readiness-ready = prêt
readiness-ready-with-reservation = prêt, avec réserve
readiness-cannot-tell = impossible à dire
readiness-not-ready = pas prêt
portal-igc-sante = Plateforme IGC-Santé
portal-rpps-plus = Portail RPPS+
portal-tom = TOM
portal-tops = TOPS
portal-psc = Pro Santé Connect
portal-e-cps = Activation de la e-CPS
