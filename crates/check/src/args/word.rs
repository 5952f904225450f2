//! Values of a closed set, typed in French or English, in any case.

use std::ffi::OsStr;
use std::marker::PhantomData;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};

use cpx_f413::Typed;

/// Understands a word of a set.
#[derive(Debug, Clone)]
pub(super) struct Word<T>(PhantomData<T>);

/// A value of a closed set.
pub(super) fn word<T: Typed>() -> Word<T> {
    Word(PhantomData)
}

impl<T: Typed> TypedValueParser for Word<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<T, Error> {
        let typed = value.to_string_lossy();
        T::of_typed(&typed).ok_or_else(|| {
            let mut error = Error::new(ErrorKind::InvalidValue).with_cmd(command);
            let argument = argument.map(ToString::to_string).unwrap_or_default();
            let known = T::codes().map(|code| match T::in_french(code) {
                french if french == code => code.to_owned(),
                french => format!("{french} ({code})"),
            });
            let known = known.collect();
            error.insert(ContextKind::InvalidArg, ContextValue::String(argument));
            error.insert(ContextKind::InvalidValue, ContextValue::String(typed.into_owned()));
            error.insert(ContextKind::ValidValue, ContextValue::Strings(known));
            error
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(T::codes().map(PossibleValue::new)))
    }
}
