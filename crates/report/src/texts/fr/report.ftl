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
exit-reserved = Utilisable, avec réserve : un point est à surveiller (carte bientôt bloquée ou expirée, réglage à corriger…).
exit-not-ready = Pas utilisable : la cause et le remède sont dans la réponse.
exit-could-not-tell = Impossible à dire : ce qui devait être vérifié n'a pas pu l'être.
exit-usage = Commande mal écrite, ou fichier illisible.
exit-internal = Erreur interne.
exit-unwritten = Réponse ou fichier qui n'a pas pu être écrit : disque plein, droits, chemin.

## Codes d'assistance

help-about-decode = Dit ce que signifie un code d'assistance CPX-…
help-about-decode-usage = cpx-check decode CODE [options]
help-code = Code d'assistance, tel qu'il a été dicté : majuscules, tirets et espaces sont sans importance
value-code = CODE
support-code-line = Code d'assistance : { $code } (à dicter à l'assistance)
support-code-shape = Un code d'assistance a douze lettres et chiffres après « CPX ».
    .remedy = Faites-le répéter par groupes de quatre : CPX-____-____-____.
support-code-checksum = Un caractère de ce code d'assistance n'est pas le bon, ou pas à sa place.
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


## La page

page-title = Diagnostic du poste
page-moment = { $date } à { $time } ({ $zone })
page-ready = Prêt
page-ready-without-card = Poste prêt, carte non testée
page-ready-with-reservation = Prêt, avec réserve
page-cannot-tell = Impossible à dire
page-not-ready = Pas prêt
page-code = Code d'assistance
page-code-hint = à dicter à l'assistance
page-portals = Portails
page-with-browser = avec { $browser }
page-not-for-card = sans objet pour cette carte
page-network-untested = Le réseau n'a pas été testé : « cpx-check --online » le teste.
page-cause = La cause
page-reservation = À surveiller
page-others = À voir aussi
page-remedy = Que faire
page-verify = Pour vérifier :
page-chain = Du lecteur au portail
page-card = La carte
page-valid-until = Valable jusqu'au
page-certificate-until = Certificat jusqu'au
page-reader = Lecteur
page-station = Le poste
page-station-name = Poste
page-user = Utilisateur
page-ticket = Ticket
page-browsers = Navigateurs
page-details = Tous les contrôles
page-count-pass = { $count } en ordre
page-count-warn = { $count } à surveiller
page-count-skip = { $count } { $count ->
    [one] non fait
   *[other] non faits
}
page-count-blocked = { $count } en attente
page-count-fail = { $count } en échec
page-state-pass = En ordre.
page-made = Produit par cpx-check { $program }, règles du { $rules }.
page-alone = Ce fichier n'envoie rien et ne charge rien.
page-masked = Ni nom ni identifiant ; les numéros sont réduits à leurs trois derniers caractères.
chain-reader = Lecteur
chain-pcsc = PC/SC
chain-card = Carte
chain-cryptolib = Cryptolib
chain-pkcs11 = PKCS#11
chain-certificates = Certificats
chain-browser = Navigateur
chain-portal = Portail
chain-is-good = en ordre
chain-is-careful = à surveiller
chain-is-unknown = non vérifié
chain-is-bad = en défaut

## La page en direct

help-about-serve = Montre le diagnostic dans le navigateur, et suit les lecteurs
help-about-serve-usage = cpx-check serve [options]
help-no-open = N'ouvre pas le navigateur : l'adresse affichée est à ouvrir sur ce poste
help-keep = Ne s'arrête pas quand la page est fermée : donne une nouvelle adresse
serve-start = La page suit les lecteurs ; la fermer termine le programme. Cette adresse ne sert qu'une fois, et seulement sur ce poste :
serve-once-more = La page est fermée. Pour la rouvrir, une nouvelle adresse (Ctrl-C termine le programme) :
serve-no-browser = Aucun navigateur n'a pu être ouvert : ouvrez cette adresse vous-même.
serve-nobody = Personne n'a ouvert la page : le programme s'arrête.
serve-no-port = La page ne peut pas être servie sur ce poste ({ $detail }).
live-label = Suivi en direct
live-on = En direct
live-busy = Lecture en cours…
live-ended = Ce n'est plus en direct : le programme est terminé
live-lost = Ce n'est plus en direct : le programme ne répond plus
live-moment = état à { $time } ({ $zone })
live-copy = Copier pour le ticket
live-copied = Texte copié
live-copy-failed = Le navigateur refuse de copier : le texte est sélectionné, Ctrl+C le copie
live-again = Vérifier à nouveau
live-readers = Lecteurs et cartes
live-ticket = Texte pour le ticket
live-ticket-shown = Ce que copie le bouton
live-ticket-made = cpx-check { $program }, { $date } à { $time } ({ $zone })
live-masked = Noms, identifiants et numéros sont réduits à leurs trois derniers caractères.
live-identity = Noms, identifiants et numéros sont montrés en entier ; le texte pour le ticket est anonyme.
live-local = Cette page reste sur ce poste.
live-no-script = JavaScript est désactivé dans ce navigateur : cette page ne suit pas les lecteurs. La recharger la met à jour.
live-entering = Ouvrir la page
live-refused = Adresse non valable ou déjà utilisée
live-refused-why = Elle ne s'ouvre qu'une fois, dans le navigateur de la personne qui a lancé le programme. « cpx-check serve » en donne une nouvelle.

## Formes

help-report-format = Format de sortie : text, json, html (page à imprimer), line (une ligne), ndjson, prometheus ou junit
help-output = Écrit la réponse dans ce fichier, en entier ou pas du tout
