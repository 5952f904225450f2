//! Certificates in the stores of Windows: opened for reading only, keys never touched.

#![allow(unsafe_code)]

use std::ptr::null_mut;

use windows_sys::Win32::Security::Cryptography::{
    CERT_CONTEXT, CERT_INFO, CERT_KEY_PROV_INFO_PROP_ID, CERT_NAME_ATTR_TYPE, CERT_NAME_ISSUER_FLAG,
    CERT_NAME_RDN_TYPE, CERT_SHA1_HASH_PROP_ID, CERT_STORE_OPEN_EXISTING_FLAG, CERT_STORE_PROV_SYSTEM_W,
    CERT_STORE_READONLY_FLAG, CERT_SYSTEM_STORE_CURRENT_USER, CERT_SYSTEM_STORE_LOCAL_MACHINE,
    CERT_SYSTEM_STORE_LOCATION_SHIFT, CERT_SYSTEM_STORE_USERS_ID, CERT_X500_NAME_STR, CRYPT_KEY_PROV_INFO,
    CertCloseStore, CertEnumCertificatesInStore, CertFindExtension, CertFreeCertificateContext,
    CertGetCertificateContextProperty, CertGetNameStringW, CertOpenStore, HCERTSTORE, szOID_COMMON_NAME,
};

use super::{last, narrow, seconds, wide};
use crate::limits;
use crate::workstation::facts::StoreLocation;
use crate::workstation::windows::stored::Found;
use crate::workstation::{Reason, Unseen, person};

/// Units of the longest name that is read.
const NAME_UNITS: usize = 1024;
/// Bytes of the longest property: names of provider and container.
const PROPERTY_BYTES: usize = 8192;

struct Store(HCERTSTORE);

impl Drop for Store {
    fn drop(&mut self) {
        // SAFETY: the store was opened by us and is closed once.
        unsafe { CertCloseStore(self.0, 0) };
    }
}

/// The certificates of one store: `My`, `Root`, `CA`. One that does not exist has none.
///
/// # Errors
/// Why it cannot be opened.
pub(in crate::workstation::windows) fn certificates(location: StoreLocation, name: &str) -> Result<Vec<Found>, Reason> {
    let of_person = person::chosen().and_then(|person| person.sid.as_deref());
    let (place, name) = match (location, of_person) {
        (StoreLocation::LocalMachine, _) => (CERT_SYSTEM_STORE_LOCAL_MACHINE, name.to_owned()),
        (StoreLocation::CurrentUser, Some(sid)) => {
            (CERT_SYSTEM_STORE_USERS_ID << CERT_SYSTEM_STORE_LOCATION_SHIFT, format!(r"{sid}\{name}"))
        }
        (StoreLocation::CurrentUser, None) => (CERT_SYSTEM_STORE_CURRENT_USER, name.to_owned()),
    };
    let flags = place | CERT_STORE_READONLY_FLAG | CERT_STORE_OPEN_EXISTING_FLAG;
    let name = wide(name);
    // SAFETY: the provider is a constant that takes a name ending with NUL.
    let store = unsafe { CertOpenStore(CERT_STORE_PROV_SYSTEM_W, 0, 0, flags, name.as_ptr().cast()) };
    if store.is_null() {
        let reason = last("CertOpenStore");
        return if reason.why == Unseen::Absent { Ok(Vec::new()) } else { Err(reason) };
    }
    let store = Store(store);
    let mut found = Vec::new();
    let mut context: *mut CERT_CONTEXT = null_mut();
    loop {
        // SAFETY: the store is open; the context before is one of this store, and the call frees it.
        context = unsafe { CertEnumCertificatesInStore(store.0, context) };
        if context.is_null() {
            return Ok(found);
        }
        if found.len() == limits::STORED_CERTIFICATES {
            // SAFETY: the context is ours until the next call, which there will not be: it is freed once, here.
            unsafe { CertFreeCertificateContext(context) };
            return Err(Unseen::TooLarge.into());
        }
        // SAFETY: the context is not null and valid until the next call.
        found.push(unsafe { read(context) });
    }
}

/// What is told about a certificate.
///
/// # Safety
/// The context is valid.
unsafe fn read(context: *const CERT_CONTEXT) -> Found {
    // SAFETY: that of the caller; the information of a valid context is never null and lives as long.
    unsafe {
        let info = (*context).pCertInfo;
        Found {
            issuer: common_name(context, CERT_NAME_ISSUER_FLAG),
            issuer_name: whole_name(context, CERT_NAME_ISSUER_FLAG),
            subject_name: whole_name(context, 0),
            fingerprint: property(context, CERT_SHA1_HASH_PROP_ID)
                .map(|(bytes, length)| bytes_of(&bytes, length))
                .unwrap_or_default(),
            not_after: seconds((*info).NotAfter),
            token: extension(info),
            provider: provider(context),
        }
    }
}

/// The common name in a name of a certificate.
///
/// # Safety
/// The context is valid.
pub(super) unsafe fn common_name(context: *const CERT_CONTEXT, flags: u32) -> String {
    // SAFETY: that of the caller; this kind of name takes an OID, a constant ending with NUL.
    unsafe { name(context, CERT_NAME_ATTR_TYPE, flags, szOID_COMMON_NAME.cast()) }
}

/// A name of a certificate, as one text.
///
/// # Safety
/// The context is valid.
unsafe fn whole_name(context: *const CERT_CONTEXT, flags: u32) -> String {
    let form = CERT_X500_NAME_STR;
    // SAFETY: that of the caller; this kind of name takes the form as a number, which outlives the call.
    unsafe { name(context, CERT_NAME_RDN_TYPE, flags, (&raw const form).cast()) }
}

/// # Safety
/// The context is valid, and `which` is what this kind of name takes.
unsafe fn name(context: *const CERT_CONTEXT, kind: u32, flags: u32, which: *const core::ffi::c_void) -> String {
    let mut buffer = [0_u16; NAME_UNITS];
    let units = u32::try_from(NAME_UNITS).unwrap_or_default();
    // SAFETY: that of the caller; the buffer has the length that is told, longer names are cut.
    unsafe { CertGetNameStringW(context, kind, flags, which, buffer.as_mut_ptr(), units) };
    narrow(&buffer)
}

/// A property of a certificate, aligned as the structures that lie in it demand, and its length.
///
/// # Safety
/// The context is valid.
unsafe fn property(context: *const CERT_CONTEXT, which: u32) -> Option<(Vec<u64>, usize)> {
    let mut length = 0;
    // SAFETY: that of the caller; without a buffer only the length is written.
    if unsafe { CertGetCertificateContextProperty(context, which, null_mut(), &raw mut length) } == 0 {
        return None;
    }
    let bytes = usize::try_from(length).ok().filter(|length| *length <= PROPERTY_BYTES)?;
    let mut buffer = vec![0_u64; bytes.div_ceil(8)];
    // SAFETY: that of the caller; the buffer has at least the length that is told, and a property that grew meanwhile is
    // an error.
    let told =
        unsafe { CertGetCertificateContextProperty(context, which, buffer.as_mut_ptr().cast(), &raw mut length) };
    let bytes = usize::try_from(length).ok()?.min(bytes);
    (told != 0).then_some((buffer, bytes))
}

fn bytes_of(buffer: &[u64], length: usize) -> Vec<u8> {
    buffer.iter().flat_map(|word| word.to_ne_bytes()).take(length).collect()
}

/// The provider that holds the key, and its type.
///
/// # Safety
/// The context is valid.
unsafe fn provider(context: *const CERT_CONTEXT) -> Option<(String, u32)> {
    // SAFETY: that of the caller.
    let (buffer, length) = unsafe { property(context, CERT_KEY_PROV_INFO_PROP_ID) }?;
    if length < size_of::<CRYPT_KEY_PROV_INFO>() {
        return None;
    }
    // SAFETY: the buffer is aligned for the structure and longer; its fields are numbers and places, any bytes of which
    // are some.
    let info = unsafe { &*buffer.as_ptr().cast::<CRYPT_KEY_PROV_INFO>() };
    Some((text_at(info.pwszProvName, &buffer), info.dwProvType))
}

/// The text at a place in a buffer, up to its NUL or the buffer's end; none where the place is not in it.
fn text_at(place: *const u16, buffer: &[u64]) -> String {
    let offset = place.addr().wrapping_sub(buffer.as_ptr().addr());
    let bytes = bytes_of(buffer, size_of_val(buffer));
    let (units, _) = bytes.get(offset..).unwrap_or_default().as_chunks::<2>();
    narrow(&units.iter().map(|unit| u16::from_ne_bytes(*unit)).collect::<Vec<_>>())
}

/// The value of the extension that names the card.
///
/// # Safety
/// The information is that of a valid certificate.
unsafe fn extension(info: *const CERT_INFO) -> Option<Vec<u8>> {
    // SAFETY: the information of a valid certificate; what is found lies in it.
    unsafe {
        let found = CertFindExtension(c"1.2.250.1.71.1.2.3".as_ptr().cast(), (*info).cExtension, (*info).rgExtension);
        let value = found.as_ref()?.Value;
        let length = usize::try_from(value.cbData).ok().filter(|length| *length <= PROPERTY_BYTES)?;
        (!value.pbData.is_null()).then(|| std::slice::from_raw_parts(value.pbData, length).to_vec())
    }
}
