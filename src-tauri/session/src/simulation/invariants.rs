//! The rules, one function each. Each is given what the world knows, never what the session
//! believes.

use super::children::State;
use super::world::{Sent, World};
use crate::event::ChildId;
use crate::id::Id;
use crate::limits::{MOST_KEPT, MOST_REQUESTS};
use crate::method::Method;
use crate::settings::{Coexistence, Side};
use std::time::Duration;

pub(super) fn one_answer_for_each_request(sent: &Sent, id: &str) {
    assert_eq!(sent.answers, 1, "answers to {id}, {sent:?}");
}

pub(super) fn every_request_is_answered_in_the_end(world: &World) {
    for (id, sent) in &world.sent {
        let may_be_open = sent.is_cancelled || sent.method == Method::Listen;
        assert!(
            may_be_open || sent.answers == 1,
            "{id} is unanswered: {sent:?}"
        );
    }
}

pub(super) fn nothing_is_sent_twice_but_the_session_itself(sent: &Sent, child: ChildId) {
    let is_state = matches!(
        sent.method,
        Method::Initialize
            | Method::SetLevel
            | Method::Subscribe
            | Method::Unsubscribe
            | Method::Listen
    );
    let before = &sent.reached[..sent.reached.len() - 1];
    let again = if is_state {
        before.contains(&child)
    } else {
        !before.is_empty()
    };
    assert!(!again, "sent again to {child:?}: {sent:?}");
}

pub(super) fn bytes_pass_unchanged(now: &str, then: &str) {
    assert_eq!(now, then, "bytes changed on their way");
}

pub(super) fn only_a_child_that_is_up_is_written_to(world: &World, child: ChildId) {
    let state = world.children[&child].state;
    assert_eq!(state, State::Up, "written to {child:?}");
}

pub(super) fn children_that_cannot_live_together_do_not(world: &World) {
    let alive = |state: State| state != State::Exited;
    let others = world.children.values().filter(|child| alive(child.state));
    if world.session.settings.coexistence == Coexistence::Apart {
        assert_eq!(others.count(), 0, "another child lives");
    }
}

pub(super) fn few_children_live(world: &World) {
    let serving = |state: State| matches!(state, State::Starting | State::Up);
    let serving = world.children.values().filter(|child| serving(child.state));
    assert!(serving.count() <= 4, "current, next and two that drain");
}

pub(super) fn no_call_goes_where_its_token_has_ended(world: &World, child: ChildId) {
    let until = world.children[&child].token_until;
    assert!(
        until.is_some_and(|until| world.now < until),
        "a call with an ended token"
    );
}

pub(super) fn no_call_is_sent_while_the_token_is_being_ended(world: &World) {
    assert!(!world.is_token_ahead, "a call before a token request");
}

pub(super) fn nobody_waits_longer_than_promised(world: &World) {
    let is_gateway = world.session.settings.side == Side::Gateway;
    for (id, sent) in &world.sent {
        let is_waiting = sent.reached.is_empty() && sent.answers == 0 && !sent.is_cancelled;
        let patience = match sent.method {
            Method::ToolsCall if is_gateway => 20,
            _ => 45,
        };
        let waited = sent.arrived.until(world.now);
        assert!(
            !is_waiting || waited <= Duration::from_secs(patience),
            "{id} has waited {waited:?}: {sent:?}"
        );
    }
}

pub(super) fn tables_hold_only_what_is_open(world: &World) {
    let session = &world.session;
    let questions = world.children.values().map(|child| child.questions.len());
    assert!(
        session.asked.len() <= questions.sum(),
        "questions that nobody asks"
    );
    let owners = session.unfinished.owners();
    assert!(owners.len() <= 2 * MOST_KEPT);
    for owner in owners {
        assert!(
            session.children.contains_key(&owner),
            "work of an ended child"
        );
    }
    assert!(session.held.len() <= 2 * MOST_REQUESTS);
    for (name, child) in &session.children {
        let real = &world.children[name];
        let is_owed = |id: &&str| real.owed.iter().any(|(owed, _)| owed == id);
        let ids = child.pending.keys().map(Id::raw);
        let strange: Vec<&str> = ids.filter(|id| !is_owed(id)).collect();
        assert_eq!(strange, [""; 0], "waited for, but not owed by {name:?}");
    }
}

pub(super) fn a_wake_up_does_something(world: &World) {
    let next = world.session.next_wakeup();
    assert!(
        next.is_none_or(|next| world.now < next),
        "a wake-up at once would spin"
    );
}
