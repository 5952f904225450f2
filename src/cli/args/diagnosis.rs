//! The arguments of plain `cpx-check`, the diagnosis of the workstation.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::{Evidence, Source, date};
use crate::identity::Date;

/// Plain `cpx-check`.
#[derive(Debug, Args)]
pub(in crate::cli) struct DiagnosisArguments {
    #[command(flatten)]
    pub(in crate::cli) source: Source,

    /// Form of the answer.
    #[arg(id = "report_format", long = "format", value_enum, value_name = "FORMAT", default_value_t = ReportFormat::Text)]
    pub(in crate::cli) format: ReportFormat,

    /// Writes the answer into this file, whole or not at all.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["explain", "list_checks"])]
    pub(in crate::cli) output: Option<PathBuf>,

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

    /// Shows every check.
    #[arg(long)]
    pub(in crate::cli) all: bool,

    /// Explains a check, without looking at anything.
    #[arg(long, value_name = "CHECK", conflicts_with_all = ["list_checks", "replay_case", "record_case", "compare"])]
    pub(in crate::cli) explain: Option<String>,

    /// Lists the checks, without looking at anything.
    #[arg(long, conflicts_with_all = ["replay_case", "record_case", "compare"])]
    pub(in crate::cli) list_checks: bool,

    /// What has changed since this earlier answer (JSON) or case file.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) compare: Option<PathBuf>,

    /// Saves what was observed, redacted.
    #[arg(long = "record", value_name = "FILE", conflicts_with = "replay_case")]
    pub(in crate::cli) record_case: Option<PathBuf>,

    /// Judges a case file instead of this workstation.
    #[arg(long = "replay", value_name = "FILE")]
    #[arg(conflicts_with_all = ["simulate", "online", "crl", "trust_dir", "further_module", "at", "reader"])]
    pub(in crate::cli) replay_case: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) evidence: Evidence,

    /// Whose settings to look at, where the program runs under another account.
    #[arg(long, value_name = "NAME", conflicts_with = "replay_case")]
    pub(in crate::cli) user: Option<String>,

    /// Waits this many seconds for a card that another program holds.
    #[arg(long, value_name = "SECONDS", default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=60))]
    pub(in crate::cli) wait: u64,

    /// Judges as of this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(in crate::cli) at: Option<Date>,
}

/// The forms of a diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReportFormat {
    Text,
    Json,
    Html,
    Line,
    Ndjson,
    Prometheus,
    Junit,
}

impl DiagnosisArguments {
    pub(in crate::cli) fn patience(&self) -> Duration {
        Duration::from_secs(self.wait)
    }
}
