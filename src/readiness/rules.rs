//! Floors, accepted lists and names: what changes with the years stands in the dated table `rules.csv`.

use std::sync::OnceLock;

use super::version::Version;
use crate::identity::Date;

const TABLE: &str = include_str!("rules.csv");

/// The dated rules that criteria ask.
#[derive(Debug)]
pub struct Rules {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    rule: String,
    about: String,
    value: String,
}

impl Rules {
    /// Those of this program.
    pub fn get() -> &'static Self {
        static RULES: OnceLock<Rules> = OnceLock::new();
        RULES.get_or_init(|| {
            let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
            let row = |row: csv::StringRecord| {
                let cell = |place| row.get(place).unwrap_or_default().to_owned();
                Row { rule: cell(0), about: cell(1), value: cell(2) }
            };
            // the table is part of the program: a test holds that every row can be read
            Self { rows: reader.records().flatten().map(row).collect() }
        })
    }

    /// The day of the table: nothing later is known to it.
    pub fn date(&self) -> Option<Date> {
        self.day("date", "")
    }

    pub(super) fn day(&self, rule: &str, about: &str) -> Option<Date> {
        self.values(rule, about).next()?.parse().ok()
    }

    /// The values of a rule about this, in the order of the table.
    pub(super) fn values<'a>(&'a self, rule: &'a str, about: &'a str) -> impl Iterator<Item = &'a str> {
        let rows = self.rows.iter().filter(move |row| row.rule == rule && row.about == about);
        rows.map(|row| row.value.as_str())
    }

    pub(super) fn version(&self, rule: &str, about: &str) -> Option<Version> {
        self.values(rule, about).next().and_then(Version::parse)
    }

    pub(super) fn number(&self, rule: &str, about: &str) -> Option<u32> {
        self.values(rule, about).next()?.parse().ok()
    }

    /// Whether the text has a value of the rule in it, in whatever case.
    pub(super) fn names(&self, rule: &str, text: &str) -> bool {
        let text = text.to_lowercase();
        self.values(rule, "").any(|value| text.contains(&value.to_lowercase()))
    }

    /// Whether the text is a value of the rule, in whatever case.
    pub(super) fn has(&self, rule: &str, text: &str) -> bool {
        self.values(rule, "").any(|value| value.eq_ignore_ascii_case(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_has_a_source() {
        let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), Rules::get().rows.len());
        for row in &rows {
            assert!(row.len() == 4 && !row[2].is_empty() && !row[3].is_empty(), "{row:?}");
        }
        // the layer of certificates is below this table
        assert_eq!(Rules::get().number("notice-days", "").map(i64::from), Some(crate::certificate::NOTICE_DAYS));
        assert_eq!(Rules::get().date().unwrap().to_string(), "2026-11-21");
        assert_eq!(Rules::get().values("igc-root", "").chain(Rules::get().values("igc-intermediate", "")).count(), 9);
    }
}
