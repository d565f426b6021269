//! `zoomtray-mcp` over standard input and output, alone and beside a keeper.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod a_call_is_repeated_only_where_that_is_safe;
mod a_cancelled_call_ends_its_request;
mod a_connection_is_proven;
mod a_long_range_is_read_month_by_month;
mod a_new_token_is_used_by_a_live_session;
mod a_refresh_brings_a_token_that_nobody_sees;
mod alone_a_given_token_is_used_until_it_must_be_replaced;
mod alone_a_token_is_refreshed_at_the_threshold;
mod alone_it_is_silent_while_another_keeps;
mod alone_servers_share_one_token;
mod alone_the_status_line_comes_at_its_interval;
mod alone_trouble_is_told_on_standard_error;
mod each_tool_answers_what_was_reviewed;
mod it_opens_before_any_network;
#[cfg(target_os = "linux")]
mod no_secret_is_found_anywhere;
mod prompts_and_transcripts_are_offered;
mod rooms;
mod rooms_a_missing_scope_is_named;
mod rooms_a_room_is_shown_without_what_opens_it;
mod rooms_aliases_are_the_users_own;
mod rooms_are_found_in_the_location_that_a_text_means;
mod rooms_are_listed_to_the_last_page;
mod rooms_locations_are_read_once_in_five_minutes;
mod the_stateless_revision_is_served_too;
mod what_goes_wrong_says_what_to_do;
mod without_auth_each_call_brings_its_credentials;

use black_box_tests::{Home, Zoom};
use fake_zoom::{App, Config, Mode};
use serde_json::Value;

/// Where every new token kills the last.
fn strict_zoom() -> Zoom {
    Zoom::with(Config {
        mode: Mode::Single,
        ..Config::default()
    })
}

/// A home with an account whose last attempt was long ago.
fn home(zoom: &Zoom) -> Home {
    let home = Home::new(zoom);
    assert_eq!(home.add_account().code, Some(0));
    home.remember_attempts(&App::default(), "{}");
    home
}

/// A home whose environment has the credentials, for a server that runs alone.
fn guest(zoom: &Zoom) -> Home {
    let mut home = Home::new(zoom);
    home.set_guest();
    home
}

/// The one line of a failed call, without what differs from run to run.
fn failure_line(result: &Value) -> String {
    assert_eq!(result["isError"], true, "{result}");
    let content = result["content"].as_array().unwrap();
    assert_eq!(content.len(), 1, "{result}");
    let line = content[0]["text"].as_str().unwrap();
    assert!(!line.contains('\n'), "{line}");
    let tracking = regex::Regex::new("rid=WEB_[0-9a-f]+").unwrap();
    tracking.replace_all(line, "rid=WEB_ID").into_owned()
}

/// A result without instants of the run itself.
fn result_cut(result: &Value) -> Value {
    let mut result = result.clone();
    let text = result["content"][0]["text"].as_str().unwrap();
    if let Ok(parsed) = serde_json::from_str::<Value>(text) {
        assert_eq!(parsed, result["structuredContent"], "the text is the same");
        result["content"][0]["text"] = "(the same as JSON)".into();
    }
    if let Some(created) = result["structuredContent"].get_mut("created_at")
        && created.as_str().is_some_and(|at| at > "2026")
    {
        *created = "NOW".into();
    }
    result
}
