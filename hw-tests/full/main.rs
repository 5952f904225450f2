//! What takes long or needs more than a workstation has: `make test-full`. All faults at all exchanges, endurance, memory
//! checkers, browsers, other languages, monitoring.

#[path = "../c_memory.rs"]
mod c_memory;
#[path = "../endurance.rs"]
mod endurance;
#[path = "../faults.rs"]
mod faults;
#[path = "../fleet.rs"]
mod fleet;
#[path = "../languages.rs"]
mod languages;
#[path = "../memory.rs"]
mod memory;
#[path = "../monitoring.rs"]
mod monitoring;
#[path = "../page.rs"]
mod page;
#[path = "../serve_browser.rs"]
mod serve_browser;
#[path = "../support/mod.rs"]
mod support;
