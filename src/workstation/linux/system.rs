//! Which Linux this is.

use crate::workstation::facts::{Architecture, Family, System};
use crate::workstation::{Machine, Observed};

/// The places of `os-release`, the first that is there (os-release(5)).
const RELEASE: [&str; 2] = ["/etc/os-release", "/usr/lib/os-release"];

/// The operating system.
///
/// It is always seen, for it is known to be a Linux: its name, version and distribution are empty where `os-release`
/// cannot be read.
pub fn collect(machine: &Machine) -> Observed<System> {
    let release = RELEASE.iter().find_map(|path| machine.text(path).ok()).unwrap_or_default();
    let value = |key: &str| release_value(&release, key).unwrap_or_default();
    let mut distribution = vec![value("ID")];
    distribution.extend(value("ID_LIKE").split_whitespace().map(str::to_owned));
    distribution.retain(|id| !id.is_empty());
    let name = Some(value("PRETTY_NAME")).filter(|name| !name.is_empty()).unwrap_or_else(|| value("NAME"));
    Observed::Seen(System {
        family: Family::Linux,
        name,
        version: value("VERSION_ID"),
        distribution,
        architecture: Some(architecture(&rustix::system::uname().machine().to_string_lossy())),
        portable: machine.line("/sys/class/dmi/id/chassis_type").as_deref().and_then(portable),
        started: machine.text("/proc/stat").ok().as_deref().and_then(boot_time),
        ..System::default()
    })
}

/// The value of a key in `os-release`: quoted as a shell does, the last one counts.
fn release_value(release: &str, key: &str) -> Option<String> {
    let line = release.lines().rev().find_map(|line| line.trim().strip_prefix(key)?.strip_prefix('='))?.trim();
    let quote = line.chars().next().filter(|first| ['"', '\''].contains(first));
    let Some(quote) = quote else { return Some(line.to_owned()) };
    let mut value = String::new();
    let mut rest = line.chars().skip(1);
    while let Some(character) = rest.next().filter(|character| *character != quote) {
        value.push(if character == '\\' && quote == '"' { rest.next()? } else { character });
    }
    Some(value)
}

/// As the kernel names it.
pub(super) fn architecture(machine: &str) -> Architecture {
    match machine {
        "x86_64" => Architecture::X86_64,
        "aarch64" => Architecture::Arm64,
        "i386" | "i486" | "i586" | "i686" => Architecture::X86,
        name if name.starts_with("arm") => Architecture::Arm,
        _ => Architecture::Other,
    }
}

/// The chassis types of SMBIOS (section 7.4.1) that are carried about; other and unknown ones tell nothing.
fn portable(chassis: &str) -> Option<bool> {
    match chassis.parse().ok()? {
        8..=11 | 14 | 30..=32_u8 => Some(true),
        3..=7 | 13 | 15..=17 | 23..=25 | 28 | 29 | 35 | 36 => Some(false),
        _ => None,
    }
}

/// `btime` of `/proc/stat`, seconds since 1970 in UTC.
pub(super) fn boot_time(stat: &str) -> Option<i64> {
    stat.lines().find_map(|line| line.strip_prefix("btime "))?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_as_a_shell_quotes_them() {
        let release = "NAME=Fedora\nPRETTY_NAME=\"Red \\\"Hat\\\" 9\"\nID='rhel'\n#VERSION_ID=1\nVERSION_ID=\"9.4\"\nID_LIKE=\"open\n";
        let value = |key| release_value(release, key);
        assert_eq!(value("PRETTY_NAME").as_deref(), Some("Red \"Hat\" 9"));
        assert_eq!(value("ID").as_deref(), Some("rhel"));
        assert_eq!(value("NAME").as_deref(), Some("Fedora"));
        assert_eq!(value("VERSION_ID").as_deref(), Some("9.4"));
        assert_eq!(value("ID_LIKE").as_deref(), Some("open"));
        assert_eq!(value("VERSION"), None);
    }

    #[test]
    fn chassis_and_architectures_are_told_where_they_tell_something() {
        assert_eq!(["10", "3", "2", "x", "256"].map(portable), [Some(true), Some(false), None, None, None]);
        assert_eq!(architecture("armv7l"), Architecture::Arm);
        assert_eq!(architecture("riscv64"), Architecture::Other);
        assert_eq!(boot_time("cpu 1\nbtime 1764000000\n"), Some(1_764_000_000));
        assert_eq!(boot_time("btime x"), None);
    }
}
