//! The national identifier of a structure, `Struct_IdNat`.

use super::mask::print_masked;
use super::parts::{IdNote, IdProblem, Parts, Scheme};
use super::{CheckVerdict, Register};

/// The structure identifier, `Struct_IdNat`: a type digit (table G07) and an identifier.
///
/// It is the unit (`OU`) of the certificates of staff and `CPS_ACTIVITY_nn_PS` tag 85. That of a practice holds the
/// number of its owner, so it prints masked. Its type digits are not those of a [`HolderId`](super::HolderId).
///
/// ```
/// use cpx_card::{Register, StructureId};
///
/// let structure = StructureId::parse("318751275100020");
/// assert_eq!(structure.register(), Register::Siret);
/// assert_eq!(structure.identifier(), "18751275100020");
/// assert_eq!(structure.to_string(), "************020");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct StructureId(String);

impl StructureId {
    /// The identifier in this text, kept as it is. Never fails: [`problem`](Self::problem) says what is odd.
    pub fn parse(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The digit that names the register, `0` to `9`; `None` when the text begins otherwise.
    pub fn type_digit(&self) -> Option<char> {
        self.parts().type_digit
    }

    /// The register that the type digit stands for.
    pub fn register(&self) -> Register {
        self.parts().register
    }

    /// What follows the type digit. Unmasked.
    pub fn identifier(&self) -> &str {
        self.parts().identifier
    }

    /// Whether the check digit fits.
    pub fn check(&self) -> CheckVerdict {
        self.parts().check()
    }

    /// What is wrong, or `None`.
    #[doc(hidden)]
    pub fn problem(&self) -> Option<IdProblem> {
        self.parts().problem()
    }

    /// What is worth knowing and not wrong, or `None`.
    #[doc(hidden)]
    pub fn note(&self) -> Option<IdNote> {
        self.parts().note()
    }

    /// The full text, unmasked.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    fn parts(&self) -> Parts<'_> {
        Parts::read(Scheme::Structure, &self.0)
    }
}

print_masked!(StructureId);
