//! A PC/SC service of one's own with virtual readers, and cards in them.
//!
//! Everything is started privately and ended by its own handle: nothing of the machine's PC/SC service is touched.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code, unreachable_pub)] // each test target uses its part

pub mod c_library;
pub mod card;
pub mod changes;
pub mod chromium;
pub mod holder;
pub mod leaving;
pub mod modules;
pub mod post;
pub mod processes;
pub mod reports;
mod root;
pub mod served;
pub mod softhsm;
pub mod watch;

use std::ffi::OsStr;
use std::fs::{File, TryLockError};
use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

pub use root::root;

use cpx_simulator::{Latency, Personality, VirtualCard, serve};

/// How long anything may take to become ready, on a slow machine with much else to do as well.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Pause between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// Where distributions put the driver of vsmartcard.
const DRIVERS: [&str; 4] = [
    "/usr/lib/pcsc/drivers/serial/libifdvpcd.so",
    "/usr/lib/x86_64-linux-gnu/pcsc/drivers/serial/libifdvpcd.so",
    "/usr/lib64/pcsc/drivers/serial/libifdvpcd.so",
    "/usr/local/lib/pcsc/drivers/serial/libifdvpcd.so",
];

/// A private pcscd with two virtual readers. Ends with its owner.
pub struct Service {
    child: Child,
    folder: tempfile::TempDir,
    /// Of the first reader of each stanza.
    ports: Vec<u16>,
    _place: Place,
}

impl Service {
    /// Starts the service, or says on the terminal why the test is skipped. Where `CI` or `CPX_REQUIRE_ALL` is set,
    /// nothing may be skipped: the test fails instead.
    pub fn start(programs: &[&str]) -> Option<Self> {
        Self::start_with(Drivers::TwoReaders, programs)
    }

    /// The same with or without readers.
    pub fn start_with(drivers: Drivers, programs: &[&str]) -> Option<Self> {
        let missing = programs.iter().find(|program| find_program(program).is_none());
        let started = match missing {
            Some(program) => Err(format!("{program} is not installed")),
            None => Self::try_start(drivers),
        };
        started.map_err(|reason| skip(&reason)).ok()
    }

    /// Runs a program against this service and gives what it said.
    pub fn run<S: AsRef<OsStr>>(&self, program: &str, arguments: impl IntoIterator<Item = S>) -> Output {
        self.command(program).args(arguments).output().expect(program)
    }

    /// A program that will talk to this service, with the ordinary configuration and a home of its own.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env("PCSCLITE_CSOCK_NAME", self.folder.path().join("run/pcscd.comm"))
            .env("HOME", self.folder.path())
            .env("LC_ALL", "C.UTF-8")
            .env_remove("OPENSC_CONF")
            .stdin(Stdio::null());
        command
    }

    /// The port where the card of the first reader is expected.
    pub fn port(&self) -> u16 {
        self.ports.first().copied().unwrap_or_default()
    }

    /// The port where the card of this reader is expected: each driver has two.
    pub fn port_of(&self, reader: u16) -> u16 {
        self.ports[usize::from(reader / 2)] + reader % 2
    }

    /// Stops the service in its tracks, or lets it go on.
    pub fn freeze(&self, frozen: bool) {
        watch::signal(&self.child, if frozen { "-STOP" } else { "-CONT" });
    }

    /// Waits until the service has seen a card in the first reader.
    pub fn until_seen(&self) {
        until("the service sees the card", || self.sees_card(0));
    }

    /// Puts a card in the first reader until the service has seen it: once in some hundred times its virtual driver does not take
    /// a card whose forerunner left in the middle of a reset.
    pub fn put_in_until_seen<T>(&self, put_in: impl Fn() -> T) -> T {
        const TIMES: u32 = 6;
        for _ in 0..TIMES {
            let card = put_in();
            let deadline = Instant::now() + PATIENCE / TIMES;
            while Instant::now() < deadline {
                if self.sees_card(0) {
                    return card;
                }
                std::thread::sleep(PAUSE);
            }
            drop(card);
        }
        panic!("in vain: the service sees the card");
    }

    /// A file in the service's own folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a built-in virtual card in the first reader and waits until the service has seen it.
    pub fn insert(&self, name: &str) -> InsertedCard {
        self.insert_in(0, name, Latency::none())
    }

    /// The same in the first (0) or the second (1) reader, with a card that takes its time.
    pub fn insert_in(&self, reader: u16, name: &str, latency: Latency) -> InsertedCard {
        // the card before it may just have left: it is not to be taken for this one
        until("the service sees an empty reader", || !self.sees_card(reader));
        let inserted = self.put_in(reader, name, latency);
        until("the service sees the card", || self.sees_card(reader));
        inserted
    }

    /// The same without waiting for the service: looking at a card that is being read waits for its end.
    pub fn put_in(&self, reader: u16, name: &str, latency: Latency) -> InsertedCard {
        let card = VirtualCard::new(Personality::embedded(name).unwrap()).unwrap();
        let card = Arc::new(Mutex::new(card));
        let stop = Arc::new(AtomicBool::new(false));
        let (port, served, stopping) = (self.port_of(reader), Arc::clone(&card), Arc::clone(&stop));
        let thread = std::thread::spawn(move || serve(("127.0.0.1", port), &served, latency, &stopping));
        InsertedCard { card, stop, thread: Some(thread) }
    }

    /// Takes the card out of a reader and waits until the service has seen that.
    pub fn take_out(&self, card: InsertedCard, reader: u16) {
        drop(card);
        until("the service sees an empty reader", || !self.sees_card(reader));
    }

    fn sees_card(&self, reader: u16) -> bool {
        let readers = self.run("opensc-tool", ["--list-readers"]);
        let line = format!("{reader} ");
        String::from_utf8_lossy(&readers.stdout).lines().any(|said| said.starts_with(&line) && said.contains("Yes"))
    }

    /// Ends the service, as an administrator's `stop` or a crash does.
    pub fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Starts it again in the same place.
    pub fn restart(&mut self) {
        self.stop();
        let _ = std::fs::remove_file(self.file("run/pcscd.comm"));
        let _ = std::fs::remove_file(self.file("run/pcscd.pid"));
        self.child = daemon(self.folder.path()).unwrap();
        self.wait_until_ready().unwrap();
    }

    fn try_start(drivers: Drivers) -> Result<Self, String> {
        for program in ["pcscd", "unshare", "mount", "opensc-tool"] {
            find_program(program).ok_or_else(|| format!("{program} is not installed"))?;
        }
        let text = |error: std::io::Error| error.to_string();
        let place = Place::take().map_err(text)?;
        let folder = tempfile::tempdir().map_err(text)?;
        let driver = drivers.file(folder.path())?;
        std::fs::create_dir(folder.path().join("run")).map_err(text)?;
        std::fs::create_dir(folder.path().join("conf")).map_err(text)?;
        let ports = place.pairs_of_free_ports(drivers.stanzas()).ok_or("no two free ports in a row")?;
        let mut stanzas = Vec::new();
        for (index, port) in ports.iter().enumerate() {
            // a library that is loaded once has one set of readers: each stanza has a copy of its own
            let own = folder.path().join(format!("reader-{index}.so"));
            std::fs::copy(&driver, &own).map_err(text)?;
            let driver = own.display();
            let name = if drivers.stanzas() > 1 { format!("CPX {index}") } else { "CPX".to_owned() };
            stanzas.push(format!(
                "FRIENDLYNAME \"{name}\"\nDEVICENAME /dev/null:0x{port:X}\nLIBPATH {driver}\nCHANNELID 0x{port:X}\n"
            ));
        }
        std::fs::write(folder.path().join("conf/vpcd"), stanzas.concat()).map_err(text)?;
        let child = daemon(folder.path()).map_err(text)?;
        let mut service = Self { child, folder, ports, _place: place };
        service.wait_until_ready()?;
        Ok(service)
    }

    fn wait_until_ready(&mut self) -> Result<(), String> {
        let socket = self.file("run/pcscd.comm");
        let deadline = Instant::now() + PATIENCE;
        while std::os::unix::net::UnixStream::connect(&socket).is_err() {
            if self.child.try_wait().map_err(|error| error.to_string())?.is_some() {
                let words = std::fs::read_to_string(self.file("log")).unwrap_or_default();
                return Err(format!("no private pcscd can be started: {}", words.trim()));
            }
            if Instant::now() > deadline {
                return Err("the private pcscd does not become ready".into());
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }
}

/// One of the places for services: so many at a time, of all processes that run tests, each with ports of its own. They lie
/// below those that the system gives to whoever asks for any.
struct Place {
    first_port: u16,
    _lock: File,
}

impl Place {
    const COUNT: u16 = 6;
    const FIRST_PORT: u16 = 24_000;
    const PORTS: u16 = 1_000;

    /// The first that is free; they are waited for.
    fn take() -> std::io::Result<Self> {
        loop {
            for number in 0..Self::COUNT {
                let file = format!("service-{number}.lock");
                let lock = File::create(Path::new(env!("CARGO_TARGET_TMPDIR")).join(file))?;
                match lock.try_lock() {
                    Ok(()) => return Ok(Self { first_port: Self::FIRST_PORT + number * Self::PORTS, _lock: lock }),
                    Err(TryLockError::WouldBlock) => {}
                    Err(TryLockError::Error(error)) => return Err(error),
                }
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// The first port of each pair: the driver of one stanza listens on a port and on the next.
    fn pairs_of_free_ports(&self, pairs: usize) -> Option<Vec<u16>> {
        let is_free = |port: u16| TcpListener::bind(("0.0.0.0", port)).is_ok();
        // not all from the same port on: the tests of another checkout may run beside these
        let start = usize::try_from(std::process::id()).ok()?;
        let every = (self.first_port..self.first_port + Self::PORTS).step_by(2);
        let turned = every.clone().cycle().skip(start % every.len()).take(every.len());
        let free: Vec<_> = turned.filter(|port| is_free(*port) && is_free(port + 1)).take(pairs).collect();
        (free.len() == pairs).then_some(free)
    }
}

/// What the private service has of readers.
#[derive(Clone, Copy)]
pub enum Drivers {
    TwoReaders,
    None,
    /// As many as pcscd takes: sixteen, two of each of eight drivers.
    Sixteen,
    /// One that tells of a card at once, as readers with an interrupt do: vsmartcard's are asked every 0.4 s.
    Prompt,
}

impl Drivers {
    fn stanzas(self) -> usize {
        match self {
            Self::None => 0,
            Self::TwoReaders | Self::Prompt => 1,
            Self::Sixteen => 8,
        }
    }

    /// The driver's file; our own is built in `folder`.
    fn file(self, folder: &Path) -> Result<String, String> {
        if !matches!(self, Self::Prompt) {
            let installed = DRIVERS.into_iter().find(|path| Path::new(path).exists());
            return installed.map(str::to_owned).ok_or_else(|| "vsmartcard-vpcd is not installed".to_owned());
        }
        find_program("cc").ok_or("no C compiler")?;
        let file = folder.join("reader.so");
        let source = root().join("hw-tests/support/reader.c");
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-I/usr/include/PCSC", "-o"]).arg(&file).arg(source);
        let built = compiler.output().map_err(|error| error.to_string())?;
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        Ok(file.display().to_string())
    }
}

/// The socket's path is built into the service: it gets a mount namespace with another folder there. Each program
/// replaces the one before it, so the handle is the service's own.
fn daemon(folder: &Path) -> std::io::Result<Child> {
    let script = "mkdir -p /run/pcscd && mount --bind \"$0\" /run/pcscd && exec pcscd --foreground --config \"$1\"";
    in_namespaces(Command::new("unshare"), &["--mount"])
        .args(["sh", "-c", script])
        .args([folder.join("run"), folder.join("conf")])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(folder.join("log"))?)
        .spawn()
}

/// `unshare` with these namespaces: root has the right to them, another user in an account of root that is his own.
pub fn in_namespaces(mut unshare: Command, namespaces: &[&str]) -> Command {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    unshare.args((!is_root).then_some("--map-root-user")).args(namespaces);
    unshare
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A card in the first virtual reader. Dropping it takes it out.
pub struct InsertedCard {
    card: Arc<Mutex<VirtualCard>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<cpx_card::Result<()>>>,
}

impl InsertedCard {
    /// The card itself.
    pub fn look(&self) -> MutexGuard<'_, VirtualCard> {
        self.card.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Exchanges and bytes while `work` goes on.
    pub fn cost<T>(&self, work: impl FnOnce() -> T) -> (T, u64, u64) {
        let counted = || {
            let card = self.look();
            (card.exchanges(), card.bytes())
        };
        let (exchanges, bytes) = counted();
        let outcome = work();
        let (more_exchanges, more_bytes) = counted();
        (outcome, more_exchanges - exchanges, more_bytes - bytes)
    }
}

impl Drop for InsertedCard {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            let served = thread.join();
            if !std::thread::panicking() {
                served.expect("the card's thread").expect("the card is served");
            }
        }
    }
}

/// The program of this name on the search path, the administrator's included.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]);
    folders.map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// An example program of the library, built when cargo did not build it for this run.
pub fn example(name: &str) -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let program = tests.parent().unwrap().parent().unwrap().join("examples").join(name);
    if !program.exists() {
        let cargo = option_env!("CARGO").unwrap_or("cargo");
        let built = Command::new(cargo)
            .args(["build", "--locked", "--package", "cpx-card", "--example", name])
            .status()
            .unwrap();
        assert!(built.success(), "{name} is not built");
    }
    program
}

/// Says why a test does not run; fails where nothing may be skipped.
pub fn skip(reason: &str) {
    let required = ["CI", "CPX_REQUIRE_ALL"].into_iter().any(|name| std::env::var_os(name).is_some());
    assert!(!required, "nothing may be skipped here: {reason}");
    // Past the harness, which hides what passing tests print: to the terminal, or to the list that is shown at the end.
    let _ = match std::env::var_os("CPX_SKIPPED").map(|list| File::options().append(true).create(true).open(list)) {
        Some(Ok(mut list)) => writeln!(list, "skipped: {reason}"),
        _ => writeln!(std::io::stderr(), "skipped: {reason}"),
    };
}

/// Waits until something holds.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < deadline, "in vain: {what}");
        std::thread::sleep(PAUSE);
    }
}

/// What a program said on both its channels, as one types it.
pub fn said(output: &Output) -> String {
    format!("{}{}", as_typed(&output.stdout), as_typed(&output.stderr))
}

/// The text of a program as one types it: with ordinary spaces where it has spaces that do not break.
pub fn as_typed(text: impl AsRef<[u8]>) -> String {
    String::from_utf8_lossy(text.as_ref()).replace('\u{a0}', " ")
}
