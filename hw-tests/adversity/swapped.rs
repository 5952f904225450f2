//! Files that are something else each time they are looked at, and files that are none.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use cpx_card::internal::workstation::browsers::{
    Places, collect_firefox_policies, collect_firefox_profiles, collect_nss_databases, collect_p11_kit, registrations,
};
use cpx_card::internal::workstation::facts::Family;
use cpx_card::internal::workstation::trust_store;

use super::support::said;
use super::{program, run, with_others};

/// What stands in the place of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Right,
    Half,
    Empty,
    Noise,
    Grown,
    Sparse,
    Pipe,
    Socket,
    Zeros,
    Loop,
    Folder,
    Nothing,
}

const SHAPES: [Shape; 12] = [
    Shape::Right,
    Shape::Half,
    Shape::Empty,
    Shape::Noise,
    Shape::Grown,
    Shape::Sparse,
    Shape::Pipe,
    Shape::Socket,
    Shape::Zeros,
    Shape::Loop,
    Shape::Folder,
    Shape::Nothing,
];

impl Shape {
    /// Puts it at this place, in one step where the system has one.
    fn put(self, path: &Path, right: &[u8]) {
        let draft = path.with_extension("draft");
        let _ = fs::remove_file(&draft);
        let _ = fs::remove_dir(&draft);
        match self {
            Self::Right => fs::write(&draft, right).unwrap(),
            Self::Half => fs::write(&draft, &right[..right.len() / 2]).unwrap(),
            Self::Empty => fs::write(&draft, "").unwrap(),
            Self::Noise => fs::write(&draft, right.iter().map(|byte| byte ^ 0xA5).collect::<Vec<_>>()).unwrap(),
            Self::Grown => fs::write(&draft, right.repeat(1 + 3_000_000 / right.len())).unwrap(),
            Self::Sparse => File::create(&draft).unwrap().set_len(10 << 30).unwrap(),
            Self::Pipe => {
                assert!(Command::new("mkfifo").arg(&draft).status().unwrap().success());
            }
            Self::Socket => drop(UnixListener::bind(&draft).unwrap()),
            Self::Zeros => symlink("/dev/zero", &draft).unwrap(),
            Self::Loop => symlink(path, &draft).unwrap(),
            Self::Folder => fs::create_dir(&draft).unwrap(),
            Self::Nothing => {}
        }
        if matches!(self, Self::Folder | Self::Nothing) {
            let _ = fs::remove_file(path);
        }
        if self == Self::Nothing || fs::rename(&draft, path).is_err() {
            let _ = fs::remove_dir(path);
            let _ = fs::rename(&draft, path);
        }
    }
}

/// Puts one shape after the other in these places, in an order that the seed says.
struct Swapper {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<u64>>,
}

impl Swapper {
    fn start(files: Vec<(PathBuf, Vec<u8>)>, mut seed: u64) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopping = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            let mut swaps = 0;
            while !stopping.load(Ordering::Relaxed) {
                for (path, right) in &files {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    let shape = SHAPES[usize::try_from((seed >> 33) % SHAPES.len() as u64).unwrap()];
                    shape.put(path, right);
                    swaps += 1;
                }
            }
            for (path, right) in &files {
                Shape::Right.put(path, right);
            }
            swaps
        });
        Self { stop, thread: Some(thread) }
    }

    /// The right files are back when this returns.
    fn stop(mut self) -> u64 {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.take().unwrap().join().unwrap()
    }
}

/// Something that has to end.
fn ends<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || drop(sender.send(work())));
    receiver.recv_timeout(super::support::PATIENCE).expect("it neither hangs nor panics")
}

const MODULE: &str = "/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so";

/// The files that name modules, each right.
fn configuration(root: &Path, home: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let pkcs11 = format!(
        "library=\nname=NSS Internal PKCS #11 Module\nparameters=configdir='sql:.'\n\n\
         library={MODULE}\nname=CPS\nNSS=trustOrder=100\n\n"
    );
    let files = [
        (
            home.join(".mozilla/firefox/profiles.ini"),
            "[Profile0]\nName=a\nIsRelative=1\nPath=x.a\nDefault=1\n".to_owned(),
        ),
        (home.join(".mozilla/firefox/x.a/pkcs11.txt"), pkcs11.clone()),
        (
            home.join(".mozilla/firefox/x.a/prefs.js"),
            "user_pref(\"security.default_personal_cert\", \"Select Automatically\");\n".into(),
        ),
        (home.join(".pki/nssdb/pkcs11.txt"), pkcs11),
        (
            root.join("etc/firefox/policies/policies.json"),
            format!("{{\"policies\": {{\"SecurityDevices\": {{\"Add\": {{\"CPS\": \"{MODULE}\"}}}}}}}}"),
        ),
        (root.join("etc/pkcs11/modules/cps.module"), format!("module: {MODULE}\n")),
    ];
    for (path, text) in &files {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::write(home.join(".mozilla/firefox/x.a/cert9.db"), "").unwrap();
    files.map(|(path, text)| (path, text.into_bytes())).to_vec()
}

#[test]
fn configuration_swapped_while_it_is_read_gives_a_fact_each_time() {
    let _others = with_others();
    let folder = tempfile::tempdir().unwrap();
    let (root, home) = (folder.path().join("root"), folder.path().join("root/home/marie"));
    let files = configuration(&root, &home);
    let places = Places::new(Family::Linux, &root, &home);
    let quiet = registrations(&places);
    assert!(quiet.len() >= 4, "every place names the module: {quiet:?}");
    let swapper = Swapper::start(files, 20_261_121);
    let looked_in = places.clone();
    let (rounds, told) = ends(move || {
        let (began, mut rounds) = (Instant::now(), 0);
        let mut told: BTreeMap<String, u32> = BTreeMap::new();
        while began.elapsed() < Duration::from_secs(4) || told.len() < 3 {
            let facts = [
                serde_json::to_value(collect_firefox_profiles(&looked_in)),
                serde_json::to_value(collect_firefox_policies(&looked_in)),
                serde_json::to_value(collect_nss_databases(&looked_in)),
                serde_json::to_value(collect_p11_kit(&looked_in)),
            ];
            for fact in facts {
                let fact = fact.unwrap().to_string();
                // what a module is called and where it is comes from the right file, or not at all
                let kind =
                    ["too-large", "malformed", "absent", "failed", MODULE].into_iter().find(|kind| fact.contains(kind));
                *told.entry(kind.unwrap_or("empty").to_owned()).or_default() += 1;
            }
            for (path, by) in registrations(&looked_in) {
                assert!(path.as_os_str().is_empty() || MODULE.starts_with(path.to_str().unwrap()), "{path:?} {by:?}");
            }
            rounds += 1;
        }
        (rounds, told)
    });
    let swaps = swapper.stop();
    assert!(rounds > 0 && swaps > 0, "{rounds} rounds, {swaps} swaps: {told:?}");
    assert_eq!(registrations(&places), quiet, "once it is quiet, all is seen again");
}

#[test]
fn folders_of_authorities_swapped_while_they_are_read_are_read_to_the_end() {
    let _others = with_others();
    let folder = tempfile::tempdir().unwrap();
    let certificate =
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/pki/certificates/cps-medecin.auth.der"))
            .unwrap();
    let files: Vec<_> =
        (0..4).map(|number| (folder.path().join(format!("{number}.cer")), certificate.clone())).collect();
    let swapper = Swapper::start(files, 7);
    let place = folder.path().to_owned();
    let rounds = ends(move || {
        let (began, mut rounds) = (Instant::now(), 0);
        while began.elapsed() < Duration::from_secs(2) || rounds < 10 {
            let store = trust_store::collect(std::slice::from_ref(&place));
            assert!(store.files.len() <= 8);
            rounds += 1;
        }
        rounds
    });
    assert!(rounds > 0 && swapper.stop() > 0);
    assert_eq!(trust_store::collect(&[folder.path().to_owned()]).files.len(), 4);
}

/// What reads a file that the user names, and a right one for it.
fn readers(folder: &Path) -> Vec<(Vec<&'static str>, Vec<u8>)> {
    let (case, report, transcript) = (folder.join("case"), folder.join("report"), folder.join("transcript"));
    let at = |path: &Path| path.to_str().unwrap().to_owned();
    run(&mut program(&["--simulate", "--record", &at(&case), "--output", &at(&report), "--format", "json"]));
    run(&mut program(&["card", "--simulate", "--record", &at(&transcript)]));
    let certificate =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/pki/certificates/cps-medecin.auth.der");
    let personality = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/cards/vitale.toml");
    vec![
        (vec!["--simulate", "--compare"], fs::read(report).unwrap()),
        (vec!["--replay"], fs::read(case).unwrap()),
        (vec!["card", "--replay"], fs::read(transcript).unwrap()),
        (vec!["certificate"], fs::read(certificate).unwrap()),
        (vec!["card", "--simulate"], fs::read(personality).unwrap()),
    ]
}

#[test]
fn what_is_no_file_or_no_right_one_is_refused_with_a_sentence() {
    let _others = with_others();
    let folder = tempfile::tempdir().unwrap();
    for (arguments, right) in readers(folder.path()) {
        // a name that is no text, where files are named and not cards
        let name: &[u8] =
            if arguments.ends_with(&["--simulate"]) { b"caf\xC3\xA9 \x1b[2J" } else { b"caf\xE9 \x1b[2J" };
        let named = folder.path().join(OsStr::from_bytes(name));
        for shape in SHAPES {
            shape.put(&named, &right);
            let output = run(program(&arguments).arg(&named));
            let words = said(&output);
            assert!(!words.contains('\u{1b}'), "{arguments:?} {shape:?}: {words:?}");
            if shape == Shape::Right {
                assert_ne!(output.status.code(), Some(64), "{arguments:?}: {words}");
            } else if shape != Shape::Half && shape != Shape::Grown {
                // the beginning of a file, or one file after another, may be right
                assert!(
                    matches!(output.status.code(), Some(1..=3 | 64)),
                    "{arguments:?} {shape:?} {}: {words}",
                    output.status
                );
                assert!(!words.trim().is_empty(), "{arguments:?} {shape:?}");
            }
            Shape::Nothing.put(&named, &right);
        }
    }
    let list = folder.path().join("list.csv");
    for shape in [Shape::Noise, Shape::Sparse, Shape::Pipe, Shape::Socket, Shape::Zeros, Shape::Loop, Shape::Folder] {
        for place in [list.clone(), folder.path().join("list.csv.key")] {
            if place != list && matches!(shape, Shape::Noise | Shape::Sparse) {
                // a key that is none is made anew
                continue;
            }
            shape.put(&place, b"some other file\n");
            let output = run(program(&["f413", "--simulate", "--batch"]).arg(&list));
            // what is there and is no list was named by mistake; what is no file at all cannot be written
            assert!(matches!(output.status.code(), Some(64 | 74)), "{place:?} {shape:?}: {}", said(&output));
            Shape::Nothing.put(&place, b"");
            let _ = fs::remove_file(&list);
            let _ = fs::remove_file(folder.path().join("list.csv.key"));
        }
    }
}

#[test]
fn named_files_swapped_while_they_are_read_end_in_an_answer() {
    let _others = with_others();
    let folder = tempfile::tempdir().unwrap();
    for (number, (arguments, right)) in readers(folder.path()).into_iter().enumerate() {
        let named = folder.path().join(format!("swapped-{number}"));
        Shape::Right.put(&named, &right);
        let swapper = Swapper::start(vec![(named.clone(), right)], number as u64);
        for _ in 0..6 {
            let output = run(program(&arguments).arg(&named));
            assert!(matches!(output.status.code(), Some(0..=3 | 64)), "{arguments:?}: {}", said(&output));
        }
        swapper.stop();
    }
}
