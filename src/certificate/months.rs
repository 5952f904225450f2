//! Dates as they are sent: a month stands for an end, and what is judged of it stays.

use super::moment::Moment;
use super::time::{NOTICE_DAYS, Validity};
use crate::identity::{Date, Pseudonyms};

/// Days of a CPS3, with some to spare: a CPS4 is valid for longer (card-protocol.md section 7).
const SHORT_CARD_DAYS: i64 = 4 * 366;

/// What a card and its certificates are written anew with, as of one moment.
#[derive(Debug, Clone, Copy)]
pub struct Anonymity<'a> {
    pub(crate) pseudonyms: &'a Pseudonyms,
    now: Moment,
    card: (Option<Date>, Option<Date>),
}

impl<'a> Anonymity<'a> {
    /// With these pseudonyms, judged at this moment.
    pub fn new(pseudonyms: &'a Pseudonyms, now: Moment) -> Self {
        Self { pseudonyms, now, card: (None, None) }
    }

    /// The same for the certificates of a card that is valid from the one day to the other.
    #[must_use]
    pub fn of_card(self, from: Option<Date>, until: Option<Date>) -> Self {
        Self { card: (from, until), ..self }
    }

    /// The first day of a month that stands for this end: its own month, or the next to it where only a part of the month is
    /// expired, or expires soon. So neither the day of the end nor the day of the recording tells more than the state does.
    pub fn end(&self, end: Moment) -> Date {
        let state = |at: Moment| Validity::within(Moment::from_unix(i64::MIN), at, self.now).code();
        let is_whole = |first: &Date| {
            let last = Moment::from_unix(Moment::start_of(later(*first, 1)).unix().saturating_sub(1));
            [Moment::start_of(*first), last].map(state) == [state(end); 2]
        };
        let own = later(end.date(), 0);
        let found = [own, later(own, 1), later(own, -1)].into_iter().find(is_whole);
        // no whole month is about to expire: the first day of one is
        found.unwrap_or_else(|| later(self.now.date(), 1))
    }

    /// What stands for the beginning of a validity: told by its end, but where it is still to come.
    pub fn start(&self, from: Moment, until: Moment) -> Date {
        if from > self.now {
            return later(Moment::from_unix(self.now.unix().saturating_add(NOTICE_DAYS * 86_400)).date(), 1);
        }
        let months = if from.days_until(until) > SHORT_CARD_DAYS { -6 * 12 } else { -3 * 12 };
        later(self.end(until), months).min(later(self.now.date(), 0))
    }

    /// Beginning and end of the validity of a certificate, which agree with those of its card where they did.
    pub(super) fn validity(&self, from: Moment, until: Moment) -> (Date, Date) {
        let (card_from, card_until) = self.card;
        let own = (self.start(from, until), self.end(until));
        let (Some(card_from), Some(card_until)) = (card_from, card_until) else { return own };
        let (first, last) = (Moment::start_of(card_from), Moment::end_of(card_until));
        let card = (self.start(first, last), self.end(last));
        let is_long = first.days_until(last) > SHORT_CARD_DAYS;
        let state = |end: Date| Validity::within(Moment::from_unix(i64::MIN), Moment::start_of(end), self.now).code();
        let like_card = |sent: Date, own: Date, days: i64, within: bool| match days {
            -1..=1 if state(sent) == state(own) => sent,
            // two that differed are not made the same
            _ if own == sent && !within => later(own, 1),
            _ => own,
        };
        let days = (card_from.days_until(from.date()), card_until.days_until(until.date()));
        (
            like_card(card.0, own.0, days.0, is_long && days.0 > 0),
            like_card(card.1, own.1, days.1, is_long && days.1 < 0),
        )
    }
}

/// The first day of the month so many months later.
fn later(date: Date, months: i32) -> Date {
    let count = i32::from(date.year()).saturating_mul(12).saturating_add(i32::from(date.month()));
    let count = count.saturating_sub(1).saturating_add(months);
    let year = u16::try_from(count.div_euclid(12)).unwrap_or_default();
    let month = u8::try_from(count.rem_euclid(12)).unwrap_or_default().saturating_add(1);
    Date::new(year, month, 1).unwrap_or(Date::EARLIEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(end: &str, today: &str) -> String {
        let pseudonyms = Pseudonyms::keyed(b"");
        let now = Moment::start_of(today.parse().unwrap());
        Anonymity::new(&pseudonyms, now).end(Moment::end_of(end.parse().unwrap())).to_string()
    }

    #[test]
    fn an_end_is_sent_as_a_month_and_judged_as_before() {
        for (end, today, expected) in [
            ("2028-09-17", "2026-11-20", "2028-09-01"),
            ("2026-11-19", "2026-11-20", "2026-10-01"),
            ("2026-11-25", "2026-11-20", "2026-12-01"),
            ("2027-01-10", "2026-11-20", "2026-12-01"),
            ("2027-01-30", "2026-11-20", "2027-02-01"),
            // July to August has no whole month between
            ("2027-07-20", "2027-07-02", "2027-08-01"),
        ] {
            assert_eq!(sent(end, today), expected, "{end} on {today}");
        }
    }

    #[test]
    fn no_state_changes_and_no_month_is_split() {
        let pseudonyms = Pseudonyms::keyed(b"");
        let first = Moment::start_of(Date::new(2026, 1, 1).unwrap()).unix();
        for today in (0..400).step_by(7) {
            let now = Moment::from_unix(first + today * 86_400 + 43_200);
            let sent = Anonymity::new(&pseudonyms, now);
            let mut days = std::collections::BTreeMap::<Date, u32>::new();
            for day in -200..500 {
                let end = Moment::from_unix(now.unix() + day * 86_400 + 43_199);
                let first_of = sent.end(end);
                let state = |at| Validity::within(Moment::from_unix(i64::MIN), at, now).code();
                assert_eq!(state(Moment::start_of(first_of)), state(end), "{end} at {now}");
                assert_eq!(first_of.day(), 1);
                *days.entry(first_of).or_default() += 1;
            }
            // but for those at the edges of what was tried
            let whole = days.iter().skip(1).take(days.len() - 2);
            assert!(whole.clone().all(|(_, days)| *days >= 28), "{now}: {days:?}");
        }
    }
}
