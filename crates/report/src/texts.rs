//! The sentences for people, in the Fluent files beside this one, each of which is read when one of its sentences is needed. Codes are stable, sentences are free to change.

use std::sync::OnceLock;

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource, FluentValue};
use jiff::tz::TimeZone;
use unic_langid::LanguageIdentifier;

use cpx_card::internal::workstation::facts::Family;

/// What is said of readers and cards, and of the statuses of the library for C.
const FRENCH_CARD: &str = include_str!("texts/fr/card.ftl");
const FRENCH_STATUS: &str = include_str!("texts/fr/library.ftl");
const ENGLISH_CARD: &str = include_str!("texts/en/card.ftl");
const ENGLISH_STATUS: &str = include_str!("texts/en/library.ftl");

/// The sentences of each subject, in French and in English. Those of lists, forms and modules are the program's.
pub(super) const FRENCH: &[&str] = &[
    FRENCH_CARD,
    FRENCH_STATUS,
    include_str!("texts/fr/token.ftl"),
    include_str!("texts/fr/diagnosis.ftl"),
    include_str!("texts/fr/report.ftl"),
    include_str!("texts/fr/checks.ftl"),
    include_str!("texts/fr/f413.ftl"),
];
pub(super) const ENGLISH: &[&str] = &[
    ENGLISH_CARD,
    ENGLISH_STATUS,
    include_str!("texts/en/token.ftl"),
    include_str!("texts/en/diagnosis.ftl"),
    include_str!("texts/en/report.ftl"),
    include_str!("texts/en/checks.ftl"),
    include_str!("texts/en/f413.ftl"),
];

/// Columns below which a page is not folded further.
const NARROWEST: usize = 30;

/// The language of the sentences.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// French.
    #[default]
    French,
    /// English.
    English,
}

/// The sentences of one language.
pub struct Texts {
    language: Language,
    sources: Vec<Source>,
    width: Option<usize>,
    zone: TimeZone,
}

/// A moment as people of one language and one time zone write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalTime {
    /// The day.
    pub date: String,
    /// Hours, minutes and seconds: `09:05:00`.
    pub time: String,
    /// The zone, as its distance from UTC: `UTC+1`.
    pub zone: String,
}

impl Texts {
    /// The sentences of `language`.
    pub fn new(language: Language) -> Self {
        match language {
            Language::French => Self::with_sources(language, FRENCH),
            Language::English => Self::with_sources(language, ENGLISH),
        }
    }

    /// Those about readers, cards and statuses: all that a library says which only reads cards.
    pub fn of_cards(language: Language) -> Self {
        match language {
            Language::French => Self::with_sources(language, &[FRENCH_CARD, FRENCH_STATUS]),
            Language::English => Self::with_sources(language, &[ENGLISH_CARD, ENGLISH_STATUS]),
        }
    }

    /// Those about statuses, which are read in no time.
    pub fn of_statuses(language: Language) -> Self {
        match language {
            Language::French => Self::with_sources(language, &[FRENCH_STATUS]),
            Language::English => Self::with_sources(language, &[ENGLISH_STATUS]),
        }
    }

    fn with_sources(language: Language, sources: &[&'static str]) -> Self {
        let sources = sources.iter().map(|text| Source { text, bundle: OnceLock::new() }).collect();
        Self { language, sources, width: None, zone: TimeZone::UTC }
    }

    /// The same for a page of this many columns: long sentences are folded. Without it a line is as long as its sentence.
    #[must_use]
    pub fn with_width(self, width: Option<usize>) -> Self {
        Self { width, ..self }
    }

    /// The same with the times of this zone; without it they are those of UTC.
    #[must_use]
    pub fn with_zone(self, zone: TimeZone) -> Self {
        Self { zone, ..self }
    }

    /// The moment so many seconds after 1970-01-01T00:00:00Z.
    pub fn local_time(&self, seconds: i64) -> LocalTime {
        let local = jiff::Timestamp::from_second(seconds).unwrap_or_default().to_zoned(self.zone.clone());
        let date = local.date().to_string().parse().map(|day| self.date(day)).unwrap_or_default();
        let minutes = local.offset().seconds() / 60;
        let zone = match (minutes / 60, minutes.unsigned_abs() % 60) {
            (0, 0) => "UTC".to_owned(),
            (hours, 0) => format!("UTC{hours:+}"),
            (hours, minutes) => format!("UTC{hours:+}:{minutes:02}"),
        };
        LocalTime { date, time: local.strftime("%H:%M:%S").to_string(), zone }
    }

    /// The moment at which this is asked.
    pub fn now(&self) -> LocalTime {
        self.local_time(jiff::Timestamp::now().as_second())
    }

    /// A sentence folded to the width of the page, every line behind `indent`, the first one behind `head` as well.
    pub(super) fn folded(&self, indent: &str, head: &str, sentence: &str) -> String {
        let first = format!("{indent}{head}");
        let Some(width) = self.width else { return format!("{first}{sentence}") };
        let others = format!("{indent}{}", " ".repeat(head.chars().count()));
        let options = textwrap::Options::new(width.max(NARROWEST)).initial_indent(&first).subsequent_indent(&others);
        // addresses and options have hyphens, and are copied whole
        let options = options.break_words(false).word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::fill(sentence, options)
    }

    /// A sentence folded to the width of the page.
    pub fn paragraph(&self, sentence: &str) -> String {
        self.folded("", "", sentence)
    }

    /// Their language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// So many days as people count them: in years and months where they are many.
    pub(super) fn days(&self, days: u64) -> String {
        let counted = |key: &str, count: u64| self.with(key, &[("count", &count.to_string())]);
        let (years, months) = (days / 365, days % 365 * 12 / 365);
        match (days, months) {
            (0..62, _) => counted("duration-days", days),
            (62..365, _) => counted("duration-months", months),
            (_, 0) => counted("duration-years", years),
            _ => {
                let parts = [counted("duration-years", years), counted("duration-months", months)];
                self.with("one-and-other", &[("first", &parts[0]), ("last", &parts[1])])
            }
        }
    }

    /// Something that is said of something.
    pub fn of(&self, what: &str, said: &str) -> String {
        match self.language {
            Language::French => format!("{what}\u{a0}: {said}"),
            Language::English => format!("{what}: {said}"),
        }
    }

    /// Several things in a row, each of which may have commas.
    pub(super) fn list(&self, items: &[String]) -> String {
        items.join(match self.language {
            Language::French => "\u{a0}; ",
            Language::English => "; ",
        })
    }

    /// The sentence of `key`; the key itself where there is none.
    pub fn text(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The sentence of `key` with these values in it. Values must be sanitised by the caller.
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.pattern(key, None, values).unwrap_or_else(|| key.to_owned())
    }

    /// What went wrong.
    pub(super) fn failure(&self, failure: &cpx_card::Failure) -> String {
        self.with(failure.kind.code(), &[("seconds", &failure.exchange_seconds().to_string())])
    }

    /// What to do about `key` on this kind of system, where there is something to do.
    pub fn remedy(&self, key: &str) -> Option<String> {
        let on_this_system = format!("remedy-{}", std::env::consts::OS);
        self.pattern(key, Some(&on_this_system), &[]).or_else(|| self.pattern(key, Some("remedy"), &[]))
    }

    /// What to do about `key` on another kind of system than this one, with these sanitised values in it.
    pub(super) fn remedy_on(&self, family: Family, key: &str, values: &[(&str, &str)]) -> Option<String> {
        let there = match family {
            Family::Windows => "remedy-windows",
            Family::Macos => "remedy-macos",
            Family::Linux => "remedy-linux",
            _ => "remedy",
        };
        self.attribute(key, there, values).or_else(|| self.attribute(key, "remedy", values))
    }

    /// The attribute `name` of `key`, where it has one. Values must be sanitised by the caller.
    pub fn attribute(&self, key: &str, name: &str, values: &[(&str, &str)]) -> Option<String> {
        self.pattern(key, Some(name), values)
    }

    /// A date as people of this language write it.
    pub fn date(&self, date: cpx_card::internal::identity::Date) -> String {
        match self.language {
            Language::French => format!("{:02}/{:02}/{}", date.day(), date.month(), date.year()),
            Language::English => date.to_string(),
        }
    }

    fn pattern(&self, key: &str, attribute: Option<&str>, values: &[(&str, &str)]) -> Option<String> {
        let mut bundles = self.sources.iter().map(|source| source.bundle(self.language));
        let (bundle, message) = bundles.find_map(|bundle| Some((bundle, bundle.get_message(key)?)))?;
        let pattern = match attribute {
            None => message.value()?,
            Some(name) => message.get_attribute(name)?.value(),
        };
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            // whole numbers choose the plural; what has a leading zero is no count but the number of a card
            let count = value.parse::<i64>().ok().filter(|count| count.to_string() == *value);
            let value = count.map_or_else(|| FluentValue::from(*value), FluentValue::from);
            arguments.set(*name, value);
        }
        let mut errors = Vec::new();
        Some(bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned())
    }
}

/// One file of sentences. No sentence refers to one of another file.
struct Source {
    text: &'static str,
    bundle: OnceLock<FluentBundle<FluentResource>>,
}

impl Source {
    fn bundle(&self, language: Language) -> &FluentBundle<FluentResource> {
        self.bundle.get_or_init(|| {
            let identifier = match language {
                Language::French => "fr",
                Language::English => "en",
            };
            let identifier = identifier.parse::<LanguageIdentifier>().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
            bundle.set_use_isolating(false);
            // the files are part of the program: a test holds that they have no error
            let resource = FluentResource::try_new(unbroken(self.text)).unwrap_or_else(|(resource, _)| resource);
            let _ = bundle.add_resource(resource);
            bundle
        })
    }
}

/// The same text where no line begins with a mark that stands behind a space in French, and none ends inside a number.
fn unbroken(source: &str) -> String {
    let mut text = String::with_capacity(source.len() + source.len() / 32);
    let (mut before, mut rest) = ('\n', source.chars());
    while let Some(character) = rest.next() {
        let mut following = rest.clone();
        let (after, then) = (following.next().unwrap_or('\n'), following.next().unwrap_or('\n'));
        let in_a_number = [before, after, then].iter().all(char::is_ascii_digit);
        let binds = matches!(after, ';' | ':' | '!' | '?' | '»') || matches!(before, '«' | '§') || in_a_number;
        text.push(if character == ' ' && binds { '\u{a0}' } else { character });
        before = character;
    }
    text
}
