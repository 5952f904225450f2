//! Who a card says it belongs to: card type, category, names, and the code tables that put words on the numbers.
//!
//! Pure: text and bytes in, values out. What identifies a person prints masked.

mod card_type;
mod category;
pub mod codes;
mod date;
mod mask;
mod name;

pub use card_type::{CardType, Distinction, TypeEvidence};
pub use category::Category;
pub use codes::Table;
pub use date::Date;
pub use mask::mask;
pub use name::Name;
