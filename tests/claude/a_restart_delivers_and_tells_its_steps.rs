use crate::{claude, config, home};
use black_box_tests::{StandIn, Zoom, golden, times_cut};
use sha2::{Digest, Sha256};

#[test]
fn to_the_claude_that_it_started() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let mut stand_in = StandIn::install(&mut home);
    stand_in.start();
    let token = home.ctl(&["token"]).out;
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    claude(&home, &["inject", "zoom"]);
    let steps = claude(&home, &["restart", "--yes"]);
    golden("claude/restart.txt", &times_cut(&steps));
    stand_in.wait_for("started", 2);
    let read = stand_in.told("started")[1]["read"]["zoom"]["ZOOM_ACCESS_TOKEN"].clone();
    let digest = Sha256::digest(token.trim());
    let pairs: Vec<String> = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let wanted = pairs.concat();
    assert_eq!(
        read, wanted,
        "Claude has the token although it wrote its old copy"
    );
    assert!(config(&home).contains(token.trim()));
    assert_eq!(
        stand_in.count("helper_signalled"),
        0,
        "helpers are Claude's to end"
    );
    watch.interrupt();
    assert_eq!(zoom.token_requests(), 1);
}

#[test]
fn but_not_unasked() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let mut stand_in = StandIn::install(&mut home);
    stand_in.start();
    let asked = home.ctl(&["claude", "restart"]);
    assert_eq!(asked.code, Some(2), "nobody can be asked here");
    assert_eq!(stand_in.count("asked_to_quit"), 0);
}
