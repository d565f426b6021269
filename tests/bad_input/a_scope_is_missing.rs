use crate::said;
use black_box_tests::{Home, Mcp, Zoom};
use fake_zoom::{Endpoint, Fault};

#[test]
fn is_a_connection_with_a_warning_that_names_it() {
    let zoom = Zoom::start();
    let mut home = Home::new(&zoom);
    home.set_guest();
    let scopes = vec!["user:read:user".to_owned()];
    zoom.fake
        .push_fault(Endpoint::Api, Fault::MissingScope { scopes }, Some(1));
    let mut server = Mcp::open(&home);
    let report = server.call("test_zoom_connection")["structuredContent"].clone();
    assert_eq!(report["status"], "success", "{report}");
    assert_eq!(report["missing_scopes"][0], "user:read:user", "{report}");
    said(&home, "missing scope", report["warning"].as_str().unwrap());
}
