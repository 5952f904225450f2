//! What goes from a card into form F413: card number, surname, given name.

use cpx_card::internal::certificate::{Certificate, Profile};
use cpx_card::internal::facts::CardReading;
use cpx_card::internal::identity::{CardNumber, ChipSerial, HolderId, Name};

/// The lines of form F413 (sections 3.2 and 4.1) that a card fills, and the numbers that are often put there by mistake.
/// Everything prints masked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FormLines {
    /// "N° de carte": ten digits.
    pub card_number: Option<CardNumber>,
    /// "Nom figurant sur la carte", as the chip writes it: the print may have accents or a usage name.
    pub surname: Option<Name>,
    /// "Prénom figurant sur la carte".
    pub given_name: Option<Name>,
    /// Not a card number: the identifier of the holder.
    pub not_holder_id: Option<HolderId>,
    /// Not a card number: the serial of the chip.
    pub not_chip_serial: Option<ChipSerial>,
}

impl FormLines {
    /// The lines of a card: what the chip says, and where it is silent what a certificate of the card says.
    pub fn of(card: &CardReading) -> Self {
        let certificates = card.certificates.iter().flatten();
        let profiles: Vec<_> = certificates
            .filter_map(|certificate| Certificate::parse(&certificate.der).ok())
            .map(|certificate| Profile::of(&certificate))
            .collect();
        let named = |name: &Option<Name>| name.clone().filter(|name| !name.reveal().trim().is_empty());
        let from_profiles = |field: fn(&Profile) -> Option<Name>| profiles.iter().find_map(field);
        let number = profiles.iter().find_map(|profile| profile.card_number.clone());
        Self {
            card_number: card.card.number.clone().or(number),
            surname: named(&card.holder.surname).or_else(|| from_profiles(|profile| profile.surname.clone())),
            given_name: named(&card.holder.given_name).or_else(|| from_profiles(|profile| profile.given_name.clone())),
            not_holder_id: card.holder.id.clone(),
            not_chip_serial: card.chip_serial.clone(),
        }
    }

    /// Whether there is a surname and a given name.
    pub fn is_named(&self) -> bool {
        self.surname.is_some() && self.given_name.is_some()
    }
}
