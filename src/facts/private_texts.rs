//! The private texts of some facts, to be hidden wherever else they stand.
//!
//! They are found while the facts are serialised into nothing: an application that shows a verdict has no other use for
//! serialised facts, and a JSON of all of them would be a tenth of the library for C.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};

use super::Facts;
use super::anonymous::{PRIVATE, SHORTEST_PART};
use super::parts::Parts;
use crate::identity::serials;

/// The private texts of some facts.
pub struct PrivateTexts(Parts);

impl PrivateTexts {
    /// Those of these facts, and the serials of devices in the names of readers.
    pub fn of(facts: &Facts) -> Self {
        let found = Found::of(facts).into_iter().filter(|text| text.chars().count() >= SHORTEST_PART);
        Self(Parts::new(found.map(|text| (text, "***".to_owned()))))
    }

    /// The text without them, whatever the case of their letters.
    pub fn hide(&self, text: &str) -> String {
        let mut text = text.to_owned();
        self.0.replace(&mut text);
        text
    }
}

/// Takes every text that is serialised and keeps the private ones.
#[derive(Default)]
pub(super) struct Found {
    texts: BTreeSet<String>,
    /// What is serialised now stands under the key of private texts.
    is_private: bool,
}

impl Found {
    /// Those of these facts.
    pub(super) fn of(facts: &impl Serialize) -> BTreeSet<String> {
        let mut found = Self::default();
        // nothing here fails but a value that refuses to be serialised: what was found before it is kept
        let _ = facts.serialize(&mut found);
        found.texts
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> fmt::Result {
        self.is_private = key == PRIVATE;
        let done = value.serialize(&mut *self);
        self.is_private = false;
        done
    }
}

/// Values that are no texts.
macro_rules! pass_over {
    ($($method:ident($value:ty))*) => {
        $(fn $method(self, _: $value) -> fmt::Result {
            Ok(())
        })*
    };
}

impl Serializer for &mut Found {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    fn serialize_str(self, text: &str) -> fmt::Result {
        if self.is_private {
            self.texts.insert(text.to_owned());
        } else {
            self.texts.extend(serials(text).map(str::to_owned));
        }
        Ok(())
    }

    pass_over! {
        serialize_bool(bool) serialize_char(char) serialize_bytes(&[u8])
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64)
        serialize_f32(f32) serialize_f64(f64) serialize_unit_struct(&'static str)
    }

    fn serialize_none(self) -> fmt::Result {
        Ok(())
    }

    fn serialize_unit(self) -> fmt::Result {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> fmt::Result {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> fmt::Result {
        self.field(variant, value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, fmt::Error> {
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, fmt::Error> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, fmt::Error> {
        Ok(self)
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Self, fmt::Error> {
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, fmt::Error> {
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, fmt::Error> {
        Ok(self)
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Self, fmt::Error> {
        Ok(self)
    }
}

/// Lists, whose items stand under no key.
macro_rules! list {
    ($($list:ident::$method:ident)*) => {
        $(impl $list for &mut Found {
            type Ok = ();
            type Error = fmt::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
                self.field("", value)
            }

            fn end(self) -> fmt::Result {
                Ok(())
            }
        })*
    };
}

list! {
    SerializeSeq::serialize_element SerializeTuple::serialize_element
    SerializeTupleStruct::serialize_field SerializeTupleVariant::serialize_field
}

/// Structures, whose keys are known.
macro_rules! structure {
    ($($structure:ident)*) => {
        $(impl $structure for &mut Found {
            type Ok = ();
            type Error = fmt::Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> fmt::Result {
                self.field(key, value)
            }

            fn end(self) -> fmt::Result {
                Ok(())
            }
        })*
    };
}

structure! { SerializeStruct SerializeStructVariant }

/// Maps: their keys are chosen by collectors, and none of them is that of private texts.
impl SerializeMap for &mut Found {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> fmt::Result {
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        self.field("", value)
    }

    fn end(self) -> fmt::Result {
        Ok(())
    }
}
