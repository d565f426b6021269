//! Credentials in clear text, found by the real programs and moved into the vault.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod a_config_of_another_program_is_not_changed;
#[cfg(unix)]
mod a_running_claude_is_not_written_under;
mod a_token_that_zoomtray_delivers_is_left;
mod an_env_file_is_changed_only_when_it_is_named;
mod credentials_among_arguments_are_found_and_taken_out;
mod credentials_are_shown_masked_and_nothing_is_changed;
mod credentials_move_into_the_vault_and_out_of_the_config;
mod credentials_that_cannot_be_imported_stay_and_say_why;
mod credentials_that_zoom_refuses_stay;
mod nothing_is_moved_unless_the_user_agrees;
mod saved_accounts_that_cannot_be_read_are_not_overwritten;
#[cfg(target_os = "linux")]
mod the_real_keychain_holds_the_secret_afterwards;
#[cfg(target_os = "linux")]
mod the_user_is_asked_for_each_step;

use black_box_tests::{Finished, Home, places_cut};
use fake_zoom::App;

/// A config with whole credentials of the default app in the entry `zoom`, formatted by no
/// program, so that a byte too many changed would show.
fn config() -> String {
    let App {
        account_id,
        client_id,
        client_secret,
        ..
    } = App::default();
    format!(
        "{{\n\t\"kept\": 1.50,\n  \"mcpServers\": {{ \"zoom\": {{\"command\":\"node\", \"env\":{{\
         \"ZOOM_ACCOUNT_ID\":\"{account_id}\",   \"ZOOM_CLIENT_ID\" : \"{client_id}\", \
         \"ZOOM_CLIENT_SECRET\": \"{client_secret}\",\r\n\"ZOOM_ACCESS_TOKEN\": \
         \"planted-access-token\"}}}},\n\"else\":{{\"command\": \"y\"}} }},\r\n \"last\":null }}"
    )
}

/// `config()` without its secrets.
fn config_without_secrets() -> String {
    let secret = App::default().client_secret;
    config().replace(
        &format!(", \"ZOOM_CLIENT_SECRET\": \"{secret}\",\r\n\"ZOOM_ACCESS_TOKEN\": \"planted-access-token\""),
        "",
    )
}

/// Writes Claude's config.
fn write_config(home: &Home, text: &str) {
    fs_err::write(home.claude_config(), text).unwrap();
}

/// Claude's config as it is now.
fn config_now(home: &Home) -> String {
    fs_err::read_to_string(home.claude_config()).unwrap()
}

/// Runs `accounts import`; no secret may be shown.
fn import(home: &Home, arguments: &[&str]) -> Finished {
    let all: Vec<&str> = ["accounts", "import"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    let finished = home.ctl(&all);
    let said = format!("{}{}", finished.out, finished.err);
    for secret in [&App::default().client_secret, "planted-access-token"] {
        assert!(!said.contains(secret), "{all:?} shows a secret: {said}");
    }
    finished
}

/// What was said, without the home's path.
fn said(home: &Home, finished: &Finished) -> String {
    places_cut(&format!("{}{}", finished.out, finished.err), home.path())
}
