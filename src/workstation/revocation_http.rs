//! Fetching revocation lists and asking OCSP responders over plain HTTP, when the user asked for it.
//!
//! Lists and answers are signed, and their addresses have no TLS (RFC 5280 section 4.2.1.13): what comes back is
//! raw bytes to be verified by [`certificate`](crate::certificate). An address comes from a certificate, so from
//! anybody: only `http` is spoken, and size, time and redirections are bounded. The proxy is that of the environment
//! (`HTTP_PROXY`, `NO_PROXY`).

use std::time::Duration;

use ureq::Agent;

use crate::error::{Error, ErrorKind, Result};
use crate::limits;

/// How much an answer may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bounds {
    /// Bytes of the answer.
    pub bytes: usize,
    /// Time for everything: name, connection, redirections, the whole answer.
    pub deadline: Duration,
}

impl Bounds {
    /// For a revocation list: [`CRL_BYTES`](limits::CRL_BYTES), [`CRL_DEADLINE`](limits::CRL_DEADLINE).
    pub const LIST: Self = Self { bytes: limits::CRL_BYTES, deadline: limits::CRL_DEADLINE };
    /// For a responder: [`OCSP_BYTES`](limits::OCSP_BYTES), [`OCSP_DEADLINE`](limits::OCSP_DEADLINE).
    pub const RESPONDER: Self = Self { bytes: limits::OCSP_BYTES, deadline: limits::OCSP_DEADLINE };

    /// Other bounds.
    pub const fn new(bytes: usize, deadline: Duration) -> Self {
        Self { bytes, deadline }
    }

    /// What stands at this address.
    ///
    /// # Errors
    ///
    /// [`Network`](ErrorKind::Network) when nothing comes back in time, too much does, the address is not of `http`, or
    /// the server does not answer 200 to 299; the text says which.
    pub fn get(self, address: &str) -> Result<Vec<u8>> {
        check(address)?;
        self.read(self.agent().get(address).call())
    }

    /// What the server at this address answers to these bytes.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn post(self, address: &str, content_type: &str, body: &[u8]) -> Result<Vec<u8>> {
        check(address)?;
        self.read(self.agent().post(address).content_type(content_type).send(body))
    }

    fn agent(self) -> Agent {
        let config = Agent::config_builder()
            .timeout_global(Some(self.deadline))
            .max_redirects(limits::HTTP_REDIRECTS)
            .user_agent(concat!("cpx-check/", env!("CARGO_PKG_VERSION")));
        config.build().new_agent()
    }

    fn read(self, answer: std::result::Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Vec<u8>> {
        // The reader counts an answer that just reaches its limit as too long.
        let limit = u64::try_from(self.bytes).unwrap_or(u64::MAX).saturating_add(1);
        answer.and_then(|mut answer| answer.body_mut().with_config().limit(limit).read_to_vec()).map_err(told)
    }
}

/// Only plain HTTP: `ldap:` and `https:` addresses stand in certificates too.
fn check(address: &str) -> Result<()> {
    let scheme = address.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://"));
    if scheme { Ok(()) } else { Err(Error::new(ErrorKind::Network, "the address is not of http")) }
}

fn told(error: ureq::Error) -> Error {
    let what = match &error {
        ureq::Error::StatusCode(code) => return Error::new(ErrorKind::Network, format!("the server answered {code}")),
        ureq::Error::Timeout(_) => "no answer in time",
        ureq::Error::HostNotFound => "the name of the server is not known",
        ureq::Error::BodyExceedsLimit(_) => "the answer is too long",
        ureq::Error::TooManyRedirects => "too many redirections",
        _ => "the server could not be asked",
    };
    Error::new(ErrorKind::Network, what).caused_by(error)
}
