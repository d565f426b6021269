//! What can happen in a simulated session. Numbers choose among what is there.

use crate::settings::{Coexistence, Settings, Side, TokenUse};
use proptest::prelude::*;

#[derive(Clone, Copy, Debug)]
pub(super) enum Operation {
    Call,
    Ask(Request),
    /// A call that answers what the last `input_required` asked for.
    Retry,
    /// A request under the id of one that is open.
    Duplicate,
    Cancel(usize),
    ClientOversized,
    ClientNoise,
    /// The client answers a question, the second time too.
    Answer(usize),
    ChildUp(usize),
    ChildAnswers(usize, usize, Reply),
    /// A child repeats its last words.
    ChildRepeats(usize),
    ChildAsks(usize, u8),
    ChildTakesBack(usize),
    ChildTells(usize),
    ChildDies(usize),
    /// A child that was told to end does.
    ChildExits(usize),
    NewToken,
    NoToken,
    TokenRequestAhead,
    TokenRequestOver,
    Bye,
    Pass(u64),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Request {
    Ping,
    Discover,
    ListTools,
    SetLevel,
    Subscribe(u8),
    Unsubscribe(u8),
    Listen,
    BeginTask,
    GetTask,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Reply {
    Result,
    Error,
    InputRequired,
    Task,
    TaskOver,
    Oversized,
}

pub(super) fn settings() -> impl Strategy<Value = Settings> {
    let uses = prop_oneof![
        1 => Just(TokenUse::None),
        1 => Just(TokenUse::Subscribed),
        4 => Just(TokenUse::Environment),
    ];
    let coexistence = prop_oneof![
        3 => Just(Coexistence::Together),
        1 => Just(Coexistence::Apart),
    ];
    let relay = prop::bool::weighted(0.2);
    (uses, coexistence, relay).prop_map(|(token_use, coexistence, relay)| Settings {
        side: if relay { Side::Relay } else { Side::Gateway },
        entry: "zoom".into(),
        token_use: if relay { TokenUse::None } else { token_use },
        coexistence: if relay {
            Coexistence::Together
        } else {
            coexistence
        },
    })
}

fn request() -> impl Strategy<Value = Request> {
    prop_oneof![
        Just(Request::Ping),
        Just(Request::Discover),
        Just(Request::ListTools),
        Just(Request::SetLevel),
        (0..3_u8).prop_map(Request::Subscribe),
        (0..3_u8).prop_map(Request::Unsubscribe),
        Just(Request::Listen),
        Just(Request::BeginTask),
        Just(Request::GetTask),
    ]
}

fn reply() -> impl Strategy<Value = Reply> {
    prop_oneof![
        6 => Just(Reply::Result),
        1 => Just(Reply::Error),
        1 => Just(Reply::InputRequired),
        1 => Just(Reply::Task),
        1 => Just(Reply::TaskOver),
        1 => Just(Reply::Oversized),
    ]
}

fn seconds() -> impl Strategy<Value = u64> {
    prop_oneof![4 => 0..3_u64, 3 => 3..50_u64, 1 => 50..400_u64, 1 => 400..4000_u64]
}

pub(super) fn operation() -> impl Strategy<Value = Operation> {
    let some = || any::<usize>();
    let client = prop_oneof![
        6 => Just(Operation::Call),
        5 => request().prop_map(Operation::Ask),
        1 => Just(Operation::Retry),
        1 => Just(Operation::Duplicate),
        2 => some().prop_map(Operation::Cancel),
        1 => Just(Operation::ClientOversized),
        1 => Just(Operation::ClientNoise),
        2 => some().prop_map(Operation::Answer),
    ];
    let child = prop_oneof![
        8 => some().prop_map(Operation::ChildUp),
        12 => (some(), some(), reply()).prop_map(|(a, b, c)| Operation::ChildAnswers(a, b, c)),
        1 => some().prop_map(Operation::ChildRepeats),
        2 => (some(), 0..4_u8).prop_map(|(a, b)| Operation::ChildAsks(a, b)),
        1 => some().prop_map(Operation::ChildTakesBack),
        1 => some().prop_map(Operation::ChildTells),
        2 => some().prop_map(Operation::ChildDies),
        2 => some().prop_map(Operation::ChildExits),
    ];
    let around = prop_oneof![
        4 => Just(Operation::NewToken),
        1 => Just(Operation::NoToken),
        1 => Just(Operation::TokenRequestAhead),
        1 => Just(Operation::TokenRequestOver),
        1 => Just(Operation::Bye),
        8 => seconds().prop_map(Operation::Pass),
    ];
    prop_oneof![4 => client, 6 => child, 3 => around]
}
