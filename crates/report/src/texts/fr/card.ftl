### Les phrases de cpx-check. Une entrée par code ; `.remedy` dit quoi faire.

## Le poste ne peut pas interroger de lecteur

pcsc-absent = La bibliothèque PC/SC n'est pas installée sur ce poste : aucun lecteur ne peut être interrogé.
    .remedy = Installez-la (sous Debian et Ubuntu : « apt install pcscd libccid », qui l'apporte), puis relancez.
pcsc-service-stopped = Le service PC/SC, qui donne accès aux lecteurs, ne répond pas.
    .remedy = Démarrez le service des cartes à puce, puis relancez.
    .remedy-windows = Branchez le lecteur, puis démarrez le service « Carte à puce » (services.msc). En bureau à distance, activez la redirection des cartes à puce.
    .remedy-linux = Démarrez-le : « systemctl start pcscd.socket » (paquet pcscd), puis relancez.
    .remedy-macos = Débranchez et rebranchez le lecteur ; s'il le faut, redémarrez le poste.
pcsc-service-silent = Le service PC/SC accepte la question mais n'y répond pas.
    .remedy = Redémarrez le poste, puis relancez.
    .remedy-windows = Redémarrez le service « Carte à puce » (services.msc), puis relancez.
    .remedy-linux = Redémarrez-le : « systemctl restart pcscd », puis relancez.
pcsc-service-full = Le service PC/SC a atteint son nombre maximal de connexions : d'autres programmes les occupent.
    .remedy = Fermez les logiciels qui utilisent la carte, puis relancez.
    .remedy-linux = Fermez les logiciels qui utilisent la carte, ou redémarrez le service : « systemctl restart pcscd », puis relancez.
pcsc-access-refused = Le service PC/SC refuse l'accès aux lecteurs à cet utilisateur.
    .remedy = Ouvrez la session directement sur le poste, puis relancez.
    .remedy-linux = Ouvrez la session directement sur le poste (ni SSH, ni tâche planifiée), ou faites ajouter une règle polkit pour pcscd.
no-reader = Aucun lecteur de cartes n'est vu par ce poste.
    .remedy = Branchez le lecteur directement sur le poste (sans concentrateur USB), attendez quelques secondes et relancez. S'il n'apparaît toujours pas, installez son pilote.
no-reader-named = Aucun lecteur ne porte ce nom.
    .remedy = « cpx-check readers » donne la liste des lecteurs.
no-thread = Ce poste ne laisse plus cpx-check lancer de tâche : trop de programmes sont ouverts, ou une limite est fixée.
    .remedy = Fermez des logiciels, ou fermez puis rouvrez la session, et relancez.
    .remedy-linux = Fermez des logiciels et relancez ; « ulimit -u » donne la limite de l'utilisateur, que fixe l'administrateur.
pcsc-error = Le service PC/SC a signalé une erreur inattendue.
    .remedy = Relancez ; si l'erreur revient, transmettez le détail technique ci-dessous au support.

## Un lecteur ou une carte ne répond pas comme il faut

reader-empty = Aucune carte dans ce lecteur.
    .remedy = Insérez la carte, puce visible et vers le lecteur, jusqu'à la butée.
reader-gone = Ce lecteur vient d'être débranché, ou n'est plus reconnu.
    .remedy = Rebranchez-le et relancez.
card-mute = Une carte est insérée, mais elle ne répond pas.
    .remedy = Retournez-la (puce vers le lecteur), essuyez la puce avec un chiffon sec, réinsérez-la à fond. Sur un lecteur à deux fentes, essayez l'autre fente. Si elle reste muette dans un autre lecteur, la puce est hors d'usage : faites remplacer la carte.
card-in-use = La carte est utilisée en exclusivité par un autre programme.
    .remedy = Fermez le logiciel qui tient la carte (facturation, lecture de carte Vitale, gestionnaire de lecteur), puis relancez.
card-locked = Un autre programme occupe la carte.
    .remedy = Attendez quelques secondes et relancez (« --wait 10 » attend davantage). Si cela dure, fermez le logiciel qui utilise la carte.
card-kept = Un autre programme occupe la carte et ne la rend pas.
    .remedy = Fermez le logiciel qui utilise la carte (facturation, logiciel métier, navigateur), puis relancez.
card-removed = La carte a été retirée pendant la lecture : rien n'a été retenu.
    .remedy = Réinsérez la carte et laissez-la en place jusqu'à la réponse.
card-reset = Un autre programme a réinitialisé la carte pendant la lecture, deux fois de suite.
    .remedy = Fermez les autres logiciels qui utilisent la carte, puis relancez.
card-communication = Erreur de communication entre le lecteur et la carte.
    .remedy = Essuyez la puce et réinsérez la carte ; si l'erreur revient, essayez un autre lecteur ou un autre port USB.
card-silent = La carte a cessé de répondre pendant la lecture.
    .remedy = Retirez la carte, essuyez la puce, réinsérez-la. Si cela revient dans un autre lecteur, faites remplacer la carte.
card-slow = La carte répond lentement ({ $seconds } s par échange) : la lecture a été arrêtée avant la fin.
    .remedy = Fermez les autres logiciels qui utilisent la carte, branchez le lecteur directement sur l'ordinateur, sans concentrateur USB, puis relancez. Si elle reste lente, essayez un autre lecteur.
card-nonsense = Cette carte se présente comme une carte CPx, mais son contenu n'est pas lisible.
    .remedy = Essayez dans un autre lecteur. Si le résultat est le même, la carte est endommagée ou n'est pas une vraie carte CPx : faites-la remplacer.
card-too-old = Cette carte CPx est d'une génération qui n'est plus en service (CPS2ter probable).
    .remedy = Utilisez la carte qui l'a remplacée ; sinon commandez-en une nouvelle.
limit-reached = Cette carte répond sans fin : la lecture a été arrêtée.
    .remedy = Ce n'est pas le comportement d'une carte CPx en bon état. Essayez une autre carte.
cancelled = L'opération a été interrompue par le logiciel qui l'avait demandée.
    .remedy = Relancez-la si ce n'était pas voulu.
deadline-passed = Le délai accordé par le logiciel est écoulé ; la lecture a été abandonnée.
    .remedy = Réessayez ; si cela revient, fermez les autres logiciels qui utilisent la carte.
replay-mismatch = L'enregistrement ne contient pas la réponse à cette question.
    .remedy = Il a été fait avec une autre version du programme ou avec d'autres options : relancez avec les options de l'enregistrement.
malformed = Ce fichier n'a pas la forme attendue.
    .remedy = Vérifiez qu'il s'agit du bon fichier et qu'il est complet.
file = Ce fichier ne peut pas être lu ou écrit.
    .remedy = Vérifiez son chemin et vos droits.
file-too-large = Ce fichier est trop gros pour être ce qu'il devrait être.
    .remedy = Vérifiez qu'il s'agit du bon fichier.
newer-version = Ce fichier a été fait par une version plus récente de cpx-check.
    .remedy = Mettez cpx-check à jour sur ce poste, puis recommencez.

## Une autre carte

insert-cpx = Retirez-la et insérez la carte CPS, CPF, CPE ou CPA.
foreign-vitale = C'est une carte Vitale, pas une carte CPx.
    .remedy = { insert-cpx } Sur un lecteur à deux fentes, les deux cartes sont peut-être interverties.
foreign-cnie = C'est une carte nationale d'identité, pas une carte CPx.
    .remedy = { insert-cpx }
foreign-public-servant = C'est une carte d'agent public, pas une carte CPx.
    .remedy = { insert-cpx }
foreign-bank = C'est une carte bancaire, pas une carte CPx.
    .remedy = { insert-cpx }
foreign-cnamts = C'est une carte d'agent de l'Assurance Maladie, pas une carte CPx.
    .remedy = { insert-cpx }
foreign-insurer = C'est une carte d'assuré ou de mutuelle, pas une carte CPx.
    .remedy = { insert-cpx }
foreign-other-id = C'est une autre carte d'identité, de séjour ou professionnelle, pas une carte CPx.
    .remedy = { insert-cpx }
foreign-unknown = Carte inconnue : ce n'est pas une carte CPx.
    .remedy = { insert-cpx }

## Une carte CPx, avec réserve

card-expired = La carte a expiré le { $date }.
    .remedy = Elle n'ouvre plus aucun service : utilisez la carte qui la remplace, ou commandez-en une nouvelle.
card-expires-soon = La carte expire bientôt, le { $date }.
    .remedy = Faites renouveler la carte avant d'envoyer un F413 ou de commander un certificat.
card-not-yet-valid = La carte n'est valable qu'à partir du { $date }.
    .remedy = Vérifiez la date de ce poste ; si elle est correcte, attendez cette date ou utilisez la carte précédente.
card-test = C'est une carte de test : les services de production la refusent.
    .remedy = Pour un service réel ou un formulaire F413, utilisez une carte réelle.
card-other-category = La catégorie de cette carte n'est pas celle d'une carte réelle.
    .remedy = Pour un service réel ou un formulaire F413, utilisez une carte réelle.
code-low = Le code porteur a été mal saisi : il reste { $left } essais.
    .remedy = Vérifiez le code avant le prochain essai ; un code correct rétablit tous les essais.
code-last-try = Il ne reste qu'un essai pour le code porteur : une erreur de plus bloquera la carte.
    .remedy = N'essayez plus sans être certain du code. Le courrier du code porteur contient aussi le code de déblocage.
code-blocked = Le code porteur est bloqué : la carte ne permet plus de se connecter ni de signer.
    .remedy = Débloquez-la avec le code de déblocage (8 chiffres, sur le courrier du code porteur) dans l'outil de la Cryptolib CPS, en caisse d'Assurance Maladie ou par téléphone au 0 825 85 20 00.
holder-id-check = La clé de contrôle de l'identifiant du porteur n'est pas valide.
    .remedy = La carte reste lisible ; comparez l'identifiant avec l'Annuaire Santé avant de le recopier.
holder-id-shape = L'identifiant du porteur n'a pas la forme attendue.
    .remedy = La carte reste lisible ; comparez l'identifiant avec l'Annuaire Santé avant de le recopier.
several-cards = Plusieurs cartes CPx sont insérées : les logiciels ne savent pas laquelle prendre.
    .remedy = Ne laissez que la carte à utiliser.

## La carte

reader = Lecteur : { $name }
cpx-in-order = Carte { $type } lue, rien à signaler.
cpx-reserved = Carte { $type } lue, avec réserve :
cpx-unusable = Carte { $type } lue, mais inutilisable :
card-label = Carte
type-CPS = CPS, carte de professionnel de santé
type-CPF = CPF, carte de professionnel en formation
type-CDE-CPE = CDE ou CPE, carte de directeur ou de personnel d'établissement
type-CDA-CPA = CDA ou CPA, carte de directeur ou de personnel autorisé
type-CPx = type inconnu (code { $code })
generation-label = Génération
generation-cps3 = CPS3
generation-cps4 = CPS4
generation-older = antérieure à la CPS3
generation-unknown = inconnue
interface-contact = par contact
interface-contactless = sans contact
holder-label = Porteur
no-holder = aucun nom sur la puce
id-label = Identifiant
id-checked = { $id } ({ $register }, clé { $verdict })
id-unchecked = { $id } ({ $register })
verdict-valid = valide
verdict-invalid = non valide
register-RPPS = RPPS
register-ADELI = ADELI
register-CABINET-ADELI = cabinet ADELI et numéro de registre
register-DRASS = DRASS
register-FINESS = FINESS et numéro de registre
register-SIREN = SIREN et numéro de registre
register-SIRET = SIRET et numéro de registre
register-CABINET-RPPS = cabinet RPPS et numéro de registre
register-ETUDIANT = numéro d'étudiant
register-UNKNOWN = registre inconnu
problem-unknown-type = type d'identifiant inconnu
problem-leading-8-missing = il manque le 8 initial
problem-register-number = numéro de registre absent ou inattendu
problem-length = longueur inattendue
problem-characters = caractères inattendus
problem-check-digit = clé de contrôle non valide
profession-label = Profession
future-profession-label = Future profession
speciality-label = Spécialité
language-label = Langues
coded = { $label } ({ $code })
code-without-label = code { $code }
number-label = N° de carte
number-hint = { $number } (celui que demande le formulaire F413)
chip-label = N° de puce
chip-check-wrong = { $serial } (chiffre de contrôle inattendu)
identity-card = Carte { $kind }
identity-code = code porteur : { $code }
validity-label = Validité
validity-both = du { $from } au { $until }
validity-until = jusqu'au { $until }
validity-unknown = inconnue
category-label = Catégorie
category-real = carte réelle
category-test = carte de test
category-module = carte de module
category-test-module = carte de module de test
category-software = logicielle
category-test-software = logicielle de test
category-unknown = inconnue
code-label = Code porteur
code-state-ok = utilisable
code-state-low = utilisable
code-state-last-try = utilisable
code-state-blocked = bloqué
code-state-unknown = état non communiqué par la carte
code-state-none = sans objet (pas de code par cette interface)
code-tries = { $state }, { $left ->
    [one] { $left } essai restant
   *[other] { $left } essais restants
}{ $of }
code-tries-short = { $left ->
    [one] { $left } essai restant
   *[other] { $left } essais
}
code-tries-max = { " " }sur { $max }
certificates-label = Certificats
certificates-count = { $count ->
    [0] aucun certificat lisible
    [one] { $count } certificat lu
   *[other] { $count } certificats lus
}
opposition-label = Opposition
atr-label = ATR
detail-label = Détail technique
reader-beside = { $reader } : { $what }
identity-shown = Identité affichée : ne copiez pas cet écran dans un ticket (--masked).
help-masked = Masque aussi au terminal les noms, identifiants et numéros
masked-note = Données masquées : --show-identity les montre en entier.
simulated-note = Carte simulée, vérifiée au { $date } : aucun lecteur n'est utilisé.
replay-note = Enregistrement du { $date } rejoué : aucun lecteur n'est utilisé.

## Lecteurs et événements

readers-title = { $count ->
    [one] { $count } lecteur
   *[other] { $count } lecteurs
}
slot-empty = vide
slot-mute = carte muette
slot-unavailable = indisponible
slot-cpx = carte CPx ({ $generation }, { $interface })
slot-maybe-cpx = carte sans contact, CPS possible
slot-in-use = en cours d'utilisation
slot-exclusive = utilisée en exclusivité
watch-start = Surveillance des lecteurs (heures en { $zone }) ; Ctrl-C pour arrêter.
event-reader-added = lecteur branché
event-reader-removed = lecteur débranché
event-inserted = carte insérée
event-read = carte lue
card-users = Programmes reliés aux lecteurs en ce moment : { $programs }.
ending = La carte finit de répondre pour être laissée telle quelle, puis le programme s'arrête…
event-removed = carte retirée
event-bounced = { $times ->
        [one] carte passée trop vite pour être lue
       *[other] carte passée { $times } fois, trop vite pour être lue
    }
event-service-lost = { $cause } Nouvelle tentative…
event-service-back = le service PC/SC répond de nouveau

## Simulation

simulate-list = Cartes disponibles :
simulate-serving = Carte « { $name } » insérée dans le lecteur virtuel (port { $port }) ; Ctrl-C pour la retirer.
simulate-unknown = Aucune carte simulée ne s'appelle « { $name } ». « cpx-check simulate --list » les donne toutes.
simulate-no-driver = Aucun lecteur virtuel n'écoute sur le port { $port }.
    .remedy = Installez le paquet vsmartcard-vpcd et démarrez pcscd, puis relancez.
internal-error = Le programme a rencontré une erreur interne ({ $place }). Signalez-la avec cette ligne.
record-written = Enregistrement écrit dans { $path }.

## Ligne de commande

help-about = Dit si ce poste est prêt pour la carte de professionnel (CPS, CPF, CPE, CDE, CPA, CDA) et ses portails ; sinon, la cause et le remède.
help-about-card = Lit la carte : type, porteur, validité, état du code porteur
help-about-readers = Liste les lecteurs, sans rien demander aux cartes
help-about-watch = Annonce ce qui se passe dans les lecteurs, au fur et à mesure
help-about-simulate = Insère une carte virtuelle dans le lecteur virtuel
help-heading-usage = Utilisation :
help-heading-options = Options courantes{ " " }
help-heading-support = Pour l'assistance{ " " }
help-heading-trials = Pour les essais{ " " }
help-heading-examples = Exemples :
help-commands-daily = Commandes courantes :
help-commands-support = Commandes pour l'assistance :
help-commands-trials = Commandes pour les essais :
help-about-examples =
    .line-1 = cpx-check --online              ce poste est-il prêt, réseau compris ?
    .line-2 = cpx-check card                  quelle est cette carte ?
    .line-3 = cpx-check f413                  cette carte convient-elle au formulaire F413 ?
usage-nearest = Vouliez-vous dire « { $nearest } » ?
help-heading-arguments = Arguments{ " " }
help-heading-commands = Commandes{ " " }
help-lang = Langue des phrases : fr ou en (celle du système par défaut, sinon le français)
help-help = Affiche cette aide
help-version = Affiche la version
help-reader = Seulement les lecteurs dont le nom contient ce texte
help-simulate = Une carte virtuelle au lieu d'un lecteur (cps-medecin si rien n'est précisé) ; à répéter pour plusieurs lecteurs
help-replay = Rejoue un enregistrement au lieu d'interroger un lecteur
help-encoding = Page de codes du texte redirigé ; d'office celle de la console. JSON, NDJSON, HTML, CSV et JUnit restent en UTF-8
value-encoding = CODAGE
help-record = Enregistre le dialogue avec la carte, données personnelles remplacées
help-record-identity = Enregistre aussi les noms, identifiants et numéros
help-certificates = Lit aussi les certificats (plus long)
help-wait = Secondes d'attente supplémentaires si un autre programme occupe la carte
help-at = Se place à cette date (aujourd'hui par défaut)
help-format = Format de sortie : text ou json
help-show-identity = Montre en entier les noms, identifiants et numéros, sinon réduits à leurs trois derniers caractères
help-name = Nom d'une carte de « --list », ou fichier décrivant la carte
help-list = Liste les cartes virtuelles
help-port = Port du lecteur virtuel sur ce poste
help-baud = Débit simulé de la carte virtuelle, en bits par seconde (9600 pour une CPS3)
help-apdu-ms = Durée simulée de chaque échange avec la carte virtuelle, en millisecondes
value-name = NOM
value-file = FICHIER
value-name-file = NOM|FICHIER
value-seconds = SECONDES
value-yyyy-mm-dd = AAAA-MM-JJ
value-bits = BITS
value-ms = MS
value-format = FORMAT
value-lang = LANGUE
value-port = PORT
help-about-usage = cpx-check [options], ou cpx-check COMMANDE [options]
help-about-card-usage = cpx-check card [options]
help-about-readers-usage = cpx-check readers [options]
help-about-watch-usage = cpx-check watch [options]
help-about-simulate-usage = cpx-check simulate NOM|FICHIER [options], ou cpx-check simulate --list
help-exit-codes = Codes de sortie : 0 prêt (ou carte lue), 1 avec réserve, 2 pas prêt (ou aucune carte utilisable), 3 impossible à dire, 64 commande mal écrite, 70 erreur interne, 74 écriture impossible.
usage-unknown-argument = L'option « { $argument } » n'existe pas.
usage-unknown-command = La commande « { $command } » n'existe pas.
usage-no-value = L'option « { $argument } » attend une valeur.
usage-wrong-value = La valeur « { $value } » ne convient pas pour { $argument }.
usage-wrong-value-known = La valeur « { $value } » ne convient pas pour { $argument } (valeurs possibles : { $known }).
usage-missing = Il manque { $argument }.
usage-conflict = « { $argument } » et « { $other } » sont incompatibles.
usage-wrong = Cette commande est mal écrite.
usage-more = « cpx-check --help » donne l'aide.

## Certificats

card-revoked = La carte est en opposition : un de ses certificats est révoqué.
    .remedy = Elle n'ouvre plus aucun service. Utilisez la carte qui la remplace ; si l'opposition est une erreur, appelez le 0 825 85 20 00.
revocation-unknown = L'opposition de la carte n'a pas pu être vérifiée.
    .remedy = La raison est donnée à la ligne des certificats ; réessayez plus tard ou fournissez une liste de révocation récente (--crl).
certificate-of-another-card = Un certificat de cette carte est celui d'une autre carte.
    .remedy = La puce et le certificat se contredisent : ne vous fiez pas à cette carte et signalez-la au 0 825 85 20 00.
certificate-of-another-holder = Un certificat de cette carte est celui d'un autre porteur.
    .remedy = La puce et le certificat se contredisent : ne vous fiez pas à cette carte et signalez-la au 0 825 85 20 00.
certificate-differs = La puce et les certificats se contredisent.
    .remedy = Les différences sont données à la ligne des certificats ; comparez avec la carte imprimée.
certificate-expired = Un certificat de la carte a expiré.
    .remedy = La carte n'ouvre plus les services en ligne : utilisez la carte qui la remplace, ou commandez-en une nouvelle.
certificate-not-yet-valid = Un certificat de la carte n'est pas encore valable.
    .remedy = Vérifiez la date de ce poste ; si elle est correcte, attendez.
certificate-not-trusted = Impossible de confirmer que les certificats de la carte ont été délivrés par l'IGC-Santé.
    .remedy = Aucun service de production ne les acceptera. S'ils sont censés venir de l'IGC-Santé, ne vous y fiez pas : signalez la carte au 0 825 85 20 00.
certificate-of-test = Un certificat de cette carte est signé par une autorité de test.
    .remedy = Les services de production le refusent : utilisez une carte réelle.
certificate-unreadable = Un certificat de la carte n'est pas lisible.
    .remedy = Essayez dans un autre lecteur ; si le résultat est le même, faites remplacer la carte.
certificate-file-unreadable = Ce fichier ne contient pas de certificat lisible.
    .remedy = Demandez un certificat au format DER (.cer, .crt), PEM ou p7b.
clock-doubt = L'horloge de ce poste est sans doute fausse : la validité ne peut pas être vérifiée.
    .remedy = Mettez le poste à l'heure, puis relancez.
certificate-redacted = retiré de cet enregistrement
role-authentication = authentification
role-signature = signature
role-technical = technique
role-other = autre usage
profile-cps-rpps = Certificat de CPS (RPPS)
profile-cps-adeli = Certificat de CPS (ADELI)
profile-cps = Certificat de CPS
profile-cpf = Certificat de CPF
profile-cde-cpe = Certificat de CDE ou CPE
profile-service-card = Certificat de CPE de service (non nominative)
profile-cda-cpa = Certificat de CDA ou CPA
profile-pro-software = Certificat logiciel de personne physique
profile-org-software = Certificat logiciel d'organisation
profile-igc-cps2ter = Certificat de l'ancienne IGC-CPS2ter
profile-igc-cps2ter-org-software = Certificat logiciel d'organisation (ancienne IGC)
profile-authority = Certificat d'autorité
profile-other = Certificat d'une autre origine
distinction-cde = CDE, carte de directeur d'établissement
distinction-cpe = CDE ou CPE (CPE probable, d'après le titre de son certificat)
distinction-service-card = CPE de service, non nominative (d'après son certificat)
distinction-cda = CDA, carte de directeur autorisé
distinction-cpa = CPA, carte de personnel autorisé
pseudonym-label = Pseudonyme
title-label = Titre
structure-label = Structure
service-label = Service
issuer-label = Émetteur
key-label = Clé
period-valid = jusqu'au { $end } (encore { $lasts })
period-expires-soon = jusqu'au { $end } (expire { $days ->
    [0] aujourd'hui
    [one] dans { $days } jour
   *[other] dans { $days } jours
})
one-and-other = { $first } et { $last }
duration-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
duration-months = { $count } mois
duration-years = { $count ->
    [one] { $count } an
   *[other] { $count } ans
}
period-expired = du { $start } au { $end } (expiré depuis { $lasts })
period-not-yet-valid = du { $start } au { $end } (pas encore valable)
certificate-is-altered = Certificat modifié ou contrefait
certificate-is-revoked = Certificat révoqué le { $since }
certificate-is-imitated = Certificat imité, ou autorité renouvelée
certificate-is-former = Certificat de l'ancienne IGC, qui n'ouvre plus rien
certificate-is-expired = Certificat expiré le { $end }
certificate-is-not-yet = Certificat valable seulement à partir du { $start }
certificate-is-update = Certificat d'une autorité plus récente que ce programme
certificate-is-unknown-issuer = Certificat qui ne vient pas de l'IGC-Santé
certificate-is-broken-path = Certificat dont la chaîne de certification est incomplète
certificate-is-authority-absent = Certificat non vérifié : celui de son autorité n'est pas sur ce poste
certificate-is-insi-name = Certificat dont le nom ne convient pas à INSi
certificate-is-revocation-unknown = Certificat peut-être révoqué : impossible de le vérifier
certificate-is-expires-soon = Certificat bientôt expiré : le { $end }
certificate-is-valid = Certificat valable jusqu'au { $end }
test-certificate = certificat de test
nature-label = Nature
delivered-label = Délivré par
trust-trusted = IGC-Santé, { $authority }
trust-test-authority = IGC-Santé de test, { $authority }
trust-authority-absent = { $authority } (non vérifié)
trust-unknown-issuer = émetteur inconnu
trust-bad-signature = signature non valide : certificat modifié ou contrefait
trust-broken-path = chaîne de certification incomplète
trust-reason-looks-like-igc-sante = il porte le nom d'une autorité de l'IGC-Santé avec une autre clé : certificat imité, ou autorité renouvelée ; ne vous y fiez pas
trust-reason-new-authority = autorité inconnue de cette version : mettez cpx-check à jour
trust-reason-former-authority = ancienne IGC, arrêtée en 2020-2021
trust-reason-self-signed = signé par lui-même
trust-reason-issuer-absent = le certificat de l'autorité n'est pas installé
trust-reason-unknown-root = la racine n'est pas celle de l'IGC-Santé
trust-reason-not-an-authority = un certificat de la chaîne n'est pas celui d'une autorité
trust-reason-authority-out-of-validity = une autorité de la chaîne n'est pas en cours de validité
trust-reason-path-length = une autorité de la chaîne n'a pas ce droit
trust-reason-too-long = chaîne trop longue
trust-reason-unsupported-algorithm = algorithme non pris en charge
revocation-not-checked = non vérifiée
revocation-not-revoked = non révoqué au { $date }
revocation-revoked = révoqué le { $date } ({ $reason })
revocation-not-known = inconnue ({ $reason })
revoked-unspecified = motif non précisé
revoked-key-compromise = clé compromise, par exemple carte perdue ou volée
revoked-authority-compromise = autorité compromise
revoked-affiliation-changed = changement de fonction
revoked-superseded = remplacé
revoked-cessation-of-operation = fin d'activité
revoked-hold = suspendu
revoked-removed-from-list = retiré de la liste
revoked-privilege-withdrawn = droit retiré
revoked-attribute-authority-compromise = autorité d'attributs compromise
revoked-other = autre motif
revocation-unknown-no-list = aucune liste de cet émetteur
revocation-unknown-no-address = le certificat n'indique pas où demander
revocation-unknown-issuer-absent = le certificat de l'émetteur n'est pas installé
revocation-unknown-stale = la liste est périmée
revocation-unknown-from-the-future = la liste est datée du futur : vérifiez l'horloge
revocation-unknown-bad-signature = la signature de la liste ou de la réponse n'est pas valide
revocation-unknown-unsupported = réponse d'un genre non pris en charge
revocation-unknown-malformed = réponse illisible
revocation-unknown-responder-unknowing = le répondeur ne connaît pas ce certificat
revocation-unknown-responder-refused = le répondeur a refusé de répondre
revocation-unknown-other-certificate = la réponse concerne un autre certificat
revocation-unknown-network = l'émetteur n'a pas répondu
differs-from-chip = { $field } : { $one } sur la puce, { $other } dans le certificat ({ $role })
differs-between = { $field } : { $one } dans un certificat, { $other } dans l'autre
field-card-number = N° de carte
field-card-type = type de carte
field-category = catégorie
field-holder-id = identifiant
field-surname = nom
field-given-name = prénom
field-structure = structure
field-valid-from = début de validité
field-valid-until = fin de validité
help-about-certificate = Explique un fichier : certificat, demande, liste de révocation, conteneur, clé
help-about-certificate-usage = cpx-check certificate FICHIER... [options]
help-files = Fichiers ou dossiers : certificats, demandes (CSR), listes (CRL), conteneurs (DER, PEM, p7b, p12)
help-trust-dir = Dossier ou fichier de certificats d'autorité, en plus de ceux du poste
help-crl = Dossier ou fichier de listes de révocation, pour vérifier l'opposition sans réseau
help-online = Utilise le réseau : demande à l'émetteur si la carte est en opposition et, pour le diagnostic, essaie les portails
value-path = CHEMIN
certificate-period = { $role } : { $period }
certificate-opposition = opposition : { $revocation }
structure-register-CABINET-ADELI = cabinet ADELI
structure-register-FINESS = FINESS
structure-register-SIREN = SIREN
structure-register-SIRET = SIRET
structure-register-CABINET-RPPS = cabinet RPPS
structure-register-UNKNOWN = registre inconnu
certificate-not-verified = Un certificat de la carte n'a pas pu être vérifié : le certificat de l'autorité n'est pas installé.
    .remedy = Installez la Cryptolib CPS, qui apporte les autorités de l'IGC-Santé, ou indiquez leur dossier (--trust-dir).
evidence-unreadable = Un fichier d'autorités ou de révocation n'a pas pu être utilisé.
    .remedy = Vérifiez le chemin donné à --trust-dir ou à --crl.
weak-signature = signature ou clé trop faible
subject-label = Sujet
serial-label = N° de série
usage-digitalSignature = signature pour s'authentifier
usage-nonRepudiation = signature de documents
usage-keyEncipherment = chiffrement de clés
usage-dataEncipherment = chiffrement de données
usage-keyAgreement = accord de clés
usage-keyCertSign = signature de certificats
usage-cRLSign = signature de listes de révocation
usage-1-3-6-1-5-5-7-3-1 = serveur TLS
usage-1-3-6-1-5-5-7-3-2 = client TLS
usage-1-3-6-1-5-5-7-3-4 = messagerie sécurisée
usage-1-3-6-1-5-5-7-3-9 = réponses de révocation (OCSP)
usage-1-3-6-1-4-1-311-20-2-2 = ouverture de session Windows
usage-label = Usages
trailing-label = À noter
trailing-bytes = { $count } octets derrière le certificat, ignorés
revocation-unknown-issuer-not-trusted = l'émetteur n'est pas une autorité reconnue
revocation-unknown-expired = le certificat était déjà expiré
memory-lacks = Ce poste n'a plus assez de mémoire pour terminer : fermez d'autres logiciels, puis recommencez.
output-lost = La réponse n'a pas pu être écrite en entier.
simulated-reader = Lecteur simulé
card-type-unknown = La puce n'indique pas de quel type de carte il s'agit.
    .remedy = Essayez dans un autre lecteur ; si le résultat est le même, faites remplacer la carte.
card-validity-unknown = La puce n'indique pas jusqu'à quand la carte est valable.
    .remedy = Lisez la date imprimée sur la carte, ou relancez avec --certificates.
card-number-missing = La puce ne donne pas de numéro de carte.
    .remedy = Relancez avec --certificates : les certificats portent aussi ce numéro.
holder-id-missing = La puce ne donne pas d'identifiant du porteur.
    .remedy = Relancez avec --certificates : les certificats portent aussi cet identifiant.
code-unknown = La carte n'indique pas combien d'essais il reste pour le code porteur.
    .remedy = Ne saisissez le code que si vous en êtes certain.

## Fichiers : demandes, listes, conteneurs, clés

purpose-label = Sert à
purpose-insi-auto = le téléservice INSi, par lots
purpose-insi-manu = le téléservice INSi, à la main
purpose-org-authentication = authentifier l'organisation : DMP, Pro Santé Connect, boîte aux lettres MSSanté
purpose-org-signature = signer au nom de l'organisation : documents du DMP
purpose-server = un serveur : opérateur MSSanté
purpose-confidentiality = recevoir des messages chiffrés
purpose-pro-authentication = authentifier une personne par un logiciel : Dossier Pharmaceutique
purpose-pro-signature = signer au nom d'une personne par un logiciel
purpose-card-authentication = s'identifier aux portails avec la carte
purpose-card-signature = signer des documents avec la carte
purpose-authority = signer des certificats ou des listes de révocation
advice-altered = Ce certificat a été modifié ou contrefait : ne vous y fiez pas, redemandez-le à la source.
advice-imitated = Il porte le nom d'une autorité de l'IGC-Santé avec une autre clé : ne vous y fiez pas avant d'avoir appelé le 0 825 85 20 00.
advice-unknown-issuer = S'il est censé venir de l'IGC-Santé, ne vous y fiez pas ; sinon, adressez-vous à qui l'a délivré.
advice-broken-path = Indiquez les certificats de toute la chaîne (--trust-dir), puis relancez.
advice-update = Mettez cpx-check à jour, puis relancez : cette version ne connaît pas encore cette autorité.
advice-former = L'ancienne IGC est arrêtée : plus aucun service n'accepte ce certificat. Commandez-en un à l'IGC-Santé.
advice-authority-absent = Pour le vérifier, indiquez les certificats de son autorité (--trust-dir), ou installez la Cryptolib CPS, qui les apporte.
advice-test-only = Certificat de test : les services de production le refusent.
advice-revoked-software = Retirez-le des logiciels qui l'utilisent et commandez-en un nouveau ; si la révocation est une erreur, contactez monserviceclient.certificats@esante.gouv.fr.
advice-revoked = La carte n'ouvre plus aucun service : utilisez celle qui la remplace ; si l'opposition est une erreur, appelez le 0 825 85 20 00.
advice-order-again = Un certificat expiré ne se renouvelle pas : un administrateur technique en commande un nouveau, avec sa carte, sur https://pfc.eservices.esante.gouv.fr/.
advice-renew = Renouvelez-le sur https://pfc.eservices.esante.gouv.fr/ tant qu'il est valable (un administrateur technique, avec sa carte), puis installez le nouveau dans le logiciel avant cette date.
advice-card-ended = La carte n'ouvre plus les services en ligne : utilisez celle qui la remplace, ou commandez-en une nouvelle.
advice-card-ends = La carte finit avec ses certificats : vérifiez que la nouvelle est en route.
advice-not-yet = Attendez cette date ; si elle est déjà passée, mettez le poste à l'heure.
insi-name = Le nom « { $name } » n'est pas exactement « { $wanted } » : le téléservice INSi le refuse.
    .remedy = Demandez un certificat dont le nom (CN) est { $wanted } : en majuscules, avec un tiret, sans espace.
request-title = Demande de certificat (CSR)
request-good = Demande de certificat (CSR) : rien ne s'y oppose
request-bad-signature = La signature de cette demande n'est pas valide : la demande a été modifiée après sa création.
    .remedy = Refaites la demande (CSR) sur la machine qui garde la clé privée.
request-weak = La clé ou la signature de cette demande est trop faible.
    .remedy = Refaites la demande avec une clé RSA de 2048 bits au moins et une signature SHA-256.
request-insi-name = Le nom demandé ressemble à un nom d'INSi sans l'être à la lettre.
    .remedy = Refaites la demande avec le nom exact : INSI-AUTO ou INSI-MANU, en majuscules, avec un tiret, sans espace.
request-structure-number = Le numéro de structure de cette demande a une clé de contrôle non valide.
    .remedy = Comparez-le avec le contrat de la structure, puis refaites la demande.
request-no-name = Cette demande n'a pas de nom (CN).
    .remedy = L'IGC-Santé peut le fixer à la commande ; sinon refaites la demande avec un nom.
request-unverified = La signature de cette demande n'a pas pu être vérifiée : son algorithme n'est pas pris en charge.
    .remedy = Préférez une clé RSA de 2048 bits et une signature SHA-256.
request-note = La clé privée est restée sur la machine où la demande a été faite : le certificat devra y être installé.
hosts-label = Noms de machine
list-title = Liste de révocation (CRL)
list-date-label = Date
list-next-label = Remplacée le
list-past = { $date }, dépassée
list-entries-label = Révoqués
list-entries = { $count ->
    [0] aucun certificat
    [one] { $count } certificat
   *[other] { $count } certificats
}
list-broken = cette liste est abîmée
list-signature-label = Signature
list-issuer-trusted = valide, d'une autorité de l'IGC-Santé
list-issuer-test = valide, d'une autorité de test de l'IGC-Santé
list-issuer-absent = non vérifiée : le certificat de l'émetteur n'est pas installé
list-issuer-unknown = valide, mais d'un émetteur inconnu
list-issuer-bad-signature = non valide : liste modifiée ou contrefaite
list-use = Pour vérifier une carte avec cette liste : « cpx-check card --certificates --crl FICHIER »
container-title = Conteneur de clé et de certificats (.p12, .pfx)
container-opened = { $keys ->
    [0] aucune clé privée
    [one] { $keys } clé privée, comptée seulement
   *[other] { $keys } clés privées, comptées seulement
}
container-content-label = Contenu
container-cipher-label = Chiffrement
container-cipher = { $cipher }, code haché { $count ->
    [one] { $count } fois
   *[other] { $count } fois
}
container-clear = certificats en clair
container-codeless = Ce conteneur s'ouvre sans code : quiconque a le fichier peut s'en servir.
cipher-rc2-40 = RC2 40 bits (ancien, faible)
cipher-3des = triple DES (ancien)
cipher-pbes2-aes = AES (PBES2)
cipher-pbes2-3des = triple DES (PBES2, ancien)
cipher-other = chiffrement inconnu
container-secret = Gardez ce fichier secret, et son code à part : ensemble, ils agissent au nom de l'organisation.
container-no-code = Ce conteneur est fermé par un code.
    .remedy = Relancez dans un terminal pour saisir le code, ou donnez-le par un descripteur (--password-fd 3 3<fichier), jamais en argument.
container-wrong-code = Ce code n'ouvre pas le conteneur, ou le fichier est abîmé.
    .remedy = Vérifiez majuscules et clavier. Le code est celui choisi au retrait du certificat : perdu, il faut commander un nouveau certificat.
container-unsupported = Le chiffrement de ce conteneur n'est pas pris en charge.
    .remedy = Réécrivez-le avec OpenSSL sur la machine où il sert, ou demandez-le en PBES2 (AES).
container-too-much-work = Ce conteneur demande un calcul démesuré pour être ouvert : il n'a pas été ouvert.
    .remedy = Ne vous fiez pas à ce fichier ; redemandez-le à la source.
container-not-in-this-build = Ce programme a été construit sans la lecture des conteneurs.
    .remedy = Utilisez la version complète de cpx-check.
container-prompt = Code de { $file } :{ " " }
private-key = Ce fichier est une clé privée : gardez ce fichier secret.
    .remedy = Ne l'envoyez à personne, pas même au support. S'il est déjà parti, faites révoquer son certificat. Rien n'en est affiché ici.
private-key-beside = Ce fichier contient aussi une clé privée : gardez ce fichier secret.
    .remedy = Pour envoyer le certificat, n'en copiez que le bloc « CERTIFICATE ». Rien de la clé n'est affiché ici.
named-java-store = Ce fichier est un magasin de clés Java (JKS).
    .remedy = Convertissez-le en .p12 sur la machine où il sert : keytool -importkeystore -srckeystore FICHIER -destkeystore FICHIER.p12 -deststoretype PKCS12, puis relancez avec le .p12.
named-public-key = Ce fichier est une clé publique seule : elle n'indique pas à qui elle appartient.
    .remedy = Demandez le certificat (.cer, .crt, .pem).
named-other = Ce fichier ne contient ni certificat, ni demande, ni liste de révocation.
    .remedy = Demandez un certificat au format DER (.cer, .crt), PEM, p7b ou p12.
evidence-not-looked-at = { $count ->
    [one] { $count } fichier n'a pas été lu
   *[other] { $count } fichiers n'ont pas été lus
} : un dossier donné à --trust-dir ou à --crl en a trop.
    .remedy = Donnez un dossier plus petit, ou les fichiers utiles.
files-not-looked-at = { $count ->
    [one] { $count } fichier n'a pas été lu
   *[other] { $count } fichiers n'ont pas été lus
} : le dossier en a trop.
    .remedy = Donnez un dossier plus petit, ou les fichiers utiles.
revocation-source-crl = d'après la liste (CRL)
revocation-source-ocsp = d'après le répondeur (OCSP)
revocation-by = { $revocation }, { $source }
help-password-fd = Lit le code d'un conteneur (.p12, .pfx) dans ce descripteur de fichier au lieu du clavier
