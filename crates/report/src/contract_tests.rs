//! What scripts rely on, written out: the schemas of the JSON answers, the exit codes, the stable codes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::schema_tests::schemas;
use super::texts_tests::codes;
use super::{Language, Texts};
use crate::generated::keep_folder;
use exit_code::Exit;

/// Those of the program, with whose names their sentences are found.
#[allow(dead_code)] // the program uses the rest
#[path = "../../check/src/exit_code.rs"]
mod exit_code;

#[test]
fn the_contract_is_up_to_date() {
    let mut files = schemas();
    files.insert("codes.md".into(), code_lists());
    keep_folder("fixtures/schema", &files);
}

/// What stands before a code in the key of its sentence, and where the code stands in the answers.
const PLACES: [(&str, &str); 24] = [
    ("case-contradiction", "`contradictions[].about`"),
    ("code-state", "`pin.state`"),
    ("generation", "`card.generation`"),
    ("interface", "`card.interface`"),
    ("category", "`category`"),
    ("register", "`id_register`"),
    ("structure-register", "`structure.id_register`"),
    ("problem", "`id_problem`"),
    ("type", "`card.type`"),
    ("verdict", "`id_check`"),
    ("role", "`certificates[].role`"),
    ("profile", "`certificates[].profile`"),
    ("distinction", "`type_distinction`"),
    ("trust-reason", "`certificates[].trust.reason`"),
    ("trust", "`certificates[].trust.code`"),
    ("revoked", "`certificates[].revocation.reason`, révoqué / revoked"),
    ("revocation-unknown", "`certificates[].revocation.reason`, inconnu / unknown"),
    ("field", "`agreement.….field`"),
    ("readiness", "`outcome`"),
    ("portal", "`portal`"),
    ("system", "`system`"),
    ("browser", "`browser`"),
    ("group", "`group`"),
    ("", "`code`, `reservations[]`"),
];

/// Sentences that stand for no code of an answer.
const NO_CODES: [&str; 3] = ["exit-", "page-", "chain-"];

fn code_lists() -> String {
    let (french, english) = (Texts::new(Language::French), Texts::new(Language::English));
    let mut page = String::from(
        "# Codes stables / Stable codes\n\nFichier produit par `make generate`. Made by `make generate`.\n\n\
         ## Codes de sortie / Exit codes\n\n| Code | Sens | Meaning |\n|--:|---|---|\n",
    );
    for exit in Exit::ALL {
        let sentence = |texts: &Texts| texts.text(exit.sentence());
        writeln!(page, "| {} | {} | {} |", exit.number(), sentence(&french), sentence(&english)).unwrap();
    }
    let mut places: BTreeMap<usize, BTreeMap<String, String>> = BTreeMap::new();
    for (key, _) in codes().into_iter().filter(|(key, _)| !NO_CODES.iter().any(|prefix| key.starts_with(prefix))) {
        let (place, code) = place(&key);
        let row = format!("| `{code}` | {} | {} |", cell(&french.text(&key)), cell(&english.text(&key)));
        places.entry(place).or_default().insert(code.to_owned(), row);
    }
    for (place, rows) in places.into_iter().rev() {
        writeln!(page, "\n## {}\n\n| Code | Sens | Meaning |\n|---|---|---|", PLACES[place].1).unwrap();
        for row in rows.values() {
            writeln!(page, "{row}").unwrap();
        }
    }
    page
}

/// Where the code of a sentence stands, and the code. The longest beginning wins.
fn place(key: &str) -> (usize, &str) {
    let code_after = |prefix: &str| match prefix {
        "" => Some(key),
        _ => key.strip_prefix(prefix)?.strip_prefix('-'),
    };
    let found = PLACES.iter().enumerate().filter_map(|(place, (prefix, _))| Some((prefix, place, code_after(prefix)?)));
    let (_, place, code) = found.max_by_key(|(prefix, ..)| prefix.len()).unwrap();
    (place, code)
}

fn cell(sentence: &str) -> String {
    sentence.replace('|', "\\|").replace('\n', " ")
}
