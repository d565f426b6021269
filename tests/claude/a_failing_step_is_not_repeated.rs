use crate::{CONFIG, claude, expire_token, home, set_consent};
use black_box_tests::{Home, StandIn, Watch, Zoom};

#[test]
fn and_asks_for_no_other_token_when_it_is_the_write() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    claude(&home, &["inject", "zoom"]);
    let cut_off = CONFIG.trim_end().strip_suffix('}').unwrap();
    fs_err::write(home.claude_config(), cut_off).unwrap();
    expire_token(&home);
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
        watch.seen().contains("it is not JSON at line"),
        "{}",
        watch.seen()
    );
    assert_eq!(
        fs_err::read_to_string(home.claude_config()).unwrap(),
        cut_off
    );
    assert_eq!(
        zoom.token_requests(),
        2,
        "that of `accounts add`, and that of `watch`"
    );
}

#[test]
fn and_asks_for_no_other_token_when_it_is_the_start() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    claude(&home, &["inject", "zoom"]);
    set_consent(&home, "always");
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
