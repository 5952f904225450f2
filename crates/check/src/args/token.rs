//! The arguments of `cpx-check token`.

use std::path::PathBuf;

use clap::Args;

use cpx_card::internal::workstation::network::{HostPlan, Purpose};

use super::{Output, Source};

#[derive(Debug, Args)]
pub(crate) struct TokenArguments {
    #[command(flatten)]
    pub(crate) output: Output,

    /// Asks this module only; several for several modules.
    #[arg(long, value_name = "PATH")]
    pub(crate) module: Vec<PathBuf>,

    /// Proves that the card can authenticate: asks for the code porteur.
    #[arg(long)]
    pub(crate) prove: bool,

    /// Signs in to the server of this portal, up to the end of the TLS handshake.
    #[arg(id = "sign_in_portal", long = "portal", value_name = "PORTAL", requires = "prove", conflicts_with = "host")]
    pub(crate) portal: Option<String>,

    /// Signs in to this server, up to the end of the TLS handshake.
    #[arg(long, value_name = "NAME-PORT", requires = "prove", value_parser = host)]
    pub(crate) host: Option<HostPlan>,

    /// Agrees beforehand that the certificate is sent.
    #[arg(long, requires = "prove")]
    pub(crate) yes: bool,

    /// Allows the proof to use the last try.
    #[arg(long, requires = "prove")]
    pub(crate) last_try: bool,

    /// Reads the code from this file descriptor instead of the keyboard.
    #[arg(long, value_name = "FD", requires = "prove")]
    pub(crate) pin_fd: Option<u32>,

    #[command(flatten)]
    pub(crate) source: Source,
}

/// A server: `NAME` or `NAME:PORT`, an address of IPv6 in brackets.
fn host(text: &str) -> Result<HostPlan, String> {
    const LONGEST: usize = 253;
    let (name, port) = match text.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok().filter(|port| *port > 0)),
        _ => (text, Some(443)),
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    let is_host = !name.is_empty() && name.len() <= LONGEST && name.bytes().all(is_name);
    port.filter(|_| is_host).map(|port| HostPlan::new(name, port, Purpose::Portal)).ok_or_else(String::new)
}
