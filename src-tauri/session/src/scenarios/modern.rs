//! A new child behind a session of the stateless era.

use super::stage::{
    Stage, call, error, notification, request, result, rotating, to_child, to_client,
};
use crate::era::Era;

const PROBE: &str = r#"{"jsonrpc":"2.0","id":"zoomtray-tools","method":"tools/list","params":{}}"#;
const LISTEN: &str = r#"{"jsonrpc":"2.0","id":"l","method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true}}}"#;
const OVER: &str = r#"{"jsonrpc":"2.0","id":"l","result":{"resultType":"complete","_meta":{"io.modelcontextprotocol/subscriptionId":"l"}}}"#;

fn session() -> Stage {
    let mut stage = Stage::with_token(rotating());
    stage.up(1);
    stage.list_tools("0", 1, "[]");
    assert_eq!(stage.session.era(), Era::Modern);
    stage
}

fn stream(method: &str, more: &str) -> String {
    let params = format!(r#"{{"_meta":{{"io.modelcontextprotocol/subscriptionId":"l"}}{more}}}"#);
    notification(method, &params)
}

fn acknowledged(filter: &str) -> String {
    let more = format!(r#","notifications":{filter}"#);
    stream("notifications/subscriptions/acknowledged", &more)
}

fn granted() -> String {
    acknowledged(r#"{"toolsListChanged":true}"#)
}

/// Child 1 has a granted stream.
fn listening() -> Stage {
    let mut stage = session();
    assert_eq!(stage.client(LISTEN), [to_child(1, LISTEN)]);
    assert_eq!(stage.child(1, &granted()), [to_client(granted())]);
    stage
}

fn probe_answered(tools: &str) -> String {
    result("\"zoomtray-tools\"", &format!(r#"{{"tools":{tools}}}"#))
}

#[test]
fn nothing_is_replayed_and_the_new_child_is_used_once_it_answers() {
    let mut stage = session();
    stage.client(&request("1", "logging/setLevel", r#"{"level":"info"}"#));
    stage.child(1, &result("1", "{}"));
    assert_eq!(stage.token(2), ["start 2 Rotation"]);
    assert_eq!(stage.up(2), [to_child(2, PROBE)]);
    assert_eq!(stage.client(&call("2")), [to_child(1, call("2"))]);
    assert_eq!(stage.child(2, &probe_answered("[]")), [""; 0]);
    assert_eq!(stage.client(&call("3")), [to_child(2, call("3"))]);
}

#[test]
fn a_stream_goes_on_with_the_new_child_unnoticed() {
    let mut stage = listening();
    stage.token(2);
    assert_eq!(stage.up(2), [to_child(2, PROBE), to_child(2, LISTEN)]);
    assert_eq!(stage.child(2, &granted()), [""; 0], "the same again");
    let changed = stream("notifications/tools/list_changed", "");
    assert_eq!(stage.child(1, &changed), [""; 0]);
    assert_eq!(stage.child(2, &changed), [to_client(&changed)]);
    assert_eq!(
        stage.child(2, &probe_answered("[]")),
        ["end 1"],
        "a stream keeps no child"
    );
}

#[test]
fn the_old_child_cannot_end_a_stream_that_has_moved_on() {
    let mut stage = listening();
    stage.client(&call("1"));
    stage.token(2);
    stage.up(2);
    stage.child(2, &granted());
    stage.child(2, &probe_answered("[]"));
    assert_eq!(stage.child(1, OVER), [""; 0]);
    assert_eq!(stage.child(2, OVER), [to_client(OVER)]);
}

#[test]
fn a_stream_that_is_granted_otherwise_is_ended_so_that_the_client_listens_again() {
    let mut stage = listening();
    stage.token(2);
    stage.up(2);
    let effects = stage.child(2, &acknowledged("{}"));
    assert_eq!(effects.last(), Some(&to_client(OVER)), "{effects:?}");
    let cancelled = effects
        .iter()
        .filter(|line| line.contains("notifications/cancelled"));
    assert_eq!(cancelled.count(), 2, "both children are told");
    assert_eq!(
        stage.child(2, &stream("notifications/tools/list_changed", "")),
        [""; 0]
    );
    assert_eq!(stage.child(2, &result("\"l\"", "{}")), [""; 0]);
}

#[test]
fn a_stream_that_the_new_child_rejects_is_ended() {
    let mut stage = listening();
    stage.token(2);
    stage.up(2);
    let effects = stage.child(2, &error("\"l\""));
    assert_eq!(effects.last(), Some(&to_client(OVER)));
}

#[test]
fn a_stream_outlives_a_crash() {
    let mut stage = listening();
    assert_eq!(stage.exit(1), ["start 2 Lost"]);
    assert_eq!(stage.up(2), [to_child(2, PROBE), to_child(2, LISTEN)]);
    assert_eq!(stage.child(2, &granted()), [""; 0]);
}

#[test]
fn a_stream_stays_with_the_old_child_when_the_new_one_ends() {
    let mut stage = listening();
    stage.token(2);
    stage.up(2);
    stage.child(2, &granted());
    stage.exit(2);
    let changed = stream("notifications/tools/list_changed", "");
    assert_eq!(stage.child(1, &changed), [to_client(&changed)]);
}

#[test]
fn a_cancelled_stream_is_forgotten() {
    let mut stage = listening();
    let cancel = notification("notifications/cancelled", r#"{"requestId":"l"}"#);
    assert_eq!(stage.client(&cancel), [to_child(1, &cancel)]);
    stage.token(2);
    assert_eq!(stage.up(2), [to_child(2, PROBE)]);
}

#[test]
fn a_stream_that_the_server_ends_is_over() {
    let mut stage = listening();
    let cancel = notification("notifications/cancelled", r#"{"requestId":"l"}"#);
    let effects = stage.child(1, &cancel);
    assert_eq!(effects.last(), Some(&to_client(&cancel)));
    let mut stage = listening();
    assert_eq!(stage.child(1, OVER), [to_client(OVER)]);
    stage.token(2);
    assert_eq!(stage.up(2), [to_child(2, PROBE)]);
}

#[test]
fn a_different_tool_list_is_told_on_the_stream_that_asked_for_it() {
    let mut stage = listening();
    stage.token(2);
    stage.up(2);
    stage.child(2, &granted());
    let effects = stage.child(2, &probe_answered("[1]"));
    let told = stream("notifications/tools/list_changed", "");
    assert_eq!(effects, [to_client(told), "end 1".into()]);
}

#[test]
fn input_reaches_the_child_that_asked_for_it() {
    let mut stage = session();
    stage.client(&call("1"));
    let asks = r#"{"resultType":"input_required","requestState":"s","inputRequests":{}}"#;
    stage.child(1, &result("1", asks));
    stage.token(2);
    stage.up(2);
    assert_eq!(
        stage.child(2, &probe_answered("[]")),
        [""; 0],
        "the old one waits"
    );
    let retry = r#"{"name":"get_user","requestState":"s","inputResponses":{}}"#;
    let retry = request("2", "tools/call", retry);
    assert_eq!(stage.client(&retry), [to_child(1, &retry)]);
    let answer = result("2", r#"{"resultType":"complete"}"#);
    assert_eq!(
        stage.child(1, &answer),
        [to_client(&answer), "end 1".into()]
    );
}

#[test]
fn input_without_a_state_is_known_by_its_call() {
    let mut stage = session();
    stage.client(&call("1"));
    stage.child(
        1,
        &result("1", r#"{"resultType":"input_required","inputRequests":{}}"#),
    );
    stage.token(2);
    stage.up(2);
    stage.child(2, &probe_answered("[]"));
    let other = request("2", "tools/call", r#"{"name":"b","inputResponses":{}}"#);
    assert_eq!(stage.client(&other), [to_child(2, &other)]);
    let retry = request(
        "3",
        "tools/call",
        r#"{"name":"get_user","inputResponses":{}}"#,
    );
    assert_eq!(stage.client(&retry), [to_child(1, &retry)]);
}

#[test]
fn input_that_does_not_come_is_waited_for_thirty_seconds() {
    let mut stage = session();
    stage.client(&call("1"));
    stage.child(
        1,
        &result("1", r#"{"resultType":"input_required","inputRequests":{}}"#),
    );
    stage.token(2);
    stage.up(2);
    stage.child(2, &probe_answered("[]"));
    assert_eq!(stage.pass(29), [""; 0]);
    assert_eq!(stage.pass(1), ["end 1"]);
    let retry = r#"{"name":"get_user","inputResponses":{}}"#;
    let retry = request("2", "tools/call", retry);
    assert_eq!(stage.client(&retry), [to_child(2, &retry)]);
}

#[test]
fn a_task_is_followed_to_the_child_that_has_it() {
    let mut stage = session();
    stage.client(&call("1"));
    stage.child(
        1,
        &result(
            "1",
            r#"{"resultType":"task","taskId":"t","status":"working"}"#,
        ),
    );
    stage.token(2);
    stage.up(2);
    stage.child(2, &probe_answered("[]"));
    let get = request("2", "tasks/get", r#"{"taskId":"t"}"#);
    assert_eq!(stage.client(&get), [to_child(1, &get)]);
    let done = result(
        "2",
        r#"{"resultType":"complete","taskId":"t","status":"completed"}"#,
    );
    assert_eq!(stage.child(1, &done), [to_client(&done)]);
    assert_eq!(stage.pass(30), ["end 1"]);
}
