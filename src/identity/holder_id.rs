//! The national identifier of a card holder, `PS_IdNat`.

use super::mask::print_masked;
use super::parts::{IdNote, IdProblem, Parts, Scheme};
use super::private::saved_as_private;
use super::{CheckVerdict, Register, StructureId};

/// The holder identifier, `PS_IdNat`: a type digit (table G08), an identifier, and for staff a slash and a register
/// number.
///
/// It is `CPS_INFO_PS` tag 81, the common name of the holder's certificates, and printed on the card. It identifies a
/// person: it prints masked.
///
/// ```
/// use cpx_card::internal::identity::{CheckVerdict, HolderId, IdProblem, Register};
///
/// let staff = HolderId::parse("30B0057881/CPET0002");
/// assert_eq!(staff.register(), Register::Finess);
/// assert_eq!((staff.identifier(), staff.register_number()), ("0B0057881", Some("CPET0002")));
/// assert_eq!(staff.check(), CheckVerdict::Valid);
/// assert_eq!(staff.problem(), None);
///
/// assert_eq!(HolderId::parse("10002813839").problem(), Some(IdProblem::LeadingEightMissing));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct HolderId(String);

impl HolderId {
    /// The identifier in this text, kept as it is. Never fails: [`problem`](Self::problem) says what is odd.
    pub fn parse(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The digit that names the register, `0` to `9`; `None` when the text begins otherwise, or is an RPPS number
    /// without its 8.
    pub fn type_digit(&self) -> Option<char> {
        self.parts().type_digit
    }

    /// The register that the type digit stands for.
    pub fn register(&self) -> Register {
        self.parts().register
    }

    /// What follows the type digit, up to the slash: the professional's number, or that of the structure. Unmasked.
    pub fn identifier(&self) -> &str {
        self.parts().identifier
    }

    /// What follows the slash: the number of the holder in the structure, free text. Unmasked.
    pub fn register_number(&self) -> Option<&str> {
        self.parts().register_number
    }

    /// Whether the check digit of the identifier fits. The register number has none.
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

    /// Whether this holder belongs to this structure by their identifiers: the common name of a certificate without
    /// its type digit and register number equals the unit (`OU`) without its type digit.
    ///
    /// `None` when the two cannot be compared: the holder is numbered as a professional, or the two are of different
    /// registers.
    ///
    /// ```
    /// use cpx_card::{HolderId, StructureId};
    ///
    /// let holder = HolderId::parse("30B0057881/CPET0002");
    /// assert_eq!(holder.agrees_with(&StructureId::parse("10B0057881")), Some(true));
    /// assert_eq!(holder.agrees_with(&StructureId::parse("10B0307377")), Some(false));
    /// assert_eq!(HolderId::parse("899700075064").agrees_with(&StructureId::parse("10B0057881")), None);
    /// ```
    pub fn agrees_with(&self, structure: &StructureId) -> Option<bool> {
        let register = self.register();
        let comparable = register.is_of_structures() && register == structure.register();
        comparable.then(|| self.identifier() == structure.identifier())
    }

    /// The full text, unmasked.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    fn parts(&self) -> Parts<'_> {
        Parts::read(Scheme::Holder, &self.0)
    }
}

print_masked!(HolderId);
saved_as_private!(HolderId);
