//! The C ABI, for applications in C, C++ and whatever calls C. `include/cpx_card.h` is made from these files.
//!
//! Every function takes what C can give it, null included, gives a status, and lets no panic out. What a handle points to
//! is owned by the caller from its making to its `cpx_*_free`; nothing is shared between contexts, and nothing is global.
#![allow(unsafe_code)] // names without mangling, and the few conversions of `boundary`
#![allow(clippy::doc_markdown)] // these comments are those of the header, where nothing is in backticks

mod boundary;
mod cards;
mod checkup;
mod context;
#[cfg(test)]
#[path = "../../../hw-tests/support/generated.rs"]
mod generated;
#[cfg(test)]
mod header_tests;
#[cfg(all(cpx_opens_pcsc, target_os = "linux"))]
#[path = "../../check/src/pcsclite.rs"]
mod pcsclite;
mod status;
mod stay;
#[cfg(test)]
mod tests;
mod text;
#[cfg(feature = "diagnosis")]
mod verdict;
#[cfg(not(feature = "diagnosis"))]
#[path = "no_verdict.rs"]
mod verdict;
mod watch;

pub use boundary::CPX_MAX_TEXT;
pub use cards::{
    CPX_READ_CERTIFICATES, CPX_READ_IN_FULL, CpxCards, CpxReadOptions, CpxReaderState, cpx_card_category,
    cpx_card_number, cpx_card_tries_left, cpx_card_type, cpx_card_valid_from, cpx_card_valid_until, cpx_cards_count,
    cpx_cards_free, cpx_cards_json, cpx_holder_given_name, cpx_holder_id, cpx_holder_name, cpx_holder_register,
    cpx_holder_surname, cpx_profession_code, cpx_profession_label, cpx_read, cpx_reader_name, cpx_reader_reason,
    cpx_reader_remedy, cpx_reader_reservation, cpx_reader_sentence, cpx_reader_state,
};
pub use checkup::{
    CPX_CHECK_IN_FULL, CPX_CHECK_ONLINE, CpxCheckup, CpxCheckupOptions, CpxProgress, CpxReadiness, CpxStage, cpx_check,
    cpx_check_with_progress, cpx_checkup_cause, cpx_checkup_cause_id, cpx_checkup_free, cpx_checkup_json,
    cpx_checkup_outcome, cpx_checkup_remedy, cpx_checkup_sentence, cpx_checkup_support_code,
};
pub use context::{
    CPX_ABI_VERSION, CpxContext, CpxContextOptions, cpx_abi_version, cpx_cancel, cpx_context_free, cpx_context_new,
    cpx_last_error, cpx_last_reason, cpx_status_text, cpx_version, cpx_virtual_insert, cpx_virtual_remove,
};
pub use status::{CpxLanguage, CpxStatus};
pub use watch::{CpxCallback, CpxEvent, CpxEventKind, CpxWatch, cpx_watch_free, cpx_watch_new, cpx_watch_next};
