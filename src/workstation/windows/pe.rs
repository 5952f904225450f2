//! The header of a Windows program or library: for which architecture it is.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::system::architecture;
use crate::workstation::facts::Architecture;

/// The architecture that the header of this file tells; `None` where it has none.
///
/// # Errors
/// Those of reading the file.
pub(super) fn architecture_of(path: &Path) -> io::Result<Option<Architecture>> {
    let mut file = File::open(path)?;
    let mut start = [0; 64];
    if file.read_exact(&mut start).is_err() || !start.starts_with(b"MZ") {
        return Ok(None);
    }
    let [.., a, b, c, d] = start;
    file.seek(SeekFrom::Start(u32::from_le_bytes([a, b, c, d]).into()))?;
    let mut header = [0; 6];
    if file.read_exact(&mut header).is_err() {
        return Ok(None);
    }
    let [b'P', b'E', 0, 0, low, high] = header else { return Ok(None) };
    Ok(Some(architecture(u16::from_le_bytes([low, high]))))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn header(offset: u32, machine: u16) -> Vec<u8> {
        let mut bytes = vec![0; 64];
        bytes[..2].copy_from_slice(b"MZ");
        bytes[60..].copy_from_slice(&offset.to_le_bytes());
        bytes.extend([b'P', b'E', 0, 0]);
        bytes.extend(machine.to_le_bytes());
        bytes
    }

    #[test]
    fn the_header_tells_the_architecture_and_hostile_ones_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let of = |bytes: &[u8]| {
            let path = folder.path().join("module.dll");
            fs::write(&path, bytes).unwrap();
            architecture_of(&path).unwrap()
        };
        assert_eq!(of(&header(64, 0x8664)), Some(Architecture::X86_64));
        assert_eq!(of(&header(64, 0x014C)), Some(Architecture::X86));
        assert_eq!(of(&header(64, 0xAA64)), Some(Architecture::Arm64));
        assert_eq!(of(&header(64, 0x1234)), Some(Architecture::Other));
        for hostile in
            [&header(u32::MAX, 0x8664)[..], &header(63, 0x8664), &header(64, 0x8664)[..69], b"MZ", b"\x7fELF"]
        {
            assert_eq!(of(hostile), None);
        }
        assert!(architecture_of(&folder.path().join("absent.dll")).is_err());
    }
}
