//! Who a card says it belongs to, and when: names and dates.
//!
//! Pure: text and bytes in, values out. What identifies a person prints masked.

mod date;
mod mask;
mod name;

pub use date::Date;
pub use mask::mask;
pub use name::Name;
