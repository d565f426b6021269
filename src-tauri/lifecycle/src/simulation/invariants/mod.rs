//! The rules, one function each. Each is given what the world knows, never what the
//! machine believes.

pub(super) mod rotating;

use super::kept::{Kind, begins};
use super::world::{Known, World};
use crate::effect::Effect;
use crate::event::Waiter;
use crate::generation::Generation;
use crate::rotating::Effect as Rotating;
use std::time::Duration;

/// The cooldown and the longest sleep as the design states them, not as the code has them.
const THIRTY_SECONDS: Duration = Duration::from_secs(30);

/// Longest a caller is awake without an answer: the cooldown passes, the request ends, its
/// token is rejected before it is saved, and once more.
const LONGEST_WAIT: Duration = Duration::from_mins(2);

/// The same where three calls of a vault that hangs come with each attempt.
const LONGEST_WAIT_FOR_A_PAIR: Duration = Duration::from_mins(3);

pub(in crate::simulation) fn never_two_requests_in_flight(world: &World) {
    assert!(
        world.request.is_none(),
        "a second request while one is in flight"
    );
}

pub(in crate::simulation) fn never_two_attempts_within_the_cooldown(world: &World) {
    let Some(last) = world.last_attempt else {
        return;
    };
    if last.comparable(world.clocks) {
        let gap = world.clocks.since(last);
        assert!(gap >= THIRTY_SECONDS, "only {gap:?} after the last attempt");
    }
}

pub(in crate::simulation) fn attempts_are_written_before_the_request(
    world: &World,
    effects: &[Rotating],
) {
    for (index, effect) in effects.iter().enumerate() {
        if begins(effect) {
            let now = Some(world.clocks.now());
            let written = effects[..index].iter().any(|earlier| {
                matches!(earlier, Rotating::Plain(Effect::Persist(attempts)) if attempts.last == now)
            });
            assert!(written, "a request whose attempt was not written first");
        }
    }
}

pub(in crate::simulation) fn never_a_token_handed_out_past_its_expiry(
    world: &World,
    generation: Generation,
) {
    let Known {
        ends,
        issued,
        span,
        loaded,
        ..
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

pub(in crate::simulation) fn never_a_rejected_token_handed_out(
    world: &World,
    generation: Generation,
) {
    assert!(
        !world.rejected.contains(&generation),
        "a rejected token was handed out again"
    );
}

pub(in crate::simulation) fn never_a_request_after_suspension_without_a_users_act(world: &World) {
    let user_waits = !world.refreshing.is_empty();
    assert!(
        !world.suspended || user_waits,
        "a request although suspended"
    );
}

pub(in crate::simulation) fn always_a_wake_up_soon_while_a_token_lives(world: &World) {
    if world.token_lives() {
        let wakeup = world.kept.next_wakeup(world.clocks.now());
        assert!(
            wakeup.is_some_and(|wait| wait <= THIRTY_SECONDS),
            "next wake-up: {wakeup:?}"
        );
    }
}

pub(in crate::simulation) fn one_answer_for_each_caller(world: &World, waiter: Waiter) {
    assert!(
        world.waiting.contains_key(&waiter),
        "{waiter:?} was answered but does not wait"
    );
}

pub(in crate::simulation) fn no_caller_waits_for_ever(world: &World) {
    let longest = match world.kind {
        Kind::Lasting => LONGEST_WAIT,
        Kind::Rotating => LONGEST_WAIT_FOR_A_PAIR,
    };
    for (waiter, waited) in &world.waiting {
        assert!(*waited <= longest, "{waiter:?} has waited {waited:?}");
    }
}

pub(in crate::simulation) fn generations_only_grow(world: &World, generation: Generation) {
    let newest = world.known.keys().max();
    assert!(newest < Some(&generation), "{generation} after {newest:?}");
}
