//! What a flatpak may reach: its own metadata, and what administrator and user changed (`flatpak-metadata(5)`,
//! `flatpak-override(1)`).

use std::path::PathBuf;

use super::{ini, places::Places};
use crate::limits;
use crate::workstation::bounded_file::read;
use crate::workstation::facts::Confinement;

/// The folders of installed flatpaks: the system's and the user's.
pub(super) fn installations(places: &Places) -> [PathBuf; 2] {
    [places.root.join("var/lib/flatpak"), places.home.join(".local/share/flatpak")]
}

/// Whether this application may reach PC/SC: the last of metadata, overrides for all and overrides for it wins, those
/// of the user after those of the system.
pub(super) fn confinement(places: &Places, application: &str) -> Confinement {
    let installations = installations(places);
    let metadata = installations.iter().map(|base| base.join("app").join(application).join("current/active/metadata"));
    let overrides =
        installations.iter().flat_map(|base| ["global", application].map(|name| base.join("overrides").join(name)));
    let mut with_pcsc = false;
    for file in metadata.chain(overrides) {
        let bytes = read(&file, limits::CONFIG_BYTES).unwrap_or_default();
        let sockets = ini::value_in(&bytes, "Context", "sockets").unwrap_or_default();
        for socket in sockets.split(';').map(str::trim) {
            match socket {
                "pcsc" => with_pcsc = true,
                "!pcsc" => with_pcsc = false,
                _ => {}
            }
        }
    }
    if with_pcsc { Confinement::FlatpakWithPcsc } else { Confinement::Flatpak }
}
