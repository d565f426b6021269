use crate::{claude, config, entry, expire_token, home, refused, relay};
use black_box_tests::{Home, StandIn, Zoom};

#[test]
fn when_the_user_says_so() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let nothing = claude(&home, &["restore"]);
    assert!(
        nothing.starts_with("Nothing of Zoomtray's is lost"),
        "{nothing}"
    );
    claude(&home, &["connect", "zoom"]);
    lose(&home);
    assert!(claude(&home, &["status"]).contains("zoom: relay, lost from the config"));
    assert_eq!(claude(&home, &["restore"]), "Entry zoom is back.\n");
    assert_eq!(entry(&home, "zoom"), relay(&home, "zoom"));
    claude(&home, &["off", "zoom"]);
    assert_eq!(
        entry(&home, "zoom")["command"],
        "node",
        "the first original is still known"
    );
}

#[test]
fn once_claude_is_quit() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    claude(&home, &["connect", "zoom"]);
    lose(&home);
    let mut stand_in = StandIn::install(&mut home);
    stand_in.start();
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    let said = claude(&home, &["restore"]);
    assert!(
        said.contains("put back once Claude Desktop is quit"),
        "{said}"
    );
    assert_eq!(config(&home), WITHOUT, "it is not fought over");
    let steps = claude(&home, &["restart", "--yes"]);
    assert!(steps.contains("config   done"), "{steps}");
    assert_eq!(entry(&home, "zoom"), relay(&home, "zoom"));
    watch.interrupt();
}

#[test]
fn but_no_token_without_one() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    claude(&home, &["inject", "zoom"]);
    lose(&home);
    expire_token(&home);
    let why = refused(&home, &["restore"]);
    assert!(why.contains("no valid token"), "{why}");
    assert_eq!(config(&home), WITHOUT);
}

const WITHOUT: &str = "{\"mcpServers\": {}}";

/// As Claude Desktop does that had not read the entry.
fn lose(home: &Home) {
    fs_err::write(home.claude_config(), WITHOUT).unwrap();
}
