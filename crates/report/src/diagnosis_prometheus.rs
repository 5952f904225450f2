//! The verdict for the textfile collector of Prometheus: few series, and none that names a person, a card or a machine.

use std::fmt::{Display, Write as _};

use cpx_card::internal::readiness::{Readiness, Rules, State};

use super::Subject;

/// The exposition: every line with its end, no timestamps.
pub fn diagnosis_prometheus(subject: &Subject) -> String {
    let diagnosis = &subject.diagnosis;
    let mut page = Exposition(String::new());

    page.family("cpx_check_run_timestamp_seconds", "When the workstation was looked at.");
    page.sample("cpx_check_run_timestamp_seconds", &[], subject.facts.now);

    page.family("cpx_check_info", "Versions of the program, of its rules and of the Cryptolib.");
    let program = subject.program();
    let rules = Rules::get().date().map(|date| date.to_string()).unwrap_or_default();
    let cryptolib = subject.cryptolib().unwrap_or_default();
    let labels = [("version", program.as_str()), ("rules", &rules), ("cryptolib", &cryptolib)];
    page.sample("cpx_check_info", &labels, 1);

    page.family("cpx_check_outcome", "Verdict: 0 ready, 1 ready with a reservation, 2 not ready, 3 could not tell.");
    page.sample("cpx_check_outcome", &[], diagnosis.outcome.exit_code());

    page.family("cpx_check_portal_outcome", "Verdict by portal: the numbers of cpx_check_outcome.");
    for verdict in &diagnosis.portals {
        let labels = [("portal", verdict.portal.code())];
        page.sample("cpx_check_portal_outcome", &labels, verdict.readiness.exit_code());
    }

    page.family("cpx_check_ready", "Whether a portal can be entered with this browser: 1 yes, 0 no or unknown.");
    for verdict in &diagnosis.portals {
        for path in &verdict.paths {
            let labels =
                [("portal", verdict.portal.code()), ("browser", path.browser.code()), ("path", path.path.code())];
            page.sample("cpx_check_ready", &labels, u8::from(path.readiness <= Readiness::Reserved));
        }
    }

    page.family("cpx_check_cause", "The causes of the verdict, 1 each.");
    for cause in subject.causes() {
        let labels = [("id", cause.id), ("reason", cause.reason), ("severity", cause.severity.code())];
        page.sample("cpx_check_cause", &labels, 1);
    }

    page.family(
        "cpx_check_state",
        "State of each check: 0 ok, 1 warning, 2 failure, 3 blocked by another, 4 not made.",
    );
    for result in subject.checks() {
        let labels = [("id", result.check.id), ("group", result.check.group.code())];
        page.sample("cpx_check_state", &labels, number(result.state));
    }

    page.family("cpx_check_ends_timestamp_seconds", "When something ends: the card, its certificate, the authority that signed it, the support of the system, a workaround.");
    for end in subject.ends() {
        page.sample("cpx_check_ends_timestamp_seconds", &[("what", end.what)], end.at);
    }

    if let Some(end) = subject.certificate_end() {
        let help = "End of the validity of the card's certificate: the first day of a month, so that it names nobody.";
        page.family("cpx_check_certificate_not_after_seconds", help);
        page.sample("cpx_check_certificate_not_after_seconds", &[], end);
    }
    page.0
}

fn number(state: State) -> u8 {
    match state {
        State::Pass => 0,
        State::Warn => 1,
        State::Fail => 2,
        State::Blocked => 3,
        State::Skip => 4,
    }
}

/// The text format of Prometheus, version 0.0.4.
struct Exposition(String);

impl Exposition {
    fn family(&mut self, name: &str, help: &str) {
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} gauge");
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        let label = |(name, value): &(&str, &str)| {
            let value = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            format!("{name}=\"{value}\"")
        };
        let mut labels: Vec<_> = labels.iter().map(label).collect();
        // as exporters give them again
        labels.sort();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }
}
