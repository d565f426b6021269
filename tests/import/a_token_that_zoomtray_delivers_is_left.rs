use crate::{config, config_now, import, write_config};
use black_box_tests::{Home, Zoom};
use fake_zoom::App;

/// An entry that holds nothing but a delivered token.
const DELIVERED: &str = r#"{"mcpServers": {"zoom": {"command": "x",
    "env": {"ZOOM_ACCESS_TOKEN": "delivered"}}}}"#;

#[test]
fn to_the_entry_that_the_environment_names() {
    let zoom = Zoom::start();
    let mut home = Home::new(&zoom);
    write_config(&home, DELIVERED);
    assert!(tells_of_it(&home), "nobody says that it was delivered");
    home.set("CLAUDE_MCP_SERVER_NAME", "zoom");
    assert!(!tells_of_it(&home));
}

#[test]
fn where_credentials_beside_it_are_moved() {
    let zoom = Zoom::start();
    let mut home = Home::new(&zoom);
    home.set("CLAUDE_MCP_SERVER_NAME", "zoom");
    write_config(&home, &config());
    let moved = import(&home, &["--yes"]);
    assert_eq!(moved.code, Some(0), "{}", moved.err);
    let left = config_now(&home);
    assert!(!left.contains(&App::default().client_secret), "{left}");
    assert!(left.contains("planted-access-token"), "{left}");
}

/// Whether an import would take it, and whether the doctor minds it: both, or neither.
fn tells_of_it(home: &Home) -> bool {
    let shown = import(home, &["--dry-run"]).out;
    let found = !shown.contains("No Zoom credentials in clear text were found.");
    let minded = home.ctl(&["doctor"]).out.contains("accounts import");
    assert_eq!(found, minded, "{shown}");
    found
}
