//! The program as its users meet it, on a real PC/SC stack and beside other parts; and the library for C.

#[path = "../bad_inputs.rs"]
mod bad_inputs;
#[path = "../c_abi.rs"]
mod c_abi;
#[path = "../certificate_files.rs"]
mod certificate_files;
#[path = "../certificates.rs"]
mod certificates;
#[path = "../certificates_once.rs"]
mod certificates_once;
#[path = "../contract.rs"]
mod contract;
#[path = "../diagnosis.rs"]
mod diagnosis;
#[path = "../diagnosis_cases.rs"]
mod diagnosis_cases;
#[path = "../f413.rs"]
mod f413;
#[path = "../f413_batch.rs"]
mod f413_batch;
#[path = "../for_card.rs"]
mod for_card;
#[path = "../journey.rs"]
mod journey;
#[path = "../left.rs"]
mod left;
#[path = "../pcsc.rs"]
mod pcsc;
#[path = "../program.rs"]
mod program;
#[path = "../questions.rs"]
mod questions;
#[path = "../redaction.rs"]
mod redaction;
#[path = "../reports.rs"]
mod reports;
#[path = "../screens.rs"]
mod screens;
#[path = "../serve.rs"]
mod serve;
#[path = "../shell.rs"]
mod shell;
#[path = "../sign_in.rs"]
mod sign_in;
#[path = "../signals.rs"]
mod signals;
#[path = "../stack.rs"]
mod stack;
#[path = "../support/mod.rs"]
mod support;
#[path = "../swap.rs"]
mod swap;
#[path = "../token.rs"]
mod token;
#[path = "../token_modules.rs"]
mod token_modules;
#[path = "../token_oracle.rs"]
mod token_oracle;
#[path = "../token_proof.rs"]
mod token_proof;
#[path = "../workstations.rs"]
mod workstations;
