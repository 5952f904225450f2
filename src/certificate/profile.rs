//! What kind of certificate it is, and whom it names.
//!
//! Public material shows eight shapes of certificates around a CPx card (certificates.md section 3). All decoded
//! samples are test certificates of 2013 to 2020, so the kind is read from what cannot be mistaken (the private
//! extensions) and only then from the shape of the name, which is noted.

use serde::{Deserialize, Serialize};

use super::authority::is_former;
use super::oid;
use super::usage::KeyUsage;
use super::view::Certificate;
use crate::identity::{
    CardNumber, CardType, Category, Distinction, HolderId, Name, Register, StructureId, TypeEvidence,
};

/// The title of a service card, in the subject.
pub(super) const SERVICE_TITLE: &str = "Carte de service santé ou social";
/// The title of a member of staff, decoded on one test CPE.
pub(super) const STAFF_TITLE: &str = "Personnel santé ou social";
/// What the title of a professional in training ends with: inferred from table G16.
pub(super) const TRAINING_TITLE: &str = "en formation";

/// The kind of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProfileKind {
    /// A CPS whose holder has an RPPS number.
    CpsRpps,
    /// A CPS whose holder has an ADELI number.
    CpsAdeli,
    /// A CPS whose holder identifier is of neither register.
    Cps,
    /// A CPF.
    Cpf,
    /// A CDE or CPE.
    CdeCpe,
    /// A CPE of a function or a post: no named person.
    ServiceCard,
    /// A CDA or CPA.
    CdaCpa,
    /// A software certificate of a person ("PRO").
    ProSoftware,
    /// A software certificate of an organisation ("ORG", "SERV").
    OrgSoftware,
    /// A certificate of a person or a card from before IGC-Santé.
    IgcCps2ter,
    /// A software certificate of an organisation from before IGC-Santé.
    FormerOrgSoftware,
    /// A certificate of an authority.
    Authority,
    /// None of these.
    Other,
}

impl ProfileKind {
    /// Every kind.
    pub const ALL: [Self; 13] = [
        Self::CpsRpps,
        Self::CpsAdeli,
        Self::Cps,
        Self::Cpf,
        Self::CdeCpe,
        Self::ServiceCard,
        Self::CdaCpa,
        Self::ProSoftware,
        Self::OrgSoftware,
        Self::IgcCps2ter,
        Self::FormerOrgSoftware,
        Self::Authority,
        Self::Other,
    ];

    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CpsRpps => "cps-rpps",
            Self::CpsAdeli => "cps-adeli",
            Self::Cps => "cps",
            Self::Cpf => "cpf",
            Self::CdeCpe => "cde-cpe",
            Self::ServiceCard => "service-card",
            Self::CdaCpa => "cda-cpa",
            Self::ProSoftware => "pro-software",
            Self::OrgSoftware => "org-software",
            Self::IgcCps2ter => "igc-cps2ter",
            Self::FormerOrgSoftware => "igc-cps2ter-org-software",
            Self::Authority => "authority",
            Self::Other => "other",
        }
    }

    /// Whether the certificate is one of a card, before IGC-Santé or since.
    pub const fn is_of_a_card(self) -> bool {
        !matches!(self, Self::ProSoftware | Self::Authority | Self::Other) && !self.is_of_an_organisation()
    }

    /// Whether the certificate is one of an organisation's software, before IGC-Santé or since.
    pub const fn is_of_an_organisation(self) -> bool {
        matches!(self, Self::OrgSoftware | Self::FormerOrgSoftware)
    }
}

/// What a certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Role {
    /// To prove who one is.
    Authentication,
    /// To sign documents.
    Signature,
    /// For machines: without a code on the contactless side of a card, or of a server.
    Technical,
    /// Anything else: an authority.
    Other,
}

impl Role {
    /// The stable code: `authentication`, `signature`, `technical` or `other`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Authentication => "authentication",
            Self::Signature => "signature",
            Self::Technical => "technical",
            Self::Other => "other",
        }
    }

    /// What the key usages say: `nonRepudiation` makes a signature certificate; without it, it is for authentication.
    /// `CKA_ID` is never asked: it differs between cards.
    ///
    /// Among the latter a certificate is technical when it is a server's. That of a contactless card is told by where it
    /// stands, not by what it says.
    fn of(certificate: &Certificate) -> Self {
        if is_of_an_authority(certificate) {
            Self::Other
        } else if certificate.key_usage().is_some_and(KeyUsage::non_repudiation) {
            Self::Signature
        } else if certificate.has_usage(oid::SERVER_AUTH) {
            Self::Technical
        } else {
            Self::Authentication
        }
    }
}

/// Something to know about a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProfileNote {
    /// No private extension tells the kind: it was read from the shape of the name, or from the issuer's.
    KindFromName,
    /// The type of the card is outside table G02.
    UnknownCardType,
    /// The category is outside table G01.
    UnknownCategory,
    /// The card number is not `8025000001/` and ten digits.
    OddCardNumber,
    /// A private extension is there and is neither of the shapes that are known.
    OddExtension,
    /// An attribute that should be there once is there more than once: none of them is used.
    DoubleAttribute,
    /// The identifier of the holder and that of the structure name different structures.
    StructureDiffers,
    /// The structure's card is not among those whose title is known.
    UnknownTitle,
}

impl ProfileNote {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::KindFromName => "kind-from-name",
            Self::UnknownCardType => "unknown-card-type",
            Self::UnknownCategory => "unknown-category",
            Self::OddCardNumber => "odd-card-number",
            Self::OddExtension => "odd-extension",
            Self::DoubleAttribute => "double-attribute",
            Self::StructureDiffers => "structure-differs",
            Self::UnknownTitle => "unknown-title",
        }
    }
}

/// The department in a subject: `Paris (75)`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Department {
    /// Its name: `Paris`; the whole text when there are no brackets.
    pub name: String,
    /// Its number: `75`, `2A`; empty when there are no brackets.
    pub code: String,
}

impl Department {
    fn read(text: &str) -> Self {
        let parts = text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('('));
        let (name, code) = parts.unwrap_or((text, ""));
        Self { name: name.trim().to_owned(), code: code.trim().to_owned() }
    }
}

/// What a certificate is and whom it names. What identifies somebody prints masked.
///
/// ```
/// use cpx_card::internal::certificate::{Certificate, Profile, ProfileKind, Role};
///
/// let bytes = include_bytes!("../../fixtures/pki/certificates/cpe-employe.sign.der");
/// let profile = Profile::of(&Certificate::parse(bytes)?);
/// assert_eq!((profile.kind, profile.role), (ProfileKind::CdeCpe, Role::Signature));
/// assert_eq!(profile.card_type.map(|card| card.label()), Some("CDE/CPE"));
/// # Ok::<(), cpx_card::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Profile {
    /// What kind of certificate it is.
    pub kind: ProfileKind,
    /// What it is for.
    pub role: Role,
    /// The type of the card, extension 1.2.250.1.71.1.2.2, told apart where title or level of responsibility do.
    pub card_type: Option<CardType>,
    /// The category, extension 1.2.250.1.71.1.2.5.
    pub category: Option<Category>,
    /// The number of the card, extension 1.2.250.1.71.1.2.3.
    pub card_number: Option<CardNumber>,
    /// The identifier of the holder: the common name of a person's or a service's certificate.
    pub holder_id: Option<HolderId>,
    /// The surname (SN): the name of exercise of the chip.
    pub surname: Option<Name>,
    /// The given name (GN).
    pub given_name: Option<Name>,
    /// The name of the post, on a service card.
    pub pseudonym: Option<Name>,
    /// The title: the profession, or what the card is.
    pub title: Option<String>,
    /// The profession, table G15, extension 1.2.250.1.71.1.2.7.
    pub profession: Option<u8>,
    /// The profession in training, table G16, extension 1.2.250.1.71.1.2.8 (inferred).
    pub future_profession: Option<u8>,
    /// The level of responsibility, table G04, extension 1.2.250.1.71.1.2.12 (never seen).
    pub responsibility: Option<u8>,
    /// The specialities, table R01, extension 1.2.250.1.71.4.2.5: `SM36`.
    pub specialities: Vec<String>,
    /// The sections of the Order of pharmacists, table G05, extension 1.2.250.1.71.4.2.6 (inferred).
    pub pharmacist_tables: Vec<String>,
    /// The structure (OU).
    pub structure: Option<StructureId>,
    /// The name of the structure (O); that of a practice names its owner.
    pub structure_name: Option<Name>,
    /// The department of the structure (ST, or L in the older shape).
    pub department: Option<Department>,
    /// The service or the host of an organisation's certificate (CN).
    pub service: Option<Name>,
    /// What is odd.
    pub notes: Vec<ProfileNote>,
}

impl Profile {
    /// What this certificate is and whom it names. Never fails: what is not recognised is
    /// [`Other`](ProfileKind::Other).
    pub fn of(certificate: &Certificate) -> Self {
        let subject = certificate.subject();
        let fields = Fields::read(certificate);
        let mut notes = fields.notes.clone();
        let kind = kind(certificate, &fields, &mut notes);
        let of_a_card = kind.is_of_a_card();
        let named = |oid| subject.only(oid).filter(|text| !text.is_empty()).map(Name::from_text);
        let common_name = subject.common_name().filter(|text| !text.is_empty());
        let of_a_person = of_a_card || kind == ProfileKind::ProSoftware;
        // Before IGC-Santé the unit is the profession.
        let in_structure = !matches!(kind, ProfileKind::IgcCps2ter | ProfileKind::Authority | ProfileKind::Other);
        let structure = subject.only(oid::UNIT).filter(|_| in_structure).map(StructureId::parse);
        let holder_id = common_name.filter(|_| of_a_person).map(HolderId::parse);
        if let (Some(holder), Some(structure)) = (&holder_id, &structure)
            && holder.agrees_with(structure) == Some(false)
        {
            notes.push(ProfileNote::StructureDiffers);
        }
        let place = subject.only(oid::STATE).or_else(|| subject.only(oid::LOCALITY));
        let title = match kind {
            ProfileKind::IgcCps2ter => subject.title().or_else(|| subject.only(oid::UNIT)),
            _ => subject.title(),
        };
        Self {
            kind,
            role: Role::of(certificate),
            card_type: fields.card_type.map(|code| told_apart(code, kind, subject.title(), fields.responsibility)),
            category: fields.category,
            card_number: fields.card_number,
            holder_id,
            surname: named(oid::SURNAME),
            given_name: named(oid::GIVEN_NAME),
            pseudonym: named(oid::PSEUDONYM),
            title: title.map(str::to_owned),
            profession: fields.profession,
            future_profession: fields.future_profession,
            responsibility: fields.responsibility,
            specialities: fields.specialities,
            pharmacist_tables: fields.pharmacist_tables,
            structure,
            structure_name: named(oid::ORGANISATION).filter(|_| in_structure),
            department: place.filter(|_| in_structure).map(Department::read),
            service: common_name.filter(|_| kind.is_of_an_organisation()).map(Name::from_text),
            notes,
        }
    }
}

/// What the private extensions say.
#[derive(Debug, Clone, Default)]
struct Fields {
    card_type: Option<u8>,
    category: Option<Category>,
    card_number: Option<CardNumber>,
    has_token_id: bool,
    profession: Option<u8>,
    future_profession: Option<u8>,
    responsibility: Option<u8>,
    specialities: Vec<String>,
    pharmacist_tables: Vec<String>,
    notes: Vec<ProfileNote>,
}

impl Fields {
    fn read(certificate: &Certificate) -> Self {
        let mut notes = Vec::new();
        let value = |oid| certificate.extension(oid).map(super::Extension::private_value);
        let mut code = |oid| {
            let value = value(oid)?;
            if value.code().is_none() {
                notes.push(ProfileNote::OddExtension);
            }
            value.code()
        };
        let (card_type, category) = (code(oid::CARD_TYPE), code(oid::CATEGORY).map(Category::from_g01));
        let (profession, future_profession) = (code(oid::PROFESSION), code(oid::FUTURE_PROFESSION));
        let responsibility = code(oid::RESPONSIBILITY);
        let texts = |oid| value(oid).map(|value| value.reveal().to_vec()).unwrap_or_default();
        let token_id = value(oid::TOKEN_ID);
        let token_text = token_id.as_ref().and_then(|value| value.reveal().first());
        let card_number = token_text.and_then(|text| CardNumber::from_token_id(text).ok());
        if token_id.is_some() && card_number.is_none() {
            notes.push(ProfileNote::OddCardNumber);
        }
        if card_type.is_some_and(|code| !CardType::from_g02(code).is_known()) {
            notes.push(ProfileNote::UnknownCardType);
        }
        if matches!(category, Some(Category::Other(_))) {
            notes.push(ProfileNote::UnknownCategory);
        }
        let subject = certificate.subject();
        let once = [oid::COMMON_NAME, oid::SURNAME, oid::GIVEN_NAME, oid::TITLE, oid::ORGANISATION, oid::PSEUDONYM];
        if once.into_iter().any(|oid| subject.texts(oid).count() > 1) {
            notes.push(ProfileNote::DoubleAttribute);
        }
        Self {
            card_type,
            category,
            card_number,
            has_token_id: token_id.is_some(),
            profession,
            future_profession,
            responsibility,
            specialities: texts(oid::SPECIALITIES),
            pharmacist_tables: texts(oid::PHARMACIST_TABLES),
            notes,
        }
    }
}

fn kind(certificate: &Certificate, fields: &Fields, notes: &mut Vec<ProfileNote>) -> ProfileKind {
    let subject = certificate.subject();
    let has = |oid| subject.texts(oid).next().is_some();
    let (person, title) = (has(oid::SURNAME) || has(oid::GIVEN_NAME), subject.title());
    let service = title == Some(SERVICE_TITLE) || has(oid::PSEUDONYM);
    if is_of_an_authority(certificate) {
        return ProfileKind::Authority;
    }
    if is_former(certificate.issuer()) {
        let of_a_card = person || title.is_some() || fields.card_type.is_some() || fields.has_token_id;
        return if of_a_card { ProfileKind::IgcCps2ter } else { ProfileKind::FormerOrgSoftware };
    }
    match (fields.category, fields.card_type) {
        (Some(Category::Software | Category::TestSoftware), _) if person => return ProfileKind::ProSoftware,
        (Some(Category::Software | Category::TestSoftware), _) => return ProfileKind::OrgSoftware,
        (Some(Category::Module | Category::TestModule), _) => return ProfileKind::Other,
        (_, Some(0)) => return cps(subject.common_name()).unwrap_or(ProfileKind::Cps),
        (_, Some(1)) => return ProfileKind::Cpf,
        (_, Some(2)) if service => return ProfileKind::ServiceCard,
        (_, Some(2)) => {
            if title.is_some_and(|title| title != STAFF_TITLE) {
                notes.push(ProfileNote::UnknownTitle);
            }
            return ProfileKind::CdeCpe;
        }
        (_, Some(3)) => return ProfileKind::CdaCpa,
        (_, Some(_)) => return ProfileKind::Other,
        (_, None) => {}
    }
    // From here on nothing but the names is left to tell.
    let issuer = certificate.issuer().common_name().unwrap_or_default();
    let of_igc_sante = issuer.contains("IGC-SANTE");
    let card = fields.has_token_id || fields.category.is_some() || of_igc_sante;
    let guess = if !card {
        None
    } else if of_igc_sante && issuer.ends_with("ORGANISATIONS") && !person {
        Some(ProfileKind::OrgSoftware)
    } else if of_igc_sante && issuer.ends_with("ELEMENTAIRE PERSONNES") && person && !fields.has_token_id {
        Some(ProfileKind::ProSoftware)
    } else if service {
        Some(ProfileKind::ServiceCard)
    } else if title == Some(STAFF_TITLE) {
        Some(ProfileKind::CdeCpe)
    } else if title.is_some_and(|title| title.ends_with(TRAINING_TITLE)) {
        Some(ProfileKind::Cpf)
    } else if person && !has(oid::UNIT) {
        cps(subject.common_name())
    } else {
        None
    };
    if guess.is_some() {
        notes.push(ProfileNote::KindFromName);
    }
    guess.unwrap_or(ProfileKind::Other)
}

/// Whether a certificate is that of an authority: one that says so, or whose key only signs lists or certificates, as the
/// former authority GIP-CPS ANONYME.
fn is_of_an_authority(certificate: &Certificate) -> bool {
    let only_signs_lists = |usage: KeyUsage| {
        (usage.crl_sign() || usage.key_cert_sign()) && !usage.digital_signature() && !usage.non_repudiation()
    };
    certificate.is_authority() || certificate.key_usage().is_some_and(only_signs_lists)
}

/// Which CPS, by the register of its holder.
fn cps(common_name: Option<&str>) -> Option<ProfileKind> {
    match common_name.map(|text| HolderId::parse(text).register()) {
        Some(Register::Rpps) => Some(ProfileKind::CpsRpps),
        Some(Register::Adeli) => Some(ProfileKind::CpsAdeli),
        _ => None,
    }
}

/// The type of the card with what the certificate says beyond table G02 (card-types.md section 2). That level 01 of
/// table G04 makes a head is inferred; so is a named member of staff from the title.
fn told_apart(code: u8, kind: ProfileKind, title: Option<&str>, responsibility: Option<u8>) -> CardType {
    let card = CardType::from_g02(code);
    let told = match (code, kind, responsibility) {
        (2, ProfileKind::ServiceCard, _) => Some((Distinction::ServiceCard, TypeEvidence::CertificateTitle)),
        (2, _, Some(1)) => Some((Distinction::Cde, TypeEvidence::CertificateExtension)),
        (3, _, Some(1)) => Some((Distinction::Cda, TypeEvidence::CertificateExtension)),
        (2, _, _) if title == Some(STAFF_TITLE) => Some((Distinction::Cpe, TypeEvidence::CertificateTitle)),
        _ => None,
    };
    told.and_then(|(distinction, evidence)| card.told_apart(distinction, evidence)).unwrap_or(card)
}
