//! `cpx-check f413`: whether the card in the reader will do for form F413, and what is copied into it.

use cpx_card::internal::card::{Certificates, ReadOptions};
use cpx_card::internal::certificate::Revocation;
use cpx_card::internal::collect::{Collecting, EvidenceSources, collect, collect_evidence};
use cpx_card::internal::facts::{CardFacts, Evidence, ReaderFacts};
use cpx_card::internal::identity::Date;
use cpx_card::internal::limits;
use cpx_card::internal::readiness::{CardVerdict, ReaderVerdict, Reservation, judge_cards};
use cpx_f413::{Answer, CardAdvice, Knowledge, Opposition, Standing, judge_card};
use cpx_report::{Detail, Texts, f413_json, f413_text, failure_text, form_lines_text};

use super::answer::{For, Place};
use super::args::{F413Arguments, F413Command, Format};
use super::card::{disclosure_in_hand, identity_shown};
use super::exit_code::Exit;
use super::{Refusal, Run, clipboard, f413_batch, f413_order, output, source};

pub(super) fn run(arguments: &F413Arguments, pcsc_missing: Option<String>, texts: &Texts) -> Run {
    if let Some(F413Command::Order(order)) = &arguments.then {
        return f413_order::run(order, texts);
    }
    if let Some(list) = &arguments.batch {
        return f413_batch::run(arguments, list, pcsc_missing, texts);
    }
    let place = Place::of(arguments.in_hand.file.as_deref(), For::Owner)?;
    let chosen = source::choose(&arguments.source, pcsc_missing, arguments.patience(), texts)?;
    let when = source::when(arguments.at, chosen.day);
    let named = arguments.source.reader.as_str();
    let facts = collect(&chosen.readers, named, collecting(arguments).with_patience(arguments.patience()));
    if !named.is_empty() && facts.readers.as_ref().is_ok_and(Vec::is_empty) && source::has_readers(&chosen.readers) {
        return Err(Refusal::code("no-reader-named", texts));
    }
    let evidence = evidence(arguments, &facts, when.now);
    let verdict = judge_cards(&facts, &evidence, when);
    let readers = facts.readers.as_deref().unwrap_or_default();
    let judged = readers.iter().zip(&verdict.readers);
    let advice: Vec<_> =
        judged.map(|(reader, verdict)| advise(reader, verdict, knowledge(arguments), when.today)).collect();

    let in_clipboard = arguments.copy && copy(&advice, texts)?;
    let disclosure = disclosure_in_hand(arguments.output, &arguments.in_hand);
    match arguments.output.format {
        Format::Json => place.put(&format!("{:#}\n", f413_json(&facts, &verdict, &advice, disclosure)), false)?,
        Format::Text => {
            let note = chosen.note.map(|note| format!("{note}\n\n")).unwrap_or_default();
            let detail = if arguments.sources { Detail::Every } else { Detail::Short };
            let has_lines = advice.iter().any(|advice| advice.lines.is_some() && advice.is_of_use());
            let shown = identity_shown(has_lines && place.is_output(), disclosure, texts);
            let text = f413_text(&facts, &verdict, &advice, detail, disclosure, texts);
            place.put(&format!("{note}{text}{shown}"), true)?;
        }
    }
    for problem in &evidence.problems {
        output::error(&failure_text(problem, texts));
    }
    if in_clipboard {
        clipboard::keep();
    }
    Ok(exit(&facts, &verdict, &advice))
}

/// How a card is read for form F413: with one certificate where something is asked that only a certificate can answer.
pub(super) fn collecting(arguments: &F413Arguments) -> Collecting {
    let read = ReadOptions::default().without_languages();
    let with_certificate = arguments.certificates || arguments.evidence.is_asked();
    Collecting::new(if with_certificate { read.with(Certificates::Authentication) } else { read })
}

/// What the certificates that were read are judged with.
pub(super) fn evidence(
    arguments: &F413Arguments,
    facts: &CardFacts,
    now: cpx_card::internal::certificate::Moment,
) -> Evidence {
    if !arguments.certificates && !arguments.evidence.is_asked() {
        return Evidence::default();
    }
    let about = cpx_card::internal::cards::on_cards(facts);
    collect_evidence(&EvidenceSources::from(&arguments.evidence), &about, now)
}

/// The advice about one reader.
pub(super) fn advise(reader: &ReaderFacts, verdict: &ReaderVerdict, knowledge: Knowledge, today: Date) -> CardAdvice {
    judge_card(&reader.content, standing(verdict), knowledge, today)
}

/// What the options say of the holder.
pub(super) fn knowledge(arguments: &F413Arguments) -> Knowledge {
    Knowledge::new(arguments.legal_representative, arguments.mandate, arguments.practice_owner)
}

/// What the verdict on card and certificates means for the rules of the form.
fn standing(verdict: &ReaderVerdict) -> Standing {
    const DOUBTS: [Reservation; 8] = [
        Reservation::OtherCardsCertificate,
        Reservation::OtherHoldersCertificate,
        Reservation::CertificateDiffers,
        Reservation::CertificateExpired,
        Reservation::CertificateNotYetValid,
        Reservation::CertificateNotTrusted,
        Reservation::CertificateOfTest,
        Reservation::CertificateUnreadable,
    ];
    let has = |reservation| verdict.reservations.contains(&reservation);
    let certificates = verdict.certificates.iter().flat_map(|all| &all.certificates);
    let mut revocations = certificates.map(|one| &one.revocation).peekable();
    let mut standing = Standing::of_type(verdict.card_type);
    standing.opposition = if has(Reservation::CardRevoked) {
        Opposition::Opposed
    } else if revocations.peek().is_some() && revocations.all(|one| matches!(one, Revocation::NotRevoked { .. })) {
        Opposition::NotOpposed
    } else {
        Opposition::Unchecked
    };
    standing.doubtful = DOUBTS.into_iter().any(has);
    standing.clock_doubted = has(Reservation::ClockDoubt);
    standing
}

/// Copies the lines of the one card, and tells where they went. True where they are in a clipboard.
fn copy(advice: &[CardAdvice], texts: &Texts) -> super::Granted<bool> {
    let mut cards = advice.iter().filter_map(|advice| Some((advice, advice.lines.as_ref()?)));
    let (Some((advice, lines)), None) = (cards.next(), cards.next()) else {
        return Err(Refusal::code("f413-copy-one-card", texts));
    };
    if !advice.is_of_use() {
        return Err(Refusal::code("f413-copy-unfit", texts));
    }
    let lines = form_lines_text(lines, texts);
    let copied = clipboard::copy(lines.clone());
    let seconds = limits::CLIPBOARD_KEPT.as_secs().to_string();
    output::error(&match (copied, clipboard::is_kept_by_us()) {
        (true, true) => format!("{}\n", texts.with("f413-copied-for-a-while", &[("seconds", &seconds)])),
        (true, false) => format!("{}\n", texts.text("f413-copied")),
        (false, _) => format!("{}\n{lines}", texts.text("f413-no-clipboard")),
    });
    Ok(copied)
}

/// The worst answer to the first question over the CPx cards; nothing else in the readers counts beside one.
fn exit(facts: &CardFacts, verdict: &CardVerdict, advice: &[CardAdvice]) -> Exit {
    if facts.readers.is_err() {
        return Exit::CouldNotTell;
    }
    let answers = advice.iter().filter(|advice| advice.lines.is_some()).map(CardAdvice::administrator);
    let has = |reservation| verdict.readers.iter().any(|one| one.reservations.contains(&reservation));
    match answers.max() {
        // the form would name a card that is about to be replaced, or that nobody can use as it is
        Some(Answer::Yes) if has(Reservation::ExpiresSoon) || has(Reservation::CodeBlocked) => Exit::Reserved,
        Some(Answer::Yes) => Exit::Ready,
        Some(Answer::Verify) => Exit::Reserved,
        Some(Answer::No) | None => Exit::NotReady,
    }
}
