//! What a module may see of the environment of this process: what it needs to find its files, its reader and its language.

use std::process::Command;

/// The variables that are handed on, where they are set.
const KEPT: [&str; 41] = [
    // who and where
    "HOME",
    "USER",
    "LOGNAME",
    "PATH",
    "TMPDIR",
    "XDG_RUNTIME_DIR",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_CACHE_HOME",
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_SESSION_ID",
    "__CF_USER_TEXT_ENCODING",
    // language and time
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LC_MESSAGES",
    "TZ",
    // where readers, tokens and settings of well-known modules are
    "PCSCLITE_CSOCK_NAME",
    "SOFTHSM2_CONF",
    "OPENSC_CONF",
    "NSS_DEFAULT_DB_TYPE",
    // Windows: its own folders, and those of the user
    "SystemRoot",
    "SystemDrive",
    "windir",
    "ComSpec",
    "PATHEXT",
    "TEMP",
    "TMP",
    "USERNAME",
    "USERPROFILE",
    "USERDOMAIN",
    "APPDATA",
    "LOCALAPPDATA",
    "ProgramData",
    "ALLUSERSPROFILE",
    "PUBLIC",
    "ProgramFiles",
    "ProgramFiles(x86)",
    "ProgramW6432",
    "CommonProgramFiles",
    "SESSIONNAME",
];

/// Gives a command these variables and no other.
pub(super) fn clean(command: &mut Command) {
    command.env_clear();
    for name in KEPT {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
}
