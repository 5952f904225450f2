//! Whether a certificate is in its validity, and whether the clock that says so is to be believed.

use super::moment::Moment;
use super::view::Certificate;

/// When this version of the program was made, to be moved at each release: no clock that is right says less.
pub const PROGRAM_DATE: Moment = Moment::from_unix(1_795_132_800);

/// Days before its end from which a certificate is said to expire soon: `notice-days` of the table of rules.
pub const NOTICE_DAYS: i64 = 60;

/// Where a moment stands in the validity of a certificate. Days are whole and not negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Validity {
    /// Valid, for more than [`NOTICE_DAYS`] to come.
    Valid {
        /// Days left.
        days: i64,
    },
    /// Valid, and it expires within [`NOTICE_DAYS`].
    ExpiresSoon {
        /// Days left; 0 on the last day.
        days: i64,
    },
    /// No longer valid.
    Expired {
        /// Days since the end; 0 on the first day.
        days: i64,
    },
    /// Not yet valid.
    NotYetValid {
        /// Days to the start; 0 on the last day before.
        days: i64,
    },
}

impl Validity {
    /// Where `now` stands in the validity of this certificate, both ends included.
    ///
    /// ```
    /// use cpx_card::internal::certificate::{Certificate, Moment, Validity};
    ///
    /// let bytes = include_bytes!("../../fixtures/pki/certificates/cps-medecin.auth.der");
    /// let certificate = Certificate::parse(bytes)?;
    /// let now = Moment::start_of("2028-08-31".parse()?);
    /// assert_eq!(Validity::of(&certificate, now), Validity::ExpiresSoon { days: 1 });
    /// # Ok::<(), cpx_card::Error>(())
    /// ```
    pub fn of(certificate: &Certificate, now: Moment) -> Self {
        Self::within(certificate.not_before(), certificate.not_after(), now)
    }

    /// Where `now` stands between these two, both included.
    pub fn within(start: Moment, end: Moment, now: Moment) -> Self {
        if now > end {
            Self::Expired { days: end.days_until(now) }
        } else if now < start {
            Self::NotYetValid { days: now.days_until(start) }
        } else {
            match now.days_until(end) {
                days @ ..NOTICE_DAYS => Self::ExpiresSoon { days },
                days => Self::Valid { days },
            }
        }
    }

    /// The stable code: `valid`, `expires-soon`, `expired` or `not-yet-valid`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Valid { .. } => "valid",
            Self::ExpiresSoon { .. } => "expires-soon",
            Self::Expired { .. } => "expired",
            Self::NotYetValid { .. } => "not-yet-valid",
        }
    }

    /// The whole days that it counts, to or since: not negative.
    pub const fn days(self) -> i64 {
        match self {
            Self::Valid { days } | Self::ExpiresSoon { days } | Self::Expired { days } | Self::NotYetValid { days } => {
                days
            }
        }
    }

    /// Whether the certificate is valid, soon to expire or not.
    pub const fn is_valid(self) -> bool {
        matches!(self, Self::Valid { .. } | Self::ExpiresSoon { .. })
    }
}

/// Why the clock of the machine is the more likely culprit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ClockDoubt {
    /// It says less than when this program was made.
    BeforeProgram,
    /// Every certificate would begin in the future: nobody is handed such a card.
    AllNotYetValid,
}

impl ClockDoubt {
    /// The stable code: `before-program` or `all-not-yet-valid`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::BeforeProgram => "before-program",
            Self::AllNotYetValid => "all-not-yet-valid",
        }
    }

    /// Whether a clock that says `now` is to be doubted, given when the certificates of one card begin.
    pub fn of(now: Moment, beginnings: impl IntoIterator<Item = Moment>) -> Option<Self> {
        if now < PROGRAM_DATE {
            return Some(Self::BeforeProgram);
        }
        let mut beginnings = beginnings.into_iter().peekable();
        let some = beginnings.peek().is_some();
        let all = beginnings.all(|beginning| now < beginning);
        (some && all).then_some(Self::AllNotYetValid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate() -> Certificate {
        Certificate::parse(include_bytes!("../../fixtures/pki/certificates/cps-medecin.auth.der")).unwrap()
    }

    #[test]
    fn both_ends_belong_to_the_validity() {
        let certificate = certificate();
        let (start, end) = (certificate.not_before().unix(), certificate.not_after().unix());
        let at = |seconds| Validity::of(&certificate, Moment::from_unix(seconds));
        assert_eq!(at(start - 1), Validity::NotYetValid { days: 0 });
        assert_eq!(at(start - 86_400), Validity::NotYetValid { days: 1 });
        assert_eq!(at(start).code(), "valid");
        assert_eq!(at(end - 60 * 86_400), Validity::Valid { days: 60 });
        assert_eq!(at(end - 60 * 86_400 + 1), Validity::ExpiresSoon { days: 59 });
        assert_eq!(at(end), Validity::ExpiresSoon { days: 0 });
        assert_eq!(at(end + 1), Validity::Expired { days: 0 });
        assert_eq!(at(end + 400 * 86_400), Validity::Expired { days: 400 });
        assert!(at(end).is_valid() && !at(end + 1).is_valid());
    }

    #[test]
    fn the_program_is_of_its_day() {
        assert_eq!(PROGRAM_DATE.to_string(), "2026-11-20T00:00:00Z");
    }

    #[test]
    fn a_clock_is_doubted_for_a_reason() {
        let card = [certificate().not_before(); 2];
        assert_eq!(ClockDoubt::of(Moment::from_unix(0), []), Some(ClockDoubt::BeforeProgram));
        assert_eq!(ClockDoubt::of(PROGRAM_DATE, card), None);
        assert_eq!(ClockDoubt::of(PROGRAM_DATE, []), None);
        // The same card, handed out in 2029.
        let mut bytes = certificate().as_der().to_vec();
        let place = bytes.windows(13).position(|window| window == b"250901000000Z").unwrap();
        bytes[place + 1] = b'9';
        let future = Certificate::parse(&bytes).unwrap().not_before();
        assert_eq!(ClockDoubt::of(PROGRAM_DATE, [future, future]), Some(ClockDoubt::AllNotYetValid));
        assert_eq!(ClockDoubt::of(PROGRAM_DATE, [future, card[0]]), None);
        assert_eq!(ClockDoubt::of(future, [future]), None);
    }
}
