//! Fetching revocation lists and asking OCSP responders over plain HTTP, when the user asked for it.
//!
//! Lists and answers are signed, and their addresses have no TLS (RFC 5280 section 4.2.1.13): what comes back is
//! raw bytes, to be verified by whoever asked. An address comes from a certificate, so from
//! anybody: only `http` is spoken, and size, time and redirections are bounded. The proxy is that of the environment
//! (`HTTP_PROXY`, `NO_PROXY`).

use std::time::Duration;

use ureq::http::Response;
use ureq::{Agent, Body};

use crate::limits;

/// Why nothing usable came back.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FetchFailure {
    /// The address is not one of plain HTTP.
    NotHttp,
    /// The name of the server is not known: no network, or a wrong address.
    UnknownHost,
    /// The server cannot be reached, hangs up, or does not speak HTTP; the words of the HTTP client, in English.
    Unreachable(String),
    /// The answer did not come, or not whole, in time.
    Timeout,
    /// The server answered this status instead of 200 to 299.
    Status(u16),
    /// The answer is longer than allowed.
    TooLong,
    /// More redirections than [`HTTP_REDIRECTS`](limits::HTTP_REDIRECTS).
    Redirections,
}

impl FetchFailure {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotHttp => "not-http",
            Self::UnknownHost => "unknown-host",
            Self::Unreachable(_) => "unreachable",
            Self::Timeout => "timeout",
            Self::Status(_) => "http-status",
            Self::TooLong => "too-long",
            Self::Redirections => "redirections",
        }
    }
}

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
    /// The reason why nothing usable came back.
    pub fn get(self, address: &str) -> Result<Vec<u8>, FetchFailure> {
        check(address)?;
        self.read(self.agent().get(address).call())
    }

    /// What the server at this address answers to these bytes.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn post(self, address: &str, content_type: &str, body: &[u8]) -> Result<Vec<u8>, FetchFailure> {
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

    fn read(self, answer: Result<Response<Body>, ureq::Error>) -> Result<Vec<u8>, FetchFailure> {
        // The reader counts an answer that just reaches its limit as too long.
        let limit = u64::try_from(self.bytes).unwrap_or(u64::MAX).saturating_add(1);
        answer.and_then(|mut answer| answer.body_mut().with_config().limit(limit).read_to_vec()).map_err(told)
    }
}

/// Only plain HTTP: `ldap:` and `https:` addresses stand in certificates too.
fn check(address: &str) -> Result<(), FetchFailure> {
    let plain = address.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://"));
    if plain { Ok(()) } else { Err(FetchFailure::NotHttp) }
}

fn told(error: ureq::Error) -> FetchFailure {
    match error {
        ureq::Error::StatusCode(code) => FetchFailure::Status(code),
        ureq::Error::Timeout(_) => FetchFailure::Timeout,
        ureq::Error::HostNotFound => FetchFailure::UnknownHost,
        ureq::Error::BodyExceedsLimit(_) => FetchFailure::TooLong,
        ureq::Error::TooManyRedirects => FetchFailure::Redirections,
        // A redirection to HTTPS.
        ureq::Error::TlsRequired => FetchFailure::NotHttp,
        other => FetchFailure::Unreachable(other.to_string()),
    }
}
