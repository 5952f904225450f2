//! The network between this workstation and the portals: names, connections, handshakes, answers.
//!
//! The facts are plain data that a case file carries anywhere; they are collected only when the user asks for it, with
//! the feature `online`. Which proxies are set is read offline too.

#[cfg(feature = "online")]
mod chain;
#[cfg(feature = "online")]
mod deadline;
#[cfg(feature = "online")]
mod dial;
mod facts;
#[cfg(target_os = "linux")]
mod gnome_proxies;
#[cfg(feature = "online")]
mod handshake;
#[cfg(feature = "online")]
mod host;
#[cfg(feature = "online")]
mod http;
#[cfg(feature = "online")]
mod observe;
#[cfg(feature = "online")]
mod plan;
mod proxy_settings;
#[cfg(feature = "online")]
mod script_proxies;
mod text;
mod tls_facts;

pub use facts::{
    Addresses, Dial, DialEnd, HostFacts, HttpAnswer, HttpEnd, NetworkFacts, ProxyAnswer, ProxyPassage, Purpose,
    Resolution,
};
#[cfg(feature = "online")]
pub use observe::observe;
#[cfg(feature = "online")]
pub use plan::{HostPlan, NetworkPlan, hosts_for};
pub(crate) use proxy_settings::without_user;
pub use proxy_settings::{Proxies, Proxy, ProxyAddress, ProxyOrigin, ProxySettings, ProxySource, ResolvedProxy};
#[cfg(feature = "online")]
pub use script_proxies::{resolve_proxies, serve_if_asked};
pub(crate) use text::bounded;
pub use tls_facts::{
    Anchor, CertificateRequest, ChainEnd, Handshake, HandshakeEnd, IgcPath, ServedCertificate, TlsVersion,
};
