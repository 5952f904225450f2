//! The arguments of `cpx-check f413`, `cpx-check f413 order` and `cpx-check forms`.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};

use crate::f413::{Contract, Declared, Need, NumberKind, Structure};
use crate::identity::Date;

use super::{Evidence, Format, Output, Source, date};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(in crate::cli) struct F413Arguments {
    #[command(subcommand)]
    pub(in crate::cli) then: Option<F413Command>,

    #[command(flatten)]
    pub(in crate::cli) source: Source,
    #[command(flatten)]
    pub(in crate::cli) output: Output,

    /// Reads one certificate as well.
    #[arg(long = "certificates", id = "f413_certificates")]
    pub(in crate::cli) certificates: bool,

    #[command(flatten)]
    pub(in crate::cli) evidence: Evidence,

    /// Whether the holder is the legal representative.
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no(), default_value = "unknown", hide_default_value = true)]
    pub(in crate::cli) legal_representative: Declared,

    /// Whether a mandate is recorded.
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no(), default_value = "unknown", hide_default_value = true)]
    pub(in crate::cli) mandate: Declared,

    /// Whether the holder owns the practice.
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no(), default_value = "unknown", hide_default_value = true)]
    pub(in crate::cli) practice_owner: Declared,

    /// Copies the lines of the form, in full.
    #[arg(long, conflicts_with = "batch")]
    pub(in crate::cli) copy: bool,

    /// Reads one card after the other and records each in this file.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["at", "wait"])]
    pub(in crate::cli) batch: Option<PathBuf>,

    /// Waits this many seconds for a card that another program holds.
    #[arg(long, value_name = "SECONDS", default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=60))]
    pub(in crate::cli) wait: u64,

    /// Judges the card as of this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(in crate::cli) at: Option<Date>,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum F413Command {
    /// Says what to order.
    Order(OrderArguments),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct OrderArguments {
    /// The kind of structure.
    #[arg(long, value_name = "KIND", value_parser = one_of(Structure::ALL, Structure::code))]
    pub(in crate::cli) structure: Option<Structure>,

    /// The contract of today.
    #[arg(long, value_name = "KIND", value_parser = one_of(Contract::ALL, Contract::code))]
    pub(in crate::cli) contract: Option<Contract>,

    /// What the certificates are for.
    #[arg(long, value_name = "NEED", value_parser = one_of(Need::ALL, Need::code))]
    pub(in crate::cli) need: Vec<Need>,

    /// Software solutions that feed the DMP.
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=i64::from(crate::limits::SOLUTIONS)))]
    pub(in crate::cli) solutions: Option<u32>,

    /// FINESS of the legal entity.
    #[arg(long, value_name = "NUMBER")]
    pub(in crate::cli) finess_legal: Option<String>,

    /// FINESS of the site.
    #[arg(long, value_name = "NUMBER")]
    pub(in crate::cli) finess_site: Option<String>,

    /// SIRET.
    #[arg(long, value_name = "NUMBER")]
    pub(in crate::cli) siret: Option<String>,

    /// RPPS rank.
    #[arg(long, value_name = "NUMBER")]
    pub(in crate::cli) rpps_rank: Vec<String>,

    /// Card number.
    #[arg(long, value_name = "NUMBER")]
    pub(in crate::cli) card_number: Vec<String>,

    /// Holder identifier.
    #[arg(long, value_name = "NUMBER")]
    pub(in crate::cli) holder_id: Vec<String>,

    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct FormsArguments {
    /// Form of the answer.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(in crate::cli) format: Format,
}

impl F413Arguments {
    pub(in crate::cli) fn patience(&self) -> Duration {
        Duration::from_secs(self.wait)
    }
}

impl OrderArguments {
    /// The numbers as they were typed.
    pub(in crate::cli) fn typed(&self) -> Vec<(NumberKind, &str)> {
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

/// A value of a closed set, by its code.
fn one_of<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    code: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let codes: Vec<_> = all.iter().map(|one| code(*one)).collect();
    PossibleValuesParser::new(codes)
        .try_map(move |typed| all.iter().copied().find(|one| code(*one) == typed).ok_or("unknown"))
}

/// What is known of the holder; "unknown" is what is left out.
fn yes_or_no() -> impl TypedValueParser<Value = Declared> {
    one_of(Declared::ALL, Declared::code)
}
