//! Questions on the terminal, to whoever left options out. They go to the error output: the answer stays alone on the
//! other.

use std::io::Read as _;

use cpx_card::internal::limits;
use cpx_f413::{NumberKind, Typed, TypedNumber, read_number};
use cpx_report::{Texts, typed_problem_text};

use super::{Granted, Refusal, output};

/// Asks on the terminal.
pub(super) struct Questions<'a> {
    pub(super) texts: &'a Texts,
}

impl Questions<'_> {
    /// One word of a set, by its number in the list or typed.
    pub(super) fn one<T: Typed>(&self, question: &str) -> Granted<T> {
        self.listed::<T>(question);
        self.until(choice)
    }

    /// One word or several.
    pub(super) fn several<T: Typed>(&self, question: &str) -> Granted<Vec<T>> {
        self.listed::<T>(question);
        self.until(|line| {
            let words = |marks: &[char]| -> Option<Vec<T>> {
                line.split(marks).filter(|word| !word.trim().is_empty()).map(choice).collect()
            };
            // a word may have several parts: "pro santé connect"
            words(&[',', ';']).or_else(|| words(&[' ', ',', ';'])).filter(|chosen| !chosen.is_empty())
        })
    }

    /// How many; 1 where nothing is typed.
    pub(super) fn count(&self, question: &str) -> Granted<u32> {
        output::error(&format!("{}\n", self.texts.text(question)));
        self.until(|line| match line {
            "" => Some(1),
            line => line.parse().ok().filter(|count| (1..=limits::SOLUTIONS).contains(count)),
        })
    }

    /// Numbers of a kind; none where nothing is typed.
    pub(super) fn numbers(&self, kind: NumberKind) -> Granted<Vec<TypedNumber>> {
        let name = self.texts.text(&format!("f413-kind-{}", kind.code()));
        output::error(&format!("{}\n", self.texts.with("f413-ask-number", &[("kind", &name)])));
        for _ in 0..limits::TYPED_TRIES {
            let line = self.line()?;
            let typed = line.split([',', ';']).map(str::trim).filter(|typed| !typed.is_empty());
            let read = typed.map(|typed| read_number(kind, typed).map_err(|problem| (typed, problem)));
            match read.collect::<Result<Vec<_>, _>>() {
                Ok(numbers) => return Ok(numbers),
                Err((typed, problem)) => {
                    output::error(&format!("{}\n", typed_problem_text(kind, typed, problem, self.texts)));
                }
            }
        }
        Err(Refusal::Sentence(self.texts.text("f413-ask-ended")))
    }

    fn listed<T: Typed>(&self, question: &str) {
        let choices = T::codes().enumerate().map(|(place, code)| {
            let words = self.texts.text(&format!("f413-{}-{code}", T::SET));
            format!("  {:>2}  {words}\n", place.saturating_add(1))
        });
        output::error(&format!("{}\n{}", self.texts.text(question), choices.collect::<String>()));
    }

    /// Asks again until the answer is one, a few times.
    fn until<T>(&self, understand: impl Fn(&str) -> Option<T>) -> Granted<T> {
        for _ in 0..limits::TYPED_TRIES {
            if let Some(answer) = understand(&self.line()?) {
                return Ok(answer);
            }
            output::error(&format!("{}\n", self.texts.text("f413-ask-again")));
        }
        Err(Refusal::Sentence(self.texts.text("f413-ask-ended")))
    }

    /// One line of the terminal, within a bound.
    fn line(&self) -> Granted<String> {
        output::error(&format!("{} ", self.texts.text("f413-ask-prompt")));
        let mut bytes = Vec::new();
        for byte in std::io::stdin().lock().bytes().take(usize::try_from(limits::TYPED_ANSWER).unwrap_or(usize::MAX)) {
            match byte {
                Ok(b'\n') => return Ok(String::from_utf8_lossy(&bytes).trim().to_owned()),
                Ok(byte) => bytes.push(byte),
                Err(_) => break,
            }
        }
        Err(Refusal::Sentence(self.texts.text("f413-ask-ended")))
    }
}

/// The one with this number, counted from 1, or with this word.
fn choice<T: Typed>(word: &str) -> Option<T> {
    let place = word.trim().parse::<usize>().ok();
    let by_place = place.and_then(|place| T::of_code(T::codes().nth(place.checked_sub(1)?)?));
    by_place.or_else(|| T::of_typed(word))
}
