//! A day of the calendar, as cards and certificates write validity.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// The years that are read: no date of a card lies before, and four digits can write none after.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=9999;

/// A day that exists, in the (proleptic) Gregorian calendar, from 1900-01-01 to 9999-12-31. Earlier days are less.
///
/// ```
/// use cpx_card::Date;
///
/// let end = Date::from_digits("20270115")?;
/// let today: Date = "2026-11-20".parse()?;
/// assert_eq!(today.days_until(end), 56);
/// assert_eq!(end.to_string(), "2027-01-15");
/// # Ok::<(), cpx_card::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    // The derived order is that of the calendar because the fields stand from the largest to the smallest.
    year: u16,
    month: u8,
    day: u8,
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for Date {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl Date {
    /// The first day that this type can hold.
    pub const EARLIEST: Self = Self { year: 1900, month: 1, day: 1 };

    /// The day, or `None` when the calendar does not have it. `month` and `day` count from 1.
    ///
    /// ```
    /// use cpx_card::Date;
    ///
    /// assert!(Date::new(2028, 2, 29).is_some());
    /// assert!(Date::new(2027, 2, 29).is_none());
    /// ```
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = YEARS.contains(&year) && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// The day in eight digits, `YYYYMMDD`: how `CPS_ID_CARD` writes its tags 83 and 84 once its BCD is text.
    ///
    /// # Errors
    ///
    /// [`Malformed`](crate::ErrorKind::Malformed) when the text is not eight digits, or no such day exists.
    pub fn from_digits(text: &str) -> Result<Self> {
        if text.len() != 8 {
            return Err(Error::malformed("a date is eight digits, YYYYMMDD", text.len().min(8)));
        }
        Self::from_fields(text, [0..4, 4..6, 6..8])
    }

    /// The year, 1900 to 9999.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// How many days lie between this day and the other: 0 for the same day, negative when the other is earlier.
    pub fn days_until(self, other: Self) -> i64 {
        other.day_number() - self.day_number()
    }

    fn from_fields(text: &str, [year, month, day]: [std::ops::Range<usize>; 3]) -> Result<Self> {
        let number = |field: std::ops::Range<usize>| {
            let start = field.start;
            // `parse` alone would read "+202" as a year.
            let digits = text.get(field).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
            digits
                .and_then(|digits| digits.parse::<u16>().ok())
                .ok_or_else(|| Error::malformed("a date is written in digits", start))
        };
        let fields = (number(year)?, u8::try_from(number(month)?), u8::try_from(number(day)?));
        let (year, Ok(month), Ok(day)) = fields else { return Err(no_such_day()) };
        Self::new(year, month, day).ok_or_else(no_such_day)
    }

    /// Days since 1 March of the year 0. A year that begins in March has its leap day last, so the months before
    /// have constant starts: 153 days in each five. The numbers stay below four million: nothing overflows.
    fn day_number(self) -> i64 {
        let (year, month, day) = (i64::from(self.year), i64::from(self.month), i64::from(self.day));
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1
    }
}

impl FromStr for Date {
    type Err = Error;

    /// The day in ISO 8601 writing, `2024-01-15`.
    fn from_str(text: &str) -> Result<Self> {
        if text.len() != 10 {
            return Err(Error::malformed("a date is written 2024-01-15", text.len().min(10)));
        }
        for hyphen in [4, 7] {
            if text.as_bytes().get(hyphen) != Some(&b'-') {
                return Err(Error::malformed("a date is written 2024-01-15", hyphen));
            }
        }
        Self::from_fields(text, [0..4, 5..7, 8..10])
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn no_such_day() -> Error {
    Error::malformed("there is no such day", 0)
}

fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in ["20240230", "20230229", "21000229", "20241301", "20240001", "20240100", "18991231", "00000000"] {
            assert!(Date::from_digits(text).is_err(), "{text}");
        }
        assert_eq!(Date::from_digits("20000229").unwrap(), date("2000-02-29"));
    }

    #[test]
    fn other_writings_are_refused() {
        for text in ["", "2024011", "202401150", "2024-1-5", "+2024115", "2024 115", "é240115"] {
            assert!(Date::from_digits(text).is_err(), "{text}");
        }
        for text in ["20240115", "2024/01/15", "2024-01-1", "2024-01-155", "+202-01-15", "2024-+1-15"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn errors_say_where() {
        assert_eq!(Date::from_digits("2024A115").unwrap_err().offset(), Some(4));
        assert_eq!("2024-01/15".parse::<Date>().unwrap_err().offset(), Some(7));
    }

    #[test]
    fn days_are_counted_across_months_leap_years_and_centuries() {
        let distances = [
            ("2026-11-20", "2026-11-20", 0),
            ("2024-02-28", "2024-03-01", 2),
            ("2023-02-28", "2023-03-01", 1),
            ("1970-01-01", "2026-11-20", 20_777),
            ("2027-01-15", "2026-11-20", -56),
            ("1900-01-01", "9999-12-31", 2_958_463),
        ];
        for (from, to, days) in distances {
            assert_eq!(date(from).days_until(date(to)), days, "{from} {to}");
        }
    }

    #[test]
    fn every_day_is_one_after_the_day_before() {
        let mut previous: Option<Date> = None;
        for year in 1999..=2101 {
            for month in 1..=12 {
                for day in 1..=31 {
                    let Some(date) = Date::new(year, month, day) else { continue };
                    assert!(previous.is_none_or(|before| before < date && before.days_until(date) == 1), "{date}");
                    previous = Some(date);
                }
            }
        }
        assert_eq!(previous, Date::new(2101, 12, 31));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = (Date::from_digits(&text), text.parse::<Date>());
        }

        #[test]
        fn what_is_printed_is_read_back(year in 1900u16..=9999, month in 1u8..=12, day in 1u8..=31) {
            if let Some(date) = Date::new(year, month, day) {
                prop_assert_eq!(date.to_string().parse::<Date>().unwrap(), date);
                prop_assert_eq!(Date::from_digits(&date.to_string().replace('-', "")).unwrap(), date);
            }
        }
    }
}
