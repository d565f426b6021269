//! Random lives of a token, watched for what must always hold.
//!
//! [`world`] drives either machine as the keeper does, against a Zoom, a vault and clocks that
//! misbehave; [`rotation`] adds a grant whose refresh tokens are used once, in a process that is
//! killed at any step; [`invariants`] holds each rule as one function that names it.

mod account;
mod callers;
mod chance;
mod clocks;
mod invariants;
mod kept;
mod operation;
mod rotation;
mod running;
mod world;

use kept::Kind;
use operation::{Operation, operation};
use proptest::prelude::*;
use world::World;

proptest! {
    #[test]
    fn the_rules_hold_whatever_happens(
        operations in prop::collection::vec(operation(), 1..80),
        seed in any::<u64>(),
    ) {
        live(Kind::Lasting, seed, &operations);
    }

    #[test]
    fn the_rules_of_a_rotating_grant_hold_whatever_happens(
        operations in prop::collection::vec(operation(), 1..120),
        seed in any::<u64>(),
    ) {
        live(Kind::Rotating, seed, &operations);
    }
}

fn live(kind: Kind, seed: u64, operations: &[Operation]) {
    let mut world = World::new(kind, seed);
    for operation in operations {
        world.run(*operation);
    }
}
