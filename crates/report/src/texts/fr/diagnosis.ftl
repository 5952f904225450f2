### Le diagnostic du poste

## La réponse

diagnosis-ready = Ce poste est prêt.
diagnosis-ready-with = Ce poste est prêt avec { $browsers }.
diagnosis-ready-with-reservation = Ce poste est prêt, avec réserve.
diagnosis-ready-with-reservation-with = Ce poste est prêt avec { $browsers }, sous une réserve :
diagnosis-not-ready = Ce poste n'est pas prêt.
diagnosis-cannot-tell = Impossible de dire si ce poste est prêt : tout n'a pas pu être vu.
your-browser = { $browser } (votre navigateur)
portal-note = { $portal } : { $note }
verify-line = Pour vérifier : { $verify }
open-check = { $name } : { $why }.
open-checks = { $name } et { $more } autres contrôles : { $why }.
works-anyway = { $what } Cela n'empêche rien aujourd'hui (« { $evidence } » est en ordre).
browser-line = { $browser } : { $answer }
browser-line-default = { $browser } (votre navigateur) : { $answer }
browser-line-cause = { $line }. { $cause }
repair-title = À corriger ensuite
diagnosis-with-default-broken = Ce poste est prêt avec { $browsers }, mais pas avec { $default }, votre navigateur :
diagnosis-with-default-open = Ce poste est prêt avec { $browsers } ; pour { $default }, votre navigateur, une question reste ouverte :
certificates-from-module = Certificats lus par le module CPS : un autre programme tient la carte.
network-not-tested = Réseau non testé : --online.
explain-cause = Sur cette cause : --explain { $id }.
rights-hint = Droits (F413…) : --portal igc-sante.
folded-causes = { $count ->
    [one] Un autre point : --all.
   *[other] { $count } autres points : --all.
}
check-line = { $name } : { $ending }
check-blocked = en attente de « { $name } »
awaited-ready = Ce poste est prêt pour une { $card }.
awaited-ready-with = Ce poste est prêt pour une { $card }, avec { $browsers }.
awaited-ready-with-reservation = Ce poste est prêt pour une { $card }, avec réserve.
awaited-ready-with-reservation-with = Ce poste est prêt pour une { $card }, avec { $browsers }, sous une réserve :
awaited-not-ready = Ce poste n'est pas prêt pour une { $card }.
awaited-cannot-tell = Impossible de dire si ce poste est prêt pour une { $card } : tout n'a pas pu être vu.
awaited-with-default-broken = Ce poste est prêt pour une { $card } avec { $browsers }, mais pas avec { $default }, votre navigateur :
awaited-with-default-open = Ce poste est prêt pour une { $card } avec { $browsers } ; pour { $default }, votre navigateur, une question reste ouverte :
awaited-cryptolib = Cryptolib { $version } (minimum pour une { $card } : { $since })
awaited-cryptolib-unknown = Version de la Cryptolib inconnue (minimum pour une { $card } : { $since })
awaited-table = Windows associe les { $card } à la Cryptolib
awaited-table-without = Windows n'associe pas les { $card } à la Cryptolib
awaited-pss = Une { $card } signe en RSA-PSS par le module CPS, comme TLS 1.3 le demande.
awaited-pss-by-module = Une { $card } signe en RSA-PSS par le module CPS (Firefox), comme TLS 1.3 le demande. Edge et Chrome passent par un fournisseur ancien, sans RSA-PSS : il leur faut un portail qui accepte TLS 1.2.
awaited-without-pss = Une { $card } ne signe pas en RSA-PSS : un portail qui l'impose (TLS 1.3 seul) la refuse.
awaited-in-reader = Carte du lecteur : { $today }. Le poste seul est vérifié : la { $card } à venir, son certificat et son code restent à essayer.
awaited-no-card = Aucune carte dans le lecteur. Le poste seul est vérifié : la { $card } à venir, son certificat et son code restent à essayer.
awaited-assumption = D'après les publications de l'ANS et des essais avec une { $card } virtuelle : aucune { $card } réelle n'a été essayée.
module-32-not-asked = Module 32 bits non interrogé ({ $path }) : seuls les logiciels 32 bits l'utilisent.
readiness-ready = prêt
readiness-ready-with-reservation = prêt avec réserve
readiness-not-ready = pas prêt
readiness-cannot-tell = impossible à dire
duration-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
duration-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}

## Les portails et les navigateurs

portal-igc-sante = IGC-Santé
portal-rpps-plus = RPPS+
portal-tom = TOM
portal-tops = TOPS
portal-psc = Pro Santé Connect par carte
    .short = Pro Santé Connect
portal-e-cps = Activation de l'e-CPS
    .short = e-CPS
browser-firefox = Firefox
browser-chrome = Chrome
browser-edge = Edge
browser-chromium = Chromium
browser-safari = Safari
browser-internet-explorer = Internet Explorer
browser-other = un autre navigateur

## Expliquer un contrôle

group-context = Le contexte
group-service = L'accès aux lecteurs
group-reader = Le lecteur
group-card = La carte
group-middleware = La Cryptolib et le système
group-pkcs11 = Le module PKCS#11 (celui qui relie les logiciels à la carte)
group-certificates = Les certificats de la carte
group-browser = Les navigateurs
group-network = Le réseau
group-trust = Les autorités de confiance
severity-blocking = bloquante : aucune connexion possible
severity-major = majeure : un navigateur ou un logiciel ne fonctionnera pas toujours
severity-minor = mineure : gênante, ou bientôt gênante
severity-info = pour information
group-label = Domaine
severity-label = Gravité
systems-label = Systèmes
portals-label = Portails
depends-label = Dépend de
kind-label = Nature
kind-probe = essai réel : s'il réussit, ce qui aurait expliqué son échec est écarté
kind-attribute = ce que la carte indique elle-même
kind-link = lien entre un navigateur et la carte : il compte par lui-même
kind-inventory = inventaire : n'explique qu'un échec constaté plus loin
kind-context = contexte : n'explique qu'un échec constaté plus loin
evidence-label = Écarté si réussi
observes-label = Ce qui est vérifié
why-label = Pourquoi
remedy-label = Que faire
verify-label = Comment vérifier
none = aucun
explain-hint = « cpx-check --explain CONTRÔLE » explique un contrôle, par son nom ou par son code.
explain-unknown = Aucun contrôle ne s'appelle « { $name } ». « cpx-check --list-checks » en donne la liste.
portal-unknown = Aucun portail ne s'appelle « { $name } ». Portails : { $known }.
browser-unknown = Aucun navigateur ne s'appelle « { $name } ». Navigateurs : { $known }.

## Ce qui a changé

changes-title = { $count ->
    [0] Rien n'a changé depuis la réponse précédente.
    [one] Un contrôle a changé depuis la réponse précédente
   *[other] { $count } contrôles ont changé depuis la réponse précédente
}
change = { $name } : { $before } → { $after }
state-pass = bon
state-warn = à surveiller
state-fail = en échec
state-skip = non vérifié
state-blocked = en attente
state-unknown = inconnu

## Pendant l'attente

looking-at-card = Lecture de la carte…
looking-at-workstation = Observation du poste…
looking-at-modules = Interrogation du module PKCS#11…
looking-at-network = Essai du réseau…
case-note = Cas enregistré le { $date } : rien n'est vérifié sur ce poste.
case-written = Cas enregistré dans { $path }, sans nom, identifiant ni numéro : vous pouvez l'envoyer à l'assistance.
case-linked = Enregistrez l'autre cas avec le même mot, puis lancez « cpx-check --compare { $path } AUTRE.json ».
case-not-linked = Aucune carte n'a pu être lue : « --link » n'y a servi à rien. À la comparaison, précisez « --same-card » ou « --other-card ».
link-too-short = Le mot de « --link » doit avoir au moins six caractères : choisissez une phrase que personne ne devine.
case-contradiction = Remarque : dans ce cas, la carte du lecteur « { $reader } » est tenue deux fois, et les deux se contredisent ({ $about }). Les faits l'emportent sur le dialogue enregistré.
case-contradiction-card = sa présence
case-contradiction-atr = sa réponse au démarrage
case-contradiction-code = son code porteur
case-contradiction-type = son type
case-contradiction-validity = sa validité
case-contradiction-category = carte réelle ou de test

## L'aide

help-portal = Seulement ces portails, séparés par des virgules : igc-sante, rpps-plus, tom, tops, psc, e-cps
help-browser = Seulement ces navigateurs, séparés par des virgules : firefox, chrome, edge, chromium, safari
help-for-card = Dit si ce poste accepterait une carte de cette génération (cps4, cps3), quelle que soit la carte du lecteur
help-further-module = Interroge aussi ce module PKCS#11
help-all = Montre tous les contrôles et tous les points relevés
help-explain = Explique un contrôle, par son nom ou son code : ce qu'il vérifie, pourquoi, que faire, comment vérifier ensuite
help-list-checks = Liste les contrôles
help-compare = Dit ce qui a changé depuis une réponse précédente (JSON) ou un cas enregistré ; avec deux fichiers, si la panne suit la carte ou le poste
help-same-card = Les deux fichiers de « --compare » concernent la même carte, sur deux postes
help-other-card = Les deux fichiers de « --compare » concernent deux cartes, sur le même poste
help-link = Mot par lequel les cas d'une même carte se reconnaîtront, jamais enregistré : choisissez une phrase que personne ne devine
help-record-case = Enregistre ce qui a été observé, sans nom, identifiant ni numéro : à envoyer à l'assistance
help-user = Utilisateur dont les réglages sont vérifiés, quand un autre compte lance le programme (session ouverte sous Windows)
help-replay-case = Analyse un cas enregistré ailleurs, au lieu de ce poste
value-portal = PORTAIL
value-browser = NAVIGATEUR
value-generation = GÉNÉRATION
value-check = CONTRÔLE
usage-misplaced = L'option « { $option } » se met après la commande « { $command } ».

user-unknown = Personne n'a ouvert de session sous le nom « { $name } » sur ce poste : ses réglages ne peuvent pas être lus.
    .remedy = Relancez pendant que cette personne a sa session ouverte, ou sans « --user ».

## L'échange de cartes ou de postes

for-card-formats = « --for-card » répond en texte, en JSON (« json », « ndjson ») ou sur une ligne (« line »).
swap-two-files = « --same-card » et « --other-card » servent à comparer deux fichiers : « cpx-check --compare A.json B.json --same-card ».
swap-same-file = C'est deux fois le même fichier : comparez deux enregistrements, de deux postes ou de deux cartes.
swap-text-or-json = La comparaison de deux fichiers se fait en texte ou en JSON (« --format json »).
swap-looks-at-nothing = La comparaison de deux fichiers ne regarde que ces fichiers : « --record » et « --replay » n'y servent pas.
swap-no-card-read = Impossible à dire : aucune carte n'a pu être lue dans « { $file } », qui ne dit donc pas de quelle carte il s'agit.
    .remedy = Vous seul le savez : ajoutez « --same-card » (même carte, deux postes) ou « --other-card » (deux cartes, même poste).
swap-if-one-word = À condition que le mot de « --link » ait été le même dans les deux enregistrements ; sinon, précisez « --same-card » ou « --other-card ».
swap-no-fault = Aucune panne : dans les deux fichiers, la carte fonctionne.
    .remedy = Si la panne est passagère, enregistrez un cas (« --record ») au moment où elle se produit, puis comparez à nouveau.
swap-cannot-tell = Impossible à dire : l'un des deux fichiers ne permet pas de conclure.
    .remedy = « cpx-check --replay { $file } » indique ce qui manque. Refaites l'enregistrement avec un lecteur branché et la carte insérée.
swap-unknown-card = Impossible à dire : rien n'indique s'il s'agit de la même carte dans les deux fichiers.
    .remedy = Si vous le savez, ajoutez « --same-card » (même carte, deux postes) ou « --other-card » (deux cartes, même poste). Sinon, refaites les deux enregistrements avec « --link MOT », le même mot les deux fois.
swap-two-changes = Impossible à dire : la carte et le poste ont changé tous les deux.
    .remedy = Ne changez qu'une chose à la fois : la même carte sur un autre poste, ou une autre carte sur le même poste.
swap-workstation = La même carte fonctionne sur l'autre poste : la panne vient du poste de « { $file } ».
    .remedy = Gardez la carte et corrigez ce poste (contrôle en échec : { $cause }). « cpx-check --replay { $file } » indique comment.
swap-card = Le poste fonctionne avec l'autre carte : la panne suit la carte de « { $file } ».
    .remedy = Ne changez rien au poste. Essuyez la puce et essayez cette carte sur un autre poste ; si elle n'y fonctionne pas non plus, demandez son remplacement. Contrôle en échec : { $cause }.
swap-card-itself = Le poste fonctionne avec l'autre carte, et celle de « { $file } » signale elle-même son défaut : la panne vient de la carte.
    .remedy = Ne changez rien au poste (contrôle en échec : { $cause }). « cpx-check --replay { $file } » indique que faire de la carte.
swap-together = L'autre carte fonctionne sur ce poste, trop ancien pour celle de « { $file } » : la panne ne tient ni à la carte seule, ni au poste seul.
    .remedy = Gardez la carte et mettez à jour le poste (contrôle en échec : { $cause }). « cpx-check --replay { $file } » indique comment.
swap-card-on-both = La carte signale le même défaut sur les deux postes : la panne vient de la carte.
    .remedy = Ne changez rien aux postes (contrôle en échec : { $cause }). « cpx-check --replay { $one } » indique que faire de la carte.
swap-card-likely = La carte échoue de la même façon sur les deux postes : la panne vient très probablement de la carte.
    .remedy = Essayez une autre carte sur l'un des deux postes : si elle fonctionne, c'est confirmé, et la carte est à remplacer. Contrôle en échec : { $cause }.
swap-both-workstations = Les deux postes ont le même défaut, qui ne dépend d'aucune carte : la panne vient des postes.
    .remedy = Gardez la carte et corrigez les deux postes (contrôle en échec : { $cause }). « cpx-check --replay { $one } » indique comment.
swap-workstation-on-both = Deux cartes différentes échouent de la même façon sur ce poste : la panne vient du poste.
    .remedy = Gardez les deux cartes et corrigez le poste (contrôle en échec : { $cause }). « cpx-check --replay { $one } » indique comment.
swap-both-cards = Chacune des deux cartes a le même défaut : la panne vient des cartes, pas du poste.
    .remedy = Ne changez rien au poste (contrôle en échec : { $cause }). « cpx-check --replay { $one } » indique que faire de ces cartes.
swap-card-changed = L'état de la carte a changé d'un fichier à l'autre : l'échange ne prouve rien.
    .remedy = Contrôle en échec dans « { $file } » : { $cause }. Refaites les deux enregistrements, l'un après l'autre.
swap-workstation-changed = Le défaut du poste ne dépendait d'aucune carte et a disparu entre-temps : l'échange ne prouve rien.
    .remedy = Contrôle en échec dans « { $file } » : { $cause }. Réessayez la première carte sur le poste tel qu'il est maintenant.
swap-two-faults = Les deux fichiers montrent deux pannes différentes : l'échange ne permet pas de conclure.
    .remedy = Corrigez d'abord chacune (« cpx-check --replay { $one } », « cpx-check --replay { $other } »), puis recommencez l'échange.
