use crate::stage::{CLAUDES_VARIABLES, Relay, SERVER, connect_server, hold_starts, logged};
use black_box_tests::{Home, Zoom};
use serde_json::json;

#[test]
fn and_its_server_gets_no_more_but_the_entrys_own_and_the_token() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    assert_eq!(home.add_account().code, Some(0));
    let _none_is_started = hold_starts(&home);
    let _keeper = connect_server(&home);
    let mut relay = Relay::start(&home, SERVER);
    relay.open();
    let answer = relay.call("echo", &json!({"a": 1}));
    assert_eq!(answer["result"]["structuredContent"], json!({"a": 1}));

    let environ = fs_err::read_to_string(format!("/proc/{}/environ", relay.pid())).unwrap();
    let names = environ.split_terminator('\0');
    let mut names: Vec<&str> = names
        .filter_map(|pair| Some(pair.split_once('=')?.0))
        .collect();
    names.sort_unstable();
    assert_eq!(names, CLAUDES_VARIABLES, "these and no others");
    let folder = fs_err::read_link(format!("/proc/{}/cwd", relay.pid())).unwrap();
    assert_eq!(folder.to_str(), Some("/"));

    let start = logged(&home)
        .into_iter()
        .find(|line| line["start"].is_object());
    let start = start.unwrap();
    let mut expected: Vec<&str> = CLAUDES_VARIABLES.into();
    expected.extend(["OTHER", "ZOOM_ACCESS_TOKEN"]);
    expected.sort_unstable();
    let mut variables: Vec<&str> = start["start"]["variables"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|name| name.as_str())
        .collect();
    variables.sort_unstable();
    assert_eq!(variables, expected);
    assert_eq!(start["start"]["folder"], "/");
    assert_ne!(start["start"]["token"], "original", "the keeper's token");
    assert!(relay.close().success());
}
