//! Clients and servers that others wrote, with the real programs: the SDKs of the Model Context
//! Protocol in TypeScript and Python, its Inspector, and one of its servers. `cargo xtask test
//! clients` prepares what they need.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod a_recorded_session_is_replayed_through_all_that_happens;
mod a_server_of_others_keeps_its_session_through_fifty_tokens;
mod client;
mod each_client_lists_and_calls_directly;
mod each_client_lists_and_calls_through_the_relay;
mod gateway_alone;
mod inspector;
mod lines;
mod recording;
mod stage;
mod the_conformance_suite_finds_the_relay_transparent;
mod the_inspector_finds_no_fault_in_any_tool;
mod the_recorded_sessions_are_what_a_client_sends;
