//! What Windows knows of the card's cryptography: its table of cards, its providers, the override of October 2025.

use super::registry::{Key, Registry, VIEWS, Value};
use crate::limits;
use crate::workstation::Reason;
use crate::workstation::facts::{CalaisEntry, CryptoProvider, RegistryView, WindowsCrypto};

pub(super) const CALAIS: &str = r"SOFTWARE\Microsoft\Cryptography\Calais";
const PROVIDERS: &str = r"SOFTWARE\Microsoft\Cryptography\Defaults\Provider";

/// Whether a file is there, as the programs of this view see it.
pub(super) type Exists<'a> = &'a dyn Fn(&str, RegistryView) -> bool;

/// Everything that the registry says of it.
pub(super) fn interpret(registry: &dyn Registry, exists: Exists<'_>) -> WindowsCrypto {
    WindowsCrypto {
        cards: cards(registry).into(),
        providers: providers(registry, exists).into(),
        capi_override: registry.number(&Key::machine(CALAIS), "DisableCapiOverrideForRSA").into(),
    }
}

/// The table of known cards, in both views.
///
/// An entry without a usable ATR and mask is of no use to Windows either: it is passed over.
pub(super) fn cards(registry: &dyn Registry) -> Result<Vec<CalaisEntry>, Reason> {
    let mut entries = Vec::new();
    for view in VIEWS {
        let table = Key::machine(CALAIS).below("SmartCards").seen_by(view);
        for name in registry.subkeys(&table)?.unwrap_or_default() {
            entries.extend(card(registry, &table.below(&name), name)?);
        }
    }
    Ok(entries)
}

fn card(registry: &dyn Registry, key: &Key, name: String) -> Result<Option<CalaisEntry>, Reason> {
    let (Some(Value::Bytes(atr)), mask) = (registry.value(key, "ATR")?, registry.value(key, "ATRMask")?) else {
        return Ok(None);
    };
    let mask = match mask {
        None => Vec::new(),
        Some(Value::Bytes(mask)) if mask.len() == atr.len() => mask,
        Some(_) => return Ok(None),
    };
    if atr.is_empty() || atr.len() > limits::ATR_BYTES {
        return Ok(None);
    }
    let mut entry = CalaisEntry::new(name, hex::encode_upper(atr), hex::encode_upper(mask), key.view);
    entry.provider = registry.text(key, "Crypto Provider").unwrap_or_default();
    entry.minidriver = registry.text(key, "80000001").unwrap_or_default();
    Ok(Some(entry))
}

/// The registered providers of CPS cards, in both views.
fn providers(registry: &dyn Registry, exists: Exists<'_>) -> Result<Vec<CryptoProvider>, Reason> {
    let mut providers = Vec::new();
    for view in VIEWS {
        let list = Key::machine(PROVIDERS).seen_by(view);
        for name in registry.subkeys(&list)?.unwrap_or_default() {
            if !is_of_cps(&name) {
                continue;
            }
            let key = list.below(&name);
            let image = registry.text(&key, "Image Path")?.unwrap_or_default();
            let present = !image.is_empty() && exists(&image, view);
            let kind = registry.number(&key, "Type")?.unwrap_or_default();
            providers.push(CryptoProvider::new(name, image, present, kind, view));
        }
    }
    Ok(providers)
}

/// `ASIP Sante Cryptographic Provider`, and what a successor of it would be called.
fn is_of_cps(name: &str) -> bool {
    let name = name.to_lowercase();
    ["asip", "cps3", "gip-cps", "agence du numerique en sante"].iter().any(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::windows::registry_fake::FakeRegistry;
    use crate::workstation::{Observed, Unseen};

    const ATR: &str = "3B00000000001225006480000000009000";
    const MASK: &str = "FF00000000FFFFFFFFFFFF000000FFFFFF";

    fn table(view: RegistryView, name: &str) -> Key {
        Key::machine(CALAIS).below("SmartCards").below(name).seen_by(view)
    }

    fn with_card(registry: FakeRegistry, key: &Key, atr: &[u8], mask: &[u8]) -> FakeRegistry {
        registry.with(key, "ATR", Value::Bytes(atr.to_vec())).with(key, "ATRMask", Value::Bytes(mask.to_vec()))
    }

    #[test]
    fn the_table_of_cards_is_read_in_both_views() {
        let (wide, narrow) =
            (table(RegistryView::Bits64, "Carte CPS3"), table(RegistryView::Bits32, "Carte de Professionnel"));
        let bytes = |text| hex::decode(text).unwrap();
        let registry = with_card(FakeRegistry::default(), &wide, &bytes(ATR), &bytes(MASK))
            .with_text(&wide, "Crypto Provider", "ASIP Sante Cryptographic Provider")
            .with_text(&wide, "80000001", "cpsmd.dll")
            .with(&narrow, "ATR", Value::Bytes(bytes(ATR)));
        let entries = cards(&registry).unwrap();
        assert_eq!(entries.len(), 2);
        assert_eq!(
            (entries[0].name.as_str(), entries[0].atr.as_str(), entries[0].mask.as_str()),
            ("Carte CPS3", ATR, MASK)
        );
        assert_eq!(entries[0].provider.as_deref(), Some("ASIP Sante Cryptographic Provider"));
        assert_eq!(entries[0].minidriver.as_deref(), Some("cpsmd.dll"));
        assert_eq!((entries[1].view, entries[1].mask.as_str()), (RegistryView::Bits32, ""));
    }

    #[test]
    fn entries_that_windows_cannot_use_are_passed_over() {
        let at = |name| table(RegistryView::Bits64, name);
        let registry = FakeRegistry::default()
            .with_text(&at("text"), "ATR", ATR)
            .with_key(&at("nothing"))
            .with(&at("empty"), "ATR", Value::Bytes(Vec::new()))
            .with(&at("endless"), "ATR", Value::Bytes(vec![0x3B; 4096]));
        let registry = with_card(registry, &at("short mask"), &[0x3B, 0x00], &[0xFF]);
        let registry =
            with_card(registry, &at("good"), &[0x3B, 0x00], &[0xFF, 0xFF]).with_number(&at("good"), "80000001", 1);
        let entries = cards(&registry).unwrap();
        assert_eq!(entries.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(), ["good"]);
        assert_eq!(entries[0].minidriver, None, "a number is no name");
    }

    #[test]
    fn only_providers_of_cps_cards_are_told() {
        let at = |name: &str, view| Key::machine(PROVIDERS).below(name).seen_by(view);
        let cps = "ASIP Sante Cryptographic Provider";
        let image = r"C:\Windows\System32\cps3_csp_w64.dll";
        let registry = FakeRegistry::default()
            .with_text(&at(cps, RegistryView::Bits64), "Image Path", image)
            .with_number(&at(cps, RegistryView::Bits64), "Type", 1)
            .with_key(&at(cps, RegistryView::Bits32))
            .with_key(&at("Microsoft Strong Cryptographic Provider", RegistryView::Bits64));
        let crypto = interpret(&registry, &|path, _| path == image);
        let [first, second] = crypto.providers.seen().unwrap().as_slice() else { panic!() };
        assert_eq!((first.image.as_str(), first.image_present, first.kind), (image, true, 1));
        assert_eq!((second.view, second.image_present, second.kind), (RegistryView::Bits32, false, 0));
    }

    #[test]
    fn a_broken_value_hides_only_its_own_subject() {
        let registry = FakeRegistry::default()
            .with_text(&Key::machine(CALAIS), "DisableCapiOverrideForRSA", "0")
            .forbidding(&Key::machine(PROVIDERS));
        let crypto = interpret(&registry, &|_, _| true);
        assert_eq!(crypto.capi_override.unseen().unwrap().why, Unseen::Malformed);
        assert_eq!(crypto.providers.unseen().unwrap().why, Unseen::NoRights);
        assert_eq!(crypto.cards, Observed::Seen(Vec::new()));
        let registry = FakeRegistry::default().with_number(&Key::machine(CALAIS), "DisableCapiOverrideForRSA", 0);
        assert_eq!(interpret(&registry, &|_, _| true).capi_override, Observed::Seen(Some(0)));
    }
}
