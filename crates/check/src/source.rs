//! Where readers and cards come from: PC/SC, virtual cards or a recording.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use cpx_card::Error;
use cpx_card::internal::card::ReadOptions;
use cpx_card::internal::identity::Date;
use cpx_card::internal::limits;
use cpx_card::internal::readiness::When;
use cpx_card::internal::transport::{NoPcsc, PcscReaders, Readers, Replay, Transcript};
use cpx_report::Texts;
use cpx_simulator::{Latency, Personality, SimulatedReaders, embedded_names};

use super::args::{Source, Speed};
use super::{Granted, Refusal, ending, file};

/// Readers, and the day on which what is in them is to be judged.
pub(super) struct Chosen {
    pub(super) readers: Arc<dyn Readers>,
    /// The same, to wait for what happens in them: calls on one connection to PC/SC wait for each other.
    pub(super) to_watch: Arc<dyn Readers>,
    /// The day that comes with the readers: a virtual card and a recording have one of their own.
    pub(super) day: Option<Date>,
    /// What to tell people about where this comes from.
    pub(super) note: Option<String>,
    /// Whether this is a recording from which personal data were taken out.
    pub(super) redacted: bool,
    /// How the card of a recording was read.
    pub(super) recorded: Option<ReadOptions>,
}

/// The readers that the arguments ask for.
pub(super) fn choose(
    source: &Source,
    pcsc_missing: Option<String>,
    patience: Duration,
    texts: &Texts,
) -> Granted<Chosen> {
    if source.simulate.is_empty() {
        let (readers, to_watch): (Arc<dyn Readers>, Arc<dyn Readers>) = match pcsc_missing {
            Some(why) => (Arc::new(NoPcsc::new(why.clone())), Arc::new(NoPcsc::new(why))),
            None => (Arc::new(PcscReaders::new().with_patience(patience)), Arc::new(PcscReaders::new())),
        };
        return Ok(Chosen {
            readers: ending::leaving(readers),
            to_watch,
            day: None,
            note: None,
            redacted: false,
            recorded: None,
        });
    }
    let mut cards = Vec::new();
    for (index, name) in source.simulate.iter().enumerate() {
        let reader = format!("{} {index:02}", texts.text("simulated-reader"));
        cards.push((reader, personality(name, texts)?));
    }
    let day = cards.first().and_then(|(_, card)| card.reference_date().parse().ok());
    let readers = SimulatedReaders::new(cards)?.with_latency(latency(source.speed));
    let note = day.map(|day| texts.with("simulated-note", &[("date", &texts.date(day))]));
    let to_watch: Arc<dyn Readers> = Arc::new(readers);
    Ok(Chosen { readers: ending::leaving(Arc::clone(&to_watch)), to_watch, day, note, redacted: false, recorded: None })
}

/// The authorities of virtual cards, where the arguments ask for such cards.
pub(super) fn simulated_authorities(source: &Source) -> Option<Vec<Vec<u8>>> {
    let is_simulated = !source.simulate.is_empty();
    is_simulated.then(|| cpx_simulator::AUTHORITIES.map(<[u8]>::to_vec).to_vec())
}

/// The readers of a recording.
pub(super) fn replay(path: &Path, texts: &Texts) -> Granted<Chosen> {
    let place = path.display();
    let told = |error: Error| error.within(&place);
    let bytes = file::read(path, limits::TRANSCRIPT_BYTES).map_err(told)?;
    let text = String::from_utf8(bytes)
        .map_err(|error| told(Error::malformed("this is not text in UTF-8", error.utf8_error().valid_up_to())))?;
    let transcript = Transcript::parse(&text).map_err(told)?;
    let day: Option<Date> = transcript.date.parse().ok();
    let note = day.map(|day| texts.with("replay-note", &[("date", &texts.date(day))]));
    let redacted = transcript.redacted;
    let recorded =
        transcript.openings.iter().find(|opening| !opening.exchanges.is_empty()).map(ReadOptions::of_recording);
    let readers: Arc<dyn Readers> = Arc::new(Replay::new(transcript));
    Ok(Chosen { to_watch: Arc::clone(&readers), readers, day, note, redacted, recorded })
}

/// The virtual card of this name, or of this personality file.
pub(super) fn personality(name: &str, texts: &Texts) -> Granted<Personality> {
    let is_file = name.contains(['/', '\\']) || Path::new(name).extension().is_some_and(|e| e == "toml");
    if is_file {
        return Ok(Personality::load(Path::new(name))?);
    }
    if !embedded_names().any(|known| known == name) {
        let name = cpx_report::sanitise(name);
        return Err(Refusal::Sentence(texts.with("simulate-unknown", &[("name", &name)])));
    }
    Ok(Personality::embedded(name)?)
}

/// Whether there is any reader, whatever its name.
pub(super) fn has_readers(readers: &Arc<dyn Readers>) -> bool {
    cpx_card::internal::collect::slots(readers).is_ok_and(|slots| !slots.is_empty())
}

/// When to judge: on the day that was asked for, else on the day that comes with the readers, else by the clock.
pub(super) fn when(asked: Option<Date>, day: Option<Date>) -> When {
    asked.or(day).map_or_else(cpx_card::internal::cards::now, When::on)
}

pub(super) fn latency(speed: Speed) -> Latency {
    Latency::new(speed.baud.unwrap_or_default(), speed.apdu_ms)
}
