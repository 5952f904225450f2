//! Which card an answer to reset belongs to: the table `atr.csv`, then the historical bytes of the CPx family.
//!
//! Order (card-protocol.md section 1): the exact ATR; the historical bytes `00 12 25 00 64 80`, whose next three bytes
//! give the generation; the contactless mask, which many IAS ECC cards share and which SELECT must confirm.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::iso7816::Atr;

/// The generation of a CPx. It comes from the ATR: the token model of PKCS#11 tells nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Generation {
    /// CPS3: IAS ECC, in circulation since 2011.
    Cps3,
    /// CPS4: ChipDoc, in circulation since 2025.
    Cps4,
    /// Probably a CPS2ter, out of use since 2014 (inferred from one source).
    Older,
    /// The historical bytes of the family with a version that nobody published.
    Unknown,
}

impl Generation {
    /// The stable code: `cps3`, `cps4`, `older`, `unknown`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cps3 => "cps3",
            Self::Cps4 => "cps4",
            Self::Older => "older",
            Self::Unknown => "unknown",
        }
    }
}

/// How the card is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Interface {
    /// By its contacts.
    Contact,
    /// By radio.
    Contactless,
}

impl Interface {
    /// The stable code: `contact`, `contactless`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Contactless => "contactless",
        }
    }
}

/// A kind of card that is not a CPx and that people put in by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Family {
    /// Carte Vitale.
    Vitale,
    /// National identity card.
    Cnie,
    /// Card of a civil servant or agent of the State.
    PublicServant,
    /// Bank card.
    Bank,
    /// Staff card of the Assurance Maladie.
    Cnamts,
    /// Card of an insurer or of another health scheme.
    Insurer,
    /// Another identity document or professional card.
    OtherId,
    /// In no table.
    Unknown,
}

impl Family {
    /// The stable code, as the reader's code in the answer: `foreign-vitale`, … `foreign-unknown`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vitale => "foreign-vitale",
            Self::Cnie => "foreign-cnie",
            Self::PublicServant => "foreign-public-servant",
            Self::Bank => "foreign-bank",
            Self::Cnamts => "foreign-cnamts",
            Self::Insurer => "foreign-insurer",
            Self::OtherId => "foreign-other-id",
            Self::Unknown => "foreign-unknown",
        }
    }

    fn of(word: &str) -> Self {
        match word {
            "vitale" => Self::Vitale,
            "cnie" => Self::Cnie,
            "public-servant" => Self::PublicServant,
            "bank" => Self::Bank,
            "cnamts" => Self::Cnamts,
            "insurer" => Self::Insurer,
            "other-id" => Self::OtherId,
            _ => Self::Unknown,
        }
    }
}

/// What the ATR says of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recognised {
    /// A card of the CPx family.
    Cpx {
        /// Its generation.
        generation: Generation,
        /// How it is reached.
        interface: Interface,
        /// Whether the ATR is shared with other cards, so that only SELECT tells.
        to_confirm: bool,
        /// What the row of the table was tried on; empty for nothing, or for a card outside the table.
        verified_on: &'static str,
    },
    /// Another card.
    Foreign {
        /// Which kind.
        family: Family,
        /// Its name in the table, in English: `Vitale 2`. Empty when it is in no table.
        label: &'static str,
    },
}

/// Says what card has this ATR, without any exchange with it.
///
/// ```
/// use cpx_card::internal::card::{Family, Recognised, recognise};
/// use cpx_card::internal::iso7816::Atr;
/// let atr = Atr::new(&hex::decode("3B751300004309EA9000").unwrap())?;
/// assert!(matches!(recognise(&atr), Recognised::Foreign { family: Family::Vitale, .. }));
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub fn recognise(atr: &Atr) -> Recognised {
    const FAMILY: [u8; 6] = [0x00, 0x12, 0x25, 0x00, 0x64, 0x80];
    let hex = atr.to_string();
    let row = rows().iter().find(|row| matches(&row.atr, &hex));
    let verified_on = row.map_or("", |row| row.verified_on.as_str());
    if let Some(version) = atr.historical().strip_prefix(&FAMILY) {
        let generation = match version {
            [0x00, 0x03, 0x10, ..] => Generation::Cps3,
            [0x04, 0x01, 0x00, ..] | [0x00, 0x04, 0x01, ..] => Generation::Cps4,
            [0x82, 0x02, 0x12, ..] => Generation::Older,
            _ => Generation::Unknown,
        };
        return Recognised::Cpx { generation, interface: Interface::Contact, to_confirm: false, verified_on };
    }
    match row {
        Some(row) if row.family == "cpx" => contactless(verified_on),
        Some(row) => Recognised::Foreign { family: Family::of(&row.family), label: &row.label },
        None => rows()
            .iter()
            .find(|row| row.family == "cpx" && row.interface == "contactless" && matches_masked(row, atr.bytes()))
            .map_or(Recognised::Foreign { family: Family::Unknown, label: "" }, |row| contactless(&row.verified_on)),
    }
}

/// Whether the table has exactly this ATR for a CPx; else only its historical bytes, or its mask, tell one.
pub fn is_listed(atr: &Atr) -> bool {
    let hex = atr.to_string();
    rows().iter().any(|row| row.family == "cpx" && matches(&row.atr, &hex))
}

/// The answer to reset of the cards of a generation that are in circulation, on their contacts, and on what it was tried.
pub fn listed(generation: Generation) -> Option<(&'static Atr, &'static str)> {
    static LISTED: OnceLock<Vec<(Generation, Atr, &'static str)>> = OnceLock::new();
    let listed = LISTED.get_or_init(|| {
        let of_row = |row: &'static Row| {
            let atr = Atr::new(&hex::decode(&row.atr).ok()?).ok()?;
            match recognise(&atr) {
                Recognised::Cpx { generation, interface: Interface::Contact, .. } => {
                    Some((generation, atr, row.verified_on.as_str()))
                }
                _ => None,
            }
        };
        rows().iter().filter_map(of_row).collect()
    });
    listed.iter().find(|(of, ..)| *of == generation).map(|(_, atr, verified_on)| (atr, *verified_on))
}

const fn contactless(verified_on: &'static str) -> Recognised {
    let (generation, interface) = (Generation::Cps3, Interface::Contactless);
    Recognised::Cpx { generation, interface, to_confirm: true, verified_on }
}

/// A row of the table; `atr` may hold `[..]` for one of several half bytes and end with `*` for any rest.
#[derive(Debug, Deserialize)]
struct Row {
    atr: String,
    mask: String,
    interface: String,
    family: String,
    label: String,
    verified_on: String,
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| csv::Reader::from_reader(TABLE.as_bytes()).deserialize().flatten().collect())
}

const TABLE: &str = include_str!("atr.csv");

/// Whether the half bytes of an ATR are those of a pattern of the table.
fn matches(pattern: &str, hex: &str) -> bool {
    let mut hex = hex.chars();
    let mut pattern = pattern.chars();
    while let Some(wanted) = pattern.next() {
        let accepted = match wanted {
            '*' => return true,
            '[' => {
                let found = hex.next();
                // all alternatives are looked at, so that the pattern goes on behind the bracket
                pattern.by_ref().take_while(|alternative| *alternative != ']').filter(|a| Some(*a) == found).count() > 0
            }
            _ => hex.next() == Some(wanted),
        };
        if !accepted {
            return false;
        }
    }
    hex.next().is_none()
}

/// Whether an ATR agrees with a row on every bit of its mask. Masks are as long as their ATR, or empty.
fn matches_masked(row: &Row, atr: &[u8]) -> bool {
    let (Ok(wanted), Ok(mask)) = (hex::decode(&row.atr), hex::decode(&row.mask)) else { return false };
    mask.len() == atr.len()
        && atr.iter().zip(&wanted).zip(&mask).all(|((found, wanted), mask)| found & mask == wanted & mask)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(hex: &str) -> Recognised {
        recognise(&Atr::new(&hex::decode(hex).unwrap()).unwrap())
    }

    fn generation(hex: &str) -> Option<(Generation, Interface, bool)> {
        match card(hex) {
            Recognised::Cpx { generation, interface, to_confirm, .. } => Some((generation, interface, to_confirm)),
            Recognised::Foreign { .. } => None,
        }
    }

    #[test]
    fn a_card_is_listed_when_its_whole_answer_to_reset_is() {
        let is_listed = |hex: &str| is_listed(&Atr::new(&hex::decode(hex).unwrap()).unwrap());
        assert!(is_listed("3BAC00402A001225006480000310009000"));
        assert!(!is_listed("3BAC00402A001225006480000311009000"), "only its historical bytes tell it");
        assert!(!is_listed("3B751300004309EA9000"), "a carte Vitale");
    }

    #[test]
    fn every_row_of_the_table_is_loaded_and_recognised_as_what_it_says() {
        assert_eq!(rows().len() + 1, TABLE.lines().count());
        for row in rows() {
            assert!(row.mask.is_empty() || row.mask.len() == row.atr.len(), "{}", row.atr);
            let example = row.atr.replace("[2C]", "2").replace("[F6]", "F").replace("[34]", "3").replace('*', "00");
            match card(&example) {
                Recognised::Cpx { interface, verified_on, .. } => {
                    assert_eq!((row.family.as_str(), row.interface.as_str()), ("cpx", interface.code()), "{example}");
                    assert_eq!(verified_on, row.verified_on);
                }
                Recognised::Foreign { family, label } => {
                    assert_eq!((family, label), (Family::of(&row.family), row.label.as_str()), "{example}");
                    assert!(
                        family != Family::Unknown || row.family == "ambiguous",
                        "{} has no family here",
                        row.family
                    );
                }
            }
        }
    }

    #[test]
    fn generations_come_from_the_historical_bytes() {
        use Generation::{Cps3, Cps4, Older, Unknown};
        use Interface::{Contact, Contactless};
        for (atr, expected) in [
            ("3BAC00402A001225006480000310009000", Some((Cps3, Contact, false))),
            ("3BAC0040FF001225006480000310019000", Some((Cps3, Contact, false))), // another batch
            ("3B9B188001001225006480040100009044", Some((Cps4, Contact, false))),
            ("3B9B188001001225006480000401009044", Some((Cps4, Contact, false))),
            ("3BDC18FF00001225006480000401009000", Some((Cps4, Contact, false))),
            ("3BAC00402A001225006480820212009000", Some((Older, Contact, false))),
            ("3BAC00402A001225006480050000009000", Some((Unknown, Contact, false))),
            ("3B8F80010031B86404B0ECC1739401808290000E", Some((Cps3, Contactless, true))),
            ("3B8F80010031B86499B0EDC5739401808290000E", None), // byte 11 is not free
            ("3B8F80010031B864FFFFECC1739401808290000E", Some((Cps3, Contactless, true))),
            ("3B8F80010031B86404B0ECFF739401808290000E", Some((Cps3, Contactless, true))),
            ("3B8F80010031B86404B0ECC1739401808290000F", None),
            ("3B00", None),
        ] {
            assert_eq!(generation(atr), expected, "{atr}");
        }
    }

    #[test]
    fn a_prefix_and_a_bracket_are_patterns_of_half_bytes() {
        assert!(matches!(card("3B6500002063CB6600"), Recognised::Foreign { family: Family::Bank, .. }));
        assert!(matches!(card("3F6525002C09F99000"), Recognised::Foreign { family: Family::Vitale, .. }));
        assert!(matches!(card("3F6525002D09F99000"), Recognised::Foreign { family: Family::Unknown, label: "" }));
    }
}
