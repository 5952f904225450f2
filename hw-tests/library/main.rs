//! What the library gives to applications: cards, certificates, workstations and verdicts, without starting the program.

#[path = "../anonymity.rs"]
mod anonymity;
#[path = "../application.rs"]
mod application;
#[path = "../awaited.rs"]
mod awaited;
#[path = "../browsers.rs"]
mod browsers;
#[path = "../card_files.rs"]
mod card_files;
#[path = "../card_verdict.rs"]
mod card_verdict;
#[path = "../certificate_mutants.rs"]
mod certificate_mutants;
#[path = "../certificate_online.rs"]
mod certificate_online;
#[path = "../fuzzing.rs"]
mod fuzzing;
#[path = "../hostile.rs"]
mod hostile;
#[path = "../judgement.rs"]
mod judgement;
#[path = "../module_host.rs"]
mod module_host;
#[path = "../network.rs"]
mod network;
#[path = "../opensc.rs"]
mod opensc;
#[path = "../readiness.rs"]
mod readiness;
#[path = "../reading.rs"]
mod reading;
#[path = "../rooms.rs"]
mod rooms;
#[path = "../support/mod.rs"]
mod support;
#[path = "../token_join.rs"]
mod token_join;
#[path = "../workstation_linux.rs"]
mod workstation_linux;
#[path = "../workstation_macos.rs"]
mod workstation_macos;
