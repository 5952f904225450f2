### Forms and orders of certificates

## A card before F413

f413-title = { $card }: technical administrator of F413, { $answer }
f413-card-cps = CPS card
f413-card-cpf = CPF card
f413-card-cde = CDE card
f413-card-cda = CDA card
f413-card-cde-cpe = CDE or CPE card
f413-card-cda-cpa = CDA or CPA card
f413-card-service-card = Service CPE card, not nominative
f413-card-unnamed = CPx card without a name
f413-card-unknown-type = CPx card of unknown type
f413-card-foreign = Another card
f413-card-no-card = No card
f413-card-too-old = Card of a former generation
f413-card-unreadable = Unreadable card
f413-question-administrator = Technical administrator
f413-question-legal-representative = Sign as the legal representative
f413-question-mandatary = Sign as "mandataire"
f413-question-practice-owner = Sign as the owner of the practice (RPPS rank)
f413-answer-yes = yes
f413-answer-unless-opposed = yes, unless it is revoked
f413-answer-to-verify = to be verified
f413-answer-no = no
f413-answered = { $question }: { $answer }
f413-rule = Rule { $rule }: { $source }
f413-rule-inferred = Rule { $rule }: { $source } (inferred: no document says it in so many words)
f413-no-rule = No rule answers this case.
f413-rules-as-of = Rules by documents published until { $date }; compared with them on { $compared }.
f413-source = { $source }: { $title } ({ $dated })
f413-source-undated = undated
f413-state-valid = valid until { $date }, revocation checked
f413-state-valid-unchecked = valid until { $date }, revocation not checked
f413-state-expired = expired on { $date }
f413-state-opposed = revoked ("en opposition")
f413-state-not-yet-valid = not yet valid
f413-state-doubtful = chip and certificates do not agree
f413-state-unknown = validity unknown
f413-state-label = State of the card

f413-reason-other-card = This is no CPx card: F413 asks for the number of an active CPx card.
f413-reason-unreadable = The card could not be read: nothing can be said.
f413-reason-too-old = This generation of cards is not in service any more: F413 asks for an active card.
f413-reason-no-card = No technical administrator without a card: F413 asks for the number of a card that is already active, also of somebody who only uses an e-CPS.
f413-reason-no-card-representative = The legal representative signs F413 with the number of his active card: he needs a card first.
f413-reason-no-card-mandatary = The mandataire signs F413 with the number of his active card: he needs a card and a mandate first.
f413-reason-no-card-owner = The owner of the practice signs F413 with the number of his active CPS.
f413-reason-test-not-active = This is a test card that is not active any more: it is of use neither in production nor for tests.
f413-reason-test = This is a test card: it only gives access to test certificates.
f413-reason-not-a-real-card = The category of this card is not that of a real card.
f413-reason-not-active = The card is not active any more: F413 asks for an active card.
f413-reason-not-yet-valid = The card is not yet valid: F413 asks for an active card.
f413-reason-no-name = The card has no surname and given name: F413 asks for them "as on the card".
f413-reason-no-name-signer = The card names nobody: it cannot be the signer's.
f413-reason-doubtful = Chip and certificates of the card do not agree, or nothing proves where they come from.
f413-reason-validity-unknown = The validity of the card cannot be established.
f413-reason-category-unknown = The card does not say whether it is a real card or a test card.
f413-reason-active-card = Nominative, real and within its dates: it can be declared. The administrator may be outside the structure.
f413-reason-cpf = No document excludes the CPF, and none names it either.
f413-reason-type-unknown = The type of the card is not known.
f413-reason-not-representative = The holder of the card is not the legal representative.
f413-reason-representative = The legal representative signs with his active CDE or CDA card.
f413-reason-role-not-on-card = The card does not say whether its holder is the legal representative of the structure.
f413-reason-representative-with-cps = A legal representative who has a CPS signs with it: no second card.
f413-reason-director-card-unknown = The chip does not tell the director's card from an employee's.
f413-reason-no-rule = No document speaks of this case.
f413-reason-mandatary = A mandataire designated before the signature signs with his active card.
f413-reason-no-mandate = Without a mandate recorded before the signature, the holder cannot sign as mandataire.
f413-reason-mandate-not-on-card = The card does not say whether a mandate is recorded.
f413-reason-owner = The owner of the practice signs with his CPS, for an RPPS rank; his contract is implicit.
f413-reason-not-owner = The box "Titulaire du cabinet" is the owner's; for an RPPS rank, a mandataire designated before may sign as well.
f413-reason-ownership-not-on-card = The card does not say whether its holder owns the practice.
f413-reason-not-a-cps = The box "Titulaire du cabinet" is the owner's, with his CPS; a mandataire designated before ticks "Mandataire".

f413-ask-opposition = Revocation is not written on the card: run again with "--online", or give revocation lists (--crl).
f413-ask-certificates = "cpx-check card --certificates" shows what is wrong.
f413-ask-printed-date = Compare with the date printed on the card, and check the clock of this workstation.
f413-ask-printed-type = Read the type printed on the card.
f413-ask-holder-role = Ask the holder whether he is the legal representative (act of appointment); TOM shows it too.
f413-ask-director-card = Ask whether this is the director's card (CDE, CDA): TOM shows it.
f413-ask-order-function = Ask the holder's Order whether the function of legal representative is recorded.
f413-ask-mandate = Ask whether the mandate is recorded: TOM or mesHabilitations shows it.
f413-ask-practice-owner = Ask the holder; the Order and the public directory (annuaire santé) show it.
f413-ask-ans = Ask ANS: monserviceclient.certificats@esante.gouv.fr.

f413-step-F101 = F101: CDE or CDA card of the legal representative of a structure that treats patients, with the act of appointment and proof of identity (the contract is included online, and joined on paper).
f413-step-F102 = F102: the same for a structure that does not treat patients.
f413-step-F301 = F301: nominative card of an employee (CPE, or CPA where the structure does not treat patients: contract and CDA card then come first).
f413-step-F301-mandate = F301 with its box "mandat": card and mandate of a future mandataire.
f413-step-F414 = F414: orders test cards, for tests only.
f413-step-F502 = F502: designates as mandataire a person who already has a card.
f413-step-TOM = TOM: the director or a mandataire orders cards there and manages mandates (liberals use TOPS).
f413-step-mes-habilitations = mesHabilitations: manages technical administrators and delegates as well.
f413-step-order-records = Holder of a CPS: his Order records the function, without F101 and without a second card.
f413-step-new-card = Order a new card, then fill F413 with the number of that one.
f413-step-new-cps = The new card comes through the Order or the registration authority (F201 or F202 for professions without an Order): wait for it, then fill F413 with its number.
f413-step-wait-for-card = Wait until the card has come and is valid (about ten days after a complete file; beyond that: 0 825 85 20 00).
f413-step-insert-cpx = Take it out and insert the CPS, CPF, CPE or CPA card.
f413-step-read-again = Wipe the chip, insert the card again, try another reader.
f413-step-real-card = Insert the holder's real card.
f413-step-other-signer = Have somebody else sign: legal representative, mandataire designated before, or owner of the practice for an RPPS rank.

## What is copied

f413-lines-title = To copy into F413
f413-lines-none = Nothing to copy: this card will not do for F413.
f413-line-surname = Surname
f413-line-given-name = Given name
f413-line-number-shown = { $number } (10 digits)
f413-line-absent = not on the chip: run again with --certificates
f413-line-compare = Compare by eye with the card: the print may have accents or a usage name.
f413-never-title = Never in the box "N° de carte"
f413-never-certificate = Certificate no.
f413-never-certificate-why = the serial number of a certificate is no card number
f413-copy-number = N° de carte : { $number }
f413-copy-surname = Nom figurant sur la carte : { $name }
f413-copy-given-name = Prénom figurant sur la carte : { $name }
f413-copied = Copied to the clipboard: card number, surname and given name in full.
f413-copied-for-a-while = Copied to the clipboard: card number, surname and given name in full. Paste them now: they stay there for { $seconds } seconds, or until Ctrl-C.
f413-no-clipboard = No usable clipboard here: these are the lines to copy.
f413-copy-unfit = Nothing is copied: this card will not do for F413.
    .remedy = "cpx-check f413" says why, and what to do first.
f413-copy-one-card = "--copy" needs exactly one CPx card.
    .remedy = Leave one card only, or choose its reader (--reader).

## Several cards in a row

f413-batch-start = Insert the cards one after the other; each is recorded in { $path }. Ctrl-C to end.
f413-batch-judged = { $card }, { $name }, card { $number }: { $answer } ({ $state }). Recorded on line { $line }.
f413-batch-duplicate = { $card }, card { $number }: already recorded on line { $line }, nothing is added.
f413-batch-changed = { $card }, { $name }, card { $number }: { $answer } ({ $state }). Already recorded on line { $before } with another answer; recorded again on line { $line }.
f413-batch-no-name = no name
f413-batch-no-number = no number
f413-batch-not-recorded = { $cause } Nothing is recorded: { $remedy }
f413-batch-summary = { $read ->
    [one] 1 CPx card read
   *[other] { $read } CPx cards read
}: { $recorded ->
    [one] 1 line recorded
   *[other] { $recorded } lines recorded
}, { $duplicates ->
    [one] 1 duplicate
   *[other] { $duplicates } duplicates
}; { $others ->
    [one] 1 other card
   *[other] { $others } other cards
}, { $failed ->
    [one] 1 failed reading
   *[other] { $failed } failed readings
}. List: { $path }.
f413-batch-healed = The last line of the list was incomplete (power cut): it was taken out. Its card had not been announced; insert it again.
f413-batch-no-key = The key of this list ({ $path }) is missing: duplicates of the lines already recorded will not be recognised.
f413-batch-lost = The line could not be written: the list ends before this card, which is not recorded.
    .remedy = Free some space or make the file accessible, then run again with the same file: the list goes on.
f413-list-other = This file exists and is no list of "cpx-check f413 --batch".
    .remedy = Choose another file name.
f413-list-in-use = Another "cpx-check f413 --batch" is writing to this list.
    .remedy = End it (Ctrl-C), or choose another file name.
f413-list-too-large = This list is too long to be continued.
    .remedy = Begin another one.
f413-column-time = date and time
f413-column-card = card
f413-column-number = card number
f413-column-surname = surname on the card
f413-column-given-name = given name on the card
f413-column-state = state of the card
f413-column-administrator = technical administrator
f413-column-rule = rule
f413-column-source = source
f413-column-why = why
f413-column-ask = to be verified
f413-column-first = to do first
f413-column-key = duplicate key
f413-column-rules-as-of = rules as of

## What to order

f413-order-number-title = Number of the structure
f413-order-for = For { $needs }: { $number }
f413-order-for-contract = { $contract } → { $number }
f413-order-typed = { $number }: { $value }
f413-number-finess-legal = legal FINESS (EJ)
f413-number-finess-site = site FINESS (EG)
f413-number-site-then-legal = site or legal FINESS, as chosen below
f413-number-siret = SIRET
f413-number-rpps-rank = RPPS rank (RPPS of the owner and rank of the practice)
f413-number-finess-or-siret = site FINESS where there is one, else SIRET
f413-number-of-establishment = that of the establishment
f413-number-unknown = to be asked of ANS
f413-number-reason-no-patients = A structure that does not treat patients is named by its SIRET.
f413-number-reason-radiology = A radiology practice (not a company) is named by the RPPS rank of its owner, at most four on a copy of F413.
f413-number-reason-laboratory = Laboratory: site FINESS of the main site, for every project and all attached sites.
f413-number-reason-pharmacy = Pharmacy: site FINESS, for every project.
f413-number-reason-legal-for-all = Legal FINESS for the contract and for the certificates.
f413-number-reason-keep-legal = The contract already has the legal FINESS: keep it.
f413-number-reason-site-then-legal = The contract has the site FINESS. Either certificates with the site FINESS now, then everything again with the legal one at the renewal; or everything again now with the legal one.
f413-number-reason-site = Site FINESS for the contract and for the certificates.
f413-number-reason-keep-site = The contract already has the site FINESS: keep it.
f413-number-reason-private = Private establishment: site FINESS, for the contract and for the certificates of each site.
f413-number-reason-radiology-company = A radiology company declares no RPPS rank: the FINESS or the SIRET of F413 remains. Have it confirmed by monserviceclient.certificats@esante.gouv.fr.
f413-number-reason-liberal-practice = The RPPS rank is for radiology practices only: for another practice the FINESS or the SIRET of F413 remains. Have it confirmed by monserviceclient.certificats@esante.gouv.fr.
f413-number-reason-hospital-service = The laboratory or radiology department of a hospital has no contract and no number of its own: run again with the kind of establishment of the hospital (--structure) to learn which.
f413-number-reason-legal-contract-site-kind = The notice of F413 wants the site FINESS for this kind of structure, and your contract is on the legal FINESS: ask monserviceclient.certificats@esante.gouv.fr before ordering.
f413-number-reason-implicit-liberals-only = The implicit contract is for liberals only (pharmacy, practice, laboratory and radiology outside hospitals): this structure must have signed a contract. Find out which, or answer "unknown".
f413-number-reason-as-contract = Project outside the Ségur: the same number as in the contract.
f413-number-reason-usual-legal = In general the legal FINESS is used for orders; an establishment with one site may have its contract on the site's.
f413-number-reason-no-row = No line of the notice describes this case: ask monserviceclient.certificats@esante.gouv.fr before ordering.
f413-same-shape = Legal and site FINESS have the same shape: no computation tells them apart, look them up in the public FINESS directory.
f413-order-certificates-title = { $count ->
    [0] No certificate to count
    [one] 1 certificate to order
   *[other] { $count } certificates to order
}
f413-order-certificates-counted = { $title }
f413-order-certificates-uncounted = { $title }, and others whose number is to be asked of the publisher
f413-order-certificate = { $count } × { $offer } { $usage }, { $name } ({ $need })
f413-order-certificate-uncounted = box { $offer } { $usage }, { $name } ({ $need }): usages and number to be asked of the publisher
f413-order-by-site = or { $count } if you choose the site FINESS: each site then has its own
f413-naming-exact = name exactly "{ $name }", in capitals, without a space
f413-naming-exact-of-two = name exactly « { $name } », in capitals, without a space
f413-naming-free = free name (application or structure)
f413-naming-mail-domain = mail domain written "@domaine.fr"
f413-naming-host = a domain (domaine.fr) or a server (nomdeserveur.domaine.fr), one of the two
f413-order-certificates-note = Each certificate is valid for 3 years, is not copied to several systems, and is renewed while it is active.
f413-offer-ORG = ORG (legal person)
f413-offer-SERVEUR = SERVEUR (server)
f413-offer-PRO = PRO (natural person)
f413-order-forms-title = Forms
f413-order-form = { $form }, { $copies ->
    [one] 1 copy
   *[other] { $copies } copies
}: { $purpose }
f413-order-offers = one copy for each family of certificates: { $offers }
f413-order-only-without-contract = only where no contract is signed yet
f413-order-no-f413 = No F413: this need takes no certificate ("cpx-check parcours" gives the steps). Questions: monserviceclient.cartes@esante.gouv.fr
f413-order-signed = signed by: { $signers }
f413-order-cards = Beforehand: an active card for each administrator and for the signer ("cpx-check f413" checks it)
f413-signer-administrator = the technical administrator
f413-signer-legal-representative = the legal representative (CDE or CDA card, or a CPS whose Order has recorded the function)
f413-signer-mandatary = the mandataire designated before
f413-signer-practice-owner = the owner of the practice (CPS)
f413-box-administrator = "Mandataire"
f413-box-legal-representative = "Responsable légal"
f413-box-mandatary = "Mandataire"
f413-box-practice-owner = "Titulaire du cabinet"
f413-or = or
f413-structure-public-hospital = public hospital
f413-structure-dialysis = dialysis centre
f413-structure-medico-social = medico-social establishment
f413-structure-laboratory = medical laboratory
f413-structure-pharmacy = pharmacy
f413-structure-health-centre = health centre
f413-structure-health-house = multi-professional health house
f413-structure-private-non-profit = private non-profit hospital
f413-structure-private-for-profit = private for-profit hospital
f413-structure-radiology-practice = radiology practice (not a company)
f413-structure-radiology-company = radiology company (société d'exercice)
f413-structure-liberal-practice = liberal practice
f413-structure-hospital-service = laboratory or radiology department of a hospital
f413-structure-no-patients = structure without patients (publisher, institution, industry)
f413-structure-other = other structure that treats patients
f413-contract-none = no contract
f413-contract-finess-legal = contract on the legal FINESS
f413-contract-finess-site = contract on the site FINESS
f413-contract-siret = contract on the SIRET
f413-contract-implicit = implicit contract (liberals)
f413-contract-unknown = contract not known
f413-role-legal-representative = legal representative (director, head)
f413-role-mandatary = mandataire, or who is to become one
f413-role-administrator = technical administrator, or who is to become one
f413-role-publisher = publisher, for a client
f413-role-practice-owner = owner of a practice or a pharmacy
f413-profile-liberal = liberal professional
f413-profile-hospital = hospital
f413-profile-medico-social = medico-social structure
f413-profile-other = other structure of the health sector, without care
f413-profile-industry = industry, publisher
f413-need-insi-auto = INSi in batch
f413-need-insi-manu = INSi by hand
f413-need-insi = INSi
f413-need-dmp = DMP
f413-need-psc = Pro Santé Connect
f413-need-mss-mailbox = MSSanté application mailbox
f413-need-mss-operator = MSSanté operator
f413-need-hprim-net = HPRIM NET
f413-need-dp = Dossier Pharmaceutique
f413-need-other = other service (ROR, Annuaire Santé…)
f413-need-rpps-plus = registration in the RPPS+
f413-order-title = { $structure }, { $contract }
## What is written into F413, and what is to be known

f413-order-lines-title = To write into F413
f413-order-line = § { $section }: { $line }
f413-order-line-online = Online: { $line }
f413-write-online-siret = the SIRET (14 digits) of the structure is asked first, also where the certificate is on the FINESS.
f413-write-structure-name = name of the structure (as registered).
f413-write-structure-number = number of the structure: { $number }; the other boxes for numbers stay empty.
f413-write-box-capacity = tick { $boxes } (one box only, the capacity of who signs).
f413-write-signer = signer: surname, given name(s), telephone, professional mail (a generic address survives departures), card number (10 digits).
f413-write-administrators = for each technical administrator: card number, surname and given name as on the card, telephone, professional mail ("cpx-check f413 --copy" gives the first three).
f413-write-usage = use of the certificates and project, for instance "authentification et signature sur le DMP", "usage INS".
f413-write-publisher = publisher of the solution.
f413-write-solution = solution: name of the software.
f413-write-box-org = tick "Certificat ORG (personne morale) usage AUTH_CLI, SIGN, CONF".
f413-write-box-ssl = tick "Certificat logiciel SERVEUR usage SSL_SERVEUR" and fill one line only: the domain (domaine.fr) or the server (nomdeserveur.domaine.fr).
f413-write-box-smime = tick "Certificat logiciel SERVEUR usage SMIME, SIGN, CONF" and write the mail domain (@domaine.fr).
f413-write-box-pro = tick "Certificat logiciel PRO (personne physique) usage AUTH, SIGN, CONF" and write the mail domain (@domaine.fr).
f413-write-certify = tick both statements: terms of use (http://igc-sante.esante.gouv.fr/PC/) read and accepted, information correct.
f413-write-date-signature-stamp = date, signature of the person ticked in § 3.2, stamp of the structure.
f413-order-notes-title = To know
f413-order-note-no-pooling = GHT, group of clinics: nothing is pooled. Each legal entity has its contract, its F413 and its certificates, even with one common information system.
f413-order-note-each-site = Private establishment: each site has its certificates, under its site FINESS. Give the number of sites with "--sites".
f413-order-note-no-copy = A certificate and its private key are not copied: another server or another instance of the software has its own certificate and its own key.
f413-order-note-shared-org = The same ORG AUTH_CLI certificate serves all these uses (DMP, Pro Santé Connect, MSSanté) from one instance of the software; INSi keeps its own, because of its imposed name.
f413-order-note-metadata-legal = Metadata of the DMP (VIHF, submission set, document): the site FINESS of the sending site must be there (compulsory end of 2023 by the guide). As long as the check of strict equality is not replaced (announced for 2025), the guide also asks for the same FINESS as in the certificate: ask the publisher how your version does it.
f413-order-note-metadata-site = Metadata of the DMP (VIHF, submission set, document): they have the same site FINESS as the certificate.
f413-order-note-measure-periods = Do not change the configuration of certificates while indicators are measured (HOP'EN, SUN-ES, IFAQ).
f413-order-note-psc-providers = Pro Santé Connect: only service providers that are connected to it need the certificate; it is placed on the server that starts the authentication.
f413-order-note-mss-operators = MSSanté: the SERVEUR SSL certificate is compulsory for operators only. An application mailbox only needs ORG AUTH_CLI.
f413-order-note-usages-no-count = F413 gives the usages of a box, not a number of certificates: ask the publisher what the software uses.
f413-order-note-other-service = Ask the service which usages of the ORG box it expects; ORG certificates that were ordered before also open other services (ROR, ROC).
f413-order-note-rpps-plus = Registering in the RPPS+ takes a card and a reader, no software certificate.
f413-order-note-direct-access = Laboratory or radiology department of a hospital: the certificates of the establishment serve. Those above are only ordered, dedicated, where the software of the department accesses the services itself (feeding the DMP directly).
f413-order-note-for-client = Publisher for a client: F413 has the name and the number of the client, and the client signs; your staff only stand in it as technical administrators.
f413-order-note-publisher-card = The publisher's staff need a CPA: first the contract of the publisher and the CDA of its head (F102), then F301.
f413-order-note-is-there-a-client = Where these certificates are for a client, run again with its kind of structure and "--role publisher": they have the client's number, not yours.
f413-order-note-insi-mode = INSi: say how the software calls, in batch (insi-auto) or by hand (insi-manu). Each mode has its own certificate.

## The numbers typed

f413-typed-title = Numbers given
f413-kind-finess-legal = Legal FINESS
f413-kind-finess-site = Site FINESS
f413-kind-siret = SIRET
f413-kind-rpps-rank = RPPS rank
f413-kind-card-number = Card number
f413-kind-holder-id = Holder identifier
f413-understood = Understood: { $value } ({ $how })
f413-understood-separators = spaces, dots and dashes left out
f413-understood-letter-o = letter O read as zero
f413-understood-lower-case = letter of the department made a capital
f413-understood-type-digit = type digit left out
f413-understood-issuer = issuer number 8025000001 left out
f413-note-check-digit = Wrong check digit: a digit was most likely mistyped. Check it in the directory.
f413-note-test-number = This is a test number: it is not valid for a real order.
f413-note-corsica = Department of Corsica: the letter belongs to the number, keep it.
f413-refused = { $kind } "{ $typed }": { $why }
f413-problem-empty = no number is given.
f413-problem-characters = a character cannot be part of this number.
f413-problem-leading-8-missing = the leading 8 is missing (11 digits instead of 12).
f413-problem-length = { $typed } characters instead of { $expected }.
f413-problem-shape = this is not the shape of a holder identifier (type digit, number, then "/" and register number for an employee).
f413-problem-other-number = this is not that number but { $other }.
f413-misread-chip-serial = that of the chip (8 digits)
f413-misread-rpps = an RPPS number (11 digits)
f413-misread-holder-id = the identifier of the holder (8 and RPPS)
f413-misread-finess = a number of 9 characters (FINESS, ADELI or SIREN)
f413-misread-siren = the SIREN (9 digits): the 5 digits of the establishment are missing
f413-misread-fourteen = a number of 14 digits (SIRET or RPPS rank)
f413-misread-card-number = a number of 10 digits, like a card number
f413-number-for-nothing = { $kind }: this number is not used in this order.
f413-order-option-missing = { $count ->
    [one] { $option } is missing.
   *[other] { $option } are missing ({ $count } options).
}
    .remedy = Add what is missing ("--help" gives the possible values); in a terminal the command asks.

## The questions

f413-ask-structure = Which structure is it?
f413-ask-contract = Which adhesion contract does it have today?
f413-ask-needs = For which needs? (several numbers possible, separated by spaces)
f413-ask-role = Who are you?
f413-ask-solutions = How many software solutions use these certificates themselves? (Enter: 1)
f413-ask-number = { $kind }? (Enter: to be given later; several separated by commas)
f413-ask-again = Answer with a number of the list, or with a word.
f413-ask-prompt = Your choice:
f413-ask-ended = The questions got no answer.

## Where documents disagree

f413-conflict = To be confirmed with ANS. { $one }: { $says } { $other }: { $otherSays }
f413-conflict-ecps-only-one = a card number is asked of the signer and of each administrator.
f413-conflict-ecps-only-other = the administrator logs in with a CPx card or an e-CPS.
f413-conflict-private-hospital-one = private establishments: site FINESS.
f413-conflict-private-hospital-other = private establishments move to the legal FINESS in the end, provided that the site's is sent in the metadata of the DMP; dates announced: 01/01/2023, April 2023, then 2025, effective date to come.
f413-conflict-multi-site-one = the FINESS depends on the kind of establishment; health centres and houses: the site's.
f413-conflict-multi-site-other = every establishment with several sites has its contract on the legal FINESS.
f413-conflict-f102-card-one = F102 gives a card "CDE / CPA".
f413-conflict-f102-card-other = the head of a structure without patients has a CDA: most likely a misprint.
f413-conflict-address-one = "monserviceclient.certificats@esante.gouv.fr" (the form to use).
f413-conflict-address-other = "monserviclient.certificats@" and "monservicclient.certificats@": the printed form may show one of these.
f413-conflict-tom-login-one = TOM opens for the card of the director (CDE, CDA) or of a mandataire.
f413-conflict-tom-login-other = TOM opens for a CPS or a CPE.
f413-conflict-cpf-delivery-one = one gets a CPF on request.
f413-conflict-cpf-delivery-other = the CPF is sent at registration.

## The forms

f413-forms-title = Which form for which situation
f413-forms-list-title = The forms
f413-form-F101 = card of the legal representative, structure that treats patients
f413-form-F102 = card of the legal representative, structure that does not treat patients
f413-form-F201 = CPS of salaried medical auxiliaries
f413-form-F202 = CPS of prosthetists, orthotists, opticians, hearing-aid professionals
f413-form-F301 = card of an employee; the box "mandat" designates a mandataire
f413-form-F413 = technical administrators allowed to order software certificates
f413-form-F414 = test cards
f413-form-F501 = incident, or change of the delivery address
f413-form-F502 = designates a mandataire who has a card, or ends a mandate
f413-form-F503 = adds or removes technical administrators
f413-form-F504 = delivery address of cards
f413-online-yes = online ({ $year })
f413-online-pending = online announced in { $year }
f413-online-no = not online ({ $year })
f413-form-line = { $form }: { $purpose }
f413-form-source = By { $source }
f413-form-cards = cards: { $cards }
f413-form-found = form: { $web }
f413-form-sent = to send signed and dated: { $places }
f413-form-no-address = no document gives an address to send it to; ask the { $support }
f413-form-documents = with: { $documents }
f413-form-delay = delay: { $delay }
f413-given-CDE = CDE
f413-given-CDA = CDA
f413-given-CPS = CPS
f413-given-CPF = CPF
f413-given-CPE = CPE
f413-given-CPA = CPA
f413-given-CPX-TEST = CPx test card
f413-document-contract = on paper, the signed adhesion contract (https://esante.gouv.fr/node/2683); online it is part of the form
f413-document-terms = on paper, the initialled terms of use
f413-document-identity = copy of a valid proof of identity of the legal representative (identity card, passport, driving licence, residence permit)
f413-document-appointment = copy of the act of appointment (decree, order, decision, minutes, K-bis of less than 3 months with the name) or of the delegation of signature
f413-document-stamp = signature, date and stamp of the structure
f413-delay-ten-days = 10 days on average from a complete file; beyond that 0 825 85 20 00
f413-delay-three-working-days = about 3 working days
f413-place-at = { $place }: { $addresses }
f413-place-cards-mail = card service of ANS
f413-place-certificates-mail = certificate service of ANS
f413-place-support = card support of ANS
f413-place-rpps-plus-mail = support of the RPPS+ portal
f413-place-online = Démarches simplifiées
f413-place-online-f413 = online form F413
f413-place-contract = adhesion contract
f413-place-terms = terms of use and certification policies
f413-place-offer = catalogue of certificates
f413-place-tom = TOM (director or mandataire)
f413-place-tops = TOPS (liberals; no document gives the address)
f413-place-igc = IGC-Santé platform
f413-place-igc-faq = frequent questions about the IGC-Santé platform
f413-place-insi-guide = INSi integration guide, annex 3
f413-place-rpps-plus = RPPS+ portal
f413-place-ecps = activation of the e-CPS
f413-place-edit = EDIT (test identities)
f413-place-psc-videos = Pro Santé Connect videos for industry
f413-place-mes-habilitations = mesHabilitations (no document gives the address)
f413-place-order = the professional's Order
f413-place-health-insurance = the health insurance (Assurance Maladie)
f413-place-publisher = the publisher of the software
f413-place-server = the server of the software
f413-profile-title = Forms: { $profile }
f413-profile-forms = { $forms }
f413-profile-with-card = with a card, also: { $forms }
f413-forms-nothing = No form and no occasion for "{ $words }". Try one word (card, mandataire, code, test…), a number (F301), or "cpx-check forms" to see everything.
f413-occasion-forms = form: { $forms }
f413-occasion-none = none
f413-occasion-representative-with-patients = Legal representative without a card, structure that treats patients
f413-occasion-representative-without-patients = Legal representative without a card, structure that does not
f413-occasion-representative-with-cps = Legal representative who has a CPS
f413-occasion-president-not-director = President who is not the director
    .answer = Either the president takes the CDE (F101) and makes the director his mandataire, with a CPE (F301, box "mandat"); or the president wants no card, and the director takes the CDE (F101) with an act of appointment or a delegation of power.
f413-occasion-employee = Employee without a card
    .answer = CPE, or CPA where the structure does not treat patients. The contract of the structure and the card of its legal representative come first.
f413-occasion-mandatary-without-card = Future mandataire without a card (box "mandat")
f413-occasion-mandatary-with-card = Future mandataire who has a card
f413-occasion-end-of-mandate = End of a mandate
f413-occasion-auxiliary = Salaried medical auxiliary
f413-occasion-appliances = Prosthetist, orthotist, optician, hearing-aid professional
f413-occasion-administrators = Declare the technical administrators
f413-occasion-other-administrators = Change the technical administrators
f413-occasion-group = GHT or group
    .answer = Nothing is pooled: a contract, an F413 and certificates for each legal entity. The same technical administrator may serve them all.
f413-occasion-test-cards = Test cards: how to get them, who orders them?
    .answer = Anybody may order them, without a mandate.
f413-occasion-incident = Defective card
f413-occasion-loss = Card lost or stolen (or by telephone with the unblocking code: 0 825 85 20 00)
f413-occasion-address = Change the delivery address of cards
    .answer = Either form will do.
f413-occasion-student-auxiliary = Is there a CPF for medical auxiliaries?
    .answer = No. They ask for a CPE where they work.
f413-occasion-card-for-rpps-plus = Can a CPS be ordered with an RPPS+ number?
    .answer = No, there is no card: the professional has his mail and mobile number recorded, then activates an e-CPS.
f413-occasion-tom-address = Where are CPE ordered online?
    .answer = On TOM, with the card of the director or of a mandataire.
f413-occasion-intern = Must an intern in medicine ask for his CPS?
    .answer = No: once he is registered with the Order and has his RPPS number, it is sent. The same holds for every profession with an Order.
f413-occasion-equipment-supplier = Which card for a company that rents medical equipment?
    .answer = A supplier's card: CPS or CPE.
f413-occasion-delays = How long does it take to get a card?
    .answer = 10 days on average from a complete file; about 3 working days for an F413.
f413-occasion-tom-refused = TOM refuses my card; can a CPE become a CPA?
    .answer = TOM is for the director (CDE, CDA) and for cards declared as a mandataire's: have yourself designated with the card that you have. It does not change its type.
f413-occasion-telemonitoring = Telemonitoring company: CDE/CPE or CDA/CPA?
    .answer = CDA and CPA. For billing see "billing".
f413-occasion-employees-cps = May an establishment order the CPS of its employees?
    .answer = Yes, the way depends on the profession: F201 (salaried medical auxiliaries), F202 (opticians, hearing-aid professionals, prosthetists, orthotists); professions with an Order get their CPS through it.
f413-occasion-employee-without-patients = Is a CDA needed to order a CPA?
    .answer = Yes: first the adhesion contract and the CDA of the legal representative (F102), then the CPA (F301).
f413-occasion-several-establishments = One card for each establishment for a technical administrator?
    .answer = No, one card only: the rights for several establishments are put on it. Each establishment sends its F413 with the number of this card.
f413-occasion-departure = An employee leaves: does he keep his CPE?
    .answer = No. The director is responsible for it: he takes the card back and asks ANS to revoke it.
f413-occasion-code-lost = The code porteur is lost
    .answer = This is an incident: F501; TOM manages the cards as well, and a mandataire may ask for a new code.
f413-occasion-test-identity = Testing with a profession that no kit has (a substitute nurse, for instance)
    .answer = Make a test identity in EDIT, then activate the test e-CPS that goes with it.
f413-occasion-production-test = Testing Pro Santé Connect in production without a client
    .answer = Order a production card and test with it; test cards are for the sandbox only.
f413-occasion-who-orders-cards = Is a mandataire still needed to ask for cards?
    .answer = For production cards, yes: legal representative or mandataire. Test cards may be ordered by anybody (F414).
f413-occasion-dmp-rights = Does a CPA allow feeding the DMP?
    .answer = The habilitation matrix of the DMP says it, not the card; the same holds for INSi and the other national services.
f413-occasion-contract-online = Must the contract be filled on paper before the online form?
    .answer = No: online the contract is part of the forms F101, F102 and F301 (account or FranceConnect). On paper, join the contract and the terms of use.
f413-occasion-billing = Company that bills without giving care (telemonitoring)
    .answer = First the registration with the health insurance, which gives a billing number; ANS then issues CPE that allow billing. Without it, no card allows billing.
f413-occasion-industry-certificates = Does a company need a CPA for Pro Santé Connect certificates?
    .answer = Yes: production certificates are ordered with a card. Contract and CDA (F102), CPA (F301), then F413.
f413-occasion-ecps-activation = Can an e-CPS be activated with a CPA?
    .answer = Yes, with any nominative CPx card. Each service then decides by its own matrix.
f413-occasion-ecps-identifier = Which identifier activates an e-CPS without an RPPS number?
    .answer = The whole identifier printed on the front of the card, above the name.
f413-occasion-first-card = Which card comes first, to fill an F413?
    .answer = That of who signs: the legal representative (F101, or F102 without patients) or a designated mandataire (F502). A CPS, CPE or CDE will do. F413 gives no card: it puts the right of an administrator on the card that he has.
f413-occasion-web-publisher = Web publisher: is a certificate needed for Pro Santé Connect, and how many?
    .answer = One ORG AUTH_CLI certificate for each server, on the server that starts the authentication; it is the structure's, and has nothing to do with the users' cards.

## Command line

help-about-f413 = Says whether the card will do for form F413, and what to copy into it
help-about-f413-usage = cpx-check f413 [options], cpx-check f413 --batch LIST.csv, or cpx-check f413 order [options]
help-about-f413-exit-codes = Exit codes: 0 the card can be declared, 1 to be verified, 2 no or no CPx card, 3 PC/SC unusable, 64 wrong usage, 70 internal error.
help-about-order = Says which certificates to order, with which number and which forms
help-about-order-usage = cpx-check f413 order [options]
help-about-forms = Gives the form for each situation, and answers questions about cards
help-about-forms-usage = cpx-check forms [WORD…] [options]
help-f413-certificates = Reads a certificate of the card as well, to check where it comes from (takes longer)
help-legal-representative = Is the holder the legal representative: yes or no
help-mandate = Is a mandate recorded for him: yes or no
help-practice-owner = Does he own the practice: yes or no
help-copy = Copies card number, surname and given name, in full, to the clipboard
help-batch = Reads the cards one after the other and records them in this CSV file
help-structure = Kind of structure: public-hospital, dialysis, medico-social, laboratory, pharmacy, health-centre, health-house, private-non-profit, private-for-profit, radiology-practice, radiology-company, liberal-practice, hospital-service, no-patients or other
help-contract = Adhesion contract of today: none, finess-legal, finess-site, siret, implicit or unknown
help-role = Who asks: legal-representative, mandatary, administrator, publisher or practice-owner
help-need = Need, to be repeated: insi (insi-auto, insi-manu), dmp, psc, mss-mailbox, mss-operator, hprim-net, dp, rpps-plus or other
help-solutions = Number of software solutions that use the certificates themselves (1 by default)
help-servers = Number of servers on which each solution is installed (1 by default)
help-sites = Number of sites in all
help-entities = Number of legal entities (1 by default)
help-words = Words to look for: a form, an occasion, a role
help-profile = The forms of a profile: liberal, hospital, medico-social, other or industry
help-finess-legal = Legal FINESS (EJ), to be checked
help-finess-site = Site FINESS (EG), to be checked
help-siret = SIRET, to be checked
help-rpps-rank = RPPS rank, to be checked; to be repeated
help-card-number = Card number of the signer or of an administrator, to be checked; to be repeated
help-holder-id = Holder identifier, to be checked; to be repeated
value-yes-no = YES|NO
value-kind = KIND
value-need = NEED
value-role = ROLE
value-word = WORD
value-profile = PROFILE
value-number = NUMBER
value-count = COUNT
