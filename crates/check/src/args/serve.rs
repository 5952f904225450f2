//! The arguments of `cpx-check serve`.

use std::path::PathBuf;

use clap::Args;

use super::{Evidence, Source, date};
use cpx_card::internal::identity::Date;

#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// Only prints the address.
    #[arg(long)]
    pub(crate) no_open: bool,

    /// Stays when the page is closed.
    #[arg(long)]
    pub(crate) keep: bool,

    /// Shows names, identifiers and numbers in full.
    #[arg(long)]
    pub(crate) show_identity: bool,

    /// Only these portals.
    #[arg(long, value_name = "PORTAL", value_delimiter = ',')]
    pub(crate) portal: Vec<String>,

    /// Only these browsers.
    #[arg(long, value_name = "BROWSER", value_delimiter = ',')]
    pub(crate) browser: Vec<String>,

    /// Further PKCS#11 modules to ask.
    #[arg(long = "module", value_name = "PATH")]
    pub(crate) further_module: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) evidence: Evidence,

    /// Judges as of this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) at: Option<Date>,

    #[command(flatten)]
    pub(crate) source: Source,
}
