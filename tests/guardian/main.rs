//! What becomes of entries that Claude Desktop drops, by the real programs, with the stand-in
//! for Claude: it takes a config that it cannot parse for empty, and writes that over the file.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod a_lost_entry_is_told_once_and_put_back_when_claude_is_quit;
mod a_lost_token_is_put_back_with_its_entry;
mod a_question_is_answered_once;
mod a_restart_puts_a_lost_entry_back;
mod a_token_is_not_written_where_an_entry_is_only_offered_back;
mod after_two_losses_it_gives_up_until_the_user_acts;
mod losses_are_remembered_by_the_next_keeper;
mod what_another_program_removes_is_only_offered_back;
mod what_survives_is_never_mentioned;

use black_box_tests::{Home, StandIn, Watch, Zoom, claude, expire_token, wait_until};
use serde_json::{Value, json};

/// What a user may have in it.
fn config_before() -> Value {
    json!({
        "mcpServers": {
            "zoom": {"command": "node", "args": ["zoom.js"], "env": {"ZOOM_ACCESS_TOKEN": "old"}},
            "other": {"command": "other"},
        },
        "globalShortcut": "Ctrl+Space",
    })
}

/// A home with an account, a config, and Claude Desktop installed.
fn home(zoom: &Zoom) -> (Home, StandIn) {
    let mut home = Home::new(zoom);
    assert_eq!(home.add_account().code, Some(0));
    fs_err::write(home.claude_config(), config_before().to_string()).unwrap();
    let stand_in = StandIn::install(&mut home);
    (home, stand_in)
}

/// The keeper's view of Claude Desktop.
fn view(home: &Home) -> Value {
    serde_json::from_str(&claude(home, &["status", "--json"])).unwrap()
}

/// The entry `name` of the keeper's view.
fn entry_view(home: &Home, name: &str) -> Value {
    let view = view(home);
    let entries = view["entries"].as_array().unwrap();
    let entry = entries.iter().find(|entry| entry["name"] == name);
    entry.unwrap_or_else(|| panic!("{view:#}")).clone()
}

/// The entry `name` in the config; null if it is not there or the config is no JSON.
fn entry(home: &Home, name: &str) -> Value {
    let bytes = fs_err::read(home.claude_config()).unwrap_or_default();
    let config: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    config["mcpServers"][name].clone()
}

/// Waits until the keeper has put the entry `zoom` back, and returns that.
fn put_back(home: &Home) -> Value {
    wait_until(home.path(), || !entry(home, "zoom").is_null());
    // Answered once the keeper has read again what it wrote.
    let view = entry_view(home, "zoom");
    assert_eq!(
        (&view["drift"], &view["pending"]),
        (&"none".into(), &false.into()),
        "{view}"
    );
    entry(home, "zoom")
}

/// Claude Desktop starts with a config that it takes for empty, and writes that.
fn start_and_lose(home: &Home, stand_in: &mut StandIn) {
    let whole = fs_err::read(home.claude_config()).unwrap();
    let cut = whole.get(..whole.len() - 2).unwrap();
    fs_err::write(home.claude_config(), cut).unwrap();
    stand_in.start();
    let written = stand_in.count("wrote");
    stand_in.changes_a_preference();
    stand_in.wait_for("wrote", written + 1);
}

/// A home whose entry `zoom`, served in this `way`, a running Claude Desktop has just lost, with
/// the keeper that has told of it, and what the entry was.
fn lost(zoom: &Zoom, way: &str) -> (Home, StandIn, Watch, Value) {
    let (home, mut stand_in) = home(zoom);
    claude(&home, &[way, "zoom"]);
    let ours = entry(&home, "zoom");
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    start_and_lose(&home, &mut stand_in);
    watch.read_until("puts it back once");
    (home, stand_in, watch, ours)
}
