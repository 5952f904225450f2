//! The look at one host, from its name to its answer.

use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

use rustls::SupportedProtocolVersion;
use rustls::pki_types::CertificateDer;

use super::deadline::{Bounded, Deadline, milliseconds_since};
use super::dial::{Dialling, Resolving};
use super::facts::{Dial, DialEnd, HostFacts, ProxyAnswer, ProxyPassage};
use super::handshake::{self, BOTH, ONLY_TLS12, Session};
use super::http::{self, Head, NoHead};
use super::plan::HostPlan;
use super::proxy_settings::Proxy;
use super::text::bounded;
use super::tls_facts::{Handshake, HandshakeEnd, TlsVersion};
use crate::certificate::AuthorityTable;
use crate::limits;

/// The certificates that a host sent, DER each.
pub(super) type Chain = Vec<CertificateDer<'static>>;

/// How one host is looked at.
pub(super) struct Look<'a> {
    pub(super) host: &'a HostPlan,
    pub(super) proxy: Option<&'a Proxy>,
    pub(super) igc_sante: &'a AuthorityTable,
    pub(super) deadline: Deadline,
}

/// How a host was reached, to reach it again.
#[derive(Clone, Copy)]
enum Way<'a> {
    Direct(SocketAddr),
    Through(SocketAddr, &'a Proxy),
}

impl<'a> Look<'a> {
    /// Looks, and adds what is seen to these facts. The chain is yet to be weighed.
    pub(super) fn at(&self, facts: &mut HostFacts) -> Chain {
        let HostPlan { host, port, addresses, .. } = self.host;
        let resolving = Resolving::start(host, *port, addresses.as_deref());
        let Some(proxy) = self.proxy else { return self.directly(&resolving, facts) };
        let chain = self.through(proxy, facts);
        facts.resolution = resolving.answer(self.step()).0;
        chain
    }

    fn step(&self) -> Deadline {
        self.deadline.or_within(limits::NETWORK_STEP)
    }

    fn directly(&self, resolving: &Resolving, facts: &mut HostFacts) -> Chain {
        let (resolution, addresses) = resolving.answer(self.step());
        facts.resolution = resolution;
        let step = self.step();
        let mut dialling = Dialling::start(&addresses, step);
        let chain = match dialling.first(step) {
            Some((address, stream)) => self.converse(Way::Direct(address), stream, facts),
            None => Chain::new(),
        };
        (facts.ipv4, facts.ipv6) = dialling.finish(step);
        chain
    }

    fn through(&self, proxy: &'a Proxy, facts: &mut HostFacts) -> Chain {
        match self.way_through(proxy, facts) {
            Some((address, stream)) => self.converse(Way::Through(address, proxy), stream, facts),
            None => Chain::new(),
        }
    }

    /// A connection to the host, straight or through the proxy, and nothing more.
    pub(super) fn connect(&self, facts: &mut HostFacts) -> Option<TcpStream> {
        if let Some(proxy) = self.proxy {
            return self.way_through(proxy, facts).map(|(_, stream)| stream);
        }
        let HostPlan { host, port, addresses, .. } = self.host;
        let (resolution, addresses) = Resolving::start(host, *port, addresses.as_deref()).answer(self.step());
        facts.resolution = resolution;
        let step = self.step();
        Dialling::start(&addresses, step).first(step).map(|(_, stream)| stream)
    }

    /// A connection to the host through the proxy, and the proxy's address.
    fn way_through(&self, proxy: &'a Proxy, facts: &mut HostFacts) -> Option<(SocketAddr, TcpStream)> {
        let passage = facts.proxy.insert(ProxyPassage::default());
        let place = proxy.address();
        let (resolution, addresses) = Resolving::start(&place.host, place.port, None).answer(self.step());
        passage.resolution = resolution;
        let step = self.step();
        let mut dialling = Dialling::start(&addresses, step);
        let begun = Instant::now();
        let Some((address, stream)) = dialling.first(step) else {
            let (ipv4, ipv6) = dialling.finish(step);
            passage.dial = ipv4.or(ipv6);
            return None;
        };
        passage.dial = Some(Dial::new(DialEnd::Connected, milliseconds_since(begun)));
        if place.scheme != "http" {
            return None;
        }
        let stream = if self.host.purpose.is_tls() { self.tunnel(stream, proxy, passage)? } else { stream };
        Some((address, stream))
    }

    /// Asks a proxy for a way through.
    fn tunnel(&self, stream: TcpStream, proxy: &Proxy, passage: &mut ProxyPassage) -> Option<TcpStream> {
        let begun = Instant::now();
        let place = format!("{}:{}", self.host.host, self.host.port);
        let mut connection = Bounded::new(stream, self.step());
        let answer = http::ask(&mut connection, &http::connect_request(&place, proxy.authorization()));
        passage.milliseconds = milliseconds_since(begun);
        passage.answer = Some(match &answer {
            Ok(head) if (200..300).contains(&head.status) => ProxyAnswer::Status(200),
            Ok(head) => ProxyAnswer::Status(head.status),
            Err(NoHead::NotHttp) => ProxyAnswer::NotHttp,
            Err(NoHead::TimedOut) => ProxyAnswer::TimedOut,
            Err(NoHead::Closed | NoHead::Tls(_)) => ProxyAnswer::Closed,
        });
        passage.authentication = answer.as_ref().map(authentication).unwrap_or_default();
        (passage.answer == Some(ProxyAnswer::Status(200))).then(|| connection.into_stream())
    }

    /// Speaks to the host, over TLS where it has it.
    fn converse(&self, way: Way<'a>, stream: TcpStream, facts: &mut HostFacts) -> Chain {
        let connection = Bounded::new(stream, self.step());
        if self.host.purpose.is_tls() {
            return self.over_tls(way, connection, facts);
        }
        let (host, path) = (self.host_field(), &self.host.path);
        let request = match way {
            Way::Direct(_) => http::head_request(path, &host, None),
            Way::Through(_, proxy) => http::head_request(&format!("http://{host}{path}"), &host, proxy.authorization()),
        };
        let begun = Instant::now();
        let answer = http::ask(connection, &request);
        if let (Some(passage), Ok(head)) = (&mut facts.proxy, &answer) {
            passage.authentication = authentication(head);
        }
        facts.http = Some(http::answer(&answer, begun));
        Chain::new()
    }

    fn over_tls(&self, way: Way<'a>, connection: Bounded, facts: &mut HostFacts) -> Chain {
        let (mut session, mut outcome) = match self.shake(connection, BOTH) {
            Ok(session) => session,
            Err(words) => {
                let end = HandshakeEnd::Failed(bounded(&words));
                facts.tls = Some(Handshake { end, ..Handshake::default() });
                return Chain::new();
            }
        };
        if outcome.is_ok() {
            session.until(self.step());
            let begun = Instant::now();
            let request = http::head_request(&self.host.path, &self.host_field(), None);
            let answer = http::ask(session.stream(), &request);
            let facts_of_it = http::answer(&answer, begun);
            // With TLS 1.3 a server says only after the handshake that it misses a certificate.
            match answer {
                Err(reason @ (NoHead::Tls(_) | NoHead::Closed)) if session.was_asked() => outcome = Err(reason),
                Err(reason @ NoHead::Tls(_)) => outcome = Err(reason),
                _ => facts.http = Some(facts_of_it),
            }
        }
        let (handshake, chain) = session.facts(&outcome);
        let asked = handshake.certificate_request.is_some() || handshake.end == HandshakeEnd::NoCommonSignature;
        if asked && handshake.version == Some(TlsVersion::Tls13) {
            facts.tls12_only = Some(self.over_tls12(way));
        }
        facts.tls = Some(handshake);
        chain
    }

    /// How the same host ends a handshake that offers TLS 1.2 alone.
    fn over_tls12(&self, way: Way<'a>) -> HandshakeEnd {
        let (address, proxy) = match way {
            Way::Direct(address) => (address, None),
            Way::Through(address, proxy) => (address, Some(proxy)),
        };
        let connected = self.step().left().and_then(|left| TcpStream::connect_timeout(&address, left)).ok();
        let stream = connected.and_then(|stream| match proxy {
            Some(proxy) => self.tunnel(stream, proxy, &mut ProxyPassage::default()),
            None => Some(stream),
        });
        let Some(stream) = stream else { return HandshakeEnd::Closed };
        match self.shake(Bounded::new(stream, self.step()), ONLY_TLS12) {
            Ok((session, outcome)) => session.facts(&outcome).0.end,
            Err(words) => HandshakeEnd::Failed(bounded(&words)),
        }
    }

    fn shake(
        &self,
        connection: Bounded,
        versions: &[&'static SupportedProtocolVersion],
    ) -> Result<(Session, Result<(), NoHead>), String> {
        handshake::shake(connection, &self.host.host, versions, self.igc_sante)
    }

    /// What `Host` says: the port only where it is not the usual one.
    fn host_field(&self) -> String {
        let usual = if self.host.purpose.is_tls() { 443 } else { 80 };
        let HostPlan { host, port, .. } = self.host;
        if *port == usual { host.clone() } else { format!("{host}:{port}") }
    }
}

/// The kinds of authentication that a proxy asks for: the first word of each offer.
fn authentication(head: &Head) -> Vec<String> {
    let mut kinds = Vec::new();
    for offer in head.all("proxy-authenticate") {
        let kind = bounded(&offer.split([' ', ',']).next().unwrap_or_default().to_ascii_uppercase());
        if !kind.is_empty() && !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds
}
