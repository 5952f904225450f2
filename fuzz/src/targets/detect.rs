//! A whole detection: the card says what the input says.
//!
//! The input is chunks of a 16-bit length (big-endian) and as many bytes. The first is the answer to reset, the others
//! are the answers in order, each ending with its status word. Behind the last one the card is gone.

use cpx_card::internal::card::{CardAnswer, CardReading, ReadOptions, anonymous, read};
use cpx_card::internal::facts::{CardFacts, Evidence, ReaderContent, ReaderFacts};
use cpx_card::internal::identity::{Date, Name, Pseudonyms};
use cpx_card::internal::iso7816::{Atr, Command, FilePath};
use cpx_card::internal::limits;
use cpx_card::internal::readiness::{When, judge_cards};
use cpx_card::internal::transport::{Answer, Exchange, Protocol, Readers, Replay, Transcript};
use cpx_card::{Error, ErrorKind, Result};
use cpx_f413::{Knowledge, Standing, judge_card};
use cpx_report::{Disclosure, Language, card_json, card_text};

use super::rendered::{clean_json, clean_text, in_language};

const READER: &str = "Lecteur\u{1b}[31m \u{202E}00";

/// The bounds are kept, a failed reading is none at all, the same card is read the same way, and whatever it says can be
/// judged, shown and sent.
pub fn detect(data: &[u8]) {
    let Some((atr, answers)) = answers_of(data) else { return };
    for certificates in [false, true] {
        let options = ReadOptions::default().with_certificates(certificates);
        let mut card = Scripted::new(&atr, &answers);
        let read_once = read(&mut card, options);
        let most = if certificates { limits::READING_EXCHANGES } else { limits::IDENTITY_EXCHANGES };
        assert!(card.dialogue.len() <= most as usize, "{} commands", card.dialogue.len());
        if let Some(unanswered) = card.unanswered {
            // all or nothing: a card that is gone is that, unless its answer was certain and it was only to be left as found
            let kind = read_once.as_ref().err().map(Error::kind);
            let sent = card.dialogue.iter().map(|(command, _)| *command).chain([unanswered]);
            let last = sent.rev().find(|command| !matches!(command, Command::GetResponse { .. }));
            let is_certain =
                matches!(kind, Some(ErrorKind::CardNonsense | ErrorKind::LimitReached | ErrorKind::CardTooOld));
            let was_left = is_certain && matches!(last, Some(Command::SelectPath { path: FilePath::MASTER, .. }));
            assert!(was_left || kind == Some(ErrorKind::CardRemoved), "{kind:?} after {unanswered:?}");
        }
        let mut again = Scripted::new(&atr, &answers);
        let read_again = read(&mut again, options);
        assert_eq!(again.dialogue.len(), card.dialogue.len());
        assert_eq!(read_once.as_ref().ok(), read_again.as_ref().ok(), "the same answers are the same card");

        let transcript = card.transcript(&atr);
        sent(&transcript, options, read_once.as_ref().ok());
        shown(&atr, read_once);
    }
}

/// The answer to reset and the answers of an input.
fn answers_of(data: &[u8]) -> Option<(Atr, Vec<&[u8]>)> {
    let mut chunks = chunks(data);
    let atr = Atr::new(chunks.next()?).ok()?;
    Some((atr, chunks.collect()))
}

/// The chunks of an input; the last one may be cut short.
pub fn chunks(data: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = data;
    std::iter::from_fn(move || {
        let (length, behind) = rest.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length)).min(behind.len());
        let (chunk, behind) = behind.split_at(length);
        rest = behind;
        Some(chunk)
    })
}

/// A card that says these answers, and then is gone.
struct Scripted<'a> {
    atr: &'a Atr,
    answers: std::slice::Iter<'a, &'a [u8]>,
    dialogue: Vec<(Command, Vec<u8>)>,
    /// The command that found the card gone.
    unanswered: Option<Command>,
}

impl<'a> Scripted<'a> {
    fn new(atr: &'a Atr, answers: &'a [&'a [u8]]) -> Self {
        Self { atr, answers: answers.iter(), dialogue: Vec::new(), unanswered: None }
    }

    /// The dialogue as it would be recorded.
    fn transcript(&self, atr: &Atr) -> String {
        let mut text = format!(
            "cpx-check transcript 2\ndate 2026-11-21\nredacted no\nslot card {atr} \"R\"\nopen T=1 {atr} \"R\"\n"
        );
        for (command, answer) in &self.dialogue {
            text += &format!("> {}\n< {}\n", upper(&command.encode()), upper(answer));
        }
        text
    }
}

fn upper(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

impl Exchange for Scripted<'_> {
    fn atr(&self) -> &Atr {
        self.atr
    }

    fn protocol(&self) -> Protocol {
        Protocol::T1
    }

    fn transmit(&mut self, command: &Command) -> Result<Answer> {
        assert!(self.unanswered.is_none(), "asked after it was gone");
        assert_eq!(Command::recognise(&command.encode()), Some(*command), "a command outside the closed set");
        match self.answers.next().map(|bytes| Answer::from_bytes(bytes)) {
            Some(Ok(answer)) => {
                self.dialogue.push((*command, [&answer.data[..], &answer.status.bytes()].concat()));
                Ok(answer)
            }
            _ => {
                self.unanswered = Some(*command);
                Err(Error::new(ErrorKind::CardRemoved, "the script has ended"))
            }
        }
    }
}

/// What was read is judged and shown: no control character, nothing of a name behind its mask.
fn shown(atr: &Atr, read: Result<CardAnswer>) {
    let content = match read {
        Ok(answer) => ReaderContent::Card(answer),
        Err(error) => ReaderContent::Failed { failure: error.into(), atr: Some(atr.clone()) },
    };
    let _ = judge_card(&content, Standing::default(), Knowledge::default(), day());
    rendered(content.clone(), Disclosure::Full);
    let masked = rendered(content.clone(), Disclosure::Masked);
    if let ReaderContent::Card(CardAnswer::Cpx(mut card)) = content
        && card.certificates.is_none()
    {
        hide(&mut card);
        assert_eq!(rendered(ReaderContent::Card(CardAnswer::Cpx(card)), Disclosure::Masked), masked);
    }
}

/// Another person, whose masked name is the same.
fn hide(card: &mut CardReading) {
    for name in [&mut card.holder.surname, &mut card.holder.given_name].into_iter().flatten() {
        let length = name.reveal().chars().count();
        let hidden = length - (length / 2).min(3);
        let other = name.reveal().chars().enumerate().map(|(place, c)| if place < hidden { 'X' } else { c });
        *name = Name::from_text(&other.collect::<String>());
    }
}

fn rendered(content: ReaderContent, disclosure: Disclosure) -> [String; 2] {
    let facts = CardFacts::new(Ok(vec![ReaderFacts::new(READER, content)]));
    let verdict = judge_cards(&facts, &Evidence::default(), When::on(day()));
    let json = card_json(&facts, &verdict, disclosure);
    clean_json(&json);
    let language = if disclosure == Disclosure::Full { Language::English } else { Language::French };
    let text = in_language(language, |texts| card_text(&facts, &verdict, disclosure, texts));
    clean_text(&text);
    [json.to_string(), text]
}

fn day() -> Date {
    Date::new(2026, 11, 21).expect("a day")
}

/// The recording is read back as it was, and redacted it still is a recording, which redacting again leaves as it is.
fn sent(text: &str, options: ReadOptions, read_once: Option<&CardAnswer>) {
    let transcript = Transcript::parse(text).expect("a recording is read back");
    assert_eq!(transcript.to_string(), text);
    let redacted = anonymous(&transcript, &Pseudonyms::keyed(b"test"));
    let written = redacted.to_string();
    let back = Transcript::parse(&written).expect("a redacted recording is read back");
    assert_eq!(back, redacted);
    let mut replayed = None;
    let opened = Replay::new(redacted).with_card("R", &mut |link| replayed = Some(read(link, options)));
    opened.expect("the card of a recording opens");
    // a card that gives one file for two things is not always read to its end again; it is never another error
    if let (Some(CardAnswer::Cpx(_)), Some(Err(error))) = (read_once, replayed) {
        assert!(matches!(error.kind(), ErrorKind::ReplayMismatch | ErrorKind::CardNonsense), "{error}");
    }
}
