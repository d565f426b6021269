//! Random policies and random calls, held against a model that does everything the slow way.
//!
//! [`world`] drives the ledger as the gateway does; [`model`] remembers all that ever happened and
//! decides from that alone; [`invariants`] holds each rule as one function that names it.

mod clocks;
mod document;
mod invariants;
mod model;
mod operation;
mod unknown_keys;
mod world;

use operation::operation;
use proptest::prelude::*;
use world::World;

proptest! {
    #[test]
    fn the_rules_hold_whatever_happens(operations in prop::collection::vec(operation(), 1..60)) {
        let mut world = World::new();
        for operation in operations {
            world.run(operation);
        }
    }
}
