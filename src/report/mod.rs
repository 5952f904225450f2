//! Puts facts and verdicts into words: JSON for machines, French and English for people. Decides nothing.
//!
//! What is hidden in the documentation gives or takes the JSON as values of another crate, for the program: an application
//! takes [`card_answer`] and [`checkup_answer`].

mod answers;
mod card_json;
#[cfg(feature = "cli")]
mod card_text;
mod certificate_json;
#[cfg(feature = "cli")]
mod certificate_text;
#[cfg(feature = "cli")]
mod decode_json;
#[cfg(feature = "cli")]
mod decode_text;
mod diagnosis_json;
#[cfg(feature = "cli")]
mod diagnosis_junit;
#[cfg(feature = "cli")]
mod diagnosis_line;
#[cfg(feature = "cli")]
mod diagnosis_ndjson;
#[cfg(feature = "cli")]
mod diagnosis_prometheus;
#[cfg(feature = "cli")]
mod diagnosis_text;
#[cfg(feature = "texts")]
mod diagnosis_words;
mod disclosure;
#[cfg(feature = "cli")]
mod f413_batch_json;
#[cfg(feature = "cli")]
mod f413_batch_text;
mod f413_forms_json;
#[cfg(feature = "cli")]
mod f413_forms_text;
mod f413_json;
#[cfg(feature = "cli")]
mod f413_list;
mod f413_order_json;
#[cfg(feature = "cli")]
mod f413_order_text;
#[cfg(feature = "cli")]
mod f413_text;
#[cfg(feature = "cli")]
mod page;
#[cfg(feature = "cli")]
mod page_html;
mod readers_json;
#[cfg(feature = "cli")]
mod readers_text;
mod sanitise;
#[cfg(all(test, feature = "cli"))]
mod schema_tests;
#[cfg(feature = "texts")]
mod sentences;
mod simulations_json;
mod subject;
mod support_code;
#[cfg(feature = "texts")]
mod texts;
#[cfg(all(test, feature = "cli"))]
mod texts_tests;
mod token_json;
#[cfg(feature = "cli")]
mod token_text;
mod watch_json;

pub use answers::{card_answer, checkup_answer};
#[doc(hidden)]
pub use card_json::card_json;
#[cfg(feature = "cli")]
pub use card_text::{card_line, card_text, failure_text};
#[doc(hidden)]
pub use certificate_json::certificates_json;
#[cfg(feature = "cli")]
pub use certificate_text::certificates_text;
#[doc(hidden)]
#[cfg(feature = "cli")]
pub use decode_json::decode_json;
#[cfg(feature = "cli")]
pub use decode_text::decode_text;
#[doc(hidden)]
pub use diagnosis_json::{
    DiagnosisParts, catalogue_json, checks_json, diagnosis_json, diagnosis_parts, states_of_answer,
};
#[cfg(feature = "cli")]
pub use diagnosis_junit::diagnosis_junit;
#[cfg(feature = "cli")]
pub use diagnosis_line::diagnosis_line;
#[cfg(feature = "cli")]
pub use diagnosis_ndjson::diagnosis_ndjson;
#[cfg(feature = "cli")]
pub use diagnosis_prometheus::diagnosis_prometheus;
#[cfg(feature = "cli")]
pub use diagnosis_text::{Detail, changes_text, checks_text, diagnosis_text, explain_text};
pub use disclosure::Disclosure;
#[doc(hidden)]
#[cfg(feature = "cli")]
pub use f413_batch_json::{BatchCount, Batched, batch_json};
#[cfg(feature = "cli")]
pub use f413_batch_text::{BatchLine, batch_text};
#[doc(hidden)]
pub use f413_forms_json::forms_json;
#[cfg(feature = "cli")]
pub use f413_forms_text::{forms_text, occasion_words};
#[doc(hidden)]
pub use f413_json::f413_json;
#[cfg(feature = "cli")]
pub use f413_list::{LIST_END, LIST_KEY, LIST_RULE, list_header, list_line, spreadsheet_cell};
#[doc(hidden)]
pub use f413_order_json::order_json;
#[cfg(feature = "cli")]
pub use f413_order_text::{order_text, typed_problem_text};
#[cfg(feature = "cli")]
pub use f413_text::{f413_text, form_lines_text};
#[cfg(feature = "cli")]
pub use page_html::page_html;
#[cfg(feature = "cli")]
pub(crate) use page_html::{PAGE_STYLE, PageParts, page_parts, policy_source, with_bound_marks};
#[doc(hidden)]
pub use readers_json::readers_json;
#[cfg(feature = "cli")]
pub use readers_text::readers_text;
pub use sanitise::sanitise;
#[cfg(all(test, feature = "cli"))]
pub(crate) use schema_tests::schemas;
#[cfg(feature = "texts")]
pub use sentences::{CheckupSentences, Sentences, checkup_sentences, failure_sentences, reader_sentences};
#[doc(hidden)]
pub use simulations_json::simulations_json;
pub use subject::Subject;
pub use support_code::{NotASupportCode, SupportCode};
#[cfg(feature = "texts")]
pub use texts::{Language, Texts};
#[cfg(all(test, feature = "cli"))]
pub(crate) use texts_tests::codes;
#[doc(hidden)]
pub use token_json::{modules_part, tokens_json, tokens_part};
#[cfg(feature = "cli")]
pub use token_text::{proof_text, tokens_text};
#[doc(hidden)]
pub use watch_json::{Watched, watch_json};
