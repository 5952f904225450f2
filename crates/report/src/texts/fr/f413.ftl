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
f413-rules-as-of = Règles selon des documents publiés jusqu'au { $date } ; vérifiées le { $compared }.
f413-source = { $source } : { $title } ({ $dated })
f413-source-undated = sans date
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
f413-reason-not-owner = La case « Titulaire du cabinet » est réservée au titulaire ; pour un RPPS rang, un mandataire désigné auparavant peut aussi signer.
f413-reason-ownership-not-on-card = La carte ne dit pas si son titulaire est celui du cabinet.
f413-reason-not-a-cps = La case « Titulaire du cabinet » est celle du titulaire, avec sa CPS ; un mandataire désigné auparavant coche « Mandataire ».

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

f413-step-F101 = F101 : carte CDE ou CDA du représentant légal d'une structure qui reçoit des patients, avec l'acte de nomination et une pièce d'identité (le contrat d'adhésion est inclus en ligne, à joindre sur papier).
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
f413-order-for-contract = { $contract } → { $number }
f413-order-typed = { $number } : { $value }
f413-number-finess-legal = FINESS juridique (EJ)
f413-number-finess-site = FINESS géographique (EG)
f413-number-site-then-legal = FINESS géographique ou juridique, au choix ci-dessous
f413-number-siret = SIRET
f413-number-rpps-rank = RPPS rang (RPPS du titulaire et rang du cabinet)
f413-number-finess-or-siret = FINESS géographique s'il y en a un, sinon SIRET
f413-number-of-establishment = celui de l'établissement
f413-number-unknown = à demander à l'ANS
f413-number-reason-no-patients = Une structure qui ne reçoit pas de patients est désignée par son SIRET.
f413-number-reason-radiology = Un cabinet de radiologie (hors société d'exercice) est désigné par le RPPS rang de son titulaire, quatre au plus par exemplaire du F413.
f413-number-reason-laboratory = Laboratoire : FINESS géographique du site principal, pour tous les projets et tous les sites rattachés.
f413-number-reason-pharmacy = Officine : FINESS géographique, pour tous les projets.
f413-number-reason-legal-for-all = FINESS juridique pour le contrat et pour les certificats.
f413-number-reason-keep-legal = Le contrat est déjà au FINESS juridique : gardez-le.
f413-number-reason-site-then-legal = Le contrat est au FINESS géographique. Au choix : certificats au géographique maintenant, puis tout refaire au juridique au renouvellement ; ou tout recommencer maintenant au juridique.
f413-number-reason-site = FINESS géographique pour le contrat et pour les certificats.
f413-number-reason-keep-site = Le contrat est déjà au FINESS géographique : gardez-le.
f413-number-reason-private = Établissement privé : FINESS géographique, pour le contrat et pour les certificats de chaque site.
f413-number-reason-radiology-company = Une société d'exercice de radiologie ne déclare pas de RPPS rang : il reste le FINESS ou le SIRET du F413. Faites-le confirmer par monserviceclient.certificats@esante.gouv.fr.
f413-number-reason-liberal-practice = Le RPPS rang est réservé aux cabinets de radiologie : pour un cabinet de ville il reste le FINESS ou le SIRET du F413. Faites-le confirmer par monserviceclient.certificats@esante.gouv.fr.
f413-number-reason-hospital-service = Un service de laboratoire ou de radiologie hospitalier n'a ni contrat ni numéro à lui : relancez avec la sorte d'établissement de l'hôpital (--structure) pour savoir lequel.
f413-number-reason-legal-contract-site-kind = La notice du F413 prévoit le FINESS géographique pour cette sorte de structure, et votre contrat est au FINESS juridique : demandez à monserviceclient.certificats@esante.gouv.fr avant de commander.
f413-number-reason-implicit-liberals-only = Le contrat implicite ne vaut que pour le secteur libéral (officine, cabinet, laboratoire et radiologie de ville) : cette structure doit avoir signé un contrat. Vérifiez lequel, ou répondez « inconnu ».
f413-number-reason-as-contract = Projet hors Ségur : le même numéro que celui du contrat.
f413-number-reason-usual-legal = En général, le FINESS juridique sert aux commandes ; un établissement à un seul site peut contracter au géographique.
f413-number-reason-no-row = Aucune ligne de la notice ne décrit ce cas : demandez à monserviceclient.certificats@esante.gouv.fr avant de commander.
f413-same-shape = FINESS juridique et géographique ont la même forme : aucun calcul ne les distingue, cherchez-les dans le répertoire public FINESS.
f413-order-certificates-title = { $count ->
    [0] Aucun certificat à compter
    [one] 1 certificat à commander
   *[other] { $count } certificats à commander
}
f413-order-certificates-counted = { $title }
f413-order-certificates-uncounted = { $title }, et d'autres dont le nombre est à demander à l'éditeur
f413-order-certificate = { $count } × { $offer } { $usage }, { $name } ({ $need })
f413-order-certificate-uncounted = case { $offer } { $usage }, { $name } ({ $need }) : usages et nombre à demander à l'éditeur
f413-order-by-site = ou { $count } si vous choisissez le FINESS géographique : chaque site a alors les siens
f413-naming-exact = nom exact « { $name } », en majuscules, sans espace
f413-naming-exact-of-two = nom exact « { $name } », en majuscules, sans espace
f413-naming-free = nom libre (application ou structure)
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
f413-order-only-without-contract = seulement si aucun contrat n'est encore signé
f413-order-no-f413 = Pas de F413 : ce besoin ne demande aucun certificat (« cpx-check parcours » donne les étapes). Questions : monserviceclient.cartes@esante.gouv.fr
f413-order-signed = signé par : { $signers }
f413-order-cards = Prérequis : une carte active pour chaque administrateur et pour le signataire (« cpx-check f413 » le vérifie)
f413-signer-administrator = l'administrateur technique
f413-signer-legal-representative = le représentant légal (carte CDE ou CDA, ou CPS dont l'Ordre a enregistré la fonction)
f413-signer-mandatary = le mandataire désigné auparavant
f413-signer-practice-owner = le titulaire du cabinet (CPS)
f413-box-administrator = « Mandataire »
f413-box-legal-representative = « Responsable légal »
f413-box-mandatary = « Mandataire »
f413-box-practice-owner = « Titulaire du cabinet »
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
f413-structure-radiology-company = société de radiologie (société d'exercice)
f413-structure-liberal-practice = cabinet libéral de ville
f413-structure-hospital-service = laboratoire ou radiologie d'un hôpital
f413-structure-no-patients = structure sans patients (éditeur, institution, industrie)
f413-structure-other = autre structure recevant des patients
f413-contract-none = aucun contrat
f413-contract-finess-legal = contrat au FINESS juridique
f413-contract-finess-site = contrat au FINESS géographique
f413-contract-siret = contrat au SIRET
f413-contract-implicit = contrat implicite (libéraux)
f413-contract-unknown = contrat inconnu
f413-role-legal-representative = représentant légal (directeur, dirigeant)
f413-role-mandatary = mandataire, ou futur mandataire
f413-role-administrator = administrateur technique, ou futur administrateur
f413-role-publisher = éditeur, pour un client
f413-role-practice-owner = titulaire d'un cabinet ou d'une officine
f413-profile-liberal = libéral
f413-profile-hospital = établissement de santé
f413-profile-medico-social = structure médico-sociale
f413-profile-other = autre structure du domaine de la santé, sans soins
f413-profile-industry = industriel, éditeur
f413-need-insi-auto = INSi par lots
f413-need-insi-manu = INSi manuel
f413-need-insi = INSi
f413-need-dmp = DMP
f413-need-psc = Pro Santé Connect
f413-need-mss-mailbox = boîte applicative MSSanté
f413-need-mss-operator = opérateur MSSanté
f413-need-hprim-net = HPRIM NET
f413-need-dp = Dossier Pharmaceutique
f413-need-other = autre service (ROR, Annuaire Santé…)
f413-need-rpps-plus = enregistrement au RPPS+
f413-order-title = { $structure }, { $contract }
## Ce qui s'écrit dans le F413, et ce qu'il faut savoir

f413-order-lines-title = À écrire dans le F413
f413-order-line = § { $section } : { $line }
f413-order-line-online = En ligne : { $line }
f413-write-online-siret = le SIRET (14 chiffres) de la structure est demandé en premier, même quand le certificat est au FINESS.
f413-write-structure-name = dénomination de la structure bénéficiaire (la raison sociale).
f413-write-structure-number = numéro de la structure : { $number } ; les autres cases de numéro restent vides.
f413-write-box-capacity = cocher { $boxes } (une seule case, la qualité de qui signe).
f413-write-signer = signataire : nom, prénom(s), téléphone, e-mail professionnel (une adresse générique survit aux départs), n° de carte (10 chiffres).
f413-write-administrators = pour chaque administrateur technique : n° de carte, nom et prénom tels qu'ils figurent sur la carte, téléphone, e-mail professionnel (« cpx-check f413 --copy » donne les trois premiers).
f413-write-usage = usage des certificats et projet, par exemple « authentification et signature sur le DMP », « usage INS ».
f413-write-publisher = éditeur de la solution.
f413-write-solution = solution utilisée : nom du logiciel.
f413-write-box-org = cocher « Certificat ORG (personne morale) usage AUTH_CLI, SIGN, CONF ».
f413-write-box-ssl = cocher « Certificat logiciel SERVEUR usage SSL_SERVEUR » et remplir une seule ligne : le domaine (domaine.fr) ou le serveur (nomdeserveur.domaine.fr).
f413-write-box-smime = cocher « Certificat logiciel SERVEUR usage SMIME, SIGN, CONF » et écrire le domaine de messagerie (@domaine.fr).
f413-write-box-pro = cocher « Certificat logiciel PRO (personne physique) usage AUTH, SIGN, CONF » et écrire le domaine de messagerie (@domaine.fr).
f413-write-certify = cocher les deux certifications : conditions générales d'utilisation (http://igc-sante.esante.gouv.fr/PC/) lues et acceptées, informations exactes.
f413-write-date-signature-stamp = date, signature de la personne cochée au § 3.2, cachet de la structure.
f413-order-notes-title = À savoir
f413-order-note-no-pooling = GHT, groupement de cliniques : pas de mise en commun. Chaque entité juridique a son contrat, son F413 et ses certificats, même avec un système d'information unique.
f413-order-note-each-site = Établissement privé : chaque site a ses certificats, sous son FINESS géographique. Donnez le nombre de sites avec « --sites ».
f413-order-note-no-copy = Un certificat et sa clé privée ne se copient pas : un autre serveur ou une autre instance du logiciel a son propre certificat et sa propre clé.
f413-order-note-shared-org = Le même certificat ORG AUTH_CLI sert à tous ces usages (DMP, Pro Santé Connect, MSSanté) depuis une même instance de logiciel ; INSi garde le sien, à cause de son nom imposé.
f413-order-note-metadata-legal = Métadonnées du DMP (VIHF, lot de soumission, document) : le FINESS géographique du site émetteur doit y figurer (obligatoire fin 2023 selon le guide). Tant que le contrôle d'égalité stricte n'a pas été remplacé (annoncé pour 2025), le guide demande aussi le même FINESS que celui du certificat : voyez avec l'éditeur où en est votre version.
f413-order-note-metadata-site = Métadonnées du DMP (VIHF, lot de soumission, document) : elles portent le même FINESS géographique que le certificat.
f413-order-note-measure-periods = Ne changez pas la configuration des certificats pendant les périodes de mesure des indicateurs (HOP'EN, SUN-ES, IFAQ).
f413-order-note-psc-providers = Pro Santé Connect : le certificat ne concerne que les fournisseurs de service raccordés ; il se place sur le serveur qui lance l'authentification.
f413-order-note-mss-operators = MSSanté : le certificat SERVEUR SSL n'est obligatoire que pour les opérateurs. Une boîte applicative n'a besoin que d'ORG AUTH_CLI.
f413-order-note-usages-no-count = Le F413 donne les usages d'une case, pas un nombre de certificats : demandez à l'éditeur ce que le logiciel utilise.
f413-order-note-other-service = Demandez au service visé quels usages de la case ORG il attend ; les certificats ORG déjà commandés ouvrent aussi d'autres services (ROR, ROC).
f413-order-note-rpps-plus = L'enregistrement au RPPS+ se fait avec une carte et un lecteur, sans certificat logiciel.
f413-order-note-direct-access = Laboratoire ou radiologie d'un hôpital : les certificats de l'établissement servent. Ceux ci-dessus ne sont à commander, dédiés, que si le logiciel du service accède lui-même aux téléservices (alimentation directe du DMP).
f413-order-note-for-client = Éditeur pour un client : le F413 porte le nom et le numéro du client, et c'est le client qui signe ; vos collaborateurs n'y figurent que comme administrateurs techniques.
f413-order-note-publisher-card = Les collaborateurs de l'éditeur ont besoin d'une CPA : d'abord le contrat de l'éditeur et la CDA de son dirigeant (F102), puis F301.
f413-order-note-is-there-a-client = Si ces certificats sont pour un client, relancez avec sa sorte de structure et « --role editeur » : ils portent le numéro du client, pas le vôtre.
f413-order-note-insi-mode = INSi : dites comment le logiciel appelle, par lots (insi-auto) ou à la main (insi-manu). Les deux modes ont chacun leur certificat.

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
f413-order-option-missing = { $count ->
    [one] Il manque { $option }.
   *[other] Il manque { $option } ({ $count } options).
}
    .remedy = Ajoutez ce qui manque (« --help » donne les valeurs possibles) ; dans un terminal, la commande pose les questions.

## Les questions

f413-ask-structure = Quelle est la structure ?
f413-ask-contract = Quel est son contrat d'adhésion aujourd'hui ?
f413-ask-needs = Pour quels besoins ? (plusieurs numéros possibles, séparés par des espaces)
f413-ask-role = Qui êtes-vous ?
f413-ask-solutions = Combien de logiciels utilisent eux-mêmes ces certificats ? (Entrée : 1)
f413-ask-number = { $kind } ? (Entrée : le donner plus tard ; plusieurs séparés par des virgules)
f413-ask-again = Répondez par un numéro de la liste, ou par un mot.
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
f413-conflict-address-one = « monserviceclient.certificats@esante.gouv.fr » (forme à utiliser).
f413-conflict-address-other = « monserviclient.certificats@ » et « monservicclient.certificats@ » : l'imprimé peut montrer une de ces formes.
f413-conflict-tom-login-one = TOM s'ouvre avec la carte du directeur (CDE, CDA) ou d'un mandataire.
f413-conflict-tom-login-other = TOM s'ouvre avec une CPS ou une CPE.
f413-conflict-cpf-delivery-one = la CPF s'obtient sur demande.
f413-conflict-cpf-delivery-other = la CPF est envoyée à l'inscription.

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
f413-online-yes = en ligne ({ $year })
f413-online-pending = mise en ligne annoncée en { $year }
f413-online-no = pas en ligne ({ $year })
f413-form-line = { $form } : { $purpose }
f413-form-source = Selon { $source }
f413-form-cards = cartes : { $cards }
f413-form-found = formulaire : { $web }
f413-form-sent = à envoyer signé et daté : { $places }
f413-form-no-address = aucun document ne donne d'adresse d'envoi ; demandez au { $support }
f413-form-documents = avec : { $documents }
f413-form-delay = délai : { $delay }
f413-given-CDE = CDE
f413-given-CDA = CDA
f413-given-CPS = CPS
f413-given-CPF = CPF
f413-given-CPE = CPE
f413-given-CPA = CPA
f413-given-CPX-TEST = carte CPx de test
f413-document-contract = sur papier, le contrat d'adhésion signé (https://esante.gouv.fr/node/2683) ; en ligne, il fait partie de la démarche
f413-document-terms = sur papier, les conditions générales d'utilisation paraphées
f413-document-identity = copie d'une pièce d'identité valide du représentant légal (carte d'identité, passeport, permis de conduire, carte de séjour ou de résident)
f413-document-appointment = copie de l'acte de nomination (décret, arrêté, décision, procès-verbal d'assemblée, K-bis de moins de 3 mois avec son nom) ou de la délégation de signature
f413-document-stamp = signature, date et cachet de la structure
f413-delay-ten-days = 10 jours en moyenne à réception d'un dossier complet ; au-delà, 0 825 85 20 00
f413-delay-three-working-days = environ 3 jours ouvrés
f413-place-at = { $place } : { $addresses }
f413-place-cards-mail = service des cartes de l'ANS
f413-place-certificates-mail = service des certificats de l'ANS
f413-place-support = support des cartes de l'ANS
f413-place-rpps-plus-mail = support du portail RPPS+
f413-place-online = Démarches simplifiées
f413-place-online-f413 = démarche F413
f413-place-contract = contrat d'adhésion
f413-place-terms = conditions générales et politiques de certification
f413-place-offer = catalogue des certificats
f413-place-tom = TOM (directeur ou mandataire)
f413-place-tops = TOPS (libéraux ; aucun document ne donne l'adresse)
f413-place-igc = plateforme IGC-Santé
f413-place-igc-faq = questions fréquentes de la plateforme IGC-Santé
f413-place-insi-guide = guide d'intégration INSi, annexe 3
f413-place-rpps-plus = portail RPPS+
f413-place-ecps = activation de l'e-CPS
f413-place-edit = EDIT (identités de test)
f413-place-psc-videos = vidéos Pro Santé Connect pour les industriels
f413-place-mes-habilitations = mesHabilitations (aucun document ne donne l'adresse)
f413-place-order = l'Ordre du professionnel
f413-place-health-insurance = l'Assurance Maladie
f413-place-publisher = l'éditeur du logiciel
f413-place-server = le serveur du logiciel
f413-profile-title = Formulaires : { $profile }
f413-profile-forms = { $forms }
f413-profile-with-card = avec une carte, en plus : { $forms }
f413-forms-nothing = Aucun formulaire ni aucune situation pour « { $words } ». Essayez un seul mot (carte, mandataire, code, test…), un numéro (F301), ou « cpx-check forms » pour tout voir.
f413-occasion-forms = formulaire : { $forms }
f413-occasion-none = aucun
f413-occasion-representative-with-patients = Représentant légal sans carte, structure qui reçoit des patients
f413-occasion-representative-without-patients = Représentant légal sans carte, structure sans patients
f413-occasion-representative-with-cps = Représentant légal qui a une CPS
f413-occasion-president-not-director = Président qui n'est pas le directeur
    .answer = Au choix : le président prend la CDE (F101) et désigne le directeur mandataire, avec une CPE (F301, case « mandat ») ; ou le président ne veut pas de carte, et le directeur prend la CDE (F101) avec un acte de nomination ou une délégation de pouvoir.
f413-occasion-employee = Salarié sans carte
    .answer = CPE, ou CPA si la structure ne reçoit pas de patients. Le contrat de la structure et la carte de son représentant légal viennent d'abord.
f413-occasion-mandatary-without-card = Futur mandataire sans carte (case « mandat »)
f413-occasion-mandatary-with-card = Futur mandataire qui a une carte
f413-occasion-end-of-mandate = Fin d'un mandat
f413-occasion-auxiliary = Auxiliaire médical salarié
f413-occasion-appliances = Prothésiste, orthésiste, opticien, audioprothésiste
f413-occasion-administrators = Déclarer les administrateurs techniques
f413-occasion-other-administrators = Changer les administrateurs techniques
f413-occasion-group = GHT ou groupement
    .answer = Pas de mise en commun : un contrat, un F413 et des certificats par entité juridique. Le même administrateur technique peut servir pour toutes.
f413-occasion-test-cards = Cartes de test : comment en obtenir, qui en commande ?
    .answer = Tout le monde peut en commander, sans mandat.
f413-occasion-incident = Carte défectueuse
f413-occasion-loss = Carte perdue ou volée (ou par téléphone avec le code de déblocage : 0 825 85 20 00)
f413-occasion-address = Changer l'adresse de livraison des cartes
    .answer = L'un ou l'autre formulaire.
f413-occasion-student-auxiliary = Existe-t-il une CPF pour les auxiliaires médicaux ?
    .answer = Non. Ils demandent une CPE là où ils exercent.
f413-occasion-card-for-rpps-plus = Peut-on commander une CPS avec un RPPS+ ?
    .answer = Non, pas de carte : le professionnel fait enregistrer son e-mail et son mobile, puis active une e-CPS.
f413-occasion-tom-address = Où commander des CPE en ligne ?
    .answer = Sur TOM, avec la carte du directeur ou celle d'un mandataire.
f413-occasion-intern = Un interne en médecine doit-il demander sa CPS ?
    .answer = Non : dès qu'il est inscrit à l'Ordre et qu'il a son numéro RPPS, elle lui est envoyée. Il en va de même pour les professions à Ordre.
f413-occasion-equipment-supplier = Quelle carte pour un prestataire de location de matériel médical ?
    .answer = Une carte de fournisseur : CPS ou CPE.
f413-occasion-delays = En combien de temps obtient-on une carte ?
    .answer = 10 jours en moyenne à réception d'un dossier complet ; environ 3 jours ouvrés pour un F413.
f413-occasion-tom-refused = TOM refuse ma carte ; une CPE peut-elle devenir une CPA ?
    .answer = TOM est réservé au directeur (CDE, CDA) et aux cartes déclarées mandataires : faites-vous désigner mandataire avec la carte que vous avez. Elle ne change pas de type.
f413-occasion-telemonitoring = Entreprise de télésurveillance : CDE/CPE ou CDA/CPA ?
    .answer = CDA et CPA. Pour facturer : voir « facturer ».
f413-occasion-employees-cps = Un établissement peut-il commander les CPS de ses salariés ?
    .answer = Oui, le chemin dépend de la profession : F201 (auxiliaires médicaux salariés), F202 (opticiens, audioprothésistes, prothésistes, orthésistes) ; les professions à Ordre reçoivent leur CPS par l'Ordre.
f413-occasion-employee-without-patients = Faut-il une CDA pour commander une CPA ?
    .answer = Oui : d'abord le contrat d'adhésion et la CDA du représentant légal (F102), puis la CPA (F301).
f413-occasion-several-establishments = Une carte par établissement pour un administrateur technique ?
    .answer = Non, une seule carte : les habilitations de plusieurs établissements se placent sur elle. Chaque établissement envoie son F413 avec le numéro de cette carte.
f413-occasion-departure = Un agent quitte la structure : garde-t-il sa CPE ?
    .answer = Non. Le directeur en est responsable : il récupère la carte et demande à l'ANS sa révocation.
f413-occasion-code-lost = Le code porteur est perdu
    .answer = C'est un incident : F501 ; TOM gère aussi le parc de cartes, et un mandataire peut demander la réfection du code.
f413-occasion-test-identity = Tester avec une profession absente des kits (infirmier remplaçant, par exemple)
    .answer = Créez une identité de test dans EDIT, puis activez l'e-CPS de test associée.
f413-occasion-production-test = Tester Pro Santé Connect en production sans passer par un client
    .answer = Commandez une carte de production et testez avec elle ; les cartes de test ne valent que pour le bac à sable.
f413-occasion-who-orders-cards = Le mandataire est-il toujours nécessaire pour demander des cartes ?
    .answer = Pour les cartes de production, oui : représentant légal ou mandataire. Pour les cartes de test, tout le monde peut commander (F414).
f413-occasion-dmp-rights = Une CPA permet-elle d'alimenter le DMP ?
    .answer = La matrice d'habilitation du DMP le dit, pas la carte ; il en va de même pour INSi et les autres services nationaux.
f413-occasion-contract-online = Faut-il remplir le contrat sur papier avant la démarche en ligne ?
    .answer = Non : en ligne, le contrat fait partie des démarches F101, F102 et F301 (compte ou FranceConnect). Sur papier, joignez le contrat et les conditions générales.
f413-occasion-billing = Industriel qui facture sans donner de soins (télésurveillance)
    .answer = D'abord l'enregistrement auprès de l'Assurance Maladie, qui attribue un numéro de facturation ; l'ANS édite ensuite des CPE qui permettent de facturer. Sans cet enregistrement, aucune carte ne permet de facturer.
f413-occasion-industry-certificates = Un industriel a-t-il besoin d'une CPA pour des certificats Pro Santé Connect ?
    .answer = Oui : les certificats de production se commandent avec une carte. Contrat et CDA (F102), CPA (F301), puis F413.
f413-occasion-ecps-activation = Peut-on activer une e-CPS avec une CPA ?
    .answer = Oui, avec toute carte CPx nominative. Chaque service décide ensuite, selon sa matrice d'habilitation.
f413-occasion-ecps-identifier = Quel identifiant taper pour activer une e-CPS sans numéro RPPS ?
    .answer = L'identifiant complet imprimé au recto de la carte, au-dessus du nom.
f413-occasion-first-card = Quelle carte commander en premier pour remplir un F413 ?
    .answer = Celle de qui signe : le représentant légal (F101, ou F102 sans patients) ou un mandataire désigné (F502). Une CPS, une CPE ou une CDE convient. Le F413 ne donne pas de carte : il habilite l'administrateur sur la carte qu'il a déjà.
f413-occasion-web-publisher = Éditeur web : faut-il un certificat pour Pro Santé Connect, et combien ?
    .answer = Un certificat ORG AUTH_CLI par serveur, sur le serveur qui lance l'authentification ; il est au nom de la structure, sans lien avec les cartes des utilisateurs.

## Ligne de commande

help-about-f413 = Dit si la carte convient au formulaire F413, et ce qui s'y recopie
help-about-f413-usage = cpx-check f413 [options], cpx-check f413 --batch LISTE.csv, ou cpx-check f413 order [options]
help-about-f413-exit-codes = Codes de sortie : 0 la carte peut être déclarée, 1 à vérifier, 2 non ou aucune carte CPx, 3 PC/SC inutilisable, 64 commande mal écrite, 70 erreur interne.
help-about-order = Dit quels certificats commander, avec quel numéro et quels formulaires
help-about-order-usage = cpx-check f413 order [options]
help-about-forms = Donne le formulaire de chaque situation, et répond aux questions sur les cartes
help-about-forms-usage = cpx-check forms [MOT…] [options]
help-f413-certificates = Lit aussi un certificat de la carte, pour vérifier son origine (plus long)
help-legal-representative = Le porteur est-il le représentant légal : oui ou non
help-mandate = Un mandat est-il enregistré pour lui : oui ou non
help-practice-owner = Est-il le titulaire du cabinet : oui ou non
help-copy = Copie N° de carte, nom et prénom, en entier, dans le presse-papiers
help-batch = Lit les cartes l'une après l'autre et les inscrit dans ce fichier CSV
help-structure = Sorte de structure : hopital-public, dialyse, medico-social, laboratoire, pharmacie, centre-de-sante, maison-de-sante, prive-non-lucratif, prive-lucratif, cabinet-de-radiologie, societe-de-radiologie, cabinet-liberal, service-hospitalier, sans-patients ou autre
help-contract = Contrat d'adhésion d'aujourd'hui : aucun, finess-juridique, finess-geographique, siret, implicite ou inconnu
help-role = Qui demande : representant-legal, mandataire, administrateur-technique, editeur ou titulaire
help-need = Besoin, à répéter : insi (insi-auto, insi-manu), dmp, pro-sante-connect, boite-mssante, operateur-mssante, hprim-net, dossier-pharmaceutique, rpps-plus ou autre
help-solutions = Nombre de logiciels qui utilisent eux-mêmes les certificats (1 par défaut)
help-servers = Nombre de serveurs où chaque logiciel est installé (1 par défaut)
help-sites = Nombre de sites géographiques en tout
help-entities = Nombre d'entités juridiques (1 par défaut)
help-words = Mots à chercher : un formulaire, une situation, un rôle
help-profile = Les formulaires d'un profil : liberal, etablissement, medico-social, autre ou industriel
help-finess-legal = FINESS juridique (EJ), à vérifier
help-finess-site = FINESS géographique (EG), à vérifier
help-siret = SIRET, à vérifier
help-rpps-rank = RPPS rang, à vérifier ; à répéter
help-card-number = N° de carte du signataire ou d'un administrateur, à vérifier ; à répéter
help-holder-id = Identifiant de titulaire, à vérifier ; à répéter
value-yes-no = YES|NO
value-kind = SORTE
value-need = BESOIN
value-role = RÔLE
value-word = MOT
value-profile = PROFIL
value-number = NUMÉRO
value-count = NOMBRE
