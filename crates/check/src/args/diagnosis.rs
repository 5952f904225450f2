//! The arguments of plain `cpx-check`, the diagnosis of the workstation.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::{Evidence, Source, date};
use cpx_card::internal::card::Generation;
use cpx_card::internal::identity::Date;

/// Plain `cpx-check`.
#[derive(Debug, Args)]
pub(crate) struct DiagnosisArguments {
    /// Form of the answer.
    #[arg(id = "report_format", long = "format", value_enum, value_name = "FORMAT", default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,

    /// Writes the answer into this file, whole or not at all.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["explain", "list_checks"])]
    pub(crate) output: Option<PathBuf>,

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

    /// Shows every check.
    #[arg(long)]
    pub(crate) all: bool,

    /// Explains a check, without looking at anything.
    #[arg(long, value_name = "CHECK", conflicts_with_all = ["list_checks", "replay_case", "record_case", "compare"])]
    pub(crate) explain: Option<String>,

    /// Lists the checks, without looking at anything.
    #[arg(long, conflicts_with_all = ["replay_case", "record_case", "compare"])]
    pub(crate) list_checks: bool,

    /// What has changed since this earlier answer (JSON) or case file; of two, does the fault follow the card.
    #[arg(long, value_name = "FILE", num_args = 1..=2, action = clap::ArgAction::Set)]
    pub(crate) compare: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) swap: SwapArguments,

    /// Would this workstation take a card of this generation, whatever is in the reader.
    #[arg(long, value_enum, value_name = "GENERATION", conflicts_with_all = ["explain", "list_checks", "compare"])]
    pub(crate) for_card: Option<AwaitedCard>,

    /// Saves what was observed, anonymous.
    #[arg(long = "record", value_name = "FILE", conflicts_with = "replay_case")]
    pub(crate) record_case: Option<PathBuf>,

    /// A word by which case files of one card know each other; it is not stored.
    #[arg(long, value_name = "WORD", requires = "record_case")]
    pub(crate) link: Option<String>,

    /// Judges a case file instead of this workstation.
    #[arg(long = "replay", value_name = "FILE")]
    #[arg(conflicts_with_all = ["simulate", "online", "crl", "trust_dir", "further_module", "at", "reader"])]
    pub(crate) replay_case: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) evidence: Evidence,

    /// Whose settings to look at, where the program runs under another account.
    #[arg(long, value_name = "NAME", conflicts_with = "replay_case")]
    pub(crate) user: Option<String>,

    /// Waits this many seconds for a card that another program holds.
    #[arg(long, value_name = "SECONDS", default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=60))]
    pub(crate) wait: u64,

    /// Judges as of this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) at: Option<Date>,

    #[command(flatten)]
    pub(crate) source: Source,
}

/// What the user knows of the cards of two files.
#[derive(Debug, Default, Args)]
pub(crate) struct SwapArguments {
    /// Both files are of one card, on two workstations.
    #[arg(long, requires = "compare", conflicts_with = "other_card")]
    pub(crate) same_card: bool,

    /// They are of two cards, on one workstation.
    #[arg(long, requires = "compare")]
    pub(crate) other_card: bool,
}

/// The generations of cards that can be asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AwaitedCard {
    Cps3,
    Cps4,
}

impl From<AwaitedCard> for Generation {
    fn from(card: AwaitedCard) -> Self {
        match card {
            AwaitedCard::Cps3 => Self::Cps3,
            AwaitedCard::Cps4 => Self::Cps4,
        }
    }
}

/// The forms of a diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Text,
    Json,
    Html,
    Line,
    Ndjson,
    Prometheus,
    Junit,
}

impl DiagnosisArguments {
    pub(crate) fn patience(&self) -> Duration {
        Duration::from_secs(self.wait)
    }
}
