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
f413-rules-as-of = Rules as of { $date }.
f413-source = { $source }: { $title }
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
f413-reason-not-owner = Only the owner of the practice signs for an RPPS rank.
f413-reason-ownership-not-on-card = The card does not say whether its holder owns the practice.
f413-reason-not-a-cps = Only the owner of a practice, with a CPS, signs for an RPPS rank.

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

f413-step-F101 = F101: CDE or CDA card of the legal representative of a structure that treats patients, with the act of appointment and proof of identity (the contract is included).
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
f413-order-typed = { $number }: { $value }
f413-number-finess-legal = legal FINESS (EJ)
f413-number-finess-site = site FINESS (EG)
f413-number-site-then-legal = site or legal FINESS, as chosen below
f413-number-siret = SIRET
f413-number-rpps-rank = RPPS rank (RPPS of the owner and rank of the practice)
f413-number-unknown = to be asked of ANS
f413-number-reason-no-patients = A structure that does not treat patients is named by its SIRET.
f413-number-reason-radiology = A radiology practice (not a company) is named by the RPPS rank of its owner, at most four on a copy of F413.
f413-number-reason-laboratory = Laboratory: site FINESS of the main site, valid for all attached sites.
f413-number-reason-pharmacy = Pharmacy: site FINESS.
f413-number-reason-legal-for-all = Legal FINESS for the contract and for the certificates.
f413-number-reason-keep-legal = The contract already has the legal FINESS: keep it.
f413-number-reason-site-then-legal = The contract has the site FINESS. Either certificates with the site FINESS now, then everything again with the legal one at the renewal; or everything again now with the legal one.
f413-number-reason-site = Site FINESS for the contract and for the certificates.
f413-number-reason-keep-site = The contract already has the site FINESS: keep it.
f413-number-reason-private = Private establishment: site FINESS by the notice of F413.
f413-number-reason-as-contract = Project outside the Ségur: the same number as in the contract.
f413-number-reason-usual-legal = In general the legal FINESS is used for orders; an establishment with one site may have its contract on the site's.
f413-number-reason-no-row = No line of the notice describes this case: ask monserviceclient.certificats@esante.gouv.fr before ordering.
f413-same-shape = Legal and site FINESS have the same shape: no computation tells them apart, look them up in the public FINESS directory.
f413-order-certificates-title = { $count ->
    [one] 1 certificate to order
   *[other] { $count } certificates to order
}
f413-order-certificate = { $count } × { $offer } { $usage }, { $name } ({ $need })
f413-naming-exact = name exactly "{ $name }", in capitals, without a space
f413-naming-free = free name
f413-naming-mail = named after the address of the mailbox
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
f413-order-sent = sent signed, dated and stamped, by mail to { $address }, or online: { $web }; about 3 working days
f413-order-signed = signed by: { $signers }
f413-order-cards = each administrator and the signer already have an active card: "cpx-check f413" checks that
f413-order-contract-first = first: this form holds the adhesion contract
f413-signer-administrator = the technical administrator
f413-signer-legal-representative = the legal representative (CDE or CDA card, or a CPS whose Order has recorded the function)
f413-signer-mandatary = the mandataire designated before
f413-signer-practice-owner = the owner (CPS)
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
f413-structure-no-patients = structure without patients (publisher, institution, industry)
f413-structure-other = other structure that treats patients
f413-contract-none = no contract
f413-contract-finess-legal = contract on the legal FINESS
f413-contract-finess-site = contract on the site FINESS
f413-contract-siret = contract on the SIRET
f413-contract-implicit = implicit contract (liberals)
f413-need-insi-auto = INSi in batch
f413-need-insi-manu = INSi by hand
f413-need-dmp = DMP
f413-need-psc = Pro Santé Connect
f413-need-mss-mailbox = MSSanté application mailbox
f413-need-mss-operator = MSSanté operator
f413-need-hprim-net = HPRIM NET
f413-need-dp = Dossier Pharmaceutique
f413-order-title = { $structure }, { $contract }

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
f413-order-option-missing = { $option } is missing.
    .remedy = "cpx-check f413 order --help" gives the possible values; without options and in a terminal the command asks.

## The questions

f413-ask-structure = Which structure is it?
f413-ask-contract = Which adhesion contract does it have today?
f413-ask-needs = For which needs? (several numbers possible, separated by spaces)
f413-ask-solutions = How many software solutions feed the DMP under the same FINESS? (Enter: 1)
f413-ask-number = { $kind }? (Enter: to be given later; several separated by commas)
f413-ask-again = Answer with a number of the list.
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
f413-conflict-liberal-contract-one = the contract of liberals is called "explicite".
f413-conflict-liberal-contract-other = it is "implicite": nothing to sign.
f413-conflict-address-one = "monserviceclient.certificats@esante.gouv.fr" (the form to use).
f413-conflict-address-other = "monserviclient.certificats@" and "monservicclient.certificats@": the printed form may show one of these.
f413-conflict-tom-login-one = TOM opens for the card of the director (CDE, CDA) or of a mandataire.
f413-conflict-tom-login-other = TOM opens for a CPS or a CPE.
f413-conflict-cpf-delivery-one = one gets a CPF on request.
f413-conflict-cpf-delivery-other = the CPF is sent at registration.
f413-conflict-renewal-notice-one = the end of a certificate is announced one month before.
f413-conflict-renewal-notice-other = it is announced 60 days before.

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
f413-online-yes = online
f413-online-pending = online announced in 2022
f413-online-no = not online
f413-form-line = { $form }: { $purpose } ({ $online })
f413-form-source = By { $source }
f413-form-cards = cards: { $cards }
f413-occasion-line = { $occasion }: { $forms }
f413-occasion-none = no form
f413-occasion-representative-with-patients = Legal representative without a card, structure that treats patients
f413-occasion-representative-without-patients = Legal representative without a card, structure that does not
f413-occasion-representative-with-cps = Legal representative who has a CPS
f413-occasion-president-not-director = President who is not the director: the CDE for one and the CPE with a mandate for the other; or the CDE for the director, with an act of appointment or a delegation of power
f413-occasion-employee = Employee without a card
f413-occasion-mandatary-without-card = Future mandataire without a card (box "mandat")
f413-occasion-mandatary-with-card = Future mandataire who has a card
f413-occasion-end-of-mandate = End of a mandate
f413-occasion-auxiliary = Salaried medical auxiliary
f413-occasion-appliances = Prosthetist, orthotist, optician, hearing-aid professional
f413-occasion-administrators = Declare the technical administrators
f413-occasion-other-administrators = Change the technical administrators
f413-occasion-group = GHT or group: one set of forms for each legal entity, nothing is pooled
f413-occasion-test-cards = Get test cards
f413-occasion-incident = Defective card
f413-occasion-loss = Card lost or stolen (or by telephone with the unblocking code: 0 825 85 20 00)
f413-occasion-address = Change the delivery address

## Command line

help-about-f413 = Says whether the card will do for form F413, and what to copy into it
help-about-f413-usage = cpx-check f413 [options], cpx-check f413 --batch LIST.csv, or cpx-check f413 order [options]
help-about-f413-exit-codes = Exit codes: 0 the card can be declared, 1 to be verified, 2 no or no CPx card, 3 PC/SC unusable, 64 wrong usage, 70 internal error.
help-about-order = Says which certificates to order, with which number and which forms
help-about-order-usage = cpx-check f413 order [options]
help-about-forms = Gives the form for each situation
help-about-forms-usage = cpx-check forms [options]
help-f413-certificates = Reads a certificate of the card as well, to check where it comes from (takes longer)
help-legal-representative = Is the holder the legal representative: yes or no
help-mandate = Is a mandate recorded for him: yes or no
help-practice-owner = Does he own the practice: yes or no
help-copy = Copies card number, surname and given name, in full, to the clipboard
help-batch = Reads the cards one after the other and records them in this CSV file
help-structure = Kind of structure: public-hospital, dialysis, medico-social, laboratory, pharmacy, health-centre, health-house, private-non-profit, private-for-profit, radiology-practice, no-patients or other
help-contract = Adhesion contract of today: none, finess-legal, finess-site, siret or implicit
help-need = Need, to be repeated: insi-auto, insi-manu, dmp, psc, mss-mailbox, mss-operator, hprim-net or dp
help-solutions = Number of software solutions that feed the DMP under the same FINESS (1 by default)
help-finess-legal = Legal FINESS (EJ), to be checked
help-finess-site = Site FINESS (EG), to be checked
help-siret = SIRET, to be checked
help-rpps-rank = RPPS rank, to be checked; to be repeated
help-card-number = Card number of the signer or of an administrator, to be checked; to be repeated
help-holder-id = Holder identifier, to be checked; to be repeated
value-yes-no = YES|NO
value-kind = KIND
value-need = NEED
value-number = NUMBER
value-count = COUNT
