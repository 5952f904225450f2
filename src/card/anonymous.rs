//! A card as it is sent: with what tells nobody apart.
//!
//! What is kept is chosen, never what is dropped: generation, interface, type, category, profession, the state of the
//! code, the month of the end. Names and numbers become pseudonyms of one length; civility, specialities and languages go.

use super::certificate::{CertificateContent, CertificateFacts, CertificateSource, PublicCertificate};
use super::dialogue::ExchangeCount;
use super::objects::{CardIdentification, DataObjects, Holder, KeptField, KeptReason};
use super::reading::CardReading;
use crate::certificate::{self, Anonymity, Certificate, Moment, Revocation};
use crate::identity::{CardType, Date, OTHER_PROFESSION, sent_profession};
use crate::iso7816::encode;

impl CardReading {
    /// The card as it is sent.
    #[must_use]
    pub(crate) fn anonymous(mut self, sent: &Anonymity<'_>) -> Self {
        let of_card = sent.of_card(self.card.valid_from, self.card.valid_until);
        for one in self.certificates.iter_mut().flatten() {
            anonymous_certificate(one, &of_card);
        }
        let objects = DataObjects { card: self.card, card_type: self.card_type, holder: self.holder, kept: self.kept };
        let DataObjects { card, holder, kept, .. } = objects.anonymous(sent);
        let chip_serial = self.chip_serial.map(|serial| sent.pseudonyms.chip_serial(&serial));
        // the bytes of an exchange count the letters of a name
        Self { card, holder, kept, chip_serial, exchange: ExchangeCount::default(), ..self }
    }
}

fn anonymous_certificate(one: &mut PublicCertificate, sent: &Anonymity<'_>) {
    let understood = Certificate::parse(&one.der).is_ok();
    if one.source == CertificateSource::Head && !understood {
        // its serial number, and not enough to be written anew
        one.der.clear();
    } else if !one.der.is_empty() {
        one.der = certificate::anonymous(&one.der, sent);
    }
    one.label = label(&one.label).to_owned();
    one.id.truncate(0);
    one.trailing = 0;
    let anew = one.parsed().filter(|_| understood);
    let Some(facts) = &mut one.facts else { return };
    facts.anonymous(sent);
    if let Some(certificate) = anew {
        facts.content = CertificateContent::of(&certificate);
    }
}

impl CertificateFacts {
    /// Leaves of its moments the months; its fingerprint is private by its type.
    pub(crate) fn anonymous(&mut self, sent: &Anonymity<'_>) {
        if let Revocation::Revoked { since, .. } = &mut self.proof.revocation {
            *since = Moment::start_of(sent.end(*since));
        }
        let content = &mut self.content;
        let moments = [content.not_before, content.not_after].map(Moment::from_unix);
        content.not_before = Moment::start_of(sent.start(moments[0], moments[1])).unix();
        content.not_after = Moment::start_of(sent.end(moments[1])).unix();
    }
}

/// The label of a certificate, by the words that its use is told by.
pub(super) fn label(label: &str) -> &'static str {
    const LABELS: [(&str, &str); 3] = [
        ("Authentification", "Certificat d'Authentification CPS"),
        ("Signature", "Certificat de Signature CPS"),
        ("Technique", "Certificat Technique CPS"),
    ];
    let known = LABELS.iter().find(|(word, _)| label.contains(word));
    known.map_or(if label.is_empty() { "" } else { "Certificat" }, |(_, known)| known)
}

impl DataObjects {
    /// What was understood, as it is sent.
    #[must_use]
    pub(super) fn anonymous(self, sent: &Anonymity<'_>) -> Self {
        let Self { card, card_type, holder, kept } = self;
        let CardIdentification { number, category, valid_from, valid_until } = card;
        let end = valid_until.map(Moment::end_of);
        let start = valid_from.map(|from| sent.start(Moment::start_of(from), end.unwrap_or(Moment::start_of(from))));
        Self {
            card: CardIdentification {
                number: number.map(|number| sent.pseudonyms.card_number(&number)),
                category,
                valid_from: start,
                valid_until: end.map(|end| sent.end(end)),
            },
            card_type,
            holder: Holder {
                id: holder.id.map(|id| sent.pseudonyms.holder(&id)),
                surname: holder.surname.map(|name| sent.pseudonyms.name(&name)),
                given_name: holder.given_name.map(|name| sent.pseudonyms.given_name(&name)),
                profession: holder.profession.map(sent_profession),
                future_profession: holder.future_profession.map(|_| OTHER_PROFESSION),
                ..Holder::default()
            },
            kept: kept.into_iter().map(KeptField::anonymous).collect(),
        }
    }

    /// The fields of the object with this outer tag, as a card has them; what was kept stands behind.
    pub(super) fn fields(&self, outer: u32) -> Vec<u8> {
        let Self { card, card_type, holder, kept } = self;
        let bcd = |text: &str| hex::decode(text).unwrap_or_default();
        let date = |date: Date| bcd(&format!("{:04}{:02}{:02}", date.year(), date.month(), date.day()));
        // pseudonyms are ASCII
        let text = |text: &str| text.as_bytes().to_vec();
        let fields: Vec<(u32, Option<Vec<u8>>)> = match outer {
            0xE3 => vec![
                (0x81, card.number.as_ref().map(|number| bcd(number.reveal()))),
                (0x82, card.category.map(|category| vec![category.g01()])),
                (0x83, card.valid_from.map(date)),
                (0x84, card.valid_until.map(date)),
            ],
            0xED => vec![
                (0x80, card_type.map(|card_type: CardType| vec![card_type.g02(), 0])),
                (0x81, holder.id.as_ref().map(|id| text(id.reveal()))),
                (0x82, holder.profession.map(|code| vec![code])),
                (0x83, holder.future_profession.map(|code| vec![code])),
                (0x84, holder.surname.as_ref().map(|name| text(name.reveal()))),
            ],
            0xE4 => vec![(0x84, holder.given_name.as_ref().map(|name| text(name.reveal())))],
            _ => Vec::new(),
        };
        let known = fields.into_iter().filter_map(|(tag, value)| Some(encode(tag, &value?)));
        known.chain(kept.iter().map(|field| encode(field.tag, &field.bytes))).collect::<Vec<_>>().concat()
    }
}

impl KeptField {
    /// The same field with a value of one length that is understood as little.
    fn anonymous(self) -> Self {
        let is_type = self.object == "CPS_INFO_PS" && self.tag == 0x80;
        let bytes = if is_type && self.reason == KeptReason::UnexpectedValue { Vec::new() } else { vec![0; 3] };
        Self { bytes, ..self }
    }
}
