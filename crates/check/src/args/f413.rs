//! The arguments of `cpx-check f413`, `cpx-check f413 order` and `cpx-check forms`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};

use cpx_card::internal::identity::Date;
use cpx_f413::{Contract, Declared, Need, NumberKind, Profile, Role, Structure};

use super::word::word;
use super::{Evidence, Format, InHand, Output, Source, date};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct F413Arguments {
    #[command(subcommand)]
    pub(crate) then: Option<F413Command>,

    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) in_hand: InHand,

    /// Shows the rules, the documents that they rest on and where these disagree.
    #[arg(long)]
    pub(crate) sources: bool,

    /// Reads one certificate as well.
    #[arg(long = "certificates", id = "f413_certificates")]
    pub(crate) certificates: bool,

    #[command(flatten)]
    pub(crate) evidence: Evidence,

    /// Whether the holder is the legal representative.
    #[arg(long, value_name = "YES|NO", value_parser = word::<Declared>(), default_value = "unknown", hide_default_value = true)]
    pub(crate) legal_representative: Declared,

    /// Whether a mandate is recorded.
    #[arg(long, value_name = "YES|NO", value_parser = word::<Declared>(), default_value = "unknown", hide_default_value = true)]
    pub(crate) mandate: Declared,

    /// Whether the holder owns the practice.
    #[arg(long, value_name = "YES|NO", value_parser = word::<Declared>(), default_value = "unknown", hide_default_value = true)]
    pub(crate) practice_owner: Declared,

    /// Copies the lines of the form, in full.
    #[arg(long, conflicts_with = "batch")]
    pub(crate) copy: bool,

    /// Reads one card after the other and records each in this file.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["at", "wait", "output"])]
    pub(crate) batch: Option<PathBuf>,

    /// Waits this many seconds for a card that another program holds.
    #[arg(long, value_name = "SECONDS", default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=60))]
    pub(crate) wait: u64,

    /// Judges the card as of this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) at: Option<Date>,

    #[command(flatten)]
    pub(crate) source: Source,
}

#[derive(Debug, Subcommand)]
pub(crate) enum F413Command {
    /// Says what to order.
    Order(OrderArguments),
}

#[derive(Debug, Args)]
pub(crate) struct OrderArguments {
    #[command(flatten)]
    pub(crate) plan: PlanArguments,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// Who orders, and what for.
#[derive(Debug, Args)]
pub(crate) struct PlanArguments {
    /// The kind of structure.
    #[arg(long, value_name = "KIND", value_parser = word::<Structure>())]
    pub(crate) structure: Option<Structure>,

    /// The contract of today.
    #[arg(long, value_name = "KIND", value_parser = word::<Contract>())]
    pub(crate) contract: Option<Contract>,

    /// In which capacity one asks.
    #[arg(long, value_name = "ROLE", value_parser = word::<Role>())]
    pub(crate) role: Option<Role>,

    /// What it is for.
    #[arg(long, value_name = "NEED", value_delimiter = ',', value_parser = word::<Need>())]
    pub(crate) need: Vec<Need>,

    /// Software solutions that use the certificates.
    #[arg(long, value_name = "COUNT", value_parser = count())]
    pub(crate) solutions: Option<u32>,

    /// Servers of each solution.
    #[arg(long, value_name = "COUNT", value_parser = count())]
    pub(crate) servers: Option<u32>,

    /// Sites of all entities together.
    #[arg(long, value_name = "COUNT", value_parser = count())]
    pub(crate) sites: Option<u32>,

    /// Legal entities.
    #[arg(long, value_name = "COUNT", value_parser = count())]
    pub(crate) entities: Option<u32>,

    /// FINESS of the legal entity.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) finess_legal: Option<String>,

    /// FINESS of the site.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) finess_site: Option<String>,

    /// SIRET.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) siret: Option<String>,

    /// RPPS rank.
    #[arg(long, value_name = "NUMBER", value_delimiter = ',')]
    pub(crate) rpps_rank: Vec<String>,

    /// Card number.
    #[arg(long, value_name = "NUMBER", value_delimiter = ',')]
    pub(crate) card_number: Vec<String>,

    /// Holder identifier.
    #[arg(long, value_name = "NUMBER", value_delimiter = ',')]
    pub(crate) holder_id: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct FormsArguments {
    /// What is looked for.
    #[arg(value_name = "WORD")]
    pub(crate) words: Vec<String>,

    /// Only the forms of a profile.
    #[arg(long, value_name = "PROFILE", value_parser = word::<Profile>(), conflicts_with = "words")]
    pub(crate) profile: Option<Profile>,

    /// Form of the answer.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(crate) format: Format,
}

impl F413Arguments {
    pub(crate) fn patience(&self) -> Duration {
        Duration::from_secs(self.wait)
    }
}

impl PlanArguments {
    /// The numbers as they were typed.
    pub(crate) fn typed(&self) -> Vec<(NumberKind, &str)> {
        let one = [
            (NumberKind::FinessLegal, &self.finess_legal),
            (NumberKind::FinessSite, &self.finess_site),
            (NumberKind::Siret, &self.siret),
        ];
        let several = [
            (NumberKind::RppsRank, &self.rpps_rank),
            (NumberKind::CardNumber, &self.card_number),
            (NumberKind::HolderId, &self.holder_id),
        ];
        let one = one.into_iter().filter_map(|(kind, typed)| Some((kind, typed.as_deref()?)));
        one.chain(several.into_iter().flat_map(|(kind, all)| all.iter().map(move |typed| (kind, typed.as_str()))))
            .collect()
    }
}

fn count() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(1..=i64::from(cpx_card::internal::limits::SOLUTIONS))
}
