//! Certificates put into stores, and taken out again.

#![allow(unsafe_code)]

use windows_sys::Win32::Security::Cryptography::{
    CERT_FIND_EXISTING, CERT_KEY_PROV_INFO_PROP_ID, CERT_STORE_ADD_REPLACE_EXISTING, CERT_STORE_CTRL_COMMIT,
    CERT_STORE_PROV_SYSTEM_W, CERT_SYSTEM_STORE_CURRENT_USER, CRYPT_KEY_PROV_INFO, CertAddEncodedCertificateToStore,
    CertCloseStore, CertControlStore, CertCreateCertificateContext, CertDeleteCertificateFromStore,
    CertFindCertificateInStore, CertFreeCertificateContext, CertOpenStore, CertSetCertificateContextProperty,
    HCERTSTORE, X509_ASN_ENCODING,
};

/// Text as Windows takes it: UTF-16 that ends with NUL.
pub(crate) fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

/// A certificate in a store of this user, for as long as this lives.
pub(crate) struct Stored {
    store: String,
    der: Vec<u8>,
}

/// A store of this user, open.
fn open(store: &str) -> HCERTSTORE {
    let name = wide(store);
    // SAFETY: the name ends with NUL.
    let store =
        unsafe { CertOpenStore(CERT_STORE_PROV_SYSTEM_W, 0, 0, CERT_SYSTEM_STORE_CURRENT_USER, name.as_ptr().cast()) };
    assert!(!store.is_null());
    store
}

/// Closes it. Wine writes into the registry only when it is told to, and then whatever this handle has seen: one that stayed
/// open would put back what another took away.
fn close(store: HCERTSTORE) {
    // SAFETY: the store is open.
    unsafe {
        assert!(CertControlStore(store, 0, CERT_STORE_CTRL_COMMIT, std::ptr::null()) != 0);
        CertCloseStore(store, 0);
    }
}

impl Stored {
    /// Puts a certificate into a store; `provider` holds its key: its name and its type.
    pub(crate) fn put(store: &str, der: &[u8], provider: Option<(&str, u32)>) -> Self {
        let opened = open(store);
        let mut context = std::ptr::null_mut();
        // SAFETY: names end with NUL, lengths are those of the slices, handles are used while they are open.
        unsafe {
            let added = CertAddEncodedCertificateToStore(
                opened,
                X509_ASN_ENCODING,
                der.as_ptr(),
                der.len().try_into().unwrap(),
                CERT_STORE_ADD_REPLACE_EXISTING,
                &raw mut context,
            );
            assert!(added != 0, "{}", std::io::Error::last_os_error());
            if let Some((provider, kind)) = provider {
                let (mut container, mut provider) = (wide("conteneur"), wide(provider));
                let info = CRYPT_KEY_PROV_INFO {
                    pwszContainerName: container.as_mut_ptr(),
                    pwszProvName: provider.as_mut_ptr(),
                    dwProvType: kind,
                    ..Default::default()
                };
                let set =
                    CertSetCertificateContextProperty(context, CERT_KEY_PROV_INFO_PROP_ID, 0, (&raw const info).cast());
                assert!(set != 0, "{}", std::io::Error::last_os_error());
            }
            CertFreeCertificateContext(context);
        }
        close(opened);
        Self { store: store.to_owned(), der: der.to_owned() }
    }
}

impl Drop for Stored {
    fn drop(&mut self) {
        let opened = open(&self.store);
        // SAFETY: the length is that of the slice; deleting gives the context back.
        unsafe {
            let length = self.der.len().try_into().unwrap();
            let ours = CertCreateCertificateContext(X509_ASN_ENCODING, self.der.as_ptr(), length);
            let found = CertFindCertificateInStore(
                opened,
                X509_ASN_ENCODING,
                0,
                CERT_FIND_EXISTING,
                ours.cast(),
                std::ptr::null(),
            );
            if !found.is_null() {
                CertDeleteCertificateFromStore(found);
            }
            CertFreeCertificateContext(ours);
        }
        close(opened);
    }
}
