//! Closed sets of words: what may stand in a table of rules, in JSON and on the command line.

/// A word of a closed set.
pub trait Coded: Copy + Send + Sync + 'static {
    /// The word with this code.
    fn of_code(code: &str) -> Option<Self>;

    /// The codes of all of them.
    fn codes() -> impl Iterator<Item = &'static str>;
}

/// Declares an enum whose variants have stable codes.
macro_rules! coded {
    ($($(#[$doc:meta])+ $name:ident { $($(#[$variant_doc:meta])+ $variant:ident = $code:literal,)+ })+) => {$(
        $(#[$doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])+ $variant,)+
        }

        impl $name {
            /// Every one, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stable code.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// The one with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }

        impl crate::coded::Coded for $name {
            fn of_code(code: &str) -> Option<Self> {
                Self::from_code(code)
            }

            fn codes() -> impl Iterator<Item = &'static str> {
                Self::ALL.iter().map(|one| one.code())
            }
        }
    )+};
}

pub(super) use coded;
