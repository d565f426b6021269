//! Counts from process to process.

use super::stage::{SECOND, Stage};
use crate::ledger::{Ledger, SavedCounters};

const TWO_A_MINUTE: &str =
    r#"{"t":{"limits":[{"counter":"c","window":"minute","max":2,"scope":"grant"}]}}"#;

fn stage() -> Stage {
    let mut stage = Stage::with(TWO_A_MINUTE);
    let _ = stage.forward("t");
    stage.pass(20 * SECOND);
    let _ = stage.forward("t");
    stage.pass(10 * SECOND);
    stage
}

#[test]
fn limits_hold_across_restarts_and_boots() {
    for boot_ms in [7_031_000, 4_000] {
        let mut stage = stage();
        let saved = stage.ledger.save(stage.now);
        stage.now.wall_ms += 1000;
        stage.now.boot_ms = boot_ms;
        stage.ledger = Ledger::load(stage.now, saved);
        assert_eq!(stage.room_in("t"), Some(29_000), "boot clock {boot_ms}");
    }
}

#[test]
fn times_to_come_count_as_now() {
    let mut stage = stage();
    let saved = stage.ledger.save(stage.now);
    stage.now.wall_ms -= 3_600_000;
    stage.ledger = Ledger::load(stage.now, saved);
    assert_eq!(stage.room_in("t"), Some(60_000));
}

#[test]
fn the_wall_clock_has_no_say_within_a_process() {
    let mut stage = stage();
    for by_ms in [-86_400_000, 172_800_000] {
        stage.now.wall_ms += by_ms;
        assert_eq!(stage.room_in("t"), Some(30_000));
    }
}

#[test]
fn a_call_that_is_held_when_counts_are_saved_counts_from_then() {
    let mut stage = Stage::with(TWO_A_MINUTE);
    let _held = (stage.pass_of("t"), stage.pass_of("t"));
    stage.pass(90 * SECOND);
    stage.restarted();
    assert_eq!(stage.room_in("t"), Some(60_000));
}

#[test]
fn what_has_left_its_window_is_neither_saved_nor_loaded() {
    let mut stage = stage();
    let saved = stage.ledger.save(stage.now);
    stage.pass(60 * SECOND);
    assert_eq!(stage.ledger.save(stage.now), SavedCounters::default());
    let mut loaded = Ledger::load(stage.now, saved);
    assert_eq!(loaded.save(stage.now), SavedCounters::default());
}

#[test]
fn the_saved_form_is_plain() {
    let mut stage = stage();
    let saved = serde_json::to_value(stage.ledger.save(stage.now)).unwrap();
    let expected = serde_json::json!({ "counters": [{
        "holder": "/tools/t", "counter": "c", "window_s": 60, "scope": "grant",
        "subject": "zoom", "calls": [1_800_000_000_000_i64, 1_800_000_020_000_i64],
    }] });
    assert_eq!(saved, expected);
}
