//! Puts facts and verdicts into words: JSON for machines, French and English for people. Decides nothing.
//!
//! What is hidden in the documentation gives or takes the JSON as values of another crate, for the program: an application
//! takes [`card_answer`] and [`checkup_answer`].
// The program matches on these types completely: a new variant is to be seen to everywhere.
#![allow(clippy::exhaustive_enums, clippy::exhaustive_structs)]

mod answers;
mod card_json;
mod card_text;
mod certificate_json;
mod certificate_text;
#[cfg(test)]
mod contract_tests;
mod decode_json;
mod decode_text;
mod diagnosis_json;
mod diagnosis_junit;
mod diagnosis_line;
mod diagnosis_ndjson;
mod diagnosis_prometheus;
mod diagnosis_text;
mod diagnosis_words;
mod disclosure;
mod f413_batch_json;
mod f413_batch_text;
mod f413_forms_json;
mod f413_forms_text;
mod f413_json;
mod f413_list;
mod f413_order_json;
mod f413_order_text;
mod f413_text;
mod files_json;
mod files_text;
mod fit;
mod for_card;
#[cfg(test)]
#[path = "../../../hw-tests/support/generated.rs"]
mod generated;
mod journey_html;
mod journey_json;
mod journey_text;
mod journey_view;
mod page;
mod page_html;
mod readers_json;
mod readers_text;
mod sanitise;
#[cfg(test)]
mod schema_tests;
mod sentences;
mod simulations_json;
mod subject;
mod support_code;
mod swap;
mod texts;
#[cfg(test)]
mod texts_tests;
mod token_json;
mod token_text;
mod watch_json;
#[cfg(test)]
mod wording_tests;

pub use answers::{card_answer, checkup_answer};
#[doc(hidden)]
pub use card_json::card_json;
pub use card_text::{card_line, card_text, failure_text, first_lines, identity_line};
#[doc(hidden)]
#[doc(hidden)]
pub use decode_json::decode_json;
pub use decode_text::decode_text;
#[doc(hidden)]
pub use diagnosis_json::{
    DiagnosisParts, catalogue_json, checks_json, contradictions_json, diagnosis_json, diagnosis_parts, states_of_answer,
};
pub use diagnosis_junit::diagnosis_junit;
pub use diagnosis_line::diagnosis_line;
pub use diagnosis_ndjson::diagnosis_ndjson;
pub use diagnosis_prometheus::diagnosis_prometheus;
pub use diagnosis_text::{Detail, changes_text, checks_text, diagnosis_text, explain_text};
pub use disclosure::Disclosure;
#[doc(hidden)]
pub use f413_batch_json::{BatchCount, Batched, batch_json};
pub use f413_batch_text::{BatchLine, batch_text};
#[doc(hidden)]
pub use f413_forms_json::forms_json;
pub use f413_forms_text::{forms_text, occasion_words};
#[doc(hidden)]
pub use f413_json::f413_json;
pub use f413_list::{LIST_END, LIST_KEY, LIST_RULE, list_header, list_line, spreadsheet_cell};
#[doc(hidden)]
pub use f413_order_json::order_json;
pub use f413_order_text::{order_text, typed_problem_text};
pub use f413_text::{f413_text, form_lines_text};
pub use files_json::files_json;
pub use files_text::files_text;
pub use fit::{FitFile, fit_json, fit_text};
pub use journey_html::journey_html;
#[doc(hidden)]
pub use journey_json::journey_json;
pub use journey_text::journey_text;
pub use page_html::page_html;
pub use page_html::{PAGE_STYLE, PageParts, page_parts, policy_source};
#[doc(hidden)]
pub use readers_json::readers_json;
pub use readers_text::readers_text;
pub use sanitise::sanitise;
pub use sentences::{CheckupSentences, Sentences, checkup_sentences, failure_sentences, reader_sentences};
#[doc(hidden)]
pub use simulations_json::simulations_json;
pub use subject::Subject;
pub use support_code::{NotASupportCode, SupportCode};
pub use swap::{KnownBy, SwapTest, side_of_answer};
pub use texts::{Language, LocalTime, Texts};
#[doc(hidden)]
pub use token_json::{ProofAnswer, modules_part, tokens_json, tokens_part};
pub use token_text::{proof_text, sign_in_text, tokens_text};
#[doc(hidden)]
pub use watch_json::{Watched, watch_json};
