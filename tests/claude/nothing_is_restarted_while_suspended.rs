use crate::{claude, config, home, set_consent};
use black_box_tests::{StandIn, Zoom};
use fake_zoom::App;

#[test]
fn although_a_token_waits_and_restarts_are_allowed() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let mut stand_in = StandIn::install(&mut home);
    claude(&home, &["inject", "zoom"]);
    let before = config(&home);
    home.remember_attempts(&App::default(), "{}");
    assert_eq!(
        home.ctl(&["refresh"]).code,
        Some(0),
        "a token that nobody delivered"
    );
    home.remember_attempts(&App::default(), r#"{"suspended": "refused"}"#);
    set_consent(&home, "always");
    stand_in.start();
    let mut watch = home.watch(&[]);
    watch.read_until("must be restarted");
    let status = claude(&home, &["status"]);
    assert!(
        status.contains("zoom: inject, written once Claude Desktop is quit"),
        "{status}"
    );
    watch.interrupt();
    assert_eq!(stand_in.count("asked_to_quit"), 0, "{}", watch.seen());
    assert_eq!(config(&home), before);
}
