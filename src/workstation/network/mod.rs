//! The network between this workstation and the portals: names, connections, handshakes, answers.
//!
//! The facts are plain data that a case file carries anywhere; they are collected only when the user asks for it, with
//! the feature `online`.

mod facts;
mod proxy_settings;
mod tls_facts;

pub use facts::{
    Addresses, Dial, DialEnd, HostFacts, HttpAnswer, HttpEnd, NetworkFacts, ProxyAnswer, ProxyPassage, Purpose,
    Resolution,
};
pub use proxy_settings::{Proxies, Proxy, ProxyAddress, ProxyOrigin, ProxySettings, ProxySource};
pub use tls_facts::{
    Anchor, CertificateRequest, ChainEnd, Handshake, HandshakeEnd, IgcPath, ServedCertificate, TlsVersion,
};
