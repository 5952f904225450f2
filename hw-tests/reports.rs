//! Reports for machines: their form, their bounds, and what they never say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use cpx_card::internal::facts::Facts;
use cpx_card::internal::readiness::{Diagnosis, DiagnosisOptions, diagnose};
use cpx_report::{
    DiagnosisParts, Disclosure, Language, Subject, SupportCode, Texts, diagnosis_json, diagnosis_junit, diagnosis_line,
    diagnosis_ndjson, diagnosis_prometheus,
};
use serde_json::{Value, json};

use crate::support::changes::{fixture, of_case};
use crate::support::reports::{Sample, sample, samples};
use crate::support::{find_program, in_namespaces, said, skip};

fn french() -> Texts {
    Texts::new(Language::French)
}

#[test]
fn the_line_begins_as_nagios_and_centreon_expect() {
    for Sample { facts, diagnosis, .. } in samples() {
        let subject = Subject::new(&facts, &diagnosis, Disclosure::Masked);
        let line = diagnosis_line(&subject, &french());
        assert!(line.is_ascii() && line.len() < 2048 && !line.contains(char::is_control), "{line}");
        assert!(!line.contains(['"', '\\', '<', '>']) && !line.contains('?'), "{line}");
        let (told, performance) = line.split_once(" | ").unwrap();
        let (words, codes) = told.rsplit_once(") cpx-check.line/2 ").unwrap();
        let (words, code) = words.rsplit_once(" (").unwrap();
        let state = ["OK - ", "WARNING - ", "UNKNOWN - ", "CRITICAL - "][diagnosis.outcome as usize];
        assert!(words.strip_prefix(state).is_some_and(|words| words.len() > 20), "{line}");
        assert_eq!(code.parse::<SupportCode>().unwrap(), subject.support_code());
        let codes: Vec<_> = codes.split(' ').collect();
        assert_eq!(codes[0], diagnosis.outcome.code(), "{line}");
        let headline = diagnosis.headline.as_ref().map(|cause| format!("causes={}:", cause.id));
        assert!(headline.is_none_or(|headline| codes[1].starts_with(&headline)), "{line}");
        for verdict in &diagnosis.portals {
            let told = format!("{}={}", verdict.portal.code(), verdict.readiness.code());
            assert!(codes.contains(&told.as_str()), "{told} in {line}");
        }
        let is_count = |one: &str| one.split_once('=').is_some_and(|(_, count)| count.parse::<u8>().is_ok());
        assert!(performance.split(' ').all(is_count) && performance.contains("fail="), "{line}");
    }
    let Sample { facts, diagnosis, .. } = sample("1 code bloqué");
    let line = diagnosis_line(&Subject::new(&facts, &diagnosis, Disclosure::Masked), &french());
    assert!(line.starts_with("CRITICAL - Le code porteur est bloque. "), "{line}");
}

#[test]
fn many_causes_still_fit_in_a_line() {
    let Sample { facts, mut diagnosis, .. } = sample("1 code bloqué");
    diagnosis.others = vec![diagnosis.headline.clone().unwrap(); 500];
    let line = diagnosis_line(&Subject::new(&facts, &diagnosis, Disclosure::Masked), &french());
    assert!(
        line.len() < 2048 && line.contains("causes=pin-state:blocked,pin-state:") && line.contains(" | "),
        "{line}"
    );
}

#[test]
fn ndjson_lines_follow_their_schema_and_add_up() {
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/schema/ndjson-2.json");
    let schema: Value = serde_json::from_slice(&std::fs::read(schema).unwrap()).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    for Sample { facts, diagnosis, .. } in samples() {
        let subject = Subject::new(&facts, &diagnosis, Disclosure::Masked);
        let text = diagnosis_ndjson(&subject);
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for line in &lines {
            let errors: Vec<_> = schema.iter_errors(line).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{errors:?} in {line}");
        }
        let summary = &lines[0];
        assert_eq!(summary["line"], "summary");
        assert_eq!(summary["support_code"], subject.support_code().to_string());
        for state in ["fail", "warn"] {
            let of_state = lines[1..].iter().filter(|line| line["state"] == state).count();
            assert_eq!(summary["counts"][state], of_state, "{state}");
        }
    }
}

/// What the reports say beside the verdict is what was observed.
#[test]
fn reports_say_what_workstation_and_card_they_are_about() {
    for base in ["windows", "macos", "linux"] {
        let Sample { facts, diagnosis, .. } = sample(base);
        let subject = Subject::new(&facts, &diagnosis, Disclosure::Masked);
        let observed = fixture(&format!("{base}.json"));
        let card = &observed["readers"]["Ok"][0]["content"]["cpx"];
        let versions = &observed["workstation"]["cryptolib"]["seen"]["versions"];
        let known = versions[0]["version"].as_str().unwrap_or_default();
        assert!(base != "windows" || !known.is_empty(), "a Cryptolib is there");
        let (ndjson, line, page) =
            (diagnosis_ndjson(&subject), diagnosis_line(&subject, &french()), diagnosis_prometheus(&subject));
        let summary: Value = serde_json::from_str(ndjson.lines().next().unwrap()).unwrap();
        let moment: jiff::Timestamp = summary["time"].as_str().unwrap().parse().unwrap();
        assert_eq!((moment.as_second(), summary["system"].as_str()), (facts.now, Some(base)));
        assert_eq!(summary["program"], facts.program);
        assert_eq!(summary["cryptolib"].as_str().unwrap_or_default(), known, "{base}");
        assert_eq!(
            (&summary["card_generation"], &summary["card_valid_until"]),
            (&card["generation"], &card["valid_until"])
        );
        let last_day = format!("{}T23:59:59Z", card["valid_until"].as_str().unwrap());
        assert_eq!(summary["ends"]["card"], last_day);
        for word in [format!("program={}", facts.program), format!("time={moment}")] {
            assert!(line.split(' ').any(|told| told == word), "{word} in {line}");
        }
        assert_eq!(line.contains(&format!("cryptolib={known}")), !known.is_empty(), "{line}");
        let info = page.lines().find(|line| line.starts_with("cpx_check_info{")).unwrap();
        let labels = [format!("version=\"{}\"", facts.program), format!("cryptolib=\"{known}\"")];
        assert!(labels.iter().all(|label| info.contains(label)), "{info}");
        let ends = card["certificates"]["seen"].as_array().unwrap();
        let end = &ends.iter().find(|one| one["role"] == "authentication").unwrap()["not_after"];
        let told: jiff::Timestamp = summary["ends"]["certificate"].as_str().unwrap().parse().unwrap();
        assert_eq!(Some(told.as_second()), end.as_i64());
        assert!(page.contains(&format!("\ncpx_check_certificate_not_after_seconds {end}\n")), "{page}");
    }
}

/// The certificate that logs on is the one whose end is watched; without it there is nothing to watch.
#[test]
fn the_end_that_is_watched_is_that_of_the_certificate_that_logs_on() {
    let mut facts = fixture("linux.json");
    let page = |facts: &Value| {
        let facts = of_case(facts).unwrap();
        let diagnosis = diagnose(&facts, &DiagnosisOptions::default());
        diagnosis_prometheus(&Subject::new(&facts, &diagnosis, Disclosure::Masked))
    };
    let name = "cpx_check_certificate_not_after_seconds";
    let certificates = &mut facts["readers"]["Ok"][0]["content"]["cpx"]["certificates"]["seen"];
    let mut signature = certificates[0].clone();
    signature["role"] = "signature".into();
    signature["not_after"] = 1_800_000_000.into();
    certificates.as_array_mut().unwrap().insert(0, signature.clone());
    let end = certificates[1]["not_after"].clone();
    assert!(page(&facts).contains(&format!("\n{name} {end}\n")));
    facts["readers"]["Ok"][0]["content"]["cpx"]["certificates"]["seen"] = json!([signature]);
    assert!(!page(&facts).contains(name));
}

/// What ends is told for the card and its certificate apart; what was not read has no series.
#[test]
fn prometheus_tells_when_card_and_certificate_end() {
    let ends = |facts: &Value| {
        let facts = of_case(facts).unwrap();
        let diagnosis = diagnose(&facts, &DiagnosisOptions::default());
        let page = diagnosis_prometheus(&Subject::new(&facts, &diagnosis, Disclosure::Masked));
        let ends = page.lines().filter_map(|line| line.strip_prefix("cpx_check_ends_timestamp_seconds{what="));
        ends.map(str::to_owned).collect::<Vec<_>>()
    };
    let mut facts = fixture("linux.json");
    let card = &mut facts["readers"]["Ok"][0]["content"]["cpx"];
    card["valid_until"] = "2028-02-29".into();
    let certificates = card["certificates"]["seen"].as_array_mut().unwrap();
    certificates.iter_mut().find(|one| one["role"] == "authentication").unwrap()["not_after"] = 1_830_000_000.into();
    let authority = "\"authority\"} 2003184000";
    assert_eq!(ends(&facts)[..3], ["\"card\"} 1835481599", "\"certificate\"} 1830000000", authority]);
    let card = &mut facts["readers"]["Ok"][0]["content"]["cpx"];
    card["valid_until"] = Value::Null;
    assert_eq!(ends(&facts)[..2], ["\"certificate\"} 1830000000", authority]);
    facts["readers"]["Ok"] = json!([]);
    assert!(ends(&facts).iter().all(|end| end.starts_with("\"system\"")));
}

/// What the dated tables say of this workstation is told to the second, in every form; what they do not say is not there.
#[test]
fn what_ends_on_a_workstation_is_what_the_tables_say_of_it() {
    let ends = |changes: Value| {
        let mut facts = fixture("windows.json");
        let system = &mut facts["workstation"]["system"];
        let system = if system["seen"].is_object() { &mut system["seen"] } else { system };
        for (key, value) in changes["system"].as_object().into_iter().flatten() {
            system[key] = value.clone();
        }
        if let Some(set) = changes.get("override") {
            facts["workstation"]["windows_crypto"]["seen"]["capi_override"] = json!({ "seen": set });
        }
        facts["readers"]["Ok"] = json!([]);
        let facts = of_case(&facts).unwrap();
        let diagnosis = diagnose(&facts, &DiagnosisOptions::default());
        let subject = Subject::new(&facts, &diagnosis, Disclosure::Masked);
        let line: Value = serde_json::from_str(diagnosis_ndjson(&subject).lines().next().unwrap()).unwrap();
        let json = diagnosis_json(&facts, &diagnosis, None, DiagnosisParts::default());
        assert_eq!(json["ends"], line["ends"]);
        let page = diagnosis_prometheus(&subject);
        for (what, moment) in line["ends"].as_object().unwrap() {
            let second = moment.as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_second();
            let sample = format!("cpx_check_ends_timestamp_seconds{{what=\"{what}\"}} {second}\n");
            assert!(page.contains(&sample), "{sample}{page}");
        }
        line["ends"].clone()
    };
    let windows = |name: &str, build: u32, revision: u32, server: bool| {
        ends(json!({"system": {"name": name, "build": build, "revision": revision, "server": server}}))["system"]
            .clone()
    };
    let last = |day: &str| json!(format!("{day}T23:59:59Z"));
    for (name, build, revision, server, end) in [
        ("Windows 10 Pro", 19045, 6456, false, last("2025-10-14")),
        // somebody pays for its updates, until a day that is not known here
        ("Windows 10 Pro", 19045, 7000, false, Value::Null),
        ("Windows 10 Enterprise LTSC 2021", 19044, 6456, false, Value::Null),
        ("Windows 11 Pro", 26100, 1, false, last("2026-10-13")),
        ("Windows 11 Pro Education", 26100, 1, false, last("2026-10-13")),
        ("Windows 11 Enterprise", 26100, 1, false, last("2027-10-12")),
        ("Windows 11 Enterprise LTSC 2024", 26100, 1, false, Value::Null),
        ("Windows 11", 26100, 1, false, Value::Null),
        ("Windows 11 Pro", 28000, 1, false, Value::Null),
        ("Windows Server 2019 Standard", 17763, 1, true, last("2029-01-09")),
        ("Windows Server 2025 Standard", 26100, 1, true, Value::Null),
    ] {
        assert_eq!(windows(name, build, revision, server), end, "{name} {build}");
    }
    assert_eq!(ends(json!({"override": 0}))["capi-override"], "2027-02-01T00:00:00Z");
    assert!(ends(json!({"override": 1}))["capi-override"].is_null());
    assert!(ends(json!({"override": null}))["capi-override"].is_null());
    let linux = |names: Value, version: &str| {
        ends(json!({"system": {"family": "linux", "distribution": names, "version": version}}))["system"].clone()
    };
    assert_eq!(linux(json!(["rhel", "fedora"]), "9.4"), last("2032-05-31"));
    assert_eq!(linux(json!(["debian"]), "12"), Value::Null);
    assert_eq!(linux(json!(["rocky", "rhel", "centos"]), "9.4"), Value::Null);
}

/// A version is shown as far as it is one.
#[test]
fn a_version_is_short_and_made_of_what_stands_in_versions() {
    let mut facts = serde_json::to_value(sample("linux").facts).unwrap();
    facts["program"] = "1.2.3-rc+4 <b>\u{1b}[2J\"é, 5678901234567890".into();
    let facts: Facts = serde_json::from_value(facts).unwrap();
    let diagnosis = diagnose(&facts, &DiagnosisOptions::default());
    let line = diagnosis_line(&Subject::new(&facts, &diagnosis, Disclosure::Masked), &french());
    assert!(line.split(' ').any(|word| word == "program=1.2.3-rc+4b2J5678901"), "{line}");
}

/// Names, paths and words of the outside are harmless and tell no person and no device apart; codes are codes.
#[test]
fn the_parts_of_an_answer_are_shown_like_the_rest_of_it() {
    let mut facts = serde_json::to_value(sample("windows").facts).unwrap();
    facts["workstation"]["session"] = json!({"seen": {"user": {"private": "marie.dupont"}}});
    facts["readers"]["Ok"][0]["name"] = "Gemalto PC Twin Reader (70D7E2EE) 00 00".into();
    let facts: Facts = serde_json::from_value(facts).unwrap();
    let diagnosis = diagnose(&facts, &DiagnosisOptions::default());
    let path = "C:\\Users\\Marie.Dupont\\cps3.dll";
    let parts = || {
        let mut parts = DiagnosisParts::default();
        parts.readers = json!([{"name": "Gemalto PC Twin Reader (70D7E2EE) 00 00", "state": "marie.dupont"}]);
        parts.modules = json!([{"path": path, "real_path": path, "other_paths": [path], "copy_of": path, "answer": {"detail": path}}]);
        parts.tokens =
            json!([{"module": path, "reader": "\u{1b}(70D7E2EE)", "manufacturer": path, "description": path}]);
        parts
    };
    let told = |disclosure| {
        let parts = Subject::new(&facts, &diagnosis, disclosure).parts(parts());
        [parts.readers, parts.modules, parts.tokens]
    };
    let shown = "C:\\Users\\***\\cps3.dll";
    let masked = told(Disclosure::Masked);
    assert_eq!(masked[0], json!([{"name": "Gemalto PC Twin Reader (***) 00 00", "state": "marie.dupont"}]));
    assert_eq!(
        masked[1],
        json!([{"path": shown, "real_path": shown, "other_paths": [shown], "copy_of": shown, "answer": {"detail": shown}}])
    );
    assert_eq!(
        masked[2],
        json!([{"module": shown, "reader": "\u{fffd}(***)", "manufacturer": shown, "description": shown}])
    );
    let full = told(Disclosure::Full);
    assert_eq!((&full[0][0]["name"], &full[1][0]["path"]), (&parts().readers[0]["name"], &path.into()));
    assert_eq!(full[2][0]["reader"], "\u{fffd}(70D7E2EE)");
}

#[test]
fn junit_is_read_by_an_xml_parser_and_counts_right() {
    let Some(python) = find_program("python3") else { return skip("python3 is not installed") };
    let script = "
import sys, xml.etree.ElementTree as tree
for page in sys.argv[1:]:
    root = tree.fromstring(page.encode())
    cases = root.findall('.//testcase')
    for outer in [root, *root.findall('testsuite')]:
        inner = outer.findall('.//testcase')
        assert int(outer.get('tests')) == len(inner)
        assert int(outer.get('failures')) == len(outer.findall('.//failure'))
        assert int(outer.get('skipped')) == len(outer.findall('.//skipped'))
    names = [(case.get('classname'), case.get('name')) for case in cases]
    assert len(set(names)) == len(names)
    assert all(len(case) <= 1 for case in cases)
    print(root.get('failures'))
";
    let samples = samples();
    let pages = samples
        .iter()
        .map(|one| diagnosis_junit(&Subject::new(&one.facts, &one.diagnosis, Disclosure::Masked), &french()));
    let output = Command::new(python).arg("-c").arg(script).args(pages).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let failures: Vec<usize> =
        crate::support::as_typed(output.stdout).lines().map(|line| line.parse().unwrap()).collect();
    let failed = |diagnosis: &Diagnosis| diagnosis.checks.iter().filter(|one| one.state.code() == "fail").count();
    assert_eq!(failures, samples.iter().map(|sample| failed(&sample.diagnosis)).collect::<Vec<_>>());
}

#[test]
fn prometheus_has_one_family_after_another_and_few_series() {
    for Sample { facts, diagnosis, .. } in samples() {
        let page = diagnosis_prometheus(&Subject::new(&facts, &diagnosis, Disclosure::Masked));
        assert!(page.ends_with('\n') && page.len() < 16 * 1024);
        let series: Vec<_> = page.lines().filter(|line| !line.starts_with('#')).collect();
        let names: BTreeSet<_> = series.iter().map(|line| line.rsplit_once(' ').unwrap().0).collect();
        assert_eq!(names.len(), series.len(), "no series twice");
        assert!(series.len() < 160, "{}", series.len());
        let outcome = format!("\ncpx_check_outcome {}\n", diagnosis.outcome.exit_code());
        assert!(
            page.contains(&outcome) && page.contains(&format!("\ncpx_check_run_timestamp_seconds {}\n", facts.now))
        );
    }
}

/// What somebody could write into a reader, a certificate or a path to do harm where it is shown.
const HOSTILE: &str =
    "\"><script>alert(1)</script>\u{1b}[2J\u{9b}31m\u{202e}\u{2066}=cmd|' /C calc'!A0\r\n]]>&amp;{{1}}\0\u{fffe}\\";

/// A case file of a workstation where everything that has a name has this one.
fn hostile_case(folder: &Path) -> PathBuf {
    let mut facts = fixture("windows.json");
    facts["readers"]["Ok"][0]["name"] = format!("Lecteur {HOSTILE}").into();
    facts["readers"]["Ok"][0]["in_use"] = true.into();
    facts["program"] = HOSTILE.into();
    let workstation = &mut facts["workstation"];
    workstation["system"]["seen"]["name"] = HOSTILE.into();
    workstation["system"]["seen"]["version"] = HOSTILE.into();
    let cryptolib = &mut workstation["cryptolib"]["seen"];
    cryptolib["versions"] = json!([{"source": "registry64", "version": HOSTILE}]);
    let lost = json!({"path": HOSTILE, "needed_for": "needed", "present": false});
    cryptolib["files"].as_array_mut().unwrap().push(lost);
    let certificate = &mut facts["readers"]["Ok"][0]["content"]["cpx"]["certificates"]["seen"][0];
    certificate["issuer"] = HOSTILE.into();
    certificate["trust"] = "unknown-issuer".into();
    let case = folder.join("hostile.json");
    std::fs::write(&case, json!({"schema": "cpx-check.case/1", "facts": facts}).to_string()).unwrap();
    case
}

fn run(arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_cpx-check"));
    program.args(arguments).env("LC_ALL", "fr_FR.UTF-8").stdin(Stdio::null()).output().unwrap()
}

#[test]
fn hostile_names_are_harmless_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let case = hostile_case(folder.path());
    let case = case.to_str().unwrap();
    for form in ["text", "json", "html", "line", "ndjson", "prometheus", "junit"] {
        let output = run(&["--replay", case, "--all", "--format", form]);
        let said = crate::support::as_typed(output.stdout);
        assert!(output.status.code().is_some_and(|code| code < 4) && !said.is_empty(), "{form}");
        let harmful = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}')
        };
        assert!(!said.contains(harmful), "{form}: {said}");
        match form {
            "html" => assert!(!said.contains("<script") && said.contains("&lt;script&gt;"), "{said}"),
            "line" => assert!(said.is_ascii() && said.lines().count() == 1 && !said.contains("script>"), "{said}"),
            "json" => assert!(serde_json::from_str::<Value>(&said).is_ok(), "{said}"),
            "ndjson" => assert!(said.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{said}"),
            "prometheus" => {
                assert!(said.lines().all(|line| line.starts_with("cpx_check_") || line.starts_with("# ")), "{said}");
            }
            _ => {}
        }
        if let ("junit", Some(python)) = (form, find_program("python3")) {
            let script = "import sys, xml.etree.ElementTree as tree; tree.fromstring(sys.argv[1].encode())";
            let output = Command::new(python).args(["-c", script, &said]).output().unwrap();
            assert!(output.status.success(), "{}", crate::support::said(&output));
        }
    }
}

#[test]
fn an_answer_in_a_file_is_whole_and_readable_by_others() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cpx_check.prom");
    let path = file.to_str().unwrap();
    let report = ["--simulate", "cps-medecin", "--format", "prometheus", "--output", path];
    let output = run(&report);
    assert!(output.stdout.is_empty() && output.status.code() == Some(2), "{}", said(&output));
    let first = std::fs::read_to_string(&file).unwrap();
    assert!(first.ends_with('\n') && first.contains("cpx_check_outcome 2"));
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions());
    assert_eq!(mode & 0o444, 0o444, "the collector is another user");
    std::fs::write(&file, "old").unwrap();
    run(&report);
    assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), first.lines().count());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
    // styles are for terminals
    run(&["--simulate", "cps-medecin", "--output", path]);
    assert!(!std::fs::read_to_string(&file).unwrap().contains('\u{1b}'));
    assert_eq!(run(&["--simulate", "cps-medecin", "--output", "/nonexistent/x"]).status.code(), Some(74));
    assert_eq!(run(&["--simulate", "cps-medecin", "--output", "/dev/null"]).status.code(), Some(74));
}

/// A folder of its own, too small for the page: the file that was there stays as it was.
#[test]
fn a_full_disk_leaves_no_half_file() {
    for program in ["unshare", "mount"] {
        if find_program(program).is_none() {
            return skip(&format!("{program} is not installed"));
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let script = "mount -t tmpfs -o size=16k cpx \"$1\" || exit 99; echo old >\"$1/page.html\"
        \"$0\" --simulate cps-medecin --format html --output \"$1/page.html\"; echo $?; ls -A \"$1\"; cat \"$1/page.html\"";
    let output = in_namespaces(Command::new("unshare"), &["--mount"])
        .args(["sh", "-c", script, env!("CARGO_BIN_EXE_cpx-check")])
        .arg(folder.path())
        .env("LC_ALL", "fr_FR.UTF-8")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    if output.status.code() == Some(99) {
        return skip("no file system can be mounted here");
    }
    assert_eq!(crate::support::as_typed(&output.stdout), "74\npage.html\nold\n", "{}", said(&output));
    assert!(crate::support::as_typed(&output.stderr).contains("fichier"), "{}", said(&output));
}

#[test]
fn a_file_that_is_no_case_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let whole = std::fs::read_to_string(hostile_case(folder.path())).unwrap();
    let file = folder.path().join("case.json");
    let path = file.to_str().unwrap();
    for (content, told) in [
        (whole[..whole.len() / 2].to_owned(), "line 1"),
        (whole.replacen("case/1", "case/3", 1), "plus récente"),
        ("{}".to_owned(), "schema"),
        ("[".repeat(100_000), "recursion"),
    ] {
        std::fs::write(&file, content).unwrap();
        let output = run(&["--replay", path, "--format", "html"]);
        assert_eq!(output.status.code(), Some(64), "{}", said(&output));
        assert!(output.stdout.is_empty() && said(&output).contains(told), "{}", said(&output));
    }
}

/// On the page: versions, what to do about one portal alone, nothing untested in order, and where to write on paper.
#[test]
fn the_page_says_what_a_helpdesk_asks() {
    let case = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/workstations/A-t1.json");
    let page = crate::support::as_typed(&run(&["--replay", case, "--format", "html"]).stdout);
    for words in
        ["Windows 11 Professionnel 10.0.22631", "5.2.1", "Edge 144.0.3719.82, Firefox 140.5.0", "→ Utilisez TOM."]
    {
        assert!(page.contains(words), "{words}");
    }
    for blank in ["Poste", "Utilisateur", "Ticket"] {
        assert!(page.contains(&format!("<dt>{blank}</dt><dd></dd>")), "{blank}");
    }
    assert!(
        page.contains("Navigateur : en ordre") && page.contains("Portail : non vérifié"),
        "the network was not tested"
    );
}
