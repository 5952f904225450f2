//! Which macOS this is.

use super::{IOREG, SYSCTL, sysctl_value};
use crate::workstation::facts::{Architecture, Family, System};
use crate::workstation::{Machine, Observed, property_list};

const VERSION: &str = "/System/Library/CoreServices/SystemVersion.plist";

/// The operating system. Always seen; its version is empty where the system does not tell it. Starts `sysctl`, and
/// `ioreg` where the model does not say whether the Mac is portable.
pub fn collect(machine: &Machine) -> Observed<System> {
    let version = machine.text(VERSION).unwrap_or_default();
    let value = |key| property_list::string(&version, key).map(str::to_owned);
    let asked = ["hw.optional.arm64", "hw.machine", "hw.model", "kern.boottime"];
    let said = machine.run(&SYSCTL, &asked).map(|said| said.text()).unwrap_or_default();
    Observed::Seen(System {
        family: Family::Macos,
        name: value("ProductName").unwrap_or_else(|| "macOS".into()),
        version: value("ProductVersion").unwrap_or_default(),
        architecture: architecture(&said),
        portable: sysctl_value(&said, "hw.model").and_then(is_portable).or_else(|| has_battery(machine)),
        started: boot_time(&said),
        ..System::default()
    })
}

/// That of the Mac, not the one that Rosetta plays for us.
fn architecture(said: &str) -> Option<Architecture> {
    match (sysctl_value(said, "hw.optional.arm64"), sysctl_value(said, "hw.machine")) {
        (Some("1"), _) | (_, Some("arm64")) => Some(Architecture::Arm64),
        (_, Some("x86_64")) => Some(Architecture::X86_64),
        _ => None,
    }
}

/// Models after 2022 have a bare `Mac` and tell nothing.
fn is_portable(model: &str) -> Option<bool> {
    let desktops = ["iMac", "Macmini", "MacPro"];
    if model.starts_with("MacBook") {
        return Some(true);
    }
    desktops.iter().any(|desktop| model.starts_with(desktop)).then_some(false)
}

fn has_battery(machine: &Machine) -> Option<bool> {
    let said = machine.run(&IOREG, &["-r", "-c", "AppleSmartBattery", "-d", "1"]).ok()?;
    said.success.then(|| said.text().contains("AppleSmartBattery"))
}

/// `kern.boottime: { sec = 1764000000, usec = 0 } Mon Nov 24 …`
fn boot_time(said: &str) -> Option<i64> {
    let (_, seconds) = sysctl_value(said, "kern.boottime")?.split_once("sec = ")?;
    seconds.split(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sysctl_says_is_understood() {
        let said = "hw.optional.arm64: 1\nhw.machine: x86_64\nhw.model: MacBookPro18,3\n\
                    kern.boottime: { sec = 1764000000, usec = 123456 } Mon Nov 24 17:00:00 2025\n";
        assert_eq!(architecture(said), Some(Architecture::Arm64));
        assert_eq!(boot_time(said), Some(1_764_000_000));
        assert_eq!(architecture("hw.machine: x86_64\n"), Some(Architecture::X86_64));
        assert_eq!((architecture(""), boot_time("kern.boottime: {"), boot_time("")), (None, None, None));
        let models = ["MacBookAir10,1", "iMac21,1", "Macmini9,1", "Mac14,2", ""];
        assert_eq!(models.map(is_portable), [Some(true), Some(false), Some(false), None, None]);
    }
}
