//! What is told beside the verdict for a card that is to come: what of the workstation knows it, and how that is known.

use serde::Serialize;

use cpx_card::internal::card::Generation;
use cpx_card::internal::readiness::{Awaited, Diagnosis};
use cpx_card::internal::workstation::facts::Family;

use super::diagnosis_words::Words;
use super::page::{BAD, CAREFUL, GOOD, Page};

/// A card that is to come.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ForCardView {
    /// Its generation: `cps3`, `cps4`.
    card: &'static str,
    /// The generation of the card in the reader.
    in_reader: Option<&'static str>,
    /// The version of the Cryptolib.
    cryptolib: Option<String>,
    /// The lowest version of the Cryptolib that will do for the card.
    minimum: Option<&'static str>,
    /// Whether the card signs with RSA-PSS by this Cryptolib; null where that does not know it, or tells no version.
    rsa_pss: Option<bool>,
    /// Whether the table of Windows has an entry for the card; null elsewhere, or where that was not seen.
    windows_knows: Option<bool>,
    /// On what this was tried: `virtual card` where nobody tried a real one.
    verified_on: &'static str,
}

impl ForCardView {
    /// The card that is to come, where that was asked about.
    pub(super) fn of(diagnosis: &Diagnosis) -> Option<Self> {
        let awaited = diagnosis.awaited.as_ref()?;
        Some(Self {
            card: awaited.generation.code(),
            in_reader: awaited.in_reader.map(Generation::code),
            cryptolib: awaited.cryptolib.clone(),
            minimum: awaited.minimum,
            rsa_pss: awaited.rsa_pss,
            windows_knows: awaited.windows_knows,
            verified_on: awaited.verified_on,
        })
    }
}

impl Page<'_> {
    /// What of the workstation knows the card, and what was not tried.
    pub(super) fn awaited(&mut self, awaited: &Awaited, words: &Words<'_>) {
        let card = words.generation(awaited.generation);
        let mut row = |known: Option<bool>, key: &str, version: &str| {
            let (style, mark) = match known {
                Some(true) => (GOOD, "✓"),
                Some(false) => (BAD, "✗"),
                None => (CAREFUL, "?"),
            };
            let values = [("card", card.as_str()), ("version", version), ("since", awaited.minimum.unwrap_or("?"))];
            self.marked(style, mark, &self.texts.with(key, &values));
        };
        match &awaited.cryptolib {
            Some(version) => row(Some(awaited.rsa_pss.is_some()), "awaited-cryptolib", version),
            None => row(None, "awaited-cryptolib-unknown", ""),
        }
        if let Some(known) = awaited.windows_knows {
            row(Some(known), if known { "awaited-table" } else { "awaited-table-without" }, "");
        }
        let of_windows = words.is_on(Family::Windows);
        let pss = match (awaited.rsa_pss, of_windows) {
            (Some(true), true) => Some("awaited-pss-by-module"),
            (Some(true), false) => Some("awaited-pss"),
            (Some(false), _) => Some("awaited-without-pss"),
            (None, _) => None,
        };
        let mut notes: Vec<_> = pss.map(|key| self.texts.with(key, &[("card", &card)])).into_iter().collect();
        let in_reader = match awaited.in_reader {
            Some(generation) => {
                self.texts.with("awaited-in-reader", &[("today", &words.generation(generation)), ("card", &card)])
            }
            None => self.texts.with("awaited-no-card", &[("card", &card)]),
        };
        notes.push(in_reader);
        if !awaited.verified_on.contains("real") {
            notes.push(self.texts.with("awaited-assumption", &[("card", &card)]));
        }
        for note in notes {
            let note = self.texts.folded("  ", "", &note);
            self.note(&note);
        }
    }
}
