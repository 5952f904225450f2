### Les phrases de cpx-check. Une entrée par code ; `.remedy` dit quoi faire.

## Le poste ne peut pas interroger de lecteur

pcsc-absent = La bibliothèque PC/SC n'est pas installée sur ce poste : aucun lecteur ne peut être interrogé.
    .remedy = Installez-la (sous Debian et Ubuntu : « apt install pcscd libccid », qui l'apporte), puis relancez.
pcsc-service-stopped = Le service PC/SC, qui donne accès aux lecteurs, ne répond pas.
    .remedy = Démarrez-le : sous Windows, le service « Carte à puce » (un lecteur branché le démarre souvent) ; sous Linux, « systemctl start pcscd.socket ». En bureau à distance, activez la redirection des cartes à puce.
pcsc-service-silent = Le service PC/SC accepte la question mais n'y répond pas.
    .remedy = Redémarrez le service (« Carte à puce » sous Windows, pcscd sous Linux), ou le poste, puis relancez.
pcsc-access-refused = Le service PC/SC refuse l'accès aux lecteurs à cet utilisateur.
    .remedy = Ouvrez la session directement sur le poste (ni SSH, ni tâche planifiée), ou faites ajouter une règle polkit. Si beaucoup de programmes utilisent la carte, fermez-les : pcscd refuse aussi au-delà d'environ 200 connexions.
no-reader = Aucun lecteur de cartes n'est vu par ce poste.
    .remedy = Branchez le lecteur directement sur le poste (sans concentrateur USB), attendez quelques secondes et relancez. S'il n'apparaît toujours pas, installez son pilote.
no-reader-named = Aucun lecteur ne porte ce nom.
    .remedy = « cpx-check readers » donne la liste des lecteurs.
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
card-locked = Un autre programme occupe la carte et ne la rend pas.
    .remedy = Attendez quelques secondes et relancez (« --wait 10 » attend davantage). Si cela dure, fermez le logiciel qui utilise la carte.
card-removed = La carte a été retirée pendant la lecture : rien n'a été retenu.
    .remedy = Réinsérez la carte et laissez-la en place jusqu'à la réponse.
card-reset = Un autre programme a réinitialisé la carte pendant la lecture, deux fois de suite.
    .remedy = Fermez les autres logiciels qui utilisent la carte, puis relancez.
card-communication = Le lecteur et la carte ne se comprennent pas.
    .remedy = Essuyez la puce, réinsérez la carte ; sinon essayez un autre lecteur ou un autre port USB.
card-silent = La carte a cessé de répondre pendant la lecture.
    .remedy = Retirez la carte, essuyez la puce, réinsérez-la. Si cela revient dans un autre lecteur, faites remplacer la carte.
card-nonsense = Cette carte se présente comme une carte CPx, mais son contenu n'est pas lisible.
    .remedy = Essayez dans un autre lecteur. Si le résultat est le même, la carte est endommagée ou n'est pas une vraie carte CPx : faites-la remplacer.
card-too-old = Cette carte CPx est d'une génération qui n'est plus en service (CPS2ter probable).
    .remedy = Utilisez la carte qui l'a remplacée ; sinon commandez-en une nouvelle.
limit-reached = Cette carte répond sans fin : la lecture a été arrêtée.
    .remedy = Ce n'est pas le comportement d'une carte CPx en bon état. Essayez une autre carte.
replay-mismatch = L'enregistrement ne contient pas la réponse à cette question.
    .remedy = Il a été fait avec une autre version du programme ou avec d'autres options : relancez avec les options de l'enregistrement.
malformed = Ce fichier n'a pas la forme attendue.
    .remedy = Vérifiez qu'il s'agit du bon fichier et qu'il est complet.
file = Ce fichier ne peut pas être lu ou écrit.
    .remedy = Vérifiez son chemin et vos droits.

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
card-not-yet-valid = La carte n'est valable qu'à partir du { $date }.
    .remedy = Vérifiez la date de ce poste ; si elle est juste, attendez cette date ou utilisez la carte précédente.
card-test = C'est une carte de test : les services de production la refusent.
    .remedy = Pour un service réel ou un formulaire F413, utilisez une carte réelle.
card-other-category = La catégorie de cette carte n'est pas celle d'une carte réelle.
    .remedy = Pour un service réel ou un formulaire F413, utilisez une carte réelle.
code-low = Des codes porteur faux ont été tapés : il reste { $left } essais.
    .remedy = Vérifiez le code avant le prochain essai ; un code juste rend tous les essais.
code-last-try = Il ne reste qu'un essai pour le code porteur : un code faux bloquera la carte.
    .remedy = N'essayez plus sans être certain du code. Le courrier du code porteur contient aussi le code de déblocage.
code-blocked = Le code porteur est bloqué : la carte ne permet plus de se connecter ni de signer.
    .remedy = Débloquez-la avec le code de déblocage (8 chiffres, sur le courrier du code porteur) dans l'outil de la Cryptolib CPS, en caisse d'Assurance Maladie ou par téléphone au 0 825 85 20 00.
holder-id-check = La clé de contrôle de l'identifiant du titulaire est fausse.
    .remedy = La carte reste lisible ; comparez l'identifiant avec l'annuaire santé avant de le recopier.
several-cards = Plusieurs cartes CPx sont insérées : les logiciels ne savent pas laquelle prendre.
    .remedy = Ne laissez que la carte à utiliser.

## La carte

reader = Lecteur : { $name }
cpx-in-order = Carte { $type } lue, en ordre.
cpx-reserved = Carte { $type } lue, avec réserve :
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
holder-label = Titulaire
no-holder = aucun nom sur la puce
id-label = Identifiant
id-checked = { $id } ({ $register }, clé { $verdict })
id-unchecked = { $id } ({ $register })
verdict-valid = juste
verdict-invalid = fausse
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
problem-check-digit = clé de contrôle fausse
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
code-state-last-try = dernier essai
code-state-blocked = bloqué
code-state-unknown = état non communiqué par la carte
code-state-none = sans objet (pas de code par cette interface)
code-tries = { $state }, { $left ->
    [one] { $left } essai restant
   *[other] { $left } essais restants
}{ $of }
code-tries-max = { " " }sur { $max }
certificates-label = Certificats
certificates-count = { $count ->
    [0] aucun certificat lisible
    [one] { $count } certificat lu
   *[other] { $count } certificats lus
}
atr-label = ATR
detail-label = Détail technique
masked-note = Données masquées : --show-identity les montre en entier.
simulated-note = Carte simulée, jugée au { $date } : aucun lecteur n'est utilisé.
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
watch-start = Surveillance des lecteurs ; Ctrl-C pour arrêter.
event-reader-added = lecteur branché
event-reader-removed = lecteur débranché
event-inserted = carte insérée
event-removed = carte retirée
event-service-lost = { $cause } Nouvelle tentative…
event-service-back = le service PC/SC répond de nouveau

## Simulation

simulate-list = Cartes disponibles :
simulate-serving = Carte « { $name } » insérée dans le lecteur virtuel (port { $port }) ; Ctrl-C pour la retirer.
simulate-unknown = Aucune carte simulée ne s'appelle « { $name } ». « cpx-check simulate --list » les donne toutes.
simulate-no-driver = Aucun lecteur virtuel n'écoute sur le port { $port }.
    .remedy = Installez le paquet vsmartcard-vpcd et démarrez pcscd, puis relancez.
record-written = Enregistrement écrit dans { $path }.
