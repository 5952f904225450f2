//! One look at a workstation: the cards, the system, the PKCS#11 modules and, when asked, the network, at the same time
//! where they do not disturb each other; then everything together as [`Facts`].

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use crate::certificate::{Trust, TrustReason};
use crate::collect::{
    Certificates, Collecting, EvidenceSources, Progress, Stage, collect_again, collect_evidence, collect_near_cards,
    collect_surroundings, collect_telling, join_cards, surround,
};
use crate::facts::{
    CardFacts, CardReading, Certificate, CertificateFacts, CertificateSource, Evidence, Facts, PublicCertificate,
    ReaderFacts,
};
use crate::identity::Private;
use crate::readiness::{CardVerdict, CertificateVerdict, Portal, When, judge_cards, keep_proofs, keep_shown};
use crate::token::ModuleFacts;
use crate::transport::Readers;
use crate::workstation::facts::{MacToken, ProviderKind, StoreLocation, StoredCertificate, WorkstationFacts};
use crate::workstation::network::{NetworkFacts, ProxySettings};
use crate::workstation::{Observed, Unseen, beside};

/// What to look at.
#[derive(Debug, Clone, Default)]
pub struct Observing {
    /// Only the readers whose name contains this; all when empty.
    pub reader: String,
    /// How cards are read. That for authentication of their certificates always is.
    pub cards: Collecting,
    /// What certificates are judged with, and whether the network may be used.
    pub evidence: EvidenceSources,
    /// The portals whose hosts are tried over the network; all when empty.
    pub portals: Vec<Portal>,
    /// Further PKCS#11 modules to ask.
    pub modules: Vec<PathBuf>,
    /// The authorities of virtual cards, DER, where the readers are virtual: then no module is asked, and a simulated one
    /// shows the cards.
    pub simulated: Option<Vec<Vec<u8>>>,
    /// The program that asks PKCS#11 modules; without one they are not asked.
    pub asker: Option<PathBuf>,
    /// Who wants to know what is being looked at.
    pub progress: Progress,
}

/// What was observed, and what it is made of.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Observation {
    /// Everything, to be judged and saved.
    pub facts: Facts,
    /// What the cards are worth.
    pub verdict: CardVerdict,
    /// Files that the user named and that could not be read.
    pub evidence: Evidence,
}

/// Looks at the workstation.
///
/// ```no_run
/// use std::sync::Arc;
/// use cpx_card::internal::cards::{Observing, observe};
/// use cpx_card::internal::readiness::{DiagnosisOptions, When, diagnose};
/// use cpx_card::internal::transport::{PcscReaders, Readers};
///
/// let readers: Arc<dyn Readers> = Arc::new(PcscReaders::new());
/// let when = When::on("2026-11-21".parse()?);
/// let observation = observe(&readers, &Observing::default(), when);
/// let diagnosis = diagnose(&observation.facts, &DiagnosisOptions::default());
/// println!("{}", diagnosis.outcome.code());
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub fn observe(readers: &Arc<dyn Readers>, how: &Observing, when: When) -> Observation {
    observe_within(readers, how, when, &mut None)
}

/// The same where the surroundings of the cards are known from before. They are looked at where they are not, and where the
/// service does not answer: then they say why.
pub fn observe_within(
    readers: &Arc<dyn Readers>,
    how: &Observing,
    when: When,
    known: &mut Option<Surroundings>,
) -> Observation {
    thread::scope(|scope| {
        let looking = known.is_none().then(|| beside(scope, || Surroundings::collect(how)));
        let mut observation = observe_cards(readers, how, when);
        let looked = match looking {
            Some(looking) => Some(looking.finish().unwrap_or_default()),
            None => observation.facts.cards.readers.is_err().then(|| Surroundings::collect(how)),
        };
        let surroundings = looked.or_else(|| known.take()).unwrap_or_default();
        surroundings.clone().put_around(&mut observation.facts);
        *known = Some(surroundings);
        observation
    })
}

/// What cards do not change when they come or go: it may be kept from one look to the next.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Surroundings {
    workstation: WorkstationFacts,
    proxies: ProxySettings,
    network: Observed<NetworkFacts>,
}

impl Surroundings {
    /// Looks at them.
    pub fn collect(how: &Observing) -> Self {
        thread::scope(|scope| {
            let outside = beside(scope, || {
                let mut proxies = ProxySettings::collect();
                let network = network(how, &mut proxies);
                (proxies, network)
            });
            let _running = how.progress.begin(Stage::Workstation);
            let workstation = collect_surroundings();
            let (proxies, network) = outside.finish().unwrap_or_default();
            Self { workstation, proxies, network }
        })
    }

    /// Puts them in the place of those in the facts. What follows the cards stays.
    pub fn put_around(self, facts: &mut Facts) {
        surround(&mut facts.workstation, self.workstation);
        facts.proxies = Observed::Seen(self.proxies);
        facts.network = self.network;
    }
}

/// Looks at the cards and at everything that follows them, of one moment. The surroundings are missing.
fn observe_cards(readers: &Arc<dyn Readers>, how: &Observing, when: When) -> Observation {
    thread::scope(|scope| {
        let near = beside(scope, collect_near_cards);
        let mut facts = Facts::at(when.today, when.now.unix());
        facts.by_clock = when.by_clock;
        facts.asked.online = how.evidence.online;
        facts.asked.revocation_lists = !how.evidence.lists.is_empty();
        facts.simulated = how.simulated.is_some();
        let judge = |cards: &CardFacts, shown: &[(String, Certificate)]| {
            let about: Vec<_> = on_cards(cards).into_iter().chain(shown.iter().map(|(_, one)| one.clone())).collect();
            let mut evidence = collect_evidence(&how.evidence, &about, when.now);
            for authority in how.simulated.iter().flatten() {
                evidence.trust_simulated(authority);
            }
            let verdict = judge_cards(cards, &evidence, when);
            (evidence, verdict)
        };
        (facts.cards, facts.modules) = cards_and_modules(readers, how);
        let shown = shown_instead(&facts.cards, &facts.modules);
        let (mut evidence, mut verdict) = judge(&facts.cards, &shown);
        let against = against_copies(&facts.cards, &verdict);
        if read_whole(readers, how, |reader| against.contains(&reader.name), &mut facts.cards, &mut facts.modules) {
            (evidence, verdict) = judge(&facts.cards, &shown);
        }
        keep_proofs(&mut facts.cards, &verdict);
        keep_shown(&mut facts.cards, shown, &evidence, when);
        facts.workstation = near.finish().unwrap_or_default();
        if facts.simulated {
            use_virtual_cards(&mut facts.workstation, &facts.cards);
        }
        Observation { facts, verdict, evidence }
    })
}

/// Puts virtual cards where software puts real ones: their certificates, and no others, into the store of Windows, and a card
/// into the list of a Mac on which CPS Gestion was opened.
fn use_virtual_cards(workstation: &mut WorkstationFacts, cards: &CardFacts) {
    let stored = |card: &CardReading, one: &CertificateFacts| {
        let (content, fingerprint) = (&one.content, one.proof.fingerprint.clone());
        let place = StoreLocation::CurrentUser;
        let mut stored = StoredCertificate::new(place, fingerprint, content.issuer.as_str(), content.not_after);
        stored.card_number = card.card.number.as_ref().map(|number| Private::new(number.reveal()));
        stored.provider = Some("ASIP Sante Cryptographic Provider".into());
        stored.provider_kind = Some(ProviderKind::Csp);
        stored
    };
    if let Observed::Seen(all) = &mut workstation.stored_certificates {
        *all = cards.cpx().flat_map(|card| card.certificate_facts().map(move |one| stored(card, one))).collect();
    }
    if let Observed::Seen(macos) = &mut workstation.macos
        && let Some(extension) = macos.ctk_extensions.seen().and_then(|all| all.first())
    {
        macos.tokens = Observed::Seen(vec![MacToken { driver: extension.clone() }]);
    }
}

/// The readers of cards against which a copy of a certificate speaks: what is held against a card is read from the card.
fn against_copies(cards: &CardFacts, verdict: &CardVerdict) -> Vec<String> {
    let is_copied =
        |card: &CardReading| card.certificates.iter().flatten().any(|one| one.source == CertificateSource::Module);
    let speaks_against = |one: &CertificateVerdict| {
        let altered = matches!(one.trust.trust(), Trust::BadSignature | Trust::BrokenPath)
            || one.trust.reason() == Some(TrustReason::LooksLikeIgcSante);
        altered || !one.disagreements.is_empty()
    };
    let judged = cards.readers.iter().flatten().zip(&verdict.readers);
    let against = judged.filter(|(reader, verdict)| {
        reader.content.cpx().is_some_and(is_copied)
            && verdict.certificates.iter().flat_map(|all| &all.certificates).any(speaks_against)
    });
    against.map(|(reader, _)| reader.name.clone()).collect()
}

/// The certificates of every card that was read.
pub fn on_cards(facts: &CardFacts) -> Vec<Certificate> {
    let certificates = facts.cpx().filter_map(|card| card.certificates.as_ref()).flatten();
    certificates.filter_map(PublicCertificate::parsed).collect()
}

/// The certificates that modules show of cards that could not be read, and the names of the readers: another program may
/// hold a card for as long as it runs.
fn shown_instead(cards: &CardFacts, modules: &Observed<Vec<ModuleFacts>>) -> Vec<(String, Certificate)> {
    let not_read = |reader: &&ReaderFacts| reader.content.cpx().is_none() && reader.content.generation().is_some();
    let slots = || modules.seen().into_iter().flatten().flat_map(ModuleFacts::slots);
    let of_reader = |reader: &ReaderFacts| {
        let slot = slots().find(|slot| slot.reader.as_ref() == Some(&reader.name) && slot.token().is_some())?;
        let certificates = slot.token()?.certificates.seen()?.iter().filter_map(|one| one.parse().ok());
        Some(certificates.map(|one| (reader.name.clone(), one)).collect::<Vec<_>>())
    };
    cards.readers.iter().flatten().filter(not_read).filter_map(of_reader).flatten().collect()
}

/// Reads the cards, of their certificates these.
fn cards(readers: &Arc<dyn Readers>, how: &Observing, certificates: Certificates) -> CardFacts {
    let _running = how.progress.begin(Stage::Card);
    collect_telling(readers, &how.reader, reading(how, certificates), &how.progress)
}

fn reading(how: &Observing, certificates: Certificates) -> Collecting {
    Collecting { read: how.cards.read.with(certificates).without_languages(), ..how.cards }
}

/// Modules after the cards: two programs that talk to a card at the same time slow each other down, and each would see the
/// other as a user of the card. A certificate travels once: where a module is there that may show it, of the card itself only
/// the head is read, and the whole where no copy fits.
#[cfg(feature = "pkcs11")]
fn cards_and_modules(readers: &Arc<dyn Readers>, how: &Observing) -> (CardFacts, Observed<Vec<ModuleFacts>>) {
    use crate::collect::{collect_modules, complete_heads, registered_modules, simulated_module};
    use crate::token::{Asker, Registrant, Registration, known_places};

    let program = how.asker.as_ref().filter(|_| how.simulated.is_none());
    let Some(program) = program else {
        let cards = cards(readers, how, Certificates::Authentication);
        let modules = how.simulated.as_ref().map(|_| vec![simulated_module(&cards)]);
        return (cards, modules.map_or(Observed::Unseen(Unseen::NotAsked.into()), Observed::Seen));
    };
    let may_be_shown = !how.modules.is_empty() || known_places().iter().any(|place| place.exists());
    let wanted = if may_be_shown { Certificates::Head } else { Certificates::Authentication };
    let mut cards = cards(readers, how, wanted);
    let running = how.progress.begin(Stage::Modules);
    let mut all: Vec<_> = how.modules.iter().map(|path| Registration::new(path, Registrant::CommandLine)).collect();
    // the portals know no other module, and each one asked reads the whole card again: `cpx-check token` asks them all
    all.extend(registered_modules().into_iter().filter(Registration::is_cryptolib));
    let asked = collect_modules(all, &Asker::with_program(program).about_authentication(), &cards);
    let modules = asked.in_readers_named(&how.reader).facts.modules;
    drop(running);
    complete_heads(&modules, &mut cards);
    let mut modules = Observed::Seen(modules);
    let is_head = |reader: &ReaderFacts| {
        let certificates = reader.content.cpx().and_then(|card| card.certificates.as_ref());
        certificates.into_iter().flatten().any(|one| one.source == CertificateSource::Head)
    };
    read_whole(readers, how, is_head, &mut cards, &mut modules);
    (cards, modules)
}

#[cfg(not(feature = "pkcs11"))]
fn cards_and_modules(readers: &Arc<dyn Readers>, how: &Observing) -> (CardFacts, Observed<Vec<ModuleFacts>>) {
    let modules = Observed::Unseen(Unseen::NotAsked.with("built without PKCS#11"));
    (cards(readers, how, Certificates::Authentication), modules)
}

/// Reads the cards in these readers anew, with whole certificates, and holds what modules show against them. Whether there were
/// any.
fn read_whole(
    readers: &Arc<dyn Readers>,
    how: &Observing,
    which: impl Fn(&ReaderFacts) -> bool,
    cards: &mut CardFacts,
    modules: &mut Observed<Vec<ModuleFacts>>,
) -> bool {
    let _running = how.progress.begin(Stage::Card);
    let is_read = collect_again(readers, cards, which, reading(how, Certificates::Authentication));
    if let (true, Observed::Seen(modules)) = (is_read, modules) {
        join_cards(modules, cards);
    }
    is_read
}

/// The network, when it was asked for, and what the script that chooses a proxy says of its hosts.
#[cfg(feature = "online")]
fn network(how: &Observing, settings: &mut ProxySettings) -> Observed<NetworkFacts> {
    use crate::workstation::network::{HostPlan, NetworkPlan, Proxies, hosts_for, observe, resolve_proxies};

    if !how.evidence.online {
        return Observed::Unseen(Unseen::NotAsked.into());
    }
    let _running = how.progress.begin(Stage::Network);
    let portals = if how.portals.is_empty() { &Portal::ALL[..] } else { &how.portals };
    let codes: Vec<_> = portals.iter().map(|portal| portal.network_code()).collect();
    let mut plan = NetworkPlan::new(hosts_for(&codes));
    settings.resolved = resolve_proxies(settings, how.asker.as_deref(), &plan.hosts);
    plan.proxies = Proxies::of(settings);
    let script = settings.governing().and_then(|source| source.script.as_deref());
    plan.hosts.extend(script.and_then(HostPlan::script));
    Observed::Seen(observe(plan))
}

#[cfg(not(feature = "online"))]
fn network(_: &Observing, _: &mut ProxySettings) -> Observed<NetworkFacts> {
    Observed::Unseen(Unseen::NotAsked.with("built without the network"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::facts::Macos;

    /// A person's own certificates and tokens are no business of virtual cards.
    #[test]
    fn virtual_cards_are_in_the_store_and_real_ones_are_not() {
        let mut workstation = WorkstationFacts::default();
        let own = StoredCertificate::new(StoreLocation::CurrentUser, Private::new("0123"), "AC", 0);
        workstation.stored_certificates = Observed::Seen(vec![own]);
        let extensions = Observed::Seen(vec!["fr.asip.esante.CPSToken".into()]);
        let macos = Macos { ctk_extensions: extensions, ..Macos::default() };
        workstation.macos = Observed::Seen(macos);
        use_virtual_cards(&mut workstation, &CardFacts::new(Ok(Vec::new())));
        assert_eq!(workstation.stored_certificates, Observed::Seen(Vec::new()));
        let tokens = workstation.macos.seen().and_then(|macos| macos.tokens.seen());
        assert_eq!(tokens.map(Vec::len), Some(1));
    }
}
