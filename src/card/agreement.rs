//! Whether chip and certificate speak of the same card and the same person, field by field.
//!
//! The chip says it in its data objects, the certificates in subject and extensions, and both can be read without a
//! code. Windows keeps copies of certificates: one of another card among them is the usual reason of a disagreement.

use serde::{Deserialize, Serialize};

use super::reading::CardReading;
use crate::certificate::{Certificate, Profile};
use crate::identity::{CardNumber, CardType, Category, Date, HolderId, Name, StructureId};

/// What can disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Field {
    /// The card number: the certificate is one of another card.
    CardNumber,
    /// The type of the card, by its code of table G02.
    CardType,
    /// The category: a real card and a test certificate.
    Category,
    /// The identifier of the holder.
    HolderId,
    /// The surname.
    Surname,
    /// The given name.
    GivenName,
    /// The structure (between two certificates).
    Structure,
    /// The start of the validity.
    ValidFrom,
    /// The end of the validity.
    ValidUntil,
}

impl Field {
    /// The stable code of the field: `card-number`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CardNumber => "card-number",
            Self::CardType => "card-type",
            Self::Category => "category",
            Self::HolderId => "holder-id",
            Self::Surname => "surname",
            Self::GivenName => "given-name",
            Self::Structure => "structure",
            Self::ValidFrom => "valid-from",
            Self::ValidUntil => "valid-until",
        }
    }

    /// The stable code of what its disagreement means: `certificate-of-another-card`, `certificate-of-another-holder`,
    /// or `differs`.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::CardNumber => "certificate-of-another-card",
            Self::HolderId => "certificate-of-another-holder",
            _ => "differs",
        }
    }
}

/// One field in which two sides differ. The values are masked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Disagreement {
    /// The field.
    pub field: Field,
    /// What the first side says, masked where it identifies somebody: the chip, or the first certificate.
    pub one: String,
    /// What the certificate, or the second certificate, says, masked as well.
    pub other: String,
}

/// The fields in which a certificate does not say what the chip says, in the order of [`Field`]. A field that either
/// side leaves out is not compared.
///
/// Names are compared without case, accents and punctuation, and up to the 27 characters of the chip; days may be one
/// apart, because a certificate counts them in universal time. The certificate of a card of more than four years (a
/// CPS4 has six) only has to lie within the validity of the card: whether it lasts as long is not known.
pub fn disagreements_with_chip(card: &CardReading, certificate: &Certificate) -> Vec<Disagreement> {
    compare(&Claims::of_chip(card), &Claims::of(certificate))
}

/// The fields in which two certificates of one card differ, in the order of [`Field`].
pub fn disagreements_between(one: &Certificate, other: &Certificate) -> Vec<Disagreement> {
    compare(&Claims::of(one), &Claims::of(other))
}

/// What one side says. What is `None` is not compared.
#[derive(Default)]
struct Claims {
    number: Option<CardNumber>,
    card_type: Option<CardType>,
    category: Option<Category>,
    holder_id: Option<HolderId>,
    surname: Option<Name>,
    given_name: Option<Name>,
    valid_from: Option<Date>,
    valid_until: Option<Date>,
    /// Only certificates name it.
    structure: Option<StructureId>,
}

impl Claims {
    fn of_chip(card: &CardReading) -> Self {
        Self {
            number: card.card.number.clone(),
            card_type: card.card_type,
            category: card.card.category,
            holder_id: card.holder.id.clone(),
            surname: card.holder.surname.clone(),
            given_name: card.holder.given_name.clone(),
            valid_from: card.card.valid_from,
            valid_until: card.card.valid_until,
            structure: None,
        }
    }

    fn of(certificate: &Certificate) -> Self {
        let profile = Profile::of(certificate);
        Self {
            number: profile.card_number,
            card_type: profile.card_type,
            category: profile.category,
            holder_id: profile.holder_id,
            surname: profile.surname,
            given_name: profile.given_name,
            valid_from: Some(certificate.not_before().date()),
            valid_until: Some(certificate.not_after().date()),
            structure: profile.structure,
        }
    }
}

fn compare(one: &Claims, two: &Claims) -> Vec<Disagreement> {
    let mut found = Vec::new();
    differ(&mut found, Field::CardNumber, one.number.as_ref(), two.number.as_ref(), PartialEq::eq);
    if let (Some(one), Some(other)) = (one.card_type, two.card_type)
        && one.g02() != other.g02()
    {
        let (one, other) = (one.label().to_owned(), other.label().to_owned());
        found.push(Disagreement { field: Field::CardType, one, other });
    }
    if let (Some(one), Some(other)) = (one.category, two.category)
        && one != other
    {
        let (one, other) = (format!("{:02X}", one.g01()), format!("{:02X}", other.g01()));
        found.push(Disagreement { field: Field::Category, one, other });
    }
    differ(&mut found, Field::HolderId, one.holder_id.as_ref(), two.holder_id.as_ref(), same_holder);
    differ(&mut found, Field::Surname, written(one.surname.as_ref()), written(two.surname.as_ref()), same_surname);
    let given = (written(one.given_name.as_ref()), written(two.given_name.as_ref()));
    differ(&mut found, Field::GivenName, given.0, given.1, same_given_name);
    differ(&mut found, Field::Structure, one.structure.as_ref(), two.structure.as_ref(), PartialEq::eq);
    let long = match (one.valid_from, one.valid_until) {
        (Some(from), Some(until)) => from.days_until(until) > LONG_CARD_DAYS,
        _ => false,
    };
    let from = (one.valid_from.as_ref(), two.valid_from.as_ref());
    let until = (one.valid_until.as_ref(), two.valid_until.as_ref());
    differ(&mut found, Field::ValidFrom, from.0, from.1, |one, other| {
        let days = one.days_until(*other);
        days.abs() <= 1 || (long && days.is_positive())
    });
    differ(&mut found, Field::ValidUntil, until.0, until.1, |one, other| {
        let days = one.days_until(*other);
        days.abs() <= 1 || (long && days.is_negative())
    });
    found
}

/// Four years: a CPS3 has three, a CPS4 six.
const LONG_CARD_DAYS: i64 = 4 * 366;

/// Characters of a name on the chip.
const CHIP_NAME: usize = 27;

fn differ<T: std::fmt::Display>(
    found: &mut Vec<Disagreement>,
    field: Field,
    one: Option<&T>,
    other: Option<&T>,
    same: impl Fn(&T, &T) -> bool,
) {
    if let (Some(one), Some(other)) = (one, other)
        && !same(one, other)
    {
        found.push(Disagreement { field, one: one.to_string(), other: other.to_string() });
    }
}

/// The name, when something is written.
fn written(name: Option<&Name>) -> Option<&Name> {
    name.filter(|name| !name.folded().is_empty())
}

fn same_holder(one: &HolderId, other: &HolderId) -> bool {
    let parts = |id: &HolderId| (id.register(), id.identifier().to_owned(), id.register_number().map(str::to_owned));
    parts(one) == parts(other)
}

fn same_surname(one: &Name, other: &Name) -> bool {
    let (plain_one, plain_other) = (one.folded(), other.folded());
    // The chip has no room for more.
    let cut = |name: &Name, plain: &str, longer: &str| {
        name.reveal().chars().count() >= CHIP_NAME && longer.starts_with(plain)
    };
    plain_one == plain_other || cut(one, &plain_one, &plain_other) || cut(other, &plain_other, &plain_one)
}

/// One side may give the first of several given names.
fn same_given_name(one: &Name, other: &Name) -> bool {
    let starts = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '));
    let (plain_one, plain_other) = (one.folded(), other.folded());
    same_surname(one, other) || starts(&plain_one, &plain_other) || starts(&plain_other, &plain_one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate(name: &str) -> Certificate {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pki/certificates");
        Certificate::parse(&std::fs::read(folder.join(name)).unwrap()).unwrap()
    }

    fn against(chip: &Claims, name: &str) -> Vec<Disagreement> {
        compare(chip, &Claims::of(&certificate(name)))
    }

    fn chip() -> Claims {
        Claims {
            number: Some(CardNumber::parse("0022000011").unwrap()),
            card_type: Some(CardType::CPS),
            category: Some(Category::Real),
            holder_id: Some(HolderId::parse("899700366240")),
            surname: Some(Name::from_text("DOC0036624")),
            given_name: Some(Name::from_text("Kit")),
            valid_from: Some("2025-09-01".parse().unwrap()),
            valid_until: Some("2028-09-01".parse().unwrap()),
            structure: None,
        }
    }

    fn fields(found: &[Disagreement]) -> Vec<&'static str> {
        found.iter().map(|disagreement| disagreement.field.code()).collect()
    }

    #[test]
    fn chip_and_certificates_of_one_card_agree() {
        for name in ["cps-medecin.auth.der", "cps-medecin.sign.der"] {
            assert_eq!(against(&chip(), name), []);
        }
        assert_eq!(against(&Claims::default(), "cps-medecin.auth.der"), []);
    }

    #[test]
    fn every_field_of_another_card_is_named() {
        let found = against(&chip(), "cpe-employe.auth.der");
        assert_eq!(fields(&found)[..3], ["card-number", "card-type", "holder-id"]);
        let test = against(&chip(), "cps-test.auth.der");
        assert!(fields(&test).contains(&"category"), "{test:?}");
        let other = against(
            &Claims {
                surname: Some(Name::from_text("AUTRE")),
                given_name: Some(Name::from_text("NOM")),
                valid_from: Some("2025-09-03".parse().unwrap()),
                valid_until: Some("2027-09-01".parse().unwrap()),
                ..chip()
            },
            "cps-medecin.auth.der",
        );
        assert_eq!(fields(&other), ["surname", "given-name", "valid-from", "valid-until"]);
        assert_eq!((other[0].one.as_str(), other[3].other.as_str()), ("***RE", "2028-09-01"));
        assert!(!format!("{found:?}{other:?}").contains("DOC0036624"));
    }

    #[test]
    fn both_certificates_of_every_card_agree() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pki/certificates");
        let mut pairs = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if let Some(stem) = name.strip_suffix(".auth.der") {
                let signature = certificate(&format!("{stem}.sign.der"));
                assert_eq!(disagreements_between(&certificate(&name), &signature), [], "{stem}");
                pairs += 1;
            }
        }
        assert!(pairs > 20);
        let mixed = disagreements_between(&certificate("cpe-employe.auth.der"), &certificate("cpe-la-poste.sign.der"));
        assert!(fields(&mixed).contains(&"structure") && fields(&mixed).contains(&"card-number"), "{mixed:?}");
    }

    #[test]
    fn names_are_compared_as_people_write_them() {
        let same = |one: &str, other: &str| same_surname(&Name::from_text(one), &Name::from_text(other));
        assert!(same("LEFÈVRE", "Lefevre") && same("D'ARTAGNAN", "D ARTAGNAN") && same("CŒUR", "COEUR"));
        assert!(same("E\u{301}LOI", "ÉLOI") && same("SAINT-JEAN", "SAINT JEAN "));
        assert!(!same("MARTIN", "MARTINE") && !same("LE FEVRE", "LEFEVRE"));
        assert!(same("ABCDEFGHIJKLMNOPQRSTUVWXYZA", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF"));
        let capitals = "ÀÁÂÃÄÅ Æ Ç ÈÉÊË ÌÍÎÏ Ñ ÒÓÔÕÖØ Œ ÙÚÛÜ ÝŸ";
        let folded = |text: &str| Name::from_text(text).folded();
        assert_eq!(folded(capitals), "AAAAAA AE C EEEE IIII N OOOOOO OE UUUU YY");
        assert_eq!(folded(&capitals.to_lowercase()), folded(capitals));
        let given = |one: &str, other: &str| same_given_name(&Name::from_text(one), &Name::from_text(other));
        assert!(given("MARIE", "MARIE CLAUDE") && !given("MARIE", "MARIETTE"));
    }

    #[test]
    fn a_card_of_six_years_may_outlive_its_certificate() {
        let six = Claims { valid_until: Some("2031-09-01".parse().unwrap()), ..chip() };
        assert_eq!(against(&six, "cps-medecin.auth.der"), []);
        let ended = Claims {
            valid_from: Some("2020-09-01".parse().unwrap()),
            valid_until: Some("2026-09-01".parse().unwrap()),
            ..chip()
        };
        assert_eq!(fields(&against(&ended, "cps-medecin.auth.der")), ["valid-until"]);
        let later = Claims { valid_from: Some("2026-01-01".parse().unwrap()), ..six };
        assert_eq!(fields(&against(&later, "cps-medecin.auth.der")), ["valid-from"]);
        // four years, and a day more
        for (until, expected) in [("2029-09-04", vec!["valid-until"]), ("2029-09-05", vec![])] {
            let card = Claims { valid_until: Some(until.parse().unwrap()), ..chip() };
            assert_eq!(fields(&against(&card, "cps-medecin.auth.der")), expected);
        }
    }
}
