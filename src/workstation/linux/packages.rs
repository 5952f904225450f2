//! Installed packages: of rpm by its own tool, of Debian by its list.

use std::io::{BufRead as _, BufReader, Read as _};

use crate::limits;
use crate::workstation::facts::{Signature, SignatureState};
use crate::workstation::{Machine, Observed, Reason, Unseen, bounded_file};

const RPM: [&str; 2] = ["/usr/bin/rpm", "/bin/rpm"];

/// The folders of rpm's database; without one that holds something, an installed rpm is only a tool, and asking it would make
/// a database (in the user's folder on Debian).
const RPM_DATABASES: [&str; 2] = ["/usr/lib/sysimage/rpm", "/var/lib/rpm"];

const DEBIAN_LIST: &str = "/var/lib/dpkg/status";

/// The version of the first of these packages that is installed, without the release of the packager: `1.9.9`. `None`
/// where none is.
///
/// # Errors
/// Those of the tool and of the list; [`Unseen::Absent`] where there is neither.
pub(super) fn version(machine: &Machine, rpm_name: &str, debian_names: &[&str]) -> Result<Option<String>, Reason> {
    if has_rpm(machine) {
        let said = machine.run(&RPM, &["-q", "--qf", "%{VERSION}\\n", rpm_name])?;
        if said.success {
            return Ok(said.text().lines().next().map(str::to_owned).filter(|version| !version.is_empty()));
        }
        if !machine.has(DEBIAN_LIST) {
            return Ok(None);
        }
    }
    debian_version(machine, debian_names)
}

/// Whether the files of the package `CryptolibCPS` are those that were packed (`rpm -V`). This reads and digests every one
/// of them; nothing is changed.
pub fn verify_cryptolib(machine: &Machine) -> Observed<Vec<Signature>> {
    if !has_rpm(machine) {
        return Observed::Unseen(Unseen::Absent.with("rpm"));
    }
    let outcome = machine.run(&RPM, &["-V", "--nodeps", "--noscripts", "CryptolibCPS"]);
    outcome.map(|said| verified(&said.text(), said.success)).into()
}

/// What `rpm -V` says: a line for each file that differs, nine marks and then perhaps `c` for a file of settings.
fn verified(output: &str, success: bool) -> Vec<Signature> {
    let told = |path: &str, state| Signature { path: path.to_owned(), state, ..Signature::default() };
    if output.contains("is not installed") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for line in output.lines() {
        let Some((marks, rest)) = line.split_once(char::is_whitespace) else { continue };
        // settings may be edited; the cache and the logs change by themselves
        let is_settings = rest.trim_start().starts_with("c ");
        if let (true, false, Some(at)) = (marks.contains('5'), is_settings, rest.find('/')) {
            found.extend(rest.get(at..).map(|path| told(path.trim_end(), SignatureState::Bad)));
        }
    }
    if found.is_empty() {
        // without a difference in contents the package is what was packed, whoever packed it
        let state = if success || !output.is_empty() { SignatureState::Valid } else { SignatureState::Unknown };
        found.push(told("CryptolibCPS", state));
    }
    found.truncate(limits::SIGNATURES);
    found
}

fn has_rpm(machine: &Machine) -> bool {
    RPM.iter().any(|tool| machine.has(tool))
        && RPM_DATABASES.iter().any(|folder| !machine.entries(folder, 1).is_empty())
}

/// The list has one paragraph for each package that was ever installed.
fn debian_version(machine: &Machine, names: &[&str]) -> Result<Option<String>, Reason> {
    let list = bounded_file::open(&machine.path(DEBIAN_LIST)).map_err(|reason| reason.why.with(DEBIAN_LIST))?;
    let bound = u64::try_from(limits::PACKAGE_LIST_BYTES).unwrap_or(u64::MAX);
    let mut reader = BufReader::with_capacity(64 * 1024, list.take(bound));
    let (mut line, mut is_named, mut is_installed) = (Vec::new(), false, false);
    while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        if let Some(name) = line.strip_prefix(b"Package: ") {
            is_named = names.iter().any(|known| name.trim_ascii().eq_ignore_ascii_case(known.as_bytes()));
            is_installed = false;
        } else if let (true, Some(status)) = (is_named, line.strip_prefix(b"Status: ")) {
            is_installed = status.trim_ascii().ends_with(b" installed");
        } else if let (true, true, Some(version)) = (is_named, is_installed, line.strip_prefix(b"Version: ")) {
            return Ok(Some(upstream(&String::from_utf8_lossy(version))));
        }
        line.clear();
    }
    Ok(None)
}

/// The version of the software within that of the package: no epoch, no revision.
fn upstream(version: &str) -> String {
    let version = version.trim().split_once(':').map_or(version.trim(), |(_, version)| version);
    version.rsplit_once('-').map_or(version, |(version, _)| version).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_differ_are_told_and_settings_are_not() {
        let output = "S.5....T.    /opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so\n\
                      S.5....T.  c /etc/opt/santesocial/CPS/cps3_pkcs11.conf\n.M.......    /var/opt/santesocial/CPS/log\n";
        let told: Vec<_> = verified(output, false).into_iter().map(|file| (file.path, file.state)).collect();
        assert_eq!(told, [("/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so".to_owned(), SignatureState::Bad)]);
        for (output, success) in [("", true), (".M.......    /var/opt/x\n", false)] {
            assert_eq!(verified(output, success)[0].state, SignatureState::Valid);
        }
        assert_eq!(verified("", false)[0].state, SignatureState::Unknown);
        assert!(verified("package CryptolibCPS is not installed\n", false).is_empty());
    }

    #[test]
    fn versions_lose_epoch_and_revision() {
        assert_eq!(["1.9.9-2", "1:5.2.2-1~deb", "5.2.2"].map(upstream), ["1.9.9", "5.2.2", "5.2.2"]);
    }
}
