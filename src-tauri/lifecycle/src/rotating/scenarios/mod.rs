//! What a rotating grant goes through, told step by step.

mod ending;
mod holding;
mod killed;
mod signing_in;
mod stage;
mod transaction;
