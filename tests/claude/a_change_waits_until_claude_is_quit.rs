use crate::{claude, config, home};
use black_box_tests::{StandIn, Zoom};

#[test]
fn and_is_then_made_in_what_claude_wrote() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let mut stand_in = StandIn::install(&mut home);
    stand_in.start();
    let before = config(&home);
    let token = home.ctl(&["token"]).out;
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    let said = claude(&home, &["inject", "zoom"]);
    assert!(said.contains("once Claude Desktop is quit"), "{said}");
    assert_eq!(config(&home), before, "Claude would overwrite it");
    let status = claude(&home, &["status"]);
    assert!(status.contains("zoomtrayctl claude restart"), "{status}");
    stand_in.quit();
    watch.read_until("config   done");
    assert!(config(&home).contains(token.trim()));
    assert!(
        !claude(&home, &["status"]).contains("restart"),
        "nothing waits any more"
    );
    watch.interrupt();
    assert_eq!(zoom.token_requests(), 1);
}
