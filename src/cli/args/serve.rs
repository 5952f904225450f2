//! The arguments of `cpx-check serve`.

use std::path::PathBuf;

use clap::Args;

use super::{Evidence, Source, date};
use crate::identity::Date;

#[derive(Debug, Args)]
pub(in crate::cli) struct ServeArguments {
    #[command(flatten)]
    pub(in crate::cli) source: Source,

    /// Only prints the address.
    #[arg(long)]
    pub(in crate::cli) no_open: bool,

    /// Stays when the page is closed.
    #[arg(long)]
    pub(in crate::cli) keep: bool,

    /// Shows names, identifiers and numbers in full.
    #[arg(long)]
    pub(in crate::cli) show_identity: bool,

    /// Only these portals.
    #[arg(long, value_name = "PORTAL", value_delimiter = ',')]
    pub(in crate::cli) portal: Vec<String>,

    /// Only these browsers.
    #[arg(long, value_name = "BROWSER", value_delimiter = ',')]
    pub(in crate::cli) browser: Vec<String>,

    /// Further PKCS#11 modules to ask.
    #[arg(long = "module", value_name = "PATH")]
    pub(in crate::cli) further_module: Vec<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) evidence: Evidence,

    /// Judges as of this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(in crate::cli) at: Option<Date>,
}
