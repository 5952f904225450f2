//! Other settings of a workstation: GALSS, proxies, paths, personalities of virtual cards.

use std::path::Path;

use cpx_card::internal::limits;
use cpx_card::internal::workstation::bounded_file::text_of;
use cpx_card::internal::workstation::galss;
use cpx_card::internal::workstation::network::{HostPlan, Proxies, Proxy, ProxyAddress};
use cpx_card::internal::workstation::shown_path_in;
use cpx_simulator::Personality;

/// Bounded lists, no name of a user, no password.
pub fn settings(data: &[u8]) {
    if let Ok(channels) = galss::channels(data) {
        assert!(!channels.is_empty() && channels.len() <= limits::GALSS_CHANNELS);
    }
    let text = text_of(data);
    for line in text.lines().take(8) {
        if let Some(address) = ProxyAddress::parse(line) {
            assert!(!address.host.is_empty() && address.host.len() <= limits::NETWORK_TEXT);
            assert!(Proxy::parse(line).is_some());
        }
        if let Some(plan) = HostPlan::script(line) {
            assert!(!plan.host.is_empty());
        }
    }
    let set = |name: &str| {
        let place = ["https_proxy", "http_proxy", "no_proxy"].iter().position(|known| *known == name)?;
        text.lines().nth(place).map(Into::into)
    };
    let proxies = Proxies::from_variables(set);
    assert!(proxies.source().bypass.len() <= limits::PROXY_BYPASSES);
    for host in ["pfc.eservices.esante.gouv.fr", "127.0.0.1", "::1", text.lines().next().unwrap_or_default()] {
        let _ = (proxies.for_host(host, true), proxies.for_host(host, false));
    }
    let home = Path::new("/home/marie");
    let shown = shown_path_in(&home.join(text.trim_start_matches('/')), Some(home));
    assert!(shown.starts_with('~'), "{shown}");
    if let Ok(personality) = Personality::parse("fuzz", &text) {
        let _ = (personality.atr(), personality.chip());
    }
}
