//! The keeper against the fake Zoom over real HTTP, with real vaults and files. Only the
//! clock is the test's.

mod before_request;
mod callers;
mod ending;
mod failures;
mod manual_clock;
mod scene;
mod vaults;
