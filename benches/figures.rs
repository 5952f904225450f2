//! What a reading and a diagnosis cost: exchanges and bytes counted inside the virtual card, then milliseconds and
//! memory, beside OpenSC's tools and, where its package is given, ANS's module on the same card in the same run. Prints tables;
//! asserts nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, dead_code)]

#[path = "../hw-tests/support/mod.rs"]
mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use cpx_card::internal::token::{Asker, Registrant, Registration, find};
use cpx_card::internal::workstation::browsers::{Places, RegisteredAt, registrations};
use cpx_card::internal::workstation::{binary, facts::Family};
use cpx_simulator::Latency;
use support::softhsm::SoftHsm;
use support::{Service, find_program};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");
const MODULE: &str = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so";
const RUNS: usize = 9;

/// Where the Cryptolib keeps its logs, and where packages register modules with p11-kit, that of OpenSC among them.
const LOGS: &str = "/var/opt";
const REGISTERED: &str = "/usr/share/p11-kit/modules";

/// The reader of the tables.
const READER: [&str; 2] = ["--reader", "00 00"];

/// A card reader and how it is called.
const TOOLS: [(&str, &[&str]); 8] = [
    (PROGRAM, &["card", "--reader", "00 00"]),
    (PROGRAM, &["card", "--reader", "00 00", "--certificates"]),
    (PROGRAM, &["f413", "--reader", "00 00"]),
    (PROGRAM, &["f413", "--reader", "00 00", "--certificates"]),
    ("opensc-tool", &["--name", "--serial"]),
    ("pkcs15-tool", &["--list-certificates"]),
    ("pkcs15-tool", &["--dump"]),
    ("pkcs11-tool", &["--module", MODULE, "--list-token-slots"]),
];

/// Of the package of ANS: an .rpm of Cryptolib CPS for Linux.
const PACKAGE: &str = "CPX_CRYPTOLIB";
const CRYPTOLIB: &str = "/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so";

fn main() {
    let Some(service) = Service::start(&["opensc-tool", "pkcs15-tool", "pkcs11-tool", "time"]) else { return };
    println!("Exchanges and bytes are counted inside the virtual card; milliseconds are the median and the best of");
    println!("{RUNS} runs, start of the process included; the slow line is 9600 bit/s and 10 ms for each exchange,");
    println!("one run; the peak is the memory of the largest process.\n");
    diagnosis(&service);
    token(&service);
    for name in ["cps-medecin", "cps-medecin-cps4", "cps-medecin-contactless"] {
        heading(name);
        with_card(&service, name, &TOOLS.map(|(tool, arguments)| Call::new(tool, arguments)));
    }
    let Some(cryptolib) = Cryptolib::given() else {
        return println!("ANS's module: no package of Cryptolib CPS for Linux given (make bench CRYPTOLIB=FILE.rpm)");
    };
    for name in ["cps-medecin", "cps-medecin-cps4"] {
        heading(&format!("{name}, with ANS's module"));
        let listing = |what| Call::new("pkcs11-tool", &["--module", CRYPTOLIB, what]);
        let calls = [
            cryptolib.with(listing("-L").named("pkcs11-tool -L, ANS's module"), KEPT),
            cryptolib.with(listing("-O").named("pkcs11-tool -O, ANS's module"), KEPT),
            cryptolib.with(listing("-O").named("pkcs11-tool -O, ANS's module, cold cache"), EMPTIED),
            cryptolib.with(Call::new(PROGRAM, &READER).named("cpx-check beside it"), KEPT),
            cryptolib.with(Call::new(PROGRAM, &READER).named("cpx-check beside it, cold cache"), EMPTIED),
        ];
        // the first of these rows finds the cache filled
        calls[1].timed(&service);
        with_card(&service, name, &calls);
    }
}

/// What becomes of the cache of ANS's module before a call.
const KEPT: &str = "";
const EMPTIED: &str = "rm -f /etc/opt/santesocial/CPS/cache/* && ";

/// ANS's module, unpacked into a folder of this run, and there only.
struct Cryptolib {
    folder: tempfile::TempDir,
}

impl Cryptolib {
    fn given() -> Option<Self> {
        let package = std::env::var_os(PACKAGE).filter(|package| !package.is_empty())?;
        let folder = tempfile::tempdir().unwrap();
        let unpack = "rpm2cpio \"$0\" | cpio --extract --make-directories --quiet --directory \"$1\"";
        let status = Command::new("sh").args(["-c", unpack]).arg(package).arg(folder.path()).status().unwrap();
        assert!(status.success(), "the package cannot be unpacked");
        Some(Self { folder })
    }

    /// The same call in a mount namespace where the module is installed.
    fn with(&self, mut call: Call, cache: &str) -> Call {
        let script = format!(
            "for place in opt etc/opt var/opt; do [ ! -d \"$0/$place\" ] || mount --bind \"$0/$place\" \"/$place\" || exit; done; \
             {cache}exec \"$@\""
        );
        let folder = self.folder.path().to_str().unwrap();
        let before = ["unshare", "--map-root-user", "--mount", "sh", "-c", &script, folder];
        call.words.splice(0..0, before.map(str::to_owned));
        call.with("LD_LIBRARY_PATH", &format!("{folder}/usr/lib64"))
    }
}

/// The whole workstation, offline.
fn diagnosis(service: &Service) {
    heading("the diagnosis of the workstation");
    let folder = tempfile::tempdir().unwrap();
    let (empty, full) = (folder.path().join("empty"), folder.path().join("full"));
    fs::create_dir(&empty).unwrap();
    fs::create_dir_all(full.join("santesocial/CPS/log")).unwrap();
    for number in 0..2000 {
        let log = full.join(format!("santesocial/CPS/log/{number}.log"));
        fs::File::create(log).unwrap().set_len(100 * 1024).unwrap();
    }
    let plain = || Call::new(PROGRAM, &READER);
    let without = [
        Call::new(PROGRAM, &[]).named("no service").with("PCSCLITE_CSOCK_NAME", "/nonexistent"),
        plain().named("no card"),
        plain().named("no card, no logs, no profile").where_is(LOGS, &empty),
        plain()
            .named("no card, 200 MB of logs, thirty profiles")
            .where_is(LOGS, &full)
            .at_home(&home(folder.path(), 30)),
    ];
    for call in without {
        call.row(service, None);
    }
    let alone = plain().named("CPS3, no module").where_is(REGISTERED, &empty);
    with_card(service, "cps-medecin", &[alone, plain().named("CPS3, which OpenSC's module reads as well")]);
}

/// One module about one token; and what is before that, the finding of modules.
fn token(service: &Service) {
    heading("the PKCS#11 modules");
    if let Some(hsm) = SoftHsm::like_a_cpx() {
        let settings = hsm.configuration();
        let call = Call::new(PROGRAM, &["token", "--reader", "00 00", "--module", hsm.module]);
        let call = call.named("token --module SoftHSM").with("SOFTHSM2_CONF", settings.to_str().unwrap());
        call.row(service, None);
        let raw = Call::new("pkcs11-tool", &["--module", hsm.module, "--list-objects"]);
        raw.named("pkcs11-tool --list-objects").with("SOFTHSM2_CONF", settings.to_str().unwrap()).row(service, None);
    }
    with_card(service, "cps-medecin", &[Call::new(PROGRAM, &["token", "--reader", "00 00", "--module", MODULE])]);
    let asker = Asker::with_program(PROGRAM);
    let beyond = median_and_best(|| {
        let answer = asker.ask_all(&[PathBuf::from(MODULE)]).remove(0);
        let own: u32 = answer.steps.iter().map(|step| step.ms).sum();
        Duration::from_millis(answer.total_ms.saturating_sub(own).into())
    });
    println!("{:54} {:>8.1} {:>8.1}", "asking opensc-pkcs11, beyond its own time", beyond.0, beyond.1);
    let folder = tempfile::tempdir().unwrap();
    let places = Places::new(Family::Linux, "/", home(folder.path(), 20));
    let finding = median_and_best(|| {
        let started = Instant::now();
        let named = registrations(&places).into_iter().filter_map(|(path, by)| match by {
            RegisteredAt::Firefox(profile) => Some(Registration::new(path, Registrant::Firefox { profile })),
            _ => None,
        });
        assert_eq!(find(named.collect(), binary::architectures).0.len(), 1);
        started.elapsed()
    });
    println!("{:54} {:>8.1} {:>8.1}\n", "finding modules, twenty profiles of Firefox", finding.0, finding.1);
}

/// A home folder with so many profiles of Firefox that each name a module.
fn home(folder: &Path, profiles: usize) -> PathBuf {
    let home = folder.join("home");
    let firefox = home.join(".mozilla/firefox");
    let mut list = String::new();
    for number in 0..profiles {
        let profile = firefox.join(format!("p{number}.default"));
        fs::create_dir_all(&profile).unwrap();
        let preference = |line| format!("user_pref(\"made.up.preference.{line}\", \"a value of some length\");\n");
        fs::write(profile.join("prefs.js"), (0..1000).map(preference).collect::<String>()).unwrap();
        let addons = "{\"id\":\"x@example.fr\",\"active\":true,\"version\":\"1.0\",\"path\":\"/tmp/x\"},".repeat(500);
        let extensions = format!("{{\"schemaVersion\":35,\"addons\":[{}]}}", addons.trim_end_matches(','));
        fs::write(profile.join("extensions.json"), extensions).unwrap();
        fs::write(profile.join("pkcs11.txt"), format!("library={MODULE}\nname=OpenSC\n\n")).unwrap();
        writeln!(list, "[Profile{number}]\nName=p{number}\nIsRelative=1\nPath=p{number}.default\n").unwrap();
    }
    fs::write(firefox.join("profiles.ini"), list).unwrap();
    home
}

fn heading(text: &str) {
    println!("{text}");
    let columns = ("ms", "best", "exchanges", "bytes", "slow, ms", "peak, kB");
    let (ms, best, exchanges, bytes, slow, peak) = columns;
    println!("{:54} {ms:>8} {best:>8} {peak:>9} {exchanges:>9} {bytes:>7} {slow:>9}", "");
}

/// The same calls with this card in the first reader, on a fast and on a slow line.
fn with_card(service: &Service, name: &str, calls: &[Call]) {
    let card = service.insert_in(0, name, Latency::new(9600, 10));
    let slow: Vec<_> = calls.iter().map(|call| call.timed(service)).collect();
    service.take_out(card, 0);
    let card = service.insert(name);
    for (call, slow) in calls.iter().zip(slow) {
        let (_, exchanges, bytes) = card.cost(|| call.timed(service));
        call.row(service, Some((exchanges, bytes, slow)));
    }
    service.take_out(card, 0);
    println!();
}

/// A program and how it is called.
struct Call {
    shown: String,
    words: Vec<String>,
    environment: Vec<(&'static str, String)>,
}

impl Call {
    fn new(tool: &str, arguments: &[&str]) -> Self {
        let program = Path::new(tool).file_name().unwrap().to_str().unwrap();
        let told = arguments.iter().filter(|word| !READER.contains(word) && !["--module", MODULE].contains(word));
        let shown = std::iter::once(&program).chain(told).copied().collect::<Vec<_>>().join(" ");
        let words = std::iter::once(&tool).chain(arguments).map(|word| (*word).to_owned()).collect();
        Self { shown, words, environment: Vec::new() }
    }

    fn named(self, shown: &str) -> Self {
        Self { shown: shown.to_owned(), ..self }
    }

    fn with(mut self, variable: &'static str, value: &str) -> Self {
        self.environment.push((variable, value.to_owned()));
        self
    }

    fn at_home(self, folder: &Path) -> Self {
        self.with("HOME", folder.to_str().unwrap())
    }

    /// In a mount namespace of its own, with another folder in this place.
    fn where_is(mut self, place: &str, folder: &Path) -> Self {
        let script = "mount --bind \"$0\" \"$1\" && shift && exec \"$@\"";
        let before = ["unshare", "--map-root-user", "--mount", "sh", "-c", script, folder.to_str().unwrap(), place];
        self.words.splice(0..0, before.map(str::to_owned));
        self
    }

    fn command(&self, service: &Service, before: &[&str]) -> Command {
        let mut words = before.iter().copied().chain(self.words.iter().map(String::as_str));
        let mut command = service.command(words.next().unwrap());
        command.args(words).envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    fn timed(&self, service: &Service) -> Duration {
        let mut command = self.command(service, &[]);
        let started = Instant::now();
        command.output().unwrap();
        started.elapsed()
    }

    fn peak(&self, service: &Service) -> u64 {
        let time = find_program("time").unwrap();
        let output = self.command(service, &[time.to_str().unwrap(), "-f", "%M"]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        said.lines().last().and_then(|line| line.trim().parse().ok()).unwrap_or_default()
    }

    /// Measures, and prints what was measured, with the exchanges, bytes and time on a slow line of a card.
    fn row(&self, service: &Service, on_card: Option<(u64, u64, Duration)>) {
        let (median, best) = median_and_best(|| self.timed(service));
        let peak = self.peak(service);
        print!("{:54} {median:>8.1} {best:>8.1} {peak:>9}", self.shown);
        match on_card {
            Some((exchanges, bytes, slow)) => println!(" {exchanges:>9} {bytes:>7} {:>9}", slow.as_millis()),
            None => println!(),
        }
    }
}

/// In milliseconds.
fn median_and_best(measure: impl FnMut() -> Duration) -> (f64, f64) {
    let mut times: Vec<_> = std::iter::repeat_with(measure).take(RUNS).collect();
    times.sort();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    (milliseconds(times[RUNS / 2]), milliseconds(times[0]))
}
