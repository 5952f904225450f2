//! Whether this workstation is ready, and what there is to say about it.

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::sync::OnceLock;

use crate::cards::{Cards, Checkup};
use crate::readiness::{Portal, Readiness};
use crate::report::{CheckupSentences, Disclosure, Subject, checkup_answer, checkup_sentences};

use super::boundary::{self, Last, Sized_, give, given, put, take};
use super::context::CpxContext;
use super::status::{Answer, CpxStatus, InLanguages, Voice, guarded};
use super::text::Text;

/// For CpxCheckupOptions.flags: the network may be used. CPX_STATUS_NOT_BUILT where the library was built without it.
pub const CPX_CHECK_ONLINE: u32 = 1;

/// For CpxCheckupOptions.flags: names, identifiers, numbers and paths in full.
pub const CPX_CHECK_IN_FULL: u32 = 2;

/// How a workstation is checked.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
#[allow(clippy::exhaustive_structs)] // C knows all of it; struct_size tells how much
pub struct CpxCheckupOptions {
    /// sizeof(CpxCheckupOptions).
    pub struct_size: usize,
    /// CPX_CHECK_ flags, joined by |.
    pub flags: u32,
    /// Milliseconds after which the call ends with CPX_STATUS_TIMED_OUT; 0 for the library's own bound, two minutes.
    pub timeout_ms: u32,
    /// Only for these portals: "psc", "tom" ... (cpx-check --help tells them), joined by commas; null for all.
    pub portals: *const c_char,
    /// Its length in bytes.
    pub portals_length: usize,
}

// SAFETY: a size first, then numbers and pointers.
unsafe impl Sized_ for CpxCheckupOptions {
    const NONE: Self = Self { struct_size: 0, flags: 0, timeout_ms: 0, portals: std::ptr::null(), portals_length: 0 };
}

/// Whether the portals can be entered from this workstation. Others may be added: treat them as
/// CPX_READINESS_CANNOT_TELL.
#[repr(i32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CpxReadiness {
    /// Yes.
    Ready = 0,
    /// Yes, with a reservation.
    Reserved = 1,
    /// No.
    NotReady = 2,
    /// Not all could be seen.
    CannotTell = 3,
}

/// The verdict on a workstation. It never changes, and can be asked on any thread.
pub struct CpxCheckup {
    last: Last,
    voice: Voice,
    checkup: Checkup,
    disclosure: Disclosure,
    support_code: Text,
    json: OnceLock<Text>,
    spoken: InLanguages<Spoken>,
}

struct Spoken {
    sentence: Text,
    cause: Option<Text>,
    remedy: Option<Text>,
}

impl CpxCheckup {
    fn new(context: &CpxContext, checkup: Checkup, disclosure: Disclosure) -> Self {
        let support_code = Text::new(&subject(&checkup, disclosure).support_code().to_string());
        let (last, voice) = (context.last.clone(), context.voice.clone());
        Self { last, voice, checkup, disclosure, support_code, json: OnceLock::new(), spoken: InLanguages::new() }
    }

    fn json(&self) -> &Text {
        self.json.get_or_init(|| {
            let seen = &self.checkup.observation;
            Text::new(&checkup_answer(&subject(&self.checkup, self.disclosure), &seen.cards, &seen.verdict))
        })
    }

    fn spoken(&self, language: i32) -> Answer<&Spoken> {
        let texts = self.voice.texts(language)?;
        self.spoken.get(language, |_| {
            let CheckupSentences { what, cause, remedy, .. } =
                checkup_sentences(&subject(&self.checkup, self.disclosure), texts);
            let text = |words: Option<String>| words.as_deref().map(Text::new);
            Spoken { sentence: Text::new(&what), cause: text(cause), remedy: text(remedy) }
        })
    }
}

fn subject(checkup: &Checkup, disclosure: Disclosure) -> Subject<'_> {
    Subject::new(&checkup.observation.facts, &checkup.diagnosis, disclosure)
}

/// Observes this workstation and judges whether it is ready for the portals. `options` may be null. PKCS#11 modules are asked
/// where the context has a module_host.
///
/// Any thread, also inside a callback; takes seconds.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_check(
    context: Option<&CpxContext>,
    options: *const CpxCheckupOptions,
    checkup: Option<&mut MaybeUninit<*mut CpxCheckup>>,
) -> CpxStatus {
    guarded(context.map(|context| &context.last), || {
        let out = given(checkup)?;
        out.write(std::ptr::null_mut());
        let context = given(context)?;
        let options = boundary::options(options)?;
        if options.flags & !(CPX_CHECK_ONLINE | CPX_CHECK_IN_FULL) != 0 {
            return Err(CpxStatus::InvalidArgument.into());
        }
        let portals = boundary::text(options.portals, options.portals_length)?;
        let named = portals.split(',').map(str::trim).filter(|name| !name.is_empty());
        let portals =
            named.map(|name| Portal::of(name).ok_or(CpxStatus::InvalidText)).collect::<Result<Vec<_>, _>>()?;
        let mut cards = context.cards_within(options.timeout_ms).for_portals(portals);
        if options.flags & CPX_CHECK_ONLINE != 0 {
            cards = online(cards)?;
        }
        let full = options.flags & CPX_CHECK_IN_FULL != 0;
        let disclosure = if full { Disclosure::Full } else { Disclosure::Masked };
        give(Some(out), CpxCheckup::new(context, cards.diagnose()?, disclosure))
    })
}

#[cfg(feature = "online")]
#[allow(clippy::unnecessary_wraps)] // as without the network
fn online(cards: Cards) -> Answer<Cards> {
    Ok(cards.online())
}

#[cfg(not(feature = "online"))]
fn online(_: Cards) -> Answer<Cards> {
    Err(CpxStatus::NotBuilt.into())
}

/// Frees a verdict, with every text that it showed, and sets the caller's handle to null.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_checkup_free(checkup: Option<&mut *mut CpxCheckup>) -> CpxStatus {
    guarded(None, || take(checkup).map(drop))
}

/// The verdict: a CpxReadiness.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_checkup_outcome(
    checkup: Option<&CpxCheckup>,
    outcome: Option<&mut MaybeUninit<i32>>,
) -> CpxStatus {
    guarded(checkup.map(|checkup| &checkup.last), || {
        let readiness = match given(checkup)?.checkup.outcome() {
            Readiness::Ready => CpxReadiness::Ready,
            Readiness::Reserved => CpxReadiness::Reserved,
            Readiness::NotReady => CpxReadiness::NotReady,
            Readiness::CannotTell => CpxReadiness::CannotTell,
        };
        put(outcome, readiness as i32)
    })
}

/// Everything as JSON: schema cpx-check.diagnosis/1. Texts are as for cpx_cards_json, and live as long as `checkup`.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_checkup_json(
    checkup: Option<&CpxCheckup>,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    guarded(checkup.map(|checkup| &checkup.last), || given(checkup)?.json().show(text, length))
}

/// The code that says the verdict over the telephone.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_checkup_support_code(
    checkup: Option<&CpxCheckup>,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    guarded(checkup.map(|checkup| &checkup.last), || given(checkup)?.support_code.show(text, length))
}

/// The verdict in a sentence, in a CpxLanguage.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_checkup_sentence(
    checkup: Option<&CpxCheckup>,
    language: i32,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    guarded(checkup.map(|checkup| &checkup.last), || given(checkup)?.spoken(language)?.sentence.show(text, length))
}

/// The one cause, in a CpxLanguage; CPX_STATUS_NOTHING where there is none.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_checkup_cause(
    checkup: Option<&CpxCheckup>,
    language: i32,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    guarded(checkup.map(|checkup| &checkup.last), || {
        given(checkup)?.spoken(language)?.cause.as_ref().ok_or(CpxStatus::Nothing)?.show(text, length)
    })
}

/// What to do about it, in a CpxLanguage; CPX_STATUS_NOTHING where there is nothing to do.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_checkup_remedy(
    checkup: Option<&CpxCheckup>,
    language: i32,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    guarded(checkup.map(|checkup| &checkup.last), || {
        given(checkup)?.spoken(language)?.remedy.as_ref().ok_or(CpxStatus::Nothing)?.show(text, length)
    })
}
