use crate::{config, config_now, config_without_secrets, import, write_config};
use black_box_tests::{Home, StandIn, Zoom, wait_until};

#[test]
fn the_secrets_are_taken_out_once_it_is_quit() {
    let zoom = Zoom::start();
    let mut home = Home::new(&zoom);
    write_config(&home, &config());
    let mut claude = StandIn::install(&mut home);
    claude.start();
    let mut watch = home.watch(&[]);
    wait_for_keeper(&home);
    let moved = import(&home, &["--yes"]);
    assert_eq!(moved.code, Some(0), "{}", moved.err);
    assert!(
        moved.out.contains("once Claude Desktop is quit"),
        "{}",
        moved.out
    );
    assert!(config_now(&home).contains("ZOOM_CLIENT_SECRET"));
    claude.quit();
    wait_until(home.path(), || {
        !config_now(&home).contains("ZOOM_CLIENT_SECRET")
    });
    assert!(!config_now(&home).contains("ZOOM_ACCESS_TOKEN"));
    assert_eq!(watch.interrupt(), Some(0));
}

#[test]
fn a_keeper_that_leaves_says_to_come_back() {
    let zoom = Zoom::start();
    let mut home = Home::new(&zoom);
    write_config(&home, &config());
    let mut claude = StandIn::install(&mut home);
    claude.start();
    let moved = import(&home, &["--yes"]);
    assert!(
        moved.out.contains("accounts import` again"),
        "{}",
        moved.out
    );
    assert_eq!(config_now(&home), config());
    claude.quit();
    write_config(&home, &config());
    assert_eq!(import(&home, &["--yes"]).code, Some(0));
    assert_eq!(config_now(&home), config_without_secrets());
}

/// `watch` says nothing while there is no account; until it is up, commands keep for themselves.
fn wait_for_keeper(home: &Home) {
    let keeps = || home.ctl(&["doctor"]).out.contains("[keeper-watch]");
    assert!((0..50).any(|_| keeps()), "watch did not become the keeper");
}
