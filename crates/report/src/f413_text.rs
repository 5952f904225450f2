//! The answer of `cpx-check f413` for people: may this card be declared, may its holder sign, what is copied.

use std::collections::BTreeSet;

use cpx_card::internal::facts::{CardAnswer, CardFacts, CardReading, ReaderContent, ReaderFacts};
use cpx_card::internal::identity::Name;
use cpx_card::internal::readiness::{CardVerdict, ReaderVerdict, Reservation};
use cpx_f413::{
    Answer, Ask, CardAdvice, CardKind, CardRule, CardState, Citation, Conflict, ConflictRow, FormLines, Question,
    Ruling, Source, rules_as_of, rules_compared_on,
};

use super::page::{BAD, CAREFUL, GOOD, Page, QUIET, STRONG};
use super::{Detail, Disclosure, Texts, failure_text, sanitise};

/// The answer, with styles: on one screen, or with every rule, its documents and where they disagree.
pub fn f413_text(
    facts: &CardFacts,
    verdict: &CardVerdict,
    advice: &[CardAdvice],
    detail: Detail,
    disclosure: Disclosure,
    texts: &Texts,
) -> String {
    let readers = match &facts.readers {
        Err(failure) => return failure_text(failure, texts),
        Ok(readers) => readers,
    };
    let mut page = Page::new(texts, disclosure);
    if readers.is_empty() {
        page.finding(BAD, "no-reader");
    }
    let (count, has_card) = (readers.len(), advice.iter().any(|advice| advice.lines.is_some()));
    for ((reader, verdict), advice) in readers.iter().zip(&verdict.readers).zip(advice) {
        if has_card && advice.lines.is_none() {
            page.beside_a_card(reader);
            continue;
        }
        if count > 1 {
            page.reader_name(reader);
        }
        page.advised(reader, verdict, advice, detail);
    }
    let told: Vec<_> = advice.iter().filter(|advice| is_told(advice) && has_card == advice.lines.is_some()).collect();
    if told.is_empty() {
        return page.text;
    }
    if detail == Detail::Every {
        let rules: Vec<_> =
            told.into_iter().flat_map(|advice| &advice.rulings).filter_map(|ruling| ruling.rule).collect();
        page.cited_sources(rules.iter().map(|rule| rule.citation()), rules.iter().filter_map(|rule| rule.conflict));
    } else {
        // a disagreement about how to sign does not change whether the card will do
        let first = told.into_iter().filter_map(|advice| advice.rulings.first()?.rule);
        let conflicts: BTreeSet<_> = first.filter_map(|rule| rule.conflict).collect();
        conflicts.into_iter().filter_map(ConflictRow::of).for_each(|row| page.conflict(row));
        let note = if has_card && disclosure == Disclosure::Masked { "f413-sources-masked" } else { "f413-sources" };
        page.note(&texts.text(note));
        return page.text;
    }
    if disclosure == Disclosure::Masked && has_card {
        page.note(&texts.text("masked-note"));
    }
    page.text
}

/// The lines of the form in full, each under the name that the form gives it.
pub fn form_lines_text(lines: &FormLines, texts: &Texts) -> String {
    let name = |name: &Name| sanitise(name.reveal());
    let rows = [
        lines.card_number.as_ref().map(|number| texts.with("f413-copy-number", &[("number", number.reveal())])),
        lines.surname.as_ref().map(|one| texts.with("f413-copy-surname", &[("name", &name(one))])),
        lines.given_name.as_ref().map(|one| texts.with("f413-copy-given-name", &[("name", &name(one))])),
    ];
    rows.into_iter().flatten().map(|row| row + "\n").collect()
}

fn has_same_rule(one: &Ruling, other: &Ruling) -> bool {
    let rule = |ruling: &Ruling| ruling.rule.map(|rule| rule.citation().rule);
    rule(one).is_some() && rule(one) == rule(other)
}

/// Whether the answers are told one by one: for a CPx, and where there is no card at all.
fn is_told(advice: &CardAdvice) -> bool {
    !matches!(advice.holding.card, CardKind::Foreign | CardKind::Unreadable | CardKind::TooOld)
}

/// What the rules of the form do not speak of, and is worth knowing before it is signed.
const BESIDE: [Reservation; 8] = [
    Reservation::ExpiresSoon,
    Reservation::SeveralCards,
    Reservation::CodeBlocked,
    Reservation::HolderIdCheck,
    Reservation::HolderIdShape,
    Reservation::RevocationUnknown,
    Reservation::CertificateNotVerified,
    Reservation::ClockDoubt,
];

impl Page<'_> {
    fn advised(&mut self, reader: &ReaderFacts, verdict: &ReaderVerdict, advice: &CardAdvice, detail: Detail) {
        match &reader.content {
            ReaderContent::Card(CardAnswer::Cpx(card)) => {
                self.advice_title(advice, &verdict.reservations);
                for reservation in BESIDE.into_iter().filter(|one| verdict.reservations.contains(one)) {
                    self.reservation(reservation, card);
                }
            }
            ReaderContent::Card(CardAnswer::Foreign { family, .. }) => self.finding(BAD, family.code()),
            ReaderContent::Empty => self.finding(CAREFUL, "reader-empty"),
            ReaderContent::Mute => self.finding(BAD, "card-mute"),
            ReaderContent::Failed { failure, .. } => self.failure(BAD, failure),
        }
        if is_told(advice) && detail == Detail::Every {
            self.text.push('\n');
            for rulings in advice.rulings.chunk_by(has_same_rule) {
                self.rulings(rulings);
            }
        } else if is_told(advice) {
            self.reason_and_steps(advice);
        }
        if let (lines @ Some(_), ReaderContent::Card(CardAnswer::Cpx(card))) = (&advice.lines, &reader.content) {
            self.form_lines(lines.as_ref().filter(|_| advice.is_of_use()), card, advice.holding.state, detail);
        }
        // a blocked card is unblocked before anything is asked
        let is_blocked = verdict.reservations.contains(&Reservation::CodeBlocked);
        if is_told(advice) && detail == Detail::Short && !is_blocked {
            self.left_to_ask(advice);
        }
    }

    /// The answer in a sentence behind its mark.
    fn advice_title(&mut self, advice: &CardAdvice, reservations: &[Reservation]) {
        let is_reserved = reservations.iter().any(|one| BESIDE.contains(one));
        let is_blocked = advice.is_of_use() && reservations.contains(&Reservation::CodeBlocked);
        let (style, mark) = match advice.administrator() {
            Answer::Yes if is_reserved => (CAREFUL, "!"),
            Answer::Yes => (GOOD, "✓"),
            Answer::Verify => (CAREFUL, "?"),
            Answer::No => (BAD, "✗"),
        };
        let code = advice.rulings.first().map_or("to-verify", answer_code);
        let key = if is_blocked { "f413-title-blocked".to_owned() } else { format!("f413-title-{code}") };
        let card = self.texts.text(&format!("f413-card-{}", advice.holding.card.code()));
        let title = self.texts.with(&key, &[("card", &card)]);
        self.line(&format!("{style}{}{style:#}", self.texts.folded("", &format!("{mark} "), &title)));
    }

    /// Why not, and what to do first; of a plain yes nothing.
    fn reason_and_steps(&mut self, advice: &CardAdvice) {
        let Some(ruling) = advice.rulings.first().filter(|ruling| ruling.answer != Answer::Yes) else { return };
        let reason = ruling.rule.map_or("f413-no-rule".to_owned(), |rule| format!("f413-reason-{}", rule.reason));
        self.line(&self.texts.folded("  ", "", &self.texts.text(&reason)));
        for step in ruling.rule.into_iter().flat_map(CardRule::first) {
            let step = self.texts.text(&format!("f413-step-{}", step.code()));
            self.line(&self.texts.folded("  ", "→ ", &step));
        }
    }

    /// What to ask before the form is sent, each once, and in which capacity the holder may sign it.
    fn left_to_ask(&mut self, advice: &CardAdvice) {
        let Some((first, others)) = advice.rulings.split_first() else { return };
        if first.answer == Answer::No && others.iter().all(|ruling| ruling.answer == Answer::No) {
            return;
        }
        let title = self.texts.text("f413-left-title");
        self.line(&format!("  {STRONG}{title}{STRONG:#}"));
        let mut asked = Vec::new();
        self.questions(first, &mut asked);
        for ruling in others {
            let (style, mark) = match ruling.answer {
                Answer::Yes => (GOOD, "✓"),
                Answer::Verify => (CAREFUL, "?"),
                Answer::No => (QUIET, "–"),
            };
            let question = self.texts.text(&format!("f413-question-{}", ruling.question.code()));
            let answer = self.texts.text(&format!("f413-answer-{}", ruling.answer.code()));
            let told = self.texts.with("f413-answered", &[("question", &question), ("answer", &answer)]);
            self.line(&format!("    {style}{mark}{style:#} {told}"));
            self.questions(ruling, &mut asked);
        }
    }

    fn questions(&mut self, ruling: &Ruling, asked: &mut Vec<Ask>) {
        for ask in &ruling.ask {
            if !asked.contains(ask) {
                asked.push(*ask);
                let indent = if ruling.question == Question::Administrator { "    " } else { "      " };
                let head = if ruling.question == Question::Administrator { "? " } else { "" };
                self.line(&self.texts.folded(indent, head, &self.texts.text(&format!("f413-ask-{}", ask.code()))));
            }
        }
    }

    /// Questions that one rule answers: the answers, why, what to ask, what to do first, where it stands.
    fn rulings(&mut self, rulings: &[Ruling]) {
        for ruling in rulings {
            let style = style(ruling.answer);
            let question = self.texts.text(&format!("f413-question-{}", ruling.question.code()));
            let answer = format!("{STRONG:#}{style}{}{style:#}", self.answer(Some(ruling)));
            let answered = self.texts.with("f413-answered", &[("question", &question), ("answer", &answer)]);
            self.line(&format!("  {STRONG}{answered}"));
        }
        let Some(ruling) = rulings.first() else { return };
        let Some(rule) = ruling.rule else {
            self.under("", &self.texts.text("f413-no-rule"));
            return;
        };
        self.under("", &self.texts.text(&format!("f413-reason-{}", rule.reason)));
        // one answer tells it, the state of the card below repeats it
        let is_first = ruling.question == Question::Administrator;
        for ask in ruling.ask.iter().filter(|ask| is_first || **ask != Ask::Opposition) {
            self.under("? ", &self.texts.text(&format!("f413-ask-{}", ask.code())));
        }
        for step in rule.first() {
            self.under("→ ", &self.texts.text(&format!("f413-step-{}", step.code())));
        }
        self.note(&self.texts.folded("    ", "", &self.cited(&rule.citation())));
        self.text.push('\n');
    }

    /// The answer in a word; "yes" has its condition.
    fn answer(&self, ruling: Option<&Ruling>) -> String {
        self.texts.text(&format!("f413-answer-{}", ruling.map_or("to-verify", answer_code)))
    }

    /// What is copied, and what is often copied instead.
    fn form_lines(&mut self, lines: Option<&FormLines>, card: &CardReading, state: CardState, detail: Detail) {
        let Some(lines) = lines else {
            // the number of a card that will not do is not to be found in a form
            self.line(&self.texts.folded("  ", "", &self.texts.text("f413-lines-none")));
            self.row("f413-state-label", &self.f413_state(state, card));
            return;
        };
        let title = self.texts.text("f413-lines-title");
        self.line(&format!("  {STRONG}{title}{STRONG:#}"));
        let absent = self.texts.text("f413-line-absent");
        let number = lines.card_number.as_ref().map(|number| {
            let number = self.disclosure.show(number, number.reveal());
            self.texts.with("f413-line-number-shown", &[("number", &number)])
        });
        let name = |name: &Option<Name>| name.as_ref().map(|name| self.disclosure.show(name, name.reveal()));
        let (surname, given_name) = (name(&lines.surname), name(&lines.given_name));
        self.row("number-label", &number.unwrap_or_else(|| absent.clone()));
        self.row("f413-line-surname", &surname.unwrap_or_else(|| absent.clone()));
        self.row("f413-line-given-name", &given_name.unwrap_or(absent));
        self.row("f413-state-label", &self.f413_state(state, card));
        self.under("", &self.texts.text("f413-line-compare"));
        if detail == Detail::Short {
            self.under("", &self.texts.text("f413-never-short"));
            return;
        }
        let never = self.texts.text("f413-never-title");
        self.line(&format!("  {STRONG}{never}{STRONG:#}"));
        if let Some(id) = &lines.not_holder_id {
            let shown = self.disclosure.show(id, id.reveal());
            self.row("id-label", &shown);
        }
        if let Some(serial) = &lines.not_chip_serial {
            let shown = self.disclosure.show(serial, serial.reveal());
            self.row("chip-label", &shown);
        }
        self.row("f413-never-certificate", &self.texts.text("f413-never-certificate-why"));
        self.text.push('\n');
    }

    /// The state of a card in words.
    pub(super) fn f413_state(&self, state: CardState, card: &CardReading) -> String {
        let date = card.card.valid_until.map(|date| self.texts.date(date)).unwrap_or_default();
        self.texts.with(&format!("f413-state-{}", state.code()), &[("date", &date)])
    }

    /// A rule and its documents.
    pub(super) fn cited(&self, citation: &Citation<'_>) -> String {
        let key = match citation.basis {
            cpx_f413::Basis::Inferred => "f413-rule-inferred",
            cpx_f413::Basis::Text => "f413-rule",
        };
        self.texts.with(key, &[("rule", citation.rule), ("source", &documents(citation.source))])
    }

    /// Where the documents disagree, the day of the rules, and the documents that were cited. Each once.
    pub(super) fn cited_sources<'a>(
        &mut self,
        cited: impl Iterator<Item = Citation<'a>>,
        conflicts: impl Iterator<Item = Conflict>,
    ) {
        let conflicts: BTreeSet<_> = conflicts.collect();
        let mut named: BTreeSet<String> =
            cited.flat_map(|citation| citation.source.split("; ").map(str::to_owned).collect::<Vec<_>>()).collect();
        for row in conflicts.into_iter().filter_map(ConflictRow::of) {
            self.conflict(row);
            named.extend([&row.one, &row.other].into_iter().flat_map(|said| said.split(" et ")).map(str::to_owned));
        }
        if named.is_empty() {
            return;
        }
        let (date, compared) = (self.texts.date(rules_as_of()), self.texts.date(rules_compared_on()));
        self.note(&self.texts.with("f413-rules-as-of", &[("date", &date), ("compared", &compared)]));
        let is_named = |source: &&Source| {
            named.iter().any(|named| named.split(' ').next().is_some_and(|short| short == source.source))
        };
        for source in Source::all().iter().filter(is_named) {
            let date = source.date.map(|date| self.texts.date(date));
            let dated = date.unwrap_or_else(|| self.texts.text("f413-source-undated"));
            let values = [("source", source.source.as_str()), ("title", &source.title), ("dated", &dated)];
            let line = self.texts.with("f413-source", &values);
            self.note(&self.texts.folded("  ", "", &line));
        }
    }

    fn conflict(&mut self, row: &ConflictRow) {
        let code = row.conflict.code();
        let says = self.texts.text(&format!("f413-conflict-{code}-one"));
        let other_says = self.texts.text(&format!("f413-conflict-{code}-other"));
        let values = [("one", row.one.as_str()), ("says", &says), ("other", &row.other), ("otherSays", &other_says)];
        let sentence = self.texts.folded("", "! ", &self.texts.with("f413-conflict", &values));
        self.line(&sentence.replacen('!', &format!("{CAREFUL}!{CAREFUL:#}"), 1));
    }

    /// A sentence under the line before it.
    pub(super) fn under(&mut self, head: &str, sentence: &str) {
        self.line(&self.texts.folded("    ", head, sentence));
    }
}

/// The code of an answer; "yes" may have its condition.
fn answer_code(ruling: &Ruling) -> &'static str {
    let unless_opposed = ruling.answer == Answer::Yes && ruling.ask.contains(&Ask::Opposition);
    if unless_opposed { "unless-opposed" } else { ruling.answer.code() }
}

/// The documents as a list in words.
pub(super) fn documents(source: &str) -> String {
    source.replace("; ", ", ")
}

fn style(answer: Answer) -> anstyle::Style {
    match answer {
        Answer::Yes => GOOD,
        Answer::Verify => CAREFUL,
        Answer::No => BAD,
    }
}
