//! Reader devices as Windows knows them, and readers on the USB.

use super::registry::{Key, Registry};
use crate::workstation::facts::{ReaderDevice, UsbReader, UsbReaders};

/// The class of smart card readers.
pub(super) const READERS: &str = "{50dd5230-ba8a-11d1-bf5d-0000f805f530}";
const CLASSES: &str = r"SYSTEM\CurrentControlSet\Control\Class";

/// A device that is there, as the device manager tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Device {
    /// Its friendly name, or else its description.
    pub(super) name: String,
    /// `USB\VID_072F&PID_90CC\…` and the like, most precise first.
    pub(super) hardware_ids: Vec<String>,
    /// `USB\Class_0B&SubClass_00…` and the like.
    pub(super) compatible_ids: Vec<String>,
    /// Its driver's key below the key of classes: `{class}\0001`.
    pub(super) driver: String,
    /// The service of its driver.
    pub(super) service: String,
    /// Its problem code; 0 is none.
    pub(super) problem: u32,
}

/// The devices of the class of readers, with their drivers.
pub(super) fn readers(registry: &dyn Registry, devices: Vec<Device>) -> Vec<ReaderDevice> {
    devices.into_iter().map(|device| reader(registry, device)).collect()
}

/// A driver that does not tell its maker or its day in the shape that it should hides neither device nor problem.
fn reader(registry: &dyn Registry, device: Device) -> ReaderDevice {
    let key = Key::machine(CLASSES).below(&device.driver);
    let text = |name: &str| registry.text(&key, name).unwrap_or_default().filter(|_| !device.driver.is_empty());
    ReaderDevice {
        driver_provider: text("ProviderName"),
        driver_date: text("DriverDate").as_deref().and_then(day),
        name: device.name,
        problem: device.problem,
    }
}

/// `6-21-2006`, month first, as `2006-06-21`.
fn day(date: &str) -> Option<String> {
    let mut parts = date.split(['-', '/']).map(|part| part.parse::<u16>().ok());
    let (month, day, year) = (parts.next()??, parts.next()??, parts.next()??);
    let sound = (1..=12).contains(&month) && (1..=31).contains(&day) && (1980..=2100).contains(&year);
    (sound && parts.next().is_none()).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// Readers among the devices of the USB: those of class 0B, and those whose driver is one of readers.
pub(super) fn usb(devices: &[Device]) -> UsbReaders {
    let is_reader = |device: &&Device| {
        device.compatible_ids.iter().any(|id| id.to_lowercase().starts_with(r"usb\class_0b"))
            || device.driver.to_lowercase().starts_with(READERS)
    };
    // hubs and controllers are always there
    let is_hub = |device: &Device| device.service.to_lowercase().contains("hub") || device.service.is_empty();
    UsbReaders {
        readers: devices.iter().filter(is_reader).map(usb_reader).collect(),
        any_device: devices.iter().any(|device| !is_hub(device)),
        competing_drivers: Vec::new(),
    }
}

fn usb_reader(device: &Device) -> UsbReader {
    let number = |label: &str| {
        device.hardware_ids.iter().find_map(|id| {
            let upper = id.to_uppercase();
            let (_, rest) = upper.split_once(label)?;
            u16::from_str_radix(rest.get(..4)?, 16).ok()
        })
    };
    UsbReader {
        vendor: number("VID_").unwrap_or_default(),
        product: number("PID_").unwrap_or_default(),
        name: device.name.clone(),
        driver: Some(device.service.clone()).filter(|service| !service.is_empty()),
        listed: None,
        may_suspend: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::windows::registry_fake::FakeRegistry;

    fn device(name: &str) -> Device {
        Device { name: name.into(), driver: format!(r"{READERS}\0001"), ..Device::default() }
    }

    #[test]
    fn a_reader_is_told_with_problem_and_driver() {
        let key = Key::machine(CLASSES).below(READERS).below("0001");
        let registry = FakeRegistry::default().with_text(&key, "ProviderName", "Ingenico").with_text(
            &key,
            "DriverDate",
            "6-21-2006",
        );
        let told = readers(&registry, vec![Device { problem: 43, ..device("Lecteur") }]);
        assert_eq!((told[0].name.as_str(), told[0].problem), ("Lecteur", 43));
        assert_eq!(told[0].driver_provider.as_deref(), Some("Ingenico"));
        assert_eq!(told[0].driver_date.as_deref(), Some("2006-06-21"));
        let odd =
            FakeRegistry::default().with_number(&key, "ProviderName", 7).with_text(&key, "DriverDate", "21 juin 2006");
        let told = readers(&odd, vec![device("Lecteur")]);
        assert_eq!((told[0].name.as_str(), &told[0].driver_provider, &told[0].driver_date), ("Lecteur", &None, &None));
        assert_eq!([day("13-1-2020"), day("1-1-2020-1"), day("")], [None, None, None]);
    }

    #[test]
    fn readers_on_the_usb_are_told_by_class_or_driver() {
        let ccid = Device {
            name: "Identive CLOUD 2700 R".into(),
            hardware_ids: vec![r"USB\VID_04E6&PID_5810&REV_0201".into()],
            compatible_ids: vec![r"USB\Class_0b&SubClass_00&Prot_00".into()],
            service: "WUDFRd".into(),
            ..Device::default()
        };
        let vendor = Device { hardware_ids: vec![r"USB\VID_É".into()], ..device("Lecteur à pilote") };
        let hub = Device { service: "USBHUB3".into(), ..Device::default() };
        let told = usb(&[ccid, vendor, hub.clone()]);
        assert_eq!(told.readers.len(), 2);
        assert_eq!((told.readers[0].vendor, told.readers[0].product), (0x04E6, 0x5810));
        assert_eq!((told.readers[1].vendor, told.any_device), (0, true));
        assert!(!usb(&[hub]).any_device);
    }
}
