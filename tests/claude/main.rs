//! Delivery into Claude Desktop's config, by the real programs, with the stand-in for Claude.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod a_backup_is_restored_with_its_secrets;
mod a_byte_order_mark_is_taken_off;
mod a_change_by_another_program_is_reported;
mod a_change_waits_until_claude_is_quit;
mod a_changed_entry_is_not_given_back;
mod a_config_that_cannot_be_parsed_is_untouched;
mod a_failing_step_is_not_repeated;
mod a_file_that_blocks_stops_no_hand_out;
mod a_relay_waits_until_claude_is_quit;
mod a_restart_delivers_and_tells_its_steps;
mod a_restart_is_finished_before_watch_ends;
mod a_token_is_written_and_given_back;
mod a_token_that_does_not_arrive_restarts_once;
mod a_write_that_was_cut_short_loses_nothing;
mod an_entry_is_connected_and_given_back;
mod an_injected_entry_that_is_gone_can_be_off;
mod an_original_is_kept_before_the_write;
mod another_config_file_gets_it_when_asked;
mod another_config_in_use_meanwhile_gets_it_when_asked;
mod backups_hold_no_secret;
mod connect_all_takes_every_zoom_entry;
mod consent_restarts_once_a_token;
mod modes_follow_each_other;
mod nothing_is_restarted_while_suspended;
mod orders_are_answered_while_claude_is_restarted;
mod status_tells_entries_and_whether_it_runs;
mod uninstall_begins_nothing_it_cannot_finish;
mod uninstall_leaves_nothing;
mod uninstall_needs_the_saved_accounts;
mod what_claude_lost_is_put_back;

use black_box_tests::{Home, Zoom, claude, expire_token, program};
use serde_json::{Value, json};

/// Formatted by no program, so that a byte too many changed would show.
const CONFIG: &str = "{\n\t\"preferences\": {\"kept\": 1.50},\n  \"mcpServers\": { \"zoom\": {\"command\":\"node\", \
    \"env\":{\"OTHER\":\"1\",   \"ZOOM_ACCESS_TOKEN\" : \"original-value\"}},\n\
    \"else\":{\"command\": \"y\"} },\r\n \"globalShortcut\":\"\" }";

/// A home with an account, and `CONFIG` as Claude's config.
fn home(zoom: &Zoom) -> Home {
    let home = Home::new(zoom);
    assert_eq!(home.add_account().code, Some(0));
    fs_err::write(home.claude_config(), CONFIG).unwrap();
    home
}

/// The config as it is now.
fn config(home: &Home) -> String {
    fs_err::read_to_string(home.claude_config()).unwrap()
}

/// `CONFIG` with this token in it.
fn config_with(token: &str) -> String {
    CONFIG.replace("original-value", token.trim())
}

/// The entry `name` as it is now.
fn entry(home: &Home, name: &str) -> Value {
    let config: Value = serde_json::from_str(&config(home)).unwrap();
    config["mcpServers"][name].clone()
}

/// What the entry `name` is once it is connected.
fn relay(home: &Home, name: &str) -> Value {
    json!({
        "command": program("zoomtrayctl"),
        "args": ["relay", name, "--home", home.zoomtray()],
    })
}

/// Runs a `claude` command that must fail, and returns what it complained of.
fn refused(home: &Home, arguments: &[&str]) -> String {
    let all: Vec<&str> = ["claude"].iter().chain(arguments).copied().collect();
    let finished = home.ctl(&all);
    assert_eq!(finished.code, Some(1), "{all:?}: {}", finished.out);
    finished.err
}

/// Sets when Claude Desktop may be restarted, beside what is set already.
fn set_consent(home: &Home, consent: &str) {
    let path = home.zoomtray().join("config/settings.json");
    let text = fs_err::read_to_string(path).unwrap_or_else(|_| "{}".to_owned());
    let mut settings: Value = serde_json::from_str(&text).unwrap();
    settings["restart_consent"] = consent.into();
    home.set_settings(&settings.to_string());
}
