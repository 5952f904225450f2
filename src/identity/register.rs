//! The registers that number health professionals and structures, and the shape of what they hand out.

/// Who gave an identifier: the register that a type digit (tables G07 and G08) stands for.
///
/// A holder identifier and a structure identifier use different digits for the same register: FINESS is 3 in the
/// first and 1 in the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Register {
    /// The directory of health professionals: 11 digits; real numbers begin with 1, test ones with 99.
    Rpps,
    /// The former directory of professionals: 9 characters, a department (`75`, `2A`) first.
    Adeli,
    /// A practice by the ADELI number of its owner: 9 characters, in the newer form with a rank of 2 digits.
    AdeliPractice,
    /// The regional health administration, for interns: retired in 2020, shape unknown.
    Drass,
    /// The directory of establishments, legal entities and sites alike: 9 characters, a department first.
    Finess,
    /// The legal unit in the French directory of companies: 9 digits.
    Siren,
    /// A place of business of a legal unit: its SIREN and 5 digits.
    Siret,
    /// A practice by the RPPS number of its owner: 11 digits and a rank of 3.
    RppsPractice,
    /// The number of a student: retired in 2022, shape unknown.
    Student,
    /// No type digit, or one that no register has.
    Unknown,
}

impl Register {
    /// The stable code, in capitals: `RPPS`, `CABINET-ADELI`, …, `UNKNOWN`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rpps => "RPPS",
            Self::Adeli => "ADELI",
            Self::AdeliPractice => "CABINET-ADELI",
            Self::Drass => "DRASS",
            Self::Finess => "FINESS",
            Self::Siren => "SIREN",
            Self::Siret => "SIRET",
            Self::RppsPractice => "CABINET-RPPS",
            Self::Student => "ETUDIANT",
            Self::Unknown => "UNKNOWN",
        }
    }

    /// How many characters its identifiers have; empty when nobody wrote it down.
    pub(super) const fn lengths(self) -> &'static [usize] {
        match self {
            Self::Rpps => &[11],
            Self::Adeli | Self::Finess | Self::Siren => &[9],
            Self::AdeliPractice => &[9, 11],
            Self::Siret | Self::RppsPractice => &[14],
            Self::Drass | Self::Student | Self::Unknown => &[],
        }
    }

    /// How many characters the check digit covers, itself included: the rank of a practice is outside.
    pub(super) const fn checked_length(self) -> Option<usize> {
        match self {
            Self::Rpps | Self::RppsPractice => Some(11),
            Self::Adeli | Self::AdeliPractice | Self::Finess | Self::Siren => Some(9),
            Self::Siret => Some(14),
            Self::Drass | Self::Student | Self::Unknown => None,
        }
    }

    /// Whether its identifiers begin with a department, whose second character may be a letter.
    pub(super) const fn has_department(self) -> bool {
        matches!(self, Self::Adeli | Self::AdeliPractice | Self::Finess)
    }

    /// Whether it numbers structures: only these can be compared between a person's identifier and a structure's.
    pub(super) const fn is_of_structures(self) -> bool {
        matches!(self, Self::AdeliPractice | Self::Finess | Self::Siren | Self::Siret | Self::RppsPractice)
    }
}
