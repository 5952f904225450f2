//! The words of the rules: what is asked, what is known, what is answered.

use super::coded::coded;

coded! {
    /// What is asked about a card before form F413 is signed.
    Question {
        /// May it be declared as the card of a technical administrator (F413 section 4.1)?
        Administrator = "administrator",
        /// May its holder sign as the legal representative (F413 section 1)?
        LegalRepresentative = "legal-representative",
        /// May its holder sign as a "mandataire", designated beforehand (F413 section 1)?
        Mandatary = "mandatary",
        /// May its holder sign as the owner of a practice, for an RPPS rank only (F413 section 3.2)?
        PracticeOwner = "practice-owner",
    }

    /// What stands in the reader, as far as the rules tell cards apart.
    CardKind {
        /// A CPS.
        Cps = "cps",
        /// A CPF.
        Cpf = "cpf",
        /// A CDE, positively told apart from a CPE.
        Cde = "cde",
        /// A CDA, positively told apart from a CPA.
        Cda = "cda",
        /// A CDE or a CPE.
        CdeCpe = "cde-cpe",
        /// A CDA or a CPA.
        CdaCpa = "cda-cpa",
        /// A CPE of a function or a post, which names nobody.
        Service = "service-card",
        /// A CPx without a surname or without a given name on it.
        Unnamed = "unnamed",
        /// A CPx whose type nothing tells.
        Unknown = "unknown-type",
        /// Another card: Vitale, identity, bank.
        Foreign = "foreign",
        /// No card.
        NoCard = "no-card",
        /// A card that could not be read.
        Unreadable = "unreadable",
        /// A CPx of a generation that is not in service any more.
        TooOld = "too-old",
    }

    /// Whether the card is a real one.
    Realness {
        /// A real card.
        Real = "real",
        /// A test card.
        Test = "test",
        /// Neither: a module, or a category that no table has.
        Other = "other",
        /// The card does not say.
        Unknown = "unknown",
    }

    /// Whether the card is active, which F413 section 2 asks of the signer's and of every administrator's.
    CardState {
        /// Within its dates, and not revoked when its issuer was asked.
        Valid = "valid",
        /// Within its dates; nobody was asked whether it was revoked ("en opposition").
        Unchecked = "valid-unchecked",
        /// Its last day has passed.
        Expired = "expired",
        /// One of its certificates is revoked: the card is "en opposition".
        Opposed = "opposed",
        /// Its first day is still to come.
        NotYetValid = "not-yet-valid",
        /// Chip and certificates do not agree, or nothing proves where a certificate comes from.
        Doubtful = "doubtful",
        /// The card has no dates, or the clock of this machine is wrong.
        Unknown = "unknown",
    }

    /// What whoever asks knows about the holder, and no card tells.
    Declared {
        /// Nothing.
        Unknown = "unknown",
        /// It is so, and recorded.
        Yes = "yes",
        /// It is not so.
        No = "no",
    }

    /// The answer to a question.
    Answer {
        /// Yes, by a rule.
        Yes = "yes",
        /// The card cannot tell, or no rule does: somebody must be asked.
        Verify = "to-verify",
        /// No, by a rule.
        No = "no",
    }

    /// What to ask, and where, before relying on an answer.
    Ask {
        /// Whether the card was revoked: the issuer, over the network or by its lists.
        Opposition = "opposition",
        /// Why chip and certificates disagree: `cpx-check card --certificates`.
        Certificates = "certificates",
        /// The day printed on the card, and the clock of the machine.
        PrintedDate = "printed-date",
        /// The type printed on the card.
        PrintedType = "printed-type",
        /// Whether the holder is the legal representative: the holder, his act of appointment, TOM.
        HolderRole = "holder-role",
        /// Whether this is the director's card (CDE, CDA): the holder, TOM.
        DirectorCard = "director-card",
        /// Whether the Order has recorded the function of legal representative.
        OrderFunction = "order-function",
        /// Whether a mandate is recorded: TOM or mesHabilitations.
        Mandate = "mandate",
        /// Whether the holder owns the practice: the Order, the public directory.
        PracticeOwner = "practice-owner",
        /// ANS, about what no document says.
        Ans = "ans",
    }

    /// What to do first when the card will not do.
    Step {
        /// Form F101: card of the legal representative of a structure that treats patients.
        F101 = "F101",
        /// Form F102: the same, of a structure that does not.
        F102 = "F102",
        /// Form F301: card of an employee.
        F301 = "F301",
        /// Form F301 with its box "mandat".
        F301Mandate = "F301-mandate",
        /// Form F414: test cards.
        F414 = "F414",
        /// Form F502: designate a mandatary who has a card.
        F502 = "F502",
        /// TOM, the online service for the cards of a structure.
        Tom = "TOM",
        /// mesHabilitations.
        MesHabilitations = "mes-habilitations",
        /// The function is recorded by the Order; there is no further card.
        OrderRecords = "order-records",
        /// A new card is to be ordered.
        NewCard = "new-card",
        /// A new CPS or CPF comes through the Order or the registration authority.
        NewCps = "new-cps",
        /// The card in hand is not yet valid, or is on its way: wait for it.
        WaitForCard = "wait-for-card",
        /// Put in the CPx instead of the other card.
        InsertCpx = "insert-cpx",
        /// Try again, clean the chip, take another reader.
        ReadAgain = "read-again",
        /// Take a real card.
        RealCard = "real-card",
        /// Another person signs, or in another capacity.
        OtherSigner = "other-signer",
    }

    /// Where the official documents disagree.
    Conflict {
        /// F413 asks for a card number, and lets an e-CPS log in.
        EcpsOnly = "ecps-only",
        /// Which FINESS private hospitals use.
        PrivateHospital = "private-hospital",
        /// Which FINESS an establishment with several sites uses.
        MultiSite = "multi-site",
        /// Which card form F102 gives.
        F102Card = "f102-card",
        /// How the mail address of the support is written.
        Address = "address",
        /// Who may log in to TOM.
        TomLogin = "tom-login",
        /// How one gets a CPF.
        CpfDelivery = "cpf-delivery",
    }

    /// The kinds of structure that the rules tell apart.
    Structure {
        /// A public hospital.
        PublicHospital = "public-hospital",
        /// A dialysis centre.
        Dialysis = "dialysis",
        /// A medico-social establishment.
        MedicoSocial = "medico-social",
        /// A medical laboratory.
        Laboratory = "laboratory",
        /// A pharmacy.
        Pharmacy = "pharmacy",
        /// A health centre.
        HealthCentre = "health-centre",
        /// A multi-professional health house.
        HealthHouse = "health-house",
        /// A private non-profit hospital.
        PrivateNonProfit = "private-non-profit",
        /// A private for-profit hospital.
        PrivateForProfit = "private-for-profit",
        /// A radiology practice that is not a company ("société d'exercice").
        RadiologyPractice = "radiology-practice",
        /// A radiology company ("société d'exercice").
        RadiologyCompany = "radiology-company",
        /// A practice of liberal professionals ("cabinet de ville").
        LiberalPractice = "liberal-practice",
        /// The laboratory or radiology department of a hospital.
        HospitalService = "hospital-service",
        /// An organisation that does not treat patients: publisher, institution, industry.
        NoPatients = "no-patients",
        /// Another structure that treats patients.
        Other = "other",
    }

    /// The adhesion contract with ANS that the structure has today.
    Contract {
        /// None.
        None = "none",
        /// One on the FINESS of the legal entity.
        FinessLegal = "finess-legal",
        /// One on the FINESS of the site.
        FinessSite = "finess-site",
        /// One on the SIRET.
        Siret = "siret",
        /// The implicit contract of liberals: nothing to sign.
        Implicit = "implicit",
        /// Whoever asks does not know it.
        Unknown = "unknown",
    }

    /// What the certificates are for.
    Need {
        /// INSi, batch.
        InsiAuto = "insi-auto",
        /// INSi, by hand.
        InsiManu = "insi-manu",
        /// INSi; which of the two is not said.
        Insi = "insi",
        /// DMP.
        Dmp = "dmp",
        /// Pro Santé Connect.
        Psc = "psc",
        /// An application's mailbox of MSSanté.
        MssMailbox = "mss-mailbox",
        /// An operator of MSSanté.
        MssOperator = "mss-operator",
        /// HPRIM NET.
        Hprim = "hprim-net",
        /// Dossier Pharmaceutique.
        Dp = "dp",
        /// Another service (ROR, Annuaire Santé, …).
        Other = "other",
        /// Registering professionals in the RPPS+: a card, no certificate.
        RppsPlus = "rpps-plus",
    }

    /// Which number a structure uses in contract and order.
    StructureNumber {
        /// The FINESS of the legal entity ("juridique", EJ).
        FinessLegal = "finess-legal",
        /// The FINESS of the site ("géographique", EG).
        FinessSite = "finess-site",
        /// Either the site's now and the legal entity's at the renewal, or the legal entity's at once.
        SiteThenLegal = "site-then-legal",
        /// The SIRET.
        Siret = "siret",
        /// The RPPS number of the owner with the rank of the practice.
        RppsRank = "rpps-rank",
        /// The FINESS of the site where there is one, else the SIRET.
        FinessOrSiret = "finess-or-siret",
        /// The number of the establishment that it belongs to.
        Establishment = "of-establishment",
        /// No document says.
        Unknown = "unknown",
    }

    /// The families of software certificates: one F413 each.
    Offer {
        /// A legal person.
        Org = "ORG",
        /// A server.
        Server = "SERVEUR",
        /// A natural person.
        Pro = "PRO",
    }

    /// How a certificate is named.
    Naming {
        /// Exactly as the rule says, in capitals, without a space.
        Exact = "exact",
        /// Exactly as one of the two words of the rule.
        ExactOfTwo = "exact-of-two",
        /// As one likes: an application or a structure.
        Free = "free",
        /// A mail domain, written @domaine.fr.
        MailDomain = "mail-domain",
        /// A domain or one host: one of the two.
        Host = "host",
    }

/// The forms.
    Form {
        /// Card of the legal representative.
        F101 = "F101",
        /// Card of the legal representative of a structure without patients.
        F102 = "F102",
        /// CPS of salaried medical auxiliaries.
        F201 = "F201",
        /// CPS of prosthetists, orthotists, opticians, hearing-aid professionals.
        F202 = "F202",
        /// Card of an employee.
        F301 = "F301",
        /// Technical administrators.
        F413 = "F413",
        /// Test cards.
        F414 = "F414",
        /// Incident, or change of the delivery address.
        F501 = "F501",
        /// Mandatary with a card, or end of a mandate.
        F502 = "F502",
        /// Further technical administrators, or fewer.
        F503 = "F503",
        /// Delivery address of cards.
        F504 = "F504",
    }

    /// Whether a form can be filled online, in the year of its source.
    Online {
        /// Yes.
        Yes = "yes",
        /// Announced.
        Pending = "pending",
        /// No.
        No = "no",
    }

    /// The profiles of ANS's matrix of forms.
    Profile {
        /// A liberal professional.
        Liberal = "liberal",
        /// A hospital.
        Hospital = "hospital",
        /// A medico-social structure.
        MedicoSocial = "medico-social",
        /// Another structure of the health sector that does not provide care.
        Other = "other",
        /// A publisher or another industrial.
        Industry = "industry",
    }

    /// Whether a project is one of the Ségur (INSi, DMP, Pro Santé Connect, MSSanté), for which the FINESS notice has rows of its own.
    Segur {
        /// It is.
        Yes = "yes",
        /// It is not.
        No = "no",
    }

    /// What needs certificates, and numbers, of its own.
    Per {
        /// Each legal entity.
        Entity = "entity",
        /// Each site.
        Site = "site",
        /// Each legal entity or each site, whichever number is chosen.
        Either = "either",
    }

    /// How many certificates a need takes.
    Counted {
        /// One for each instance of a software.
        Instance = "instance",
        /// No document counts them: a box of the form names usages.
        Uncounted = "uncounted",
    }

    /// When a note, a line of the form or a step is told.
    Condition {
        /// Always.
        Always = "always",
        /// There are several legal entities.
        SeveralEntities = "several-entities",
        /// There are several sites.
        SeveralSites = "several-sites",
        /// There are several solutions or servers.
        SeveralInstances = "several-instances",
        /// A publisher orders for a client.
        Publisher = "publisher",
        /// The order has the number of the legal entity.
        ByLegal = "by-legal",
        /// The order has the number of the site.
        BySite = "by-site",
    }

    /// In which capacity somebody takes part.
    Role {
        /// The legal representative of the structure.
        LegalRepresentative = "legal-representative",
        /// A mandatary, or who is to become one.
        Mandatary = "mandatary",
        /// A technical administrator, or who is to become one.
        Administrator = "administrator",
        /// A publisher who orders for a client.
        Publisher = "publisher",
        /// The owner of a practice or a pharmacy.
        PracticeOwner = "practice-owner",
    }

    /// What a way leads to.
    Goal {
        /// Software certificates.
        Certificates = "certificates",
        /// Professionals registered in the RPPS+.
        Registration = "registration",
    }

    /// What shows that a step is done.
    Evidence {
        /// Nothing is to be done.
        Given = "given",
        /// The card of who signs.
        Signer = "signer",
        /// The card of the mandatary; the mandate is not on it.
        Mandatary = "mandatary",
        /// The card of the technical administrator.
        Administrator = "administrator",
        /// Nobody but ANS can tell.
        Ans = "ans",
        /// Whoever did it.
        Person = "person",
    }

    /// How far a step is.
    Progress {
        /// Whoever asks says that it is done.
        Done = "done",
        /// Nothing is to be done.
        NotNeeded = "not-needed",
        /// The card in the reader proves it.
        ProvedByCard = "proved-by-card",
        /// The card in the reader does not prove it alone, or what came before makes it likely.
        ToVerify = "to-verify",
        /// The card in the reader will not do.
        CardWillNotDo = "card-will-not-do",
        /// Nobody but ANS can tell.
        AnsOnly = "ans-only",
        /// It is to be done.
        ToDo = "to-do",
    }

    /// What keeps a request or a certificate from serving a need.
    FitProblem {
        /// Its key is too short, or its signature too weak.
        WeakKey = "weak-key",
        /// Its name is not what the need wants to the letter.
        Name = "name",
        /// It is for something else.
        Usage = "usage",
        /// It names another structure than the number that was typed.
        Structure = "structure",
    }

    /// What a rule rests on.
    Basis {
        /// A document says so.
        Text = "text",
        /// It follows from what documents say.
        Inferred = "inferred",
    }
}
