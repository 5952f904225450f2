//! The files of modules that are registered somewhere, each looked at once however many name it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::named_module::{NamedModule, file_name};
use crate::limits;
use crate::workstation::facts::{Architecture, RegisteredModule};
use crate::workstation::{binary, fingerprint, shown_path_in};

/// What is known of files of modules.
pub(super) struct ModuleFiles<'a> {
    home: &'a Path,
    looked_at: BTreeMap<PathBuf, ModuleFile>,
    hashed: BTreeMap<PathBuf, Option<String>>,
}

#[derive(Default, Clone)]
struct ModuleFile {
    present: bool,
    target: Option<PathBuf>,
    sha256: Option<String>,
    architectures: Vec<Architecture>,
}

impl<'a> ModuleFiles<'a> {
    /// Nothing yet; paths below `home` are shown with `~`.
    pub(super) const fn new(home: &'a Path) -> Self {
        Self { home, looked_at: BTreeMap::new(), hashed: BTreeMap::new() }
    }

    /// A module with what its file says.
    pub(super) fn registered(&mut self, module: &NamedModule) -> RegisteredModule {
        let known = self.looked_at.get(&module.path).cloned();
        let file = known.unwrap_or_else(|| self.look_at(&module.path));
        self.looked_at.insert(module.path.clone(), file.clone());
        RegisteredModule {
            name: module.name.clone(),
            path: self.shown(&module.path),
            present: file.present,
            target: file.target.map(|target| self.shown(&target)),
            sha256: file.sha256,
            architectures: file.architectures,
        }
    }

    /// All of them.
    pub(super) fn all(&mut self, modules: &[NamedModule]) -> Vec<RegisteredModule> {
        modules.iter().map(|module| self.registered(module)).collect()
    }

    fn look_at(&mut self, path: &Path) -> ModuleFile {
        // a relative path is looked for by whoever loads it, in folders of its own
        if !path.is_absolute() || !fs::metadata(path).is_ok_and(|metadata| metadata.is_file()) {
            return ModuleFile::default();
        }
        let real = real_path(path);
        let is_cps = [Some(path), real.as_deref()].into_iter().flatten().any(is_cps);
        ModuleFile {
            present: true,
            sha256: if is_cps { self.sha256(real.as_deref().unwrap_or(path)) } else { None },
            target: real.filter(|real| real != path),
            architectures: binary::architectures(path).seen().cloned().unwrap_or_default(),
        }
    }

    /// Not computed for files beyond [`MODULE_BYTES`](limits::MODULE_BYTES), nor for more than
    /// [`HASHED_MODULES`](limits::HASHED_MODULES) of them.
    fn sha256(&mut self, path: &Path) -> Option<String> {
        if let Some(known) = self.hashed.get(path) {
            return known.clone();
        }
        if self.hashed.len() >= limits::HASHED_MODULES {
            return None;
        }
        let hash = fingerprint::sha256(path);
        self.hashed.insert(path.to_owned(), hash.clone());
        hash
    }

    fn shown(&self, path: &Path) -> String {
        shown_path_in(path, Some(self.home))
    }
}

fn is_cps(path: &Path) -> bool {
    RegisteredModule::new("", file_name(path)).is_cps()
}

/// Where a file is, links followed; Windows' own form of long paths is undone.
pub(super) fn real_path(path: &Path) -> Option<PathBuf> {
    let real = fs::canonicalize(path).ok()?;
    let short = real.to_str().and_then(|text| text.strip_prefix(r"\\?\")).filter(|rest| !rest.starts_with("UNC"));
    Some(short.map_or_else(|| real.clone(), PathBuf::from))
}
