//! From where and as whom the program runs.

use super::registry::{Key, Registry, if_it_fits};
use crate::identity::Private;
use crate::workstation::Reason;
use crate::workstation::facts::{Session, SessionKind};

/// The policy of remote desktops.
const TERMINAL_SERVICES: &str = r"SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services";

/// What the calls of Windows say of our session.
#[derive(Debug, Clone, Default)]
pub(super) struct Logon {
    /// The number of the session; 0 is that of services.
    pub(super) session: Option<u32>,
    /// `SESSIONNAME`, or what the session itself is called: `Console`, `RDP-Tcp#3`, `ICA-CGP#1`.
    pub(super) session_name: String,
    /// `SM_REMOTESESSION`.
    pub(super) remote: bool,
    /// Whether the token is elevated.
    pub(super) elevated: bool,
    /// Whether the account is SYSTEM or one of its services.
    pub(super) service_account: bool,
    /// Whose process this is.
    pub(super) user: Option<String>,
    /// Who is logged on to the session.
    pub(super) session_user: Option<String>,
    /// The machine's name.
    pub(super) host: Option<String>,
}

/// The session, as Windows and its registry tell.
pub(super) fn interpret(registry: &dyn Registry, logon: Logon, looked_at: Option<String>) -> Result<Session, Reason> {
    let other = match (&logon.user, &logon.session_user) {
        (Some(user), Some(session_user)) => !session_user.is_empty() && bare(user) != bare(session_user),
        _ => false,
    };
    Ok(Session {
        kind: kind(registry, &logon)?,
        active: None,
        elevated: logon.elevated,
        other_account: logon.service_account || other,
        looked_at: looked_at.map(Private::new),
        container: None,
        redirection_allowed: if_it_fits(registry.number(&Key::machine(TERMINAL_SERVICES), "fEnableSmartCard"))?
            .map(|allowed| allowed != 0),
        user: logon.user.map(Private::new),
        host: logon.host.map(Private::new),
    })
}

/// The name without its domain, which the session and the account may call differently; names have no case.
fn bare(user: &str) -> String {
    user.rsplit('\\').next().unwrap_or_default().to_lowercase()
}

/// A Citrix session is told by its name, or by the key that its host keeps for it: the client program alone is none.
fn kind(registry: &dyn Registry, logon: &Logon) -> Result<SessionKind, Reason> {
    let of_citrix = match logon.session {
        Some(session) => {
            registry.exists(&Key::machine(format!(r"SOFTWARE\Citrix\Ica\Session\{session}\Connection")))?
        }
        None => false,
    };
    Ok(match logon.session {
        _ if logon.session_name.to_ascii_uppercase().starts_with("ICA") || of_citrix => SessionKind::Citrix,
        _ if logon.remote => SessionKind::RemoteDesktop,
        Some(0) => SessionKind::Service,
        Some(_) => SessionKind::Local,
        None => SessionKind::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::windows::registry_fake::FakeRegistry;

    fn local() -> Logon {
        Logon { session: Some(1), session_name: "Console".into(), ..Logon::default() }
    }

    fn seen(logon: Logon) -> Session {
        interpret(&FakeRegistry::default(), logon, None).unwrap()
    }

    #[test]
    fn the_kind_of_session_is_told() {
        assert_eq!(seen(local()).kind, SessionKind::Local);
        assert_eq!(seen(Logon { remote: true, ..local() }).kind, SessionKind::RemoteDesktop);
        let citrix = Logon { remote: true, session_name: "ICA-CGP#12".into(), ..local() };
        assert_eq!(seen(citrix).kind, SessionKind::Citrix);
        assert_eq!(seen(Logon { session: Some(0), ..local() }).kind, SessionKind::Service);
        assert_eq!(seen(Logon { session: None, ..local() }).kind, SessionKind::Unknown);
    }

    #[test]
    fn citrix_on_a_desktop_is_told_by_the_key_of_its_session() {
        let host = FakeRegistry::default().with_key(&Key::machine(r"SOFTWARE\Citrix\Ica\Session\1\Connection"));
        assert_eq!(interpret(&host, local(), None).unwrap().kind, SessionKind::Citrix);
        let client = FakeRegistry::default().with_key(&Key::machine(r"SOFTWARE\Citrix\Ica Client"));
        assert_eq!(interpret(&client, local(), None).unwrap().kind, SessionKind::Local);
    }

    #[test]
    fn another_account_than_that_of_the_session_is_told() {
        let user = |user: &str, session: &str| {
            seen(Logon { user: Some(user.into()), session_user: Some(session.into()), ..local() }).other_account
        };
        assert!(!user(r"PC\Marie", r"pc.local\marie"), "names have no case, domains two names");
        assert!(user(r"PC\Administrateur", r"PC\Marie"));
        assert!(!user(r"PC\Marie", ""), "nobody is logged on: nothing to compare with");
        assert!(seen(Logon { service_account: true, ..local() }).other_account);
    }

    #[test]
    fn redirection_is_a_policy() {
        let key = Key::machine(TERMINAL_SERVICES);
        let allowed =
            |registry: FakeRegistry| interpret(&registry, local(), None).map(|session| session.redirection_allowed);
        assert_eq!(allowed(FakeRegistry::default()), Ok(None));
        assert_eq!(allowed(FakeRegistry::default().with_number(&key, "fEnableSmartCard", 0)), Ok(Some(false)));
        let odd = allowed(FakeRegistry::default().with_text(&key, "fEnableSmartCard", "oui"));
        assert_eq!(odd, Ok(None), "who runs the program is told all the same");
    }
}
