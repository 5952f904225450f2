//! How long an exchange takes.

use std::time::Duration;

/// A latency model: a fixed time for each exchange, and ten bits on the line for each byte.
///
/// A CPS3 whose ATR has no TA1 is near `Latency::new(9600, 10)`; the ATR of a CPS4 allows `Latency::new(115_200, 1)`
/// (timings published from one real CPS3: 46 bytes in 45.8 ms).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Latency {
    baud: Option<u32>,
    apdu_ms: u32,
}

impl Latency {
    /// The model with this rate in bits per second (0 for a line that costs nothing) and these milliseconds for each
    /// exchange.
    pub const fn new(baud: u32, apdu_ms: u32) -> Self {
        Self { baud: if baud == 0 { None } else { Some(baud) }, apdu_ms }
    }

    /// No delay at all.
    pub const fn none() -> Self {
        Self::new(0, 0)
    }

    /// What an exchange of this many bytes costs: command and answer with its status word.
    pub fn cost(&self, bytes: usize) -> Duration {
        let fixed = Duration::from_millis(u64::from(self.apdu_ms));
        let micros = self.baud.and_then(|baud| {
            let bits = u64::try_from(bytes).ok()?.saturating_mul(10);
            bits.saturating_mul(1_000_000).checked_div(u64::from(baud))
        });
        fixed.saturating_add(Duration::from_micros(micros.unwrap_or_default()))
    }

    /// Waits as long as an exchange of this many bytes takes.
    pub(super) fn wait(&self, bytes: usize) {
        let cost = self.cost(bytes);
        if !cost.is_zero() {
            std::thread::sleep(cost);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cost_is_fixed_plus_bytes() {
        assert_eq!(Latency::none().cost(1000), Duration::ZERO);
        assert_eq!(Latency::new(9600, 10).cost(48), Duration::from_millis(60));
        assert_eq!(Latency::new(115_200, 1).cost(0), Duration::from_millis(1));
        assert_eq!(Latency::new(0, 3).cost(500), Duration::from_millis(3));
        assert!(Latency::new(1, u32::MAX).cost(usize::MAX) > Duration::from_secs(1));
    }
}
