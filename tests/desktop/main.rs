//! The real app on a private desktop, one behaviour a file: real display, bus, keychain,
//! notification daemon, panel and `WebKit`; only Zoom is on loopback.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod a_call_is_allowed_at_a_notifications_answer;
mod a_lost_entry_is_told_and_offered_in_menu_and_window;
mod a_second_start_opens_the_window_of_the_first;
mod a_token_that_runs_out_unattended_is_announced_once;
mod an_answer_in_the_menu_takes_the_question_from_the_screen;
mod an_offered_entry_is_put_back_at_a_press_in_the_window;
mod an_uninstall_ends_the_app_and_leaves_nothing;
mod claude;
mod claude_is_restarted_once_at_a_notifications_answer;
mod planted_secrets_are_seen_nowhere;
mod quitting_leaves_no_process;
mod stage;
mod the_icon_and_menu_show_the_state;
mod the_question_is_answered_in_the_window_where_no_icon_is;
mod the_window_opens_where_no_icon_can_be_shown;
