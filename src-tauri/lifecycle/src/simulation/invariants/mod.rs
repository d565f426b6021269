//! The rules, one function each. Each is given what the world knows, never what the
//! machine believes.

use super::world::{Known, World};
use crate::effect::Effect;
use crate::event::Waiter;
use crate::generation::Generation;
use std::time::Duration;

/// The cooldown and the longest sleep as the design states them, not as the code has them.
const THIRTY_SECONDS: Duration = Duration::from_secs(30);

/// Longest a caller is awake without an answer: the cooldown passes, the request ends, its
/// token is rejected before it is saved, and once more.
const LONGEST_WAIT: Duration = Duration::from_mins(2);

pub(super) fn never_two_requests_in_flight(world: &World) {
    assert!(
        world.request.is_none(),
        "a second request while one is in flight"
    );
}

pub(super) fn never_two_attempts_within_the_cooldown(world: &World) {
    let Some(last) = world.last_attempt else {
        return;
    };
    if last.comparable(world.clocks) {
        let gap = world.clocks.since(last);
        assert!(gap >= THIRTY_SECONDS, "only {gap:?} after the last attempt");
    }
}

pub(super) fn attempts_are_written_before_the_request(world: &World, effects: &[Effect]) {
    for (index, effect) in effects.iter().enumerate() {
        if matches!(effect, Effect::Request { .. }) {
            let written = effects[..index].iter().any(|earlier| {
                matches!(earlier, Effect::Persist(attempts) if attempts.last == Some(world.clocks.now()))
            });
            assert!(written, "a request whose attempt was not written first");
        }
    }
}

pub(super) fn never_a_token_handed_out_past_its_expiry(world: &World, generation: Generation) {
    let Known {
        ends,
        issued,
        span,
        loaded,
    } = world.known[&generation];
    // Of a token that is not the last one granted only wall times are known.
    let is_anchored = world.granted == Some(generation);
    let clock_was_set = loaded.is_some_and(|loaded| {
        !loaded.comparable(issued) || !is_anchored && !loaded.same_wall(issued)
    });
    if clock_was_set {
        let now = world.clocks.now().wall;
        assert!(now < span.expires, "past the end on the user's clock");
    } else {
        assert!(
            world.clocks.true_ms < ends,
            "{} ms past the end",
            world.clocks.true_ms - ends
        );
    }
}

pub(super) fn never_a_rejected_token_handed_out(world: &World, generation: Generation) {
    assert!(
        !world.rejected.contains(&generation),
        "a rejected token was handed out again"
    );
}

pub(super) fn never_a_request_after_suspension_without_a_users_act(world: &World) {
    let user_waits = !world.refreshing.is_empty();
    assert!(
        !world.suspended || user_waits,
        "a request although suspended"
    );
}

pub(super) fn always_a_wake_up_soon_while_a_token_lives(world: &World) {
    if world.token_lives() {
        let wakeup = world.machine.next_wakeup(world.clocks.now());
        assert!(
            wakeup.is_some_and(|wait| wait <= THIRTY_SECONDS),
            "next wake-up: {wakeup:?}"
        );
    }
}

pub(super) fn one_answer_for_each_caller(world: &World, waiter: Waiter) {
    assert!(
        world.waiting.contains_key(&waiter),
        "{waiter:?} was answered but does not wait"
    );
}

pub(super) fn no_caller_waits_for_ever(world: &World) {
    for (waiter, waited) in &world.waiting {
        assert!(*waited <= LONGEST_WAIT, "{waiter:?} has waited {waited:?}");
    }
}

pub(super) fn generations_only_grow(world: &World, generation: Generation) {
    let newest = world.known.keys().max();
    assert!(newest < Some(&generation), "{generation} after {newest:?}");
}
