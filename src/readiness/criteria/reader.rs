//! The readers: on the USB, in PC/SC, and what they are.

use super::Group;
use crate::facts::Interface;
use crate::identity::Date;
use crate::readiness::finding::{Finding, Judged, SkipReason, seen};
use crate::readiness::rules::Rules;
use crate::readiness::value::Value;
use crate::readiness::version::Version;
use crate::readiness::view::View;
use crate::workstation::facts::{Architecture, Family};

pub(super) const CRITERIA: Group = &[
    ("reader-present", present),
    ("reader-usb-unclaimed", unclaimed),
    ("macos-accessory-allowed", accessory),
    ("reader-driver-state", driver_state),
    ("reader-ccid-known", ccid),
    ("macos-ccid-driver", macos_driver),
    ("reader-usb-suspend", suspend),
    ("reader-multi-slot", several),
    ("reader-not-galss-only", galss_only),
    ("reader-contactless-only", contactless_only),
];

/// Days after which the driver of a maker is called old.
const OLD_DRIVER_DAYS: i64 = 5 * 365;

fn present(view: &View<'_>) -> Judged {
    Ok(if !view.readers()?.is_empty() {
        Finding::pass()
    } else if view.listed_readers()?.is_empty() {
        Finding::fail("none")
    } else {
        Finding::fail("virtual-only")
    })
}

fn unclaimed(view: &View<'_>) -> Judged {
    let usb = seen(&view.facts.workstation.usb_readers)?;
    let listed = view.physical_readers()?.len();
    if usb.readers.is_empty() && usb.competing_drivers.is_empty() {
        return if usb.any_device { Ok(Finding::pass()) } else { Err(SkipReason::NoUsb) };
    }
    if listed >= usb.readers.len().max(1) {
        return Ok(Finding::pass());
    }
    let holder = usb.readers.iter().find_map(|reader| reader.driver.as_ref()).or(usb.competing_drivers.first());
    let name = usb.readers.first().map_or("", |reader| reader.name.as_str());
    Ok(match holder {
        Some(driver) if listed > 0 => Finding::warn("held").with("driver", Value::code(driver)),
        Some(driver) => Finding::fail("held").with("driver", Value::code(driver)),
        None if listed > 0 => Finding::pass(),
        None => Finding::fail("not-listed").with("name", name),
    })
}

fn accessory(view: &View<'_>) -> Judged {
    let system = seen(&view.facts.workstation.system)?;
    let asks = system.portable == Some(true) && system.architecture == Some(Architecture::Arm64);
    if !asks || macos_major(view)? < 13 {
        return Err(SkipReason::NotNeeded);
    }
    // the setting of the former driver, found at start-up, switches the question about accessories off (Apple)
    if view.facts.workstation.macos.seen().is_some_and(|macos| macos.former_ccid_driver.is_some()) {
        return Err(SkipReason::NotNeeded);
    }
    let usb = seen(&view.facts.workstation.usb_readers)?;
    let nothing = !usb.any_device && usb.readers.is_empty() && view.listed_readers()?.is_empty();
    Ok(if nothing { Finding::warn("ask") } else { Finding::pass() })
}

fn macos_major(view: &View<'_>) -> Result<u32, SkipReason> {
    let system = seen(&view.facts.workstation.system)?;
    Version::parse(&system.version).map(Version::major).ok_or(SkipReason::VersionUnknown)
}

fn driver_state(view: &View<'_>) -> Judged {
    let devices = seen(&view.facts.workstation.reader_devices)?;
    if let Some(device) = devices.iter().find(|device| device.problem != 0) {
        // another reader may do
        let works = view.readers().is_ok_and(|readers| !readers.is_empty());
        let finding = if works { Finding::warn("problem-beside") } else { Finding::fail("problem") };
        return Ok(finding.with("code", device.problem).with("name", device.name.as_str()));
    }
    let old_driver = |device: &crate::workstation::facts::ReaderDevice| {
        let of_microsoft = device.driver_provider.as_deref().is_none_or(|maker| maker.contains("Microsoft"));
        let date: Date = device.driver_date.as_deref()?.parse().ok()?;
        (!of_microsoft && date.days_until(view.facts.today) > OLD_DRIVER_DAYS).then_some(date)
    };
    if let Some((date, device)) = devices.iter().find_map(|device| old_driver(device).zip(Some(device))) {
        return Ok(Finding::warn("old-driver").with("date", date).with("name", device.name.as_str()));
    }
    if devices.is_empty() { Err(SkipReason::NoReader) } else { Ok(Finding::pass()) }
}

fn ccid(view: &View<'_>) -> Judged {
    let pcscd = seen(&view.facts.workstation.pcscd)?;
    let usb = seen(&view.facts.workstation.usb_readers)?;
    if usb.readers.is_empty() {
        return Err(SkipReason::NoUsb);
    }
    if !pcscd.ccid_driver {
        return Ok(Finding::fail("driver-missing"));
    }
    let unlisted = usb.readers.iter().find(|reader| reader.listed == Some(false));
    Ok(unlisted.map_or_else(Finding::pass, |reader| Finding::warn("generic").with("name", reader.name.as_str())))
}

fn macos_driver(view: &View<'_>) -> Judged {
    let macos = seen(&view.facts.workstation.macos)?;
    if macos_major(view)? < 14 {
        return Err(SkipReason::NotNeeded);
    }
    if macos.former_ccid_driver == Some(true) {
        return Ok(Finding::warn("former-driver"));
    }
    let on_usb = !seen(&view.facts.workstation.usb_readers)?.readers.is_empty();
    if on_usb && seen(&macos.readers)?.is_empty() {
        return Ok(Finding::fail("not-listed"));
    }
    let bundle = macos.driver_bundles.first();
    Ok(bundle.map_or_else(Finding::pass, |bundle| Finding::warn("third-party").with("name", bundle.as_str())))
}

fn suspend(view: &View<'_>) -> Judged {
    let readers = view.physical_readers()?;
    if readers.is_empty() {
        return Err(SkipReason::NoReader);
    }
    let two_slots = readers.iter().any(|reader| Rules::get().names("two-slot-reader", &reader.name));
    let (suspends, losses) = if view.is_on(Family::Windows) {
        let plan = seen(&view.facts.workstation.power_plan)?;
        (plan.usb_selective_suspend, plan.card_losses.unwrap_or_default())
    } else {
        let usb = seen(&view.facts.workstation.usb_readers)?;
        (usb.readers.iter().any(|reader| reader.may_suspend == Some(true)), 0)
    };
    Ok(match (suspends, losses) {
        (true, 1..) => Finding::warn("losses").with("count", losses),
        (true, 0) if two_slots => Finding::warn("two-slots"),
        _ => Finding::pass(),
    })
}

fn several(view: &View<'_>) -> Judged {
    match view.listed_readers()?.len() {
        0 => Err(SkipReason::NoReader),
        1 => Ok(Finding::pass()),
        count => Ok(Finding::warn("several").with("count", count)),
    }
}

fn galss_only(view: &View<'_>) -> Judged {
    let Some(galss) = seen(&view.facts.workstation.galss)? else { return Err(SkipReason::NotNeeded) };
    let listed = view.physical_readers()?.len();
    if listed > 0 {
        return Ok(Finding::warn("galss-too"));
    }
    let serial = seen(&galss.channels)?.iter().any(|channel| channel.serial);
    Ok(if serial { Finding::fail("serial-only") } else { Finding::pass() })
}

fn contactless_only(view: &View<'_>) -> Judged {
    let inserts = view.inserts()?;
    let at = |interface: Interface| {
        inserts.iter().any(|insert| insert.cpx().is_some_and(|card| card.interface == interface))
    };
    let only = at(Interface::Contactless) && !at(Interface::Contact);
    Ok(if only { Finding::fail("contactless") } else { Finding::pass() })
}
