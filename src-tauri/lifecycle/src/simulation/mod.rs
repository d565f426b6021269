//! Random lives of a token, watched for what must always hold.
//!
//! [`world`] drives the machine as the keeper does, against a Zoom, a vault and clocks that
//! misbehave; [`invariants`] holds each rule as one function that names it.

mod clocks;
mod invariants;
mod operation;
mod world;

use operation::operation;
use proptest::prelude::*;
use world::World;

proptest! {
    #[test]
    fn the_rules_hold_whatever_happens(
        operations in prop::collection::vec(operation(), 1..80),
        seed in any::<u64>(),
    ) {
        let mut world = World::new(seed);
        for operation in operations {
            world.run(operation);
        }
    }
}
