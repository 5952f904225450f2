//! What was observed of the PKCS#11 modules of this workstation: nothing here is good or bad yet.
//!
//! Serialisable, and free of a person's data but for what stands in a [`Private`](crate::identity::Private).

use serde::{Deserialize, Serialize};

use super::function::Function;
use super::return_code::ReturnCode;
use super::slot_facts::SlotFacts;
use crate::identity::Private;
use crate::workstation::Observed;
use crate::workstation::facts::{Architecture, RegisteredModule};

/// The modules of this workstation and what each one sees.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pkcs11Facts {
    /// Every module that something on this workstation names, in the order in which they were found, Cryptolib's first.
    pub modules: Vec<ModuleFacts>,
    /// Modules beyond [`MODULES`](crate::limits::MODULES), which were not looked at.
    pub left_out: usize,
}

/// One module: a file, who names it, and what asking it gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ModuleFacts {
    /// Where it stands, as the first one who names it writes it; a home folder is written `~`.
    pub path: String,
    /// Where the file itself is, when symbolic links lead there; a home folder is written `~`.
    pub real_path: Option<String>,
    /// Other paths that lead to the same file.
    pub other_paths: Vec<String>,
    /// Who names it, each once.
    pub named_by: Vec<Registrant>,
    /// The path of an earlier module of the list whose file has the same bytes: this one is a copy.
    pub copy_of: Option<String>,
    /// What stands at the path.
    pub file: ModuleFile,
    /// The version of the file, where the system keeps one with it (Windows).
    pub version: Observed<String>,
    /// What the module answered. `Unseen` says why it was not asked: not asked for, no file, not for this program's
    /// architecture (`NotThisSystem`).
    pub answer: Observed<ModuleAnswer>,
}

impl ModuleFacts {
    /// A module at this path, as nobody has looked at it.
    pub fn new(path: impl Into<String>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }

    /// Whether it is that of the Cryptolib: by the name of its file, or as it calls itself.
    pub fn is_cryptolib(&self) -> bool {
        RegisteredModule::new("", self.path.clone()).is_cps() || self.library().is_some_and(LibraryInfo::is_cryptolib)
    }

    /// What the module says of itself, when it was asked and came so far.
    pub fn library(&self) -> Option<&LibraryInfo> {
        self.answer.seen()?.library.as_ref()
    }

    /// Its slots; none when it was not asked, or could not be asked for them.
    pub fn slots(&self) -> &[SlotFacts] {
        self.answer.seen().and_then(|answer| answer.slots.seen()).map_or(&[], Vec::as_slice)
    }
}

/// Who names a module.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Registrant {
    /// It is where the Cryptolib CPS puts its module.
    KnownPlace,
    /// The user, with `--module`.
    CommandLine,
    /// A registration with p11-kit.
    P11Kit {
        /// Its file, a home folder written `~`.
        file: String,
    },
    /// A profile of Firefox (`pkcs11.txt`).
    Firefox {
        /// The name of the profile.
        profile: Private,
    },
    /// An NSS database, such as that of Chrome on Linux.
    Nss {
        /// Its folder, a home folder written `~`.
        database: String,
    },
    /// A manifest through which an extension of a browser finds it.
    Manifest {
        /// Its file or registry key.
        file: String,
    },
    /// A policy of a browser.
    Policy {
        /// Its file or registry key.
        file: String,
    },
}

impl Registrant {
    /// The stable code: `known-place`, `command-line`, `p11-kit`, `firefox`, `nss`, `manifest`, `policy`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::KnownPlace => "known-place",
            Self::CommandLine => "command-line",
            Self::P11Kit { .. } => "p11-kit",
            Self::Firefox { .. } => "firefox",
            Self::Nss { .. } => "nss",
            Self::Manifest { .. } => "manifest",
            Self::Policy { .. } => "policy",
        }
    }
}

/// What stands at the path of a module.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ModuleFile {
    /// Nothing: who names it names a dead path.
    #[default]
    Absent,
    /// A symbolic link to nothing.
    DeadLink,
    /// Symbolic links that lead round and round.
    LinkLoop,
    /// A folder, a device, a pipe.
    NotAFile,
    /// Something that this account may not look at, or that cannot be looked at.
    Unreadable,
    /// A file.
    File {
        /// Its length in bytes.
        bytes: u64,
        /// The processors that it is made for, from its own header (ELF, PE, Mach-O). `Unseen(Malformed)` when it is no
        /// program file at all.
        architectures: Observed<Vec<Architecture>>,
        /// Whether this program could load it: it is made for this system and processor. `None` when its header could
        /// not be read.
        fits_us: Option<bool>,
    },
}

impl ModuleFile {
    /// The stable code: `absent`, `dead-link`, `link-loop`, `not-a-file`, `unreadable`, `file`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::DeadLink => "dead-link",
            Self::LinkLoop => "link-loop",
            Self::NotAFile => "not-a-file",
            Self::Unreadable => "unreadable",
            Self::File { .. } => "file",
        }
    }
}

/// What a module answered, as far as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ModuleAnswer {
    /// How it ended.
    pub end: Ending,
    /// Every call, in order, with its time and its code.
    pub steps: Vec<Step>,
    /// What it says of itself, when it came so far.
    pub library: Option<LibraryInfo>,
    /// Its slots, with or without a card; `Unseen` when it could not be asked for them. A list without slot is an answer.
    pub slots: Observed<Vec<SlotFacts>>,
    /// What is odd about it, and kept it from nothing.
    pub oddities: Vec<Oddity>,
    /// Bytes that it wrote on the standard output, which belongs to the program.
    pub noise_bytes: u64,
    /// From the start of the child process to its end, in milliseconds.
    pub total_ms: u32,
}

impl ModuleAnswer {
    /// An asking that ended like this, before anything was said.
    pub fn new(end: Ending) -> Self {
        Self {
            end,
            steps: Vec::new(),
            library: None,
            slots: Observed::default(),
            oddities: Vec::new(),
            noise_bytes: 0,
            total_ms: 0,
        }
    }

    /// The time of all calls of this function, in milliseconds.
    pub fn milliseconds(&self, function: Function) -> u32 {
        self.steps.iter().filter(|step| step.function == function).map(|step| step.ms).fold(0, u32::saturating_add)
    }

    /// Whether the module was loaded and initialised and said what it is.
    pub fn is_usable(&self) -> bool {
        self.library.is_some()
    }
}

/// One call of a function of the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Step {
    /// Which.
    pub function: Function,
    /// For which slot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<u64>,
    /// How long it took, in milliseconds; up to its end by force when it did not come back.
    pub ms: u32,
    /// What it returned; nothing when it did not come back, and for the loader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<ReturnCode>,
}

impl Step {
    /// A call that took so long, in milliseconds, and returned this.
    pub const fn new(function: Function, slot: Option<u64>, ms: u32, code: Option<ReturnCode>) -> Self {
        Self { function, slot, ms, code }
    }
}

/// How asking a module ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Ending {
    /// It answered to the last question, and was finalised. Single slots may have failed.
    Complete,
    /// The system's loader refused it.
    NotLoaded {
        /// Why.
        cause: LoadFailure,
        /// The words of the loader, in the language of the system, without a home folder.
        detail: String,
    },
    /// It is a library without `C_GetFunctionList`: no PKCS#11 module.
    NotAModule,
    /// It gives success and no list of functions.
    NullFunctionList,
    /// It has no such function, which every module must have.
    NullFunction {
        /// Which.
        function: Function,
    },
    /// It refuses to go on.
    Refused {
        /// The function that failed.
        function: Function,
        /// What it returned.
        code: ReturnCode,
    },
    /// The program that asked it was ended by an exception: the module crashed.
    Crashed {
        /// The function that it was in; none when it was in none, as at the end of the program.
        function: Option<Function>,
        /// The signal (11: SIGSEGV) or, on Windows, the exception code (0xC0000005).
        signal: u32,
    },
    /// The module ended the program that asked it.
    Exited {
        /// The function that it was in; none when it was in none.
        function: Option<Function>,
        /// The exit code that it chose.
        status: i32,
    },
    /// It did not come back in time, and was ended by force.
    TimedOut {
        /// The function that it was in; none when it was in none.
        function: Option<Function>,
        /// How long it was waited for, in milliseconds.
        ms: u32,
    },
    /// It answers without end: the asking was stopped at a bound.
    Endless {
        /// The function that it was in; none when it was in none.
        function: Option<Function>,
    },
    /// The program that was to ask it could not be started, or did not do its part: our failure, not the module's.
    NotAsked {
        /// Why, in English.
        detail: String,
    },
}

impl Ending {
    /// The stable code: `complete`, `not-loaded`, `not-a-module`, `null-function-list`, `null-function`, `refused`,
    /// `crashed`, `exited`, `timed-out`, `endless`, `not-asked`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::NotLoaded { .. } => "not-loaded",
            Self::NotAModule => "not-a-module",
            Self::NullFunctionList => "null-function-list",
            Self::NullFunction { .. } => "null-function",
            Self::Refused { .. } => "refused",
            Self::Crashed { .. } => "crashed",
            Self::Exited { .. } => "exited",
            Self::TimedOut { .. } => "timed-out",
            Self::Endless { .. } => "endless",
            Self::NotAsked { .. } => "not-asked",
        }
    }

    /// The function that failed, where one did.
    pub const fn function(&self) -> Option<Function> {
        match self {
            Self::Complete | Self::NotAsked { .. } => None,
            Self::NotLoaded { .. } => Some(Function::Load),
            Self::NotAModule | Self::NullFunctionList => Some(Function::GetFunctionList),
            Self::NullFunction { function } | Self::Refused { function, .. } => Some(*function),
            Self::Crashed { function, .. }
            | Self::Exited { function, .. }
            | Self::TimedOut { function, .. }
            | Self::Endless { function } => *function,
        }
    }

    /// The code that it returned, where it returned one.
    pub const fn return_code(&self) -> Option<ReturnCode> {
        match self {
            Self::Refused { code, .. } => Some(*code),
            _ => None,
        }
    }
}

/// Why the system's loader refused a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LoadFailure {
    /// It is made for another processor, or for 32 bits.
    WrongArchitecture,
    /// A library that it needs is not on this workstation.
    MissingLibrary,
    /// It is no program file.
    NotALibrary,
    /// Something that it needs is missing in a library that is there: versions do not fit.
    MissingSymbol,
    /// This account may not read it, or the system forbids loading it.
    Forbidden,
    /// Something else.
    Other,
}

impl LoadFailure {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::WrongArchitecture => "wrong-architecture",
            Self::MissingLibrary => "missing-library",
            Self::NotALibrary => "not-a-library",
            Self::MissingSymbol => "missing-symbol",
            Self::Forbidden => "forbidden",
            Self::Other => "other",
        }
    }
}

/// What a module says of itself. Its texts are hostile.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct LibraryInfo {
    /// The version of PKCS#11 that it claims: (2, 20).
    pub cryptoki: (u8, u8),
    /// The version in its list of functions, which may differ: never branch on it.
    pub list: (u8, u8),
    /// Who made it.
    pub manufacturer: String,
    /// What it is.
    pub description: String,
    /// Its own version: (3, 1).
    pub version: (u8, u8),
}

impl LibraryInfo {
    /// Whether it calls itself the module of the Cryptolib CPS.
    pub fn is_cryptolib(&self) -> bool {
        self.manufacturer.trim() == "ANS" || self.description.contains("CPS3 PKCS#11")
    }
}

/// Something odd about a module that answers all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Oddity {
    /// It exports `C_GetInterface`, which fails; `C_GetFunctionList` works.
    InterfaceFails {
        /// What `C_GetInterface` returned.
        code: ReturnCode,
    },
    /// It announces version 3 on the list of functions of version 2.
    ListVersion,
    /// The number of slots changed between two calls.
    SlotCountChanged,
    /// It was initialised already in this process, by somebody else.
    AlreadyInitialized,
    /// A text is not padded with spaces.
    UnpaddedText,
    /// A text has control characters.
    ControlCharacters,
    /// A text is not UTF-8.
    NotUtf8,
    /// There were more slots, mechanisms or objects than are looked at.
    TooMany,
    /// It failed to finalise.
    FinalizeFails {
        /// What `C_Finalize` returned.
        code: ReturnCode,
    },
}

impl Oddity {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InterfaceFails { .. } => "interface-fails",
            Self::ListVersion => "list-version",
            Self::SlotCountChanged => "slot-count-changed",
            Self::AlreadyInitialized => "already-initialized",
            Self::UnpaddedText => "unpadded-text",
            Self::ControlCharacters => "control-characters",
            Self::NotUtf8 => "not-utf8",
            Self::TooMany => "too-many",
            Self::FinalizeFails { .. } => "finalize-fails",
        }
    }
}
