//! What a sentence names, by what it is: how it is cleaned, masked and written goes by that.

use std::fmt;

use super::version::Version;
use crate::identity::Date;
use crate::iso7816::Atr;

/// A value that a sentence names.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// A count, or a quantity in the unit of its sentence.
    Number(i64),
    /// A duration, in minutes.
    Minutes(u64),
    /// A day.
    Date(Date),
    /// A code, a version, the name of an authority: many workstations have the same. Untrusted.
    Code(String),
    /// The name of a host, in lower case. Untrusted.
    Host(String),
    /// Files and folders of this machine, which may be named after a person; several are joined by a comma. Untrusted.
    Path(String),
    /// A name that a person, a maker or a program chose; several are joined by a comma. Untrusted.
    Name(String),
}

impl Value {
    /// The same, its untrusted text put through `clean`.
    #[must_use]
    pub fn cleaned(&self, clean: impl Fn(&str) -> String) -> Self {
        match self {
            Self::Number(_) | Self::Minutes(_) | Self::Date(_) => self.clone(),
            Self::Code(text) => Self::Code(clean(text)),
            Self::Host(text) => Self::Host(clean(text)),
            Self::Path(text) => Self::Path(clean(text)),
            Self::Name(text) => Self::Name(clean(text)),
        }
    }

    pub(super) fn code(text: impl Into<String>) -> Self {
        Self::Code(text.into())
    }

    pub(super) fn host(text: &str) -> Self {
        Self::Host(text.to_owned())
    }

    pub(super) fn path(text: impl Into<String>) -> Self {
        Self::Path(text.into())
    }
}

/// As machines read it: a day as `2026-11-30`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Minutes(minutes) => minutes.fmt(f),
            Self::Date(date) => date.fmt(f),
            Self::Code(text) | Self::Host(text) | Self::Path(text) | Self::Name(text) => f.write_str(text),
        }
    }
}

/// What nobody said more of is the most private.
impl From<&str> for Value {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Version> for Value {
    fn from(version: Version) -> Self {
        Self::code(version.to_string())
    }
}

impl From<&Atr> for Value {
    fn from(atr: &Atr) -> Self {
        Self::code(atr.to_string())
    }
}

/// Numbers that `i64` may not hold.
macro_rules! numbers {
    ($($number:ty)*) => {
        $(impl From<$number> for Value {
            fn from(number: $number) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        })*
    };
}

numbers! { i64 u8 u16 u32 u64 usize }
