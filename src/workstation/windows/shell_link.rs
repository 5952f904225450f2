//! What a link of Windows (`.lnk`) leads to: as far as is needed to tell one that leads nowhere.
//!
//! Source: Microsoft, [MS-SHLLINK] sections 2.1 to 2.3. The file is untrusted: every offset is checked.

use std::path::PathBuf;

/// Bytes of a link that are read.
#[cfg(windows)]
pub(super) const BYTES: usize = 64 * 1024;

/// The size of the header, which is the file's first number, and the class identifier behind it.
const HEADER: usize = 0x4C;
const CLASS: [u8; 16] = [0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];

/// Flags of the header: a list of items follows; a place in the file system follows it.
const HAS_ITEMS: u32 = 1;
const HAS_PLACE: u32 = 2;
/// Flag of the place: it is on a drive of the machine.
const IS_LOCAL: u32 = 1;

/// The file on a drive of the machine that the link names; `None` where it names none in this way (an advertised link of an
/// installer, a place on the network) or is no link.
pub(super) fn target(link: &[u8]) -> Option<PathBuf> {
    if number(link, 0)? as usize != HEADER || link.get(4..20)? != CLASS {
        return None;
    }
    let flags = number(link, 20)?;
    if flags & HAS_PLACE == 0 {
        return None;
    }
    let mut at = HEADER;
    if flags & HAS_ITEMS != 0 {
        let length = u16::from_le_bytes(link.get(at..at.checked_add(2)?)?.try_into().ok()?);
        at = at.checked_add(2)?.checked_add(length.into())?;
    }
    let place = link.get(at..at.checked_add(number(link, at)? as usize)?)?;
    if number(place, 8)? & IS_LOCAL == 0 {
        return None;
    }
    let text = |offset: u32| {
        let bytes = place.get(offset as usize..).filter(|_| offset != 0)?;
        bytes.split(|byte| *byte == 0).next().map(code_page_1252)
    };
    // the rest of a path that only its second text completes is rare; it is joined as it stands
    let path = format!("{}{}", text(number(place, 16)?)?, text(number(place, 24)?).unwrap_or_default());
    (!path.is_empty()).then(|| PathBuf::from(path))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

/// The paths of the Cryptolib are ASCII; letters beyond it are read as those of a French Windows.
fn code_page_1252(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A link as the shell writes it: header, a list of items, a place on drive C.
    fn link(path: &str, flags: u32, place_flags: u32) -> Vec<u8> {
        let mut bytes = vec![0; HEADER];
        bytes[..4].copy_from_slice(&0x4C_u32.to_le_bytes());
        bytes[4..20].copy_from_slice(&CLASS);
        bytes[20..24].copy_from_slice(&flags.to_le_bytes());
        if flags & HAS_ITEMS != 0 {
            bytes.extend([4, 0, 0xAA, 0xAA, 0, 0]);
        }
        let size = u32::try_from(28 + path.len() + 2).unwrap();
        for part in [size, 28, place_flags, 0, 28, 0, size - 1] {
            bytes.extend(part.to_le_bytes());
        }
        bytes.extend(path.bytes().chain([0, 0]));
        bytes
    }

    #[test]
    fn the_target_of_a_link_is_read() {
        let path = r"C:\Program Files\santesocial\CPS\CCM.exe";
        for flags in [HAS_PLACE, HAS_PLACE | HAS_ITEMS] {
            assert_eq!(target(&link(path, flags, IS_LOCAL)), Some(PathBuf::from(path)));
        }
        assert_eq!(target(&link(path, HAS_ITEMS, IS_LOCAL)), None, "an advertised link names no place");
        assert_eq!(target(&link(path, HAS_PLACE, 2)), None, "a place on the network");
    }

    #[test]
    fn what_is_cut_or_lies_is_no_link() {
        let whole = link(r"C:\x.exe", HAS_PLACE | HAS_ITEMS, IS_LOCAL);
        for length in 0..whole.len() - 10 {
            assert_eq!(target(&whole[..length]), None, "cut at {length}");
        }
        for at in 0..whole.len() {
            let mut broken = whole.clone();
            broken[at] = 0xFF;
            let _ = target(&broken);
        }
    }
}
