use crate::finding;
use black_box_tests::Home;
use std::path::PathBuf;

/// Where a user's Claude is found, with nothing named.
fn usual(home: &mut Home) -> (PathBuf, PathBuf) {
    home.unset("CLAUDE_CONFIG_FILE");
    let config = |folder: &str| {
        let folder = home.path().join(".config").join(folder);
        fs_err::create_dir_all(&folder).unwrap();
        folder.join("claude_desktop_config.json")
    };
    (config("Claude"), config("Claude-3p"))
}

#[test]
fn the_usual_one_with_why() {
    let mut home = Home::without_zoom();
    let (config, _) = usual(&mut home);
    fs_err::write(&config, "{}").unwrap();
    let text = finding(&home, "claude-config-in-use").unwrap();
    assert!(text.contains(&config.display().to_string()), "{text}");
    assert!(text.contains("~/.config"), "{text}");
}

#[test]
fn that_of_third_party_mode_once_the_config_says_so() {
    let mut home = Home::without_zoom();
    let (config, sibling) = usual(&mut home);
    fs_err::write(&config, r#"{"deploymentMode": "3p"}"#).unwrap();
    fs_err::write(&sibling, "{}").unwrap();
    assert!(finding(&home, "claude-third-party-mode").is_some());
    let in_use = finding(&home, "claude-config-in-use").unwrap();
    assert!(in_use.contains(&sibling.display().to_string()), "{in_use}");
    let other = finding(&home, "claude-config-candidate").unwrap();
    assert!(other.contains(&config.display().to_string()), "{other}");
}

#[test]
fn where_it_cannot_be_told_nothing_is_written() {
    let mut home = Home::without_zoom();
    let (config, sibling) = usual(&mut home);
    let text = r#"{"mcpServers": {"zoom": {"command": "x"}}}"#;
    fs_err::write(&config, text).unwrap();
    fs_err::write(&sibling, r#"{"deploymentMode": "3p"}"#).unwrap();
    let told = finding(&home, "claude-config-ambiguous").unwrap();
    assert!(told.contains("CLAUDE_CONFIG_FILE"), "{told}");
    let refused = home.ctl(&["claude", "connect", "zoom"]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    assert!(
        refused.err.contains("Several files could be"),
        "{}",
        refused.err
    );
    assert_eq!(fs_err::read_to_string(&config).unwrap(), text);
}

#[test]
fn an_xdg_folder_that_claude_was_never_run_in_is_left_out() {
    let mut home = Home::without_zoom();
    let (config, _) = usual(&mut home);
    fs_err::write(&config, "{}").unwrap();
    home.set_path("XDG_CONFIG_HOME", "moved");
    let text = finding(&home, "claude-config-in-use").unwrap();
    assert!(text.contains(&config.display().to_string()), "{text}");
    let moved = home.path().join("moved/Claude/claude_desktop_config.json");
    fs_err::create_dir_all(moved.parent().unwrap()).unwrap();
    fs_err::write(&moved, "{}").unwrap();
    let text = finding(&home, "claude-config-in-use").unwrap();
    assert!(text.contains(&moved.display().to_string()), "{text}");
}
