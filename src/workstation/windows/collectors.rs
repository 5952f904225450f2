//! The collectors: what is asked of this Windows, each subject with its own deadline.

use std::fs::OpenOptions;
use std::io;
use std::os::windows::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use windows_sys::Win32::Storage::FileSystem::{
    FILE_ADD_FILE, FILE_FLAG_BACKUP_SEMANTICS, FILE_SHARE_DELETE, FILE_SHARE_READ, FILE_SHARE_WRITE,
};

use super::api;
use super::api::registry::WindowsRegistry;
use super::api::services::ServiceManager;
use super::places::{Places, is_local};
use super::policies::RegistryPolicies;
use super::system::Machine;
use super::{browsers, crypto, cryptolib as installed, cryptolib_files as files, devices, policies, power, shell_link};
use super::{
    processes as running, services as managed, session as logons, stored, system as systems, updates as updating,
};
use crate::limits;
use crate::workstation::browsers::BrowserRegistry;
use crate::workstation::facts::{
    Architecture, Browser, BrowserKind, Cryptolib, FolderAccess, GalssConfig, ModuleCopy, PowerPlan, Processes,
    ReaderDevice, Session, StoreLocation, StoredCertificate, System, Traces, UsbReaders, VersionSource, VersionTold,
    WindowsCrypto, WindowsServices, WindowsUpdates,
};
use crate::workstation::network::ProxySource;
use crate::workstation::{
    self, Looking, Observed, Person, Reason, beside, binary, bounded_file, counted_folder, galss as config,
    known_programs, person, shown_path,
};

/// Which Windows this is.
pub fn system() -> Observed<System> {
    let machine = Machine {
        architecture: api::system::native_architecture(),
        portable: api::system::power().and_then(|(flag, _)| systems::has_battery(flag)),
        started: api::system::started(),
    };
    systems::interpret(&WindowsRegistry, machine).into()
}

/// From where and as whom the program runs.
pub fn session() -> Observed<Session> {
    within(limits::WINDOWS_PATIENCE, || {
        let looked_at = person::chosen().map(|person| person.name.clone());
        logons::interpret(&WindowsRegistry, api::session::logon(), looked_at).into()
    })
}

/// The person of this name who is signed in.
///
/// # Errors
/// [`Unseen::Absent`](crate::workstation::Unseen::Absent) where there is none; that of the registry.
pub fn person(name: &str) -> Result<Person, Reason> {
    super::people::named(super::people::signed_in(&WindowsRegistry)?, name)
}

/// Who is signed in, where one person is and this process runs as the system or as a service.
pub fn signed_in_for_service() -> Option<Person> {
    if !api::session::logon().service_account {
        return None;
    }
    let [person] = <[Person; 1]>::try_from(super::people::signed_in(&WindowsRegistry).ok()?).ok()?;
    Some(person)
}

/// The services that cards need.
pub fn services() -> Observed<WindowsServices> {
    within(limits::WINDOWS_PATIENCE, || {
        let manager = ServiceManager::connect();
        let state = |name: &str| manager.as_ref().map_err(Clone::clone)?.state(name);
        managed::interpret(&WindowsRegistry, &state).into()
    })
}

/// Reader devices as Windows knows them.
pub fn reader_devices() -> Observed<Vec<ReaderDevice>> {
    within(limits::WINDOWS_PATIENCE, || {
        api::devices::readers().map(|found| devices::readers(&WindowsRegistry, found)).into()
    })
}

/// Readers on the USB.
pub fn usb_readers() -> Observed<UsbReaders> {
    within(limits::WINDOWS_PATIENCE, || api::devices::on_usb().map(|found| devices::usb(&found)).into())
}

/// Power saving of USB.
pub fn power_plan() -> Observed<PowerPlan> {
    let on_battery = api::system::power().is_some_and(|(_, on_battery)| on_battery);
    power::interpret(&WindowsRegistry, on_battery).into()
}

/// Running programs that matter to cards.
pub fn processes() -> Observed<Processes> {
    within(limits::WINDOWS_PATIENCE, || {
        let known = known_programs();
        let autostart = running::ccm_autostart(&WindowsRegistry, startup_link()).into();
        let watches = running::ccm_watches(&WindowsRegistry).into();
        let all = api::processes::running(known);
        // of another person, any session but that of services is theirs
        let session = api::session::session().filter(|_| person::chosen().is_none());
        all.map(|all| running::interpret(known, &all, session, autostart, watches)).into()
    })
}

/// The proxies that Windows and its policies set.
pub fn proxies() -> Observed<Vec<ProxySource>> {
    within(limits::WINDOWS_PATIENCE, || super::proxies::interpret(&WindowsRegistry).into())
}

/// What Windows knows of the card's cryptography.
pub fn windows_crypto() -> Observed<WindowsCrypto> {
    within(limits::WINDOWS_PATIENCE, || {
        let places = places();
        let exists =
            |image: &str, view| Some(places.image(image, view)).is_some_and(|path| is_local(&path) && path.exists());
        Observed::Seen(crypto::interpret(&WindowsRegistry, &exists))
    })
}

/// Certificates of cards in the stores of this user and of the machine.
pub fn stored_certificates() -> Observed<Vec<StoredCertificate>> {
    within(limits::WINDOWS_PATIENCE, || {
        let of = |location| api::stores::certificates(location, "My").map(|found| stored::of_cards(found, location));
        let both = || -> Result<_, Reason> {
            Ok([of(StoreLocation::CurrentUser)?, of(StoreLocation::LocalMachine)?].concat())
        };
        both().into()
    })
}

/// SHA-1 of the authorities of IGC-Santé and of its predecessors that this user or the machine trusts, each once, in
/// lower-case hexadecimal.
pub fn trusted_authorities() -> Observed<Vec<String>> {
    within(limits::WINDOWS_PATIENCE, || {
        let all = || -> Result<_, Reason> {
            let mut found = Vec::new();
            for location in [StoreLocation::CurrentUser, StoreLocation::LocalMachine] {
                for name in ["Root", "CA"] {
                    found.extend(api::stores::certificates(location, name)?);
                }
            }
            Ok(stored::authorities(&found))
        };
        all().into()
    })
}

/// Updates and guards of Windows.
pub fn updates() -> Observed<WindowsUpdates> {
    /// The service says its name in these ways, from one version of Windows to the next.
    const EVENTS_624: &str = "*[System[Provider[@Name='Microsoft-Windows-Smartcard-Server' or @Name='SCardSvr' \
        or @Name='Smart Card Service'] and EventID=624 and TimeCreated[timediff(@SystemTime) <= 2592000000]]]";
    const BLOCKS: &str =
        "*[System[(EventID=3033 or EventID=3077) and TimeCreated[timediff(@SystemTime) <= 2592000000]]]";
    let events = || Observed::from(api::events::count("System", EVENTS_624));
    let blocks = || Observed::from(api::events::documents("Microsoft-Windows-CodeIntegrity/Operational", BLOCKS));
    let log = std::thread::scope(|scope| {
        let blocks = beside(scope, || within(limits::EVENT_PATIENCE, blocks));
        updating::Log {
            events_624: within(limits::EVENT_PATIENCE, events),
            blocks: blocks.finish().unwrap_or_default(),
        }
    });
    match system() {
        Observed::Seen(system) => updating::interpret(&WindowsRegistry, &system, log).into(),
        Observed::Unseen(reason) => Observed::Unseen(reason),
    }
}

/// The Cryptolib CPS.
pub fn cryptolib() -> Observed<Cryptolib> {
    within(limits::WINDOWS_PATIENCE, || described().into())
}

fn described() -> Result<Cryptolib, Reason> {
    let (registry, places) = (&WindowsRegistry, places());
    let install_folder = installed::install_folder(registry).map(PathBuf::from).filter(|folder| is_local(folder));
    let files = files::expected(&places, install_folder.as_deref());
    let copies = copies(&places);
    let installed::Told { mut versions, unreadable } = installed::versions(registry)?;
    let modules = copies.iter().filter(|copy| copy.official).filter_map(|copy| copy.version.clone());
    for module in modules.map(|version| VersionTold::new(VersionSource::ModuleFile, version)) {
        if !versions.contains(&module) {
            versions.push(module);
        }
    }
    let modules = files::official_modules(&places);
    let signatures = modules.iter().map(|module| api::signature::signature(module)).collect();
    let data = places.cryptolib_data();
    let left = installed::left_keys(registry).map(|keys| [files::left_files(&places), keys].concat());
    Ok(Cryptolib {
        versions,
        unreadable,
        files,
        copies,
        cache: access(&data.join("cache")).into(),
        traces: traces(&data.join("log")).into(),
        signatures: Observed::Seen(signatures),
        leftovers: left.into(),
        minidriver: installed::minidriver(registry).into(),
    })
}

/// Every copy of the module; only those in the system's folders where the others hang.
fn copies(places: &Places) -> Vec<ModuleCopy> {
    let everywhere = places.clone();
    let found = within(limits::COPIES_PATIENCE, move || {
        Observed::Seen(files::copies(&everywhere, api::file_version::file_version))
    });
    match found {
        Observed::Seen(copies) => copies,
        Observed::Unseen(_) => {
            let own = Places { path: Vec::new(), programs: Vec::new(), ..places.clone() };
            files::copies(&own, api::file_version::file_version)
        }
    }
}

fn traces(log: &Path) -> Result<Traces, Reason> {
    let counted = counted_folder::count(log);
    Ok(Traces {
        on: installed::traces_on(&WindowsRegistry)?,
        log_bytes: counted.bytes,
        log_bytes_at_least: counted.at_least,
        free_bytes: api::system::free_bytes(log.ancestors().find(|folder| folder.exists()).unwrap_or(log)),
    })
}

/// Whether this account may put files into a folder: it is opened with that right, and nothing is put.
fn access(folder: &Path) -> Result<FolderAccess, Reason> {
    let opened = OpenOptions::new()
        .access_mode(FILE_ADD_FILE)
        .share_mode(FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)
        .custom_flags(FILE_FLAG_BACKUP_SEMANTICS)
        .open(folder);
    let present = folder.is_dir();
    let writable = match opened {
        Ok(_) => Some(true),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Some(false),
        Err(_) => None,
    };
    let empty_files = counted_folder::count(folder).empty_files;
    Ok(FolderAccess { path: shown_path(folder), present, writable, empty_files })
}

/// The browsers that the registry names, with the version and the architecture of their programs.
pub fn browsers_installed() -> Observed<Vec<Browser>> {
    within(limits::WINDOWS_PATIENCE, || {
        let found = browsers::installed(&WindowsRegistry);
        found.map(|found| found.into_iter().filter_map(|(kind, path)| browser(kind, Path::new(&path))).collect()).into()
    })
}

/// What an uninstaller forgot in the registry is no browser; one on the network is not looked at.
fn browser(kind: BrowserKind, path: &Path) -> Option<Browser> {
    if !is_local(path) {
        return Some(Browser::new(kind, path.display().to_string()));
    }
    if !path.is_file() {
        return None;
    }
    let mut browser = Browser::new(kind, shown_path(path));
    browser.version = api::file_version::file_version(path);
    browser.architectures = binary::architectures(path).seen().cloned().unwrap_or_default();
    Some(browser)
}

/// The browser that opens web pages.
pub fn default_browser() -> Observed<BrowserKind> {
    browsers::default(&WindowsRegistry).into()
}

/// What the registry says to browsers: rules for certificates, policies of Firefox, manifests of modules.
pub fn registry_policies() -> RegistryPolicies {
    policies::interpret(&WindowsRegistry)
}

/// The same, in the words of the collectors of browsers.
pub fn browser_registry() -> BrowserRegistry {
    super::browser_registry::browser_registry(registry_policies())
}

/// The version in the resources of a program or a library: `3.4.0.0`. One on the network is not opened.
pub fn file_version(path: &Path) -> Option<String> {
    if is_local(path) { api::file_version::file_version(path) } else { None }
}

/// The configuration of GALSS.
pub fn galss() -> Observed<Option<GalssConfig>> {
    let machine = workstation::Machine::below(&api::system::windows_folder());
    within(limits::WINDOWS_PATIENCE, move || config::collect(&machine, &["galss.ini"]))
}

/// What `look` returns, if it does so in time.
fn within<T: Send + 'static>(patience: Duration, look: impl FnOnce() -> Observed<T> + Send + 'static) -> Observed<T> {
    Looking::start(patience, look).finish()
}

fn places() -> Places {
    let native = api::system::native_architecture().unwrap_or(Architecture::OURS);
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let program_data = folder("ProgramData").unwrap_or_else(|| PathBuf::from(r"C:\ProgramData"));
    let local = person::chosen().map(|person| person.home.join(r"AppData\Local")).or_else(|| folder("LOCALAPPDATA"));
    let users = local.map(|local| local.join("Programs"));
    let mut programs: Vec<PathBuf> =
        ["ProgramW6432", "ProgramFiles", "ProgramFiles(x86)"].into_iter().filter_map(folder).chain(users).collect();
    programs.push(program_data.join("santesocial"));
    programs.dedup();
    Places {
        program_data,
        programs,
        path: std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default(),
        ..Places::below(&api::system::windows_folder(), native, Architecture::OURS)
    }
}

/// The link to the certificate manager in a Startup folder, of the user or of all.
fn startup_link() -> running::StartupLink {
    let of_person = person::chosen().map(|person| person.home.join(r"AppData\Roaming").into_os_string());
    let of_user = of_person.or_else(|| std::env::var_os("APPDATA"));
    let folders = [of_user, std::env::var_os("ProgramData")].into_iter().flatten();
    let folders = folders.map(|folder| Path::new(&folder).join(r"Microsoft\Windows\Start Menu\Programs\Startup"));
    let entries =
        folders.filter_map(|folder| folder.read_dir().ok()).flat_map(|entries| entries.take(limits::PROGRAM_ENTRIES));
    let links = entries.flatten().filter(|entry| running::is_ccm_link(&entry.file_name().to_string_lossy()));
    let mut found = running::StartupLink::Absent;
    for link in links {
        let bytes = bounded_file::read_beginning(&link.path(), shell_link::BYTES).unwrap_or_default();
        let leads_nowhere = shell_link::target(&bytes).is_some_and(|target| is_local(&target) && !target.exists());
        if !leads_nowhere {
            return running::StartupLink::Leads;
        }
        found = running::StartupLink::LeadsNowhere;
    }
    found
}
