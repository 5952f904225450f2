//! What a card says in codes of the published tables, with the French words for it.

use std::fmt;

use super::codes::{self, Table};

/// A profession of table G15, or that of somebody in training for it. What software asks about has a constant; compare with
/// these, or by [`Profession::code`].
///
/// ```
/// use cpx_card::Profession;
///
/// let reading = cpx_simulator::cards(&["cps-medecin"])?.read()?;
/// let reader = reading.first_card().unwrap();
/// assert_eq!(reader.profession(), Some(Profession::MEDECIN));
/// assert_eq!(reader.profession().unwrap().to_string(), "Médecin");
/// # Ok::<(), cpx_card::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Profession(u8);

impl Profession {
    /// 10.
    pub const MEDECIN: Self = Self(10);
    /// 21.
    pub const PHARMACIEN: Self = Self(21);
    /// 40.
    pub const CHIRURGIEN_DENTISTE: Self = Self(40);
    /// 50.
    pub const SAGE_FEMME: Self = Self(50);
    /// 60.
    pub const INFIRMIER: Self = Self(60);
    /// 70.
    pub const MASSEUR_KINESITHERAPEUTE: Self = Self(70);

    /// The profession with this number of table G15; any number is kept.
    pub const fn from_code(code: u8) -> Self {
        Self(code)
    }

    /// Its number in table G15: 10 for a physician; 0 to 255.
    pub const fn code(self) -> u8 {
        self.0
    }

    /// Its French name: "Médecin"; `None` for a number that the table does not have.
    pub fn label(self) -> Option<&'static str> {
        codes::profession_label(self.0)
    }
}

/// The label, or the number where there is none.
impl fmt::Display for Profession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.label() {
            Some(label) => f.write_str(label),
            None => self.0.fmt(f),
        }
    }
}

/// A civility of table G03: "Madame", "Monsieur".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Civility(u8);

impl Civility {
    pub(crate) const fn from_code(code: u8) -> Self {
        Self(code)
    }

    /// Its number in table G03: 0 to 255.
    pub const fn code(self) -> u8 {
        self.0
    }

    /// The word, in full; `None` for a number that the table does not have.
    pub fn label(self) -> Option<&'static str> {
        codes::civility_label(self.0)
    }
}

/// A code of letters and digits, its table and its words.
macro_rules! coded {
    ($(#[$doc:meta])+ $name:ident, $table:ident) => {
        $(#[$doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            pub(crate) fn from_code(code: &str) -> Self {
                Self(code.to_owned())
            }

            /// The code, as the card has it: hostile text.
            pub fn code(&self) -> &str {
                &self.0
            }

            /// Its French words; `None` for a code that the table does not have.
            pub fn label(&self) -> Option<&'static str> {
                codes::label(Table::$table, self.0.trim_end_matches(' '))
            }
        }
    };
}

coded! {
    /// A speciality or qualification of table R01: `SM26`.
    Speciality, R01
}

coded! {
    /// A language of table G00, two letters (ISO 639-1): `fr`.
    Language, G00
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_those_of_the_table() {
        use Profession as P;
        let named = [P::MEDECIN, P::PHARMACIEN, P::CHIRURGIEN_DENTISTE, P::SAGE_FEMME, P::INFIRMIER];
        let labels = named.map(|one| one.label().unwrap());
        assert_eq!(labels, ["Médecin", "Pharmacien", "Chirurgien-Dentiste", "Sage-Femme", "Infirmier"]);
        assert_eq!(P::MASSEUR_KINESITHERAPEUTE.to_string(), "Masseur-Kinésithérapeute");
        assert_eq!((P::from_code(1).label(), P::from_code(1).to_string()), (None, "1".to_owned()));
    }
}
