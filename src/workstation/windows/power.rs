//! USB selective suspend, as the active power scheme has it.

use super::registry::{Key, Registry};
use crate::workstation::facts::PowerPlan;
use crate::workstation::{Reason, Unseen};

const SCHEMES: &str = r"SYSTEM\CurrentControlSet\Control\Power\User\PowerSchemes";
const DEFAULTS: &str = r"SYSTEM\CurrentControlSet\Control\Power\PowerSettings";
/// The subgroup "USB settings" and its setting "selective suspend".
const SUSPEND: &str = r"2a737441-1930-4402-8d77-b2bebba308a3\48e6b7a6-50f5-4782-a5d4-53bb8f07e226";

/// The setting for the power source in use: what the scheme says, or else what Windows gives that scheme.
///
/// No event of Windows' log stands for a lost card, so losses are not counted.
pub(super) fn interpret(registry: &dyn Registry, on_battery: bool) -> Result<PowerPlan, Reason> {
    let schemes = Key::machine(SCHEMES);
    let Some(scheme) = registry.text(&schemes, "ActivePowerScheme")? else {
        return Err(Unseen::Absent.with(format!("{schemes}: ActivePowerScheme")));
    };
    let value = if on_battery { "DCSettingIndex" } else { "ACSettingIndex" };
    let own = schemes.below(&scheme).below(SUSPEND);
    let default = Key::machine(DEFAULTS).below(SUSPEND).below("DefaultPowerSchemeValues").below(&scheme);
    let index = match registry.number(&own, value)? {
        Some(index) => Some(index),
        None => registry.number(&default, value)?,
    };
    let usb_selective_suspend = index.ok_or_else(|| Unseen::Absent.with(format!("{own}: {value}")))? != 0;
    Ok(PowerPlan { usb_selective_suspend, card_losses: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::windows::registry_fake::FakeRegistry;

    const BALANCED: &str = "381b4222-f694-41f0-9685-ff5bb260df2e";

    fn active() -> FakeRegistry {
        FakeRegistry::default().with_text(&Key::machine(SCHEMES), "ActivePowerScheme", BALANCED)
    }

    fn own() -> Key {
        Key::machine(SCHEMES).below(BALANCED).below(SUSPEND)
    }

    #[test]
    fn the_scheme_decides_and_else_its_default() {
        let suspend =
            |registry: &FakeRegistry, battery| interpret(registry, battery).map(|plan| plan.usb_selective_suspend);
        let set = active().with_number(&own(), "ACSettingIndex", 0).with_number(&own(), "DCSettingIndex", 1);
        assert_eq!((suspend(&set, false), suspend(&set, true)), (Ok(false), Ok(true)));
        let default = Key::machine(DEFAULTS).below(SUSPEND).below("DefaultPowerSchemeValues").below(BALANCED);
        assert_eq!(suspend(&active().with_number(&default, "ACSettingIndex", 1), false), Ok(true));
        assert_eq!(suspend(&active(), false).unwrap_err().why, Unseen::Absent);
        assert_eq!(suspend(&FakeRegistry::default(), false).unwrap_err().why, Unseen::Absent);
        let odd = active().with_text(&own(), "ACSettingIndex", "1");
        assert_eq!(suspend(&odd, false).unwrap_err().why, Unseen::Malformed);
    }
}
