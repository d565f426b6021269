use crate::{claude, config, entry, home, relay};
use black_box_tests::{StandIn, Zoom};

#[test]
fn and_is_not_asked_about_for_a_token() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let mut stand_in = StandIn::install(&mut home);
    stand_in.start();
    let before = config(&home);
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    let said = claude(&home, &["connect", "zoom"]);
    assert!(said.contains("once Claude Desktop is quit"), "{said}");
    assert_eq!(config(&home), before);
    let status = claude(&home, &["status"]);
    assert!(
        status.contains("zoom: relay, written once Claude Desktop is quit"),
        "{status}"
    );
    stand_in.quit();
    watch.read_until("config   done");
    assert_eq!(entry(&home, "zoom"), relay(&home, "zoom"));
    assert!(claude(&home, &["status"]).contains("zoom: relay\n"));
    watch.interrupt();
    assert_eq!(stand_in.count("asked_to_quit"), 1, "by the test alone");
}

#[test]
fn also_by_a_keeper_that_comes_later() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    let mut stand_in = StandIn::install(&mut home);
    stand_in.start();
    claude(&home, &["connect", "zoom"]);
    stand_in.quit();
    let mut watch = home.watch(&[]);
    watch.read_until("config   done");
    watch.interrupt();
    assert_eq!(entry(&home, "zoom"), relay(&home, "zoom"));
}

#[test]
fn and_so_does_giving_it_back() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    let connected = config(&home);
    let mut stand_in = StandIn::install(&mut home);
    stand_in.start();
    let said = claude(&home, &["off", "zoom"]);
    assert!(said.contains("once Claude Desktop is quit"), "{said}");
    assert_eq!(config(&home), connected);
    let steps = claude(&home, &["restart", "--yes"]);
    assert!(steps.contains("config   done"), "{steps}");
    assert_eq!(entry(&home, "zoom")["command"], "node");
    assert_eq!(
        entry(&home, "zoom")["env"]["ZOOM_ACCESS_TOKEN"],
        "original-value"
    );
}

#[test]
fn and_so_does_one_that_was_lost() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    fs_err::write(home.claude_config(), "{\"mcpServers\": {}}").unwrap();
    let mut stand_in = StandIn::install(&mut home);
    stand_in.start();
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    let said = claude(&home, &["connect", "zoom"]);
    assert!(said.contains("once Claude Desktop is quit"), "{said}");
    let steps = claude(&home, &["restart", "--yes"]);
    assert!(steps.contains("config   done"), "{steps}");
    assert_eq!(entry(&home, "zoom"), relay(&home, "zoom"));
    watch.interrupt();
}
