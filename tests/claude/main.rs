//! Delivery into Claude Desktop's config, by the real programs, with the stand-in for Claude.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod a_change_by_another_program_is_reported;
mod a_change_waits_until_claude_is_quit;
mod a_config_that_cannot_be_parsed_is_untouched;
mod a_failing_step_is_not_repeated;
mod a_restart_delivers_and_tells_its_steps;
mod a_token_is_written_and_given_back;
mod backups_hold_no_secret;
mod consent_restarts_once_a_token;
mod status_tells_entries_and_whether_it_runs;

use black_box_tests::{Home, Zoom};
use fake_zoom::App;

/// Formatted by no program, so that a byte too many changed would show.
const CONFIG: &str = "{\n\t\"kept\": 1.50,\n  \"mcpServers\": { \"zoom\": {\"command\":\"node\", \
    \"env\":{\"OTHER\":\"1\",   \"ZOOM_ACCESS_TOKEN\" : \"original-value\"}},\n\
    \"else\":{\"command\": \"y\"} },\r\n \"last\":null }";

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

/// Runs a `claude` command that must succeed, and returns what it said.
fn claude(home: &Home, arguments: &[&str]) -> String {
    let all: Vec<&str> = ["claude"].iter().chain(arguments).copied().collect();
    let finished = home.ctl(&all);
    assert_eq!(
        finished.code,
        Some(0),
        "{all:?}: {}{}",
        finished.out,
        finished.err
    );
    finished.out
}

/// The next keeper finds the token expired and no recent attempt.
fn expire_token(home: &Home) {
    home.age_token(&App::default(), 3700);
    home.remember_attempts(&App::default(), "{}");
}
