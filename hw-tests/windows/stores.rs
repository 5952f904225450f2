//! Certificates put into stores, and taken out again.

#![allow(unsafe_code)]

use windows_sys::Win32::Security::Cryptography::{
    CERT_CONTEXT, CERT_KEY_PROV_INFO_PROP_ID, CERT_STORE_ADD_REPLACE_EXISTING, CERT_STORE_CTRL_COMMIT,
    CERT_STORE_PROV_SYSTEM_W, CERT_SYSTEM_STORE_CURRENT_USER, CRYPT_KEY_PROV_INFO, CertAddEncodedCertificateToStore,
    CertCloseStore, CertControlStore, CertDeleteCertificateFromStore, CertOpenStore, CertSetCertificateContextProperty,
    HCERTSTORE, X509_ASN_ENCODING,
};

/// Text as Windows takes it: UTF-16 that ends with NUL.
pub(crate) fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

/// A certificate in a store of this user.
pub(crate) struct Stored {
    store: HCERTSTORE,
    context: *mut CERT_CONTEXT,
}

impl Stored {
    /// Puts a certificate into a store; `provider` holds its key: its name and its type.
    pub(crate) fn put(store: &str, der: &[u8], provider: Option<(&str, u32)>) -> Self {
        let name = wide(store);
        let mut context = std::ptr::null_mut();
        // SAFETY: names end with NUL, lengths are those of the slices, handles are used while they are open.
        unsafe {
            let store =
                CertOpenStore(CERT_STORE_PROV_SYSTEM_W, 0, 0, CERT_SYSTEM_STORE_CURRENT_USER, name.as_ptr().cast());
            assert!(!store.is_null());
            let added = CertAddEncodedCertificateToStore(
                store,
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
            // Wine writes into the registry only when it is told to
            assert!(CertControlStore(store, 0, CERT_STORE_CTRL_COMMIT, std::ptr::null()) != 0);
            Self { store, context }
        }
    }
}

impl Drop for Stored {
    fn drop(&mut self) {
        // SAFETY: both were opened by us; deleting gives the context back.
        unsafe {
            CertDeleteCertificateFromStore(self.context);
            CertControlStore(self.store, 0, CERT_STORE_CTRL_COMMIT, std::ptr::null());
            CertCloseStore(self.store, 0);
        }
    }
}
