use crate::{home, strict_zoom};
use black_box_tests::Mcp;

const ME: &str = "GET /v2/users/me";

#[test]
fn although_it_killed_the_one_the_session_had() {
    let zoom = strict_zoom();
    let home = home(&zoom);
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    let mut server = Mcp::open(&home);
    assert_eq!(server.call("test_zoom_connection")["isError"], false);
    let refreshed = home.ctl(&["refresh"]);
    assert_eq!(refreshed.code, Some(0), "{}", refreshed.err);
    let result = server.call("test_zoom_connection");
    assert_eq!(result["structuredContent"]["status"], "success", "{result}");
    let counters = zoom.fake.counters();
    assert_eq!(
        (counters.api_calls(ME, 200), counters.api_calls(ME, 401)),
        (2, 0)
    );
    assert_eq!(
        counters.token.requests, 2,
        "that of `accounts add`, and the refresh"
    );
    assert_eq!(counters.complaints, Vec::<String>::new());
    watch.interrupt();
}

#[test]
fn also_by_one_that_opened_alone_before_the_keeper() {
    let zoom = strict_zoom();
    let home = home(&zoom);
    let mut server = Mcp::open(&home);
    assert_eq!(server.call("test_zoom_connection")["isError"], false);
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    assert_eq!(home.ctl(&["refresh"]).code, Some(0));
    let result = server.call("test_zoom_connection");
    assert_eq!(result["structuredContent"]["status"], "success", "{result}");
    assert_eq!(
        zoom.token_requests(),
        2,
        "that of `accounts add`, and the refresh"
    );
    watch.interrupt();
}
