//! Which Windows this is.

use super::registry::{Key, Registry, if_it_fits};
use crate::workstation::Reason;
use crate::workstation::facts::{Architecture, Family, System};

/// The first build of Windows 11. Its registry still says "Windows 10".
const WINDOWS_11: u32 = 22_000;

/// What is not in the registry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Machine {
    pub(super) architecture: Option<Architecture>,
    pub(super) portable: Option<bool>,
    pub(super) started: Option<i64>,
}

/// The system as its registry and its calls tell.
pub(super) fn interpret(registry: &dyn Registry, machine: Machine) -> Result<System, Reason> {
    let key = Key::machine(r"SOFTWARE\Microsoft\Windows NT\CurrentVersion");
    let text = |name: &str| if_it_fits(registry.text(&key, name)).map(Option::unwrap_or_default);
    let number = |name: &str| if_it_fits(registry.number(&key, name));
    let build_text = text("CurrentBuild")?;
    let build = build_text.parse().ok();
    let server = text("InstallationType")?.starts_with("Server");
    let name = text("ProductName")?;
    let name = if !server && build.is_some_and(|build| build >= WINDOWS_11) {
        name.replacen("Windows 10", "Windows 11", 1)
    } else {
        name
    };
    let numbers = (number("CurrentMajorVersionNumber")?, number("CurrentMinorVersionNumber")?);
    let version = match numbers {
        (Some(major), Some(minor)) => format!("{major}.{minor}.{build_text}"),
        // before Windows 10
        _ => format!("{}.{build_text}", text("CurrentVersion")?),
    };
    Ok(System {
        family: Family::Windows,
        name,
        version,
        build,
        revision: number("UBR")?,
        server,
        distribution: Vec::new(),
        architecture: machine.architecture,
        portable: machine.portable,
        started: machine.started,
    })
}

/// Whether the battery flag of `GetSystemPowerStatus` says that there is a battery; `None` where it does not know.
pub(super) fn has_battery(flag: u8) -> Option<bool> {
    const NO_BATTERY: u8 = 128;
    const UNKNOWN: u8 = 255;
    (flag != UNKNOWN).then_some(flag & NO_BATTERY == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::windows::registry::Value;
    use crate::workstation::windows::registry_fake::FakeRegistry;

    fn current() -> Key {
        Key::machine(r"SOFTWARE\Microsoft\Windows NT\CurrentVersion")
    }

    fn windows(product: &str, build: &str, kind: &str) -> FakeRegistry {
        FakeRegistry::default()
            .with_text(&current(), "ProductName", product)
            .with_text(&current(), "CurrentBuild", build)
            .with_text(&current(), "InstallationType", kind)
            .with_number(&current(), "CurrentMajorVersionNumber", 10)
            .with_number(&current(), "CurrentMinorVersionNumber", 0)
            .with_number(&current(), "UBR", 6060)
    }

    #[test]
    fn windows_11_is_told_by_its_build() {
        let system = interpret(&windows("Windows 10 Pro", "22631", "Client"), Machine::default()).unwrap();
        assert_eq!((system.name.as_str(), system.version.as_str()), ("Windows 11 Pro", "10.0.22631"));
        assert_eq!((system.build, system.revision, system.server), (Some(22631), Some(6060), false));
        let system = interpret(&windows("Windows 10 Pro", "19045", "Client"), Machine::default()).unwrap();
        assert_eq!(system.name, "Windows 10 Pro");
        let system =
            interpret(&windows("Windows Server 2022 Standard", "20348", "Server"), Machine::default()).unwrap();
        assert_eq!((system.name.as_str(), system.server), ("Windows Server 2022 Standard", true));
    }

    #[test]
    fn older_systems_and_odd_values_are_told_as_they_are() {
        let seven = FakeRegistry::default()
            .with_text(&current(), "ProductName", "Windows 7 Professional")
            .with_text(&current(), "CurrentBuild", "7601")
            .with_text(&current(), "CurrentVersion", "6.1");
        assert_eq!(interpret(&seven, Machine::default()).unwrap().version, "6.1.7601");
        let odd = windows("Windows 10 Pro", "dix-neuf", "Client");
        assert_eq!(interpret(&odd, Machine::default()).unwrap().build, None);
        let misshapen = FakeRegistry::default()
            .with(&current(), "ProductName", Value::Number(7))
            .with_text(&current(), "CurrentBuild", "19045")
            .with_text(&current(), "UBR", "six");
        let system = interpret(&misshapen, Machine::default()).unwrap();
        assert_eq!((system.name.as_str(), system.build, system.revision), ("", Some(19045), None));
    }

    #[test]
    fn a_battery_makes_a_portable() {
        assert_eq!(
            [has_battery(1), has_battery(8), has_battery(128), has_battery(255)],
            [Some(true), Some(true), Some(false), None]
        );
    }
}
