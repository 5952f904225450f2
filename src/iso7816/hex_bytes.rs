//! Bytes as they are saved: hexadecimal that says that it is, so that nobody takes a part of it for a text.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The key under which bytes stand in saved facts.
pub(crate) const HEX: &str = "hex";

/// The saved form; version 0.1 wrote the digits alone.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Saved {
    Marked { hex: String },
    Plain(String),
}

/// Bytes in their saved form.
pub(crate) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    Saved::Marked { hex: hex::encode_upper(bytes) }.serialize(serializer)
}

/// Bytes from their saved form.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let (Saved::Marked { hex } | Saved::Plain(hex)) = Saved::deserialize(deserializer)?;
    hex::decode(hex).map_err(|error| serde::de::Error::custom(format_args!("these are no hexadecimal digits: {error}")))
}
