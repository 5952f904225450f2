//! Asking modules what they see, each in a process of its own: one that crashes, hangs, exits, prints or lies is a
//! finding, and harms nobody.

mod assembly;
mod child;
mod dialogue;
mod environment;
mod field;
mod load_failure;
mod message;
mod module;
mod process;
mod proof_dialogue;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::facts::{Ending, ModuleAnswer};
use super::proof::{Challenge, ProofEnd, ProofOutcome};
use crate::limits;
use crate::workstation::beside;
use assembly::Assembly;
pub use child::serve_if_asked;
use dialogue::Wanted;
use message::Message;
use process::{Heard, Process, QUEUE};

/// The first argument of the process that asks a module.
const SUBCOMMAND: &str = "__ask-module";
/// Its second argument for a proof; else what is [wanted](Wanted).
const PROVE: &str = "prove";

/// How long a process that says nothing is waited for before looking whether it is there at all.
const SLICE: Duration = Duration::from_millis(100);

/// Asks modules.
///
/// ```no_run
/// use std::path::Path;
/// use cpx_card::internal::token::Asker;
///
/// // a program that calls `serve_if_asked` first of all: cpx-check does
/// let asker = Asker::with_program("/usr/bin/cpx-check");
/// let answer = asker.ask(Path::new("/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so"));
/// println!("{}", answer.end.code());
/// ```
#[derive(Debug, Clone)]
pub struct Asker {
    /// The program that asks in a process of its own; none to ask in this one.
    program: Option<PathBuf>,
    wanted: Wanted,
    call: Duration,
    whole: Duration,
}

impl Asker {
    /// Asks through this program, which must call [`serve_if_asked`] first of all.
    pub fn with_program(program: impl Into<PathBuf>) -> Self {
        Self::new(Some(program.into()))
    }

    /// Asks in this very process: a module that crashes takes it down, one that hangs keeps a thread for ever. Only for
    /// hosts that cannot start a process.
    pub fn in_this_process() -> Self {
        Self::new(None)
    }

    fn new(program: Option<PathBuf>) -> Self {
        Self { program, wanted: Wanted::Everything, call: limits::MODULE_CALL, whole: limits::MODULE_PATIENCE }
    }

    /// The same that asks of a card only what identifies it and what it authenticates with: a module reads from the card what
    /// it is asked for, which takes seconds.
    #[must_use]
    pub fn about_authentication(self) -> Self {
        Self { wanted: Wanted::Authentication, ..self }
    }

    /// The same with other deadlines: for one call, and for one module.
    #[must_use]
    pub fn with_deadlines(self, call: Duration, whole: Duration) -> Self {
        Self { call, whole, ..self }
    }

    /// Asks one module what needs no code. Comes back within the deadline for one module,
    /// [`MODULE_LEAVE`](limits::MODULE_LEAVE) and a second.
    pub fn ask(&self, module: &Path) -> ModuleAnswer {
        let began = Instant::now();
        let (mut answer, _) = match &self.program {
            Some(program) => self.in_child(program, self.wanted.code(), module, None),
            None => self.here(module),
        };
        answer.total_ms = milliseconds(began.elapsed());
        answer
    }

    /// Asks several modules at the same time; the answers in their order.
    pub fn ask_all<P: AsRef<Path> + Sync>(&self, modules: &[P]) -> Vec<ModuleAnswer> {
        std::thread::scope(|scope| {
            let asked: Vec<_> = modules.iter().map(|module| beside(scope, || self.ask(module.as_ref()))).collect();
            let failed = || ModuleAnswer::new(not_asked("a thread failed"));
            asked.into_iter().map(|answer| answer.finish().unwrap_or_else(failed)).collect()
        })
    }

    /// Presents this code to the card of the challenge, through this module, and has the challenge signed. A wrong code
    /// consumes a try. In a process of its own only. The copies made on the way are cleared; the code itself is the caller's to
    /// clear.
    pub fn prove(&self, module: &Path, challenge: &Challenge, code: &[u8]) -> ProofOutcome {
        self.sign(module, challenge, code).map_or_else(|outcome| outcome, |_| ProofOutcome::Proven)
    }

    /// The same, and gives the signature, which the certificate of the challenge verifies: as many bytes as its key has.
    ///
    /// # Errors
    ///
    /// Every outcome but [`ProofOutcome::Proven`].
    pub fn sign(&self, module: &Path, challenge: &Challenge, code: &[u8]) -> Result<Vec<u8>, ProofOutcome> {
        let broken = |ending| Err(ProofOutcome::Broken(ending));
        let Some(program) = &self.program else {
            return broken(not_asked("a proof is made in a process of its own only"));
        };
        let Some(payload) = payload(challenge, code) else {
            return broken(not_asked("the code is longer than any"));
        };
        match self.in_child(program, PROVE, module, Some(&payload)) {
            (_, Some(end)) => challenge.judge(end),
            (answer, None) => broken(answer.end),
        }
    }

    fn in_child(
        &self,
        program: &Path,
        what: &str,
        module: &Path,
        payload: Option<&Zeroizing<Vec<u8>>>,
    ) -> (ModuleAnswer, Option<ProofEnd>) {
        let started = Process::start(program, &[what.as_ref(), module.as_os_str()]);
        let (mut process, heard) = match started {
            Ok(started) => started,
            Err(error) => return Assembly::new().finish(not_asked(&error.to_string()), 0),
        };
        if let Some(payload) = payload
            && let Some(input) = &mut process.input
            && let Err(error) = input.write_all(payload)
        {
            return Assembly::new().finish(not_asked(&error.to_string()), 0);
        }
        self.listen(&heard, Some(&mut process))
    }

    /// In a thread of this process, which is left behind when it does not come back.
    fn here(&self, module: &Path) -> (ModuleAnswer, Option<ProofEnd>) {
        let (sender, receiver) = sync_channel(QUEUE);
        let (module, wanted) = (module.to_owned(), self.wanted);
        let asking = std::thread::Builder::new().spawn(move || {
            let mut tell = |message: Message| drop(sender.send(Heard::Message(Box::new(message))));
            tell(Message::Hello);
            dialogue::ask(&module, wanted, &mut tell);
        });
        if let Err(error) = asking {
            return Assembly::new().finish(not_asked(&error.to_string()), 0);
        }
        self.listen(&receiver, None)
    }

    /// Takes what is told until the end, or until a deadline.
    fn listen(&self, heard: &Receiver<Heard>, mut process: Option<&mut Process>) -> (ModuleAnswer, Option<ProofEnd>) {
        let mut assembly = Assembly::new();
        let mut noise = 0;
        let began = Instant::now();
        let mut last = began;
        let ending = loop {
            let left = self.call.saturating_sub(last.elapsed()).min(self.whole.saturating_sub(began.elapsed()));
            if left.is_zero() {
                let function = assembly.pending();
                break Ending::TimedOut { function, ms: milliseconds(last.elapsed()) };
            }
            match heard.recv_timeout(left.min(SLICE)) {
                Ok(Heard::Message(message)) => {
                    if assembly.take(*message) {
                        last = Instant::now();
                    }
                    if assembly.is_ended() {
                        break Ending::Complete;
                    }
                }
                Ok(Heard::Noise(bytes)) => {
                    noise = bytes;
                    if bytes > limits::MODULE_NOISE_BYTES {
                        break Ending::Endless { function: assembly.pending() };
                    }
                }
                // nobody tells any more, or a process that the module started keeps the line open
                Err(RecvTimeoutError::Disconnected) => {
                    let within = self.whole.saturating_sub(began.elapsed()).min(limits::MODULE_END);
                    break match process.as_mut().and_then(|process| process.wait(within)) {
                        Some(status) => ended(status, &assembly),
                        None => Ending::TimedOut { function: assembly.pending(), ms: milliseconds(last.elapsed()) },
                    };
                }
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(status) = process.as_mut().and_then(|process| process.wait(Duration::ZERO)) {
                        drain(heard, &mut assembly, &mut noise);
                        break ended(status, &assembly);
                    }
                }
            }
        };
        // the deadline of a module that has answered everything is short: it may still print, and be slow to go. One that has
        // not is let come back from its call, in which it may have the card.
        if let Some(process) = process {
            if assembly.is_ended() {
                let _ = process.wait(limits::MODULE_END);
            } else {
                process.leave(limits::MODULE_LEAVE);
            }
            process.end();
            drain(heard, &mut assembly, &mut noise);
        }
        let (mut answer, proof) = assembly.finish(ending, milliseconds(last.elapsed()));
        answer.noise_bytes = noise;
        (answer, proof)
    }
}

/// Takes what is still in the line of a process that has ended, until nobody holds it any more. On a busy machine that
/// takes its time; whoever has left the family may hold it for ever.
fn drain(heard: &Receiver<Heard>, assembly: &mut Assembly, noise: &mut u64) {
    let began = Instant::now();
    while let Ok(said) = heard.recv_timeout(limits::MODULE_END.saturating_sub(began.elapsed())) {
        match said {
            Heard::Message(message) => drop(assembly.take(*message)),
            Heard::Noise(bytes) => *noise = bytes,
        }
        if began.elapsed() > limits::MODULE_END {
            break;
        }
    }
}

/// How a process ended that did not say so itself.
fn ended(status: ExitStatus, assembly: &Assembly) -> Ending {
    if !assembly.said_hello() {
        return not_asked("the program that was named does not ask modules");
    }
    let function = assembly.pending();
    match process::crash(status) {
        Some(signal) => Ending::Crashed { function, signal },
        None => Ending::Exited { function, status: status.code().unwrap_or_default() },
    }
}

/// The request and the code, as the process that makes the proof reads them.
fn payload(challenge: &Challenge, code: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let request = serde_json::to_vec(&challenge.request).ok()?;
    let length = u8::try_from(code.len()).ok().filter(|length| usize::from(*length) <= limits::CODE_BYTES)?;
    // no growing: that would leave a copy behind
    let mut payload = Zeroizing::new(Vec::with_capacity(request.len().checked_add(code.len())?.checked_add(3)?));
    payload.extend_from_slice(&u16::try_from(request.len()).ok()?.to_be_bytes());
    payload.extend_from_slice(&request);
    payload.push(length);
    payload.extend_from_slice(code);
    Some(payload)
}

fn not_asked(detail: &str) -> Ending {
    Ending::NotAsked { detail: detail.to_owned() }
}

fn milliseconds(time: Duration) -> u32 {
    u32::try_from(time.as_millis()).unwrap_or(u32::MAX)
}
