//! The list that `cpx-check f413 --batch` writes: one line for each card, for spreadsheets.

use cpx_card::internal::facts::CardReading;
use cpx_f413::{Answer, CardAdvice, Citation, Ruling, rules_as_of};

use super::f413_text::documents;
use super::page::Page;
use super::{Disclosure, Texts, sanitise};

/// The columns, by the ends of their keys `f413-column-…` and `f413-question-…`.
const COLUMNS: [&str; 17] = [
    "column-time",
    "column-card",
    "column-number",
    "column-surname",
    "column-given-name",
    "column-state",
    "column-administrator",
    "question-legal-representative",
    "question-mandatary",
    "question-practice-owner",
    "column-rule",
    "column-source",
    "column-why",
    "column-ask",
    "column-first",
    "column-key",
    "column-rules-as-of",
];

/// Where the rule, the key of the card and the day of the rules stand in a line, counted from 0.
pub const LIST_RULE: usize = 10;
/// See [`LIST_RULE`].
pub const LIST_KEY: usize = 15;
/// See [`LIST_RULE`].
pub const LIST_END: usize = 16;

/// The heads of the columns.
pub fn list_header(texts: &Texts) -> Vec<String> {
    COLUMNS.iter().map(|column| texts.text(&format!("f413-{column}"))).collect()
}

/// The line of a card. `time` is the moment of its reading, `key` what tells the card from others without naming it.
pub fn list_line(
    card: &CardReading,
    advice: &CardAdvice,
    (time, key): (&str, &str),
    disclosure: Disclosure,
    texts: &Texts,
) -> Vec<String> {
    let page = Page::new(texts, disclosure);
    let lines = advice.lines.as_ref();
    let name =
        |name: Option<&cpx_card::internal::identity::Name>| name.map(|name| disclosure.show(name, name.reveal()));
    let number = lines.and_then(|lines| lines.card_number.as_ref());
    let answer = |answer: Answer| texts.text(&format!("f413-answer-{}", answer.code()));
    let [administrator, signers @ ..] = advice.rulings.as_slice() else { return Vec::new() };
    let mut cells = vec![
        time.to_owned(),
        texts.text(&format!("f413-card-{}", advice.holding.card.code())),
        number.map(|number| disclosure.show(number, number.reveal())).unwrap_or_default(),
        name(lines.and_then(|lines| lines.surname.as_ref())).unwrap_or_default(),
        name(lines.and_then(|lines| lines.given_name.as_ref())).unwrap_or_default(),
        page.f413_state(advice.holding.state, card),
        answer(administrator.answer),
    ];
    cells.extend(signers.iter().map(|ruling| answer(ruling.answer)));
    cells.extend(why(administrator, texts));
    cells.extend([key.to_owned(), rules_as_of().to_string()]);
    cells.iter().map(|cell| spreadsheet_cell(cell)).collect()
}

/// Rule, documents, reason, what to ask, what to do first.
fn why(ruling: &Ruling, texts: &Texts) -> [String; 5] {
    let Some(rule) = ruling.rule else { return Default::default() };
    let Citation { rule: name, source, .. } = rule.citation();
    let sentences = |kind: &str, codes: Vec<&str>| {
        let sentences = codes.iter().map(|code| texts.text(&format!("f413-{kind}-{code}")));
        sentences.collect::<Vec<_>>().join(" ")
    };
    [
        name.to_owned(),
        documents(source),
        texts.text(&format!("f413-reason-{}", rule.reason)),
        sentences("ask", ruling.ask.iter().map(|ask| ask.code()).collect()),
        sentences("step", rule.first().iter().map(|step| step.code()).collect()),
    ]
}

/// A cell that a spreadsheet shows as it is: text that it would take for a formula, or a number whose leading zero it
/// would drop, begins with an apostrophe.
///
/// ```
/// # use cpx_report::spreadsheet_cell;
/// assert_eq!(spreadsheet_cell("=1+1"), "'=1+1");
/// assert_eq!(spreadsheet_cell("0022000011"), "'0022000011");
/// assert_eq!(spreadsheet_cell("DUPONT"), "DUPONT");
/// ```
pub fn spreadsheet_cell(text: &str) -> String {
    let clean = sanitise(text);
    let first = clean.trim_start().chars().next();
    let is_formula =
        first.is_some_and(|first| matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\u{FFFD}'));
    let is_number = clean.starts_with('0') && clean.len() > 1 && clean.bytes().all(|byte| byte.is_ascii_digit());
    if is_formula || is_number { format!("'{clean}") } else { clean }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    #[test]
    fn formulas_of_any_kind_are_text() {
        for text in ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "＝1", "\u{a0}=1"] {
            assert!(spreadsheet_cell(text).starts_with('\''), "{text:?}");
        }
        for text in ["", "DE LA TOUR", "*******011", "2999001363", "0", "oui", "O'NEIL"] {
            assert_eq!(spreadsheet_cell(text), text);
        }
        assert!(!spreadsheet_cell("a\nb\r\"").contains(['\n', '\r']), "a line stays one line");
    }

    #[test]
    fn the_columns_stand_where_they_are_looked_for() {
        assert_eq!(COLUMNS[LIST_RULE], "column-rule");
        assert_eq!((COLUMNS[LIST_KEY], COLUMNS[LIST_END]), ("column-key", "column-rules-as-of"));
        for language in [Language::French, Language::English] {
            let header = list_header(&Texts::new(language));
            assert!(header.iter().all(|head| !head.starts_with("f413-")), "{header:?}");
        }
    }
}
