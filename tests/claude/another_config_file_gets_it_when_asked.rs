use crate::{CONFIG, claude, config, entry, expire_token, home, relay};
use black_box_tests::Zoom;

#[test]
fn and_the_first_gets_its_own_back() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let other = home.path().join("other.json");
    fs_err::write(&other, CONFIG).unwrap();
    home.set_path("CLAUDE_CONFIG_FILE", "other.json");
    let other_config = || fs_err::read_to_string(&other).unwrap();
    claude(&home, &["status"]);
    assert_eq!(other_config(), CONFIG, "nothing moves by itself");
    assert_eq!(entry(&home, "zoom"), relay(&home, "zoom"));
    claude(&home, &["connect", "zoom"]);
    assert_eq!(config(&home), CONFIG, "the first");
    assert!(other_config().contains("\"relay\""));
    claude(&home, &["off", "zoom"]);
    assert_eq!(other_config(), CONFIG);
}

#[test]
fn and_no_token_by_itself() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    claude(&home, &["inject", "zoom"]);
    let injected = config(&home);
    let other = home.path().join("other.json");
    fs_err::write(&other, CONFIG).unwrap();
    home.set_path("CLAUDE_CONFIG_FILE", "other.json");
    expire_token(&home);
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    // Answered once the token has been delivered.
    claude(&home, &["status"]);
    watch.interrupt();
    assert_eq!(fs_err::read_to_string(&other).unwrap(), CONFIG);
    assert_eq!(config(&home), injected);
    claude(&home, &["off", "zoom"]);
    assert_eq!(config(&home), CONFIG);
}
