use crate::{CONFIG, claude, config, config_with, home, refused};
use black_box_tests::Zoom;

#[test]
fn but_both_are_shown() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let edited = config(&home).replace("\"relay\"", "\"relay\", \"--token=hunter2\"");
    fs_err::write(home.claude_config(), &edited).unwrap();
    assert!(claude(&home, &["status"]).contains("zoom: relay, changed"));
    let why = refused(&home, &["off", "zoom"]);
    assert!(why.contains("was changed since Zoomtray wrote it"), "{why}");
    assert!(
        why.contains("--token=<redacted>") && !why.contains("hunter2"),
        "{why}"
    );
    assert_eq!(
        why.matches("zoomtrayctl").count(),
        2,
        "both are shown: {why}"
    );
    assert_eq!(config(&home), edited);
    assert!(
        claude(&home, &["status"]).contains("zoom: relay"),
        "nothing else changed"
    );
}

#[test]
fn nor_a_token_that_was_replaced_by_hand() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["inject", "zoom"]);
    let edited = config_with("by-hand");
    fs_err::write(home.claude_config(), &edited).unwrap();
    let why = refused(&home, &["off", "zoom"]);
    assert!(why.contains("off zoom --as-is"), "{why}");
    assert!(
        !why.contains("by-hand") && !why.contains("original-value"),
        "{why}"
    );
    assert_eq!(config(&home), edited);
}

#[test]
fn until_the_user_says_that_it_stays_as_it_is() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let edited = config(&home).replace("\"relay\"", "\"other\"");
    fs_err::write(home.claude_config(), &edited).unwrap();
    let said = claude(&home, &["off", "zoom", "--as-is"]);
    assert_eq!(said, "Entry zoom stays as it is and is yours.\n");
    assert_eq!(config(&home), edited);
    assert!(
        home.files_with("original-value").is_empty(),
        "nothing is kept"
    );
}

#[test]
fn or_connects_it_again_and_gets_the_first_original_back() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let edited = config(&home).replace("\"relay\"", "\"other\"");
    fs_err::write(home.claude_config(), &edited).unwrap();
    claude(&home, &["connect", "zoom"]);
    claude(&home, &["off", "zoom"]);
    assert_eq!(config(&home), CONFIG);
}

#[test]
fn while_one_that_is_gone_comes_back() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["connect", "else"]);
    let without = "{\"mcpServers\": {}}";
    fs_err::write(home.claude_config(), without).unwrap();
    assert!(claude(&home, &["status"]).contains("else: relay, lost from the config"));
    claude(&home, &["off", "else"]);
    assert!(
        config(&home).contains("\"else\": {\"command\": \"y\"}"),
        "{}",
        config(&home)
    );
}
