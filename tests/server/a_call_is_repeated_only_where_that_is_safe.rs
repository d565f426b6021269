use crate::{failure_line, guest, home};
use black_box_tests::{Mcp, Zoom};
use fake_zoom::{Config, Endpoint, Fault, Mode};
use serde_json::{Value, json};

const LIST: &str = "GET /v2/users/me/meetings";
const CREATE: &str = "POST /v2/users/me/meetings";

/// One call of which the first requests meet `fault`; its result.
fn call(zoom: &Zoom, fault: Fault, times: u32, tool: &str, arguments: &Value) -> Value {
    zoom.fake.push_fault(Endpoint::Api, fault, Some(times));
    let home = guest(zoom);
    Mcp::open(&home).call_with(tool, arguments)
}

#[test]
fn a_read_meets_trouble_at_zoom_twice() {
    for fault in [
        Fault::ServerError { status: 502 },
        Fault::Reset,
        Fault::CutJson,
    ] {
        let zoom = Zoom::start();
        let result = call(&zoom, fault.clone(), 2, "list_meetings", &json!({}));
        assert_eq!(result["isError"], false, "{fault:?}: {result}");
        assert_eq!(
            zoom.fake.counters().api_calls(LIST, 200),
            1 + u64::from(fault == Fault::CutJson) * 2
        );
    }
}

#[test]
fn a_change_that_met_trouble_is_not_sent_again() {
    for fault in [
        Fault::ServerError { status: 502 },
        Fault::Reset,
        Fault::CutJson,
    ] {
        let zoom = Zoom::start();
        let result = call(
            &zoom,
            fault.clone(),
            1,
            "create_meeting",
            &json!({"topic": "Plan"}),
        );
        let line = failure_line(&result);
        assert!(line.contains("is not known"), "{fault:?}: {line}");
        let requests: u64 = zoom.fake.counters().api[CREATE].values().sum();
        assert_eq!(requests, 1, "{fault:?}");
    }
}

#[test]
fn a_limit_is_waited_for_by_both_because_nothing_was_done() {
    for (tool, route, done) in [
        ("list_meetings", LIST, 200),
        ("create_meeting", CREATE, 201),
    ] {
        let zoom = Zoom::start();
        let retry_after = Some("1".to_owned());
        let arguments = if done == 201 {
            json!({"topic": "Plan"})
        } else {
            json!({})
        };
        let result = call(
            &zoom,
            Fault::RateLimited { retry_after },
            1,
            tool,
            &arguments,
        );
        assert_eq!(result["isError"], false, "{result}");
        let counters = zoom.fake.counters();
        assert_eq!(
            (
                counters.api_calls(route, 429),
                counters.api_calls(route, done)
            ),
            (1, 1)
        );
    }
}

#[test]
fn a_limit_of_more_than_twenty_seconds_is_told_with_its_time() {
    let zoom = Zoom::start();
    let retry_after = Some("3600".to_owned());
    let limited = Fault::RateLimited { retry_after };
    let line = failure_line(&call(&zoom, limited, 1, "list_meetings", &json!({})));
    let told = regex::Regex::new(r"Ask again after \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\.").unwrap();
    assert!(told.is_match(&line), "{line}");
    assert_eq!(zoom.fake.counters().api_calls(LIST, 429), 1);
}

#[test]
fn a_rejected_token_is_replaced_and_the_call_repeated() {
    let zoom = Zoom::with(Config {
        mode: Mode::Single,
        ..Config::default()
    });
    let home = home(&zoom);
    let mut server = Mcp::open(&home);
    assert_eq!(server.call("list_meetings")["isError"], false);
    let before = zoom.token_requests();
    zoom.fake.revoke_all();
    let made = server.call_with("create_meeting", &json!({"topic": "Plan"}));
    assert_eq!(made["isError"], false, "{made}");
    assert_eq!(zoom.token_requests(), before + 1);
    let counters = zoom.fake.counters();
    assert_eq!(
        (
            counters.api_calls(CREATE, 401),
            counters.api_calls(CREATE, 201)
        ),
        (1, 1)
    );
}

#[test]
fn a_second_rejection_is_told_and_costs_no_other_token() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let before = zoom.token_requests();
    zoom.fake
        .push_fault(Endpoint::Api, Fault::TokenRejected, None);
    let line = failure_line(&Mcp::open(&home).call("list_meetings"));
    assert!(line.contains("a new one too"), "{line}");
    assert_eq!(zoom.token_requests(), before + 1);
    assert_eq!(zoom.fake.counters().api_calls(LIST, 401), 2);
}
