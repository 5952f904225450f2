//! For which processors a program or a library is made, as its own header says: ELF (System V ABI), PE (Microsoft
//! PE/COFF), Mach-O and universal files (Apple's `mach/machine.h` and `mach-o/fat.h`).

use std::path::Path;

use super::facts::Architecture;
use super::{Observed, Reason, Unseen, bounded_file};
use crate::limits;

/// The architectures of the file at this path: one, or several for a universal file.
///
/// `Unseen(Malformed)` when it is no program file at all: a text, a pipe, a header that is cut short.
///
/// ```
/// use cpx_card::internal::workstation::{binary, facts::Architecture};
///
/// let program = std::env::current_exe()?;
/// assert!(binary::architectures(&program).seen().is_some_and(|all| all.contains(&Architecture::OURS)));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn architectures(path: &Path) -> Observed<Vec<Architecture>> {
    bounded_file::read_beginning(path, limits::BINARY_HEADER_BYTES).and_then(|bytes| architectures_of(&bytes)).into()
}

/// The architectures that the beginning of a file names, each once; 4 KiB are enough for every linker known.
///
/// # Errors
/// [`Unseen::Malformed`] when the bytes are not the beginning of an ELF, PE, Mach-O or universal file, or are too few.
pub fn architectures_of(bytes: &[u8]) -> Result<Vec<Architecture>, Reason> {
    let found = match bytes {
        [0x7F, b'E', b'L', b'F', ..] => elf(bytes).map(|architecture| vec![architecture]),
        [b'M', b'Z', ..] => pe(bytes).map(|architecture| vec![architecture]),
        [0xCA, 0xFE, 0xBA, 0xBE, ..] => universal(bytes, 20),
        [0xCA, 0xFE, 0xBA, 0xBF, ..] => universal(bytes, 32),
        [0xCE | 0xCF, 0xFA, 0xED, 0xFE, ..] => long(bytes, 4, u32::from_le_bytes).map(|cpu| vec![mach(cpu)]),
        [0xFE, 0xED, 0xFA, 0xCE | 0xCF, ..] => long(bytes, 4, u32::from_be_bytes).map(|cpu| vec![mach(cpu)]),
        _ => None,
    };
    found.ok_or_else(|| Unseen::Malformed.with("no ELF, PE or Mach-O header"))
}

/// `e_machine`, in the byte order that `EI_DATA` gives.
fn elf(bytes: &[u8]) -> Option<Architecture> {
    let machine = match bytes.get(5)? {
        1 => short(bytes, 18, u16::from_le_bytes)?,
        2 => short(bytes, 18, u16::from_be_bytes)?,
        _ => return None,
    };
    Some(match machine {
        3 => Architecture::X86,
        40 => Architecture::Arm,
        62 => Architecture::X86_64,
        183 => Architecture::Arm64,
        _ => Architecture::Other,
    })
}

/// `Machine` of the COFF header, which stands where the DOS header points.
fn pe(bytes: &[u8]) -> Option<Architecture> {
    let header = usize::try_from(long(bytes, 0x3C, u32::from_le_bytes)?).ok()?;
    if long(bytes, header, u32::from_be_bytes)? != 0x5045_0000 {
        return None;
    }
    short(bytes, header.checked_add(4)?, u16::from_le_bytes).map(of_windows)
}

/// What a machine number of Windows stands for, in a COFF header or in the answer of `IsWow64Process2`.
pub(super) const fn of_windows(machine: u16) -> Architecture {
    match machine {
        0x014C => Architecture::X86,
        0x01C0 | 0x01C4 => Architecture::Arm,
        0x8664 => Architecture::X86_64,
        0xAA64 => Architecture::Arm64,
        _ => Architecture::Other,
    }
}

/// The processors in the table of a universal file, of which each entry has `entry_bytes`. Java's classes begin with the
/// same four bytes, and then have a version where the number of entries stands: 45 and more.
fn universal(bytes: &[u8], entry_bytes: usize) -> Option<Vec<Architecture>> {
    let count = usize::try_from(long(bytes, 4, u32::from_be_bytes)?).ok()?;
    if count == 0 || count > limits::UNIVERSAL_ARCHITECTURES {
        return None;
    }
    let table = bytes.get(8..count.checked_mul(entry_bytes)?.checked_add(8)?)?;
    let mut found = Vec::new();
    for entry in table.chunks_exact(entry_bytes) {
        let architecture = mach(long(entry, 0, u32::from_be_bytes)?);
        if !found.contains(&architecture) {
            found.push(architecture);
        }
    }
    Some(found)
}

/// `cputype`: the family of the processor, and bit 24 for 64 bits.
const fn mach(cpu: u32) -> Architecture {
    match cpu {
        0x0000_0007 => Architecture::X86,
        0x0000_000C => Architecture::Arm,
        0x0100_0007 => Architecture::X86_64,
        0x0100_000C => Architecture::Arm64,
        _ => Architecture::Other,
    }
}

fn short(bytes: &[u8], at: usize, number: fn([u8; 2]) -> u16) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|chunk| number(*chunk))
}

fn long(bytes: &[u8], at: usize, number: fn([u8; 4]) -> u32) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|chunk| number(*chunk))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn universal_file(cpus: &[u32]) -> Vec<u8> {
        let mut bytes = vec![0xCA, 0xFE, 0xBA, 0xBE];
        bytes.extend(u32::try_from(cpus.len()).unwrap().to_be_bytes());
        for cpu in cpus {
            bytes.extend(cpu.to_be_bytes());
            bytes.extend([0; 16]);
        }
        bytes
    }

    fn pe_file(machine: u16) -> Vec<u8> {
        let mut bytes = vec![0; 0x80];
        bytes.splice(..2, *b"MZ");
        bytes.splice(0x3C..0x40, 0x80_u32.to_le_bytes());
        bytes.extend(b"PE\0\0");
        bytes.extend(machine.to_le_bytes());
        bytes
    }

    #[test]
    fn each_format_names_its_processors() {
        for (machine, expected) in [
            (0x014C, Architecture::X86),
            (0x8664, Architecture::X86_64),
            (0xAA64, Architecture::Arm64),
            (0x01C4, Architecture::Arm),
            (0x5032, Architecture::Other),
        ] {
            assert_eq!(architectures_of(&pe_file(machine)).unwrap(), [expected]);
        }
        let both = universal_file(&[0x0100_0007, 0x0100_000C, 0x0100_000C]);
        assert_eq!(architectures_of(&both).unwrap(), [Architecture::X86_64, Architecture::Arm64]);
        assert_eq!(architectures_of(b"\xCF\xFA\xED\xFE\x0C\0\0\x01").unwrap(), [Architecture::Arm64]);
        let elf = b"\x7FELF\x01\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x03\0";
        assert_eq!(architectures_of(elf).unwrap(), [Architecture::X86]);
    }

    #[test]
    fn what_is_no_program_is_malformed() {
        let mut astray = pe_file(0x8664);
        astray.splice(0x3C..0x40, u32::MAX.to_le_bytes());
        let java = [0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 52];
        for bytes in
            [&b""[..], b"MZ", b"\x7FELF", b"#!/bin/sh\n", b"not a library", &java, &pe_file(0)[..0x83], &astray]
        {
            assert_eq!(architectures_of(bytes).unwrap_err().why, Unseen::Malformed);
        }
    }

    #[test]
    fn libraries_made_by_others_are_read() {
        // What the compilers and packages of this machine made, where they are installed.
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(architectures(folder).unseen().unwrap().why, Unseen::Malformed);
        for (path, expected) in [
            ("/usr/lib/x86_64-linux-gnu/pkcs11/opensc-pkcs11.so", Architecture::X86_64),
            ("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/kernel32.dll", Architecture::X86_64),
            ("/usr/lib/i386-linux-gnu/wine/i386-windows/kernel32.dll", Architecture::X86),
        ] {
            if Path::new(path).exists() {
                assert_eq!(architectures(Path::new(path)), Observed::Seen(vec![expected]), "{path}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_header_is_too_strange(magic in 0..6_usize, bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let magics: [&[u8]; 6] =
                [b"", b"MZ", b"\x7FELF", b"\xCA\xFE\xBA\xBE\0\0\0", b"\xCA\xFE\xBA\xBF\0\0\0", b"\xCF\xFA\xED\xFE"];
            let _ = architectures_of(&[magics[magic], &bytes].concat());
        }
    }
}
