//! The certificates that this system trusts: the store of Windows, the keychain of macOS, the bundle of a Linux.

/// What the system's store holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SystemStore {
    /// Its certificates, DER each. That the system trusts them proves nothing here.
    pub certificates: Vec<Vec<u8>>,
    /// What could not be read, in English.
    pub problems: Vec<String>,
}

/// Reads the system's store of trusted authorities. No administrator rights are needed.
///
/// ```
/// let store = cpx_card::internal::workstation::system_store::collect();
/// assert!(store.certificates.iter().all(|der| der.first() == Some(&0x30)));
/// ```
pub fn collect() -> SystemStore {
    let found = rustls_native_certs::load_native_certs();
    let certificates = found.certs.into_iter().map(|certificate| certificate.to_vec()).collect();
    SystemStore { certificates, problems: found.errors.iter().map(ToString::to_string).collect() }
}
