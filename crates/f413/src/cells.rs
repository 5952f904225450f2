//! What stands in the cells of the tables: `*` for anything, several words separated by spaces, a day.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _};

use cpx_card::internal::identity::Date;

use super::coded::Coded;
use super::vocabulary::Form;

/// The tables are part of the library: a test holds that every line is a row.
pub(super) fn rows<T: DeserializeOwned>(table: &str) -> Vec<T> {
    csv::Reader::from_reader(table.as_bytes()).deserialize().flatten().collect()
}

/// The words in a cell, or any.
#[derive(Debug)]
pub(super) struct List<T> {
    any: bool,
    named: Vec<T>,
}

impl<T: Copy + PartialEq> List<T> {
    pub(super) fn has(&self, one: T) -> bool {
        self.any || self.named.contains(&one)
    }

    pub(super) fn is_any(&self) -> bool {
        self.any
    }

    pub(super) fn named(&self) -> &[T] {
        &self.named
    }
}

impl<'de, T: Coded> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "*" {
            return Ok(Self { any: true, named: Vec::new() });
        }
        let named = text.split_whitespace().map(|code| T::of_code(code).ok_or_else(|| D::Error::custom(code)));
        Ok(Self { any: false, named: named.collect::<Result<_, _>>()? })
    }
}

pub(super) fn coded<'de, T: Coded, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    T::of_code(&text).ok_or_else(|| D::Error::custom(text))
}

pub(super) fn coded_or_none<'de, T: Coded, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() { Ok(None) } else { T::of_code(&text).map(Some).ok_or_else(|| D::Error::custom(text)) }
}

pub(super) fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}

/// A day, where the cell has one.
pub(super) fn date_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(D::Error::custom) }
}

/// Codes of another table, separated by spaces.
pub(super) fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(String::deserialize(deserializer)?.split_whitespace().map(str::to_owned).collect())
}

/// Forms that are all needed, or the same for another way: `F101+F301|F101`.
#[derive(Debug)]
pub(super) struct Alternatives(pub(super) Vec<Vec<Form>>);

impl<'de> Deserialize<'de> for Alternatives {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let form = |code: &str| Form::from_code(code).ok_or_else(|| D::Error::custom(code));
        let ways = text.split('|').filter(|way| !way.is_empty());
        ways.map(|way| way.split('+').map(form).collect()).collect::<Result<_, _>>().map(Self)
    }
}
