//! The proxies that Windows and its policies set: Internet settings of the user, those of services (WinHTTP), those given to
//! browsers.

use super::registry::{Hive, Key, Registry, Value};
use crate::limits;
use crate::workstation::Reason;
use crate::workstation::network::{ProxyAddress, ProxyOrigin, ProxySource, bounded, without_user};

const SETTINGS: &str = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings";
const POLICY: &str = r"SOFTWARE\Policies\Microsoft\Windows\CurrentVersion\Internet Settings";

/// Every place that names a proxy: policies of browsers, then the user's settings, then those of services. A browser's policy
/// that says nothing of proxies is no place.
///
/// # Errors
/// That of a key that may not be read. A value that has not its type is told by its name, in the place that it stands in.
pub(super) fn interpret(registry: &dyn Registry) -> Result<Vec<ProxySource>, Reason> {
    let mut sources = Vec::new();
    sources.extend(firefox(registry));
    let chromium = [
        (ProxyOrigin::ChromePolicy, r"SOFTWARE\Policies\Google\Chrome"),
        (ProxyOrigin::EdgePolicy, r"SOFTWARE\Policies\Microsoft\Edge"),
    ];
    sources.extend(chromium.into_iter().filter_map(|(origin, path)| chromium_policy(registry, origin, path)));
    sources.push(user(registry)?);
    sources.push(services(registry)?);
    Ok(sources)
}

/// Reads values of a key, and notes the names of those that have not their type.
struct Reader<'a> {
    registry: &'a dyn Registry,
    key: Key,
    unreadable: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(registry: &'a dyn Registry, key: Key) -> Self {
        Self { registry, key, unreadable: Vec::new() }
    }

    fn text(&mut self, name: &str) -> Option<String> {
        let read = self.registry.text(&self.key, name);
        self.noted(name, read).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn number(&mut self, name: &str) -> Option<u32> {
        let read = self.registry.number(&self.key, name);
        self.noted(name, read)
    }

    fn noted<T>(&mut self, name: &str, read: Result<Option<T>, Reason>) -> Option<T> {
        read.unwrap_or_else(|_| {
            self.unreadable.push(name.to_owned());
            None
        })
    }

    fn proxies(&mut self, name: &str, text: &str, source: &mut ProxySource) {
        if !server(text, source) {
            self.unreadable.push(name.to_owned());
        }
    }
}

/// The Internet settings: of this user, or where a policy says so those of the machine for every user.
fn user(registry: &dyn Registry) -> Result<ProxySource, Reason> {
    let of_machine = registry.number(&Key::machine(POLICY), "ProxySettingsPerUser").unwrap_or_default() == Some(0);
    let key = Key::of(if of_machine { Hive::Machine } else { Hive::User }, SETTINGS);
    registry.exists(&key)?;
    let mut source = ProxySource::new(ProxyOrigin::WindowsUser);
    let mut read = Reader::new(registry, key.clone());
    if read.number("ProxyEnable").unwrap_or_default() != 0
        && let Some(servers) = read.text("ProxyServer")
    {
        read.proxies("ProxyServer", &servers, &mut source);
        source.bypass = bypasses(&read.text("ProxyOverride").unwrap_or_default());
    }
    source.script = read.text("AutoConfigURL").map(|address| script(&address));
    source.auto_detect = match registry.value(&key.below("Connections"), "DefaultConnectionSettings") {
        Ok(Some(Value::Bytes(bytes))) => flags(&bytes).is_some_and(|flags| flags & AUTO_DETECT != 0),
        // where the dialogue was never opened, nothing is there, and Windows asks the network
        Ok(None) => read.number("AutoDetect").unwrap_or(1) != 0,
        _ => {
            read.unreadable.push("DefaultConnectionSettings".to_owned());
            false
        }
    };
    source.unreadable = read.unreadable;
    Ok(source)
}

/// In the flags of `DefaultConnectionSettings`: the network is asked for a script.
const AUTO_DETECT: u32 = 8;

/// The flags of the bytes in which Windows keeps such settings: the third number.
fn flags(bytes: &[u8]) -> Option<u32> {
    number(bytes, 8)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

/// What `netsh winhttp` sets: three numbers, then the proxy and the bypass, each with its length before it.
fn services(registry: &dyn Registry) -> Result<ProxySource, Reason> {
    const NAME: &str = "WinHttpSettings";
    const PROXY: u32 = 2;
    let mut source = ProxySource::new(ProxyOrigin::WindowsServices);
    let key = Key::machine(SETTINGS).below("Connections");
    let bytes = match registry.value(&key, NAME)? {
        None => return Ok(source),
        Some(Value::Bytes(bytes)) => bytes,
        Some(_) => Vec::new(),
    };
    let read = || {
        let part = |at: usize| {
            let length = usize::try_from(number(&bytes, at)?).ok()?;
            let begin = at.checked_add(4)?;
            let end = begin.checked_add(length)?;
            Some((String::from_utf8_lossy(bytes.get(begin..end)?).into_owned(), end))
        };
        let (servers, end) = part(12)?;
        let (overrides, _) = part(end)?;
        Some((flags(&bytes)?, servers, overrides))
    };
    match read() {
        Some((flags, servers, overrides)) if flags & PROXY != 0 && !servers.is_empty() => {
            if !server(&servers, &mut source) {
                source.unreadable.push(NAME.to_owned());
            }
            source.bypass = bypasses(&overrides);
        }
        Some(_) => {}
        None => source.unreadable.push(NAME.to_owned()),
    }
    Ok(source)
}

/// `ProxyMode` and what goes with it, of the machine before the user's.
fn chromium_policy(registry: &dyn Registry, origin: ProxyOrigin, path: &str) -> Option<ProxySource> {
    [Hive::Machine, Hive::User].into_iter().find_map(|hive| {
        let mut read = Reader::new(registry, Key::of(hive, path));
        let mode = read.text("ProxyMode")?;
        let mut source = ProxySource::new(origin);
        match mode.as_str() {
            "direct" => source.direct = true,
            "auto_detect" => source.auto_detect = true,
            "pac_script" => source.script = read.text("ProxyPacUrl").map(|address| script(&address)),
            "fixed_servers" => {
                let servers = read.text("ProxyServer").unwrap_or_default();
                read.proxies("ProxyServer", &servers, &mut source);
                source.bypass = bypasses(&read.text("ProxyBypassList").unwrap_or_default());
            }
            // `system`: the user's settings, told below
            _ => return None,
        }
        source.unreadable = read.unreadable;
        Some(source)
    })
}

/// The policy `Proxy` of Firefox.
fn firefox(registry: &dyn Registry) -> Option<ProxySource> {
    [Hive::Machine, Hive::User].into_iter().find_map(|hive| {
        let mut read = Reader::new(registry, Key::of(hive, r"SOFTWARE\Policies\Mozilla\Firefox\Proxy"));
        let mode = read.text("Mode")?;
        let mut source = ProxySource::new(ProxyOrigin::FirefoxPolicy);
        match mode.as_str() {
            "none" => source.direct = true,
            "autoDetect" => source.auto_detect = true,
            "autoConfig" => source.script = read.text("AutoConfigURL").map(|address| script(&address)),
            "manual" => {
                let parsed = |text: &Option<String>| text.as_deref().and_then(ProxyAddress::parse);
                let (plain, secure) = (read.text("HTTPProxy"), read.text("SSLProxy"));
                source.http = parsed(&plain);
                let for_all = read.number("UseHTTPProxyForAllProtocols").unwrap_or_default() != 0;
                source.https = if for_all { source.http.clone() } else { parsed(&secure) };
                source.bypass = bypasses(&read.text("Passthrough").unwrap_or_default());
            }
            _ => return None,
        }
        source.unreadable = read.unreadable;
        Some(source)
    })
}

/// The proxies in `proxy:3128` or `http=proxy:3128;https=proxy:3129;socks=…`; whether one of them could be read.
fn server(text: &str, source: &mut ProxySource) -> bool {
    let parts = || text.split([';', ' ']).map(str::trim).filter(|part| !part.is_empty());
    let named = |scheme: &str| {
        let address = parts().find_map(|part| {
            let (name, address) = part.split_once('=')?;
            name.eq_ignore_ascii_case(scheme).then_some(address)
        });
        address.and_then(ProxyAddress::parse)
    };
    let for_all = parts().find(|part| !part.contains('=')).and_then(ProxyAddress::parse);
    let socks = || named("socks").map(|address| ProxyAddress { scheme: "socks".to_owned(), ..address });
    source.https = named("https").or_else(|| for_all.clone()).or_else(socks);
    source.http = named("http").or(for_all).or_else(socks);
    source.https.is_some() || source.http.is_some()
}

fn bypasses(text: &str) -> Vec<String> {
    let entries = text.split([';', ',', ' ']).map(str::trim).filter(|entry| !entry.is_empty());
    entries.take(limits::PROXY_BYPASSES).map(bounded).collect()
}

fn script(address: &str) -> String {
    bounded(&without_user(address))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::Unseen;
    use crate::workstation::windows::registry_fake::FakeRegistry;

    fn settings(hive: Hive) -> Key {
        Key::of(hive, SETTINGS)
    }

    fn found(registry: &FakeRegistry, origin: ProxyOrigin) -> ProxySource {
        let all = interpret(registry).unwrap();
        all.into_iter().find(|source| source.origin == origin).unwrap_or_default()
    }

    fn shown(address: Option<&ProxyAddress>) -> Option<String> {
        address.map(|address| format!("{}://{}:{}", address.scheme, address.host, address.port))
    }

    /// The third number of the bytes that Windows keeps.
    fn connection(flags: u32) -> Value {
        let numbers = [0x46_u32, 9, flags, 0, 0, 0];
        Value::Bytes(numbers.into_iter().flat_map(u32::to_le_bytes).collect())
    }

    #[test]
    fn the_settings_of_the_user_are_read_as_windows_writes_them() {
        let of = |enabled, server: &str| {
            let registry = FakeRegistry::default()
                .with_number(&settings(Hive::User), "ProxyEnable", enabled)
                .with_text(&settings(Hive::User), "ProxyServer", server)
                .with_text(&settings(Hive::User), "ProxyOverride", "*.intra.fr;<local>");
            found(&registry, ProxyOrigin::WindowsUser)
        };
        let one = of(1, "proxy.example:3128");
        assert_eq!(shown(one.https.as_ref()).as_deref(), Some("http://proxy.example:3128"));
        assert_eq!((one.https.clone(), one.bypass.len()), (one.http, 2));
        let each = of(1, "http=a.example:80;https=b.example:8080;ftp=c:1");
        assert_eq!(shown(each.https.as_ref()).as_deref(), Some("http://b.example:8080"));
        assert_eq!(shown(each.http.as_ref()).as_deref(), Some("http://a.example:80"));
        assert_eq!(shown(of(1, "socks=s.example:1080").https.as_ref()).as_deref(), Some("socks://s.example:1080"));
        let off = of(0, "proxy.example:3128");
        assert_eq!((off.https, off.unreadable.len()), (None, 0));
        assert_eq!(of(1, "proxy:port;;").unreadable, ["ProxyServer"]);
    }

    #[test]
    fn a_script_and_the_network_are_told_apart() {
        let with = |registry: FakeRegistry| found(&registry, ProxyOrigin::WindowsUser);
        let script = with(FakeRegistry::default().with_text(
            &settings(Hive::User),
            "AutoConfigURL",
            "http://moi:secret@pac.example/p.pac",
        ));
        assert_eq!(script.script.as_deref(), Some("http://pac.example/p.pac"), "who is meant goes nowhere");
        let connections = settings(Hive::User).below("Connections");
        let detected = |value| with(FakeRegistry::default().with(&connections, "DefaultConnectionSettings", value));
        assert!(detected(connection(9)).auto_detect && !detected(connection(1)).auto_detect);
        assert!(with(FakeRegistry::default()).auto_detect, "as Windows comes");
        let odd = detected(Value::Text("x".into()));
        assert_eq!(
            (odd.auto_detect, odd.unreadable.as_slice()),
            (false, &["DefaultConnectionSettings".to_owned()][..])
        );
        assert!(!detected(Value::Bytes(vec![0x46, 0, 0])).auto_detect);
    }

    #[test]
    fn a_policy_may_give_every_user_the_settings_of_the_machine() {
        let registry = FakeRegistry::default().with_number(&settings(Hive::Machine), "ProxyEnable", 1).with_text(
            &settings(Hive::Machine),
            "ProxyServer",
            "machine.example:1",
        );
        assert_eq!(found(&registry, ProxyOrigin::WindowsUser).https, None);
        let registry = registry.with_number(&Key::machine(POLICY), "ProxySettingsPerUser", 0);
        assert!(found(&registry, ProxyOrigin::WindowsUser).https.is_some());
    }

    #[test]
    fn what_netsh_sets_is_for_services() {
        let key = settings(Hive::Machine).below("Connections");
        let bytes = |flags: u32, proxy: &str, bypass: &str| {
            let mut bytes: Vec<u8> = [0x28_u32, 0, flags].into_iter().flat_map(u32::to_le_bytes).collect();
            for part in [proxy, bypass] {
                bytes.extend(u32::try_from(part.len()).unwrap().to_le_bytes());
                bytes.extend(part.bytes());
            }
            bytes
        };
        let of =
            |value| found(&FakeRegistry::default().with(&key, "WinHttpSettings", value), ProxyOrigin::WindowsServices);
        let set = of(Value::Bytes(bytes(3, "proxy.example:3128", "<local>")));
        assert_eq!((shown(set.https.as_ref()).as_deref(), set.bypass.len()), (Some("http://proxy.example:3128"), 1));
        assert_eq!(of(Value::Bytes(bytes(1, "", ""))), ProxySource::new(ProxyOrigin::WindowsServices));
        let whole = bytes(3, "proxy.example:3128", "");
        for broken in [Value::Bytes(whole[..20].to_vec()), Value::Bytes(vec![0xFF; 40]), Value::Text("x".into())] {
            assert_eq!(of(broken).unreadable, ["WinHttpSettings"]);
        }
    }

    #[test]
    fn policies_of_browsers_come_first() {
        let edge = Key::machine(r"SOFTWARE\Policies\Microsoft\Edge");
        let registry = FakeRegistry::default()
            .with_text(&edge, "ProxyMode", "pac_script")
            .with_text(&edge, "ProxyPacUrl", "http://pac.example/edge.pac")
            .with_text(&Key::of(Hive::User, r"SOFTWARE\Policies\Google\Chrome"), "ProxyMode", "direct");
        let firefox = Key::machine(r"SOFTWARE\Policies\Mozilla\Firefox\Proxy");
        let registry = registry
            .with_text(&firefox, "Mode", "manual")
            .with_text(&firefox, "HTTPProxy", "ff.example:8080")
            .with_number(&firefox, "UseHTTPProxyForAllProtocols", 1);
        let sources = interpret(&registry).unwrap();
        let origins: Vec<_> = sources.iter().map(|source| source.origin.code()).collect();
        assert_eq!(origins, ["firefox-policy", "chrome-policy", "edge-policy", "windows-user", "windows-services"]);
        assert!(sources[0].https.is_some() && sources[1].direct && sources[2].script.is_some());
        let system = FakeRegistry::default().with_text(&edge, "ProxyMode", "system");
        assert_eq!(interpret(&system).unwrap().len(), 2);
    }

    #[test]
    fn settings_that_may_not_be_read_are_not_seen() {
        let registry = FakeRegistry::default().with_key(&settings(Hive::User)).forbidding(&settings(Hive::User));
        assert_eq!(interpret(&registry).unwrap_err().why, Unseen::NoRights);
        let odd = FakeRegistry::default().with_text(&settings(Hive::User), "ProxyEnable", "oui");
        assert_eq!(found(&odd, ProxyOrigin::WindowsUser).unreadable, ["ProxyEnable"]);
    }
}
