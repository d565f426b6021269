//! The rules one by one: a machine is told a story, its effects are what is checked.

mod callers;
mod failures;
mod refreshing;
mod rejecting;
mod restarting;
mod saving;
mod stage;
mod viewing;
