//! Reading the cards, and what was read.

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::sync::OnceLock;

use cpx_card::{Name, Profession, Reader, ReaderState, Reading};
use cpx_report::{Disclosure, Sentences, card_answer, reader_sentences, sanitise};

use super::boundary::{self, Last, Sized_, give, given, put, take};
use super::context::CpxContext;
use super::status::{Answer, CpxStatus, InLanguages, Voice, guarded};
use super::text::Text;
use super::verdict;

/// For CpxReadOptions.flags: reads the certificates too, which tell the type further and take longer. CPX_STATUS_NOT_BUILT in
/// a library that only reads cards.
pub const CPX_READ_CERTIFICATES: u32 = 1;

/// For CpxReadOptions.flags: names, identifiers and numbers in full. Without it all but their last three characters are
/// stars, in every text and in the JSON.
pub const CPX_READ_IN_FULL: u32 = 2;

/// How cards are read.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
#[allow(clippy::exhaustive_structs)] // C knows all of it; struct_size tells how much
pub struct CpxReadOptions {
    /// sizeof(CpxReadOptions).
    pub struct_size: usize,
    /// CPX_READ_ flags, joined by |.
    pub flags: u32,
    /// Milliseconds after which the call ends with CPX_STATUS_TIMED_OUT; 0 for the library's own bound, two minutes.
    pub timeout_ms: u32,
    /// Only the reader of exactly this name, as an event or cpx_reader_name gives it: UTF-8; null for all. A name that no reader
    /// has is CPX_STATUS_OUT_OF_RANGE.
    pub reader: *const c_char,
    /// Its length in bytes.
    pub reader_length: usize,
}

// SAFETY: a size first, then numbers and pointers.
unsafe impl Sized_ for CpxReadOptions {
    const NONE: Self = Self { struct_size: 0, flags: 0, timeout_ms: 0, reader: std::ptr::null(), reader_length: 0 };
}

/// What is in a reader. Others may be added: treat them as CPX_READER_STATE_ERROR.
#[repr(i32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CpxReaderState {
    /// No card.
    Empty = 0,
    /// A health-professional card that was read.
    Cpx = 1,
    /// A card of another kind.
    Foreign = 2,
    /// A card that does not answer: the wrong way round, dirty, dead.
    Mute = 3,
    /// A card that another program holds.
    Busy = 4,
    /// A card or a reader that could not be read.
    Error = 5,
}

impl From<ReaderState> for CpxReaderState {
    fn from(state: ReaderState) -> Self {
        match state {
            ReaderState::Empty => Self::Empty,
            ReaderState::Cpx => Self::Cpx,
            ReaderState::Foreign => Self::Foreign,
            ReaderState::Mute => Self::Mute,
            ReaderState::Busy => Self::Busy,
            ReaderState::Error => Self::Error,
        }
    }
}

/// What was read: every reader and the card in it. It never changes, and can be asked on any thread.
pub struct CpxCards {
    last: Last,
    voice: Voice,
    reading: Reading,
    disclosure: Disclosure,
    readers: Vec<ReaderTexts>,
    json: OnceLock<Text>,
    spoken: InLanguages<Vec<Spoken>>,
}

/// The plain answers about one reader.
struct ReaderTexts {
    state: CpxReaderState,
    name: Text,
    reason: Text,
    card_type: Option<Text>,
    card_number: Option<Text>,
    holder_id: Option<Text>,
    holder_name: Option<Text>,
    given_name: Option<Text>,
    surname: Option<Text>,
    register: Option<Text>,
    profession_code: Option<Text>,
    profession_label: Option<Text>,
    valid_from: Option<Text>,
    valid_until: Option<Text>,
    category: Option<Text>,
    tries_left: Option<i32>,
    reservations: Vec<Text>,
}

/// What is said about one reader.
struct Spoken {
    sentence: Text,
    remedy: Option<Text>,
}

impl CpxCards {
    fn new(context: &CpxContext, reading: Reading, disclosure: Disclosure) -> Self {
        let readers = reading.readers().map(|reader| ReaderTexts::new(&reader, disclosure)).collect();
        let (last, voice) = (context.last.clone(), context.voice.clone());
        Self { last, voice, reading, disclosure, readers, json: OnceLock::new(), spoken: InLanguages::new() }
    }

    fn json(&self) -> &Text {
        let Reading { facts, verdict, .. } = &self.reading;
        self.json.get_or_init(|| Text::new(&card_answer(facts, verdict, self.disclosure)))
    }

    fn spoken(&self, language: i32) -> Answer<&[Spoken]> {
        let texts = self.voice.texts(language)?;
        let all = self.spoken.get(language, |_| {
            let speak = |reader: Reader<'_>| reader_sentences(reader.facts(), reader.verdict(), texts).into();
            self.reading.readers().map(speak).collect()
        })?;
        Ok(all)
    }
}

impl From<Sentences> for Spoken {
    fn from(sentences: Sentences) -> Self {
        Self { sentence: Text::new(&sentences.what), remedy: sentences.remedy.as_deref().map(Text::new) }
    }
}

impl ReaderTexts {
    fn new(reader: &Reader<'_>, disclosure: Disclosure) -> Self {
        let full = disclosure == Disclosure::Full;
        let shown = |masked: String, revealed: &str| Text::new(&sanitise(if full { revealed } else { &masked }));
        Self {
            state: reader.state().into(),
            name: Text::new(&sanitise(reader.name())),
            reason: Text::new(reader.code()),
            card_type: reader.card_label().map(Text::new),
            card_number: reader.card_number().map(|number| shown(number.to_string(), number.reveal())),
            holder_id: reader.holder_id().map(|id| shown(id.to_string(), id.reveal())),
            holder_name: reader.holder_name().map(|name: Name| shown(name.to_string(), name.reveal())),
            given_name: reader.given_name().map(|name| shown(name.to_string(), name.reveal())),
            surname: reader.surname().map(|name| shown(name.to_string(), name.reveal())),
            register: reader.holder_id().map(|id| Text::new(id.register().code())),
            profession_code: reader.profession().map(|profession| Text::new(&format!("{:02}", profession.code()))),
            profession_label: reader.profession().and_then(Profession::label).map(Text::new),
            valid_from: reader.valid_from().map(|day| Text::new(&day.to_string())),
            valid_until: reader.valid_until().map(|day| Text::new(&day.to_string())),
            category: reader.category().map(|category| Text::new(category.code())),
            tries_left: reader.tries_left().map(i32::from),
            reservations: reader.reservations().iter().map(|one| Text::new(one.code())).collect(),
        }
    }
}

/// Reads every card, without any code, and leaves it as it was. `options` may be null.
///
/// CPX_STATUS_NO_SERVICE where PC/SC cannot be used. A reader without a card, or with one that cannot be read, is part of the
/// answer: cpx_reader_reason says why.
///
/// Any thread, also inside a callback; waits for the cards.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_read(
    context: Option<&CpxContext>,
    options: *const CpxReadOptions,
    cards: Option<&mut MaybeUninit<*mut CpxCards>>,
) -> CpxStatus {
    guarded(context.map(|context| &context.last), || {
        let out = given(cards)?;
        out.write(std::ptr::null_mut());
        let context = given(context)?;
        let options = boundary::options(options)?;
        if options.flags & !(CPX_READ_CERTIFICATES | CPX_READ_IN_FULL) != 0 {
            return Err(CpxStatus::InvalidArgument.into());
        }
        let named = boundary::text(options.reader, options.reader_length)?;
        let mut cards = context.cards_within(options.timeout_ms);
        if !named.is_empty() {
            cards = cards.in_reader(named);
        }
        if options.flags & CPX_READ_CERTIFICATES != 0 {
            cards = verdict::with_certificates(cards)?;
        }
        let full = options.flags & CPX_READ_IN_FULL != 0;
        let disclosure = if full { Disclosure::Full } else { Disclosure::Masked };
        give(Some(out), CpxCards::new(context, cards.read()?, disclosure))
    })
}

/// Frees what was read, with every text that it showed, and sets the caller's handle to null.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_cards_free(cards: Option<&mut *mut CpxCards>) -> CpxStatus {
    guarded(None, || take(cards).map(drop))
}

/// How many readers there are; they are asked for by 0, 1, 2 ...
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_cards_count(cards: Option<&CpxCards>, count: Option<&mut MaybeUninit<usize>>) -> CpxStatus {
    guarded(cards.map(|cards| &cards.last), || put(count, given(cards)?.readers.len()))
}

/// Everything as JSON: schema cpx-check.card/1. The text lives as long as `cards`, has a NUL behind it, and `length` (which
/// may be null) bytes before that.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_cards_json(
    cards: Option<&CpxCards>,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    guarded(cards.map(|cards| &cards.last), || given(cards)?.json().show(text, length))
}

/// What is in a reader: a CpxReaderState.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_reader_state(
    cards: Option<&CpxCards>,
    reader: usize,
    state: Option<&mut MaybeUninit<i32>>,
) -> CpxStatus {
    guarded(cards.map(|cards| &cards.last), || {
        let texts = given(cards)?.readers.get(reader).ok_or(CpxStatus::OutOfRange)?;
        put(state, texts.state as i32)
    })
}

/// Shows one of the plain texts about a reader.
fn show(
    cards: Option<&CpxCards>,
    reader: usize,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
    which: impl FnOnce(&ReaderTexts) -> Option<&Text>,
) -> CpxStatus {
    guarded(cards.map(|cards| &cards.last), || {
        let texts = given(cards)?.readers.get(reader).ok_or(CpxStatus::OutOfRange)?;
        which(texts).ok_or(CpxStatus::Nothing)?.show(text, length)
    })
}

/// The name of a reader, as it may be shown. Texts are as for cpx_cards_json.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_reader_name(
    cards: Option<&CpxCards>,
    reader: usize,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    show(cards, reader, text, length, |texts| Some(&texts.name))
}

/// The stable code of why there is no card ("reader-empty", "card-mute", "card-in-use" ...), or "cpx-read".
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_reader_reason(
    cards: Option<&CpxCards>,
    reader: usize,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    show(cards, reader, text, length, |texts| Some(&texts.reason))
}

/// The type of the card: "CPS", "CPF", "CPE" ... CPX_STATUS_NOTHING where there is no such card or the card does not say.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_card_type(
    cards: Option<&CpxCards>,
    reader: usize,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    show(cards, reader, text, length, |texts| texts.card_type.as_ref())
}

/// The number of the card, masked unless CPX_READ_IN_FULL was given. CPX_STATUS_NOTHING as for cpx_card_type.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_card_number(
    cards: Option<&CpxCards>,
    reader: usize,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    show(cards, reader, text, length, |texts| texts.card_number.as_ref())
}

/// The identifier of the holder (RPPS number and its kin), masked unless CPX_READ_IN_FULL was given. CPX_STATUS_NOTHING as
/// for cpx_card_type.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_holder_id(
    cards: Option<&CpxCards>,
    reader: usize,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    show(cards, reader, text, length, |texts| texts.holder_id.as_ref())
}

/// The given name and the surname of the holder, masked unless CPX_READ_IN_FULL was given. CPX_STATUS_NOTHING as for
/// cpx_card_type.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_holder_name(
    cards: Option<&CpxCards>,
    reader: usize,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    show(cards, reader, text, length, |texts| texts.holder_name.as_ref())
}

/// The given name of the holder alone, masked unless CPX_READ_IN_FULL was given. CPX_STATUS_NOTHING as for cpx_card_type.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_holder_given_name(
    cards: Option<&CpxCards>,
    reader: usize,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    show(cards, reader, text, length, |texts| texts.given_name.as_ref())
}

/// The surname of the holder alone, masked unless CPX_READ_IN_FULL was given. CPX_STATUS_NOTHING as for cpx_card_type.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_holder_surname(
    cards: Option<&CpxCards>,
    reader: usize,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    show(cards, reader, text, length, |texts| texts.surname.as_ref())
}

/// The register that gave the identifier of the holder: "RPPS", "ADELI", "FINESS" ... CPX_STATUS_NOTHING as for cpx_card_type.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_holder_register(
    cards: Option<&CpxCards>,
    reader: usize,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    show(cards, reader, text, length, |texts| texts.register.as_ref())
}

/// The profession of the holder, its code in table G15: "10" for a physician. CPX_STATUS_NOTHING as for cpx_card_type, and for a
/// holder in training.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_profession_code(
    cards: Option<&CpxCards>,
    reader: usize,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    show(cards, reader, text, length, |texts| texts.profession_code.as_ref())
}

/// The profession of the holder in French: "Médecin". CPX_STATUS_NOTHING as for cpx_profession_code, and for a code that the table
/// does not have.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_profession_label(
    cards: Option<&CpxCards>,
    reader: usize,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    show(cards, reader, text, length, |texts| texts.profession_label.as_ref())
}

/// The first day of the card's validity: "2025-09-01". CPX_STATUS_NOTHING as for cpx_card_type.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_card_valid_from(
    cards: Option<&CpxCards>,
    reader: usize,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    show(cards, reader, text, length, |texts| texts.valid_from.as_ref())
}

/// The last day of the card's validity: "2028-09-01". CPX_STATUS_NOTHING as for cpx_card_type.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_card_valid_until(
    cards: Option<&CpxCards>,
    reader: usize,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    show(cards, reader, text, length, |texts| texts.valid_until.as_ref())
}

/// Whether the card is real: "real", "test" ..., "unknown" for a code that is not known. CPX_STATUS_NOTHING as for cpx_card_type.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_card_category(
    cards: Option<&CpxCards>,
    reader: usize,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    show(cards, reader, text, length, |texts| texts.category.as_ref())
}

/// How many wrong codes the card still takes before it is blocked: 0 to 15. Asking consumes none. CPX_STATUS_NOTHING as for
/// cpx_card_type.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_card_tries_left(
    cards: Option<&CpxCards>,
    reader: usize,
    tries: Option<&mut MaybeUninit<i32>>,
) -> CpxStatus {
    guarded(cards.map(|cards| &cards.last), || {
        let texts = given(cards)?.readers.get(reader).ok_or(CpxStatus::OutOfRange)?;
        put(tries, texts.tries_left.ok_or(CpxStatus::Nothing)?)
    })
}

/// The stable codes of what there is to say against a card ("card-expired", "code-last-try" ...), asked for by 0, 1, 2 ... until
/// CPX_STATUS_NOTHING. cpx-check explains each in fixtures/schema/codes.md.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_reader_reservation(
    cards: Option<&CpxCards>,
    reader: usize,
    number: usize,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    show(cards, reader, text, length, |texts| texts.reservations.get(number))
}

/// A sentence about a reader and its card, in a CpxLanguage: what there is, or why there is none. No name is in it.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_reader_sentence(
    cards: Option<&CpxCards>,
    reader: usize,
    language: i32,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    guarded(cards.map(|cards| &cards.last), || {
        let spoken = given(cards)?.spoken(language)?.get(reader).ok_or(CpxStatus::OutOfRange)?;
        spoken.sentence.show(text, length)
    })
}

/// What to do about it, in a CpxLanguage; CPX_STATUS_NOTHING where there is nothing to do.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_reader_remedy(
    cards: Option<&CpxCards>,
    reader: usize,
    language: i32,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    guarded(cards.map(|cards| &cards.last), || {
        let spoken = given(cards)?.spoken(language)?.get(reader).ok_or(CpxStatus::OutOfRange)?;
        spoken.remedy.as_ref().ok_or(CpxStatus::Nothing)?.show(text, length)
    })
}
