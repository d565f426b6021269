use crate::{claude, expire_token, home, set_consent};
use black_box_tests::{StandIn, Zoom};
use serde_json::json;

/// The zoommcp scripts looked for the token where it had not come, and so killed Claude again
/// every half minute. Here Claude writes its old copy over every token.
#[test]
fn whatever_claude_does_to_the_config() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let mut stand_in = StandIn::install_with(&mut home, &json!({"write_every_ms": 100}));
    claude(&home, &["inject", "zoom"]);
    set_consent(&home, "always");
    stand_in.start();
    expire_token(&home);
    home.set("ZOOM_TOKEN_DISPLAY_INTERVAL", "1");
    let mut watch = home.watch(&[]);
    watch.read_until("restart  done");
    stand_in.wait_for("started", 2);
    // What the token was replaced by is seen, by the keeper too.
    let stale = config_of_old(&home);
    fs_err::write(home.claude_config(), stale).unwrap();
    watch.read_until("changed by Claude Desktop or another program");
    for _ in 0..5 {
        watch.read_until("✅");
    }
    watch.interrupt();
    assert_eq!(
        (stand_in.count("started"), stand_in.count("asked_to_quit")),
        (2, 1),
        "{}",
        watch.seen()
    );
    assert_eq!(
        zoom.token_requests(),
        2,
        "that of `accounts add`, and that of `watch`"
    );
}

/// Nor does the next keeper restart it for the token that an earlier one has tried.
#[test]
fn whoever_keeps() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let mut stand_in = StandIn::install_with(&mut home, &json!({"ignore_quit": true}));
    claude(&home, &["inject", "zoom"]);
    set_consent(&home, "always");
    stand_in.start();
    expire_token(&home);
    home.set("ZOOM_TOKEN_DISPLAY_INTERVAL", "1");
    let mut first = home.watch(&[]);
    stand_in.wait_for("asked_to_quit", 1);
    first.interrupt();
    let mut second = home.watch(&[]);
    second.read_until("must be restarted");
    for _ in 0..3 {
        second.read_until("✅");
    }
    second.interrupt();
    assert_eq!(
        (stand_in.count("started"), stand_in.count("asked_to_quit")),
        (1, 1),
        "{}",
        second.seen()
    );
}

/// The config with the value that was there at first.
fn config_of_old(home: &black_box_tests::Home) -> String {
    let now = crate::config(home);
    let token = home.ctl(&["token"]).out;
    now.replace(token.trim(), "stale")
}
