use crate::{CONFIG, claude, config, expire_token, home, set_consent};
use black_box_tests::{StandIn, Zoom};

#[test]
fn and_never_twice() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let mut stand_in = StandIn::install(&mut home);
    claude(&home, &["inject", "zoom"]);
    set_consent(&home, "always");
    stand_in.start();
    expire_token(&home);
    home.set("ZOOM_TOKEN_DISPLAY_INTERVAL", "1");
    let mut watch = home.watch(&[]);
    watch.read_until("restart  done");
    for _ in 0..4 {
        watch.read_until("✅");
    }
    watch.interrupt();
    let token = home.ctl(&["token"]).out;
    assert!(config(&home).contains(token.trim()));
    // The same token, met by another keeper, restarts nothing either.
    let mut next = home.watch(&[]);
    for _ in 0..3 {
        next.read_until("✅");
    }
    next.interrupt();
    assert_eq!(
        (stand_in.count("started"), stand_in.count("asked_to_quit")),
        (2, 1)
    );
    assert_eq!(
        zoom.token_requests(),
        2,
        "that of `accounts add`, and that of `watch`"
    );
}

#[test]
fn while_without_it_nothing_is_restarted() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let mut stand_in = StandIn::install(&mut home);
    claude(&home, &["inject", "zoom"]);
    stand_in.start();
    expire_token(&home);
    let mut watch = home.watch(&[]);
    watch.read_until("must be restarted");
    watch.interrupt();
    assert!(
        watch
            .seen()
            .contains("config   waits until Claude Desktop is quit"),
        "{}",
        watch.seen()
    );
    assert_eq!(
        (stand_in.count("started"), stand_in.count("asked_to_quit")),
        (1, 0)
    );
}

#[test]
fn and_not_for_a_config_that_cannot_be_written() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let mut stand_in = StandIn::install(&mut home);
    claude(&home, &["inject", "zoom"]);
    set_consent(&home, "always");
    stand_in.start();
    fs_err::write(home.claude_config(), format!("{CONFIG},")).unwrap();
    expire_token(&home);
    let mut watch = home.watch(&[]);
    watch.read_until("config   ");
    watch.read_until("✅");
    watch.interrupt();
    assert!(
        watch.seen().contains("config   failed") && watch.seen().contains("it is not JSON"),
        "{}",
        watch.seen()
    );
    assert_eq!(stand_in.count("asked_to_quit"), 0);
}
