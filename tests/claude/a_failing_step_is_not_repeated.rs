use crate::{CONFIG, claude, expire_token, home};
use black_box_tests::{Home, StandIn, Watch, Zoom};

#[test]
fn and_asks_for_no_other_token_when_it_is_the_write() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    claude(&home, &["inject", "zoom"]);
    let without = CONFIG.replace("\"zoom\"", "\"renamed\"");
    fs_err::write(home.claude_config(), &without).unwrap();
    let mut watch = watched(&mut home);
    watch.read_until("config   failed");
    look_again(&mut watch);
    assert_eq!(
        watch.seen().matches("config   failed").count(),
        1,
        "{}",
        watch.seen()
    );
    assert!(
        watch.seen().contains("no MCP server named zoom; add it"),
        "{}",
        watch.seen()
    );
    assert_eq!(
        fs_err::read_to_string(home.claude_config()).unwrap(),
        without
    );
    assert_eq!(zoom.token_requests(), 1);
}

#[test]
fn and_asks_for_no_other_token_when_it_is_the_start() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    claude(&home, &["inject", "zoom"]);
    home.set_settings(&settings_with_consent(&home));
    let mut stand_in = StandIn::install(&mut home);
    stand_in.start();
    stand_in.uninstall();
    expire_token(&home);
    let mut watch = watched(&mut home);
    watch.read_until("restart  failed");
    look_again(&mut watch);
    assert_eq!(
        watch.seen().matches("restart  failed").count(),
        1,
        "{}",
        watch.seen()
    );
    assert_eq!(stand_in.count("asked_to_quit"), 1);
    assert_eq!(
        zoom.token_requests(),
        2,
        "that of `accounts add`, and that of `watch`"
    );
}

fn settings_with_consent(home: &Home) -> String {
    let path = home.zoomtray().join("config/settings.json");
    let text = fs_err::read_to_string(path).unwrap();
    text.replacen('{', "{\"restart_consent\": \"always\",", 1)
}

fn watched(home: &mut Home) -> Watch {
    home.set("ZOOM_TOKEN_DISPLAY_INTERVAL", "1");
    home.watch(&[])
}

/// Two status lines at once, and four a second apart: longer than the two seconds between two
/// looks at Claude.
fn look_again(watch: &mut Watch) {
    for _ in 0..6 {
        watch.read_until("✅");
    }
}
