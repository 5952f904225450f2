//! `cpx-check card`: what card this is, whose it is, until when, and whether its code porteur is usable.

use std::sync::Arc;

use cpx_card::internal::card::{Certificates, anonymous};
use cpx_card::internal::cards::on_cards;
use cpx_card::internal::collect::{Collecting, EvidenceSources, card_users, collect, collect_evidence};
use cpx_card::internal::facts::{CardFacts, Evidence, ReaderFacts, ReaderState};
use cpx_card::internal::identity::Pseudonyms;
use cpx_card::internal::readiness::judge_cards;
use cpx_card::internal::transport::{Readers, Recorder};
use cpx_card::internal::workstation::facts::SessionKind;
use cpx_report::{Disclosure, Texts, card_json, card_text, failure_text, sanitise};

use super::answer::{For, Place};
use super::args::{CardArguments, Format, InHand, Output};
use super::file::Whole;
use super::source::{self, Chosen};
use super::{Refusal, Run, output};

pub(super) fn run(arguments: &CardArguments, pcsc_missing: Option<String>, texts: &Texts) -> Run {
    let Chosen { readers, day, note, redacted, recorded, .. } = match &arguments.replay {
        Some(file) => source::replay(file, texts)?,
        None => source::choose(&arguments.source, pcsc_missing, arguments.patience(), texts)?,
    };
    let when = source::when(arguments.at, day);
    // a recording shows what it holds
    let with_certificates = arguments.certificates
        || arguments.evidence.is_asked()
        || recorded.is_some_and(|options| options.certificates != Certificates::None);
    let options = recorded.unwrap_or_default().with_certificates(with_certificates);
    let how = Collecting::new(options).with_patience(arguments.patience());
    let named = arguments.source.reader.as_str();

    // an unwritable file is told before the card is asked anything
    let place = Place::of(arguments.in_hand.file.as_deref(), For::Owner)?;
    let facts = match &arguments.record {
        None => collect(&readers, named, how),
        Some(file) => {
            let file = Whole::create(file)?;
            let recorder = Arc::new(Recorder::new(Arc::clone(&readers)));
            let facts = collect(&(Arc::clone(&recorder) as Arc<dyn Readers>), named, how);
            let transcript = recorder.transcript(when.today.to_string());
            let transcript =
                if arguments.record_identity { transcript } else { anonymous(&transcript, &Pseudonyms::random()?) };
            file.write(transcript.to_string().as_bytes())?;
            facts
        }
    };
    if !named.is_empty() && facts.readers.as_ref().is_ok_and(Vec::is_empty) && source::has_readers(&readers) {
        return Err(Refusal::code("no-reader-named", texts));
    }

    let evidence = if with_certificates {
        let sources = EvidenceSources::from(&arguments.evidence);
        let mut evidence = collect_evidence(&sources, &on_cards(&facts), when.now);
        evidence.redacted = redacted;
        evidence
    } else {
        Evidence::default()
    };
    let verdict = judge_cards(&facts, &evidence, when);
    let disclosure = disclosure_in_hand(arguments.output, &arguments.in_hand);
    match arguments.output.format {
        Format::Json => place.put(&format!("{:#}\n", card_json(&facts, &verdict, disclosure)), false)?,
        Format::Text => {
            let note = note.map(|note| format!("{}\n\n", texts.paragraph(&note))).unwrap_or_default();
            let users = users(&facts, texts).map(|users| format!("{}\n", texts.paragraph(&users))).unwrap_or_default();
            let has_card = facts.readers.iter().flatten().any(|reader| reader.content.cpx().is_some());
            let shown = identity_shown(has_card && place.is_output(), disclosure, texts);
            place.put(&format!("{note}{}{users}{shown}", card_text(&facts, &verdict, disclosure, texts)), true)?;
        }
    }
    for problem in &evidence.problems {
        output::error(&failure_text(problem, texts));
    }
    if let Some(file) = &arguments.record {
        let path = sanitise(&file.display().to_string());
        output::error(&format!("{}\n", texts.with("record-written", &[("path", &path)])));
    }
    Ok(verdict.outcome.into())
}

/// Which programs may have the card, where another one has it and the system tells.
pub(super) fn users(facts: &CardFacts, texts: &Texts) -> Option<String> {
    let is_busy = |reader: &ReaderFacts| reader.content.state() == ReaderState::Busy;
    let users = if facts.readers.iter().flatten().any(is_busy) { card_users() } else { Vec::new() };
    let programs = users.iter().map(|name| sanitise(name)).collect::<Vec<_>>().join(", ");
    (!programs.is_empty()).then(|| texts.with("card-users", &[("programs", &programs)]))
}

/// How much `card` and `f413` show: on the terminal of a local session the identity, for the card is in the user's hand.
pub(super) fn disclosure_in_hand(output: Output, in_hand: &InHand) -> Disclosure {
    let is_on_screen = output.format == Format::Text && in_hand.file.is_none() && !in_hand.masked;
    disclosure(output.show_identity || (is_on_screen && output::is_terminal() && is_local_session()))
}

/// Whether whoever reads the terminal sits before this workstation: no SSH, remote desktop, Citrix or CI.
fn is_local_session() -> bool {
    let session = cpx_card::internal::workstation::subjects::session();
    std::env::var_os("CI").is_none() && session.seen().is_some_and(|session| session.kind == SessionKind::Local)
}

/// The last line of a terminal that shows whose card it is.
pub(super) fn identity_shown(is_told: bool, disclosure: Disclosure, texts: &Texts) -> String {
    if is_told && disclosure == Disclosure::Full && output::is_terminal() {
        format!("{}\n", texts.paragraph(&texts.text("identity-shown")))
    } else {
        String::new()
    }
}

pub(super) fn disclosure(show_identity: bool) -> Disclosure {
    if show_identity { Disclosure::Full } else { Disclosure::Masked }
}
