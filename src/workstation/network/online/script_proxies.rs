//! What the script that chooses a proxy (PAC) says of each host: asked of Windows itself (`WinHttpGetProxyForUrl`), in a
//! process of its own with a deadline, because a script may hang, and looking for one may take long. Elsewhere nobody is
//! asked, and what depends on it stays open.

use std::path::Path;
use std::process::ExitCode;

use super::plan::HostPlan;
use super::proxy_settings::{ProxyAddress, ProxySettings, ResolvedProxy};
use crate::limits;
use crate::workstation::{Observed, Reason, Unseen, run_own_program};

/// The first argument of the process that asks.
const SUBCOMMAND: &str = "__resolve-proxies";
/// What stands for no script in its arguments, and for no proxy in its answer.
const NONE: &str = "-";
/// How its answer begins, and how it does when the network offers no script.
const ANSWER: &str = "cpx-proxies";
const NO_SCRIPT: &str = "cpx-no-script";

/// Asks through this program, which must call [`serve_if_asked`] first of all, what the settings that browsers go by say of
/// these hosts. An empty answer means that the network offers no script.
///
/// Not seen: [`Unseen::NotAsked`] where no script chooses, [`Unseen::NotThisSystem`] elsewhere than on Windows, else why the
/// answer is missing.
pub fn resolve_proxies(
    settings: &ProxySettings,
    program: Option<&Path>,
    hosts: &[HostPlan],
) -> Observed<Vec<ResolvedProxy>> {
    asked(settings, program, hosts).into()
}

fn asked(settings: &ProxySettings, program: Option<&Path>, hosts: &[HostPlan]) -> Result<Vec<ResolvedProxy>, Reason> {
    let source = settings.governing().filter(|source| source.script.is_some() || source.auto_detect);
    let source = source.ok_or(Unseen::NotAsked)?;
    if !cfg!(windows) {
        return Err(Unseen::NotThisSystem.into());
    }
    let program = program.ok_or_else(|| Unseen::NotAsked.with("no program to ask in a process of its own"))?;
    let hosts: Vec<&HostPlan> = hosts.iter().take(limits::NETWORK_HOSTS).collect();
    let urls: Vec<String> = hosts.iter().map(|host| url(host)).collect();
    let mut arguments = vec![SUBCOMMAND, if source.auto_detect { "1" } else { "0" }];
    arguments.push(source.script.as_deref().unwrap_or(NONE));
    arguments.extend(urls.iter().map(String::as_str));
    let said = run_own_program(program, &arguments, limits::PROXY_SCRIPT_PATIENCE)?;
    answer(&said.text(), &hosts)
}

fn url(host: &HostPlan) -> String {
    let scheme = if host.purpose.is_tls() { "https" } else { "http" };
    format!("{scheme}://{}:{}{}", host.host, host.port, host.path)
}

/// What the process printed: a line for each host, in their order.
fn answer(said: &str, hosts: &[&HostPlan]) -> Result<Vec<ResolvedProxy>, Reason> {
    let mut lines = said.lines();
    match lines.next() {
        Some(NO_SCRIPT) => return Ok(Vec::new()),
        Some(ANSWER) => {}
        Some(failure) if failure.starts_with("WinHttp") => {
            return Err(Unseen::Failed.with(failure.chars().take(64).collect::<String>()));
        }
        _ => return Err(Unseen::Failed.with("the process that asks for proxies ended without answer")),
    }
    let resolved = hosts.iter().zip(lines).map(|(host, line)| ResolvedProxy::new(&host.host, proxy(line)));
    let resolved: Vec<_> = resolved.collect();
    if resolved.len() == hosts.len() { Ok(resolved) } else { Err(Unseen::Malformed.into()) }
}

/// The first of `proxy.example:3128;other.example:8080`.
fn proxy(line: &str) -> Option<ProxyAddress> {
    let first = line.split([';', ' ']).map(str::trim).find(|part| !part.is_empty()).filter(|first| *first != NONE)?;
    ProxyAddress::parse(first)
}

/// Asks Windows for proxies, when that is what this process was started for; else nothing happens.
pub fn serve_if_asked() -> Option<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    (arguments.next().as_deref() == Some(SUBCOMMAND)).then(|| serve(&arguments.collect::<Vec<_>>()))
}

#[cfg(windows)]
fn serve(arguments: &[String]) -> ExitCode {
    use std::io::Write as _;

    use crate::workstation::windows::{ScriptAnswer, proxies_of_script};

    let [auto_detect, script, urls @ ..] = arguments else { return ExitCode::FAILURE };
    let script = Some(script.as_str()).filter(|script| *script != NONE);
    let mut said = format!("{ANSWER}\n");
    for url in urls {
        match proxies_of_script(url, auto_detect == "1", script) {
            ScriptAnswer::Proxies(list) => said.push_str(&format!("{}\n", list.replace(['\r', '\n'], " "))),
            ScriptAnswer::Direct => said.push_str(&format!("{NONE}\n")),
            ScriptAnswer::NoScript => {
                said = format!("{NO_SCRIPT}\n");
                break;
            }
            ScriptAnswer::Failed(reason) => {
                said = format!("{reason}\n");
                break;
            }
        }
    }
    let told = std::io::stdout().write_all(said.as_bytes());
    if told.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(not(windows))]
fn serve(_: &[String]) -> ExitCode {
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::network::{ProxyOrigin, ProxySource, Purpose};

    fn hosts() -> Vec<HostPlan> {
        vec![
            HostPlan::new("portal.example", 443, Purpose::Portal),
            HostPlan::new("list.example", 80, Purpose::RevocationList),
        ]
    }

    #[test]
    fn the_answer_of_windows_is_read_line_by_line() {
        let hosts = hosts();
        let hosts: Vec<_> = hosts.iter().collect();
        let told = answer("cpx-proxies\nproxy.example:3128;other:1\n-\n", &hosts).unwrap();
        assert_eq!(
            told[0].proxy.as_ref().map(|proxy| (proxy.host.as_str(), proxy.port)),
            Some(("proxy.example", 3128))
        );
        assert_eq!((told[1].host.as_str(), &told[1].proxy), ("list.example", &None));
        assert_eq!(answer("cpx-no-script\n", &hosts), Ok(Vec::new()));
        let failed = answer("WinHttpGetProxyForUrl 0x2f87\n", &hosts).unwrap_err();
        assert_eq!(failed.detail.as_deref(), Some("WinHttpGetProxyForUrl 0x2f87"));
        for broken in ["", "x", "cpx-proxies\n-\n"] {
            assert!(answer(broken, &hosts).is_err(), "{broken}");
        }
        let urls: Vec<_> = hosts.iter().map(|host| url(host)).collect();
        assert_eq!(urls, ["https://portal.example:443/", "http://list.example:80/"]);
    }

    #[test]
    fn nobody_is_asked_where_no_script_chooses() {
        let why =
            |settings: &ProxySettings| resolve_proxies(settings, None, &hosts()).unseen().map(|reason| reason.why);
        let mut settings = ProxySettings::default();
        assert_eq!(why(&settings), Some(Unseen::NotAsked));
        let mut user = ProxySource::new(ProxyOrigin::Gnome);
        user.script = Some("http://pac.example/p.pac".into());
        settings.system = Observed::Seen(vec![user]);
        assert!(settings.is_unresolved());
        assert_eq!(why(&settings), Some(if cfg!(windows) { Unseen::NotAsked } else { Unseen::NotThisSystem }));
        settings.resolved = Observed::Seen(Vec::new());
        assert!(!settings.is_unresolved());
    }
}
