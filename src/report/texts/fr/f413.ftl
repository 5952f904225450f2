### Formulaires et commandes de certificats

## Une carte avant le F413

f413-title = { $card } : administrateur technique du F413, { $answer }
f413-card-cps = Carte CPS
f413-card-cpf = Carte CPF
f413-card-cde = Carte CDE
f413-card-cda = Carte CDA
f413-card-cde-cpe = Carte CDE ou CPE
f413-card-cda-cpa = Carte CDA ou CPA
f413-card-service-card = Carte CPE de service, non nominative
f413-card-unnamed = Carte CPx sans nom
f413-card-unknown-type = Carte CPx de type inconnu
f413-card-foreign = Autre carte
f413-card-no-card = Aucune carte
f413-card-too-old = Carte d'une ancienne génération
f413-card-unreadable = Carte illisible
f413-question-administrator = Administrateur technique
f413-question-legal-representative = Signer comme représentant légal
f413-question-mandatary = Signer comme mandataire
f413-question-practice-owner = Signer comme titulaire du cabinet (RPPS rang)
f413-answer-yes = oui
f413-answer-unless-opposed = oui, si elle n'est pas en opposition
f413-answer-to-verify = à vérifier
f413-answer-no = non
f413-answered = { $question } : { $answer }
f413-rule = Règle { $rule } : { $source }
f413-rule-inferred = Règle { $rule } : { $source } (déduit : aucun document ne le dit en toutes lettres)
f413-no-rule = Aucune règle ne répond à ce cas.
f413-rules-as-of = Règles au { $date }.
f413-source = { $source } : { $title }
f413-state-valid = valide jusqu'au { $date }, opposition vérifiée
f413-state-valid-unchecked = valide jusqu'au { $date }, opposition non vérifiée
f413-state-expired = expirée le { $date }
f413-state-opposed = en opposition
f413-state-not-yet-valid = pas encore valide
f413-state-doubtful = puce et certificats ne s'accordent pas
f413-state-unknown = validité inconnue
f413-state-label = État de la carte

f413-reason-other-card = Ce n'est pas une carte CPx : le F413 demande le numéro d'une carte CPx active.
f413-reason-unreadable = La carte n'a pas pu être lue : rien ne peut être dit.
f413-reason-too-old = Cette génération de cartes n'est plus en service : le F413 demande une carte active.
f413-reason-no-card = Sans carte, pas d'administrateur technique : le F413 demande le numéro d'une carte déjà active, même à qui n'utilise qu'une e-CPS.
f413-reason-no-card-representative = Le représentant légal signe le F413 avec le numéro de sa carte active : il lui faut d'abord une carte.
f413-reason-no-card-mandatary = Le mandataire signe le F413 avec le numéro de sa carte active : il lui faut d'abord une carte et un mandat.
f413-reason-no-card-owner = Le titulaire du cabinet signe le F413 avec le numéro de sa CPS active.
f413-reason-test-not-active = C'est une carte de test, qui n'est plus active : elle ne sert plus ni en production ni en test.
f413-reason-test = C'est une carte de test : elle ne donne accès qu'à des certificats de test.
f413-reason-not-a-real-card = La catégorie de cette carte n'est pas celle d'une carte réelle.
f413-reason-not-active = La carte n'est plus active : le F413 demande une carte active.
f413-reason-not-yet-valid = La carte n'est pas encore valide : le F413 demande une carte active.
f413-reason-no-name = La carte ne porte pas de nom et de prénom : le F413 les demande « tels que sur la carte ».
f413-reason-no-name-signer = La carte ne désigne personne : elle ne peut pas être celle du signataire.
f413-reason-doubtful = La puce et les certificats de la carte ne s'accordent pas, ou rien ne prouve leur origine.
f413-reason-validity-unknown = La validité de la carte ne peut pas être établie.
f413-reason-category-unknown = La carte ne dit pas si elle est une carte réelle ou une carte de test.
f413-reason-active-card = Carte nominative, réelle et en cours de validité : elle peut être déclarée. L'administrateur peut être extérieur à la structure.
f413-reason-cpf = Aucun document n'exclut la CPF, aucun ne la cite non plus.
f413-reason-type-unknown = Le type de la carte n'est pas connu.
f413-reason-not-representative = Le titulaire de la carte n'est pas le représentant légal.
f413-reason-representative = Le représentant légal signe avec sa carte CDE ou CDA active.
f413-reason-role-not-on-card = La carte ne dit pas si son titulaire est le représentant légal de la structure.
f413-reason-representative-with-cps = Le représentant légal qui a une CPS signe avec elle : pas de seconde carte.
f413-reason-director-card-unknown = La puce ne distingue pas la carte du directeur de celle d'un employé.
f413-reason-no-rule = Aucun document ne parle de ce cas.
f413-reason-mandatary = Le mandataire désigné avant la signature signe avec sa carte active.
f413-reason-no-mandate = Sans mandat enregistré avant la signature, le titulaire ne peut pas signer comme mandataire.
f413-reason-mandate-not-on-card = La carte ne dit pas si un mandat est enregistré.
f413-reason-owner = Le titulaire du cabinet signe avec sa CPS, pour un RPPS rang ; son contrat est implicite.
f413-reason-not-owner = Seul le titulaire du cabinet signe pour un RPPS rang.
f413-reason-ownership-not-on-card = La carte ne dit pas si son titulaire est celui du cabinet.
f413-reason-not-a-cps = Seul le titulaire d'un cabinet, avec une CPS, signe pour un RPPS rang.

f413-ask-opposition = L'opposition n'est pas écrite sur la carte : relancez avec « --online », ou donnez des listes de révocation (--crl).
f413-ask-certificates = « cpx-check card --certificates » montre ce qui ne va pas.
f413-ask-printed-date = Comparez avec la date imprimée sur la carte et vérifiez l'horloge de ce poste.
f413-ask-printed-type = Lisez le type imprimé sur la carte.
f413-ask-holder-role = Demandez au titulaire s'il est le représentant légal (acte de nomination) ; TOM le montre aussi.
f413-ask-director-card = Demandez s'il s'agit de la carte de directeur (CDE, CDA) : TOM le montre.
f413-ask-order-function = Demandez à l'Ordre du titulaire si la fonction de représentant légal est enregistrée.
f413-ask-mandate = Demandez si le mandat est enregistré : TOM ou mesHabilitations le montre.
f413-ask-practice-owner = Demandez au titulaire ; l'Ordre et l'annuaire santé le montrent.
f413-ask-ans = Demandez à l'ANS : monserviceclient.certificats@esante.gouv.fr.

f413-step-F101 = F101 : carte CDE ou CDA du représentant légal d'une structure qui reçoit des patients, avec l'acte de nomination et une pièce d'identité (le contrat d'adhésion y est inclus).
f413-step-F102 = F102 : la même chose pour une structure sans patients.
f413-step-F301 = F301 : carte nominative d'un employé (CPE, ou CPA si la structure ne reçoit pas de patients : il faut alors d'abord le contrat et la carte CDA).
f413-step-F301-mandate = F301 avec la case « mandat » : carte et mandat d'un futur mandataire.
f413-step-F414 = F414 : commande de cartes de test, pour des essais seulement.
f413-step-F502 = F502 : désigner mandataire une personne qui a déjà une carte.
f413-step-TOM = TOM : le directeur ou un mandataire y commande les cartes et y gère les mandats (les libéraux passent par TOPS).
f413-step-mes-habilitations = mesHabilitations : gère aussi les administrateurs techniques et les délégués.
f413-step-order-records = Titulaire d'une CPS : son Ordre enregistre la fonction, sans F101 ni seconde carte.
f413-step-new-card = Commandez une nouvelle carte, puis remplissez le F413 avec le numéro de celle-ci.
f413-step-new-cps = La nouvelle carte vient par l'Ordre ou l'autorité d'enregistrement (F201 ou F202 pour les professions sans Ordre) : attendez-la, puis remplissez le F413 avec son numéro.
f413-step-wait-for-card = Attendez que la carte soit reçue et valide (une dizaine de jours après un dossier complet ; au-delà : 0 825 85 20 00).
f413-step-insert-cpx = Retirez-la et insérez la carte CPS, CPF, CPE ou CPA.
f413-step-read-again = Essuyez la puce, réinsérez la carte, essayez un autre lecteur.
f413-step-real-card = Insérez la carte réelle du titulaire.
f413-step-other-signer = Faites signer quelqu'un d'autre : représentant légal, mandataire désigné auparavant, ou titulaire du cabinet pour un RPPS rang.

## Ce qui se recopie

f413-lines-title = À recopier dans le F413
f413-lines-none = Rien à recopier : cette carte ne convient pas au F413.
f413-line-surname = Nom
f413-line-given-name = Prénom
f413-line-number-shown = { $number } (10 chiffres)
f413-line-absent = absent de la puce : relancez avec --certificates
f413-line-compare = Comparez à l'œil avec la carte : l'imprimé peut porter des accents ou un nom d'usage.
f413-never-title = Jamais dans la case « N° de carte »
f413-never-certificate = N° de certificat
f413-never-certificate-why = le numéro de série d'un certificat n'est pas un numéro de carte
f413-copy-number = N° de carte : { $number }
f413-copy-surname = Nom figurant sur la carte : { $name }
f413-copy-given-name = Prénom figurant sur la carte : { $name }
f413-copied = Copié dans le presse-papiers : N° de carte, nom et prénom en entier.
f413-copied-for-a-while = Copié dans le presse-papiers : N° de carte, nom et prénom en entier. Collez-les maintenant : ils y restent { $seconds } secondes, ou jusqu'à Ctrl-C.
f413-no-clipboard = Pas de presse-papiers utilisable ici : voici les lignes à recopier.
f413-copy-unfit = Rien n'est copié : cette carte ne convient pas au F413.
    .remedy = « cpx-check f413 » dit pourquoi, et que faire d'abord.
f413-copy-one-card = Il faut une seule carte CPx pour « --copy ».
    .remedy = Laissez une seule carte, ou choisissez son lecteur (--reader).

## Plusieurs cartes de suite

f413-batch-start = Insérez les cartes l'une après l'autre ; chacune est inscrite dans { $path }. Ctrl-C pour finir.
f413-batch-judged = { $card }, { $name }, carte { $number } : { $answer } ({ $state }). Inscrite ligne { $line }.
f413-batch-duplicate = { $card }, carte { $number } : déjà inscrite ligne { $line }, rien n'est ajouté.
f413-batch-changed = { $card }, { $name }, carte { $number } : { $answer } ({ $state }). Déjà inscrite ligne { $before } avec une autre réponse ; inscrite de nouveau ligne { $line }.
f413-batch-no-name = sans nom
f413-batch-no-number = sans numéro
f413-batch-not-recorded = { $cause } Rien n'est inscrit : { $remedy }
f413-batch-summary = { $read ->
    [one] 1 carte CPx lue
   *[other] { $read } cartes CPx lues
} : { $recorded ->
    [one] 1 ligne inscrite
   *[other] { $recorded } lignes inscrites
}, { $duplicates ->
    [one] 1 doublon
   *[other] { $duplicates } doublons
} ; { $others ->
    [one] 1 autre carte
   *[other] { $others } autres cartes
}, { $failed ->
    [one] 1 lecture manquée
   *[other] { $failed } lectures manquées
}. Liste : { $path }.
f413-batch-healed = La dernière ligne de la liste était incomplète (coupure) : elle a été retirée. Sa carte n'avait pas été annoncée ; réinsérez-la.
f413-batch-no-key = La clé de cette liste ({ $path }) manque : les doublons avec les lignes déjà inscrites ne seront pas reconnus.
f413-batch-lost = La ligne n'a pas pu être écrite : la liste s'arrête avant cette carte, qui n'est pas inscrite.
    .remedy = Libérez de la place ou rendez le fichier accessible, puis relancez avec le même fichier : la liste continue.
f413-list-other = Ce fichier existe et n'est pas une liste de « cpx-check f413 --batch ».
    .remedy = Choisissez un autre nom de fichier.
f413-list-in-use = Un autre « cpx-check f413 --batch » écrit dans cette liste.
    .remedy = Finissez-le (Ctrl-C), ou choisissez un autre nom de fichier.
f413-list-too-large = Cette liste est trop longue pour être continuée.
    .remedy = Commencez-en une autre.
f413-column-time = date et heure
f413-column-card = carte
f413-column-number = N° de carte
f413-column-surname = nom figurant sur la carte
f413-column-given-name = prénom figurant sur la carte
f413-column-state = état de la carte
f413-column-administrator = administrateur technique
f413-column-rule = règle
f413-column-source = source
f413-column-why = pourquoi
f413-column-ask = à vérifier
f413-column-first = à faire d'abord
f413-column-key = clé de doublon
f413-column-rules-as-of = règles au

## Ce qu'il faut commander

f413-order-number-title = Numéro de la structure
f413-order-for = Pour { $needs } : { $number }
f413-order-typed = { $number } : { $value }
f413-number-finess-legal = FINESS juridique (EJ)
f413-number-finess-site = FINESS géographique (EG)
f413-number-site-then-legal = FINESS géographique ou juridique, au choix ci-dessous
f413-number-siret = SIRET
f413-number-rpps-rank = RPPS rang (RPPS du titulaire et rang du cabinet)
f413-number-unknown = à demander à l'ANS
f413-number-reason-no-patients = Une structure qui ne reçoit pas de patients est désignée par son SIRET.
f413-number-reason-radiology = Un cabinet de radiologie (hors société d'exercice) est désigné par le RPPS rang de son titulaire, quatre au plus par exemplaire du F413.
f413-number-reason-laboratory = Laboratoire : FINESS géographique du site principal, qui vaut pour tous les sites rattachés.
f413-number-reason-pharmacy = Officine : FINESS géographique.
f413-number-reason-legal-for-all = FINESS juridique pour le contrat et pour les certificats.
f413-number-reason-keep-legal = Le contrat est déjà au FINESS juridique : gardez-le.
f413-number-reason-site-then-legal = Le contrat est au FINESS géographique. Au choix : certificats au géographique maintenant, puis tout refaire au juridique au renouvellement ; ou tout recommencer maintenant au juridique.
f413-number-reason-site = FINESS géographique pour le contrat et pour les certificats.
f413-number-reason-keep-site = Le contrat est déjà au FINESS géographique : gardez-le.
f413-number-reason-private = Établissement privé : FINESS géographique selon la notice du F413.
f413-number-reason-as-contract = Projet hors Ségur : le même numéro que celui du contrat.
f413-number-reason-usual-legal = En général, le FINESS juridique sert aux commandes ; un établissement à un seul site peut contracter au géographique.
f413-number-reason-no-row = Aucune ligne de la notice ne décrit ce cas : demandez à monserviceclient.certificats@esante.gouv.fr avant de commander.
f413-same-shape = FINESS juridique et géographique ont la même forme : aucun calcul ne les distingue, cherchez-les dans le répertoire public FINESS.
f413-order-certificates-title = { $count ->
    [one] 1 certificat à commander
   *[other] { $count } certificats à commander
}
f413-order-certificate = { $count } × { $offer } { $usage }, { $name } ({ $need })
f413-naming-exact = nom exact « { $name } », en majuscules, sans espace
f413-naming-free = nom libre
f413-naming-mail = nommé d'après l'adresse de la boîte
f413-naming-mail-domain = domaine de messagerie écrit « @domaine.fr »
f413-naming-host = un domaine (domaine.fr) ou un serveur (nomdeserveur.domaine.fr), l'un des deux
f413-order-certificates-note = Chaque certificat vaut 3 ans, ne se copie pas sur plusieurs systèmes et se renouvelle tant qu'il est actif.
f413-offer-ORG = ORG (personne morale)
f413-offer-SERVEUR = SERVEUR
f413-offer-PRO = PRO (personne physique)
f413-order-forms-title = Formulaires
f413-order-form = { $form }, { $copies ->
    [one] 1 exemplaire
   *[other] { $copies } exemplaires
} : { $purpose }
f413-order-offers = un exemplaire par famille de certificats : { $offers }
f413-order-sent = envoyé signé, daté et tamponné, par courriel à { $address }, ou en ligne : { $web } ; environ 3 jours ouvrés
f413-order-signed = signé par : { $signers }
f413-order-cards = chaque administrateur et le signataire ont déjà une carte active : « cpx-check f413 » le vérifie
f413-order-contract-first = d'abord : ce formulaire contient le contrat d'adhésion
f413-signer-administrator = l'administrateur technique
f413-signer-legal-representative = le représentant légal (carte CDE ou CDA, ou CPS dont l'Ordre a enregistré la fonction)
f413-signer-mandatary = le mandataire désigné auparavant
f413-signer-practice-owner = le titulaire (CPS)
f413-or = ou
f413-structure-public-hospital = hôpital public
f413-structure-dialysis = centre de dialyse
f413-structure-medico-social = établissement médico-social
f413-structure-laboratory = laboratoire de biologie médicale
f413-structure-pharmacy = pharmacie d'officine
f413-structure-health-centre = centre de santé
f413-structure-health-house = maison de santé pluriprofessionnelle
f413-structure-private-non-profit = établissement privé à but non lucratif
f413-structure-private-for-profit = établissement privé à but lucratif
f413-structure-radiology-practice = cabinet de radiologie (hors société d'exercice)
f413-structure-no-patients = structure sans patients (éditeur, institution, industrie)
f413-structure-other = autre structure recevant des patients
f413-contract-none = aucun contrat
f413-contract-finess-legal = contrat au FINESS juridique
f413-contract-finess-site = contrat au FINESS géographique
f413-contract-siret = contrat au SIRET
f413-contract-implicit = contrat implicite (libéraux)
f413-need-insi-auto = INSi par lots
f413-need-insi-manu = INSi manuel
f413-need-dmp = DMP
f413-need-psc = Pro Santé Connect
f413-need-mss-mailbox = boîte applicative MSSanté
f413-need-mss-operator = opérateur MSSanté
f413-need-hprim-net = HPRIM NET
f413-need-dp = Dossier Pharmaceutique
f413-order-title = { $structure }, { $contract }

## Les numéros tapés

f413-typed-title = Numéros donnés
f413-kind-finess-legal = FINESS juridique
f413-kind-finess-site = FINESS géographique
f413-kind-siret = SIRET
f413-kind-rpps-rank = RPPS rang
f413-kind-card-number = N° de carte
f413-kind-holder-id = Identifiant du titulaire
f413-understood = Compris : { $value } ({ $how })
f413-understood-separators = espaces, points et tirets retirés
f413-understood-letter-o = lettre O lue comme zéro
f413-understood-lower-case = lettre du département mise en majuscule
f413-understood-type-digit = chiffre de type retiré
f413-understood-issuer = numéro d'émetteur 8025000001 retiré
f413-note-check-digit = Clé de contrôle fausse : un chiffre est sans doute mal recopié. Vérifiez-le dans le répertoire.
f413-note-test-number = C'est un numéro de test : il ne vaut pas pour une commande réelle.
f413-note-corsica = Département de Corse : la lettre fait partie du numéro, gardez-la.
f413-refused = { $kind } « { $typed } » : { $why }
f413-problem-empty = aucun numéro n'est donné.
f413-problem-characters = un caractère ne peut pas faire partie de ce numéro.
f413-problem-leading-8-missing = il manque le 8 initial (11 chiffres au lieu de 12).
f413-problem-length = { $typed } caractères au lieu de { $expected }.
f413-problem-shape = ce n'est pas la forme d'un identifiant de titulaire (chiffre de type, numéro, puis « / » et numéro de registre pour un employé).
f413-problem-other-number = ce n'est pas ce numéro mais { $other }.
f413-misread-chip-serial = celui de la puce (8 chiffres)
f413-misread-rpps = un numéro RPPS (11 chiffres)
f413-misread-holder-id = l'identifiant du titulaire (8 et RPPS)
f413-misread-finess = un numéro de 9 caractères (FINESS, ADELI ou SIREN)
f413-misread-siren = le SIREN (9 chiffres) : il manque les 5 chiffres de l'établissement
f413-misread-fourteen = un numéro de 14 chiffres (SIRET ou RPPS rang)
f413-misread-card-number = un numéro de 10 chiffres, comme un N° de carte
f413-number-for-nothing = { $kind } : ce numéro ne sert pas pour cette commande.
f413-order-option-missing = Il manque { $option }.
    .remedy = « cpx-check f413 order --help » donne les valeurs possibles ; sans options et dans un terminal, la commande pose les questions.

## Les questions

f413-ask-structure = Quelle est la structure ?
f413-ask-contract = Quel est son contrat d'adhésion aujourd'hui ?
f413-ask-needs = Pour quels besoins ? (plusieurs numéros possibles, séparés par des espaces)
f413-ask-solutions = Combien de logiciels alimentent le DMP sous le même FINESS ? (Entrée : 1)
f413-ask-number = { $kind } ? (Entrée : le donner plus tard ; plusieurs séparés par des virgules)
f413-ask-again = Répondez par un numéro de la liste.
f413-ask-prompt = Votre choix :
f413-ask-ended = Les questions n'ont pas reçu de réponse.

## Les conflits entre documents

f413-conflict = À confirmer auprès de l'ANS. { $one } : { $says } { $other } : { $otherSays }
f413-conflict-ecps-only-one = un numéro de carte est demandé au signataire et à chaque administrateur.
f413-conflict-ecps-only-other = l'administrateur se connecte avec une carte CPx ou une e-CPS.
f413-conflict-private-hospital-one = établissements privés : FINESS géographique.
f413-conflict-private-hospital-other = les établissements privés passent à terme au FINESS juridique, sous réserve de l'envoi du géographique dans les métadonnées du DMP ; dates annoncées : 01/01/2023, avril 2023, puis 2025, date d'effet à venir.
f413-conflict-multi-site-one = le FINESS dépend de la sorte d'établissement ; centres et maisons de santé : géographique.
f413-conflict-multi-site-other = tout établissement à plusieurs sites contracte au FINESS juridique.
f413-conflict-f102-card-one = le F102 donne une carte « CDE / CPA ».
f413-conflict-f102-card-other = le dirigeant d'une structure sans patients a une CDA : sans doute une faute d'impression.
f413-conflict-liberal-contract-one = le contrat des libéraux est dit « explicite ».
f413-conflict-liberal-contract-other = il est « implicite » : rien à signer.
f413-conflict-address-one = « monserviceclient.certificats@esante.gouv.fr » (forme à utiliser).
f413-conflict-address-other = « monserviclient.certificats@ » et « monservicclient.certificats@ » : l'imprimé peut montrer une de ces formes.
f413-conflict-tom-login-one = TOM s'ouvre avec la carte du directeur (CDE, CDA) ou d'un mandataire.
f413-conflict-tom-login-other = TOM s'ouvre avec une CPS ou une CPE.
f413-conflict-cpf-delivery-one = la CPF s'obtient sur demande.
f413-conflict-cpf-delivery-other = la CPF est envoyée à l'inscription.
f413-conflict-renewal-notice-one = l'échéance d'un certificat est annoncée un mois avant.
f413-conflict-renewal-notice-other = elle l'est 60 jours avant.

## Les formulaires

f413-forms-title = Quel formulaire pour quelle situation
f413-forms-list-title = Les formulaires
f413-form-F101 = carte du représentant légal, structure qui reçoit des patients
f413-form-F102 = carte du représentant légal, structure sans patients
f413-form-F201 = CPS des auxiliaires médicaux salariés
f413-form-F202 = CPS des prothésistes, orthésistes, opticiens, audioprothésistes
f413-form-F301 = carte d'un employé ; la case « mandat » désigne un mandataire
f413-form-F413 = administrateurs techniques autorisés à commander des certificats logiciels
f413-form-F414 = cartes de test
f413-form-F501 = incident, ou changement d'adresse de livraison
f413-form-F502 = désigner un mandataire qui a une carte, ou finir un mandat
f413-form-F503 = ajouter ou retirer des administrateurs techniques
f413-form-F504 = adresse de livraison des cartes
f413-online-yes = en ligne
f413-online-pending = en ligne annoncé en 2022
f413-online-no = pas en ligne
f413-form-line = { $form } : { $purpose } ({ $online })
f413-form-source = Selon { $source }
f413-form-cards = cartes : { $cards }
f413-occasion-line = { $occasion } : { $forms }
f413-occasion-none = aucun formulaire
f413-occasion-representative-with-patients = Représentant légal sans carte, structure qui reçoit des patients
f413-occasion-representative-without-patients = Représentant légal sans carte, structure sans patients
f413-occasion-representative-with-cps = Représentant légal qui a une CPS
f413-occasion-president-not-director = Président qui n'est pas le directeur : la CDE pour l'un, la CPE avec mandat pour l'autre ; ou la CDE au directeur, avec acte de nomination ou délégation de pouvoir
f413-occasion-employee = Employé sans carte
f413-occasion-mandatary-without-card = Futur mandataire sans carte (case « mandat »)
f413-occasion-mandatary-with-card = Futur mandataire qui a une carte
f413-occasion-end-of-mandate = Fin d'un mandat
f413-occasion-auxiliary = Auxiliaire médical salarié
f413-occasion-appliances = Prothésiste, orthésiste, opticien, audioprothésiste
f413-occasion-administrators = Déclarer les administrateurs techniques
f413-occasion-other-administrators = Changer les administrateurs techniques
f413-occasion-group = GHT ou groupe : un jeu de formulaires par entité juridique, sans mise en commun
f413-occasion-test-cards = Obtenir des cartes de test
f413-occasion-incident = Carte défectueuse
f413-occasion-loss = Carte perdue ou volée (ou par téléphone avec le code de déblocage : 0 825 85 20 00)
f413-occasion-address = Changer l'adresse de livraison

## Ligne de commande

help-about-f413 = Dit si la carte convient au formulaire F413, et ce qui s'y recopie
help-about-f413-usage = cpx-check f413 [options], cpx-check f413 --batch LISTE.csv, ou cpx-check f413 order [options]
help-about-f413-exit-codes = Codes de sortie : 0 la carte peut être déclarée, 1 à vérifier, 2 non ou aucune carte CPx, 3 PC/SC inutilisable, 64 commande mal écrite, 70 erreur interne.
help-about-order = Dit quels certificats commander, avec quel numéro et quels formulaires
help-about-order-usage = cpx-check f413 order [options]
help-about-forms = Donne le formulaire de chaque situation
help-about-forms-usage = cpx-check forms [options]
help-f413-certificates = Lit aussi un certificat de la carte, pour vérifier son origine (plus long)
help-legal-representative = Le titulaire est-il le représentant légal : yes ou no
help-mandate = Un mandat est-il enregistré pour lui : yes ou no
help-practice-owner = Est-il le titulaire du cabinet : yes ou no
help-copy = Copie N° de carte, nom et prénom, en entier, dans le presse-papiers
help-batch = Lit les cartes l'une après l'autre et les inscrit dans ce fichier CSV
help-structure = Sorte de structure : public-hospital, dialysis, medico-social, laboratory, pharmacy, health-centre, health-house, private-non-profit, private-for-profit, radiology-practice, no-patients ou other
help-contract = Contrat d'adhésion d'aujourd'hui : none, finess-legal, finess-site, siret ou implicit
help-need = Besoin, à répéter : insi-auto, insi-manu, dmp, psc, mss-mailbox, mss-operator, hprim-net ou dp
help-solutions = Nombre de logiciels qui alimentent le DMP sous le même FINESS (1 par défaut)
help-finess-legal = FINESS juridique (EJ), à vérifier
help-finess-site = FINESS géographique (EG), à vérifier
help-siret = SIRET, à vérifier
help-rpps-rank = RPPS rang, à vérifier ; à répéter
help-card-number = N° de carte du signataire ou d'un administrateur, à vérifier ; à répéter
help-holder-id = Identifiant de titulaire, à vérifier ; à répéter
value-yes-no = YES|NO
value-kind = SORTE
value-need = BESOIN
value-number = NUMÉRO
value-count = NOMBRE
