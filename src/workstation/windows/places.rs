//! The folders of Windows, as this program sees them.

use std::path::{Path, PathBuf};

use crate::workstation::facts::{Architecture, RegistryView};

/// Where things belong on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Places {
    /// `C:\Windows`.
    pub(super) windows: PathBuf,
    /// The libraries of the system's own width: `System32`, or `Sysnative` where a 32-bit program would be led astray.
    pub(super) system: PathBuf,
    /// The libraries of 32-bit programs on 64-bit Windows: `SysWOW64`.
    pub(super) system_32: Option<PathBuf>,
    /// `C:\ProgramData`.
    pub(super) program_data: PathBuf,
    /// `C:\Program Files` and `C:\Program Files (x86)`, and where users install programs without rights.
    pub(super) programs: Vec<PathBuf>,
    /// The folders of `PATH`.
    pub(super) path: Vec<PathBuf>,
}

impl Places {
    /// The folders below `windows` on a system of this architecture, for a program of `ours`.
    pub(super) fn below(windows: &Path, system: Architecture, ours: Architecture) -> Self {
        let wide = matches!(system, Architecture::X86_64 | Architecture::Arm64);
        let narrow_program = matches!(ours, Architecture::X86 | Architecture::Arm);
        let libraries = if wide && narrow_program { "Sysnative" } else { "System32" };
        Self {
            windows: windows.to_owned(),
            system: windows.join(libraries),
            system_32: wide.then(|| windows.join("SysWOW64")),
            program_data: PathBuf::new(),
            programs: Vec::new(),
            path: Vec::new(),
        }
    }

    /// Where the Cryptolib keeps its data.
    pub(super) fn cryptolib_data(&self) -> PathBuf {
        self.program_data.join("santesocial").join("cps")
    }

    /// The libraries that programs of this view load.
    pub(super) fn libraries(&self, view: RegistryView) -> &Path {
        match (view, &self.system_32) {
            (RegistryView::Bits32, Some(narrow)) => narrow,
            _ => &self.system,
        }
    }

    /// Where `image` of the registry is: `System32` in the 32-bit view is another folder, and a bare name is in it.
    pub(super) fn image(&self, image: &str, view: RegistryView) -> PathBuf {
        let windows = self.windows.display().to_string();
        let expanded = expand(image.trim_matches('"'), &windows);
        let system = format!(r"{windows}\system32\").to_lowercase();
        if expanded.to_lowercase().starts_with(&system) {
            return self.libraries(view).join(expanded.get(system.len()..).unwrap_or_default());
        }
        if expanded.contains(['\\', '/']) { PathBuf::from(expanded) } else { self.libraries(view).join(expanded) }
    }
}

/// Whether a path is one of this machine: a folder of the network may hang, and asking for it tells who asks.
pub(super) fn is_local(path: &Path) -> bool {
    path.is_absolute() && !path.as_os_str().to_string_lossy().replace('/', r"\").starts_with(r"\\")
}

/// The variables that stand for the folder of Windows, in any case of letters.
fn expand(image: &str, windows: &str) -> String {
    for variable in ["%systemroot%", "%windir%"] {
        if image.to_lowercase().starts_with(variable) {
            return format!("{windows}{}", image.get(variable.len()..).unwrap_or_default());
        }
    }
    image.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn below(system: Architecture, ours: Architecture) -> Places {
        Places::below(Path::new(r"C:\Windows"), system, ours)
    }

    fn tail(path: &Path) -> String {
        path.display().to_string().replace('/', r"\")
    }

    #[test]
    fn a_narrow_program_is_not_led_astray() {
        let places = below(Architecture::X86_64, Architecture::X86_64);
        assert_eq!(tail(&places.system), r"C:\Windows\System32");
        assert!(places.system_32.is_some());
        assert_eq!(tail(&below(Architecture::X86_64, Architecture::X86).system), r"C:\Windows\Sysnative");
        let narrow = below(Architecture::X86, Architecture::X86);
        assert_eq!((tail(&narrow.system), narrow.system_32), (r"C:\Windows\System32".to_owned(), None));
    }

    #[test]
    fn what_is_on_the_network_is_not_local() {
        let here = std::env::temp_dir();
        assert_eq!([is_local(&here), is_local(Path::new("relative"))], [true, false]);
        for far in [r"\\server\share\x.exe", "//server/share/x.exe", r"\\?\UNC\server\share"] {
            assert!(!is_local(Path::new(far)), "{far}");
        }
    }

    #[test]
    fn images_are_found_as_their_view_sees_them() {
        let places = below(Architecture::X86_64, Architecture::X86_64);
        let image = |text: &str, view| tail(&places.image(text, view));
        let wide = r"C:\Windows\System32\cps3_csp_w64.dll";
        assert_eq!(image(wide, RegistryView::Bits64), wide);
        assert_eq!(image(r"c:\windows\system32\x.dll", RegistryView::Bits32), r"C:\Windows\SysWOW64\x.dll");
        assert_eq!(image(r"%SystemRoot%\System32\x.dll", RegistryView::Bits32), r"C:\Windows\SysWOW64\x.dll");
        assert_eq!(image("x.dll", RegistryView::Bits64), r"C:\Windows\System32\x.dll");
        assert_eq!(image(r#""D:\a b\x.dll""#, RegistryView::Bits64), r"D:\a b\x.dll");
        assert_eq!(image("%é", RegistryView::Bits64), r"C:\Windows\System32\%é", "no variable, no panic");
    }
}
