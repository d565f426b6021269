use crate::{claude, config, entry, refused, relay};
use black_box_tests::{Home, Zoom};

const SEVERAL: &str = r#"{"mcpServers": {
  "work": {"command": "node", "env": {"ZOOM_ACCESS_TOKEN": "one"}},
  "files": {"command": "npx", "env": {"ROOT": "/"}},
  "home": {"command": "uvx", "args": ["zoom"], "env": {"ZOOM_CLIENT_ID": "two"}},
  "remote": {"url": "https://mcp.example", "env": {"ZOOM_ACCESS_TOKEN": "four"}},
  "extension": {"command": "x", "extensionId": "zoom", "env": {"ZOOM_ACCESS_TOKEN": "three"}}
}}"#;

#[test]
fn and_no_other() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    fs_err::write(home.claude_config(), SEVERAL).unwrap();
    let said = claude(&home, &["connect", "--all"]);
    assert_eq!(said.lines().count(), 2, "{said}");
    for name in ["work", "home"] {
        assert_eq!(entry(&home, name), relay(&home, name));
        assert!(
            said.contains(&format!("Entry {name} is connected")),
            "{said}"
        );
    }
    assert_eq!(entry(&home, "files")["command"], "npx");
    assert_eq!(entry(&home, "extension")["extensionId"], "zoom");
    for name in ["home", "work"] {
        claude(&home, &["off", name]);
    }
    assert_eq!(config(&home), SEVERAL);
}

#[test]
fn and_says_what_to_do_where_there_is_none() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    fs_err::write(home.claude_config(), "{\"mcpServers\": {}}").unwrap();
    let why = refused(&home, &["connect", "--all"]);
    assert!(why.contains("`zoomtrayctl claude connect zoom`"), "{why}");
    assert_eq!(config(&home), "{\"mcpServers\": {}}");
}

#[test]
fn while_an_entry_that_cannot_be_relayed_is_refused_by_name() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    fs_err::write(home.claude_config(), SEVERAL).unwrap();
    let why = refused(&home, &["connect", "remote"]);
    assert!(why.contains("names no program"), "{why}");
    let why = refused(&home, &["connect", "extension"]);
    assert!(
        why.contains("belongs to a Claude Desktop extension"),
        "{why}"
    );
    assert_eq!(config(&home), SEVERAL);
    assert!(!claude(&home, &["status"]).contains("extension: relay"));
}
