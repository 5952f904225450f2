//! The services of Windows that cards need.

use super::registry::{Key, Registry, if_it_fits};
use crate::workstation::facts::{Service, ServiceState, WindowsServices};
use crate::workstation::{Observed, Reason};

/// Who tells whether a service runs; `None` where there is no such service.
pub(super) type State<'a> = &'a dyn Fn(&str) -> Result<Option<ServiceState>, Reason>;

/// The services, as the registry and the service manager tell.
pub(super) fn interpret(registry: &dyn Registry, state: State<'_>) -> Result<WindowsServices, Reason> {
    let of = |name: &str| Observed::from(service(registry, state, name));
    Ok(WindowsServices {
        smart_card: of("SCardSvr"),
        device_enumeration: of("ScDeviceEnum"),
        certificate_propagation: of("CertPropSvc"),
        propagation_policy: if_it_fits(
            registry.number(&Key::machine(r"SOFTWARE\Policies\Microsoft\Windows\CertProp"), "CertPropEnabled"),
        )?
        .map(|enabled| enabled != 0),
    })
}

fn service(registry: &dyn Registry, state: State<'_>, name: &str) -> Result<Service, Reason> {
    let key = Key::machine(format!(r"SYSTEM\CurrentControlSet\Services\{name}"));
    let start = registry.number(&key, "Start")?;
    let state = state(name)?;
    Ok(Service { present: start.is_some() || state.is_some(), start, state })
}

/// What a state of the service manager (`SERVICE_STOPPED` is 1) means.
pub(super) fn service_state(code: u32) -> ServiceState {
    match code {
        1 => ServiceState::Stopped,
        4 => ServiceState::Running,
        _ => ServiceState::Pending,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::Unseen;
    use crate::workstation::windows::registry_fake::FakeRegistry;

    fn key(name: &str) -> Key {
        Key::machine(format!(r"SYSTEM\CurrentControlSet\Services\{name}"))
    }

    #[test]
    fn start_and_state_are_told_of_each_service() {
        let registry = FakeRegistry::default()
            .with_number(&key("SCardSvr"), "Start", 4)
            .with_number(&key("CertPropSvc"), "Start", 3)
            .with_number(&Key::machine(r"SOFTWARE\Policies\Microsoft\Windows\CertProp"), "CertPropEnabled", 0);
        let state = |name: &str| Ok((name != "ScDeviceEnum").then_some(service_state(1)));
        let services = interpret(&registry, &state).unwrap();
        let disabled = Service { present: true, start: Some(4), state: Some(ServiceState::Stopped) };
        assert_eq!(services.smart_card, Observed::Seen(disabled));
        assert_eq!(services.device_enumeration, Observed::Seen(Service::default()), "seen as absent");
        assert_eq!(services.propagation_policy, Some(false));
        assert_eq!(
            [service_state(4), service_state(2), service_state(7)],
            [ServiceState::Running, ServiceState::Pending, ServiceState::Pending]
        );
    }

    #[test]
    fn one_that_cannot_be_asked_hides_no_other() {
        let registry = FakeRegistry::default().with_text(&key("SCardSvr"), "Start", "auto").with_number(
            &key("ScDeviceEnum"),
            "Start",
            3,
        );
        let state = |name: &str| if name == "CertPropSvc" { Err(Unseen::NoRights.into()) } else { Ok(None) };
        let services = interpret(&registry, &state).unwrap();
        let why = |service: &Observed<Service>| service.unseen().map(|reason| reason.why);
        assert_eq!(why(&services.smart_card), Some(Unseen::Malformed));
        assert_eq!(why(&services.certificate_propagation), Some(Unseen::NoRights));
        assert_eq!(services.device_enumeration.seen().and_then(|service| service.start), Some(3));
    }
}
