//! How long to leave Zoom alone once a token has long been dead: 1, 2, then 5 minutes.

use std::time::Duration;

/// The waits after the first, second, and every further failure.
const STEPS: [Duration; 3] = [
    Duration::from_mins(1),
    Duration::from_mins(2),
    Duration::from_mins(5),
];

/// Jitter either way, in thousandths of the wait.
const JITTER: u64 = 100;

/// The wait after `failures` failures (at least one), moved by up to a tenth by `seed`.
pub(crate) fn wait(failures: u32, seed: u64) -> Duration {
    let step = usize::try_from(failures.saturating_sub(1)).unwrap_or(usize::MAX);
    let base = STEPS[step.min(STEPS.len() - 1)];
    let thousandths = 1000 - JITTER + mix(seed ^ u64::from(failures)) % (2 * JITTER + 1);
    base * u32::try_from(thousandths).unwrap_or(1000) / 1000
}

/// Spreads neighbouring numbers over all of 64 bits (the finaliser of `SplitMix64`).
fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::COOLDOWN;

    #[test]
    fn waits_are_one_two_and_five_minutes_within_a_tenth() {
        for seed in 0..200 {
            for (failures, minutes) in [(1, 1), (2, 2), (3, 5), (4, 5), (u32::MAX, 5)] {
                let exact = Duration::from_secs(60 * minutes);
                let moved = wait(failures, seed).abs_diff(exact);
                assert!(
                    moved <= exact / 10,
                    "failure {failures}, seed {seed}: off by {moved:?}"
                );
            }
        }
    }

    #[test]
    fn installations_do_not_ask_at_the_same_moment() {
        let waits: std::collections::HashSet<_> = (0..100).map(|seed| wait(3, seed)).collect();
        assert!(waits.len() > 20, "only {} different waits", waits.len());
    }

    #[test]
    fn every_wait_is_longer_than_the_cooldown() {
        assert!((0..200).all(|seed| wait(1, seed) > COOLDOWN));
    }
}
