//! The fingerprint of a module's file, by which copies and releases are told apart.

use std::io::Read as _;
use std::path::Path;

use ring::digest::{Context, SHA256};

use super::bounded_file;
use crate::limits;

/// The SHA-256 of a file in lower-case hexadecimal; `None` where it cannot be read or has more than
/// [`MODULE_BYTES`](limits::MODULE_BYTES).
pub(super) fn sha256(path: &Path) -> Option<String> {
    let mut file = bounded_file::open(path).ok()?.take(limits::MODULE_BYTES.saturating_add(1));
    let mut context = Context::new(&SHA256);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer).ok()? {
            0 => break,
            read => context.update(buffer.get(..read)?),
        }
    }
    (file.limit() > 0).then(|| hex::encode(context.finish()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_has_the_fingerprint_that_other_tools_tell() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("module");
        fs::write(&path, "old").unwrap();
        // printf old | sha256sum
        let old = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4";
        assert_eq!(sha256(&path).as_deref(), Some(old));
        fs::File::create(&path).unwrap().set_len(limits::MODULE_BYTES + 1).unwrap();
        assert_eq!(sha256(&path), None);
        assert_eq!(sha256(folder.path()), None);
    }
}
