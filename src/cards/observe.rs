//! One look at a workstation: the cards, the system, the PKCS#11 modules and, when asked, the network, at the same time
//! where they do not disturb each other; then everything together as [`Facts`].

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use crate::collect::{
    Collecting, EvidenceSources, Progress, Stage, collect, collect_evidence, collect_near_cards, collect_surroundings,
    surround,
};
use crate::facts::{CardFacts, Certificate, Evidence, Facts, PublicCertificate};
use crate::readiness::{CardVerdict, Portal, When, judge_cards, keep_proofs};
use crate::transport::Readers;
use crate::workstation::facts::WorkstationFacts;
use crate::workstation::network::{NetworkFacts, ProxySettings};
use crate::workstation::{Observed, Unseen};

/// What to look at.
#[derive(Debug, Clone, Default)]
pub struct Observing {
    /// Only the readers whose name contains this; all when empty.
    pub reader: String,
    /// How cards are read. Their certificates always are.
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
/// use cpx_card::readiness::{DiagnosisOptions, When, diagnose};
/// use cpx_card::transport::{PcscReaders, Readers};
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
        let looking = known.is_none().then(|| scope.spawn(|| Surroundings::collect(how)));
        let mut observation = observe_cards(readers, how, when);
        let looked = match looking {
            Some(looking) => Some(looking.join().unwrap_or_default()),
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
            let outside = scope.spawn(|| {
                let mut proxies = ProxySettings::collect();
                let network = network(how, &mut proxies);
                (proxies, network)
            });
            let _running = how.progress.begin(Stage::Workstation);
            let workstation = collect_surroundings();
            let (proxies, network) = outside.join().unwrap_or_default();
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
        let near = scope.spawn(collect_near_cards);
        let mut cards = cards(readers, how);
        let mut facts = Facts::at(when.today, when.now.unix());
        facts.by_clock = when.by_clock;
        facts.asked.online = how.evidence.online;
        facts.asked.revocation_lists = !how.evidence.lists.is_empty();
        facts.simulated = how.simulated.is_some();
        facts.modules = modules(how, &cards);
        let mut evidence = collect_evidence(&how.evidence, &on_cards(&cards), when.now);
        for authority in how.simulated.iter().flatten() {
            evidence.trust_simulated(authority);
        }
        let verdict = judge_cards(&cards, &evidence, when);
        keep_proofs(&mut cards, &verdict);
        facts.cards = cards;
        facts.workstation = near.join().unwrap_or_default();
        Observation { facts, verdict, evidence }
    })
}

/// The certificates of every card that was read.
pub fn on_cards(facts: &CardFacts) -> Vec<Certificate> {
    let certificates = facts.cpx().filter_map(|card| card.certificates.as_ref()).flatten();
    certificates.filter_map(PublicCertificate::parsed).collect()
}

fn cards(readers: &Arc<dyn Readers>, how: &Observing) -> CardFacts {
    let _running = how.progress.begin(Stage::Card);
    let reading = Collecting { read: how.cards.read.with_certificates(true), ..how.cards };
    collect(readers, &how.reader, reading)
}

/// After the card was read: two programs that talk to a card at the same time slow each other down, and each would see
/// the other as a user of the card.
#[cfg(feature = "pkcs11")]
fn modules(how: &Observing, cards: &CardFacts) -> Observed<Vec<crate::token::ModuleFacts>> {
    use crate::collect::{collect_modules, registered_modules};
    use crate::token::{Asker, Registrant, Registration};

    if how.simulated.is_some() {
        return Observed::Seen(vec![crate::collect::simulated_module(cards)]);
    }
    let Some(program) = &how.asker else { return Observed::Unseen(Unseen::NotAsked.into()) };
    let _running = how.progress.begin(Stage::Modules);
    let mut all: Vec<_> = how.modules.iter().map(|path| Registration::new(path, Registrant::CommandLine)).collect();
    // the portals know no other module, and each one asked reads the whole card again: `cpx-check token` asks them all
    all.extend(registered_modules().into_iter().filter(Registration::is_cryptolib));
    let asked = collect_modules(all, &Asker::with_program(program), cards);
    Observed::Seen(asked.in_readers_named(&how.reader).facts.modules)
}

#[cfg(not(feature = "pkcs11"))]
fn modules(_: &Observing, _: &CardFacts) -> Observed<Vec<crate::token::ModuleFacts>> {
    Observed::Unseen(Unseen::NotAsked.with("built without PKCS#11"))
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
