//! The command line. The help of every argument is in the text files of the reports, under `help-…`.

mod decode;
mod diagnosis;
mod f413;
mod journey;
mod serve;
mod token;
mod word;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::encoding::Encoding;
use cpx_card::internal::collect::EvidenceSources;
use cpx_card::internal::identity::Date;
use cpx_simulator::DEFAULT_PORT;

pub(super) use decode::DecodeArguments;
pub(super) use diagnosis::{DiagnosisArguments, ReportFormat};
pub(super) use f413::{F413Arguments, F413Command, FormsArguments, OrderArguments, PlanArguments};
pub(super) use journey::{JourneyArguments, JourneyFormat};
pub(super) use serve::ServeArguments;
pub(super) use token::TokenArguments;

/// `cpx-check`.
#[derive(Debug, Parser)]
#[command(name = "cpx-check", version, disable_help_subcommand = true, disable_help_flag = true)]
#[command(disable_version_flag = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,

    #[command(flatten)]
    pub(super) diagnosis: DiagnosisArguments,

    /// Language of the sentences.
    #[arg(long, global = true, value_enum, value_name = "LANG", display_order = 900)]
    pub(super) lang: Option<Lang>,

    /// Code page of text; by default what the console says where it is redirected.
    #[arg(long, global = true, value_enum, value_name = "ENCODING", display_order = 900)]
    pub(super) encoding: Option<Encoding>,

    #[arg(short, long, global = true, display_order = 901, action = clap::ArgAction::Help)]
    help: Option<bool>,

    #[arg(short = 'V', long, display_order = 902, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Reads the card and says what it is.
    Card(CardArguments),
    /// Shows the diagnosis in the browser, live.
    Serve(Box<ServeArguments>),
    /// Explains certificate files.
    Certificate(CertificateArguments),
    /// Says whether a card will do for form F413.
    F413(Box<F413Arguments>),
    /// Says which form for which situation.
    Forms(FormsArguments),
    /// Says which step comes next on the way to a certificate.
    Parcours(Box<JourneyArguments>),
    /// Asks the PKCS#11 modules what they see.
    Token(TokenArguments),
    /// Lists the readers, without any exchange with a card.
    Readers(ReadersArguments),
    /// Tells what happens in the readers.
    Watch(WatchArguments),
    /// Says what a support code means.
    Decode(DecodeArguments),
    /// Puts a virtual card into the virtual reader.
    Simulate(SimulateArguments),
}

#[derive(Debug, Args)]
pub(super) struct CardArguments {
    #[command(flatten)]
    pub(super) output: Output,
    #[command(flatten)]
    pub(super) in_hand: InHand,

    /// Replays a recorded dialogue instead of asking a reader.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["simulate", "record"])]
    pub(super) replay: Option<PathBuf>,

    /// Records the dialogue, anonymous.
    #[arg(long, value_name = "FILE")]
    pub(super) record: Option<PathBuf>,

    /// Records names, identifiers and numbers in full.
    #[arg(long, requires = "record")]
    pub(super) record_identity: bool,

    /// Reads the certificates as well.
    #[arg(long)]
    pub(super) certificates: bool,

    #[command(flatten)]
    pub(super) evidence: Evidence,

    /// Waits this many seconds for a card that another program holds.
    #[arg(long, value_name = "SECONDS", default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=60))]
    pub(super) wait: u64,

    /// Judges the card as of this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(super) at: Option<Date>,

    #[command(flatten)]
    pub(super) source: Source,
}

#[derive(Debug, Args)]
pub(super) struct CertificateArguments {
    /// Files or folders: certificates, requests, lists, containers.
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<PathBuf>,

    /// Reads the code of a container from this file descriptor instead of the keyboard.
    #[arg(long, value_name = "FD")]
    pub(super) password_fd: Option<u32>,

    #[command(flatten)]
    pub(super) evidence: Evidence,

    #[command(flatten)]
    pub(super) output: Output,

    /// Judges the certificates as of this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(super) at: Option<Date>,
}

/// What certificates are judged with.
#[derive(Debug, Default, Args)]
pub(super) struct Evidence {
    /// Further folders or files with authority certificates.
    #[arg(long, value_name = "PATH")]
    pub(super) trust_dir: Vec<PathBuf>,

    /// Folders or files with revocation lists.
    #[arg(long, value_name = "PATH")]
    pub(super) crl: Vec<PathBuf>,

    /// Asks the issuer over the network.
    #[arg(long)]
    pub(super) online: bool,
}

impl Evidence {
    /// Whether anything was asked that only certificates can answer.
    pub(super) fn is_asked(&self) -> bool {
        self.online || !self.crl.is_empty() || !self.trust_dir.is_empty()
    }
}

impl From<&Evidence> for EvidenceSources {
    fn from(evidence: &Evidence) -> Self {
        Self::new(evidence.trust_dir.clone(), evidence.crl.clone(), evidence.online)
    }
}

#[derive(Debug, Args)]
pub(super) struct ReadersArguments {
    /// Form of the answer.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(super) format: Format,

    #[command(flatten)]
    pub(super) source: Source,
}

#[derive(Debug, Args)]
pub(super) struct WatchArguments {
    #[command(flatten)]
    pub(super) output: Output,

    #[command(flatten)]
    pub(super) source: Source,
}

#[derive(Debug, Args)]
pub(super) struct SimulateArguments {
    /// Which card: a name of `--list`, or a personality file.
    #[arg(value_name = "NAME|FILE", required_unless_present = "list")]
    pub(super) name: Option<String>,

    /// Lists the cards.
    #[arg(long, conflicts_with = "name")]
    pub(super) list: bool,

    /// Port of the virtual reader on this machine.
    #[arg(long, value_name = "PORT", default_value_t = DEFAULT_PORT)]
    pub(super) port: u16,

    #[command(flatten)]
    pub(super) speed: Speed,

    /// Form of the list.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(super) format: Format,
}

/// Where readers and cards come from.
#[derive(Debug, Clone, Args)]
pub(super) struct Source {
    /// Only the readers whose name contains this.
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub(super) reader: String,

    /// A virtual card instead of a reader; several for several readers.
    #[arg(long, value_name = "NAME|FILE", num_args = 0..=1, default_missing_value = DEFAULT_CARD, value_delimiter = ',')]
    pub(super) simulate: Vec<String>,

    #[command(flatten)]
    pub(super) speed: Speed,
}

/// The card that is simulated when none is named.
pub(super) const DEFAULT_CARD: &str = "cps-medecin";

/// How slow a virtual card is.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Speed {
    /// Bits a second of a virtual card.
    #[arg(long, value_name = "BITS", value_parser = clap::value_parser!(u32).range(300..))]
    pub(super) baud: Option<u32>,

    /// Milliseconds of every exchange with a virtual card.
    #[arg(long, value_name = "MS", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=10_000))]
    pub(super) apdu_ms: u32,
}

/// How the answer looks.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Output {
    /// Form of the answer.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(super) format: Format,

    /// Shows names, identifiers and numbers in full.
    #[arg(long)]
    pub(super) show_identity: bool,
}

/// Of the commands that show the identity on the terminal of whoever has the card in the hand.
#[derive(Debug, Clone, Args)]
pub(super) struct InHand {
    /// Masks names, identifiers and numbers on the terminal as well.
    #[arg(long, conflicts_with = "show_identity")]
    pub(super) masked: bool,

    /// Writes the answer into this file, whole or not at all.
    #[arg(long = "output", id = "output", value_name = "FILE")]
    pub(super) file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Lang {
    Fr,
    En,
}

impl CardArguments {
    pub(super) fn patience(&self) -> Duration {
        Duration::from_secs(self.wait)
    }
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|error: cpx_card::Error| error.to_string())
}
