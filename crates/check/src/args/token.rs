//! The arguments of `cpx-check token`.

use std::path::PathBuf;

use clap::Args;

use super::{Output, Source};

#[derive(Debug, Args)]
pub(crate) struct TokenArguments {
    #[command(flatten)]
    pub(crate) output: Output,

    /// Asks this module only; several for several modules.
    #[arg(long, value_name = "PATH")]
    pub(crate) module: Vec<PathBuf>,

    /// Proves that the card can authenticate: asks for the code porteur.
    #[arg(long)]
    pub(crate) prove: bool,

    /// Allows the proof to use the last try.
    #[arg(long, requires = "prove")]
    pub(crate) last_try: bool,

    /// Reads the code from this file descriptor instead of the keyboard.
    #[arg(long, value_name = "FD", requires = "prove")]
    pub(crate) pin_fd: Option<u32>,

    #[command(flatten)]
    pub(crate) source: Source,
}
