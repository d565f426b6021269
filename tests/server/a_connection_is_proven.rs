use crate::home;
use black_box_tests::{Home, Mcp, Zoom};
use fake_zoom::App;
use serde_json::json;

#[test]
fn by_the_server_alone() {
    let zoom = Zoom::start();
    let mut home = Home::new(&zoom);
    home.set_guest();
    proves(&home);
    assert_eq!(zoom.token_requests(), 1);
}

#[test]
fn with_the_token_of_a_keeper() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    proves(&home);
    assert_eq!(watch.interrupt(), Some(0));
    assert_eq!(zoom.token_requests(), 1, "that of `accounts add`");
}

fn proves(home: &Home) {
    let app = App::default();
    let mut server = Mcp::open(home);
    let result = server.call("test_zoom_connection");
    assert_eq!(result["isError"], false, "{result}");
    let report = &result["structuredContent"];
    assert_eq!(report["status"], "success", "{report}");
    assert_eq!(report["account_id"], app.account_id);
    assert_eq!(report["client_id"], app.client_id);
    assert_eq!(report["token_cached"], true);
    assert_eq!(report["missing_scopes"], json!([]));
    assert!(report.get("warning").is_none(), "{report}");
    let status = server.call("zoom_token_status")["structuredContent"].clone();
    assert_eq!(status["state"], "fresh", "{status}");
    assert_eq!(status["account_id"], app.account_id);
    assert!(
        status["remaining_seconds"].as_u64().unwrap() > 3500,
        "{status}"
    );
    let token = home.ctl(&["token"]).out;
    let closed = server.close();
    assert_eq!(closed.code, Some(0), "{}", closed.err);
    assert!(
        !closed.frames.contains(token.trim()),
        "no frame holds the token"
    );
}
