//! Text that tells a person, a card or a machine apart: masked wherever it is printed, replaced wherever it is saved.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A name, a number or a fingerprint that stands for one person, one card or one machine: compared, never shown.
///
/// It is serialised under the key `private`, by which whoever saves facts finds every one of them.
///
/// ```
/// use cpx_card::internal::identity::Private;
///
/// let user = Private::new("marie.dupont");
/// assert_eq!(format!("{user:?}"), "Private(***)");
/// assert_eq!(user.reveal(), "marie.dupont");
/// assert_eq!(serde_json::to_string(&user)?, r#"{"private":"marie.dupont"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Private {
    private: String,
}

impl Private {
    /// This text is private.
    pub fn new(text: impl Into<String>) -> Self {
        Self { private: text.into() }
    }

    /// The text itself.
    pub fn reveal(&self) -> &str {
        &self.private
    }
}

/// Serialises a masked text as a [`Private`]. What is read back is kept as it stands: a case file has pseudonyms.
macro_rules! saved_as_private {
    ($type:ident) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
                $crate::identity::Private::new(self.0.as_str()).serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
                $crate::identity::Private::deserialize(deserializer).map(|text| Self(text.reveal().to_owned()))
            }
        }
    };
}
pub(super) use saved_as_private;

impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Private(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_revealed_and_not_printed() {
        let name = Private::new("marie.dupont");
        assert_eq!((name.reveal(), format!("{name:?}")), ("marie.dupont", "Private(***)".into()));
    }
}
