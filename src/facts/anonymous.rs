//! Facts as they are sent: with what tells no person, card, machine or establishment apart.
//!
//! Every [`Private`](crate::identity::Private) becomes a pseudonym, the same one wherever it stands; the same texts go from
//! every other place too, and so do serials in the names of readers and the user's part of paths. Cards are written anew.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::observations::Facts;
use super::parts::Parts;
use crate::card::{CardAnswer, CardReading};
use crate::certificate::{Anonymity, AuthorityTable, IssuerClaim, Moment};
use crate::error::{Error, Result};
use crate::facts::ReaderContent;
use crate::identity::{Pseudonyms, serials};
use crate::iso7816::HEX;
use crate::workstation::Observed;
use crate::workstation::facts::AutoSelect;
use crate::workstation::network::{ProxyAddress, ProxySource};

/// Characters below which a private text is not looked for inside other texts: it would be found everywhere.
pub(super) const SHORTEST_PART: usize = 4;

/// The key under which [`Private`](crate::identity::Private) is serialised.
pub(super) const PRIVATE: &str = "private";

impl Facts {
    /// These facts as they are sent: judged the same, and telling nobody apart.
    ///
    /// # Errors
    /// [`Malformed`](crate::ErrorKind::Malformed) for facts that JSON cannot hold: none that a collector makes.
    pub fn anonymous(&self, pseudonyms: &Pseudonyms) -> Result<Self> {
        serde_json::from_value(self.anonymous_value(pseudonyms)?).map_err(unsaved)
    }

    pub(super) fn anonymous_value(&self, pseudonyms: &Pseudonyms) -> Result<Value> {
        let mut facts = self.clone();
        let sent = Anonymity::new(pseudonyms, Moment::from_unix(self.now));
        let mut of_cards = Vec::new();
        for reader in facts.cards.readers.iter_mut().flatten() {
            reader.shown.iter_mut().for_each(|one| one.anonymous(&sent));
            if let ReaderContent::Card(CardAnswer::Cpx(card)) = &mut reader.content {
                let anew = card.as_ref().clone().anonymous(&sent);
                of_cards
                    .extend(known(card).into_iter().zip(known(&anew)).filter_map(|(one, other)| Some((one?, other?))));
                **card = anew;
            }
        }
        facts.without_establishment(&sent);
        let mut value = serde_json::to_value(&facts).map_err(unsaved)?;
        Replacing::of(&value, of_cards, pseudonyms).replace(&mut value);
        Ok(value)
    }

    /// Takes out what tells of the establishment and of days, in facts that are no private texts.
    fn without_establishment(&mut self, sent: &Anonymity<'_>) {
        let replace = |text: &mut String| *text = sent.pseudonyms.text(text);
        let workstation = &mut self.workstation;
        for one in workstation.stored_certificates.seen_mut().into_iter().flatten() {
            one.not_after = Moment::start_of(sent.end(Moment::from_unix(one.not_after))).unix();
        }
        let rules = workstation.browsers.seen_mut().and_then(|browsers| browsers.certificate_rules.seen_mut());
        for rule in rules.into_iter().flatten() {
            if !is_public(&rule.pattern) {
                replace(&mut rule.pattern);
            }
            if let AutoSelect::IssuerCn(issuer) = &mut rule.choice
                && AuthorityTable::igc_sante().claim_of_name(issuer) == IssuerClaim::Unrelated
            {
                replace(issuer);
            }
        }
        let proxy = |address: &mut ProxyAddress| replace(&mut address.host);
        let source = |source: &mut ProxySource| {
            [&mut source.https, &mut source.http].into_iter().flatten().for_each(proxy);
            source.bypass.iter_mut().filter(|pattern| !is_public(pattern)).for_each(replace);
            source.script.iter_mut().for_each(replace);
        };
        if let Observed::Seen(settings) = &mut self.proxies {
            source(&mut settings.environment);
            settings.system.seen_mut().into_iter().flatten().for_each(source);
            let resolved = settings.resolved.seen_mut().into_iter().flatten();
            resolved.filter_map(|one| one.proxy.as_mut()).for_each(proxy);
        }
        if let Observed::Seen(network) = &mut self.network {
            let plan: BTreeSet<String> = network.hosts.iter().map(|host| host.host.clone()).collect();
            let answers = network.hosts.iter_mut().filter_map(|host| host.http.as_mut());
            let led = answers.filter_map(|answer| answer.redirected_to.as_mut());
            led.filter(|host| !plan.contains(*host)).for_each(replace);
        }
    }
}

fn unsaved(error: serde_json::Error) -> Error {
    Error::malformed("these facts cannot be written as JSON", 0).caused_by(error)
}

/// Whether a pattern of addresses is for every site, for this machine or for the sites of ANS: the others are internal.
fn is_public(pattern: &str) -> bool {
    let place = pattern.split("://").last().unwrap_or_default();
    let host = place.split(['/', ':']).next().unwrap_or_default().trim_start_matches("[*.]");
    let host = host.trim_start_matches(['*', '.']);
    ["", "<local>", "localhost", "127.0.0.1"].contains(&host)
        || host.ends_with("esante.gouv.fr")
        || "esante.gouv.fr".ends_with(host)
}

/// What tells a card and its holder apart, and whether it is the name of a person, which may be an ordinary word.
fn known(card: &CardReading) -> [Option<(String, bool)>; 5] {
    let holder = &card.holder;
    [
        card.card.number.as_ref().map(|number| (number.reveal().to_owned(), false)),
        card.chip_serial.as_ref().map(|serial| (serial.reveal().to_owned(), false)),
        holder.id.as_ref().map(|id| (id.reveal().to_owned(), false)),
        holder.surname.as_ref().map(|name| (name.reveal().to_owned(), true)),
        holder.given_name.as_ref().map(|name| (name.reveal().to_owned(), true)),
    ]
}

/// What stands for every private text.
struct Replacing<'a> {
    pseudonyms: &'a Pseudonyms,
    /// Each private text and what stands for it.
    known: BTreeMap<String, String>,
    /// The same, inside other texts.
    parts: Parts,
    /// The same without names of persons, inside the words of closed sets: `user` stands in `current-user`.
    in_words: Parts,
}

impl<'a> Replacing<'a> {
    /// Those of what is private in this value; of a card as they are given.
    fn of(value: &Value, of_cards: Vec<((String, bool), (String, bool))>, pseudonyms: &'a Pseudonyms) -> Self {
        let mut known = BTreeMap::new();
        let mut names = BTreeSet::new();
        for ((original, is_name), (clean, _)) in of_cards {
            names.extend(is_name.then(|| original.clone()));
            // what was written anew already stays
            known.insert(clean.clone(), clean.clone());
            known.insert(original, clean);
        }
        for text in found(value) {
            let pseudonym = pseudonyms.text(&text);
            known.entry(text).or_insert(pseudonym);
        }
        let long = |(text, _): &(&String, &String)| text.chars().count() >= SHORTEST_PART;
        let owned = |(text, clean): (&String, &String)| (text.clone(), clean.clone());
        let parts = Parts::new(known.iter().filter(long).map(owned));
        let in_words = Parts::new(known.iter().filter(long).filter(|(text, _)| !names.contains(*text)).map(owned));
        Self { pseudonyms, known, parts, in_words }
    }

    fn replace(&self, value: &mut Value) {
        let mut waiting = vec![value];
        while let Some(value) = waiting.pop() {
            if let Some(text) = private(value) {
                let pseudonym = self.known.get(text).map_or(Value::Null, |pseudonym| pseudonym.clone().into());
                if let Some(place) = value.get_mut(PRIVATE) {
                    *place = pseudonym;
                }
                continue;
            }
            match value {
                // bytes have no parts
                Value::Object(fields) if fields.len() == 1 && fields.contains_key(HEX) => {}
                Value::String(text) if is_word(text) => self.in_words.replace(text),
                Value::String(text) => {
                    self.parts.replace(text);
                    self.without_user(text);
                }
                Value::Array(items) => waiting.extend(items),
                Value::Object(fields) => waiting.extend(fields.values_mut()),
                Value::Null | Value::Bool(_) | Value::Number(_) => {}
            }
        }
    }

    /// Takes the name of a folder of users out of a path: it may be shorter than what is looked for, or another user's.
    fn without_user(&self, text: &mut String) {
        const FOLDERS: [&str; 4] = ["\\users\\", "/users/", "/home/", "\\documents and settings\\"];
        const OF_NOBODY: [&str; 4] = ["public", "default", "shared", "all users"];
        for folder in FOLDERS {
            let lower = text.to_ascii_lowercase();
            let Some(start) = lower.find(folder).map(|place| place.saturating_add(folder.len())) else { continue };
            let rest = text.get(start..).unwrap_or_default();
            let user = rest.split(['\\', '/']).next().unwrap_or_default();
            let stays =
                user.is_empty() || user.starts_with("p-") || OF_NOBODY.contains(&user.to_ascii_lowercase().as_str());
            if !stays {
                let pseudonym = self.known.get(user).cloned().unwrap_or_else(|| self.pseudonyms.text(user));
                text.replace_range(start..start.saturating_add(user.len()), &pseudonym);
            }
        }
    }
}

/// Every private text, in the order of their places.
pub(super) fn found(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match value {
            _ if private(value).is_some() => found.extend(private(value).map(str::to_owned)),
            Value::String(text) => found.extend(serials(text).map(str::to_owned)),
            Value::Array(items) => waiting.extend(items.iter().rev()),
            Value::Object(fields) => waiting.extend(fields.values()),
            _ => {}
        }
    }
    found
}

/// Whether a text may be the word of a closed set.
fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The text of a serialised private text.
fn private(value: &Value) -> Option<&str> {
    match value {
        Value::Object(fields) if fields.len() == 1 => fields.get(PRIVATE)?.as_str(),
        _ => None,
    }
}
