//! What an application asks of cards: who is on them, when they come and go, and whether this workstation is ready.
//!
//! Everything here can be asked on any thread. What takes time has a deadline and can be cancelled from another thread.

mod cancel;
mod checkup;
mod observe;
mod patience;
mod reader_name;
mod reading;
mod watch;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::certificate::Moment;
use crate::collect::{Collecting, EvidenceSources, Progress, Stage, collect, collect_evidence};
use crate::error::{Error, ErrorKind, Result};
use crate::facts::CardFacts;
use crate::identity::Date;
use crate::limits;
use crate::readiness::{CardVerdict, DiagnosisOptions, Portal, When, diagnose, judge_cards, judge_chips};
use crate::transport::{PcscReaders, Readers, Stop};

use reader_name::Only;

pub use cancel::Cancel;
pub use checkup::Checkup;
pub use observe::{Observation, Observing, Surroundings, observe, observe_within, on_cards};
pub use reader_name::ReaderName;
pub use reading::{Reader, Reading};
use watch::Waiting;
pub use watch::{Happening, Watch};

/// The readers of a machine and the cards in them.
///
/// A process that ends inside a transaction has the card reset, and whoever was logged in on it is thrown out. So a program
/// drops its `Cards` (the last clone, at the end of `main` or before [`std::process::exit`]): a call that a deadline ended may
/// still wait for a card, and the drop waits for that, at most [`EXCHANGE_PATIENCE`](limits::EXCHANGE_PATIENCE). Nothing here hears
/// signals or exits; a program that does calls [`Cancel::cancel`] first.
///
/// ```
/// let reading = cpx_simulator::cards(&["cps-medecin"])?.read()?;
/// let reader = reading.readers().next().unwrap();
/// assert_eq!(reader.card_type().unwrap().label(), "CPS");
/// assert_eq!(reader.holder_id().unwrap().to_string(), "*********240");
/// # Ok::<(), cpx_card::Error>(())
/// ```
#[derive(Clone)]
pub struct Cards {
    source: Source,
    reader: Option<ReaderName>,
    /// What judges the cards whose certificates are read; none to leave those alone. Whoever never asks for certificates does
    /// not carry what verifies them.
    certificates: Option<Judge>,
    evidence: EvidenceSources,
    /// The authorities of virtual cards, DER, where the readers are virtual.
    simulated: Option<Vec<Vec<u8>>>,
    progress: Progress,
    portals: Vec<Portal>,
    module_host: Option<PathBuf>,
    day: Option<Date>,
    deadline: Option<Duration>,
    cancel: Cancel,
    end: Arc<End>,
}

/// The end of the last clone: what a deadline left open is left as it was before.
#[derive(Default)]
struct End(Stop);

impl Drop for End {
    fn drop(&mut self) {
        self.0.leave();
    }
}

/// What says what cards are worth.
type Judge = fn(&CardFacts, &EvidenceSources, &[Vec<u8>], When) -> CardVerdict;

/// Where readers come from.
#[derive(Clone)]
enum Source {
    /// PC/SC: whoever waits has a connection of its own, because calls on one wait for each other.
    Machine(Arc<dyn Readers>),
    Given(Arc<dyn Readers>),
}

impl Cards {
    /// The cards in the readers of this machine. Its PC/SC service is asked when something is asked, not before.
    pub fn of_this_machine() -> Self {
        Self::new(Source::Machine(Arc::new(PcscReaders::new())))
    }

    /// The cards in these readers.
    pub fn of(readers: Arc<dyn Readers>) -> Self {
        Self::new(Source::Given(readers))
    }

    fn new(source: Source) -> Self {
        Self {
            source,
            reader: None,
            certificates: None,
            evidence: EvidenceSources::default(),
            simulated: None,
            progress: Progress::default(),
            portals: Vec::new(),
            module_host: None,
            day: None,
            deadline: None,
            cancel: Cancel::default(),
            end: Arc::default(),
        }
    }

    /// The same in the reader of exactly this name. A call gives [`ErrorKind::ReaderGone`](crate::ErrorKind::ReaderGone) where no
    /// reader has it; a watch waits for it.
    #[must_use]
    pub fn in_reader(self, name: impl Into<ReaderName>) -> Self {
        Self { reader: Some(name.into()), ..self }
    }

    /// The same with their certificates, whose reading takes longer: they tell the type further, and are verified with the
    /// authorities found on this workstation (the Cryptolib's folder, the system's store). A [`Cards::diagnose`] reads them
    /// anyway.
    #[must_use]
    pub fn with_certificates(self) -> Self {
        Self { certificates: Some(judge_with_certificates), ..self }
    }

    /// The same with these further files, or folders of them, with certificates of authorities (DER, PEM, PKCS#7). An authority
    /// counts by its key: only those of IGC-Santé make a card genuine.
    #[must_use]
    pub fn with_authorities(mut self, paths: impl IntoIterator<Item = PathBuf>) -> Self {
        self.evidence.authorities.extend(paths);
        self
    }

    /// The same with these files, or folders of them, with revocation lists (DER, PEM): without one, and without the network,
    /// nothing is known of a revocation.
    #[must_use]
    pub fn with_revocation_lists(mut self, paths: impl IntoIterator<Item = PathBuf>) -> Self {
        self.evidence.lists.extend(paths);
        self
    }

    /// The same for virtual cards, whose certificates come from these authorities (DER). No PKCS#11 module is asked then: a
    /// simulated one shows the cards.
    #[doc(hidden)]
    #[must_use]
    pub fn simulated_by(self, authorities: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self { simulated: Some(authorities.into_iter().collect()), ..self }
    }

    /// The same using the network: issuers are asked about revocation where certificates are read, and a [`Cards::diagnose`]
    /// reaches for the portals.
    #[cfg(feature = "online")]
    #[must_use]
    pub fn online(mut self) -> Self {
        self.evidence.online = true;
        self
    }

    /// The same telling this function what a [`Cards::diagnose`] looks at, as each [`Stage`] begins: on threads of the library,
    /// perhaps two at the same time. It may cancel.
    #[must_use]
    pub fn with_progress(self, tell: impl Fn(Stage) + Send + Sync + 'static) -> Self {
        Self { progress: Progress::telling(tell), ..self }
    }

    /// The same with a [`Cards::diagnose`] for these portals only.
    #[must_use]
    pub fn for_portals(self, portals: impl Into<Vec<Portal>>) -> Self {
        Self { portals: portals.into(), ..self }
    }

    /// The same with the program that asks PKCS#11 modules in a process of its own: `cpx-card-modules`, which this crate builds
    /// with its feature `pkcs11`, beside the application. Without one, [`Cards::diagnose`] does not ask them, and cannot say
    /// that a workstation is ready.
    #[must_use]
    pub fn with_module_host(self, program: impl Into<PathBuf>) -> Self {
        Self { module_host: Some(program.into()), ..self }
    }

    /// The same judged on this day instead of today.
    #[must_use]
    pub fn judged_on(self, day: Date) -> Self {
        Self { day: Some(day), ..self }
    }

    /// The same with calls that end after this time. Without a deadline a reading ends after a minute at most, a diagnosis
    /// after two: see the constants of `limits`.
    #[must_use]
    pub fn with_deadline(self, deadline: Duration) -> Self {
        Self { deadline: Some(deadline), ..self }
    }

    /// The same with calls that end when this is cancelled.
    #[must_use]
    pub fn with_cancel(self, cancel: &Cancel) -> Self {
        Self { cancel: cancel.clone(), ..self }
    }

    /// Reads every card, without any code, and leaves it as it was.
    ///
    /// # Errors
    /// PC/SC cannot be used; [`ErrorKind::ReaderGone`](crate::ErrorKind::ReaderGone) for an unknown reader,
    /// [`ErrorKind::Cancelled`](crate::ErrorKind::Cancelled) and
    /// [`ErrorKind::DeadlinePassed`](crate::ErrorKind::DeadlinePassed). A reader without a card, or with one that cannot be
    /// read, is part of the answer.
    pub fn read(&self) -> Result<Reading> {
        let Self { reader, certificates, evidence, simulated, day, .. } = self.clone();
        self.patiently(move |source| {
            let source = Only::of(source, reader.as_ref());
            let mut how = Collecting::default();
            how.read = how.read.with_certificates(certificates.is_some());
            let facts = collect(&source, "", how);
            let readers = facts.readers.as_ref().map_err(|failure| Error::from(failure.clone()))?;
            if reader.is_some() && readers.is_empty() {
                return Err(unknown_reader());
            }
            let verdict = match certificates {
                Some(judge) => judge(&facts, &evidence, &simulated.unwrap_or_default(), when(day)),
                None => judge_chips(&facts, when(day)),
            };
            Ok(Reading { facts, verdict })
        })?
    }

    /// Observes this workstation and judges whether it is ready for the portals.
    ///
    /// # Errors
    /// [`ErrorKind::ReaderGone`](crate::ErrorKind::ReaderGone) for an unknown reader,
    /// [`ErrorKind::Cancelled`](crate::ErrorKind::Cancelled) and
    /// [`ErrorKind::DeadlinePassed`](crate::ErrorKind::DeadlinePassed). A PC/SC that cannot be used is part of the answer.
    /// After a cancel or a deadline what was begun ends in the background: cards are left at their next answer, a module and
    /// the network within their own bounds, seconds each.
    pub fn diagnose(&self) -> Result<Checkup> {
        let reader = self.reader.as_ref().map(ReaderName::as_str).unwrap_or_default();
        let how = Observing {
            reader: reader.to_owned(),
            portals: self.portals.clone(),
            evidence: self.evidence.clone(),
            simulated: self.simulated.clone(),
            asker: self.module_host.clone(),
            progress: self.progress.clone(),
            ..Observing::default()
        };
        let (reader, day) = (self.reader.clone(), self.day);
        self.patiently(move |source| {
            let source = Only::of(source, reader.as_ref());
            let observation = observe(&source, &how, when(day));
            if reader.is_some() && matches!(&observation.facts.cards.readers, Ok(readers) if readers.is_empty()) {
                return Err(unknown_reader());
            }
            let options = DiagnosisOptions::default().with_portals(how.portals);
            let diagnosis = diagnose(&observation.facts, &options);
            Ok(Checkup { observation, diagnosis })
        })?
    }

    /// Tells what happens in the readers, on a thread of its own, to whoever asks [`Watch::next`]. The readers and the cards
    /// that are there at the beginning are told first.
    ///
    /// # Errors
    /// The system has no further thread.
    pub fn watch(&self) -> Result<Watch> {
        Watch::start(self.source_to_watch(), self.reader.clone(), self.waiting(), None)
    }

    /// The same, told to this function as it happens, on the thread of the watch. Meanwhile nothing else is told: what
    /// happens then is told after, as far as it still matters.
    ///
    /// # Errors
    /// The system has no further thread.
    pub fn watch_with(&self, tell: impl FnMut(Happening) + Send + 'static) -> Result<Watch> {
        Watch::start(self.source_to_watch(), self.reader.clone(), self.waiting(), Some(Box::new(tell)))
    }

    fn waiting(&self) -> Waiting {
        Waiting { cancel: self.cancel.clone(), deadline: self.deadline }
    }

    fn source(&self) -> &Arc<dyn Readers> {
        let (Source::Machine(source) | Source::Given(source)) = &self.source;
        source
    }

    fn source_to_watch(&self) -> Arc<dyn Readers> {
        match &self.source {
            Source::Machine(_) => Arc::new(PcscReaders::new()),
            Source::Given(source) => Arc::clone(source),
        }
    }

    fn patiently<T: Send + 'static>(&self, work: impl FnOnce(&Arc<dyn Readers>) -> T + Send + 'static) -> Result<T> {
        let deadline = self.deadline.unwrap_or(limits::CALL_PATIENCE);
        patience::patiently(self.source(), deadline, &self.cancel, &self.end.0, work)
    }
}

fn unknown_reader() -> Error {
    Error::new(ErrorKind::ReaderGone, "no reader has this name")
}

fn judge_with_certificates(
    facts: &CardFacts,
    sources: &EvidenceSources,
    simulated: &[Vec<u8>],
    when: When,
) -> CardVerdict {
    let mut evidence = collect_evidence(sources, &on_cards(facts), when.now);
    for authority in simulated {
        evidence.trust_simulated(authority);
    }
    judge_cards(facts, &evidence, when)
}

fn when(day: Option<Date>) -> When {
    day.map_or_else(now, When::on)
}

/// This moment, by the clock and the calendar of this machine.
pub fn now() -> When {
    // a clock outside the years of this calendar is wrong anyway, and then every card is not yet valid
    let today = jiff::Zoned::now().date().to_string().parse().unwrap_or(Date::EARLIEST);
    When::clock(today, Moment::from_clock(std::time::SystemTime::now()))
}
