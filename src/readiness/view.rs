//! The facts as criteria ask for them: which card, which module, which hosts, within a portal and a browser.

use super::finding::{Finding, Judged, SkipReason, State, seen};
use super::portal::{BrowserPath, Portal};
use super::rules::Rules;
use super::version::Version;
use crate::certificate::{Moment, Role, Validity};
use crate::error::{ErrorKind, Failure};
use crate::facts::{
    Atr, CardReading, CertificateFacts, Facts, Generation, Interface, ReaderContent, ReaderFacts, ReaderState, listed,
};
use crate::identity::Date;
use crate::token::{ModuleFacts, ModuleFile, PcscSide, SlotFacts, TokenFacts};
use crate::workstation::facts::{
    Browser, BrowserKind, Confinement, Cryptolib, Family, FileUse, FirefoxProfile, RegisteredModule, StoreLocation,
    StoredCertificate, VersionSource,
};
use crate::workstation::network::{HostFacts, HttpEnd, NetworkFacts, Purpose};
use crate::workstation::{Observed, Unseen};

/// The facts, and what they are asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) facts: &'a Facts,
    /// The portals in question.
    pub(super) portals: &'a [Portal],
    /// The browsers in question; empty for all.
    pub(super) browsers: &'a [BrowserKind],
    /// The one path in question; none for all.
    pub(super) path: Option<BrowserPath>,
    /// The card that is to come, where that and not today's is asked about.
    pub(super) awaited: Option<Generation>,
}

impl<'a> View<'a> {
    pub(super) fn family(&self) -> Option<Family> {
        self.facts.workstation.system.seen().map(|system| system.family)
    }

    pub(super) fn is_on(&self, family: Family) -> bool {
        self.family() == Some(family)
    }

    /// The readers that PC/SC lists; skipped when PC/SC cannot be used.
    pub(super) fn listed_readers(&self) -> Result<&'a [ReaderFacts], SkipReason> {
        match &self.facts.cards.readers {
            Ok(readers) => Ok(readers),
            Err(failure) if failure.kind == ErrorKind::NoReader || self.waits_for_reader(failure) => Ok(&[]),
            Err(_) => Err(SkipReason::NoContext),
        }
    }

    /// Windows stops its service while no reader is plugged in.
    pub(super) fn waits_for_reader(&self, failure: &Failure) -> bool {
        let workstation = &self.facts.workstation;
        let no_device = workstation.reader_devices.seen().is_some_and(Vec::is_empty);
        let service = workstation.services.seen().and_then(|services| services.smart_card.seen());
        let may_start = service.is_some_and(|service| service.present && service.start != Some(4));
        self.is_on(Family::Windows) && failure.kind == ErrorKind::ServiceStopped && no_device && may_start
    }

    pub(super) fn physical_readers(&self) -> Result<Vec<&'a ReaderFacts>, SkipReason> {
        let is_physical = |reader: &&ReaderFacts| !Rules::get().names("virtual-reader", &reader.name);
        Ok(self.listed_readers()?.iter().filter(is_physical).collect())
    }

    /// The readers that count: those with a CPx, else those that may hold one. Security keys and slots for modules (SAM) are
    /// none, and a foreign card that another program holds concerns nobody beside another reader.
    pub(super) fn readers(&self) -> Result<Vec<&'a ReaderFacts>, SkipReason> {
        let mut readers = self.listed_readers()?.iter().collect::<Vec<_>>();
        if readers.iter().any(|reader| holds_cpx(reader)) {
            readers.retain(|reader| holds_cpx(reader));
        } else {
            readers.retain(|reader| may_hold_cpx(reader));
            if readers.iter().any(|reader| !holds_foreign(reader)) {
                readers.retain(|reader| !holds_foreign(reader));
            }
        }
        Ok(readers)
    }

    /// What is in the readers that hold something; skipped without a reader or without a card.
    pub(super) fn inserts(&self) -> Result<Vec<&'a ReaderContent>, SkipReason> {
        let readers = self.readers()?;
        if readers.is_empty() {
            return Err(SkipReason::NoReader);
        }
        let contents = readers.into_iter().map(|reader| &reader.content);
        let inserts: Vec<_> = contents.filter(|content| **content != ReaderContent::Empty).collect();
        if inserts.is_empty() { Err(SkipReason::NoCard) } else { Ok(inserts) }
    }

    /// Whether another program holds the card in a reader.
    pub(super) fn is_held(&self) -> bool {
        let held = |insert: &&ReaderContent| insert.state() == ReaderState::Busy;
        self.inserts().is_ok_and(|inserts| inserts.iter().any(held))
    }

    /// The CPx that was read, one on contacts first.
    pub(super) fn card(&self) -> Result<&'a CardReading, SkipReason> {
        let cards = self.inserts()?.into_iter().filter_map(ReaderContent::cpx);
        cards.min_by_key(|card| card.interface != Interface::Contact).ok_or_else(|| self.not_read())
    }

    /// Why no card was read where one is.
    pub(super) fn not_read(&self) -> SkipReason {
        if self.is_held() { SkipReason::CardHeld } else { SkipReason::CardNotRead }
    }

    /// The answer to reset and the generation of the CPx in a reader, read or not.
    pub(super) fn cpx(&self) -> Result<(&'a Atr, Generation), SkipReason> {
        if let Ok(card) = self.card() {
            return Ok((&card.atr, card.generation));
        }
        let of_cpx = |content: &&'a ReaderContent| content.atr().zip(content.generation());
        self.inserts()?.iter().find_map(of_cpx).ok_or(SkipReason::NoCard)
    }

    /// The same of the card in question: the one that is to come, where one is.
    pub(super) fn cpx_in_question(&self) -> Result<(&'a Atr, Generation), SkipReason> {
        let Some(generation) = self.awaited else { return self.cpx() };
        listed(generation).map(|(atr, _)| (atr, generation)).ok_or(SkipReason::NotPublished)
    }

    /// The certificates of the card: as it gave them, else as the module shows them; skipped without any.
    pub(super) fn certificates(&self) -> Result<Vec<&'a CertificateFacts>, SkipReason> {
        match self.card() {
            Ok(card) if card.certificates.is_none() => Err(SkipReason::Unseen(Unseen::NotAsked)),
            Ok(card) => Ok(card.certificate_facts().collect()),
            Err(reason) => Some(self.shown()).filter(|shown| !shown.is_empty()).ok_or(reason),
        }
    }

    /// The certificates that the module shows of a card that could not be read directly.
    pub(super) fn shown(&self) -> Vec<&'a CertificateFacts> {
        self.readers().into_iter().flatten().flat_map(|reader| &reader.shown).collect()
    }

    /// The authentication certificate of the card.
    pub(super) fn certificate(&self) -> Result<&'a CertificateFacts, SkipReason> {
        let authenticates = |one: &&CertificateFacts| one.content.role == Role::Authentication;
        self.certificates()?.into_iter().find(authenticates).ok_or(SkipReason::NoCertificate)
    }

    pub(super) fn cryptolib(&self) -> Result<&'a Cryptolib, SkipReason> {
        seen(&self.facts.workstation.cryptolib)
    }

    /// The same where something of it is installed.
    pub(super) fn installed(&self) -> Result<&'a Cryptolib, SkipReason> {
        let cryptolib = self.cryptolib()?;
        let is_there = has_receipt(cryptolib) || has_module(cryptolib);
        if is_there { Ok(cryptolib) } else { Err(SkipReason::NotInstalled) }
    }

    /// The version of the Cryptolib, by the first source that tells one.
    pub(super) fn cryptolib_version(&self) -> Result<Version, SkipReason> {
        told(self.installed()?).next().ok_or(SkipReason::VersionUnknown)
    }

    /// The moment by this workstation's clock, put right where the network told how far it is off.
    pub(super) fn now(&self) -> i64 {
        let skew = self.facts.network.seen().and_then(NetworkFacts::clock_skew);
        self.facts.now.saturating_sub(skew.unwrap_or_default())
    }

    /// The day, put right likewise.
    pub(super) fn today(&self) -> Date {
        let now = self.now();
        if now == self.facts.now { self.facts.today } else { Moment::from_unix(now).date() }
    }

    /// Where today stands in what the chip says of the card's validity; a clock that is known to be behind says of no card that
    /// it is not valid yet.
    pub(super) fn card_validity(&self, card: &CardReading) -> Validity {
        match card.card.validity(self.today()) {
            Validity::NotYetValid { days } if self.clock_is_behind() => Validity::Valid { days },
            validity => validity,
        }
    }

    /// Whether the clock of the machine says a day before this program was made.
    pub(super) fn clock_is_behind(&self) -> bool {
        self.facts.by_clock && Rules::get().date().is_some_and(|day| self.facts.today < day)
    }

    /// The module of the Cryptolib that this program asked.
    pub(super) fn module(&self) -> Result<&'a ModuleFacts, SkipReason> {
        let modules = self.modules()?;
        let fits = |module: &&&ModuleFacts| matches!(module.file, ModuleFile::File { fits_us: Some(true), .. });
        let module = modules.iter().find(fits).or(modules.first()).copied();
        // one that lies there and was not asked is not good
        let is_there = self.cryptolib().is_ok_and(has_module);
        module.ok_or(if is_there { SkipReason::Unseen(Unseen::NotAsked) } else { SkipReason::NotInstalled })
    }

    /// Every module of the Cryptolib.
    pub(super) fn modules(&self) -> Result<Vec<&'a ModuleFacts>, SkipReason> {
        Ok(seen(&self.facts.modules)?.iter().filter(|module| module.is_cryptolib()).collect())
    }

    /// The slots of the module; skipped when it could not be asked for them.
    pub(super) fn slots(&self) -> Result<&'a [SlotFacts], SkipReason> {
        seen(&seen(&self.module()?.answer)?.slots).map(Vec::as_slice)
    }

    /// The card as the module shows it.
    pub(super) fn token(&self) -> Result<&'a TokenFacts, SkipReason> {
        let slots = self.slots()?;
        let own = slots.iter().filter(|slot| slot.pcsc == PcscSide::Cpx).find_map(SlotFacts::token);
        own.or_else(|| slots.iter().find_map(SlotFacts::token)).ok_or(SkipReason::NoToken)
    }

    /// The installed browsers in question.
    pub(super) fn installed_browsers(&self) -> Result<Vec<&'a Browser>, SkipReason> {
        let wanted = |browser: &&Browser| self.browsers.is_empty() || self.browsers.contains(&browser.kind);
        Ok(seen(&self.facts.workstation.browsers)?.installed.iter().filter(wanted).collect())
    }

    /// The installed browsers of these kinds; skipped when there is none.
    pub(super) fn browsers_of(&self, kinds: &[BrowserKind]) -> Result<Vec<&'a Browser>, SkipReason> {
        let browsers: Vec<_> =
            seen(&self.facts.workstation.browsers)?.installed.iter().filter(|one| kinds.contains(&one.kind)).collect();
        if browsers.is_empty() { Err(SkipReason::BrowserAbsent) } else { Ok(browsers) }
    }

    pub(super) fn firefox(&self) -> Result<Vec<&'a Browser>, SkipReason> {
        self.browsers_of(&[BrowserKind::Firefox])
    }

    pub(super) fn chromium_family(&self) -> Result<Vec<&'a Browser>, SkipReason> {
        self.browsers_of(&CHROMIUM_FAMILY)
    }

    /// Skipped unless a browser reads the certificates of the system: all but a Firefox that has its own module.
    pub(super) fn system_store_needed(&self) -> Result<(), SkipReason> {
        let others = [BrowserKind::Edge, BrowserKind::Chrome, BrowserKind::Chromium, BrowserKind::Safari];
        let asked_for = matches!(self.path, Some(path) if path != BrowserPath::FirefoxModule);
        let needed = asked_for || self.browsers_of(&others).is_ok() || !self.has_firefox_module()?;
        if needed { Ok(()) } else { Err(SkipReason::NotNeeded) }
    }

    fn has_firefox_module(&self) -> Result<bool, SkipReason> {
        match self.firefox_profile() {
            Ok(profile) => Ok(self.firefox_modules(profile)?.iter().any(|module| self.shows_cps(module))),
            Err(SkipReason::BrowserAbsent | SkipReason::NotNeeded) => Ok(true),
            Err(reason) => Err(reason),
        }
    }

    /// The profile that Firefox opens: of several Firefoxes the one that reaches the card; skipped without Firefox or before
    /// its first start.
    pub(super) fn firefox_profile(&self) -> Result<&'a FirefoxProfile, SkipReason> {
        let confinement = freest(&self.firefox()?);
        let of_installed = |profile: &&FirefoxProfile| is_same_home(profile.confinement, confinement);
        let mut profiles = seen(&self.facts.workstation.firefox_profiles)?.iter().filter(of_installed);
        profiles
            .clone()
            .find(|profile| profile.is_default)
            .or_else(|| profiles.next_back())
            .ok_or(SkipReason::NotNeeded)
    }

    /// The modules that Firefox loads for this profile: its own, but for those that a policy takes out, and those of policies.
    pub(super) fn firefox_modules(&self, profile: &'a FirefoxProfile) -> Result<Vec<&'a RegisteredModule>, SkipReason> {
        let own = seen(&profile.modules)?.iter().filter(|module| !self.is_taken_out(module));
        Ok(own.chain(self.policy_modules()).collect())
    }

    /// Whether a policy has Firefox unload the module of this name (`SecurityDevices`, `Delete`).
    pub(super) fn is_taken_out(&self, module: &RegisteredModule) -> bool {
        let policies = self.facts.workstation.firefox_policies.seen();
        policies.is_some_and(|policies| policies.deleted.contains(&module.name))
    }

    pub(super) fn policy_modules(&self) -> &'a [RegisteredModule] {
        self.facts.workstation.firefox_policies.seen().map_or(&[], |policies| policies.modules.as_slice())
    }

    /// Whether a module shows the card: that of the Cryptolib, or the proxy of p11-kit where that knows the Cryptolib.
    pub(super) fn shows_cps(&self, module: &RegisteredModule) -> bool {
        let registered = || self.facts.workstation.p11_kit.seen().into_iter().flatten();
        module.is_cps() || module.is_p11_kit_proxy() && registered().any(|one| one.module.is_cps())
    }

    /// Whether Firefox reads the certificates of the system too: on by default on Windows and macOS.
    pub(super) fn reads_system_certificates(&self, profile: &FirefoxProfile) -> Result<bool, SkipReason> {
        let on = seen(&profile.preferences)?.os_client_certificates.unwrap_or(true);
        Ok(on && !self.is_on(Family::Linux))
    }

    /// The card's certificate in a store of Windows, the user's own first.
    pub(super) fn stored(&self) -> Result<Option<&'a StoredCertificate>, SkipReason> {
        let wanted = self.certificate()?;
        let stored = seen(&self.facts.workstation.stored_certificates)?;
        let mut same: Vec<_> = stored.iter().filter(|one| one.fingerprint == wanted.proof.fingerprint).collect();
        same.sort_by_key(|one| one.location != StoreLocation::CurrentUser);
        Ok(same.first().copied())
    }

    /// The network, where it was asked for.
    pub(super) fn network(&self) -> Result<&'a NetworkFacts, SkipReason> {
        match &self.facts.network {
            Observed::Unseen(reason) if reason.why == Unseen::NotAsked => Err(SkipReason::Offline),
            observed => seen(observed),
        }
    }

    /// Whether browsers may go through a proxy that this program did not follow: a script, or settings that were not read.
    pub(super) fn may_use_unknown_proxy(&self) -> bool {
        let Some(settings) = self.facts.proxies.seen() else { return true };
        let Some(system) = settings.system.seen() else { return settings.environment.https.is_none() };
        let reached = |host: &HostFacts| matches!(host.http.as_ref().map(|http| http.end), Some(HttpEnd::Status(200)));
        let unreachable = |network: &NetworkFacts| network.with(Purpose::ProxyScript).any(|host| !reached(host));
        let follows_none = settings.is_unresolved() && !self.network().is_ok_and(unreachable);
        follows_none || system.iter().any(|source| !source.unreadable.is_empty())
    }

    /// The hosts of the portals in question; skipped when the address of none is known.
    pub(super) fn hosts(&self) -> Result<Vec<&'a HostFacts>, SkipReason> {
        let concerns = |host: &&HostFacts| {
            let named = |portal: &Portal| host.portals.iter().any(|code| code == portal.network_code());
            host.portals.is_empty() || self.portals.is_empty() || self.portals.iter().any(named)
        };
        let hosts: Vec<_> = self.network()?.with(Purpose::Portal).filter(concerns).collect();
        if hosts.is_empty() { Err(SkipReason::NoHost) } else { Ok(hosts) }
    }

    /// The gravest of what is said of each host. A portal without a known address shares what is said of every other.
    pub(super) fn worst_host(&self, judge: impl Fn(&'a HostFacts) -> Judged) -> Judged {
        let hosts = match self.hosts() {
            Err(SkipReason::NoHost) => return self.every_host(judge),
            hosts => hosts?,
        };
        let judged: Vec<_> = hosts.into_iter().map(judge).collect();
        let first_skip = judged.iter().find_map(|one| one.as_ref().err().copied());
        let worst = judged.into_iter().flatten().reduce(Finding::or_graver);
        worst.ok_or(first_skip.unwrap_or(SkipReason::NoHost))
    }

    /// What is said of the hosts of all portals, where it fails for each.
    fn every_host(&self, judge: impl Fn(&'a HostFacts) -> Judged) -> Judged {
        let judged: Vec<_> = self.network()?.with(Purpose::Portal).map(judge).collect();
        let fails = |one: &Judged| one.as_ref().is_ok_and(|finding| finding.state == State::Fail);
        let open = |one: &Judged| one.as_ref().is_err_and(|reason| *reason == SkipReason::ProxyNotFollowed);
        let first = if judged.iter().all(|one| fails(one) || open(one)) { judged.into_iter().next() } else { None };
        first.unwrap_or(Err(SkipReason::NoHost))
    }
}

fn holds_cpx(reader: &ReaderFacts) -> bool {
    reader.content.generation().is_some()
}

/// By its name and by the answer to reset of what is in it.
fn may_hold_cpx(reader: &ReaderFacts) -> bool {
    let rules = Rules::get();
    let atr = reader.content.atr().filter(|_| !holds_cpx(reader)).map_or_else(String::new, ToString::to_string);
    let name = format!(" {} ", reader.name);
    !["virtual-reader", "security-key", "sam-slot"].iter().any(|rule| rules.names(rule, &name))
        && !rules.names("security-key-atr", &atr)
}

/// Whether another program holds a card in it that is no CPx.
fn holds_foreign(reader: &ReaderFacts) -> bool {
    reader.content.state() == ReaderState::Busy && reader.content.atr().is_some() && !holds_cpx(reader)
}

/// The browsers that are built on Chromium.
pub(super) const CHROMIUM_FAMILY: [BrowserKind; 3] = [BrowserKind::Chrome, BrowserKind::Edge, BrowserKind::Chromium];

/// Whether the system's own books name the Cryptolib.
pub(super) fn has_receipt(cryptolib: &Cryptolib) -> bool {
    cryptolib.versions.iter().any(|told| told.source != VersionSource::ModuleFile)
}

/// Whether its module is where it belongs.
pub(super) fn has_module(cryptolib: &Cryptolib) -> bool {
    cryptolib.files.iter().any(|file| file.needed_for == FileUse::Module && file.present)
        || cryptolib.copies.iter().any(|copy| copy.official)
}

/// The versions that are told of the Cryptolib itself.
pub(super) fn told(cryptolib: &Cryptolib) -> impl Iterator<Item = Version> {
    let of_cryptolib = cryptolib.versions.iter().filter(|told| told.source != VersionSource::ModuleFile);
    of_cryptolib.filter_map(|told| Version::parse(&told.version)).map(Version::to_three)
}

/// Whether a browser so confined keeps its profiles there: a Flatpak has one home, whatever it may reach.
fn is_same_home(profile: Confinement, browser: Confinement) -> bool {
    let is_flatpak = |one| matches!(one, Confinement::Flatpak | Confinement::FlatpakWithPcsc);
    profile == browser || is_flatpak(profile) && is_flatpak(browser)
}

/// What keeps the freest of these browsers away from the system.
pub(super) fn freest(browsers: &[&Browser]) -> Confinement {
    let order = [Confinement::Native, Confinement::FlatpakWithPcsc, Confinement::Snap];
    let has = |wanted: &Confinement| browsers.iter().any(|browser| browser.confinement == *wanted);
    order.into_iter().find(has).unwrap_or(Confinement::Flatpak)
}
