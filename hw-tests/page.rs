//! The page in a real browser: on a telephone, on a screen, on paper, in the dark, and for those who do not see it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use cpx_card::internal::readiness::{DiagnosisOptions, diagnose};
use cpx_report::{Disclosure, Language, Subject, Texts, page_html};
use serde_json::{Value, json};

use crate::support::changes::changed;
use crate::support::{find_program, reports, said, skip};

/// Pages of workstations in several states, as files.
fn pages() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let samples = [
        ("ready", "windows", Language::French),
        ("blocked", "1 code bloqué", Language::French),
        ("store", "11 certificat absent", Language::English),
        ("tom", "4 TOM", Language::French),
        ("none", "aucun lecteur sous Windows", Language::French),
    ];
    let page = |(name, sample, language): (&str, &str, Language)| {
        let sample = reports::sample(sample);
        let subject = Subject::new(&sample.facts, &sample.diagnosis, Disclosure::Masked);
        let file = folder.join(format!("page-{name}.html"));
        std::fs::write(&file, page_html(&subject, &Texts::new(language))).unwrap();
        file
    };
    let mut pages: Vec<_> = samples.into_iter().map(page).collect();
    // a path that is longer than a telephone is wide, in a sentence
    let long = format!("/var/cache/{}", "donnees_de_la_carte_".repeat(8));
    let outdated =
        json!({"token/agreement": {"outdated": {"differs": ["valid-until"]}}, "ws/cryptolib/cache/path": long});
    let facts = changed("linux", outdated.as_object().unwrap());
    let diagnosis = diagnose(&facts, &DiagnosisOptions::default());
    let subject = Subject::new(&facts, &diagnosis, Disclosure::Masked);
    let text = page_html(&subject, &Texts::new(Language::French));
    assert!(text.contains(&long));
    pages.push(folder.join("page-long.html"));
    std::fs::write(pages.last().unwrap(), text).unwrap();
    pages
}

#[test]
fn a_page_is_one_small_file_that_loads_nothing() {
    for file in pages() {
        let page = std::fs::read_to_string(file).unwrap();
        assert!(page.len() < 100 * 1024, "{}", page.len());
        for outside in
            ["<script", "http:", "https:", "url(", "@import", "src=", "href=", "<iframe", " style=", " onload="]
        {
            assert!(!page.contains(outside), "{outside}");
        }
        assert!(page.contains("default-src 'none'"));
    }
}

/// Runs a headless Chromium with a profile of its own.
fn chromium(arguments: &[&str], page: &Path) -> Option<Output> {
    let Some(chromium) = find_program("chromium") else {
        skip("chromium is not installed");
        return None;
    };
    let profile = tempfile::tempdir().unwrap();
    let mut command = Command::new(chromium);
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]);
    command.arg(format!("--user-data-dir={}", profile.path().display())).args(arguments);
    Some(command.arg(format!("file://{}", page.display())).stdin(Stdio::null()).output().unwrap())
}

/// The sizes at which pages are looked at, with what the browser is told.
const SIZES: [(&str, &[&str]); 3] = [
    ("desktop", &["--window-size=1280,1700"]),
    ("phone", &["--window-size=390,2600"]),
    ("dark", &["--window-size=1280,1700", "--blink-settings=preferredColorScheme=0"]),
];

/// The pages with this script in them: what it leaves in `result` is printed with the page.
fn with_script(page: &Path, script: &str) -> PathBuf {
    let text = std::fs::read_to_string(page).unwrap();
    // the page allows no script at all: that is what its other tests hold
    let (before, rest) = text.split_once("<meta http-equiv=").unwrap();
    let (_, after) = rest.split_once('>').unwrap();
    let scripted = format!("<script>{script}</script><pre id=result></pre></body>");
    let file = page.with_extension("scripted.html");
    std::fs::write(&file, format!("{before}{after}").replace("</body>", &scripted)).unwrap();
    file
}

/// What a script left in `result`.
fn result_of(output: &Output) -> Value {
    let page = String::from_utf8_lossy(&output.stdout);
    let (_, rest) = page.rsplit_once("<pre id=\"result\">").unwrap_or_else(|| panic!("no result: {page}"));
    let (result, _) = rest.split_once("</pre>").unwrap();
    let plain = result.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    serde_json::from_str(&plain).unwrap_or_else(|error| panic!("{error}: {plain}"))
}

/// WCAG contrast, structure and names, by axe-core.
#[test]
fn nothing_keeps_people_out() {
    let axe = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/tools/node_modules/axe-core/axe.min.js");
    let Ok(axe) = std::fs::read_to_string(axe) else { return skip("axe-core is not installed: .ci/tools") };
    let script = format!(
        "{axe};addEventListener('load', async () => {{
            for (const one of document.querySelectorAll('details')) one.open = true;
            const found = await axe.run(document, {{resultTypes: ['violations', 'incomplete']}});
            // axe cannot tell what is behind the words of a picture: its own background, or that of the card
            const light = colour => colour.match(/[0-9.]+/g).slice(0, 3).map(Number).map(part => part / 255)
                .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
                .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
            const contrast = (one, other) => {{
                const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
                return (high + 0.05) / (low + 0.05);
            }};
            const words = [...document.querySelectorAll('svg text')];
            const contrasts = words.map(word => contrast(getComputedStyle(word).fill,
                getComputedStyle(word.ownerSVGElement).backgroundColor));
            const inPictures = one => one.id == 'color-contrast' && one.nodes.every(node => node.html.startsWith('<text'));
            const told = all => all.map(one => [one.id, one.nodes.length, one.nodes[0].html, one.nodes[0].failureSummary]);
            result.textContent = JSON.stringify({{
                wrong: told(found.violations), open: told(found.incomplete.filter(one => !inPictures(one))), contrast: Math.min(...contrasts), passed: found.passes.length,
                wide: document.documentElement.scrollWidth - innerWidth}});
        }});"
    );
    for page in pages() {
        let scripted = with_script(&page, &script);
        for (size, arguments) in SIZES {
            let arguments = [&["--dump-dom", "--virtual-time-budget=20000"], arguments].concat();
            let Some(output) = chromium(&arguments, &scripted) else { return };
            let result = result_of(&output);
            assert_eq!(result["wrong"], serde_json::json!([]), "{size} {}", page.display());
            assert_eq!(result["open"], serde_json::json!([]), "{size} {}", page.display());
            assert!(result["contrast"].as_f64().unwrap() >= 4.5, "{size}: {}", result["contrast"]);
            assert!(result["passed"].as_u64().unwrap() > 15, "{result}");
            assert!(result["wide"].as_i64().unwrap() <= 0, "{size}: nothing goes over the edge");
        }
    }
}

/// What the policy of the page forbids stays undone, even where somebody gets a script or a picture into it.
#[test]
fn the_policy_holds_in_a_browser() {
    let page = &pages()[0];
    let text = std::fs::read_to_string(page).unwrap();
    let evil = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">";
    let file = page.with_extension("evil.html");
    std::fs::write(&file, text.replace("</body>", &format!("{evil}</body>"))).unwrap();
    let Some(output) = chromium(&["--dump-dom"], &file) else { return };
    let dom = String::from_utf8_lossy(&output.stdout);
    assert!(dom.contains("<script>") && !dom.contains("<title>run</title>"), "{dom}");
}

#[test]
fn it_is_printed_on_at_most_two_pages() {
    let Some(pdfinfo) = find_program("pdfinfo") else { return skip("pdfinfo (poppler-utils) is not installed") };
    for page in pages() {
        let pdf = page.with_extension("pdf");
        let to = format!("--print-to-pdf={}", pdf.display());
        if chromium(&["--no-pdf-header-footer", &to], &page).is_none() {
            return;
        }
        let output = Command::new(&pdfinfo).arg(&pdf).output().unwrap();
        let told = said(&output);
        let value =
            |key: &str| told.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default().trim().to_owned();
        assert!(["1", "2"].contains(&value("Pages:").as_str()) && value("Page size:").contains("A4"), "{told}");
    }
}
