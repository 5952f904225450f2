//! Whether this workstation is ready, and what there is to say about it.

use std::ffi::{c_char, c_void};
use std::mem::MaybeUninit;
use std::sync::OnceLock;

use cpx_card::{Portal, Stage};
use cpx_report::Disclosure;

use super::boundary::{self, Last, Sized_, give, given, put, take};
use super::context::CpxContext;
use super::status::{Answer, CpxStatus, InLanguages, Voice, guarded};
use super::text::Text;
use super::verdict::{self, Verdict};
use super::watch::User;

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
    verdict: Verdict,
    json: OnceLock<Text>,
    spoken: InLanguages<Spoken>,
}

/// What is said of it.
pub(super) struct Spoken {
    pub(super) sentence: Text,
    pub(super) cause: Option<Text>,
    pub(super) remedy: Option<Text>,
}

impl CpxCheckup {
    fn new(context: &CpxContext, verdict: Verdict) -> Self {
        let (last, voice) = (context.last.clone(), context.voice.clone());
        Self { last, voice, verdict, json: OnceLock::new(), spoken: InLanguages::new() }
    }

    fn json(&self) -> &Text {
        self.json.get_or_init(|| self.verdict.json())
    }

    fn spoken(&self, language: i32) -> Answer<&Spoken> {
        let texts = self.voice.texts(language)?;
        self.spoken.get(language, |_| self.verdict.spoken(texts))
    }
}

/// What is being looked at. Others may be added.
#[repr(i32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CpxStage {
    /// The card is being read.
    Card = 0,
    /// The system, the Cryptolib and the browsers are being looked at.
    Workstation = 1,
    /// PKCS#11 modules are being asked.
    Modules = 2,
    /// The network is being tried.
    Network = 3,
    /// Something that this version of the header does not know.
    Other = 4,
}

impl From<Stage> for CpxStage {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Card => Self::Card,
            Stage::Workstation => Self::Workstation,
            Stage::Modules => Self::Modules,
            Stage::Network => Self::Network,
            _ => Self::Other,
        }
    }
}

/// Is told what is being looked at, a CpxStage, as it begins: on threads of the library, perhaps two at the same time. It may
/// call cpx_cancel, which ends the call with CPX_STATUS_CANCELLED. It may be called until that call has come back, and after a
/// cancel or a deadline for a few seconds more: what `user` points to must live on. It must not throw an exception.
pub type CpxProgress = Option<extern "C" fn(stage: i32, user: *mut c_void)>;

/// Observes this workstation and judges whether it is ready for the portals. `options` may be null. PKCS#11 modules are asked
/// where the context has a module_host; without one a workstation is never said to be ready. CPX_STATUS_NOT_BUILT in a library
/// that only reads cards.
///
/// Any thread, also inside a callback; takes seconds.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_check(
    context: Option<&CpxContext>,
    options: *const CpxCheckupOptions,
    checkup: Option<&mut MaybeUninit<*mut CpxCheckup>>,
) -> CpxStatus {
    check(context, options, None, std::ptr::null_mut(), checkup)
}

/// The same, telling `progress` what is being looked at; `user` is passed to it.
///
/// Any thread, also inside a callback; takes seconds.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_check_with_progress(
    context: Option<&CpxContext>,
    options: *const CpxCheckupOptions,
    progress: CpxProgress,
    user: *mut c_void,
    checkup: Option<&mut MaybeUninit<*mut CpxCheckup>>,
) -> CpxStatus {
    check(context, options, progress, user, checkup)
}

fn check(
    context: Option<&CpxContext>,
    options: *const CpxCheckupOptions,
    progress: CpxProgress,
    user: *mut c_void,
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
            cards = verdict::online(cards)?;
        }
        if let Some(progress) = progress {
            let user = User(user);
            cards = cards.with_progress(move |stage| progress(CpxStage::from(stage) as i32, user.pointer()));
        }
        let full = options.flags & CPX_CHECK_IN_FULL != 0;
        let disclosure = if full { Disclosure::Full } else { Disclosure::Masked };
        give(Some(out), CpxCheckup::new(context, Verdict::on(&cards, disclosure)?))
    })
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
        let readiness = given(checkup)?.verdict.readiness();
        put(outcome, readiness as i32)
    })
}

/// Everything as JSON: schema cpx-check.diagnosis/2. Texts are as for cpx_cards_json, and live as long as `checkup`.
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
    guarded(checkup.map(|checkup| &checkup.last), || given(checkup)?.verdict.support_code().show(text, length))
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

/// The stable id of the check that is the one cause ("pcsc-service-running" ...); CPX_STATUS_NOTHING where there is none.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_checkup_cause_id(
    checkup: Option<&CpxCheckup>,
    text: Option<&mut MaybeUninit<*const c_char>>,
    length: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    guarded(checkup.map(|checkup| &checkup.last), || {
        given(checkup)?.verdict.cause_id().ok_or(CpxStatus::Nothing)?.show(text, length)
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
