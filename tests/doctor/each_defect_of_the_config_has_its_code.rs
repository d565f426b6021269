use crate::{finding, findings};
use black_box_tests::Home;

#[test]
fn and_the_file_stays_as_it_is() {
    let table: [(&str, &[u8]); 12] = [
        ("claude-config-empty", b""),
        ("claude-config-bom", b"\xEF\xBB\xBF{}"),
        ("claude-config-utf16", b"\xFF\xFE{\0}\0"),
        ("claude-config-not-utf8", b"{\"a\": \"\xE9\"}"),
        ("claude-config-not-json", b"{\"a\": 1,}"),
        ("claude-config-not-an-object", b"[]"),
        (
            "claude-config-duplicate-key",
            br#"{"mcpServers": {}, "mcpServers": {}}"#,
        ),
        (
            "claude-local-servers-off",
            br#"{"features": {"isLocalDevMcpEnabled": false}}"#,
        ),
        (
            "claude-entry-invalid",
            br#"{"mcpServers": {"z": {"url": "https://x"}}}"#,
        ),
        (
            "claude-entry-unknown-keys",
            br#"{"mcpServers": {"z": {"command": "x", "cwd": "/"}}}"#,
        ),
        (
            "claude-entry-extension",
            br#"{"mcpServers": {"z": {"command": "x", "extensionId": "e"}}}"#,
        ),
        ("claude-config-in-use", b"{}"),
    ];
    let home = Home::without_zoom();
    for (code, bytes) in table {
        fs_err::write(home.claude_config(), bytes).unwrap();
        assert!(
            finding(&home, code).is_some(),
            "{code}: {:#?}",
            findings(&home)
        );
        assert_eq!(fs_err::read(home.claude_config()).unwrap(), bytes, "{code}");
    }
}

#[test]
fn a_missing_one_is_named_with_its_place() {
    let home = Home::without_zoom();
    let text = finding(&home, "claude-config-missing").unwrap();
    assert!(
        text.contains(&home.claude_config().display().to_string()),
        "{text}"
    );
}

#[test]
fn a_read_only_one_is_named() {
    let home = Home::without_zoom();
    fs_err::write(home.claude_config(), "{}").unwrap();
    let mut rights = fs_err::metadata(home.claude_config())
        .unwrap()
        .permissions();
    rights.set_readonly(true);
    fs_err::set_permissions(home.claude_config(), rights).unwrap();
    assert!(finding(&home, "claude-config-read-only").is_some());
}

#[test]
fn servers_in_the_wrong_file_are_named() {
    let home = Home::without_zoom();
    fs_err::write(home.claude_config(), "{}").unwrap();
    fs_err::write(home.path().join("config.json"), r#"{"mcpServers": {}}"#).unwrap();
    assert!(finding(&home, "claude-servers-in-config-json").is_some());
}

#[test]
fn an_extension_for_zoom_is_named() {
    let home = Home::without_zoom();
    fs_err::write(home.claude_config(), "{}").unwrap();
    fs_err::create_dir_all(home.path().join("Claude Extensions/acme.zoom-mcp")).unwrap();
    let text = finding(&home, "claude-zoom-extension").unwrap();
    assert!(text.contains("acme.zoom-mcp"), "{text}");
}
