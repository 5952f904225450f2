//! The page in a real browser: on a telephone, on a screen, on paper, in the dark, and for those who do not see it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;

use cpx_card::report::{Disclosure, Language, Subject, Texts, page_html};
use cpx_card::workstation::facts::Family;

#[path = "support/reports.rs"]
mod reports;
mod support;

use reports::{verdict, workstation};

/// Pages of workstations in several states, as files.
fn pages() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let samples = [
        ("windows", Family::Windows, Some("cps-medecin"), Language::French),
        ("linux", Family::Linux, Some("cps-bloquee"), Language::English),
        ("macos", Family::Macos, None, Language::French),
        ("test-card", Family::Windows, Some("cps-test"), Language::French),
    ];
    let page = |(name, family, card, language): (&str, Family, Option<&str>, Language)| {
        let facts = workstation(family, card);
        let diagnosis = verdict(&facts);
        let page = page_html(&Subject::new(&facts, &diagnosis, Disclosure::Masked), &Texts::new(language));
        let file = folder.join(format!("page-{name}.html"));
        std::fs::write(&file, page).unwrap();
        file
    };
    samples.into_iter().map(page).collect()
}

#[test]
fn a_page_is_one_small_file_that_loads_nothing() {
    for file in pages() {
        let page = std::fs::read_to_string(file).unwrap();
        assert!(page.len() < 100 * 1024, "{}", page.len());
        for outside in ["<script", "http://", "https://", "url(", "@import", "src=", "href=", " on"] {
            let place = page.find(outside).map(|at| &page[at..page.len().min(at + 80)]);
            assert!(place.is_none() || outside == " on", "{place:?}");
        }
    }
}
