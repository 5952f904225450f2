//! Who a card says it belongs to: card type, category, holder and structure identifiers, card number, names, and the
//! code tables that put words on the numbers.
//!
//! Pure: text and bytes in, values out. What identifies a person ([`HolderId`], [`StructureId`], [`CardNumber`],
//! [`ChipSerial`], [`Name`]) prints masked; the full text comes only from its `reveal`.
//!
//! ```
//! use cpx_card::internal::identity::{HolderId, Register};
//!
//! let holder = HolderId::parse("899700366240");
//! assert_eq!(holder.register(), Register::Rpps);
//! assert_eq!(holder.to_string(), "*********240");
//! assert_eq!(holder.reveal(), "899700366240");
//! ```

mod card_type;
mod category;
mod check_digit;
mod coded;
pub mod codes;
mod date;
mod holder_id;
mod mask;
mod name;
mod number;
mod parts;
mod private;
mod pseudonym;
mod register;
mod structure_id;
#[cfg(test)]
mod tests;

pub use card_type::{CardType, Distinction, TypeEvidence};
pub use category::Category;
pub use check_digit::CheckVerdict;
pub use coded::{Civility, Language, Profession, Speciality};
pub use codes::Table;
pub use date::Date;
pub use holder_id::HolderId;
pub use mask::mask;
pub use name::Name;
pub use number::{CardNumber, ChipSerial};
pub use parts::{IdNote, IdProblem};
pub use private::Private;
pub use pseudonym::{OTHER_PROFESSION, Pseudonyms};
pub(crate) use pseudonym::{sent_profession, serials};
pub use register::Register;
pub use structure_id::StructureId;
