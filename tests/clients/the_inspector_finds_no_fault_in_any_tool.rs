use crate::client::Server;
use crate::inspector::{inspect, result};
use crate::stage::{alone, relayed};
use black_box_tests::{Home, Zoom};

const LIST: &[&str] = &["--method", "tools/list", "--strict"];
const CALL: &[&str] = &[
    "--method",
    "tools/call",
    "--tool-name",
    "test_zoom_connection",
];

#[test]
fn directly() {
    let zoom = Zoom::start();
    let (home, server) = alone(&zoom);
    inspects(&home, &server);
}

#[test]
fn through_the_relay() {
    let zoom = Zoom::start();
    let (home, server, mut watch) = relayed(&zoom);
    inspects(&home, &server);
    assert_eq!(watch.interrupt(), Some(0));
}

/// With `--strict` it fails where a schema is faulty, and says how.
fn inspects(home: &Home, server: &Server) {
    for era in ["legacy", "modern"] {
        let listed = result(&inspect(home, server, era, LIST));
        let tools = listed["tools"].as_array().unwrap();
        assert!(!tools.is_empty(), "{listed}");
        let called = result(&inspect(home, server, era, CALL));
        assert_eq!(called["structuredContent"]["status"], "success", "{called}");
    }
}
