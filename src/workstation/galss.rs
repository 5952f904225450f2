//! `galss.ini`: which readers GALSS, the way of billing software, expects. Portals do not use it.

use super::facts::{GalssChannel, GalssConfig};
use super::{Machine, Observed, Reason, Unseen, bounded_file};
use crate::limits;

/// The configuration of GALSS in the first of these files that is there; `None` where none is.
pub fn collect(machine: &Machine, places: &[&str]) -> Observed<Option<GalssConfig>> {
    let Some(place) = places.iter().map(|place| machine.path(place)).find(|place| place.exists()) else {
        return Observed::Seen(None);
    };
    let channels = bounded_file::read(&place, limits::SETTINGS_BYTES).and_then(|bytes| channels(&bytes)).into();
    Observed::Seen(Some(GalssConfig { path: machine.shown(&place), channels }))
}

/// The channels in the bytes of a `galss.ini`, in the order of the file.
///
/// A section `[CANALn]` is a channel (`[CANALn.PADn]` and what is below it are not); its `Caracteristiques` are the name
/// of a PC/SC reader, or the settings of a serial line: `9600,1,8,0,0`. Lines may end in any way: one of the known faults
/// is a file in which nothing but a lone CR ends them. Bytes beyond ASCII are read as Latin-1.
///
/// ```
/// use cpx_card::internal::workstation::galss::channels;
///
/// let found = channels(b"[CANAL1]\rCaracteristiques=PSS Reader on USB 0\r[CANAL2]\rCaracteristiques=9600,1,8,0,0\r")?;
/// assert_eq!(found.iter().map(|channel| channel.serial).collect::<Vec<_>>(), [false, true]);
/// assert_eq!(found[0].reader, "PSS Reader on USB 0");
/// # Ok::<(), cpx_card::internal::workstation::Reason>(())
/// ```
///
/// # Errors
/// [`Unseen::Malformed`] when no section is a channel; [`Unseen::TooLarge`] above [`GALSS_CHANNELS`](limits::GALSS_CHANNELS).
pub fn channels(bytes: &[u8]) -> Result<Vec<GalssChannel>, Reason> {
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let mut found: Vec<GalssChannel> = Vec::new();
    let mut is_in_channel = false;
    for line in text.trim_start_matches("\u{EF}\u{BB}\u{BF}").split(['\r', '\n']).map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            is_in_channel = is_channel(section.trim_end_matches(']').trim());
            if is_in_channel {
                found.push(GalssChannel::default());
            }
        } else if let (true, Some((key, value)), Some(channel)) =
            (is_in_channel, line.split_once('='), found.last_mut())
            && key.trim().eq_ignore_ascii_case("Caracteristiques")
        {
            let value = value.trim().trim_matches('"').trim();
            channel.serial = is_serial_line(value);
            value.clone_into(&mut channel.reader);
        }
        if found.len() > limits::GALSS_CHANNELS {
            return Err(Unseen::TooLarge.with(format!("more than {} channels", limits::GALSS_CHANNELS)));
        }
    }
    if found.is_empty() { Err(Unseen::Malformed.with("no channel")) } else { Ok(found) }
}

/// `CANAL` and a number.
fn is_channel(section: &str) -> bool {
    let (name, number) = section.split_at_checked(5).unwrap_or_default();
    name.eq_ignore_ascii_case("canal") && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Speed and further numbers.
fn is_serial_line(value: &str) -> bool {
    value.contains(',') && value.split(',').all(|part| part.trim().parse::<u32>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As makers of readers publish it for a serial line, with a PC/SC channel behind it.
    const LINES: [&str; 24] = [
        "[PROTOCOLE0]",
        "Config=1000,1,15000",
        "NomLib=PSSINW32.DLL",
        "[CONFIG]",
        "NbCanaux=2",
        "[CANAL1]",
        "TCanal=1",
        "; Numero du port COM",
        "Index=8",
        "Protocole=0",
        "Caracteristiques=9600,1,8,0,0",
        "NbPAD=1",
        "[CANAL1.PAD1]",
        "PAD=2",
        "NbLAD=1",
        "[CANAL1.PAD1.LAD1]",
        "LAD=1",
        "NomLAD=CPS",
        "[canal2]",
        "TCanal=3",
        "Index=1",
        "caracteristiques = Ingenico TL TELIUM(1)",
        "[CANAL2.PAD1]",
        "Caracteristiques=not of the channel",
    ];

    #[test]
    fn every_ending_of_lines_gives_the_same_channels() {
        for ending in ["\n", "\r\n", "\r", "\n\r"] {
            let found = channels(LINES.join(ending).as_bytes()).unwrap();
            let told: Vec<_> = found.iter().map(|channel| (channel.reader.as_str(), channel.serial)).collect();
            assert_eq!(told, [("9600,1,8,0,0", true), ("Ingenico TL TELIUM(1)", false)], "{ending:?}");
        }
    }

    #[test]
    fn what_has_no_channel_is_malformed() {
        for bytes in [&b""[..], b"\xFF\xFE\0\0", b"[PAD1]\nNom=x", b"Caracteristiques=x", b"[CANAL]\n", b"[canal\xE9]"]
        {
            assert_eq!(channels(bytes).unwrap_err().why, Unseen::Malformed);
        }
        assert_eq!(channels(&b"[CANAL1]\n".repeat(65)).unwrap_err().why, Unseen::TooLarge);
    }

    #[test]
    fn names_may_have_any_byte() {
        let found = channels(b"[CANAL1]\r\nCaracteristiques=Lecteur d'\xE9tage, COM 1\r\n").unwrap();
        assert_eq!((found[0].reader.as_str(), found[0].serial), ("Lecteur d'étage, COM 1", false));
    }

    #[test]
    fn a_file_that_is_no_file_is_there_but_cannot_be_told() {
        let folder = tempfile::tempdir().unwrap();
        let machine = Machine::below(folder.path());
        assert_eq!(collect(&machine, &["/galss.ini"]), Observed::Seen(None));
        std::fs::create_dir(folder.path().join("galss.ini")).unwrap();
        let Observed::Seen(Some(config)) = collect(&machine, &["/galss.ini"]) else { panic!("not seen") };
        assert_eq!(config.channels.unseen().map(|reason| reason.why), Some(Unseen::Malformed));
    }
}
