//! The programs that are connected to the PC/SC service, as the kernel tells (`sock_diag(7)`): the service itself tells
//! nobody who its clients are.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;

use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, netlink, recv, sendto, socket_with, sockopt,
};

use crate::limits;
use crate::workstation::bounded_file;

/// The end of the path of the service's socket.
const SERVICE: &[u8] = b"pcscd.comm";

/// What a dump of Unix sockets is asked with, and answered (`linux/netlink.h`, `linux/sock_diag.h`, `linux/unix_diag.h`).
mod diag {
    pub(super) const BY_FAMILY: u16 = 20;
    pub(super) const REQUEST_AND_DUMP: u16 = 0x301;
    pub(super) const UNIX: u8 = 1;
    pub(super) const CONNECTED: u32 = 1 << 1;
    pub(super) const NAME_AND_PEER: u32 = 1 | 4;
    pub(super) const NAME: u16 = 0;
    pub(super) const PEER: u16 = 2;
    pub(super) const HEADER: usize = 16;
    pub(super) const SOCKET: usize = 16;
    pub(super) const ATTRIBUTE: usize = 4;
}

/// The names of the files of the programs that are connected to the service, sorted, each once, without this one; those of
/// other users to root only. None where the kernel does not tell.
pub(super) fn names(proc: &Path) -> Vec<String> {
    let sockets = ask().unwrap_or_default();
    if sockets.is_empty() {
        return Vec::new();
    }
    let Ok(entries) = std::fs::read_dir(proc) else { return Vec::new() };
    let own = std::process::id().to_string();
    let mut names = BTreeSet::new();
    for entry in entries.take(limits::PROCESS_ENTRIES).flatten() {
        let number = entry.file_name();
        let is_other = number.as_encoded_bytes().iter().all(u8::is_ascii_digit) && number != OsStr::new(&own);
        if is_other && names.len() < limits::PCSC_CLIENTS && holds_one(&entry.path(), &sockets) {
            names.extend(name(&entry.path()));
        }
    }
    names.into_iter().collect()
}

/// The numbers of the clients' ends of the connections to the service.
fn ask() -> rustix::io::Result<BTreeSet<u32>> {
    let asking = socket_with(AddressFamily::NETLINK, SocketType::RAW, SocketFlags::CLOEXEC, Some(netlink::SOCK_DIAG))?;
    sockopt::set_socket_timeout(&asking, sockopt::Timeout::Recv, Some(limits::KERNEL_PATIENCE))?;
    sendto(&asking, &question(), SendFlags::empty(), &netlink::SocketAddrNetlink::new(0, 0))?;
    let mut peers = BTreeSet::new();
    let mut buffer = vec![0; limits::KERNEL_ANSWER_BYTES];
    for _ in 0..limits::KERNEL_ANSWERS {
        let (length, _) = recv(&asking, &mut buffer[..], RecvFlags::empty())?;
        if !take_peers(buffer.get(..length).unwrap_or_default(), &mut peers) {
            break;
        }
    }
    Ok(peers)
}

/// All connected Unix sockets, with their names and the numbers of their other ends.
fn question() -> Vec<u8> {
    let mut question = Vec::new();
    question.extend_from_slice(&40_u32.to_ne_bytes());
    question.extend_from_slice(&diag::BY_FAMILY.to_ne_bytes());
    question.extend_from_slice(&diag::REQUEST_AND_DUMP.to_ne_bytes());
    question.extend_from_slice(&[0; 8]);
    question.extend_from_slice(&[diag::UNIX, 0, 0, 0]);
    question.extend_from_slice(&diag::CONNECTED.to_ne_bytes());
    question.extend_from_slice(&0_u32.to_ne_bytes());
    question.extend_from_slice(&diag::NAME_AND_PEER.to_ne_bytes());
    question.extend_from_slice(&[0; 8]);
    question
}

/// Takes the other ends of the service's sockets out of a part of the answer; whether another part follows.
fn take_peers(mut answer: &[u8], peers: &mut BTreeSet<u32>) -> bool {
    while let Some((kind, message)) = next(&mut answer, diag::HEADER, |head| {
        Some((number(head, 0)? as usize, u16::from_ne_bytes(*head.get(4..)?.first_chunk()?)))
    }) {
        if kind != diag::BY_FAMILY {
            return false;
        }
        let mut attributes = message.get(diag::SOCKET..).unwrap_or_default();
        let (mut is_service, mut peer) = (false, None);
        while let Some((kind, value)) = next(&mut attributes, diag::ATTRIBUTE, |head| {
            let length = u16::from_ne_bytes(*head.first_chunk()?);
            Some((length.into(), u16::from_ne_bytes(*head.get(2..)?.first_chunk()?)))
        }) {
            match kind {
                diag::NAME => is_service = value.strip_suffix(b"\0").unwrap_or(value).ends_with(SERVICE),
                diag::PEER => peer = number(value, 0),
                _ => {}
            }
        }
        peers.extend(peer.filter(|_| is_service));
    }
    true
}

/// The next part of a list of parts with heads that tell their lengths and kinds, each part padded to four bytes.
fn next<'a>(rest: &mut &'a [u8], head: usize, told: impl Fn(&[u8]) -> Option<(usize, u16)>) -> Option<(u16, &'a [u8])> {
    let (length, kind) = told(rest)?;
    let content = rest.get(head..length)?;
    *rest = rest.get(length.next_multiple_of(4)..).unwrap_or_default();
    Some((kind, content))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|number| u32::from_ne_bytes(*number))
}

/// Whether a process has one of these sockets.
fn holds_one(process: &Path, sockets: &BTreeSet<u32>) -> bool {
    let Ok(open) = std::fs::read_dir(process.join("fd")) else { return false };
    open.take(limits::PROCESS_FILES).flatten().any(|entry| {
        let target = std::fs::read_link(entry.path()).unwrap_or_default();
        let number =
            target.to_str().and_then(|target| target.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok());
        number.is_some_and(|number| sockets.contains(&number))
    })
}

/// The Java archive that a process runs, or else the file of its program.
fn name(process: &Path) -> Option<String> {
    let line = bounded_file::read_beginning(&process.join("cmdline"), limits::COMMAND_LINE_BYTES).unwrap_or_default();
    let line = String::from_utf8_lossy(&line).into_owned();
    let archive = line.split('\0').map(Path::new).find(|word| word.extension().is_some_and(|kind| kind == "jar"));
    let program = std::fs::read_link(process.join("exe")).ok();
    let name = archive.or(program.as_deref())?.file_name()?.to_string_lossy().into_owned();
    // what the kernel adds where the file was replaced meanwhile
    Some(name.trim_end_matches(" (deleted)").chars().take(limits::PROGRAM_NAME).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribute(kind: u16, value: &[u8]) -> Vec<u8> {
        let length = u16::try_from(value.len() + diag::ATTRIBUTE).unwrap();
        let mut attribute = [length.to_ne_bytes(), kind.to_ne_bytes()].concat();
        attribute.extend_from_slice(value);
        attribute.resize(attribute.len().next_multiple_of(4), 0);
        attribute
    }

    fn message(kind: u16, attributes: &[Vec<u8>]) -> Vec<u8> {
        let content = [vec![0; diag::SOCKET], attributes.concat()].concat();
        let length = u32::try_from(content.len() + diag::HEADER).unwrap();
        let mut message = length.to_ne_bytes().to_vec();
        message.extend_from_slice(&kind.to_ne_bytes());
        message.extend_from_slice(&[0; 10]);
        message.extend(content);
        message
    }

    fn peer(number: u32) -> Vec<u8> {
        attribute(diag::PEER, &number.to_ne_bytes())
    }

    fn peers(answer: &[u8]) -> (bool, Vec<u32>) {
        let mut peers = BTreeSet::new();
        let goes_on = take_peers(answer, &mut peers);
        (goes_on, peers.into_iter().collect())
    }

    #[test]
    fn the_other_ends_of_the_services_sockets_are_taken() {
        let service = attribute(diag::NAME, b"/run/pcscd/pcscd.comm\0");
        let other = attribute(diag::NAME, b"/run/dbus/system_bus_socket");
        let answer = [
            message(diag::BY_FAMILY, &[service.clone(), peer(41)]),
            message(diag::BY_FAMILY, &[other, peer(42)]),
            message(diag::BY_FAMILY, &[peer(43)]),
            message(diag::BY_FAMILY, &[peer(44), service.clone()]),
            message(diag::BY_FAMILY, &[service]),
        ]
        .concat();
        assert_eq!(peers(&answer), (true, vec![41, 44]));
        let end = message(3, &[]);
        assert_eq!(peers(&[answer, end].concat()), (false, vec![41, 44]));
    }

    #[test]
    fn an_answer_cut_anywhere_gives_no_more_and_ends() {
        let service = attribute(diag::NAME, b"/run/pcscd/pcscd.comm");
        let answer = message(diag::BY_FAMILY, &[service, peer(41)]);
        for length in 0..answer.len() {
            assert!(peers(&answer[..length]).1.is_empty(), "{length}");
        }
        // lengths of nothing, and of more than there is
        for length in [0_u32, 15, 16, u32::MAX] {
            let mut broken = answer.clone();
            broken[..4].copy_from_slice(&length.to_ne_bytes());
            assert!(peers(&broken).1.is_empty(), "{length}");
        }
        let mut broken = answer;
        broken[32..34].copy_from_slice(&0_u16.to_ne_bytes());
        assert!(peers(&broken).1.is_empty());
    }
}
