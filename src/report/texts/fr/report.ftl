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
