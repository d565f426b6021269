//! What can happen to a ledger, and how likely it is.

use super::document::{Document, TOOLS, document};
use proptest::prelude::*;

/// One thing that happens. An `nth` is taken modulo how many there are.
#[derive(Clone, Debug)]
pub(super) enum Operation {
    Call(Made),
    /// A call that is let through and given back at once.
    CallInVain(Made),
    Forward {
        nth: usize,
    },
    GiveBack {
        nth: usize,
    },
    Answer {
        nth: usize,
        allow: bool,
    },
    Withdraw {
        nth: usize,
    },
    Wait {
        ms: i64,
    },
    File(File),
    Restart {
        down_ms: i64,
        set_wall_ms: i64,
        reboot: bool,
    },
}

/// A call as it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) tool: usize,
    /// The argument `n`.
    pub(super) n: Option<i64>,
    /// Who calls, of the [`ORIGINS`].
    pub(super) origin: usize,
}

/// Session, entry and account of those who call.
pub(super) const ORIGINS: [(&str, &str, &str); 4] = [
    ("s0", "zoom", "a"),
    ("s1", "zoom", "a"),
    ("s2", "work", "a"),
    ("s3", "work", "b"),
];

/// What the policy file becomes.
#[derive(Clone, Debug)]
pub(super) enum File {
    Good(Document),
    Bad,
    Gone,
}

pub(super) fn operation() -> impl Strategy<Value = Operation> {
    prop_oneof![
        12 => made().prop_map(Operation::Call),
        2 => made().prop_map(Operation::CallInVain),
        8 => (0_usize..8).prop_map(|nth| Operation::Forward { nth }),
        2 => (0_usize..8).prop_map(|nth| Operation::GiveBack { nth }),
        5 => (0_usize..8, prop::bool::weighted(0.8))
            .prop_map(|(nth, allow)| Operation::Answer { nth, allow }),
        1 => (0_usize..8).prop_map(|nth| Operation::Withdraw { nth }),
        6 => wait().prop_map(|ms| Operation::Wait { ms }),
        3 => file().prop_map(Operation::File),
        1 => restart(),
    ]
}

pub(super) fn made() -> impl Strategy<Value = Made> {
    let n = prop::option::weighted(0.9, 0_i64..4);
    (0..TOOLS, n, 0..ORIGINS.len()).prop_map(|(tool, n, origin)| Made { tool, n, origin })
}

/// To and just short of what windows, time-outs and late answers last.
fn wait() -> impl Strategy<Value = i64> {
    let edges = vec![
        0_i64, 1, 999, 1_000, 5_000, 29_999, 30_000, 50_000, 60_000, 300_000,
    ];
    prop_oneof![prop::sample::select(edges), 0_i64..2_000, 0_i64..70_000,]
}

fn file() -> impl Strategy<Value = File> {
    prop_oneof![
        8 => document().prop_map(File::Good),
        2 => Just(File::Bad),
        1 => Just(File::Gone),
    ]
}

fn restart() -> impl Strategy<Value = Operation> {
    let set = prop::sample::select(vec![0_i64, 0, 0, -45_000, -3_600_000, 20_000]);
    (0_i64..70_000, set, any::<bool>()).prop_map(|(down_ms, set_wall_ms, reboot)| {
        Operation::Restart {
            down_ms,
            set_wall_ms,
            reboot,
        }
    })
}
