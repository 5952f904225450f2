//! Observing the network, and following a script that names proxies: what the feature `online` adds.

mod chain;
mod deadline;
mod dial;
mod handshake;
mod host;
mod http;
mod observe;
mod plan;
mod script_proxies;

use super::{facts, proxy_settings, text, tls_facts};

pub use observe::observe;
pub use plan::{HostPlan, NetworkPlan, hosts_for};
pub use script_proxies::{resolve_proxies, serve_if_asked};
