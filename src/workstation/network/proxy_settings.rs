//! Which proxies this workstation is told to use: read offline too, nothing is asked.

use std::env;
use std::ffi::OsString;

use base64ct::{Base64, Encoding};
use serde::{Deserialize, Serialize};

use super::text::bounded;
use crate::limits;
use crate::workstation::Observed;

/// Every place that may name a proxy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ProxySettings {
    /// The variables of the environment (`https_proxy`, `http_proxy`, `all_proxy`, `no_proxy`, in either case): what
    /// programs of the command line and this one go by. Browsers of Linux read them too.
    pub environment: ProxySource,
    /// What the system has set, each place once, what browsers go by first: policies of browsers, the user's, last that of
    /// services.
    #[serde(default)]
    pub system: Observed<Vec<ProxySource>>,
    /// What the script that chooses says of the hosts that were looked at, asked of the system itself and only with the
    /// network; not seen where there is none to ask, where the system has nobody who follows it, and where it did not answer.
    #[serde(default)]
    pub resolved: Observed<Vec<ResolvedProxy>>,
}

/// How a host is reached, by the script that chooses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ResolvedProxy {
    /// The host, as in the plan.
    pub host: String,
    /// The proxy; `None` when it is reached directly.
    pub proxy: Option<ProxyAddress>,
}

impl ResolvedProxy {
    /// This host through this proxy.
    pub fn new(host: impl Into<String>, proxy: Option<ProxyAddress>) -> Self {
        Self { host: host.into(), proxy }
    }
}

impl ProxySettings {
    /// Those of the environment, and what the system has set: on Linux the desktop, on Windows the registry, on macOS what
    /// `scutil` prints. No script is asked.
    ///
    /// ```
    /// use cpx_card::internal::workstation::network::{ProxyOrigin, ProxySettings};
    ///
    /// assert_eq!(ProxySettings::collect().environment.origin, ProxyOrigin::Environment);
    /// ```
    pub fn collect() -> Self {
        #[cfg(target_os = "linux")]
        let system = super::gnome_proxies::collect();
        #[cfg(windows)]
        let system = crate::workstation::windows::proxies();
        #[cfg(target_os = "macos")]
        let system = crate::workstation::macos::proxies(&crate::workstation::Machine::this());
        #[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
        let system = Observed::default();
        Self { environment: Proxies::from_environment().source(), system, resolved: Observed::default() }
    }

    /// The places that browsers go by, the first that says something first: those of the system but for its services, and
    /// on Linux the environment before them.
    pub fn for_browsers(&self) -> impl Iterator<Item = &ProxySource> {
        let of_system = self.system.seen().into_iter().flatten();
        of_system.filter(|source| source.origin != ProxyOrigin::WindowsServices)
    }

    /// The place that browsers go by: the first that says something.
    pub fn governing(&self) -> Option<&ProxySource> {
        let says = |source: &&ProxySource| {
            source.direct
                || source.auto_detect
                || [&source.https, &source.http].iter().any(|proxy| proxy.is_some())
                || source.script.is_some()
        };
        self.for_browsers().find(says)
    }

    /// Whether a script chooses, or is asked of the network, and nobody followed it: then no host that was reached, or was
    /// not, tells how browsers reach it.
    pub fn is_unresolved(&self) -> bool {
        let by_script = self.governing().is_some_and(|source| source.script.is_some() || source.auto_detect);
        by_script && self.resolved.seen().is_none()
    }
}

/// One place that may name a proxy. All texts are of this network.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ProxySource {
    /// Which place.
    pub origin: ProxyOrigin,
    /// The proxy for TLS connections.
    #[serde(default)]
    pub https: Option<ProxyAddress>,
    /// The proxy for plain HTTP.
    #[serde(default)]
    pub http: Option<ProxyAddress>,
    /// The hosts that are reached without it, as written, at most [`PROXY_BYPASSES`](limits::PROXY_BYPASSES).
    #[serde(default)]
    pub bypass: Vec<String>,
    /// The address of a script that chooses (PAC).
    #[serde(default)]
    pub script: Option<String>,
    /// Whether the network is asked for such a script (WPAD).
    #[serde(default)]
    pub auto_detect: bool,
    /// Whether this place says that there is no proxy, whatever other places say: a policy does.
    #[serde(default)]
    pub direct: bool,
    /// The names of settings that are there and name no proxy: `https_proxy`.
    #[serde(default)]
    pub unreadable: Vec<String>,
}

impl ProxySource {
    /// A place that names nothing yet.
    pub fn new(origin: ProxyOrigin) -> Self {
        Self { origin, ..Self::default() }
    }
}

/// Which place names a proxy.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ProxyOrigin {
    /// The variables of the environment.
    #[default]
    Environment,
    /// Windows, for the programs of this user (Internet settings).
    WindowsUser,
    /// Windows, for services (`WinHTTP`).
    WindowsServices,
    /// macOS (`scutil --proxy`).
    Macos,
    /// GNOME (`org.gnome.system.proxy`).
    Gnome,
    /// A policy given to Firefox.
    FirefoxPolicy,
    /// A policy given to Chrome.
    ChromePolicy,
    /// A policy given to Edge.
    EdgePolicy,
}

impl ProxyOrigin {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::WindowsUser => "windows-user",
            Self::WindowsServices => "windows-services",
            Self::Macos => "macos",
            Self::Gnome => "gnome",
            Self::FirefoxPolicy => "firefox-policy",
            Self::ChromePolicy => "chrome-policy",
            Self::EdgePolicy => "edge-policy",
        }
    }
}

/// Where a proxy is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ProxyAddress {
    /// What is spoken to it: `http`, or what the setting says in lower case (`https`, `socks5`), which is not spoken here:
    /// such a proxy is only connected to.
    pub scheme: String,
    /// Its name or address: of this network.
    pub host: String,
    /// Its TCP port.
    pub port: u16,
    /// Whether the setting holds a user name. It is kept nowhere.
    #[serde(default)]
    pub has_credentials: bool,
}

impl ProxyAddress {
    /// The proxy that a setting names, as [`Proxy::parse`] reads it.
    pub fn parse(text: &str) -> Option<Self> {
        Proxy::parse(text).map(|proxy| proxy.address)
    }
}

/// The proxies that connections of this program go through, with what they want to know of the user.
#[derive(Clone, Default)]
pub struct Proxies {
    https: Option<Proxy>,
    http: Option<Proxy>,
    bypass: Vec<String>,
    unreadable: Vec<String>,
    resolved: Vec<ResolvedProxy>,
}

impl Proxies {
    /// Those that browsers go through by these settings: on Windows and macOS what the system says, elsewhere the environment
    /// before it. What a script said of a host goes before both.
    pub fn of(settings: &ProxySettings) -> Self {
        let own = Self::from_environment();
        let sources: Vec<_> = settings.for_browsers().cloned().collect();
        let by_system = cfg!(any(windows, target_os = "macos")) && settings.system.seen().is_some();
        let proxies = if by_system { Self::none() } else { own }.or_system(&sources);
        Self { resolved: settings.resolved.seen().cloned().unwrap_or_default(), ..proxies }
    }

    /// None: every host is reached directly.
    pub fn none() -> Self {
        Self::default()
    }

    /// Those in the variables of the environment.
    pub fn from_environment() -> Self {
        Self::from_variables(|name| env::var_os(name))
    }

    /// Those in these variables.
    ///
    /// ```
    /// use cpx_card::internal::workstation::network::Proxies;
    ///
    /// let set = |name: &str| (name == "https_proxy").then(|| "http://user:word@proxy.example:3128/".into());
    /// let source = Proxies::from_variables(set).source();
    /// let proxy = source.https.unwrap();
    /// assert_eq!((proxy.host.as_str(), proxy.port, proxy.has_credentials), ("proxy.example", 3128, true));
    /// assert!(source.http.is_none());
    /// ```
    pub fn from_variables(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let mut proxies = Self::default();
        let mut first = |names: [&str; 4]| {
            let set = names.into_iter().find_map(|name| Some((name, variable(name).filter(|text| !text.is_empty())?)));
            let (name, text) = set?;
            let proxy = text.to_str().and_then(Proxy::parse);
            if proxy.is_none() {
                proxies.unreadable.push(name.to_owned());
            }
            proxy
        };
        let https = first(["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]);
        let http = first(["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]);
        proxies.unreadable.dedup();
        let bypass = ["no_proxy", "NO_PROXY"].into_iter().find_map(&variable).unwrap_or_default();
        let entries = bypass.to_string_lossy();
        let entries = entries.split([',', ' ']).map(str::trim).filter(|entry| !entry.is_empty());
        let bypass = entries.take(limits::PROXY_BYPASSES).map(bounded).collect();
        Self { https, http, bypass, ..proxies }
    }

    /// These, or where they name none at all, those of the first of these places that names one.
    ///
    /// ```
    /// use cpx_card::internal::workstation::network::{Proxies, ProxyAddress, ProxyOrigin, ProxySource};
    ///
    /// let mut user = ProxySource::new(ProxyOrigin::WindowsUser);
    /// user.https = ProxyAddress::parse("proxy.example:3128");
    /// let proxies = Proxies::none().or_system(&[ProxySource::new(ProxyOrigin::WindowsServices), user]);
    /// assert!(proxies.for_host("pfc.eservices.esante.gouv.fr", true).is_some());
    /// ```
    #[must_use]
    pub fn or_system(self, system: &[ProxySource]) -> Self {
        let names_one = |source: &&ProxySource| source.direct || source.https.is_some() || source.http.is_some();
        match system.iter().find(names_one) {
            Some(source) if self.https.is_none() && self.http.is_none() => {
                let proxy = |address: &Option<ProxyAddress>| {
                    address.clone().map(|address| Proxy { address, authorization: None })
                };
                let (https, http) = (proxy(&source.https), proxy(&source.http));
                Self { https, http, bypass: source.bypass.clone(), ..self }
            }
            _ => self,
        }
    }

    /// These settings, as facts.
    pub fn source(&self) -> ProxySource {
        let address = |proxy: &Option<Proxy>| proxy.as_ref().map(|proxy| proxy.address.clone());
        ProxySource {
            origin: ProxyOrigin::Environment,
            https: address(&self.https),
            http: address(&self.http),
            bypass: self.bypass.clone(),
            unreadable: self.unreadable.clone(),
            ..ProxySource::default()
        }
    }

    /// The proxy for this host; `None` when it is reached directly.
    pub fn for_host(&self, host: &str, tls: bool) -> Option<Proxy> {
        if let Some(resolved) = self.resolved.iter().find(|resolved| resolved.host == host) {
            return resolved.proxy.clone().map(|address| Proxy { address, authorization: None });
        }
        let proxy = if tls { self.https.as_ref() } else { self.http.as_ref() };
        proxy.filter(|_| !self.bypass.iter().any(|entry| is_within(host, entry))).cloned()
    }
}

/// One proxy, with what it wants to know of the user. It has no `Debug`: it may hold a password.
#[derive(Clone)]
pub struct Proxy {
    address: ProxyAddress,
    authorization: Option<String>,
}

impl Proxy {
    /// The proxy that a setting names: `http://user:word@host:3128`, `host:3128`, `[fd00::1]:8080`. Without a port it is that
    /// of the scheme, 80 for `http`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > limits::NETWORK_TEXT {
            return None;
        }
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let (user, place) = authority.rsplit_once('@').map_or((None, authority), |(user, place)| (Some(user), place));
        let scheme = scheme.to_ascii_lowercase();
        let usual = match scheme.as_str() {
            "https" => 443,
            "http" => 80,
            _ => 1080,
        };
        let (host, port) = match place.strip_prefix('[') {
            Some(inner) => {
                let (host, after) = inner.split_once(']')?;
                (host, if after.is_empty() { usual } else { after.strip_prefix(':')?.parse().ok()? })
            }
            None => match place.rsplit_once(':') {
                Some((host, port)) => (host, port.parse().ok()?),
                None => (place, usual),
            },
        };
        let is_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '%');
        if host.is_empty() || !host.chars().all(is_host) || !scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        let address = ProxyAddress { scheme, host: host.to_owned(), port, has_credentials: user.is_some() };
        let authorization = user.map(|user| format!("Basic {}", Base64::encode_string(&percent_decoded(user))));
        Some(Self { address, authorization })
    }

    /// Where it is.
    pub fn address(&self) -> &ProxyAddress {
        &self.address
    }

    /// What goes into `Proxy-Authorization`: what the setting says, for this proxy and nobody else. Unmasked.
    pub fn authorization(&self) -> Option<&str> {
        self.authorization.as_deref()
    }
}

/// Whether a host is the one, or in the domain, of an entry of `no_proxy`; `<local>` is Windows' word for every name
/// without a dot.
fn is_within(host: &str, entry: &str) -> bool {
    if entry.eq_ignore_ascii_case("<local>") {
        return !host.contains(['.', ':']);
    }
    let domain = entry.trim_start_matches('*').trim_start_matches('.');
    let (host, domain) = (host.to_ascii_lowercase(), domain.to_ascii_lowercase());
    match host.strip_suffix(&domain) {
        Some("") => true,
        Some(before) => domain.is_empty() && entry == "*" || !domain.is_empty() && before.ends_with('.'),
        None => false,
    }
}

/// An address without the name and the password that may stand before its host.
pub(crate) fn without_user(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let authority = rest.split('/').next().unwrap_or_default();
    match authority.rsplit_once('@') {
        Some((user, _)) => format!("{scheme}://{}", rest.get(user.len().saturating_add(1)..).unwrap_or_default()),
        None => address.to_owned(),
    }
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let mut decoded = Vec::new();
    let mut bytes = text.as_bytes();
    while let [first, rest @ ..] = bytes {
        let escaped = match bytes {
            [b'%', high, low, after @ ..] => hex::decode([*high, *low]).ok().map(|byte| (byte, after)),
            _ => None,
        };
        let (taken, after) = escaped.unwrap_or_else(|| (vec![*first], rest));
        decoded.extend(taken);
        bytes = after;
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<(String, String, u16, bool)> {
        let address = Proxy::parse(text)?.address;
        Some((address.scheme, address.host, address.port, address.has_credentials))
    }

    fn of(variables: &'static [(&str, &str)]) -> Proxies {
        Proxies::from_variables(|name| {
            variables.iter().find(|(variable, _)| *variable == name).map(|(_, text)| text.into())
        })
    }

    #[test]
    fn every_writing_of_a_proxy_is_read() {
        let cases = [
            ("http://proxy.example:3128", Some(("http", "proxy.example", 3128, false))),
            ("proxy.example:3128", Some(("http", "proxy.example", 3128, false))),
            ("  HTTP://proxy.example/path ", Some(("http", "proxy.example", 80, false))),
            ("http://user:p%40ss@10.0.0.1:8080/", Some(("http", "10.0.0.1", 8080, true))),
            ("http://a@b@proxy:1", Some(("http", "proxy", 1, true))),
            ("http://[fd00::1]:8080", Some(("http", "fd00::1", 8080, false))),
            ("[fd00::1]", Some(("http", "fd00::1", 80, false))),
            ("socks5://proxy", Some(("socks5", "proxy", 1080, false))),
            ("http://", None),
            ("http://proxy:port", None),
            ("http://proxy:99999", None),
            ("http://pro xy:80", None),
            ("http://proxy\r\nHost: x:80", None),
            ("[fd00::1:80", None),
            ("[fd00::1]80", None),
        ];
        for (text, expected) in cases {
            let expected = expected.map(|(scheme, host, port, user)| (scheme.to_owned(), host.to_owned(), port, user));
            assert_eq!(parsed(text), expected, "{text}");
        }
        assert_eq!(parsed(&"x".repeat(limits::NETWORK_TEXT + 1)), None);
    }

    #[test]
    fn the_first_variable_that_is_set_counts() {
        let proxies = of(&[("HTTPS_PROXY", "upper:1"), ("https_proxy", "lower:2"), ("ALL_PROXY", "all:3")]);
        let source = proxies.source();
        assert_eq!(source.https.unwrap().host, "lower");
        assert_eq!(source.http.unwrap().host, "all");
        let broken = of(&[("all_proxy", "http://x:y"), ("http_proxy", "")]).source();
        assert_eq!((broken.https, broken.http, broken.unreadable), (None, None, vec!["all_proxy".to_owned()]));
    }

    #[test]
    fn hosts_within_a_bypass_go_without() {
        let proxies =
            of(&[("https_proxy", "proxy:1"), ("no_proxy", "localhost, .esante.gouv.fr,exact.example,127.0.0.1")]);
        for host in ["localhost", "pfc.eservices.ESANTE.gouv.fr", "esante.gouv.fr", "exact.example", "127.0.0.1"] {
            assert!(proxies.for_host(host, true).is_none(), "{host}");
        }
        for host in ["notesante.gouv.fr", "inexact.example", "gouv.fr"] {
            assert!(proxies.for_host(host, true).is_some(), "{host}");
        }
        assert!(proxies.for_host("gouv.fr", false).is_none(), "only TLS has a proxy");
        assert!(of(&[("https_proxy", "proxy:1"), ("no_proxy", "*")]).for_host("any", true).is_none());
        assert!(of(&[("https_proxy", "proxy:1"), ("no_proxy", ".")]).for_host("any", true).is_some());
    }

    #[test]
    fn what_the_system_names_counts_where_the_environment_names_nothing() {
        let mut user = ProxySource::new(ProxyOrigin::WindowsUser);
        user.https = ProxyAddress::parse("user:1");
        user.bypass = vec!["<local>".into(), "*.intra.example".into()];
        let system = [ProxySource::new(ProxyOrigin::WindowsServices), user];
        let host = |proxies: &Proxies, host: &str| proxies.for_host(host, true).map(|proxy| proxy.address.host.clone());
        let none = of(&[]).or_system(&system);
        assert_eq!(host(&none, "portail.example").as_deref(), Some("user"));
        for near in ["intranet", "x.intra.example"] {
            assert_eq!(host(&none, near), None, "{near}");
        }
        let set = of(&[("http_proxy", "environment:1")]).or_system(&system);
        assert_eq!(host(&set, "portail.example"), None);
    }

    #[test]
    fn a_password_goes_to_the_proxy_and_into_no_fact() {
        let proxies = of(&[("https_proxy", "http://user:p%40ss@proxy:1")]);
        // base64 of user:p@ss
        assert_eq!(proxies.https.as_ref().unwrap().authorization.as_deref(), Some("Basic dXNlcjpwQHNz"));
        let settings =
            ProxySettings { environment: proxies.source(), system: Observed::default(), ..ProxySettings::default() };
        let written = serde_json::to_string(&settings).unwrap();
        assert!(!written.contains("p@ss") && !written.contains("user\"") && !written.contains("dXNl"), "{written}");
        assert_eq!(serde_json::from_str::<ProxySettings>(&written).unwrap(), settings);
    }

    #[test]
    fn the_number_of_bypasses_is_bounded() {
        let many = Proxies::from_variables(|name| (name == "no_proxy").then(|| "a,".repeat(100_000).into()));
        assert_eq!(many.source().bypass.len(), limits::PROXY_BYPASSES);
    }
}
