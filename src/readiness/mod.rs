//! Judges what was observed. Pure: the same facts on the same day give the same verdict, on any system.

mod card_verdict;

pub use card_verdict::{CardVerdict, Outcome, Reservation, judge_cards};
