//! The system, the session, services, devices, updates.

use cpx_card::internal::workstation::Unseen;
use cpx_card::internal::workstation::facts::{Architecture, Family, ServiceState, SessionKind};
use cpx_card::internal::workstation::windows;

use crate::registry::Value::{Number, Text};
use crate::wine::Wine;

#[test]
fn the_system_and_the_session_are_told() {
    let Some(_wine) = Wine::prefix() else { return };
    let system = windows::system();
    let system = system.seen().unwrap();
    assert_eq!((system.family, system.architecture), (Family::Windows, Some(Architecture::X86_64)));
    assert!(system.name.contains("Windows") && system.build.is_some() && system.started.is_some(), "{system:?}");
    let session = windows::session();
    let session = session.seen().unwrap();
    assert_eq!((session.kind, session.other_account), (SessionKind::Local, false));
    assert!(session.user.as_ref().is_some_and(|user| user.reveal().contains('\\')));
    assert!(session.host.is_some());
    assert_eq!(session.redirection_allowed, None);
}

#[test]
fn another_release_is_told_by_the_registry() {
    let Some(wine) = &mut Wine::prefix() else { return };
    let key = r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services";
    wine.key(key, &[("fEnableSmartCard", Number(0))]);
    assert_eq!(windows::session().seen().unwrap().redirection_allowed, Some(false));
    // of a wrong type it hides nothing beside it
    wine.key(key, &[("fEnableSmartCard", Text("non"))]);
    assert_eq!(windows::session().seen().unwrap().redirection_allowed, None);
}

#[test]
fn services_are_told_with_start_and_state() {
    let Some(wine) = &mut Wine::prefix() else { return };
    // `.ci/windows` put it there before Wine's service manager was started: it forgets what it is told too early
    wine.key(r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\Windows\CertProp", &[("CertPropEnabled", Number(0))]);
    let services = windows::services();
    let services = services.seen().unwrap();
    let propagation = services.certificate_propagation.seen().unwrap();
    assert_eq!((propagation.start, propagation.state), (Some(4), Some(ServiceState::Stopped)));
    assert!(propagation.present && !services.device_enumeration.seen().unwrap().present);
    assert_eq!(services.propagation_policy, Some(false));
}

#[test]
fn a_start_of_the_wrong_type_is_told_of_its_service_only() {
    let Some(wine) = &mut Wine::prefix() else { return };
    wine.key(r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\ScDeviceEnum", &[("Start", Text("manuel"))]);
    let services = windows::services();
    let services = services.seen().unwrap();
    assert_eq!(services.device_enumeration.unseen().unwrap().why, Unseen::Malformed);
    assert!(services.certificate_propagation.seen().is_some());
}

#[test]
fn devices_and_programs_are_listed() {
    let Some(_wine) = Wine::prefix() else { return };
    assert!(windows::reader_devices().seen().is_some());
    assert!(windows::usb_readers().seen().is_some_and(|usb| usb.readers.is_empty()));
    let processes = windows::processes();
    let processes = processes.seen().unwrap();
    assert_eq!((processes.ccm, processes.ccm_autostart.seen()), (Some(false), Some(&false)));
}

#[test]
fn what_starts_with_the_session_is_told() {
    let Some(wine) = &mut Wine::prefix() else { return };
    wine.key(r"HKEY_CURRENT_USER\SOFTWARE\Essai CPx", &[("x", Text("y"))]);
    wine.key(
        r"HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Run",
        &[("CCM", Text(r#""C:\Program Files\santesocial\CPS\CCM.exe""#))],
    );
    assert_eq!(windows::processes().seen().unwrap().ccm_autostart.seen(), Some(&true));
}

/// The Startup folder of all users, as the installer of the Cryptolib fills it.
#[test]
fn the_link_of_the_certificate_manager_is_found_where_the_installer_puts_it() {
    let Some(wine) = &mut Wine::prefix() else { return };
    let link = r"C:\ProgramData\Microsoft\Windows\Start Menu\Programs\Startup\Gestionnaire de certificats CPS.lnk";
    // what is no link at all does not say where it leads
    wine.file(link, b"x");
    assert_eq!(windows::processes().seen().unwrap().ccm_autostart.seen(), Some(&true));
    let program = r"C:\essai\CCM.exe";
    wine.file(link, &link_to(program));
    assert_eq!(windows::processes().seen().unwrap().ccm_autostart.seen(), Some(&false), "it leads nowhere");
    wine.file(program, b"MZ");
    let processes = windows::processes();
    assert_eq!(processes.seen().unwrap().ccm_autostart.seen(), Some(&true));
    assert_eq!(processes.seen().unwrap().ccm_watches.seen(), Some(&None));
    wine.key(r"HKEY_LOCAL_MACHINE\SOFTWARE\ASIP Sante\CCM", &[("autoDetect", Number(0))]);
    assert_eq!(windows::processes().seen().unwrap().ccm_watches.seen(), Some(&Some(false)));
}

/// The bytes of a link to a file on drive C, as [MS-SHLLINK] describes them: header and place, no list of items.
fn link_to(path: &str) -> Vec<u8> {
    let mut link = vec![0_u8; 0x4C];
    link[0] = 0x4C;
    link[4..20].copy_from_slice(&[1, 0x14, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]);
    link[20] = 2;
    let size = u32::try_from(28 + path.len() + 2).unwrap();
    link.extend([size, 28, 1, 0, 28, 0, size - 1].into_iter().flat_map(u32::to_le_bytes));
    link.extend(path.bytes().chain([0, 0]));
    link
}

#[test]
fn updates_and_restarts_are_told() {
    let Some(wine) = &mut Wine::prefix() else { return };
    wine.key(
        r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\CI\Policy",
        &[("VerifiedAndReputablePolicyState", Number(1))],
    );
    let before = windows::updates();
    let before = before.seen().unwrap();
    assert_eq!((before.reboot_pending, before.smart_app_control), (false, Some(1)));
    wine.key(
        r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending",
        &[],
    );
    assert!(windows::updates().seen().unwrap().reboot_pending);
    println!("the log of Wine: {:?}", before.events_624);
}

#[test]
fn usb_suspend_is_told_from_the_active_scheme() {
    let Some(wine) = &mut Wine::prefix() else { return };
    let schemes = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Power\User\PowerSchemes";
    let setting = r"cps-essai\2a737441-1930-4402-8d77-b2bebba308a3\48e6b7a6-50f5-4782-a5d4-53bb8f07e226";
    wine.key(schemes, &[("ActivePowerScheme", Text("cps-essai"))]);
    assert_eq!(windows::power_plan().unseen().unwrap().why, Unseen::Absent);
    wine.key(&format!(r"{schemes}\{setting}"), &[("ACSettingIndex", Number(1)), ("DCSettingIndex", Number(1))]);
    assert!(windows::power_plan().seen().unwrap().usb_selective_suspend);
}
