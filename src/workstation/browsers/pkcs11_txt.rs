//! `pkcs11.txt`, the list of modules of an NSS database and so of a profile of Firefox: stanzas of `key=value` lines
//! between empty lines. NSS writes values as they are; other programs quote them.

use super::named_module::{NamedModule, file_name, path_of};
use crate::limits;

/// The modules that a `pkcs11.txt` names, in order, without those that NSS and Firefox bring themselves; at most
/// [`REGISTERED_MODULES`](limits::REGISTERED_MODULES).
///
/// ```
/// use cpx_card::internal::workstation::browsers::pkcs11_txt;
///
/// let modules = pkcs11_txt::modules(b"library=/opt/lib.so\nname=CPS\n");
/// assert_eq!(modules[0].name, "CPS");
/// ```
pub fn modules(bytes: &[u8]) -> Vec<NamedModule> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut modules = Vec::new();
    let mut stanza = Stanza::default();
    for line in bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).chain([&b""[..]]) {
        if modules.len() >= limits::REGISTERED_MODULES {
            break;
        }
        let equals = line.iter().position(|byte| *byte == b'=').unwrap_or(line.len());
        let (key, value) = line.split_at_checked(equals).unwrap_or_default();
        let key = key.trim_ascii().to_ascii_lowercase();
        // an empty line ends a stanza, and so does the first line of the next
        if line.is_empty() || (key == b"library" && stanza.library.is_some()) {
            modules.extend(std::mem::take(&mut stanza).module());
        }
        let value = value.strip_prefix(b"=").unwrap_or_default();
        match key.as_slice() {
            b"library" => stanza.library = Some(unquoted(value)),
            b"name" => stanza.name = unquoted(value),
            b"nss" => stanza.flags = String::from_utf8_lossy(value).to_ascii_lowercase(),
            _ => {}
        }
    }
    modules
}

#[derive(Default)]
struct Stanza {
    library: Option<Vec<u8>>,
    name: Vec<u8>,
    flags: String,
}

impl Stanza {
    fn module(self) -> Option<NamedModule> {
        let library = self.library.as_deref().filter(|library| !library.is_empty())?;
        let module = NamedModule::new(String::from_utf8_lossy(&self.name), path_of(library));
        (!self.is_internal() && !is_bundled(&file_name(&module.path))).then_some(module)
    }

    /// Whether the flags have `internal`: NSS's own software token.
    fn is_internal(&self) -> bool {
        let flags = self.flags.split_ascii_whitespace().find_map(|word| word.strip_prefix("flags="));
        flags.is_some_and(|flags| flags.split(',').any(|flag| flag.trim_matches('"') == "internal"))
    }
}

/// Whether a library of this name comes with NSS or Firefox: the software token, the authorities, the certificates of
/// the system.
fn is_bundled(file: &str) -> bool {
    let file = file.to_ascii_lowercase();
    let name = file.strip_prefix("lib").unwrap_or(&file);
    ["softokn3", "nssckbi", "nsssysinit", "osclientcerts", "ipcclientcerts"]
        .iter()
        .any(|bundled| name.strip_prefix(bundled).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-'])))
}

/// A value without the quotes around it, where it has some: a backslash stands before a quote or a backslash there.
fn unquoted(value: &[u8]) -> Vec<u8> {
    let value = value.trim_ascii();
    let (quote, inner) = match value {
        [b'"', inner @ .., b'"'] => (b'"', inner),
        [b'\'', inner @ .., b'\''] => (b'\'', inner),
        _ => return value.to_vec(),
    };
    let mut plain = Vec::with_capacity(inner.len());
    let mut rest = inner.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        let escaped = rest.next_if(|next| byte == b'\\' && (*next == b'\\' || *next == quote));
        plain.push(escaped.unwrap_or(byte));
    }
    plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn own_modules_are_left_out_and_quotes_undone() {
        let text = b"\xEF\xBB\xBFlibrary=\r\nname=NSS Internal PKCS #11 Module\r\nNSS=Flags=internal,critical\r\n\r\n\
            library=/usr/lib/firefox/libnssckbi.so\nname=Builtin Roots Module\n\n\
            library=libnsssysinit.so\nname=x\nNSS=Flags=internal,moduleDBOnly\n\n\
            Library=\"C:\\\\Windows\\\\System32\\\\cps3_pkcs11_w64.dll\"\nname=\"Module \\\"CPS\\\"\"\n\n\
            # comment\nlibrary=C:\\Windows\\a b.dll\nlibrary=/without/name.so\n";
        let modules = modules(text);
        let found: Vec<_> = modules.iter().map(|m| (m.name.as_str(), m.path.to_str().unwrap_or_default())).collect();
        assert_eq!(
            found,
            [
                ("Module \"CPS\"", r"C:\Windows\System32\cps3_pkcs11_w64.dll"),
                ("a b.dll", r"C:\Windows\a b.dll"),
                ("name.so", "/without/name.so"),
            ]
        );
    }

    #[test]
    fn a_list_without_end_is_cut() {
        let text = b"library=/x.so\n\n".repeat(100_000);
        assert_eq!(modules(&text).len(), limits::REGISTERED_MODULES);
    }

    #[cfg(unix)]
    #[test]
    fn a_path_in_another_encoding_stays_what_it_is() {
        let modules = modules(b"library=/opt/caf\xE9.so\nname=caf\xE9\n");
        assert_eq!(modules.first().map(|module| module.path.as_path()), Some(&*path_of(b"/opt/caf\xE9.so")));
        assert_ne!(path_of(b"/opt/caf\xE9.so"), std::path::Path::new("/opt/caf\u{FFFD}.so"));
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_strange(bytes in "(library=|name=|NSS=Flags=|\"|'|\\\\|\n|\r|\\PC){0,60}", more: Vec<u8>) {
            let _ = modules(&[bytes.as_bytes(), &more].concat());
        }
    }
}
