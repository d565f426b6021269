//! Random sessions, watched for what must always hold.
//!
//! [`world`] drives the session as gateway and relay do, with a client, children and a keeper
//! that misbehave; [`invariants`] holds each rule as one function that names it.

mod children;
mod invariants;
mod operation;
mod pipes;
mod world;

use operation::{operation, settings};
use proptest::prelude::*;
use world::World;

proptest! {
    #[test]
    fn the_rules_hold_whatever_happens(
        settings in settings(),
        is_legacy in any::<bool>(),
        operations in prop::collection::vec(operation(), 1..60),
    ) {
        let mut world = World::new(settings, is_legacy);
        for operation in operations {
            world.run(operation);
        }
        world.finish();
    }
}
