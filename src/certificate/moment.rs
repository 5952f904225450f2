//! An instant, as certificates, revocation lists and clocks write it.

use std::fmt;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::cursor::{Element, GENERALIZED_TIME, UTC_TIME};
use crate::error::{Error, Result};
use crate::identity::Date;

const DAY: i64 = 86_400;

/// The seconds from 1970 to the first and the last moment: 1900-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
const RANGE: (i64, i64) = (-2_208_988_800, 253_402_300_799);

/// A second of universal time, 1900 to 9999. Earlier moments are less. Prints as `2017-03-23T15:16:43Z`.
///
/// ```
/// use cpx_card::internal::certificate::Moment;
///
/// let moment = Moment::from_unix(1_490_282_203);
/// assert_eq!(moment.to_string(), "2017-03-23T15:16:43Z");
/// assert_eq!(moment.date().to_string(), "2017-03-23");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "i64", into = "i64")]
pub struct Moment(i64);

impl Moment {
    /// The moment so many seconds after 1970-01-01T00:00:00Z; outside the years 1900 to 9999 the nearest one inside.
    pub const fn from_unix(seconds: i64) -> Self {
        if seconds < RANGE.0 {
            Self(RANGE.0)
        } else if seconds > RANGE.1 {
            Self(RANGE.1)
        } else {
            Self(seconds)
        }
    }

    /// The beginning of the day, in universal time.
    pub fn start_of(date: Date) -> Self {
        Self::from_unix(days_since_1970(date.year(), date.month(), date.day()).saturating_mul(DAY))
    }

    /// The last second of the day, in universal time.
    pub fn end_of(date: Date) -> Self {
        Self::from_unix(Self::start_of(date).0.saturating_add(DAY.saturating_sub(1)))
    }

    /// What a clock says.
    ///
    /// ```
    /// use cpx_card::internal::certificate::Moment;
    ///
    /// let now = Moment::from_clock(std::time::SystemTime::now());
    /// assert!(now > Moment::from_unix(0));
    /// ```
    pub fn from_clock(clock: SystemTime) -> Self {
        let seconds = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
        match clock.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => Self::from_unix(seconds(after)),
            Err(before) => Self::from_unix(seconds(before.duration()).saturating_neg()),
        }
    }

    /// Seconds since 1970-01-01T00:00:00Z, negative before.
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// The day, in universal time.
    ///
    /// # Panics
    ///
    /// Never: every moment lies in the years that a date has.
    #[expect(clippy::expect_used, reason = "a moment lies in the years that a date has, whatever was read; tested")]
    pub fn date(self) -> Date {
        let (year, month, day) = civil(self.0.div_euclid(DAY));
        Date::new(year, month, day).expect("a moment is between 1900 and 9999")
    }

    /// Whole days from this moment to the other, rounded towards zero; negative when the other is earlier.
    pub fn days_until(self, other: Self) -> i64 {
        other.0.saturating_sub(self.0).wrapping_div(DAY)
    }

    /// The moment in a `UTCTime` or a `GeneralizedTime` (RFC 5280 section 4.1.2.5). The seconds may be missing or have
    /// a fraction, which is dropped; a second 60 is the one after; the zone must be `Z`.
    pub(super) fn read(element: &Element<'_>) -> Result<Self> {
        let wrong = |what, at: usize| Error::malformed(what, element.value_offset().saturating_add(at));
        let (year_digits, text) = match element.tag {
            UTC_TIME => (2_usize, element.value),
            GENERALIZED_TIME => (4, element.value),
            _ => return Err(Error::malformed("a date is a UTCTime or a GeneralizedTime", element.offset)),
        };
        let number = |from: usize, length: usize| {
            let digits = text.get(from..from.saturating_add(length));
            let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_digit));
            let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<u16>().ok());
            digits.ok_or_else(|| wrong("a date is written in digits", from))
        };
        let year = match (year_digits, number(0, year_digits)?) {
            (2, year @ 0..50) => year.saturating_add(2000),
            (2, year) => year.saturating_add(1900),
            (_, year) => year,
        };
        let field = |place: usize| number(year_digits.saturating_add(place.saturating_mul(2)), 2);
        let (month, day, hour, minute) = (field(0)?, field(1)?, field(2)?, field(3)?);
        let after_minutes = year_digits.saturating_add(8);
        let (second, end) = match text.get(after_minutes) {
            Some(b'0'..=b'9') => (field(4)?, after_minutes.saturating_add(2)),
            _ => (0, after_minutes),
        };
        let mut zone = text.get(end..).unwrap_or_default();
        if let [b'.' | b',', fraction @ ..] = zone {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            zone = fraction.get(digits..).unwrap_or_default();
        }
        if zone != b"Z" {
            return Err(wrong("a date ends with Z", end));
        }
        let (month, day) = (u8::try_from(month).unwrap_or(0), u8::try_from(day).unwrap_or(0));
        let date = Date::new(year, month, day).ok_or_else(|| wrong("there is no such day", 0))?;
        if hour > 23 || minute > 59 || second > 60 {
            return Err(wrong("there is no such time of day", year_digits.saturating_add(4)));
        }
        let seconds = i64::from(hour)
            .saturating_mul(3600)
            .saturating_add(i64::from(minute).saturating_mul(60))
            .saturating_add(i64::from(second));
        Ok(Self::from_unix(Self::start_of(date).0.saturating_add(seconds)))
    }
}

impl From<i64> for Moment {
    fn from(seconds: i64) -> Self {
        Self::from_unix(seconds)
    }
}

impl From<Moment> for i64 {
    fn from(moment: Moment) -> Self {
        moment.unix()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil(self.0.div_euclid(DAY));
        let second = self.0.rem_euclid(DAY);
        let (hour, minute) = (second.wrapping_div(3600), second.wrapping_div(60).wrapping_rem(60));
        let second = second.wrapping_rem(60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// Days from 1970-01-01 to this day, which the calendar has. Years begin in March here, so that the leap day is the
/// last: 400 years have 146,097 days, and five months from March or August have 153.
#[expect(clippy::arithmetic_side_effects, reason = "years have four digits: below four million days")]
fn days_since_1970(year: u16, month: u8, day: u8) -> i64 {
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468
}

/// The year, month and day, so many days after 1970-01-01: the inverse, for the years 1900 to 9999.
#[expect(clippy::arithmetic_side_effects, reason = "moments are clamped: below four million days")]
fn civil(days: i64) -> (u16, u8, u8) {
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    let number = |value: i64| u8::try_from(value).unwrap_or_default();
    (u16::try_from(era * 400 + year).unwrap_or_default(), number(month), number(day))
}

#[cfg(test)]
mod tests {
    use super::super::cursor::{Cursor, encode};
    use super::*;

    fn read(tag: u8, text: &str) -> Result<String> {
        let bytes = encode(tag, &[text.as_bytes()]);
        Moment::read(&Cursor::new(&bytes).read("")?).map(|moment| moment.to_string())
    }

    #[test]
    fn both_writings_are_read() {
        let cases = [
            (UTC_TIME, "170323151643Z", "2017-03-23T15:16:43Z"),
            (UTC_TIME, "500101000000Z", "1950-01-01T00:00:00Z"),
            (UTC_TIME, "491231235959Z", "2049-12-31T23:59:59Z"),
            (UTC_TIME, "1703231516Z", "2017-03-23T15:16:00Z"),
            (GENERALIZED_TIME, "20500101000000Z", "2050-01-01T00:00:00Z"),
            (GENERALIZED_TIME, "99991231235959Z", "9999-12-31T23:59:59Z"),
            (GENERALIZED_TIME, "20261120101112.345Z", "2026-11-20T10:11:12Z"),
            // A leap second.
            (UTC_TIME, "161231235960Z", "2017-01-01T00:00:00Z"),
        ];
        for (tag, text, expected) in cases {
            assert_eq!(read(tag, text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_an_error_with_its_offset() {
        let cases = [
            (UTC_TIME, "", 2),
            (UTC_TIME, "17032315164", 12),
            (UTC_TIME, "170323151643", 14),
            (UTC_TIME, "170323151643+0100", 14),
            (UTC_TIME, "17O323151643Z", 4),
            (UTC_TIME, "170230000000Z", 2),
            (UTC_TIME, "170323241643Z", 8),
            (GENERALIZED_TIME, "00010101000000Z", 2),
            (GENERALIZED_TIME, "+0170323151643Z", 2),
            (0x0C, "170323151643Z", 0),
        ];
        for (tag, text, offset) in cases {
            assert_eq!(read(tag, text).unwrap_err().offset(), Some(offset), "{text}");
        }
    }

    #[test]
    fn every_moment_has_its_date() {
        let mut days: Vec<i64> = (RANGE.0..=RANGE.1).step_by(86_400 * 97).collect();
        days.extend([i64::MIN, RANGE.0, -1, 0, 951_782_400, 951_868_799, RANGE.1, i64::MAX]);
        for seconds in days {
            let moment = Moment::from_unix(seconds);
            assert_eq!(Moment::start_of(moment.date()).days_until(moment), 0, "{moment}");
            assert!(Moment::start_of(moment.date()) <= moment && moment <= Moment::end_of(moment.date()));
            assert_eq!(moment.to_string().get(..10), Some(moment.date().to_string().as_str()));
        }
        assert_eq!(Moment::from_unix(951_782_400).date().to_string(), "2000-02-29");
        assert_eq!(Moment::from_unix(i64::MAX).to_string(), "9999-12-31T23:59:59Z");
        assert_eq!(Moment::from_unix(i64::MIN).to_string(), "1900-01-01T00:00:00Z");
    }

    #[test]
    fn clocks_before_1970_are_read_too() {
        let before = SystemTime::UNIX_EPOCH - Duration::from_secs(10);
        assert_eq!(Moment::from_clock(before).unix(), -10);
    }

    #[test]
    fn days_are_whole_and_round_towards_zero() {
        let noon = Moment::from_unix(43_200);
        assert_eq!(noon.days_until(Moment::from_unix(43_200 + 86_399)), 0);
        assert_eq!(noon.days_until(Moment::from_unix(43_200 + 86_400)), 1);
        assert_eq!(noon.days_until(Moment::from_unix(43_200 - 86_400)), -1);
        assert_eq!(noon.days_until(Moment::from_unix(0)), 0);
    }
}
