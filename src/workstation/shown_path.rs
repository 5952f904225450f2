//! Paths as they may be shown: without the name of the user.

use std::path::Path;

/// `path` as text, the user's home folder written `~`.
///
/// ```
/// use std::path::Path;
/// use cpx_card::internal::workstation::shown_path_in;
///
/// let home = Some(Path::new("/home/marie"));
/// assert_eq!(shown_path_in(Path::new("/home/marie/.mozilla"), home), "~/.mozilla");
/// assert_eq!(shown_path_in(Path::new("/opt/santesocial"), home), "/opt/santesocial");
/// ```
pub fn shown_path_in(path: &Path, home: Option<&Path>) -> String {
    let below = home.filter(|home| home.components().count() > 1).and_then(|home| path.strip_prefix(home).ok());
    match below {
        Some(below) if below.as_os_str().is_empty() => "~".into(),
        Some(below) => format!("~{}{}", std::path::MAIN_SEPARATOR, below.display()),
        None => path.display().to_string(),
    }
}

/// The same with the home folder of whoever runs the program.
pub fn shown_path(path: &Path) -> String {
    shown_path_in(path, super::person::home().as_deref())
}
