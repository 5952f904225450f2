//! Card readers on the USB, as the kernel shows them below `/sys`.

use std::collections::BTreeSet;
use std::path::Path;

use super::pcscd::reader_list;
use crate::limits;
use crate::workstation::facts::{UsbReader, UsbReaders};
use crate::workstation::{Machine, Observed, Reason, bounded_file, property_list};

const DEVICES: &str = "/sys/bus/usb/devices";

/// The class of card readers (USB Device Class: Smart Card CCID, section 4.3).
const READER: &str = "0b";

/// The class of hubs; the controllers' own are hubs as well.
const HUB: &str = "09";

/// Modules of the kernel that take readers away from PC/SC.
const COMPETING: [&str; 3] = ["pn533_usb", "pn533", "port100"];

/// Readers on the USB.
///
/// `Unseen(Absent)` where the kernel shows no USB, as in most containers.
pub fn collect(machine: &Machine) -> Observed<UsbReaders> {
    readers(machine).into()
}

fn readers(machine: &Machine) -> Result<UsbReaders, Reason> {
    let entries = bounded_file::entries(&machine.path(DEVICES), limits::USB_ENTRIES);
    let entries = entries.map_err(|reason| reason.why.with(DEVICES))?;
    let list = reader_list(machine).and_then(|list| bounded_file::read_text(&list, limits::SETTINGS_BYTES).ok());
    let listed = list.as_deref().and_then(listed_readers);
    let mut found = UsbReaders { competing_drivers: competing_drivers(machine), ..UsbReaders::default() };
    let mut devices = BTreeSet::new();
    for entry in &entries {
        // An interface is named after its device: `1-2:1.0`.
        let name = entry.file_name().unwrap_or_default().to_string_lossy();
        let Some((device, _)) = name.split_once(':') else {
            found.any_device |= attribute(entry, "bDeviceClass").is_some_and(|class| class != HUB);
            continue;
        };
        if attribute(entry, "bInterfaceClass").as_deref() == Some(READER) {
            let reader = reader(&entry.with_file_name(device), entry, listed.as_ref());
            found.readers.extend(reader.filter(|_| devices.insert(device.to_owned())));
        }
    }
    Ok(found)
}

/// A device of which an interface is a card reader.
fn reader(device: &Path, interface: &Path, listed: Option<&BTreeSet<(u16, u16)>>) -> Option<UsbReader> {
    let number = |name: &str| u16::from_str_radix(&attribute(device, name)?, 16).ok();
    let (vendor, product) = (number("idVendor")?, number("idProduct")?);
    let words = ["manufacturer", "product"].iter().filter_map(|name| attribute(device, name));
    let driver = std::fs::read_link(interface.join("driver")).ok();
    Some(UsbReader {
        vendor,
        product,
        name: words.collect::<Vec<_>>().join(" "),
        driver: driver.and_then(|driver| Some(driver.file_name()?.to_string_lossy().into_owned())),
        listed: listed.map(|all| all.contains(&(vendor, product))),
        may_suspend: match attribute(device, "power/control").as_deref() {
            Some("auto") => Some(true),
            Some("on") => Some(false),
            _ => None,
        },
    })
}

fn attribute(device: &Path, name: &str) -> Option<String> {
    let text = bounded_file::read_text(&device.join(name), limits::SETTINGS_BYTES).ok()?;
    Some(text.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The pairs of vendor and product in the list of the CCID driver: two lists in step.
fn listed_readers(list: &str) -> Option<BTreeSet<(u16, u16)>> {
    let numbers = |key| {
        let texts = property_list::strings(list, key)?;
        let number = |text: &str| u16::from_str_radix(text.trim_start_matches("0x"), 16).unwrap_or_default();
        Some(texts.into_iter().map(number).collect::<Vec<_>>())
    };
    Some(numbers("ifdVendorID")?.into_iter().zip(numbers("ifdProductID")?).collect())
}

fn competing_drivers(machine: &Machine) -> Vec<String> {
    let modules = machine.text("/proc/modules").unwrap_or_default();
    let loaded: BTreeSet<&str> = modules.lines().filter_map(|line| line.split(' ').next()).collect();
    COMPETING.into_iter().filter(|module| loaded.contains(module)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::Unseen;

    #[test]
    fn the_list_of_the_driver_is_two_lists_in_step() {
        let list = "<key>ifdVendorID</key><array><string>0x072F</string><string>0x08E6</string></array>
            <key>ifdProductID</key><array><string>0x90CC</string><string>0x3437</string></array>";
        let listed = listed_readers(list).unwrap();
        assert!(listed.contains(&(0x072F, 0x90CC)) && !listed.contains(&(0x072F, 0x3437)));
        assert_eq!(listed_readers("<plist/>"), None);
    }

    #[test]
    fn without_usb_nothing_is_guessed() {
        let folder = tempfile::tempdir().unwrap();
        let unseen = collect(&Machine::below(folder.path()));
        assert_eq!(unseen.unseen(), Some(&Unseen::Absent.with(DEVICES)));
    }
}
