//! How much of a person's data is shown.

use std::fmt::Display;

use cpx_card::internal::certificate::Explanation;
use cpx_card::internal::readiness::CertificateVerdict;

use super::sanitise;

/// How much of a person's data is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Disclosure {
    /// Names, identifiers, numbers and serials end with their last three characters; the rest is stars.
    #[default]
    Masked,
    /// In full.
    Full,
}

impl Disclosure {
    /// How much is shown of the names in a certificate or a request: those of an organisation always, those of a person when
    /// asked.
    pub(super) fn of_names(self, told: &Explanation) -> Self {
        if told.names_a_person { self } else { Self::Full }
    }

    /// The text to show for a masked value: its `Display`, or what it reveals.
    pub(super) fn show(self, masked: &impl Display, revealed: &str) -> String {
        match self {
            Self::Masked => sanitise(&masked.to_string()),
            Self::Full => sanitise(revealed),
        }
    }
}

/// The issuer's name in full, but for a certificate that a person signed for itself.
pub(super) fn issuer(one: &CertificateVerdict, disclosure: Disclosure) -> String {
    let (certificate, name) = (&one.certificate, one.certificate.issuer());
    let is_of_a_person = certificate.is_self_issued() && !certificate.is_authority();
    if is_of_a_person { disclosure.show(name, &name.reveal()) } else { sanitise(&name.reveal()) }
}
