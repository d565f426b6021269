//! The gateway of a real keeper: a relay's connection on one side, real servers on the other.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod a_brief_keeper_serves_no_relay;
mod a_crashed_server_is_started_again;
mod a_killed_keeper_leaves_no_process;
mod a_listening_client_notices_no_new_token;
mod a_server_asks_the_client;
mod a_server_gets_what_its_client_would_give_it;
mod a_server_starts_without_a_token;
mod a_server_that_does_not_start;
mod a_server_that_misbehaves;
mod a_servers_stderr_is_kept_without_secrets;
mod a_session_goes_on_with_a_new_token;
mod a_slow_reader_fills_no_memory;
mod an_unknown_entry_is_explained;
mod big_messages_pass_and_bigger_ones_are_answered;
mod no_call_is_in_flight_when_a_token_ends_the_last;
mod quitting_says_goodbye;
mod scene;
mod servers_that_cannot_live_together;
mod the_bundled_server_is_served;
mod the_sessions_are_shown;
