//! Looks at every host of a plan at once, and is back in time.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Instant;

use super::chain::{Anchors, Trusted};
use super::deadline::{Deadline, milliseconds_since};
use super::facts::{HostFacts, NetworkFacts, Purpose};
use super::host::Look;
use super::plan::NetworkPlan;
use crate::limits;
use crate::workstation::system_store;

/// Looks at the hosts of a plan, all at once, for at most [`NETWORK_PATIENCE`](limits::NETWORK_PATIENCE).
///
/// Names are resolved, connections made, hands shaken over TLS up to where a client certificate would be sent, and the
/// head of one page asked for. No certificate, no name of the user, no card is involved.
///
/// ```no_run
/// use cpx_card::internal::workstation::network::{NetworkPlan, hosts_for, observe};
///
/// let facts = observe(NetworkPlan::new(hosts_for(&["igc"])));
/// for portal in facts.portals() {
///     println!("{}: {}", portal.host, portal.resolution.code());
/// }
/// ```
pub fn observe(plan: NetworkPlan) -> NetworkFacts {
    let begun = Instant::now();
    let (deadline, last_call) = (
        Deadline::within(limits::NETWORK_PATIENCE),
        Deadline::within(limits::NETWORK_PATIENCE + limits::NETWORK_GRACE),
    );
    let NetworkPlan { mut hosts, proxies, system_store, authorities, igc_sante } = plan;
    hosts.truncate(limits::NETWORK_HOSTS);
    let system = anchors(system_store);
    let mut facts = NetworkFacts::default();
    let (sender, receiver) = mpsc::channel();
    let shared = Arc::new((proxies, igc_sante.clone()));
    for (place, host) in hosts.into_iter().enumerate() {
        let mut seen = HostFacts::new(&host.host, host.port, host.purpose);
        seen.portals.clone_from(&host.portals);
        facts.hosts.push(seen.clone());
        let (sender, shared) = (sender.clone(), Arc::clone(&shared));
        // Where no thread can be had, the host stays unseen.
        let _ = thread::Builder::new().spawn(move || {
            let (proxies, igc_sante) = &*shared;
            let proxy = proxies.for_host(&host.host, host.purpose.is_tls());
            let proxy = proxy.filter(|_| host.purpose != Purpose::ProxyScript);
            let chain = Look { host: &host, proxy: proxy.as_ref(), igc_sante, deadline }.at(&mut seen);
            sender.send((place, seen, chain)).ok()
        });
    }
    drop(sender);
    let mut chains = Vec::new();
    while let Some((place, seen, chain)) = last_call.receive(&receiver) {
        if let Some(host) = facts.hosts.get_mut(place) {
            *host = seen;
            chains.push((place, chain));
        }
    }
    let trusted = Trusted { system: last_call.receive(&system).flatten(), authorities, igc_sante };
    for (place, chain) in chains {
        if let Some(HostFacts { host, tls: Some(handshake), .. }) = facts.hosts.get_mut(place) {
            trusted.weigh(&chain, host, handshake);
        }
    }
    facts.milliseconds = milliseconds_since(begun);
    facts
}

/// The system's authorities, read meanwhile; `None` when there are none to be had.
pub(super) fn anchors(given: Option<Vec<Vec<u8>>>) -> Receiver<Option<Anchors>> {
    let (sender, receiver) = mpsc::channel();
    let _ = thread::Builder::new().spawn(move || {
        let store = given.or_else(|| Some(system_store::collect().certificates).filter(|found| !found.is_empty()));
        sender.send(store.map(Anchors::new))
    });
    receiver
}
