//! Revocation lists (CRL, RFC 5280 section 5).
//!
//! A list of IGC-Santé may have hundreds of thousands of entries: they stay as bytes and are walked when asked.

use std::ops::Range;

use super::cursor::{self, Cursor, Element, explicit, implicit};
use super::extension::{Extension, extensions, only};
use super::key::{self, SignatureAlgorithm, SignatureCheck};
use super::moment::Moment;
use super::name::DistinguishedName;
use super::oid;
use super::revocation::{Reason, Revocation, Source, UnknownReason, freshness, signature};
use super::view::{Certificate, significant};
use crate::error::{Error, ErrorKind, Result};
use crate::limits;

/// One revocation list.
#[derive(Clone, PartialEq, Eq)]
pub struct RevocationList {
    der: Vec<u8>,
    tbs: Range<usize>,
    entries: Range<usize>,
    issuer: DistinguishedName,
    this_update: Moment,
    next_update: Option<Moment>,
    scope: Scope,
    /// The addresses of the distribution point that it is the list of, where it says so.
    points: Option<Vec<String>>,
    algorithm: SignatureAlgorithm,
    algorithms_agree: bool,
    signature: Vec<u8>,
}

/// Which certificates a list is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    All,
    UsersOnly,
    AuthoritiesOnly,
    /// Partial, indirect, or something critical that is not known here.
    Unsupported,
}

/// One entry of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RevokedEntry {
    /// Since when.
    pub since: Moment,
    /// Why.
    pub reason: Reason,
}

impl RevocationList {
    /// The list in these bytes (DER; for PEM see [`revocation_lists_in`](super::revocation_lists_in)).
    ///
    /// # Errors
    ///
    /// [`LimitReached`](ErrorKind::LimitReached) above [`CRL_BYTES`](limits::CRL_BYTES);
    /// [`Malformed`](ErrorKind::Malformed), with the offset, when it is no list. Its entries are not looked at yet.
    ///
    /// ```
    /// use cpx_card::internal::certificate::RevocationList;
    ///
    /// let list = RevocationList::parse(include_bytes!("../../fixtures/pki/crl/fort-personnes-revoked.crl"))?;
    /// assert_eq!(list.this_update().to_string(), "2026-11-20T06:00:00Z");
    /// # Ok::<(), cpx_card::Error>(())
    /// ```
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > limits::CRL_BYTES {
            return Err(Error::new(
                ErrorKind::LimitReached,
                format!("{} bytes are more than CRL_BYTES ({})", bytes.len(), limits::CRL_BYTES),
            ));
        }
        let outer = Cursor::new(bytes).expect(cursor::SEQUENCE, "a revocation list begins with a SEQUENCE")?;
        let mut parts = outer.content();
        let body = parts.expect(cursor::SEQUENCE, "the body of a revocation list is a SEQUENCE")?;
        let algorithm = parts.expect(cursor::SEQUENCE, "the signature algorithm is missing")?;
        let signature = parts.expect(cursor::BIT_STRING, "the signature is missing")?.whole_bits()?;

        let mut fields = body.content();
        fields.optional(cursor::INTEGER)?;
        let inner = fields.expect(cursor::SEQUENCE, "the algorithm is missing")?;
        let issuer = DistinguishedName::read(&mut fields, "the issuer is missing")?;
        let this_update = Moment::read(&fields.read("the date of the list is missing")?)?;
        let next_update = match fields.peek() {
            Some(cursor::UTC_TIME | cursor::GENERALIZED_TIME) => Some(Moment::read(&fields.read("a date")?)?),
            _ => None,
        };
        let entries = fields.optional(cursor::SEQUENCE)?;
        let extensions = match fields.optional(explicit(0))? {
            None => Vec::new(),
            Some(tagged) => extensions(&tagged.content().expect(cursor::SEQUENCE, "the extensions are a SEQUENCE")?)?,
        };
        let range = |start: usize, length: usize| start..start.saturating_add(length);
        let (scope, points) = scope(&extensions);
        Ok(Self {
            der: outer.bytes.to_vec(),
            tbs: range(body.offset, body.bytes.len()),
            entries: entries.map_or(0..0, |entries| range(entries.value_offset(), entries.value.len())),
            issuer,
            this_update,
            next_update,
            scope,
            points,
            algorithm: SignatureAlgorithm::read(&algorithm)?,
            algorithms_agree: inner.bytes == algorithm.bytes,
            signature: signature.to_vec(),
        })
    }

    /// Who issued it.
    pub fn issuer(&self) -> &DistinguishedName {
        &self.issuer
    }

    /// As of when it is.
    pub fn this_update(&self) -> Moment {
        self.this_update
    }

    /// When the next one is due.
    pub fn next_update(&self) -> Option<Moment> {
        self.next_update
    }

    /// Whether it can be used at this moment: not past its day (or older than ten days without one), not of the future.
    pub fn is_fresh(&self, now: Moment) -> bool {
        freshness(self.this_update, self.next_update, now).is_ok()
    }

    /// Whether the key of `issuer` made its signature.
    pub fn signed_by(&self, issuer: &Certificate) -> SignatureCheck {
        if !self.algorithms_agree {
            return SignatureCheck::Bad;
        }
        let body = self.der.get(self.tbs.clone()).unwrap_or_default();
        key::verify(issuer.public_key(), &self.algorithm, body, &self.signature)
    }

    /// How many certificates it revokes.
    ///
    /// # Errors
    ///
    /// [`Malformed`](ErrorKind::Malformed) with the offset in the list, when an entry is broken.
    pub fn entries(&self) -> Result<usize> {
        let bytes = self.der.get(self.entries.clone()).unwrap_or_default();
        let mut elements = Cursor::new(bytes).elements();
        let count = elements.try_fold(0_usize, |count, entry| entry.map(|_| count.saturating_add(1)));
        count.map_err(|error| error.moved(self.entries.start))
    }

    /// The entry of a certificate, when it has one. Issuer, signature and day are not looked at:
    /// [`Revocation::by_lists`] does.
    ///
    /// # Errors
    ///
    /// [`Malformed`](ErrorKind::Malformed) with the offset in the list, when an entry before it is broken.
    pub fn entry(&self, certificate: &Certificate) -> Result<Option<RevokedEntry>> {
        let wanted = certificate.serial().magnitude();
        let bytes = self.der.get(self.entries.clone()).unwrap_or_default();
        let in_list = |error: Error| error.moved(self.entries.start);
        for element in Cursor::new(bytes).elements() {
            let entry = element.and_then(|entry| entry.tagged(cursor::SEQUENCE, "an entry is a SEQUENCE"));
            let entry = entry.map_err(in_list)?;
            let mut fields = entry.content();
            let serial = fields.expect(cursor::INTEGER, "an entry begins with a serial number").map_err(in_list)?;
            if significant(serial.value) == wanted {
                return read_entry(&mut fields).map(Some).map_err(in_list);
            }
        }
        Ok(None)
    }

    /// What the list says of a certificate of this issuer.
    pub(super) fn answer(&self, certificate: &Certificate, issuer: &Certificate, now: Moment) -> Revocation {
        self.try_answer(certificate, issuer, now).unwrap_or_else(Revocation::Unknown)
    }

    fn try_answer(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        now: Moment,
    ) -> std::result::Result<Revocation, UnknownReason> {
        let covered = match self.scope {
            Scope::All => true,
            Scope::UsersOnly => !certificate.is_authority(),
            Scope::AuthoritiesOnly => certificate.is_authority(),
            Scope::Unsupported => false,
        };
        // the list of one distribution point may be one of several: it is complete only for those who name that point
        let named = |points: &Vec<String>| points.iter().any(|point| certificate.crl_addresses().contains(point));
        if !covered || !self.points.as_ref().is_none_or(named) {
            return Err(UnknownReason::Unsupported);
        }
        if issuer.key_usage().is_some_and(|usage| !usage.crl_sign()) {
            return Err(UnknownReason::BadSignature);
        }
        signature(self.signed_by(issuer))?;
        let fresh = freshness(self.this_update, self.next_update, now);
        if fresh == Err(UnknownReason::FromTheFuture) {
            return Err(UnknownReason::FromTheFuture);
        }
        let source = Source::List;
        match self.entry(certificate).map_err(|_| UnknownReason::Malformed)? {
            Some(RevokedEntry { reason: Reason::RemovedFromList, .. }) => Err(UnknownReason::Unsupported),
            Some(RevokedEntry { since, reason }) if fresh.is_ok() || reason != Reason::Hold => {
                Ok(Revocation::Revoked { since, reason, source })
            }
            Some(_) => Err(UnknownReason::Stale),
            None => fresh.map(|()| Revocation::NotRevoked { as_of: self.this_update, source }),
        }
    }
}

impl std::fmt::Debug for RevocationList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RevocationList")
            .field("issuer", &self.issuer)
            .field("this_update", &self.this_update)
            .field("next_update", &self.next_update)
            .field("bytes", &self.der.len())
            .finish_non_exhaustive()
    }
}

/// The rest of an entry after its serial number.
fn read_entry(fields: &mut Cursor<'_>) -> Result<RevokedEntry> {
    let since = Moment::read(&fields.read("an entry has a date")?)?;
    let reason = match fields.optional(cursor::SEQUENCE)? {
        None => None,
        Some(list) => reason(&list)?,
    };
    Ok(RevokedEntry { since, reason: reason.unwrap_or(Reason::Unspecified) })
}

/// The reason among the extensions of an entry.
fn reason(list: &Element<'_>) -> Result<Option<Reason>> {
    let extensions = extensions(list)?;
    let Some(extension) = only(&extensions, oid::REASON) else { return Ok(None) };
    Ok(match extension.value() {
        [cursor::ENUMERATED, 1, number] => Some(Reason::from_number(*number)),
        _ => None,
    })
}

/// What the extensions of a list confine it to, and its distribution point.
fn scope(list: &[Extension]) -> (Scope, Option<Vec<String>>) {
    let others = list.iter().filter(|extension| extension.oid().as_der() != oid::LIST_SCOPE);
    if others.into_iter().any(Extension::is_critical) {
        // A delta list among them.
        return (Scope::Unsupported, None);
    }
    match (
        list.iter().filter(|extension| extension.oid().as_der() == oid::LIST_SCOPE).count(),
        only(list, oid::LIST_SCOPE),
    ) {
        (0, _) => (Scope::All, None),
        (_, Some(extension)) => read_scope(extension.value()).unwrap_or((Scope::Unsupported, None)),
        (_, None) => (Scope::Unsupported, None),
    }
}

/// The scope in an `IssuingDistributionPoint` (RFC 5280 section 5.2.5).
fn read_scope(bytes: &[u8]) -> Result<(Scope, Option<Vec<String>>)> {
    let mut fields = Cursor::new(bytes).expect(cursor::SEQUENCE, "a scope is a SEQUENCE")?.content();
    let points = fields.optional(explicit(0))?.map(|point| addresses(&point)).transpose()?;
    let mut flag = |number| fields.optional(implicit(number)).map(|flag| flag.is_some_and(|flag| flag.value != [0]));
    let (users, authorities) = (flag(1)?, flag(2)?);
    let scope = match (users, authorities, fields.is_empty()) {
        (false, false, true) => Scope::All,
        (true, false, true) => Scope::UsersOnly,
        (false, true, true) => Scope::AuthoritiesOnly,
        _ => Scope::Unsupported,
    };
    Ok((scope, points))
}

/// The addresses in a `DistributionPointName`: none of a name relative to the issuer's.
fn addresses(point: &Element<'_>) -> Result<Vec<String>> {
    const ADDRESS: u8 = implicit(6);
    let Some(names) = point.content().optional(explicit(0))? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for name in names.content().elements() {
        let name = name?;
        if name.tag == ADDRESS {
            found.push(String::from_utf8_lossy(name.value).into_owned());
        }
    }
    Ok(found)
}
