//! The rules, one function each. Each is given what the world knows, never what the ledger
//! believes.

use super::model::{Counted, Progress};
use super::operation::Made;
use super::world::World;
use crate::denial::Denial;
use crate::explanation::Explanation;
use crate::ledger::Ledger;
use crate::pointer::Pointer;

/// Holds for as long as no restart found the wall clock set forward: what is saved in wall times
/// seems older then.
pub(super) fn windows_hold_at_every_instant(world: &World, ticket: usize) {
    let now_ms = world.clocks.true_ms;
    let all = || world.forwarded.iter();
    let call = all().find(|call| call.ticket == ticket).unwrap();
    for (key, _) in &call.keys {
        let within = |other: &&Counted| {
            let Progress::Forwarded(at_ms) = other.progress else {
                return false;
            };
            now_ms - at_ms < key.2 && other.keys.iter().any(|(counted, _)| counted == key)
        };
        // The call that was let through last saw all the others.
        let last = all().filter(within).max_by_key(|other| other.ticket);
        let max = last.and_then(|last| last.keys.iter().find(|(counted, _)| counted == key));
        let (count, max) = (all().filter(within).count(), max.unwrap().1);
        assert!(
            count <= max || world.was_set_forward,
            "{count} calls within {} ms, {max} are allowed: {key:?}",
            key.2
        );
    }
}

pub(super) fn nothing_hidden_is_ever_reached(world: &World, made: Made) {
    assert!(!world.model.hides(made.tool), "t{} is hidden", made.tool);
}

pub(super) fn what_is_forbidden_is_never_forwarded_whoever_allowed_it(world: &World, made: Made) {
    assert_eq!(world.model.forbids(made), None, "{made:?}");
}

/// A person's word is used once: no more calls are forwarded by it than were allowed.
pub(super) fn no_call_is_approved_that_no_person_allowed(world: &World) {
    assert!(
        world.approved <= world.allowed,
        "{} approved, {} allowed",
        world.approved,
        world.allowed
    );
}

/// Limits decide alike in a process that starts now. Calls that are held count from now on there:
/// only when there is room again differs then.
pub(super) fn saved_and_reloaded_counts_decide_alike(world: &mut World, later_ms: i64) {
    let now = world.clocks.now();
    let reloaded = Ledger::load(now, world.ledger.save(now));
    let nothing_is_held =
        world.live.iter().all(|live| live.is_forwarded) && world.questions.is_empty();
    let mut clocks = world.clocks;
    if nothing_is_held {
        clocks.pass(later_ms);
    }
    for made in World::calls() {
        let denied = |ledger: &Ledger| match world.explain(ledger, clocks, made) {
            Explanation::Deny(denial) => Some(denial),
            Explanation::Forward { .. } | Explanation::Ask { .. } => None,
        };
        let (after, before) = (denied(&reloaded), denied(&world.ledger));
        if nothing_is_held {
            assert_eq!(after, before, "{made:?}");
        } else {
            let rule = |denial: Option<Denial>| denial.map(|denial| denial.rule);
            assert_eq!(rule(after), rule(before), "{made:?}");
        }
    }
}

pub(super) fn explaining_says_what_deciding_does(
    told: &Explanation,
    done: &str,
    rule: Option<&Pointer>,
) {
    let word = match told {
        Explanation::Forward { .. } => "forward",
        Explanation::Ask { .. } => "ask",
        Explanation::Deny(_) => "deny",
    };
    assert_eq!(word, done);
    if rule.is_some() {
        assert_eq!(told.rule(), rule);
    }
}
