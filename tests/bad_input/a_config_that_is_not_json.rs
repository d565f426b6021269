use crate::said;
use black_box_tests::{Home, Zoom};

/// What people leave behind who edit by hand.
const BROKEN: &str = "{\n  \"mcpServers\": {\n    \"zoom\": {\"command\": \"x\"},\n  }\n}\n";

#[test]
fn is_left_alone_and_its_place_is_named() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    fs_err::write(home.claude_config(), BROKEN).unwrap();
    let inject = home.ctl(&["claude", "inject", "zoom"]);
    assert_eq!((inject.code, inject.out.as_str()), (Some(1), ""));
    said(&home, "config that is not JSON", &inject.err);
    let status = home.ctl(&["claude", "status"]);
    assert_eq!(status.code, Some(1));
    said(
        &home,
        "config that is not JSON, status",
        status.out.lines().nth(1).unwrap(),
    );
    assert_eq!(
        fs_err::read_to_string(home.claude_config()).unwrap(),
        BROKEN
    );
}
