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
mod sign_in;

use super::{facts, proxy_settings, sign_in_facts, text, tls_facts};

pub use observe::observe;
pub use plan::{HostPlan, NetworkPlan, hosts_for, sign_in_host};
pub use script_proxies::{resolve_proxies, serve_if_asked};
pub use sign_in::{SignInPlan, Signature, sign_in};
