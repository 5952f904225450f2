//! Foreign texts, cut to what is kept.

use crate::limits;

/// The beginning of a text, at most [`NETWORK_TEXT`](limits::NETWORK_TEXT) characters.
pub(crate) fn bounded(text: &str) -> String {
    text.chars().take(limits::NETWORK_TEXT).collect()
}
