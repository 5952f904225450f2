//! Revocation lists, and answers of responders.

use std::sync::LazyLock;

use cpx_card::internal::certificate::{
    Certificate, Revocation, RevocationList, SignatureCheck, ocsp_request, revocation_lists_in,
};
use cpx_card::internal::limits;

use super::certificate::{AUTHORITIES, now};

/// A certificate of the fixtures that a list of the fixtures revokes.
static LEAF: LazyLock<Certificate> = LazyLock::new(|| {
    Certificate::parse(include_bytes!("../../../fixtures/pki/certificates/cps-medecin.auth.der")).expect("a fixture")
});

/// A list that can be read can be asked; nobody is revoked, nor found good, by a list that its issuer did not sign.
pub fn list(data: &[u8]) {
    let mut lists = revocation_lists_in(data).unwrap_or_default();
    assert!(lists.len() <= limits::CERTIFICATES_IN_FILE);
    lists.extend(RevocationList::parse(data));
    let issuer = AUTHORITIES.iter().find(|authority| authority.subject().same_as(LEAF.issuer()));
    for list in lists.iter().take(2) {
        let _ = list.entry(&LEAF);
        let _ = (list.is_fresh(now()), list.this_update() <= now(), list.next_update(), format!("{list:?}").len());
        let answer = Revocation::by_lists(&LEAF, issuer, std::slice::from_ref(list), now());
        let signed = issuer.is_some_and(|issuer| list.signed_by(issuer) == SignatureCheck::Good);
        assert!(signed || matches!(answer, Revocation::Unknown(_)), "{answer:?}");
    }
}

/// Any answer is judged, and one that nobody signed says nothing.
pub fn responder(data: &[u8]) {
    let issuer = AUTHORITIES.iter().find(|authority| authority.subject().same_as(LEAF.issuer())).unwrap_or(&LEAF);
    assert!(matches!(Revocation::by_responder(&LEAF, issuer, data, now()), Revocation::Unknown(_)));
    if let Ok(asked) = Certificate::parse(data) {
        assert!(ocsp_request(&asked, issuer, None).len() > 60);
        let _ = Revocation::by_responder(&asked, &asked, data, now());
    }
}
