//! The arguments of `cpx-check decode`.

use clap::Args;

use super::Format;

#[derive(Debug, Args)]
pub(crate) struct DecodeArguments {
    /// The support code, in any form that people write it.
    #[arg(value_name = "CODE", required = true)]
    pub(crate) code: Vec<String>,

    /// Form of the answer.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(crate) format: Format,
}
