use crate::{claude, config, expire_token, home};
use black_box_tests::{StandIn, Zoom};

#[test]
fn and_never_twice() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let mut stand_in = StandIn::install(&mut home);
    claude(&home, &["inject", "zoom"]);
    let settings = home.zoomtray().join("config/settings.json");
    let injected = fs_err::read_to_string(&settings).unwrap();
    home.set_settings(&injected.replacen('{', "{\"restart_consent\": \"always\",", 1));
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
