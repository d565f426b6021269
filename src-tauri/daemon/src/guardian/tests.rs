//! What the guardian does about entries that are lost.

use super::Event;
use super::world::World;
use control::{Drift, GuardianView, LOSSES_KEPT};
use lifecycle::WallTime;
use std::time::Duration;

const MINUTE: Duration = Duration::from_mins(1);

#[test]
fn an_entry_that_survives_is_watched_for_two_minutes_and_never_mentioned() {
    let mut world = World::with(&["zoom"]);
    world.starts();
    let until = WallTime(120_000);
    assert_eq!(world.view(), GuardianView::Watching { until });
    assert_eq!(world.guardian.next_wakeup(world.now()), Some(2 * MINUTE));
    world.passes(2 * MINUTE);
    assert_eq!(world.view(), GuardianView::Idle);
    world.quits();
    assert!(world.told.is_empty() && world.restored.is_empty());
}

#[test]
fn without_a_watch_there_is_no_wake_up() {
    let mut world = World::with(&["zoom"]);
    assert_eq!(world.guardian.next_wakeup(world.now()), None);
    world.starts();
    world.quits();
    assert_eq!(
        world.guardian.next_wakeup(world.now()),
        None,
        "the watch ends with the run"
    );
    let mut nothing = World::with(&[]);
    nothing.starts();
    assert_eq!(
        nothing.guardian.next_wakeup(nothing.now()),
        None,
        "there is nothing to guard"
    );
}

#[test]
fn a_lost_entry_is_told_once_and_put_back_when_claude_is_closed() {
    let mut world = World::with(&["zoom"]);
    world.starts();
    world.passes(MINUTE);
    world.drops("zoom");
    world.drops("zoom");
    world.passes(5 * MINUTE);
    assert_eq!(world.titles(), ["Claude Desktop removed entry zoom"]);
    assert_eq!(world.view(), GuardianView::RestoreQueued);
    assert_eq!(world.guardian.drift("zoom"), Drift::Lost);
    assert!(world.restored.is_empty(), "Claude Desktop runs");
    world.quits();
    assert_eq!(world.restored, ["zoom"]);
    assert_eq!(world.view(), GuardianView::Idle);
    let loss = &world.guardian.losses()[0];
    assert_eq!(
        (loss.at, loss.restored),
        (WallTime(60_000), Some(WallTime(360_000)))
    );
    assert_eq!(world.told.len(), 1);
}

#[test]
fn a_loss_that_no_event_told_is_found_at_the_end_of_the_watch() {
    let mut world = World::with(&["zoom"]);
    world.starts();
    world.config.clear();
    world.passes(2 * MINUTE);
    assert_eq!(world.titles(), ["Claude Desktop removed entry zoom"]);
}

#[test]
fn what_claude_writes_while_it_quits_is_found_then() {
    let mut world = World::with(&["zoom"]);
    world.starts();
    world.config.insert("zoom".to_owned(), Drift::Changed);
    world.quits();
    assert_eq!(world.titles(), ["Claude Desktop changed entry zoom"]);
    assert_eq!(world.restored, ["zoom"]);
}

#[test]
fn after_two_losses_it_gives_up_until_the_user_acts() {
    let mut world = World::with(&["zoom"]);
    for _ in 0..4 {
        world.starts();
        world.drops("zoom");
        world.quits();
    }
    assert_eq!(
        world.titles(),
        [
            "Claude Desktop removed entry zoom",
            "Claude Desktop removed entry zoom again"
        ]
    );
    assert_eq!(world.restored.len(), 1);
    assert_eq!(world.view(), GuardianView::GaveUp);
    assert!(world.guardian.is_left_to_the_user("zoom"));

    world.happens(Event::RestoreAsked);
    assert_eq!(world.restored.len(), 2, "Claude Desktop is closed");
    assert_eq!(world.view(), GuardianView::Idle);
    world.starts();
    world.drops("zoom");
    assert_eq!(
        world.view(),
        GuardianView::RestoreQueued,
        "it counts anew from there"
    );
}

#[test]
fn a_whole_run_without_a_loss_is_forgiving() {
    let mut world = World::with(&["zoom"]);
    for _ in 0..3 {
        world.starts();
        world.drops("zoom");
        world.quits();
        world.starts();
        world.quits();
    }
    assert_eq!(world.restored.len(), 3);
    assert!(!world.guardian.is_left_to_the_user("zoom"));
}

#[test]
fn what_another_program_does_while_claude_is_closed_is_only_offered_back() {
    let mut world = World::with(&["zoom"]);
    world.drops("zoom");
    assert_eq!(
        world.titles(),
        ["Another program removed entry zoom in Claude Desktop's config"]
    );
    assert_eq!(world.view(), GuardianView::RestoreOffered);
    assert!(world.guardian.is_left_to_the_user("zoom"));
    world.starts();
    world.quits();
    assert!(world.restored.is_empty(), "nobody asked for it");
    world.happens(Event::RestoreAsked);
    assert!(!world.guardian.is_left_to_the_user("zoom"));
    assert_eq!(world.restored, ["zoom"]);
    assert_eq!(world.told.len(), 1);
}

#[test]
fn what_claude_writes_before_it_is_known_to_run_is_its_doing() {
    let mut world = World::with(&["zoom"]);
    world.running = true;
    world.drops("zoom");
    assert_eq!(world.titles(), ["Claude Desktop removed entry zoom"]);
    world.happens(Event::Started);
    assert_eq!(world.view(), GuardianView::RestoreQueued);
    world.quits();
    assert_eq!(world.restored, ["zoom"]);
}

#[test]
fn asked_for_while_claude_runs_it_waits() {
    let mut world = World::with(&["zoom"]);
    world.drops("zoom");
    world.starts();
    world.happens(Event::RestoreAsked);
    assert_eq!(world.view(), GuardianView::RestoreQueued);
    assert!(world.restored.is_empty());
    world.quits();
    assert_eq!(world.restored, ["zoom"]);
}

#[test]
fn several_that_are_lost_together_are_one_notification() {
    let mut world = World::with(&["zoom", "rooms"]);
    world.starts();
    world.config.clear();
    world.passes(2 * MINUTE);
    assert_eq!(
        world.titles(),
        ["Claude Desktop removed entries rooms and zoom"]
    );
    world.quits();
    assert_eq!(world.restored, ["rooms", "zoom"]);
    assert_eq!(world.guardian.losses().len(), 2);
}

#[test]
fn a_restore_that_fails_is_not_repeated_by_itself() {
    let mut world = World::with(&["zoom"]);
    world.read_only = true;
    world.starts();
    world.drops("zoom");
    world.quits();
    assert_eq!(world.view(), GuardianView::RestoreOffered);
    world.read_only = false;
    world.starts();
    world.quits();
    assert!(world.restored.is_empty());
    world.happens(Event::RestoreAsked);
    assert_eq!(world.restored, ["zoom"]);
}

#[test]
fn a_restore_that_lacks_a_token_stays_queued_for_the_next_one() {
    let mut world = World::with(&["zoom"]);
    world.without_token = true;
    world.starts();
    world.drops("zoom");
    world.quits();
    assert_eq!(world.view(), GuardianView::RestoreQueued);
    assert!(!world.guardian.is_left_to_the_user("zoom"));
    world.without_token = false;
    world.happens(world.seen());
    assert_eq!(world.restored, ["zoom"]);
}

#[test]
fn an_entry_that_comes_back_by_itself_is_well_again() {
    let mut world = World::with(&["zoom"]);
    world.starts();
    world.drops("zoom");
    world.config.insert("zoom".to_owned(), Drift::None);
    world.happens(world.seen());
    assert_eq!(
        world.view(),
        GuardianView::Watching {
            until: WallTime(120_000)
        }
    );
    assert_eq!(world.guardian.drift("zoom"), Drift::None);
    world.quits();
    assert!(world.restored.is_empty(), "nothing was left to do");
}

#[test]
fn an_entry_that_the_user_lets_go_is_no_longer_guarded() {
    let mut world = World::with(&["zoom"]);
    world.starts();
    world.happens(Event::Released("zoom".to_owned()));
    assert_eq!(world.guardian.next_wakeup(world.now()), None);
    world.drops("zoom");
    world.quits();
    assert!(world.told.is_empty() && world.restored.is_empty());
}

#[test]
fn the_next_keeper_goes_on_and_tells_nothing_twice() {
    let mut world = World::with(&["zoom"]);
    world.starts();
    world.drops("zoom");
    world.next_keeper();
    assert_eq!(world.view(), GuardianView::RestoreQueued);
    world.quits();
    assert_eq!(world.restored, ["zoom"]);
    world.starts();
    world.drops("zoom");
    world.next_keeper();
    assert_eq!(world.view(), GuardianView::GaveUp);
    assert_eq!(world.told.len(), 2);
}

#[test]
fn what_was_lost_while_nobody_kept_is_put_back_at_the_next_start() {
    let mut world = World::with(&["zoom"]);
    world.config.clear();
    world.next_keeper();
    assert_eq!(world.titles(), ["Claude Desktop removed entry zoom"]);
    assert_eq!(world.restored, ["zoom"]);
}

#[test]
fn only_the_last_losses_are_remembered() {
    let mut world = World::with(&["zoom"]);
    for _ in 0..LOSSES_KEPT + 5 {
        world.drops("zoom");
        world.happens(Event::RestoreAsked);
    }
    assert_eq!(world.guardian.losses().len(), LOSSES_KEPT);
}
