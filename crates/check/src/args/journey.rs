//! The arguments of `cpx-check parcours`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::diagnosis::{DiagnosisArguments, ReportFormat, SwapArguments};
use super::{Evidence, PlanArguments, Source};

#[derive(Debug, Args)]
pub(crate) struct JourneyArguments {
    #[command(flatten)]
    pub(crate) plan: PlanArguments,

    /// Says whether a request (CSR) or a certificate fits the need.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["done", "simulate", "reader", "replay_case"])]
    pub(crate) check: Option<PathBuf>,

    /// Steps that are done.
    #[arg(long, value_name = "STEP", value_delimiter = ',')]
    pub(crate) done: Vec<String>,

    /// Looks neither at cards nor at the workstation.
    #[arg(long, conflicts_with_all = ["simulate", "reader", "replay_case"])]
    pub(crate) without_station: bool,

    /// Takes a case file instead of this workstation.
    #[arg(long = "replay", id = "replay_case", value_name = "FILE", conflicts_with_all = ["simulate", "reader"])]
    pub(crate) replay_case: Option<PathBuf>,

    /// Form of the answer.
    #[arg(id = "journey_format", long = "format", value_enum, value_name = "FORMAT", default_value_t = JourneyFormat::Text)]
    pub(crate) format: JourneyFormat,

    /// Writes the answer into this file, whole or not at all.
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Shows numbers in full.
    #[arg(long)]
    pub(crate) show_identity: bool,

    #[command(flatten)]
    pub(crate) source: Source,
}

/// The forms of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum JourneyFormat {
    Text,
    Json,
    Html,
}

impl JourneyArguments {
    /// The diagnosis that looks at the workstation for these portals.
    pub(crate) fn diagnosis(&self, portals: &[&str]) -> DiagnosisArguments {
        DiagnosisArguments {
            for_card: None,
            source: self.source.clone(),
            format: ReportFormat::Text,
            output: None,
            show_identity: self.show_identity,
            portal: portals.iter().map(ToString::to_string).collect(),
            browser: Vec::new(),
            further_module: Vec::new(),
            all: false,
            explain: None,
            list_checks: false,
            compare: Vec::new(),
            swap: SwapArguments::default(),
            link: None,
            record_case: None,
            replay_case: self.replay_case.clone(),
            user: None,
            evidence: Evidence::default(),
            wait: 0,
            at: None,
        }
    }
}
