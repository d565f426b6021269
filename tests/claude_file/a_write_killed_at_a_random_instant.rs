//! 50 rounds, or as many as `ENDURANCE_ROUNDS` says (`cargo xtask endurance`: 500). The seed is
//! printed; `ENDURANCE_SEED` repeats a run's instants, as far as two machines are alike.

use crate::Place;
use crate::place::{count_in, whole};
use crate::writer::Writer;
use claude::{Original, Recovered};
use std::time::Duration;

const ROUNDS: usize = 50;

/// Microseconds. A write takes a few milliseconds, more where others use the disk; a round meets
/// any of the first writes.
const LATEST: u64 = 60_000;

#[test]
fn leaves_the_old_or_the_new_file() {
    let seed = number("ENDURANCE_SEED").unwrap_or_else(|| fastrand::u64(..));
    let rounds =
        number("ENDURANCE_ROUNDS").map_or(ROUNDS, |rounds| usize::try_from(rounds).unwrap());
    println!("{rounds} rounds, seed {seed}");
    let mut instants = fastrand::Rng::with_seed(seed);
    let place = Place::new(40);
    let first = place.bytes();
    let (mut next, mut left) = (1, 0);
    for round in 1..=rounds {
        let mut writer = Writer::start(&place, next);
        writer.is_ready();
        std::thread::sleep(Duration::from_micros(instants.u64(..LATEST)));
        let done = writer.kill().max(next - 1);
        let found = count_in(&place.bytes()).unwrap_or(0);
        assert!(
            found == done || found == done + 1,
            "round {round}: write {done} was done, the file has {found}"
        );
        if found > 0 {
            assert!(
                place.bytes() == whole(&first, found),
                "round {round}: another byte differs"
            );
        } else {
            assert!(
                place.bytes() == first,
                "round {round}: another byte differs"
            );
        }
        left += usize::from(!place.temporary().is_empty());
        the_next_start_is_tidy(&place, round);
        next = found + 1;
    }
    println!("{left} of {rounds} kills met a file that was half written");
    assert!(left > 0, "no kill met a write");
    assert!(next > 1, "nothing was ever written");
}

#[test]
fn leaves_no_file_or_the_new_one_where_there_was_none() {
    let place = Place::new(1);
    for round in 1..=ROUNDS / 5 {
        fs_err::remove_file(place.config()).unwrap();
        let mut writer = Writer::start(&place, 1);
        writer.is_ready();
        std::thread::sleep(Duration::from_micros(fastrand::u64(..LATEST / 10)));
        let done = writer.kill();
        if !place.config().exists() {
            assert_eq!(done, 0, "round {round}");
            fs_err::write(place.config(), "").unwrap();
            continue;
        }
        let found = count_in(&place.bytes()).unwrap();
        assert!(
            found == done || found == done + 1,
            "round {round}: {done}, {found}"
        );
        assert!(place.bytes() == whole(b"", found), "round {round}");
        the_next_start_is_tidy(&place, round);
    }
}

fn the_next_start_is_tidy(place: &Place, round: usize) {
    let recovered = place.file().recover().unwrap();
    assert!(
        matches!(recovered, Recovered::Removed(_)),
        "round {round}: {recovered:?}"
    );
    assert!(
        place.temporary().is_empty(),
        "round {round}: {:?}",
        place.temporary()
    );
    place.ring_is_readable();
    let original = place
        .file()
        .original(&crate::place::pointer(), &crate::place::value(0));
    assert!(
        matches!(original, Ok(Original::Value(_) | Original::EntryAbsent)),
        "round {round}"
    );
}

fn number(name: &str) -> Option<u64> {
    Some(std::env::var(name).ok()?.parse().unwrap())
}
