//! The recipes of `packaging/` with the tools that they are for, and the reports of a hundred thousand machines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use cpx_report::{Disclosure, Subject, diagnosis_ndjson};
use serde_json::Value;

use crate::support::reports::samples;
use crate::support::{find_program, said, skip};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");
const PACKAGING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packaging");

/// Machines of which `DuckDB` sums up the reports.
const MACHINES: usize = 100_000;

/// A search path on which `cpx-check` is a card in a virtual reader.
fn path_with_program(folder: &Path) -> String {
    let script = folder.join("cpx-check");
    std::fs::write(&script, format!("#!/bin/sh\nexec {PROGRAM} --simulate cps-bloquee \"$@\"\n")).unwrap();
    std::fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    format!("{}:{}", folder.display(), std::env::var("PATH").unwrap())
}

#[test]
fn duckdb_sums_up_the_reports_of_a_hundred_thousand_machines() {
    let python = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/tools/python/bin/python");
    if !Path::new(python).exists() {
        return skip("DuckDB is not installed: .ci/tools");
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fleet.ndjson");
    let samples = samples();
    let reports: Vec<_> = samples
        .iter()
        .map(|one| diagnosis_ndjson(&Subject::new(&one.facts, &one.diagnosis, Disclosure::Masked)))
        .collect();
    let mut all = std::io::BufWriter::new(std::fs::File::create(&file).unwrap());
    for report in reports.iter().cycle().take(MACHINES) {
        all.write_all(report.as_bytes()).unwrap();
    }
    all.into_inner().unwrap();
    let script = "
import duckdb, json, sys, time
folder, reports = sys.argv[1:]
started = time.monotonic()
duckdb.execute('SET VARIABLE reports = $1', [reports])
duckdb.execute(open(folder + '/load.sql').read())
answers = [one.fetchall() for one in map(duckdb.sql, open(folder + '/queries.sql').read().split(';')) if one]
print(json.dumps({'answers': answers, 'seconds': time.monotonic() - started}))
";
    let output = Command::new(python)
        .args(["-c", script, &format!("{PACKAGING}/duckdb")])
        .arg(&file)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let _ = writeln!(
        std::io::stderr(),
        "{MACHINES} reports, {} MB, summed up in {:.1} s",
        std::fs::metadata(&file).unwrap().len() / 1_000_000,
        told["seconds"].as_f64().unwrap()
    );
    let count = |row: &Value| row.as_array().unwrap().last().unwrap().as_u64().unwrap();
    let answers = told["answers"].as_array().unwrap();
    assert_eq!(answers.len(), 3);
    let of = |place: usize| answers[place].as_array().unwrap();
    assert_eq!(of(0).iter().map(count).sum::<u64>(), MACHINES as u64, "every machine once");
    let ready = samples.iter().cycle().take(MACHINES).filter(|one| one.diagnosis.outcome.code() == "ready").count();
    let told_ready: u64 = of(0).iter().filter(|row| row[1] == "ready").map(count).sum();
    assert_eq!(told_ready, ready as u64);
    assert!(of(1).iter().map(count).is_sorted_by(|one, other| one >= other), "the most frequent first");
    assert!(of(2).iter().any(|row| row[1] == "psc" && row[2] == "ready"));
}

#[test]
fn the_alert_rules_are_right() {
    let Some(promtool) = find_program("promtool") else { return skip("promtool is not installed") };
    let rules = format!("{PACKAGING}/prometheus/cpx-check.rules.yml");
    let output = Command::new(promtool).args(["check", "rules", &rules]).output().unwrap();
    let count = std::fs::read_to_string(&rules).unwrap().matches("- alert:").count();
    let all = format!("SUCCESS: {count} rules");
    assert!(count > 2 && output.status.success() && said(&output).contains(&all), "{}", said(&output));
}

#[test]
fn systemd_takes_the_units() {
    let Some(analyze) = find_program("systemd-analyze") else { return skip("systemd-analyze is not installed") };
    let folder = tempfile::tempdir().unwrap();
    for unit in ["cpx-check.service", "cpx-check.timer"] {
        let text = std::fs::read_to_string(format!("{PACKAGING}/systemd/{unit}")).unwrap();
        std::fs::write(folder.path().join(unit), text.replace("/usr/bin/cpx-check", PROGRAM)).unwrap();
    }
    let units = ["cpx-check.service", "cpx-check.timer"].map(|unit| folder.path().join(unit));
    let output = Command::new(analyze)
        .args(["--user", "--man=no", "verify"])
        .args(units)
        .env("XDG_RUNTIME_DIR", folder.path())
        .output()
        .unwrap();
    assert!(output.status.success() && !said(&output).contains("cpx-check."), "{}", said(&output));
}

#[test]
fn the_zabbix_agent_gives_the_verdict() {
    let Some(agent) = find_program("zabbix_agentd") else { return skip("zabbix_agentd is not installed") };
    let folder = tempfile::tempdir().unwrap();
    let path = path_with_program(folder.path());
    let configuration = folder.path().join("agent.conf");
    let lines = format!("Server=127.0.0.1\nTimeout=30\nAllowRoot=1\nInclude={PACKAGING}/zabbix/cpx-check.conf\n");
    std::fs::write(&configuration, lines).unwrap();
    let ask = |key: &str| {
        let mut command = Command::new(&agent);
        command.arg("-c").arg(&configuration).args(["-t", key]).env("PATH", &path).stdin(Stdio::null());
        said(&command.output().unwrap())
    };
    assert!(ask("cpx.outcome").contains("[t|2]"), "{}", ask("cpx.outcome"));
    assert!(ask("cpx.line").contains("[t|CRITICAL - "), "{}", ask("cpx.line"));
    assert!(ask("cpx.ndjson").contains(r#""line":"summary""#), "{}", ask("cpx.ndjson"));
}

#[test]
fn the_complement_for_glpi_is_json_with_the_verdict() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("glpi.json");
    let mut command = Command::new(format!("{PACKAGING}/glpi/cpx-check-glpi.sh"));
    let output = command.arg(&file).env("PATH", path_with_program(folder.path())).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let told: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let software = &told["content"]["softwares"][0];
    assert!(software["version"].as_str().unwrap().starts_with("not-ready CPX-"), "{told}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing else is left");
}
