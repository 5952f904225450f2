//! What is looked at: which hosts, through which proxies, with which authorities.

use std::net::IpAddr;

use super::facts::Purpose;
use super::proxy_settings::{Proxies, ProxyAddress};
use crate::certificate::{AuthorityTable, Certificate};

const HOSTS: &str = include_str!("hosts.csv");

/// What to observe of the network.
#[derive(Clone)]
#[non_exhaustive]
pub struct NetworkPlan {
    /// The hosts, all at once, at most [`NETWORK_HOSTS`](crate::limits::NETWORK_HOSTS).
    pub hosts: Vec<HostPlan>,
    /// The proxies that they are reached through.
    pub proxies: Proxies,
    /// The authorities that count as this system's, DER each; `None`: read its store.
    pub system_store: Option<Vec<Vec<u8>>>,
    /// Certificates of authorities found on this workstation, for what a server forgets to send in a chain of IGC-Santé.
    pub authorities: Vec<Certificate>,
    /// The authorities that count as those of IGC-Santé: others only in tests.
    pub igc_sante: AuthorityTable,
}

impl NetworkPlan {
    /// These hosts, through the proxies of the environment, with the store of this system and the table of IGC-Santé.
    pub fn new(hosts: Vec<HostPlan>) -> Self {
        Self {
            hosts,
            proxies: Proxies::from_environment(),
            system_store: None,
            authorities: Vec::new(),
            igc_sante: AuthorityTable::igc_sante().clone(),
        }
    }
}

/// One host to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HostPlan {
    /// Its name, or an address.
    pub host: String,
    /// The TCP port.
    pub port: u16,
    /// What it is asked for.
    pub purpose: Purpose,
    /// What the HEAD request names, from the slash on.
    pub path: String,
    /// The portals that need it, as in [`HostFacts::portals`](super::super::HostFacts::portals).
    pub portals: Vec<String>,
    /// Addresses to take instead of asking for those of the name: for tests.
    pub addresses: Option<Vec<IpAddr>>,
}

impl HostPlan {
    /// This host, whose start page is asked for.
    pub fn new(host: &str, port: u16, purpose: Purpose) -> Self {
        Self { host: host.to_owned(), port, purpose, path: "/".to_owned(), portals: Vec::new(), addresses: None }
    }
}

impl HostPlan {
    /// The host that serves the script of a [`ProxySource`](super::super::ProxySource::script); `None` when its address is not one
    /// of plain HTTP.
    ///
    /// ```
    /// use cpx_card::internal::workstation::network::HostPlan;
    ///
    /// let script = HostPlan::script("http://wpad.example:8080/wpad.dat").unwrap();
    /// assert_eq!((script.host.as_str(), script.port, script.path.as_str()), ("wpad.example", 8080, "/wpad.dat"));
    /// assert!(HostPlan::script("file:///c:/proxy.pac").is_none());
    /// ```
    pub fn script(address: &str) -> Option<Self> {
        let scheme = address.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("http://"))?;
        let rest = address.get(scheme.len()..)?;
        let (_, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        // What stands between the slashes of a proxy's address stands between those of any.
        let place = ProxyAddress::parse(address)?;
        let is_path = !path.is_empty() && path.bytes().all(|byte| byte.is_ascii_graphic());
        let mut host = Self::new(&place.host, place.port, Purpose::ProxyScript);
        if is_path {
            path.clone_into(&mut host.path);
        }
        Some(host)
    }
}

/// The hosts of these portals (`igc`, `rpps`, `tom`, `tops`, `psc`, `ecps`), with those that all need. Each host says which
/// of the portals asked for need it. A portal whose host nobody proved (TOPS) has none.
///
/// ```
/// use cpx_card::internal::workstation::network::{Purpose, hosts_for};
///
/// let hosts = hosts_for(&["igc", "tops"]);
/// let portals: Vec<_> = hosts.iter().filter(|host| host.purpose == Purpose::Portal).collect();
/// assert_eq!(portals.len(), 1);
/// assert_eq!(portals[0].host, "pfc.eservices.esante.gouv.fr");
/// assert!(hosts.iter().any(|host| host.purpose == Purpose::RevocationList && host.port == 80));
/// ```
pub fn hosts_for(portals: &[&str]) -> Vec<HostPlan> {
    let hosts = rows().filter_map(|row| {
        let purpose = match row.get(2)? {
            "portal" => Purpose::Portal,
            "revocation-list" => Purpose::RevocationList,
            "responder" => Purpose::Responder,
            "comparison" => Purpose::Comparison,
            _ => return None,
        };
        let needed = row.get(4)?.split_whitespace().filter(|portal| portals.contains(portal)).map(str::to_owned);
        let mut host = HostPlan::new(row.get(0)?, row.get(1)?.parse().ok()?, purpose);
        row.get(3)?.clone_into(&mut host.path);
        host.portals = needed.collect();
        Some(host)
    });
    hosts.filter(|host| host.purpose != Purpose::Portal || !host.portals.is_empty()).collect()
}

/// The host that asks for the card of whoever signs in to this portal; `None` where nobody has said which it is: that of IGC-Santé
/// is inferred, that of every other portal unknown.
///
/// ```
/// use cpx_card::internal::workstation::network::sign_in_host;
///
/// assert_eq!(sign_in_host("igc").unwrap().host, "pfc.eservices.esante.gouv.fr");
/// assert!(sign_in_host("tom").is_none());
/// ```
pub fn sign_in_host(portal: &str) -> Option<HostPlan> {
    let asks = |row: &csv::StringRecord| row.get(5).is_some_and(|all| all.split_whitespace().any(|one| one == portal));
    let row = rows().find(asks)?;
    Some(HostPlan::new(row.get(0)?, row.get(1)?.parse().ok()?, Purpose::Portal))
}

/// The rows of the table.
fn rows() -> impl Iterator<Item = csv::StringRecord> {
    // The file is part of the program: a test holds that no row is lost here.
    csv::Reader::from_reader(HOSTS.as_bytes()).into_records().filter_map(Result::ok)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;

    const PORTALS: [&str; 6] = ["igc", "rpps", "tom", "tops", "psc", "ecps"];

    #[test]
    fn every_row_of_the_table_is_a_host() {
        let rows: Vec<_> = HOSTS.lines().skip(1).collect();
        let hosts = hosts_for(&PORTALS);
        assert_eq!(hosts.len(), rows.len());
        assert!(hosts.len() <= limits::NETWORK_HOSTS);
        for (host, row) in hosts.iter().zip(rows) {
            assert!(row.starts_with(&format!("{},{},{},{}", host.host, host.port, host.purpose.code(), host.path)));
            assert_eq!(host.purpose.is_tls(), host.port == 443, "{row}");
            assert!(host.path.starts_with('/'));
            let named = row.split(',').nth(4).unwrap();
            assert_eq!(host.portals.join(" "), named, "every portal named is one of the six");
        }
    }

    #[test]
    fn a_portal_brings_its_hosts_and_what_all_need() {
        let of = |portals: &[&str]| {
            let hosts = hosts_for(portals);
            hosts.into_iter().map(|host| (host.host, host.portals.join(" "))).collect::<Vec<_>>()
        };
        let common = of(&[]);
        assert_eq!(common.len(), 3);
        assert_eq!(of(&["tops"]), common);
        let two = of(&["psc", "rpps"]);
        assert_eq!(
            two[..2].to_vec(),
            [
                ("wallet.esw.esante.gouv.fr".to_owned(), "psc rpps".to_owned()),
                ("esante.gouv.fr".to_owned(), "rpps".to_owned())
            ]
        );
        assert_eq!(two[2..], common);
    }
}
