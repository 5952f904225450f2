//! The PKCS#11 modules: found, asked all at the same time, and held against what PC/SC read.

use super::join_cards;
use crate::card::{CardAnswer, CertificateSource};
use crate::facts::{CardFacts, ReaderContent};
use crate::token::{
    Asker, Ending, LibraryInfo, ModuleAnswer, ModuleFacts, ModuleFile, Pkcs11Facts, Registrant, Registration,
    SlotFacts, SlotState, TokenFacts, find, known_places,
};
use crate::workstation::browsers::{self, RegisteredAt};
use crate::workstation::{Observed, binary, subjects};

/// Modules that were asked, with the path by which each one can be asked again.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AskedModules {
    /// What was observed.
    pub facts: Pkcs11Facts,
    /// For each module, in order, where to load it from; none for those that were not asked.
    pub paths: Vec<Option<std::path::PathBuf>>,
}

impl AskedModules {
    /// The same without the slots that are in no reader of this name; all when it is empty.
    #[must_use]
    pub fn in_readers_named(mut self, named: &str) -> Self {
        for module in &mut self.facts.modules {
            if let Observed::Seen(answer) = &mut module.answer
                && let Observed::Seen(slots) = &mut answer.slots
            {
                slots.retain(|slot| slot.description.contains(named));
            }
        }
        self
    }
}

/// Every module that this workstation names: the Cryptolib at its places, then what profiles and policies of Firefox,
/// manifests, NSS databases and p11-kit register.
pub fn registered_modules() -> Vec<Registration> {
    let known = known_places().into_iter().map(|path| Registration::new(path, Registrant::KnownPlace));
    let named = subjects::places().map(|places| browsers::registrations(&places)).unwrap_or_default();
    known.chain(named.into_iter().map(|(path, by)| Registration::new(path, registrant(by)))).collect()
}

fn registrant(by: RegisteredAt) -> Registrant {
    match by {
        RegisteredAt::Firefox(profile) => Registrant::Firefox { profile },
        RegisteredAt::Nss(database) => Registrant::Nss { database },
        RegisteredAt::Manifest(file) => Registrant::Manifest { file },
        RegisteredAt::Policy(file) => Registrant::Policy { file },
        RegisteredAt::P11Kit(file) => Registrant::P11Kit { file },
    }
}

/// Finds the modules behind these registrations, asks each one what it sees, and holds that against what PC/SC read.
pub fn collect_modules(registrations: Vec<Registration>, asker: &Asker, cards: &CardFacts) -> AskedModules {
    let (found, left_out) = find(registrations, binary::architectures);
    let to_ask: Vec<_> = found.iter().filter_map(|module| module.to_ask.as_ref()).collect();
    let mut answers = asker.ask_all(&to_ask).into_iter();
    let paths = found.iter().map(|module| module.to_ask.clone()).collect();
    let mut modules: Vec<ModuleFacts> = Vec::new();
    for module in found {
        let mut facts = module.facts;
        if let Some(path) = &module.to_ask {
            facts.version = subjects::file_version(path);
        }
        let answer = module.to_ask.and_then(|_| answers.next());
        if let Some(answer) = answer {
            facts.answer = Observed::Seen(answer);
        }
        modules.push(facts);
    }
    join_cards(&mut modules, cards);
    AskedModules { facts: Pkcs11Facts { modules, left_out }, paths }
}

/// What the module of the Cryptolib would show of virtual cards: no module is asked. It says of itself that it is simulated.
pub fn simulated_module(cards: &CardFacts) -> ModuleFacts {
    let path = known_places().into_iter().next().unwrap_or_default();
    let mut module = ModuleFacts::new(path.to_string_lossy());
    module.named_by = vec![Registrant::KnownPlace];
    module.file = ModuleFile::File { bytes: 0, architectures: Observed::default(), fits_us: Some(true) };
    let mut answer = ModuleAnswer::new(Ending::Complete);
    let (manufacturer, description) = ("cpx-card".into(), "CPS3 PKCS#11 (simulated)".into());
    answer.library = Some(LibraryInfo { manufacturer, description, cryptoki: (2, 20), ..LibraryInfo::default() });
    let readers: Vec<_> = cards.readers.iter().flatten().collect();
    let slots = readers.iter().zip(0..).map(|(reader, id)| {
        let state = match &reader.content {
            ReaderContent::Empty => SlotState::Empty,
            ReaderContent::Card(CardAnswer::Cpx(card)) => SlotState::Seen(Box::new(TokenFacts::simulated(card))),
            _ => SlotState::NotRecognised,
        };
        SlotFacts::new(id, reader.name.as_str(), state)
    });
    answer.slots = Observed::Seen(slots.collect());
    module.answer = Observed::Seen(answer);
    let mut modules = vec![module];
    join_cards(&mut modules, cards);
    modules.remove(0)
}

/// Puts copies in the place of the heads of certificates: from modules that answered to the end and show this very card, where
/// the copy begins with the head. Serial number, issuer and validity stand in it: of one issuer there is no other such.
pub(crate) fn complete_heads(modules: &[ModuleFacts], cards: &mut CardFacts) {
    let healthy = modules.iter().filter(|module| module.answer.seen().is_some_and(|one| one.end == Ending::Complete));
    let slots: Vec<_> = healthy.flat_map(ModuleFacts::slots).collect();
    for reader in cards.readers.iter_mut().flatten() {
        let ReaderContent::Card(CardAnswer::Cpx(card)) = &mut reader.content else { continue };
        let of_reader = slots.iter().filter(|slot| slot.reader.as_ref() == Some(&reader.name));
        let same = of_reader.filter_map(|slot| slot.token().filter(|token| token.agreement.is_same()));
        let copies: Vec<_> = same.flat_map(|token| token.certificates.seen().into_iter().flatten()).collect();
        for head in card.certificates.iter_mut().flatten().filter(|one| one.source == CertificateSource::Head) {
            let mut copies = copies.iter().filter_map(|copy| copy.as_of_card().ok());
            if let Some(copy) = copies.find(|copy| copy.der.starts_with(&head.der)) {
                (head.der, head.source) = (copy.der, copy.source);
            }
        }
    }
}
