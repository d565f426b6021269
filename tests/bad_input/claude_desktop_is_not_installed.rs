use crate::said;
use black_box_tests::Home;

#[test]
fn is_said_and_nothing_is_started() {
    let mut home = Home::without_zoom();
    home.unset("CLAUDE_CONFIG_FILE");
    let status = home.ctl(&["claude", "status"]);
    assert_eq!(status.code, Some(1));
    said(&home, "Claude Desktop is not installed", &status.out);
    let restart = home.ctl(&["claude", "restart", "--yes"]);
    said(
        &home,
        "Claude Desktop is not installed, restart",
        &restart.out,
    );
    assert_eq!(restart.code, Some(1));
}
