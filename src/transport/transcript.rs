//! A transcript: what PC/SC and the cards said, as text that a user can send and anybody can replay.
//!
//! ```text
//! cpx-check transcript 2
//! date 2026-11-20
//! redacted yes
//! slot card 3BAC00402A001225006480000310009000 "Lecteur PC/SC 00 00"
//! slot empty "Lecteur PC/SC 00 01"
//! open T=0 3BAC00402A001225006480000310009000 "Lecteur PC/SC 00 00"
//! > 00A4090C063F0000015031
//! < 9000
//! > 00B00000E7
//! ! card-removed SCardTransmit 0x80100069
//! ```
//!
//! In version 1, `redacted yes` left the ends of names and numbers; in version 2 it leaves nothing of them. A card that could not be opened is `open ! card-in-use SCardConnect 0x8010000B "…"`; a service that does not answer
//! is `service pcsc-service-stopped SCardEstablishContext 0x8010001D`. Empty lines and lines that start with `#` say
//! nothing. Commands outside the closed set are refused.

use std::fmt::{self, Write as _};

use crate::error::{Error, ErrorKind, Failure, ForeignCode, Result};
use crate::iso7816::{Atr, Command};
use crate::limits;

use super::{Answer, Presence, Protocol, Slot};

/// One command and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exchanged {
    /// The command as it was sent.
    pub command: Command,
    /// The card's answer, or why there is none.
    pub outcome: std::result::Result<Answer, Failure>,
}

/// One opening of a card: what happened between connecting and leaving.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Opening {
    /// The reader's name.
    pub reader: String,
    /// The protocol and the answer to reset, or why the card could not be opened.
    pub outcome: std::result::Result<(Protocol, Atr), Failure>,
    /// The exchanges, in order.
    pub exchanges: Vec<Exchanged>,
}

/// What PC/SC and the cards said, once.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transcript {
    /// The day of the recording, as `YYYY-MM-DD`.
    pub date: String,
    /// Whether what tells a person apart was replaced.
    pub redacted: bool,
    /// The readers at the first look, or why there was no look.
    pub slots: std::result::Result<Vec<Slot>, Failure>,
    /// The openings, in the order in which they ended.
    pub openings: Vec<Opening>,
}

const TITLE: &str = "cpx-check transcript ";

/// The version that is written; the one before it is read as well.
const VERSION: u32 = 2;

impl fmt::Display for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{TITLE}{VERSION}\ndate {}\nredacted {}", self.date, if self.redacted { "yes" } else { "no" })?;
        match &self.slots {
            Err(failure) => writeln!(f, "service {}", Told(failure))?,
            Ok(slots) => {
                for slot in slots {
                    let name = quoted(&slot.reader);
                    match &slot.presence {
                        Presence::Empty => writeln!(f, "slot empty {name}")?,
                        Presence::Mute => writeln!(f, "slot mute {name}")?,
                        Presence::Unavailable => writeln!(f, "slot unavailable {name}")?,
                        Presence::Card { atr, .. } => writeln!(f, "slot card {atr} {name}")?,
                    }
                }
            }
        }
        for opening in &self.openings {
            let name = quoted(&opening.reader);
            match &opening.outcome {
                Err(failure) => writeln!(f, "open ! {} {name}", Told(failure))?,
                Ok((Protocol::T0, atr)) => writeln!(f, "open T=0 {atr} {name}")?,
                Ok((Protocol::T1, atr)) => writeln!(f, "open T=1 {atr} {name}")?,
            }
            for exchanged in &opening.exchanges {
                writeln!(f, "> {}", hex::encode_upper(exchanged.command.encode()))?;
                match &exchanged.outcome {
                    Ok(answer) => writeln!(f, "< {}{}", hex::encode_upper(&answer.data), answer.status)?,
                    Err(failure) => writeln!(f, "! {}", Told(failure))?,
                }
            }
        }
        Ok(())
    }
}

impl Transcript {
    /// The readers and cards that answer as these did.
    pub fn into_readers(self) -> Box<dyn super::Readers> {
        Box::new(super::Replay::new(self))
    }

    /// The transcript that this text writes.
    ///
    /// # Errors
    /// [`ErrorKind::Malformed`] with the line and its offset in the text, [`ErrorKind::NewerVersion`] for one of a later
    /// version of the program, [`ErrorKind::FileTooLarge`] for more than 4 MiB or 256 openings.
    pub fn parse(text: &str) -> Result<Self> {
        if text.len() > limits::TRANSCRIPT_BYTES {
            return Err(Error::new(ErrorKind::FileTooLarge, "a transcript of more than 4 MiB"));
        }
        // some editors put one before a text in UTF-8
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut parser = Parser::default();
        let mut offset = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let content = line.trim();
            if !content.is_empty() && !content.starts_with('#') {
                parser
                    .line(content)
                    .map_err(|error| error.moved(offset).within(format_args!("line {}", index.saturating_add(1))))?;
            }
            offset = offset.saturating_add(line.len());
        }
        parser.finish().map_err(|error| error.moved(offset))
    }
}

#[derive(Default)]
struct Parser {
    titled: bool,
    date: Option<String>,
    redacted: Option<bool>,
    service: Option<Failure>,
    slots: Vec<Slot>,
    openings: Vec<Opening>,
    command: Option<Command>,
}

impl Parser {
    fn line(&mut self, line: &str) -> Result<()> {
        if !self.titled {
            let version: Option<u32> = line.strip_prefix(TITLE).and_then(|version| version.parse().ok());
            self.titled = version.is_some_and(|version| (1..=VERSION).contains(&version));
            return match version {
                _ if self.titled => Ok(()),
                Some(VERSION..) => {
                    Err(wrong("a newer version of cpx-check made this: this one reads transcripts up to version 2")
                        .of_kind(ErrorKind::NewerVersion))
                }
                _ => Err(wrong("this is not a transcript of cpx-check")),
            };
        }
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        if self.command.is_some() && !matches!(word, "<" | "!") {
            return Err(wrong("the command before this line has no outcome"));
        }
        match word {
            "date" => self.date = Some(date(rest)?),
            "redacted" => {
                self.redacted = Some(match rest {
                    "yes" => true,
                    "no" => false,
                    _ => return Err(wrong("`redacted` is yes or no")),
                });
            }
            "service" => self.service = Some(failure(rest)?),
            "slot" => {
                self.slots.push(slot(rest)?);
                bounded(self.slots.len())?;
            }
            "open" => {
                self.openings.push(opening(rest)?);
                bounded(self.openings.len())?;
            }
            ">" => {
                let command = hex::decode(rest).ok().and_then(|bytes| Command::recognise(&bytes));
                self.command = Some(command.ok_or_else(|| wrong("not a command of the closed set"))?);
            }
            "<" => {
                let bytes = hex::decode(rest).map_err(|_| wrong("an answer is written in hexadecimal"))?;
                self.outcome(Ok(Answer::from_bytes(&bytes).map_err(|_| wrong("an answer ends with a status word"))?))?;
            }
            "!" => self.outcome(Err(failure(rest)?))?,
            _ => return Err(wrong("this line starts with an unknown word")),
        }
        Ok(())
    }

    fn outcome(&mut self, outcome: std::result::Result<Answer, Failure>) -> Result<()> {
        let (Some(command), Some(opening)) = (self.command.take(), self.openings.last_mut()) else {
            return Err(wrong("an outcome without a command in an opened card"));
        };
        if opening.outcome.is_err() {
            return Err(wrong("an exchange with a card that was not opened"));
        }
        opening.exchanges.push(Exchanged { command, outcome });
        Ok(())
    }

    fn finish(self) -> Result<Transcript> {
        if !self.titled {
            return Err(wrong("this is not a transcript of cpx-check"));
        }
        if self.command.is_some() {
            return Err(wrong("the last command has no outcome"));
        }
        let (Some(date), Some(redacted)) = (self.date, self.redacted) else {
            return Err(wrong("the lines `date` and `redacted` are missing"));
        };
        let slots = self.service.map_or(Ok(self.slots), Err);
        Ok(Transcript { date, redacted, slots, openings: self.openings })
    }
}

fn wrong(what: &'static str) -> Error {
    Error::malformed(what, 0)
}

fn bounded(count: usize) -> Result<()> {
    if count > limits::TRANSCRIPT_CARDS {
        return Err(Error::malformed("more than 256 readers or openings", 0).of_kind(ErrorKind::FileTooLarge));
    }
    Ok(())
}

fn date(text: &str) -> Result<String> {
    let digits = |range: std::ops::Range<usize>| text.get(range).and_then(|digits| digits.parse::<u16>().ok());
    let shape = text.len() == 10 && text.bytes().enumerate().all(|(i, b)| matches!(i, 4 | 7) == (b == b'-'));
    let month_days = match (digits(0..4), digits(5..7)) {
        (Some(year), Some(2)) if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        (Some(_), Some(2)) => 28,
        (Some(_), Some(4 | 6 | 9 | 11)) => 30,
        (Some(_), Some(1..=12)) => 31,
        _ => 0,
    };
    if shape && digits(8..10).is_some_and(|day| (1..=month_days).contains(&day)) {
        Ok(text.to_owned())
    } else {
        Err(wrong("a date is written YYYY-MM-DD"))
    }
}

fn slot(rest: &str) -> Result<Slot> {
    let (state, rest) = rest.split_once(' ').ok_or_else(|| wrong("a slot has a state and a name"))?;
    let (presence, name) = match state {
        "empty" => (Presence::Empty, rest),
        "mute" => (Presence::Mute, rest),
        "unavailable" => (Presence::Unavailable, rest),
        "card" => {
            let (atr, name) = rest.split_once(' ').ok_or_else(|| wrong("a card has an ATR and a reader's name"))?;
            (Presence::Card { atr: answer_to_reset(atr)?, in_use: false, exclusive: false }, name)
        }
        _ => return Err(wrong("a slot is empty, mute, unavailable or has a card")),
    };
    Ok(Slot::new(unquoted(name)?, presence, 0))
}

fn opening(rest: &str) -> Result<Opening> {
    let quote = rest.find('"').ok_or_else(|| wrong("an opening names its reader"))?;
    let (how, name) = rest.split_at_checked(quote).ok_or_else(|| wrong("an opening names its reader"))?;
    let outcome = match how.trim().split_once(' ') {
        Some(("T=0", atr)) => Ok((Protocol::T0, answer_to_reset(atr)?)),
        Some(("T=1", atr)) => Ok((Protocol::T1, answer_to_reset(atr)?)),
        Some(("!", told)) => Err(failure(told)?),
        _ => return Err(wrong("an opening is `T=0 ATR`, `T=1 ATR` or `! code`")),
    };
    Ok(Opening { reader: unquoted(name)?, outcome, exchanges: Vec::new() })
}

fn answer_to_reset(text: &str) -> Result<Atr> {
    let bytes = hex::decode(text).map_err(|_| wrong("an ATR is written in hexadecimal"))?;
    Atr::new(&bytes)
}

fn failure(text: &str) -> Result<Failure> {
    let mut words = text.split(' ');
    let code = words.next().unwrap_or_default();
    let kind = ErrorKind::ALL.into_iter().find(|kind| kind.code() == code).ok_or_else(|| wrong("an unknown code"))?;
    let error = match (words.next(), words.next(), words.next()) {
        (None, ..) => Error::new(kind, kind.code()),
        (Some(function), Some(number), None) => {
            let number = number.strip_prefix("0x").and_then(|hex| u32::from_str_radix(hex, 16).ok());
            match number.and_then(|number| ForeignCode::named(function, number)) {
                Some(ForeignCode { function, code }) => Error::foreign(kind, function, code),
                None => return Err(wrong("a failure is `code` or `code SCardFunction 0xNUMBER`")),
            }
        }
        _ => return Err(wrong("a failure is `code` or `code SCardFunction 0xNUMBER`")),
    };
    Ok(Failure::from(error))
}

/// A failure in the words of a transcript.
struct Told<'a>(&'a Failure);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.kind.code())?;
        match self.0.foreign {
            Some(ForeignCode { function, code }) => write!(f, " {function} 0x{code:08X}"),
            None => Ok(()),
        }
    }
}

/// A name between quotes, so that whatever stands in it stays on its line and moves nothing on the screen of whoever
/// reads it: JSON escapes only the first 32 control characters.
fn quoted(name: &str) -> String {
    let turns =
        |c| matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}');
    let mut quoted = String::new();
    for c in serde_json::Value::from(name).to_string().chars() {
        if c.is_control() || turns(c) || c == '\u{FEFF}' {
            let _ = write!(quoted, "\\u{:04X}", u32::from(c));
        } else {
            quoted.push(c);
        }
    }
    quoted
}

fn unquoted(text: &str) -> Result<String> {
    serde_json::from_str(text).map_err(|_| wrong("a reader's name stands between quotes"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EXAMPLE: &str = r#"cpx-check transcript 2
date 2026-11-20
redacted yes
slot card 3BAC00402A001225006480000310009000 "Lecteur \"A\"\n00"
slot empty "B"
slot mute "C"
slot unavailable "D"
open T=0 3BAC00402A001225006480000310009000 "Lecteur \"A\"\n00"
> 00A4090C063F0000015031
< 9000
> 00B00000E7
! card-removed SCardTransmit 0x80100069
open ! card-in-use SCardConnect 0x8010000B "B"
"#;

    #[test]
    fn a_transcript_is_written_as_it_was_read() {
        let transcript = Transcript::parse(EXAMPLE).unwrap();
        assert_eq!(transcript.to_string(), EXAMPLE);
        assert_eq!(transcript.openings[0].exchanges.len(), 2);
        for read in [format!("\u{FEFF}{EXAMPLE}"), EXAMPLE.replacen("transcript 2", "transcript 1", 1)] {
            assert_eq!(Transcript::parse(&read).unwrap(), transcript);
        }
        let newer = Transcript::parse(&EXAMPLE.replacen("transcript 2", "transcript 3", 1)).unwrap_err();
        assert_eq!(newer.kind(), ErrorKind::NewerVersion);
        let stopped = "cpx-check transcript 2\ndate 2026-11-20\nredacted no\n\
                       service pcsc-service-stopped SCardEstablishContext 0x8010001D\n";
        assert_eq!(Transcript::parse(stopped).unwrap().to_string(), stopped);
    }

    #[test]
    fn a_name_moves_nothing_on_the_screen_and_comes_back() {
        let name = "Lecteur \u{1b}[2J\u{7f}\u{9b}2J\u{85}\u{202e}\u{2028}é\u{feff} \"名\"";
        let transcript = Transcript {
            date: "2026-11-20".into(),
            redacted: true,
            slots: Ok(vec![Slot::new(name, Presence::Empty, 0)]),
            openings: Vec::new(),
        };
        let text = transcript.to_string();
        let last = text.lines().last().unwrap();
        assert_eq!(last, "slot empty \"Lecteur \\u001b[2J\\u007F\\u009B2J\\u0085\\u202E\\u2028é\\uFEFF \\\"名\\\"\"");
        assert_eq!(Transcript::parse(&text).unwrap(), transcript);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let head = "cpx-check transcript 1\ndate 2026-11-20\nredacted yes\n";
        let card = format!("{head}open T=0 3B00 \"A\"\n");
        for (text, line) in [
            (String::new(), 0),
            ("hello".into(), 1),
            ("cpx-check transcript 1\ndate 20-11-2026".into(), 2),
            ("cpx-check transcript 1\ndate 2026-02-29".into(), 2),
            ("cpx-check transcript 1\n".into(), 0),
            (format!("{head}redacted maybe"), 4),
            (format!("{head}slot card 3B \"A\""), 4),
            (format!("{head}slot gone \"A\""), 4),
            (format!("{head}slot empty A"), 4),
            (format!("{head}> 00B00000E7"), 0),
            (format!("{card}> 0020000104313233FF"), 5),
            (format!("{card}> 00B00000E7\n< 90"), 6),
            (format!("{card}> 00B00000E7\n> 00B00000E7"), 6),
            (format!("{card}> 00B00000E7\n! card-removed rm 0x0"), 6),
            (format!("{card}< 9000"), 5),
            (format!("{head}open ! card-mute \"A\"\n> 00B00000E7\n< 9000"), 6),
            (format!("{card}é"), 5),
        ] {
            let error = Transcript::parse(&text).expect_err(&text);
            assert_eq!(error.kind(), ErrorKind::Malformed, "{error}");
            assert!(line == 0 || error.to_string().starts_with(&format!("line {line}: ")), "{error}");
            assert!(error.offset().is_some());
        }
        let many = format!("{head}{}", "slot empty \"A\"\n".repeat(257));
        assert_eq!(Transcript::parse(&many).unwrap_err().kind(), ErrorKind::FileTooLarge);
    }

    proptest! {
        #[test]
        fn any_text_has_an_answer(text in "\\PC{0,80}", tail in "[<>!a-z0-9 \"=\\n]{0,80}") {
            let _ = Transcript::parse(&text);
            let _ = Transcript::parse(&format!("{EXAMPLE}{tail}"));
        }
    }
}
