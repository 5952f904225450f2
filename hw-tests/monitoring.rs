//! The textfile in real monitoring: checked by promtool, served by node exporter, stored and asked for in Prometheus.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use cpx_report::{Disclosure, Subject, diagnosis_prometheus};
use serde_json::Value;

use crate::support::reports::{Sample, sample, samples};
use crate::support::{find_program, said, skip, until};

/// A program that serves on a port of its own. Ends with its owner.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    /// Starts a program on a free port, which `arguments` puts where the program wants it; waits until it answers.
    fn start(program: &str, path: &str, arguments: impl FnOnce(u16) -> Vec<String>) -> Option<Self> {
        let Some(program) = find_program(program) else {
            skip(&format!("{program} is not installed"));
            return None;
        };
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new(program);
        command.args(arguments(port)).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let server = Self { child: command.spawn().unwrap(), port };
        until("the server answers", || server.get(path).is_some_and(|answer| answer.contains(" 200 OK")));
        Some(server)
    }

    /// What a GET of this path answers, headers included.
    fn get(&self, path: &str) -> Option<String> {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        write!(connection, "GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n").ok()?;
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer).ok()?;
        Some(String::from_utf8_lossy(&answer).into_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn textfile(sample: &Sample) -> String {
    diagnosis_prometheus(&Subject::new(&sample.facts, &sample.diagnosis, Disclosure::Masked))
}

#[test]
fn promtool_has_nothing_to_say() {
    let Some(promtool) = find_program("promtool") else { return skip("promtool is not installed") };
    for sample in samples() {
        let mut child = Command::new(&promtool)
            .args(["check", "metrics"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(textfile(&sample).as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success() && said(&output).is_empty(), "{}", said(&output));
    }
}

#[test]
fn the_textfile_goes_through_node_exporter_into_prometheus() {
    let folder = tempfile::tempdir().unwrap();
    let sample = sample("1 code bloqué");
    let page = textfile(&sample);
    std::fs::write(folder.path().join("cpx_check.prom"), &page).unwrap();
    let Some(exporter) = exporter(folder.path()) else { return };
    let served = exporter.get("/metrics").unwrap();
    assert!(served.contains("node_textfile_scrape_error 0"), "{served}");
    for line in page.lines().filter(|line| !line.starts_with('#') && !line.contains("seconds")) {
        assert!(served.contains(line), "{line}");
    }

    let config = format!(
        "global: {{scrape_interval: 1s}}\nscrape_configs: [{{job_name: cpx, static_configs: [{{targets: ['127.0.0.1:{}']}}]}}]\n",
        exporter.port
    );
    std::fs::write(folder.path().join("prometheus.yml"), config).unwrap();
    let prometheus = Server::start("prometheus", "/-/ready", |port| {
        let path = |name: &str| folder.path().join(name).display().to_string();
        vec![
            format!("--config.file={}", path("prometheus.yml")),
            format!("--storage.tsdb.path={}", path("data")),
            format!("--web.listen-address=127.0.0.1:{port}"),
        ]
    });
    let Some(prometheus) = prometheus else { return };
    let ask = |query: &str| -> Vec<Value> {
        let answer = prometheus.get(&format!("/api/v1/query?query={query}")).unwrap();
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        let body: Value = serde_json::from_str(body).unwrap();
        body["data"]["result"].as_array().cloned().unwrap_or_default()
    };
    until("Prometheus knows the verdict", || !ask("cpx_check_outcome").is_empty());
    let diagnosis = sample.diagnosis;
    assert_eq!(ask("cpx_check_outcome")[0]["value"][1], diagnosis.outcome.exit_code().to_string());
    let failing: usize = diagnosis.checks.iter().filter(|one| one.state.code() == "fail").count();
    assert_eq!(ask("cpx_check_state==2").len(), failing);
    let headline = diagnosis.headline.unwrap().id;
    assert_eq!(ask("cpx_check_cause").iter().filter(|one| one["metric"]["id"] == headline).count(), 1);
}

fn exporter(folder: &Path) -> Option<Server> {
    Server::start("prometheus-node-exporter", "/metrics", |port| {
        vec![
            "--collector.disable-defaults".into(),
            "--collector.textfile".into(),
            format!("--collector.textfile.directory={}", folder.display()),
            format!("--web.listen-address=127.0.0.1:{port}"),
        ]
    })
}
