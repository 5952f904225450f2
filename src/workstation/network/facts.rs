//! What was observed of the network: plain data that says nothing about good or bad.
//!
//! Host names here are those of the plan, so public ones; names and addresses of this network (a proxy, where a
//! redirection leads, the authority of an inspecting proxy) are marked as such below: a shared case file masks them.
//! Every text is foreign and bounded by [`NETWORK_TEXT`](crate::limits::NETWORK_TEXT) characters.

use serde::{Deserialize, Serialize};

use super::tls_facts::{Handshake, HandshakeEnd};

/// What was observed with the network, for one run.
///
/// ```
/// use cpx_card::internal::workstation::network::{HostFacts, NetworkFacts, Purpose, Resolution};
///
/// let mut portal = HostFacts::new("pfc.eservices.esante.gouv.fr", 443, Purpose::Portal);
/// portal.resolution = Resolution::Unknown;
/// let facts = NetworkFacts::new(vec![portal]);
/// assert_eq!(facts.portals().count(), 1);
/// assert_eq!(facts.clock_skew(), None);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct NetworkFacts {
    /// Each host of the plan, in its order.
    #[serde(default)]
    pub hosts: Vec<HostFacts>,
    /// Milliseconds that everything took.
    #[serde(default)]
    pub milliseconds: u64,
}

impl NetworkFacts {
    /// These hosts.
    pub fn new(hosts: Vec<HostFacts>) -> Self {
        Self { hosts, milliseconds: 0 }
    }

    /// The hosts that people log on to.
    pub fn portals(&self) -> impl Iterator<Item = &HostFacts> {
        self.with(Purpose::Portal)
    }

    /// The hosts of this purpose.
    pub fn with(&self, purpose: Purpose) -> impl Iterator<Item = &HostFacts> {
        self.hosts.iter().filter(move |host| host.purpose == purpose)
    }

    /// How far this workstation's clock is ahead of the servers', in seconds: the median of the hosts that gave a
    /// date. Negative when it is behind; `None` when fewer than two gave one.
    pub fn clock_skew(&self) -> Option<i64> {
        let mut skews: Vec<i64> =
            self.hosts.iter().filter_map(|host| host.http.as_ref()?.clock_ahead_seconds).collect();
        skews.sort_unstable();
        let upper = skews.get(skews.len() / 2).copied();
        let lower = skews.get(skews.len().saturating_sub(1) / 2).copied();
        if skews.len() < 2 { None } else { upper.zip(lower).map(|(one, other)| one.midpoint(other)) }
    }
}

/// What a host is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Purpose {
    /// People log on to it, over TLS.
    #[default]
    Portal,
    /// It serves revocation lists, over plain HTTP.
    RevocationList,
    /// It answers questions about revocation (OCSP), over plain HTTP.
    Responder,
    /// It has nothing to do with portals, and speaks TLS: an authority that signs it and a portal, and is not a public
    /// one, is that of a proxy or an antivirus in between.
    Comparison,
    /// It serves the script that chooses a proxy (PAC), over plain HTTP and never through a proxy. Its name is of this
    /// network.
    ProxyScript,
}

impl Purpose {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::RevocationList => "revocation-list",
            Self::Responder => "responder",
            Self::Comparison => "comparison",
            Self::ProxyScript => "proxy-script",
        }
    }

    /// Whether it is spoken to over TLS.
    pub const fn is_tls(self) -> bool {
        matches!(self, Self::Portal | Self::Comparison)
    }
}

/// What was observed of one host. A step that was not reached is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct HostFacts {
    /// Its name, as in the plan.
    pub host: String,
    /// The TCP port.
    pub port: u16,
    /// What it is asked for.
    pub purpose: Purpose,
    /// The portals that need it: `igc`, `rpps`, `tom`, `tops`, `psc`, `ecps`; empty for a host that all need.
    #[serde(default)]
    pub portals: Vec<String>,
    /// Whether this workstation finds its addresses. Behind a proxy it need not.
    pub resolution: Resolution,
    /// The connection to its first IPv4 addresses; `None` without such an address, or behind a proxy.
    #[serde(default)]
    pub ipv4: Option<Dial>,
    /// The connection to its first IPv6 addresses; `None` without such an address, or behind a proxy.
    #[serde(default)]
    pub ipv6: Option<Dial>,
    /// The way through the proxy; `None` when the host is reached directly.
    #[serde(default)]
    pub proxy: Option<ProxyPassage>,
    /// The handshake that offers TLS 1.2 and 1.3, as browsers do; `None` when no connection came about, or for a host
    /// of plain HTTP.
    #[serde(default)]
    pub tls: Option<Handshake>,
    /// How a second handshake that offers only TLS 1.2 ended. It is tried where the first one negotiated TLS 1.3 and the
    /// server asked for a certificate: [`Completed`](HandshakeEnd::Completed) or
    /// [`CertificateMissing`](HandshakeEnd::CertificateMissing) mean that the server would do with TLS 1.2.
    #[serde(default)]
    pub tls12_only: Option<HandshakeEnd>,
    /// What it answered to a HEAD request, over TLS where its purpose has it.
    #[serde(default)]
    pub http: Option<HttpAnswer>,
}

impl HostFacts {
    /// A host that nothing is known of yet.
    pub fn new(host: &str, port: u16, purpose: Purpose) -> Self {
        Self { host: host.to_owned(), port, purpose, ..Self::default() }
    }

    /// Whether a connection to the host came about, directly or through the proxy.
    pub fn is_connected(&self) -> bool {
        let connected = |dial: &Option<Dial>| dial.as_ref().is_some_and(|dial| dial.end == DialEnd::Connected);
        match &self.proxy {
            Some(passage) if self.purpose.is_tls() => passage.answer == Some(ProxyAnswer::Status(200)),
            Some(passage) => connected(&passage.dial),
            None => connected(&self.ipv4) || connected(&self.ipv6),
        }
    }
}

/// Whether a name has addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Resolution {
    /// It has these.
    Found(Addresses),
    /// There is no such name, or it has no address (NXDOMAIN).
    Unknown,
    /// No name server gave an answer (a temporary failure, by the words of the system).
    NoAnswer,
    /// Nothing was known in time.
    #[default]
    TimedOut,
    /// It failed otherwise: the words of the system.
    Failed(String),
}

impl Resolution {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Found(_) => "found",
            Self::Unknown => "unknown",
            Self::NoAnswer => "no-answer",
            Self::TimedOut => "timed-out",
            Self::Failed(_) => "failed",
        }
    }
}

/// How many addresses a name has. The addresses themselves tell of the network, and are not kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Addresses {
    /// Of IPv4.
    pub ipv4: u32,
    /// Of IPv6.
    pub ipv6: u32,
    /// How many of both are not for the public network: private (RFC 1918, RFC 4193), shared (RFC 6598), link-local or
    /// loopback. A hospital may well answer so on purpose; some filters answer so for what they forbid.
    pub private: u32,
}

/// One try to connect.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Dial {
    /// How it ended.
    pub end: DialEnd,
    /// Milliseconds until then.
    pub milliseconds: u64,
}

impl Dial {
    /// A try that ended so, after so many milliseconds.
    pub const fn new(end: DialEnd, milliseconds: u64) -> Self {
        Self { end, milliseconds }
    }
}

/// How a try to connect ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DialEnd {
    /// Connected.
    Connected,
    /// Something on the way, or the host, said no at once.
    Refused,
    /// There is no way to it: no route, no network.
    Unreachable,
    /// Nothing came back in time: packets vanish.
    #[default]
    TimedOut,
    /// It failed otherwise: the words of the system.
    Failed(String),
}

impl DialEnd {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed-out",
            Self::Failed(_) => "failed",
        }
    }
}

/// The way through a proxy: its name, its port, its answer to CONNECT.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ProxyPassage {
    /// Whether the name of the proxy has addresses.
    pub resolution: Resolution,
    /// The connection to it, over whichever family answered first; `None` when it has no address.
    #[serde(default)]
    pub dial: Option<Dial>,
    /// What it answered to CONNECT; `None` when it was not asked: plain HTTP goes without, and what is answered then is
    /// in [`http`](HostFacts::http).
    #[serde(default)]
    pub answer: Option<ProxyAnswer>,
    /// The authentication that it asks for with status 407, in capitals: `BASIC`, `NEGOTIATE`, `NTLM`.
    #[serde(default)]
    pub authentication: Vec<String>,
    /// Milliseconds from the connection to the answer.
    #[serde(default)]
    pub milliseconds: u64,
}

/// What a proxy answered to CONNECT.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ProxyAnswer {
    /// This status of HTTP: 200 lets through (every 2xx is told as 200), 407 asks who is there, 403 forbids, 502 to 504
    /// could not reach the host.
    Status(u16),
    /// Something that is not HTTP.
    NotHttp,
    /// It hung up.
    Closed,
    /// Nothing in time.
    #[default]
    TimedOut,
}

/// What a host answered to a HEAD request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct HttpAnswer {
    /// How it ended.
    pub end: HttpEnd,
    /// Milliseconds from the request to the answer.
    #[serde(default)]
    pub milliseconds: u64,
    /// Seconds that this workstation's clock is ahead of the `Date` of the answer (plus its `Age`), negative when it is
    /// behind; good to two seconds. `None` without a readable date.
    #[serde(default)]
    pub clock_ahead_seconds: Option<i64>,
    /// The `Content-Type`, without parameters, in lower case. A page of HTML instead of a list comes from something on
    /// the way.
    #[serde(default)]
    pub content_type: Option<String>,
    /// The host that a redirection leads to: of this network when it is not in the plan.
    #[serde(default)]
    pub redirected_to: Option<String>,
}

/// How a request over HTTP ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum HttpEnd {
    /// This status came.
    Status(u16),
    /// Something that is not HTTP.
    NotHttp,
    /// The host hung up.
    Closed,
    /// Nothing in time.
    #[default]
    TimedOut,
}
