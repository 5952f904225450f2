//! The surroundings of the cards, kept while cards come and go and looked at anew behind what the page shows already.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;

use cpx_card::internal::cards::{Observation, Observing, Surroundings, observe_within};
use cpx_card::internal::readiness::When;
use cpx_card::internal::transport::Readers;

/// Looks at the cards at once, and behind that at what cards do not change.
pub(super) struct Behind {
    how: Arc<Observing>,
    known: Option<Surroundings>,
    /// Whether they are older than the last look at the cards.
    old: bool,
    /// A look at them that is under way.
    coming: Option<Receiver<Surroundings>>,
}

impl Behind {
    pub(super) fn new(how: Observing) -> Self {
        Self { how: Arc::new(how), known: None, old: false, coming: None }
    }

    /// Looks at the cards and at all that follows them; at the surroundings only where nothing is known of them.
    pub(super) fn observe(&mut self, readers: &Arc<dyn Readers>, when: When) -> Observation {
        self.old = self.known.is_some();
        observe_within(readers, &self.how, when, &mut self.known)
    }

    /// Nothing is known any more: the next look is at everything.
    pub(super) fn forget(&mut self) {
        self.known = None;
        self.coming = None;
    }

    /// The surroundings, once they are looked at anew and differ from those that were known. Never waits.
    pub(super) fn newer(&mut self) -> Option<Surroundings> {
        if self.old && self.coming.is_none() {
            self.old = false;
            self.coming = look(&self.how);
        }
        let now = match self.coming.as_ref()?.try_recv() {
            Err(TryRecvError::Empty) => return None,
            looked => looked.ok(),
        };
        self.coming = None;
        let newer = now.filter(|now| self.known.as_ref() != Some(now))?;
        self.known = Some(newer.clone());
        Some(newer)
    }
}

/// Without a further thread nothing comes.
fn look(how: &Arc<Observing>) -> Option<Receiver<Surroundings>> {
    let (sender, coming) = mpsc::channel();
    let how = Arc::clone(how);
    let look = move || drop(sender.send(Surroundings::collect(&how)));
    thread::Builder::new().name("cpx-behind".into()).spawn(look).ok().map(|_| coming)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use cpx_card::internal::transport::{Exchange, Slot};
    use cpx_card::internal::workstation::Observed;
    use cpx_card::{Error, ErrorKind, Result};
    use cpx_simulator::{Personality, SimulatedReaders};

    /// A service that does not answer.
    struct Silent;

    impl Readers for Silent {
        fn slots(&self) -> Result<Vec<Slot>> {
            Err(Error::new(ErrorKind::ServiceSilent, "nobody"))
        }

        fn wait(&self, _seen: &[Slot], _timeout: Duration) -> Result<Vec<Slot>> {
            self.slots()
        }

        fn with_card(&self, _reader: &str, _work: &mut dyn FnMut(&mut dyn Exchange)) -> Result<()> {
            Err(Error::new(ErrorKind::ServiceSilent, "nobody"))
        }
    }

    fn card() -> Arc<dyn Readers> {
        let card = Personality::embedded("cps-medecin").unwrap();
        Arc::new(SimulatedReaders::new(vec![("Lecteur".into(), card)]).unwrap())
    }

    fn when() -> When {
        When::on("2026-11-20".parse().unwrap())
    }

    #[test]
    fn surroundings_are_kept_for_the_next_card_and_looked_at_anew_behind_it() {
        let (readers, mut behind) = (card(), Behind::new(Observing::default()));
        let first = behind.observe(&readers, when());
        assert!(first.facts.workstation.system.seen().is_some());
        assert!(behind.newer().is_none() && behind.coming.is_none(), "they are of this very look");

        behind.known = Some(Surroundings::default());
        let mut second = behind.observe(&readers, when());
        assert_eq!(second.facts.workstation.system, Observed::default(), "they are kept");
        assert!(second.facts.workstation.processes.seen().is_some(), "who uses cards is looked at with each card");
        assert_eq!(second.facts.cards, first.facts.cards);

        let deadline = Instant::now() + Duration::from_mins(1);
        let newer = loop {
            assert!(Instant::now() < deadline, "nothing comes");
            match behind.newer() {
                Some(newer) => break newer,
                None => thread::sleep(Duration::from_millis(10)),
            }
        };
        newer.put_around(&mut second.facts);
        assert_eq!(second.facts.workstation.system, first.facts.workstation.system);
        assert!(second.facts.workstation.processes.seen().is_some(), "what follows the card stays");
        assert_eq!(second.facts.cards, first.facts.cards);
        assert!(behind.newer().is_none() && behind.coming.is_none(), "once for each card");
    }

    #[test]
    fn a_service_that_is_gone_is_judged_with_what_is_around_it_now() {
        let mut behind = Behind::new(Observing::default());
        behind.known = Some(Surroundings::default());
        let silent: Arc<dyn Readers> = Arc::new(Silent);
        assert!(behind.observe(&silent, when()).facts.workstation.system.seen().is_some());
        behind.known = Some(Surroundings::default());
        behind.forget();
        assert!(behind.observe(&card(), when()).facts.workstation.system.seen().is_some());
    }
}
