//! `zoomtrayctl relay`, started as Claude Desktop starts it, one behaviour a file.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod a_call_after_quit_says_so_until_zoomtray_is_opened;
mod a_keeper_that_does_not_come_is_told;
mod a_killed_keeper_costs_each_open_call_one_error;
mod a_killed_relay_leaves_nothing_running;
mod a_relay_of_protocol_1_is_served;
mod entries_for_other_clients_are_printed;
mod it_ends_with_its_input;
mod it_needs_only_what_claude_gives;
mod it_starts_a_keeper_where_no_desktop_is;
mod it_starts_the_app_through_the_users_service_manager;
mod noise_and_huge_frames_harm_nobody;
mod stage;
mod three_relays_start_one_app_and_no_window;
