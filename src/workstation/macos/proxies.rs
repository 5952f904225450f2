//! The proxies that macOS sets (`SystemConfiguration`), as `scutil --proxy` prints them.

use crate::limits;
use crate::workstation::network::{ProxyAddress, ProxyOrigin, ProxySource, bounded, without_user};
use crate::workstation::{Machine, Observed, Reason, Unseen};

const SCUTIL: [&str; 1] = ["/usr/sbin/scutil"];

/// The settings of the network that this Mac uses now.
pub fn collect(machine: &Machine) -> Observed<Vec<ProxySource>> {
    asked(machine).map(|source| vec![source]).into()
}

fn asked(machine: &Machine) -> Result<ProxySource, Reason> {
    let said = machine.run(&SCUTIL, &["--proxy"])?;
    if !said.success {
        return Err(Unseen::Failed.with("scutil"));
    }
    let said = said.text();
    // without any proxy it prints an empty dictionary
    if said.contains("<dictionary>") { Ok(source(&said)) } else { Err(Unseen::Malformed.with("scutil")) }
}

/// What the lines `  HTTPSProxy : proxy.example` say; those of a list of exceptions have numbers for names.
fn source(said: &str) -> ProxySource {
    let lines = || said.lines().filter_map(|line| line.trim().split_once(" : "));
    let value = |key: &str| lines().find(|(name, _)| *name == key).map(|(_, value)| value.trim());
    let is_on = |key: &str| value(key) == Some("1");
    let mut source = ProxySource::new(ProxyOrigin::Macos);
    let mut proxy = |kind: &str| {
        if !is_on(&format!("{kind}Enable")) {
            return None;
        }
        let (host, port) = (value(&format!("{kind}Proxy"))?, value(&format!("{kind}Port"))?);
        let address = ProxyAddress::parse(&format!("{host}:{port}"));
        if address.is_none() {
            source.unreadable.push(format!("{kind}Proxy"));
        }
        address
    };
    let (http, https) = (proxy("HTTP"), proxy("HTTPS"));
    let socks = proxy("SOCKS").map(|address| ProxyAddress { scheme: "socks".to_owned(), ..address });
    source.http = http.or_else(|| socks.clone());
    source.https = https.or(socks);
    let is_exception = |(name, _): &(&str, &str)| name.bytes().all(|byte| byte.is_ascii_digit());
    let exceptions = lines().filter(is_exception).map(|(_, value)| bounded(value.trim()));
    source.bypass = exceptions.take(limits::PROXY_BYPASSES).collect();
    if is_on("ExcludeSimpleHostnames") {
        source.bypass.push("<local>".to_owned());
    }
    let script = value("ProxyAutoConfigURLString").filter(|_| is_on("ProxyAutoConfigEnable"));
    source.script = script.map(|address| bounded(&without_user(address)));
    source.auto_detect = is_on("ProxyAutoDiscoveryEnable");
    source
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANUAL: &str = "<dictionary> {\n  ExceptionsList : <array> {\n    0 : *.local\n    1 : 169.254/16\n  }\n  \
        ExcludeSimpleHostnames : 1\n  FTPPassive : 1\n  HTTPEnable : 0\n  HTTPSEnable : 1\n  HTTPSPort : 3128\n  \
        HTTPSProxy : proxy.example\n  HTTPPort : 80\n  HTTPProxy : ancien.example\n}\n";

    #[test]
    fn what_scutil_prints_is_read() {
        let manual = source(MANUAL);
        let https = manual.https.unwrap();
        assert_eq!((https.host.as_str(), https.port), ("proxy.example", 3128));
        assert_eq!((manual.http, manual.script, manual.auto_detect), (None, None, false), "what is off is not used");
        assert_eq!(manual.bypass, ["*.local", "169.254/16", "<local>"]);
        let script = source(
            "<dictionary> {\n  ProxyAutoConfigEnable : 1\n  ProxyAutoConfigURLString : http://u:p@pac.example/p.pac\n  \
             ProxyAutoDiscoveryEnable : 1\n}\n",
        );
        assert_eq!((script.script.as_deref(), script.auto_detect), (Some("http://pac.example/p.pac"), true));
        let off = source("<dictionary> {\n  ProxyAutoConfigEnable : 0\n  ProxyAutoConfigURLString : http://x/p.pac\n}");
        assert_eq!(off, ProxySource::new(ProxyOrigin::Macos));
        let odd = source("<dictionary> {\n HTTPSEnable : 1\n HTTPSProxy : a b\n HTTPSPort : x\n}");
        assert_eq!((odd.https, odd.unreadable.as_slice()), (None, &["HTTPSProxy".to_owned()][..]));
    }
}
