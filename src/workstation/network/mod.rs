//! The network between this workstation and the portals: names, connections, handshakes, answers.
//!
//! The facts are plain data that a case file carries anywhere; they are collected only when the user asks for it, with
//! the feature `online`. Which proxies are set is read offline too.

mod facts;
#[cfg(target_os = "linux")]
mod gnome_proxies;
#[cfg(feature = "online")]
mod online;
mod proxy_settings;
mod sign_in_facts;
mod text;
mod tls_facts;

pub use facts::{
    Addresses, Dial, DialEnd, HostFacts, HttpAnswer, HttpEnd, NetworkFacts, ProxyAnswer, ProxyPassage, Purpose,
    Resolution,
};
#[cfg(feature = "online")]
pub use online::{
    HostPlan, NetworkPlan, SignInPlan, Signature, hosts_for, observe, resolve_proxies, serve_if_asked, sign_in,
    sign_in_host,
};
pub(crate) use proxy_settings::without_user;
pub use proxy_settings::{Proxies, Proxy, ProxyAddress, ProxyOrigin, ProxySettings, ProxySource, ResolvedProxy};
pub use sign_in_facts::{Confirmation, SignIn, SignInEnd};
pub(crate) use text::bounded;
pub use tls_facts::{
    Anchor, CertificateRequest, ChainEnd, Handshake, HandshakeEnd, IgcPath, ServedCertificate, TlsVersion,
};
