//! `cpx-check token --prove`: the one place of the program that presents a code.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use zeroize::Zeroizing;

use cpx_card::internal::certificate::Role;
use cpx_card::internal::collect::AskedModules;
use cpx_card::internal::facts::{CardAnswer, CardFacts, CodeLevel, ReaderContent};
use cpx_card::internal::limits;
use cpx_card::internal::readiness::{SlotFinding, TokensVerdict};
use cpx_card::internal::token::{Asker, Challenge, ProofOutcome, SlotFacts, TokenFacts};
use cpx_report::Texts;

use super::ending;
use super::exit_code::Exit;

/// A code, cleared from memory when it is no longer used.
pub(super) type Code = Zeroizing<Vec<u8>>;

/// What became of a proof, or why there was none.
pub(super) enum Proof {
    /// What the card or the module said.
    Outcome(ProofOutcome),
    /// No module shows a card that could prove anything.
    NoCard,
    /// Modules show several cards: which one?
    SeveralCards,
    /// The module does not show the card that is in the reader.
    AnotherCard,
    /// The code is typed on the reader itself, which is not done here.
    CodeOnReader,
    /// The user gave no code.
    NoCode,
    /// The code has another length than any that the card accepts: it was not presented.
    CodeLength,
    /// The user does not want the certificate to be sent.
    Declined,
    /// The server asked for no signature: no code was presented.
    NotAsked,
    /// There is no terminal to ask at, or nothing can be read where the code should be.
    NoTerminal(String),
}

impl Proof {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Outcome(outcome) => outcome.code(),
            Self::NoCard => "no-card",
            Self::SeveralCards => "several-cards",
            Self::AnotherCard => "another-card",
            Self::CodeOnReader => "code-on-reader",
            Self::NoCode => "no-code",
            Self::CodeLength => "code-length",
            Self::Declined => "declined",
            Self::NotAsked => "not-asked",
            Self::NoTerminal(_) => "no-terminal",
        }
    }

    pub(super) fn detail(&self) -> Option<String> {
        match self {
            Self::Outcome(ProofOutcome::Failed { function, code }) => Some(format!("{function} {code}")),
            Self::Outcome(ProofOutcome::Broken(ending)) => {
                let function = ending.function().map(|function| format!(" {function}")).unwrap_or_default();
                Some(format!("{}{function}", ending.code()))
            }
            Self::NoTerminal(error) => Some(error.clone()),
            _ => None,
        }
    }

    /// The state of the code after a wrong one.
    pub(super) fn level(&self) -> Option<CodeLevel> {
        match self {
            Self::Outcome(ProofOutcome::WrongCode { level }) => Some(*level),
            _ => None,
        }
    }
}

impl From<&Proof> for Exit {
    fn from(proof: &Proof) -> Self {
        match proof {
            Proof::Outcome(ProofOutcome::Proven) => Self::Ready,
            Proof::Outcome(ProofOutcome::LastTry)
            | Proof::SeveralCards
            | Proof::NoCode
            | Proof::CodeLength
            | Proof::Declined
            | Proof::NoTerminal(_) => Self::Usage,
            Proof::NotAsked => Self::CouldNotTell,
            _ => Self::NotReady,
        }
    }
}

/// The card that is to prove that it can authenticate.
pub(super) struct Target<'a> {
    pub(super) module: &'a Path,
    slot: &'a SlotFacts,
    pub(super) token: &'a TokenFacts,
    /// Tries left, as PC/SC read them from the same card.
    tries: Option<u8>,
}

/// The one card that can be asked, through the first module that shows it. Cards that show a certificate to prove with go
/// before those that do not: blank tokens stand beside them.
pub(super) fn target<'a>(
    modules: &'a AskedModules,
    verdict: &TokensVerdict,
    cards: &CardFacts,
) -> Result<Target<'a>, Proof> {
    let (mut targets, mut blank) = (Vec::new(), Vec::new());
    let mut another = false;
    let found = modules.facts.modules.iter().zip(&modules.paths).zip(&verdict.modules);
    for ((module, path), verdict) in found {
        let Some(path) = path else { continue };
        for (slot, verdict) in module.slots().iter().zip(&verdict.slots) {
            let Some(token) = slot.token() else { continue };
            let target = Target { module: path, slot, token, tries: tries(slot, cards) };
            match verdict.finding {
                SlotFinding::Seen | SlotFinding::Outdated => targets.push(target),
                SlotFinding::NotACard => blank.push(target),
                _ => another = true,
            }
        }
    }
    if targets.is_empty() && !another && blank.len() == 1 {
        // the only one there is: what it lacks is told
        targets = blank;
    }
    if targets.iter().any(Target::can_prove) {
        targets.retain(Target::can_prove);
    }
    let mut targets = targets.into_iter();
    let first = targets.next().ok_or(if another { Proof::AnotherCard } else { Proof::NoCard })?;
    if targets.any(|target| target.place() != first.place()) { Err(Proof::SeveralCards) } else { Ok(first) }
}

/// One place has one card, however differently two modules may write its serial.
fn place(slot: &SlotFacts) -> &str {
    slot.reader.as_deref().unwrap_or(&slot.description)
}

fn tries(slot: &SlotFacts, cards: &CardFacts) -> Option<u8> {
    let reader = cards.readers.iter().flatten().find(|reader| Some(&reader.name) == slot.reader.as_ref())?;
    match &reader.content {
        ReaderContent::Card(CardAnswer::Cpx(card)) => card.code.tries_left,
        _ => None,
    }
}

impl Target<'_> {
    fn can_prove(&self) -> bool {
        [Role::Authentication, Role::Technical].into_iter().any(|role| self.token.certificate(role).is_some())
    }

    fn place(&self) -> &str {
        place(self.slot)
    }

    /// How many tries are left, said before anybody is asked for the code.
    pub(super) fn tries(&self, texts: &Texts) -> String {
        match self.tries {
            Some(left) => texts.with("proof-tries", &[("left", &left.to_string())]),
            None if self.token.code_by_card().is_some() => texts.text("proof-presented"),
            None => texts.text(match self.token.code_level() {
                CodeLevel::Full => "proof-flags-full",
                CodeLevel::Low => "proof-flags-low",
                CodeLevel::LastTry => "proof-flags-last-try",
                CodeLevel::Blocked => "proof-flags-blocked",
                _ => "proof-flags-unknown",
            }),
        }
    }

    /// Gets the code, presents it once, has a fresh challenge signed and verifies the signature.
    pub(super) fn prove(&self, asker: &Asker, last_try: bool, given: Option<io::Result<Code>>, texts: &Texts) -> Proof {
        let challenge = match self.challenge(last_try) {
            Ok(challenge) => challenge,
            Err(proof) => return proof,
        };
        match self.code(given, texts) {
            Ok(code) => Proof::Outcome(asker.prove(self.module, &challenge, &code)),
            Err(proof) => proof,
        }
    }

    /// What the card is to sign, if it can be asked for the code at all.
    pub(super) fn challenge(&self, last_try: bool) -> Result<Challenge, Proof> {
        match self.tries {
            Some(0) => return Err(Proof::Outcome(ProofOutcome::Blocked)),
            Some(1) if !last_try => return Err(Proof::Outcome(ProofOutcome::LastTry)),
            _ => {}
        }
        if self.token.flags.code_on_reader() {
            return Err(Proof::CodeOnReader);
        }
        Challenge::new(self.slot, self.token, last_try).map_err(Proof::Outcome)
    }

    /// The code, of a length that the card can accept. The contactless side asks for none.
    pub(super) fn code(&self, given: Option<io::Result<Code>>, texts: &Texts) -> Result<Code, Proof> {
        if !self.token.flags.login_required() {
            return Ok(Code::default());
        }
        let read = given.unwrap_or_else(|| code_from_keyboard(&texts.text("proof-prompt")));
        let code = read.map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::Interrupted => Proof::NoCode,
            _ => Proof::NoTerminal(error.to_string()),
        })?;
        let length = u32::try_from(code.len()).unwrap_or(u32::MAX);
        let (shortest, longest) = self.token.code_length;
        match length {
            0 => Err(Proof::NoCode),
            _ if length < shortest || length > longest || code.len() > limits::CODE_BYTES => Err(Proof::CodeLength),
            _ => Ok(code),
        }
    }
}

/// Asks at the terminal, without echo. Ctrl-C there ends the program.
pub(super) fn code_from_keyboard(prompt: &str) -> io::Result<Code> {
    #[cfg(unix)]
    echo_when_interrupted();
    match rpassword::prompt_password(prompt) {
        Err(error) if error.kind() == io::ErrorKind::Interrupted => ending::end(ending::INTERRUPT),
        // the text becomes the bytes that are cleared: nothing is copied
        typed => typed.map(|typed| Code::new(typed.into_bytes())),
    }
}

/// From now on a signal that ends this program lets the terminal show again what is typed.
#[cfg(unix)]
fn echo_when_interrupted() {
    use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
    let Ok(terminal) = File::options().read(true).write(true).open("/dev/tty") else { return };
    let Ok(kept) = tcgetattr(&terminal) else { return };
    ending::undo_first(move || {
        let _ = tcsetattr(&terminal, OptionalActions::Now, &kept);
    });
}

/// Reads the code from an open file descriptor, up to the end of its line. Without a buffer of the library, which would
/// keep it.
pub(super) fn code_from_descriptor(number: u32, longest: usize) -> io::Result<Code> {
    let mut file = descriptor(number)?;
    // never longer than this, so that it never grows and leaves a copy behind
    let mut code = Code::new(Vec::with_capacity(longest.saturating_add(1)));
    let mut byte = Zeroizing::new([0]);
    while code.len() <= longest && file.read(byte.as_mut_slice())? == 1 && byte[0] != b'\n' {
        code.push(byte[0]);
    }
    if code.last() == Some(&b'\r') {
        code.pop();
    }
    Ok(code)
}

#[cfg(unix)]
fn descriptor(number: u32) -> io::Result<File> {
    File::open(format!("/dev/fd/{number}"))
}

/// Windows has handles and no such numbers: only the standard input has one.
#[cfg(not(unix))]
fn descriptor(number: u32) -> io::Result<File> {
    use std::os::windows::io::AsHandle as _;
    if number == 0 {
        io::stdin().as_handle().try_clone_to_owned().map(File::from)
    } else {
        Err(io::ErrorKind::Unsupported.into())
    }
}
