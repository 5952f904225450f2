//! The type of a card, table G02, and what may be told apart beyond it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The type of a card, table G02: first byte of `CPS_INFO_PS` tag 80, or certificate extension 1.2.250.1.71.1.2.2.
///
/// The published table has four types: CDE and CPE share one, CDA and CPA too. Whether a card opens a right rests on the code
/// alone; what tells them apart is [`Reader::distinction`](crate::Reader::distinction).
///
/// ```
/// use cpx_card::CardType;
///
/// let card = CardType::from_g02(2);
/// assert_eq!((card, card.label()), (CardType::CDE_CPE, "CDE/CPE"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CardType {
    code: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    distinction: Option<(Distinction, TypeEvidence)>,
}

impl CardType {
    /// CPS, the card of a health professional.
    pub const CPS: Self = Self::from_g02(0);
    /// CPF, the card of a professional in training.
    pub const CPF: Self = Self::from_g02(1);
    /// CDE/CPE, the card of the head or the staff of a structure that treats patients.
    pub const CDE_CPE: Self = Self::from_g02(2);
    /// CDA/CPA, the card of the head or the staff of an organisation that does not.
    pub const CDA_CPA: Self = Self::from_g02(3);

    /// The type with this code of table G02. Codes above 3 are kept.
    pub const fn from_g02(code: u8) -> Self {
        Self { code, distinction: None }
    }

    /// The code of table G02: 0 to 3, or another that the card gave.
    pub const fn g02(self) -> u8 {
        self.code
    }

    /// Whether table G02 has the code.
    pub const fn is_known(self) -> bool {
        self.code <= 3
    }

    /// The name that the code allows: `CPS`, `CPF`, `CDE/CPE`, `CDA/CPA`, and `CPx` for a code outside the table.
    pub const fn label(self) -> &'static str {
        match self.code {
            0 => "CPS",
            1 => "CPF",
            2 => "CDE/CPE",
            3 => "CDA/CPA",
            _ => "CPx",
        }
    }

    /// The most exact name that was shown: that of the distinction, else [`label`](Self::label). A named member of staff
    /// is only probable from a certificate's title (card-types.md section 2): its name stays that of the code.
    #[doc(hidden)]
    pub const fn finest_label(self) -> &'static str {
        match self.distinction {
            None | Some((Distinction::Cpe, TypeEvidence::CertificateTitle)) => self.label(),
            Some((distinction, _)) => distinction.label(),
        }
    }

    /// What this card is more exactly, and what shows it; `None` when nothing was read that tells.
    #[doc(hidden)]
    pub const fn distinction(self) -> Option<(Distinction, TypeEvidence)> {
        self.distinction
    }

    /// The same type, told apart by the best evidence of these of the same code; as it is where none tells more.
    #[must_use]
    #[doc(hidden)]
    pub fn told_apart_by(self, others: impl IntoIterator<Item = Self>) -> Self {
        let finer = others.into_iter().filter_map(Self::distinction);
        let best = finer.min_by_key(|(_, evidence)| *evidence);
        best.and_then(|(distinction, evidence)| self.told_apart(distinction, evidence)).unwrap_or(self)
    }

    /// The same type, told apart by this evidence; `None` when the code contradicts it (a CDA is no card of code 2).
    #[must_use]
    #[doc(hidden)]
    pub const fn told_apart(self, distinction: Distinction, evidence: TypeEvidence) -> Option<Self> {
        if self.code == distinction.g02() {
            Some(Self { distinction: Some((distinction, evidence)), ..self })
        } else {
            None
        }
    }
}

/// Its name: `CPS`.
impl fmt::Display for CardType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// What table G02 does not tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Distinction {
    /// CDE: the head of a structure that treats patients.
    Cde,
    /// CPE: a named member of its staff.
    Cpe,
    /// A CPE that belongs to a function or a post and names nobody.
    ServiceCard,
    /// CDA: the head of an organisation that does not treat patients.
    Cda,
    /// CPA: a member of its staff.
    Cpa,
}

impl Distinction {
    /// The code of table G02 that such a card has: 2 or 3.
    pub const fn g02(self) -> u8 {
        match self {
            Self::Cde | Self::Cpe | Self::ServiceCard => 2,
            Self::Cda | Self::Cpa => 3,
        }
    }

    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cde => "cde",
            Self::Cpe => "cpe",
            Self::ServiceCard => "service-card",
            Self::Cda => "cda",
            Self::Cpa => "cpa",
        }
    }

    /// The name of the card; a service card is a `CPE`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Cde => "CDE",
            Self::Cpe | Self::ServiceCard => "CPE",
            Self::Cda => "CDA",
            Self::Cpa => "CPA",
        }
    }
}

/// What shows the type of a card, the most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TypeEvidence {
    /// A data object on the chip.
    ChipObject,
    /// A private extension of a certificate (the level of responsibility G04 separates CDE from CPE: inferred).
    CertificateExtension,
    /// The title or the pseudonym in the subject of a certificate ("Carte de service santé ou social").
    CertificateTitle,
}

impl TypeEvidence {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ChipObject => "chip-object",
            Self::CertificateExtension => "certificate-extension",
            Self::CertificateTitle => "certificate-title",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::codes::{self, Table};

    #[test]
    fn labels_are_those_in_brackets_in_the_table() {
        for code in 0..=u8::MAX {
            let card = CardType::from_g02(code);
            match codes::label(Table::G02, &format!("{code:02}")) {
                Some(label) => assert!(card.is_known() && label.ends_with(&format!("({})", card.label())), "{label}"),
                None => assert!(!card.is_known() && card.label() == "CPx", "{code}"),
            }
            assert_eq!(card.g02(), code);
        }
    }

    #[test]
    fn a_distinction_is_one_of_its_code() {
        let evidence = TypeEvidence::CertificateExtension;
        let all = [Distinction::Cde, Distinction::Cpe, Distinction::ServiceCard, Distinction::Cda, Distinction::Cpa];
        for distinction in all {
            for code in 0..=4 {
                let card = CardType::from_g02(code);
                let told = card.told_apart(distinction, evidence);
                assert_eq!(told.is_some(), card.label().split('/').any(|name| name == distinction.label()));
                assert!(told.is_none_or(|told| told.distinction() == Some((distinction, evidence))));
            }
        }
    }
}
