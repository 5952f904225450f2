//! The network up to the portals.

use super::Group;
use crate::facts::Generation;
use crate::readiness::finding::{Finding, Judged, SkipReason, seen};
use crate::readiness::portal::Portal;
use crate::readiness::rules::Rules;
use crate::readiness::value::Value;
use crate::readiness::version::Version;
use crate::readiness::view::View;
use crate::workstation::Unseen;
use crate::workstation::facts::Browser;
use crate::workstation::network::{
    CertificateRequest, ChainEnd, Dial, DialEnd, HandshakeEnd, HostFacts, HttpEnd, IgcPath, ProxyAnswer, ProxyPassage,
    Purpose, Resolution, TlsVersion,
};

pub(super) const CRITERIA: Group = &[
    ("dns-resolves", resolves),
    ("tcp-portals", connects),
    ("tls-handshake", handshake),
    ("client-cert-requested", certificate_requested),
    ("tls-interception", interception),
    ("proxy-config", proxy),
    ("crl-reachable", lists),
    ("ocsp-reachable", responder),
    ("clock-skew", clock),
    ("ipv6-blackhole", ipv6),
    ("local-network-access", local_network),
];

/// Milliseconds after which a connection is called slow.
const SLOW_CONNECTION: u64 = 2000;
/// Milliseconds after which an answer over HTTP is called slow.
const SLOW_ANSWER: u64 = 10_000;
/// Seconds that a clock may be off.
const CLOCK_FINE: u64 = 120;
/// Seconds from which a clock is wrong.
const CLOCK_WRONG: u64 = 3600;

fn resolves(view: &View<'_>) -> Judged {
    view.worst_host(|host| {
        let finding = match (&host.resolution, &host.proxy) {
            (Resolution::Found(_), _) => return Ok(Finding::pass()),
            // behind a proxy, which resolves by itself, that is usual
            (_, Some(_)) if host.is_connected() => return Ok(Finding::pass()),
            (_, Some(_)) => Finding::warn("by-proxy"),
            _ if view.may_use_unknown_proxy() => return Err(SkipReason::ProxyNotFollowed),
            (Resolution::Unknown, None) => Finding::fail("unknown"),
            (_, None) => Finding::fail("no-answer"),
        };
        Ok(finding.with("host", Value::host(&host.host)))
    })
}

fn connects(view: &View<'_>) -> Judged {
    view.worst_host(|host| {
        let dials = [host.ipv4.as_ref(), host.ipv6.as_ref(), host.proxy.as_ref().and_then(|one| one.dial.as_ref())];
        let dials: Vec<&Dial> = dials.into_iter().flatten().collect();
        if host.is_connected() {
            let connected = dials.iter().filter(|dial| dial.end == DialEnd::Connected);
            let slow = connected.map(|dial| dial.milliseconds).min().is_some_and(|time| time > SLOW_CONNECTION);
            let warning = Finding::warn("slow").with("host", Value::host(&host.host));
            return Ok(if slow { warning } else { Finding::pass() });
        }
        if host.proxy.is_none() && view.may_use_unknown_proxy() {
            return Err(SkipReason::ProxyNotFollowed);
        }
        let answer = host.proxy.as_ref().and_then(|passage| passage.answer);
        let finding = match (answer, dials.first().map(|dial| &dial.end)) {
            (Some(ProxyAnswer::Status(407)), _) => return Err(SkipReason::ProxyNotFollowed),
            (Some(ProxyAnswer::Status(status)), _) => Finding::fail("proxy-refuses").with("code", status),
            (_, None) => return Err(SkipReason::NoHost),
            (_, Some(DialEnd::Refused)) => Finding::fail("refused"),
            (_, Some(DialEnd::Unreachable)) => Finding::fail("unreachable"),
            (_, Some(_)) => Finding::fail("timeout"),
        };
        Ok(finding.with("host", Value::host(&host.host)))
    })
}

fn handshake(view: &View<'_>) -> Judged {
    view.worst_host(|host| {
        let handshake = host.tls.as_ref().ok_or(SkipReason::NoHost)?;
        let finding = match &handshake.end {
            end if end.is_established() => return Ok(Finding::pass()),
            // what browsers may manage and this program does not
            HandshakeEnd::NoCommonSignature => return Ok(Finding::pass()),
            HandshakeEnd::NoCommonVersion => Finding::warn("old-version"),
            HandshakeEnd::NotTls => Finding::fail("not-tls"),
            end => Finding::fail("broken").with("code", Value::code(end.code())),
        };
        Ok(finding.with("host", Value::host(&host.host)))
    })
}

fn certificate_requested(view: &View<'_>) -> Judged {
    let certificate = if view.awaited.is_some() { None } else { Some(view.certificate()?) };
    let issuer = certificate.map_or("", |certificate| certificate.content.issuer.as_str());
    let without_pss = view.cpx_in_question().is_ok_and(|(_, generation)| generation == Generation::Cps3);
    view.worst_host(|host| {
        let handshake = host.tls.as_ref().ok_or(SkipReason::NoHost)?;
        // only this host is known to ask during the handshake
        let expected = host.portals.iter().any(|code| code == Portal::IgcSante.network_code());
        match &handshake.certificate_request {
            Some(request) if certificate.is_some() && request.accepts(issuer) == Some(false) => {
                Ok(Finding::fail("not-accepted")
                    .with("host", Value::host(&host.host))
                    .with("issuer", Value::code(issuer)))
            }
            Some(request) if without_pss && needs_pss(host, request) => {
                Ok(Finding::fail("needs-cps4").with("host", Value::host(&host.host)))
            }
            Some(_) => Ok(Finding::pass()),
            None if expected && handshake.end.is_established() => {
                Ok(Finding::warn("not-seen").with("host", Value::host(&host.host)))
            }
            None => Err(SkipReason::NotClientAuth),
        }
    })
}

/// Whether the host takes TLS 1.3 alone, and no signature but RSA-PSS.
fn needs_pss(host: &HostFacts, request: &CertificateRequest) -> bool {
    let is_13 = host.tls.as_ref().is_some_and(|tls| tls.version == Some(TlsVersion::Tls13));
    let without_12 = host.tls12_only.as_ref().is_some_and(|end| !end.is_established());
    is_13 && !request.takes_rsa_pkcs1() && without_12
}

/// Who stands between this workstation and the host, where the certificate that it shows says so.
pub(super) fn intercepted<'a>(view: &View<'a>, host: &'a HostFacts) -> Option<&'a str> {
    let handshake = host.tls.as_ref()?;
    let leaf = handshake.chain.first()?;
    let of_igc = matches!(handshake.igc_sante, Some(IgcPath::Signed | IgcPath::SignedByTest | IgcPath::Named));
    if of_igc || leaf.publicly_logged {
        return None;
    }
    let top = handshake.anchor.as_ref().map_or(leaf.issuer.as_str(), |anchor| anchor.name.as_str());
    let forged = handshake.igc_sante == Some(IgcPath::Forged);
    let mine = handshake.anchor.as_ref().map(|anchor| &anchor.key_sha256);
    let elsewhere = |other: &HostFacts| {
        let anchor = other.tls.as_ref().and_then(|tls| tls.anchor.as_ref()).map(|anchor| &anchor.key_sha256);
        let signer = other.tls.as_ref().and_then(|tls| tls.chain.first()).map(|leaf| leaf.issuer.as_str());
        mine.is_some() && anchor == mine || signer == Some(leaf.issuer.as_str())
    };
    let same_elsewhere = view.network().is_ok_and(|network| network.with(Purpose::Comparison).any(elsewhere));
    let private = !is_public(leaf.issuer_organisation.as_deref().unwrap_or(&leaf.issuer));
    let unknown = handshake.system_store == Some(ChainEnd::UnknownIssuer);
    let named = handshake.system_store == Some(ChainEnd::Valid);
    (forged || private && (same_elsewhere || unknown || named)).then_some(top)
}

fn is_public(organisation: &str) -> bool {
    Rules::get().names("public-issuer", organisation)
}

fn interception(view: &View<'_>) -> Judged {
    view.worst_host(|host| {
        let handshake = host.tls.as_ref().ok_or(SkipReason::NoHost)?;
        let leaf = handshake.chain.first().ok_or(SkipReason::NoHost)?;
        if let Some(issuer) = intercepted(view, host) {
            return Ok(Finding::fail("intercepted")
                .with("issuer", Value::code(issuer))
                .with("host", Value::host(&host.host)));
        }
        let of_igc = handshake.igc_sante == Some(IgcPath::Signed);
        let organisation = leaf.issuer_organisation.as_deref().unwrap_or(&leaf.issuer);
        let expected = of_igc || is_public(organisation);
        let warning = Finding::warn("unknown-authority")
            .with("issuer", Value::code(organisation))
            .with("host", Value::host(&host.host));
        Ok(if expected { Finding::pass() } else { warning })
    })
}

fn proxy(view: &View<'_>) -> Judged {
    let settings = seen(&view.facts.proxies)?;
    // those of another person are asked by nobody but that person
    if settings.system.unseen().is_some_and(|reason| reason.why == Unseen::NoRights) {
        return Err(SkipReason::Unseen(Unseen::NoRights));
    }
    let system = settings.system.seen().map_or(&[][..], Vec::as_slice);
    let mut sources = system.iter().chain([&settings.environment]);
    if let Some(setting) = sources.clone().find_map(|source| source.unreadable.first()) {
        return Ok(Finding::warn("unreadable").with("name", setting.as_str()));
    }
    let by_script = sources.clone().any(|source| source.script.is_some());
    let is_set = sources.any(|source| source.https.is_some() || source.http.is_some());
    if !by_script && !is_set {
        return Ok(Finding::pass());
    }
    let network = view.network()?;
    // a server that does not take the question for the head alone is there
    let answers = |host: &HostFacts| {
        matches!(host.http.as_ref().map(|http| http.end), Some(HttpEnd::Status(200..400 | 405 | 501)))
    };
    if network.with(Purpose::ProxyScript).any(|host| !answers(host)) {
        return Ok(Finding::fail("script-unreachable"));
    }
    let passages: Vec<_> = network.hosts.iter().filter_map(|host| host.proxy.as_ref()).collect();
    let nobody_connects = network.portals().next().is_some() && !network.portals().any(HostFacts::is_connected);
    if passages.is_empty() {
        return Ok(if by_script && nobody_connects { Finding::warn("script") } else { Finding::pass() });
    }
    Ok(passages.into_iter().map(through).reduce(Finding::or_graver).unwrap_or_else(Finding::pass))
}

fn through(passage: &ProxyPassage) -> Finding {
    let connected = passage.dial.as_ref().is_some_and(|dial| dial.end == DialEnd::Connected);
    match passage.answer {
        _ if !connected => Finding::fail("dead"),
        // a browser answers these without a word
        Some(ProxyAnswer::Status(407)) if passage.authentication.iter().any(|one| is_silent(one)) => Finding::pass(),
        Some(ProxyAnswer::Status(407)) => {
            Finding::fail("authentication").with("methods", Value::code(passage.authentication.join(", ")))
        }
        Some(ProxyAnswer::Status(_)) | None => Finding::pass(),
        Some(_) => Finding::fail("dead"),
    }
}

fn is_silent(method: &str) -> bool {
    let name = method.split_whitespace().next().unwrap_or_default();
    ["negotiate", "ntlm", "kerberos"].iter().any(|one| name.eq_ignore_ascii_case(one))
}

fn lists(view: &View<'_>) -> Judged {
    over_http(view, Purpose::RevocationList, |status| (200..300).contains(&status))
}

fn responder(view: &View<'_>) -> Judged {
    // asked without a question, it may well refuse: that it answers is enough
    over_http(view, Purpose::Responder, |status| status < 500 && status != 403 && status != 407)
}

fn over_http(view: &View<'_>, purpose: Purpose, is_fine: impl Fn(u16) -> bool) -> Judged {
    let judge = |host: &HostFacts| {
        let answer = host.http.as_ref();
        let fine = answer.is_some_and(|answer| matches!(answer.end, HttpEnd::Status(status) if is_fine(status)));
        let slow = answer.is_some_and(|answer| answer.milliseconds > SLOW_ANSWER);
        let finding = match (fine, slow) {
            (false, _) => Finding::fail("blocked"),
            (true, true) => Finding::warn("slow"),
            (true, false) => return Finding::pass(),
        };
        finding.with("host", Value::host(&host.host))
    };
    view.network()?.with(purpose).map(judge).reduce(Finding::or_graver).ok_or(SkipReason::NoHost)
}

fn clock(view: &View<'_>) -> Judged {
    if !view.facts.by_clock {
        return Err(SkipReason::NotNeeded);
    }
    if view.clock_is_behind() {
        return Ok(Finding::fail("before-this-program").with("date", view.facts.today));
    }
    let Some(skew) = view.network()?.clock_skew() else { return Err(SkipReason::NoHost) };
    let finding = match skew.unsigned_abs() {
        0..CLOCK_FINE => return Ok(Finding::pass()),
        CLOCK_FINE..=CLOCK_WRONG => Finding::warn("off"),
        _ => Finding::fail("wrong"),
    };
    let clock = if skew > 0 { "ahead" } else { "behind" };
    Ok(finding.with("minutes", Value::Minutes(skew.unsigned_abs() / 60)).with("clock", Value::code(clock)))
}

fn ipv6(view: &View<'_>) -> Judged {
    view.worst_host(|host| {
        let Some(dial) = &host.ipv6 else { return Err(SkipReason::NotNeeded) };
        let over_ipv4 = host.ipv4.as_ref().is_some_and(|dial| dial.end == DialEnd::Connected);
        Ok(match &dial.end {
            DialEnd::Connected => Finding::pass(),
            _ if !over_ipv4 => return Err(SkipReason::NoHost),
            DialEnd::TimedOut => Finding::fail("black-hole"),
            _ => Finding::warn("fails-fast"),
        })
    })
}

fn local_network(view: &View<'_>) -> Judged {
    let rules = Rules::get();
    let running = &seen(&view.facts.workstation.processes)?.card_users;
    let Some(program) = running.iter().find(|program| rules.has("local-program", &program.name)) else {
        return Err(SkipReason::NotNeeded);
    };
    let asks = |browser: &&Browser| {
        let first = rules.version("browser-asks-local-network", browser.kind.code());
        first.is_some_and(|first| browser.version.as_deref().and_then(Version::parse).is_some_and(|own| own >= first))
    };
    let any = view.installed_browsers()?.iter().any(asks);
    Ok(if any { Finding::warn("permission").with("name", program.name.as_str()) } else { Finding::pass() })
}
