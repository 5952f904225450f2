//! macOS, as its files and its tools show it: one collector per subject.
//!
//! Each takes the [`Machine`] to look at, and reads what the tools say by pure functions, which are
//! tested on any Unix. Every one but [`galss`] starts children.

mod cards;
mod cryptolib;
mod processes;
mod proxies;
mod session;
mod system;
mod usb;

pub use cards::collect as cards;
pub use cryptolib::collect as cryptolib;
pub use processes::collect as processes;
pub use proxies::collect as proxies;
pub use session::collect as session;
pub use system::collect as system;
pub use usb::collect as usb_readers;

use super::facts::GalssConfig;
use super::{Machine, Observed, galss as galss_file};

/// GALSS on this Mac.
pub fn galss(machine: &Machine) -> Observed<Option<GalssConfig>> {
    galss_file::collect(machine, &["/Library/Preferences/galss.ini"])
}

/// What `sysctl` says of a name, in `name: value` lines.
fn sysctl_value<'a>(said: &'a str, name: &str) -> Option<&'a str> {
    said.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim)
}

const SYSCTL: [&str; 1] = ["/usr/sbin/sysctl"];
const IOREG: [&str; 1] = ["/usr/sbin/ioreg"];
