//! Card readers on the USB, as `ioreg` shows them.

use super::IOREG;
use crate::limits;
use crate::workstation::facts::{UsbReader, UsbReaders};
use crate::workstation::{Machine, Observed, Reason, Unseen};

/// The class of card readers and that of hubs.
const READER: &str = "11";
const HUB: &str = "9";

/// Readers on the USB. Starts `ioreg` twice: for interfaces and for devices.
pub fn collect(machine: &Machine) -> Observed<UsbReaders> {
    readers(machine).into()
}

fn readers(machine: &Machine) -> Result<UsbReaders, Reason> {
    let of_class = |class| {
        let said = machine.run(&IOREG, &["-r", "-c", class, "-l", "-w", "0", "-d", "1"])?;
        if said.success { Ok(said.text()) } else { Err(Unseen::Failed.with("ioreg")) }
    };
    let (interfaces, devices) = (of_class("IOUSBHostInterface")?, of_class("IOUSBHostDevice")?);
    let any_device = entries(&devices).any(|entry| value(entry, "bDeviceClass").is_some_and(|class| class != HUB));
    Ok(UsbReaders { readers: readers_of(&interfaces), any_device, competing_drivers: Vec::new() })
}

/// The readers among interfaces, each device once.
fn readers_of(interfaces: &str) -> Vec<UsbReader> {
    let (mut seen, mut found) = (Vec::new(), Vec::new());
    for entry in entries(interfaces).filter(|entry| value(entry, "bInterfaceClass") == Some(READER)) {
        let number = |key| value(entry, key).and_then(|number| number.parse().ok());
        let (Some(vendor), Some(product)) = (number("idVendor"), number("idProduct")) else { continue };
        let device = (vendor, product, value(entry, "locationID"));
        if seen.contains(&device) || found.len() >= limits::LISTED_BY_MACOS {
            continue;
        }
        seen.push(device);
        let words = ["USB Vendor Name", "USB Product Name"].iter().filter_map(|key| value(entry, key));
        let name = words.collect::<Vec<_>>().join(" ");
        found.push(UsbReader { vendor, product, name, ..UsbReader::default() });
    }
    found
}

/// Each entry of the registry: its head `+-o Name  <class …>` and its properties.
fn entries(said: &str) -> impl Iterator<Item = &str> {
    said.split("+-o ").skip(1)
}

/// A number or a text: `"idVendor" = 1839`, `"USB Product Name" = "F600"`.
fn value<'a>(entry: &'a str, key: &str) -> Option<&'a str> {
    entry.lines().find_map(|line| {
        let property = line.trim_start_matches(['|', ' ']).strip_prefix('"')?.strip_prefix(key)?;
        Some(property.strip_prefix("\" = ")?.trim().trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTERFACES: &str = r#"+-o IOUSBHostInterface@0  <class IOUSBHostInterface, id 0x1000004c5, registered, matched, active, busy 0 (12 ms), retain 9>
    {
      "USBPortType" = 0
      "bInterfaceClass" = 11
      "idVendor" = 1839
      "idProduct" = 45261
      "locationID" = 34603008
      "USB Vendor Name" = "Ingenico"
      "USB Product Name" = "F600 Smart Card Reader"
    }

+-o IOUSBHostInterface@1  <class IOUSBHostInterface, id 0x1000004c6, registered, matched, active, busy 0 (2 ms), retain 9>
    {
      "bInterfaceClass" = 11
      "idVendor" = 1839
      "idProduct" = 45261
      "locationID" = 34603008
    }

+-o Keyboard@0  <class IOUSBHostInterface, id 0x1000004c7>
    {
      "bInterfaceClass" = 3
      "idVendor" = 1452
    }
"#;

    #[test]
    fn a_reader_with_two_interfaces_is_one() {
        let found = readers_of(INTERFACES);
        let told: Vec<_> = found.iter().map(|reader| (reader.vendor, reader.product, reader.name.as_str())).collect();
        assert_eq!(told, [(1839, 45261, "Ingenico F600 Smart Card Reader")]);
        assert_eq!((found[0].listed, found[0].may_suspend), (None, None));
    }

    #[test]
    fn numbers_out_of_range_and_other_words_are_passed_over() {
        assert!(readers_of("").is_empty());
        assert!(
            readers_of("+-o X\n{\n\"bInterfaceClass\" = 11\n\"idVendor\" = 99999999\n\"idProduct\" = 1\n}").is_empty()
        );
        assert_eq!(value("\"idVendorName\" = 3", "idVendor"), None);
    }
}
