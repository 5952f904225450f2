//! The arguments of `cpx-check decode`.

use clap::Args;

use super::Format;

#[derive(Debug, Args)]
pub(in crate::cli) struct DecodeArguments {
    /// The support code, in any form that people write it.
    #[arg(value_name = "CODE", required = true)]
    pub(in crate::cli) code: Vec<String>,

    /// Form of the answer.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(in crate::cli) format: Format,
}
