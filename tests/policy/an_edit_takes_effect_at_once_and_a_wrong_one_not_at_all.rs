use crate::stage::{Stage, denied, echoed, policy_file};
use serde_json::json;

#[test]
fn and_says_where_it_is_wrong() {
    let mut stage = Stage::new(Some(&json!({"version": "1", "default": "allow"})));
    let mut session = stage.session();
    echoed(&session.call("echo"));

    let denying =
        json!({"version": "1", "default": "allow", "tools": {"echo": {"action": "deny"}}});
    stage.edit(&denying.to_string(), "in force");
    denied(&session.call("echo"));

    stage.edit(
        "{\n  \"version\": \"1\",\n  \"default\": \"maybe\"\n}",
        "has a mistake",
    );
    denied(&session.call("echo"));
    echoed(&session.call("read_thing"));
    let doctor = stage.home.ctl(&["doctor"]).out;
    let line = doctor
        .lines()
        .find(|line| line.contains(" policy: "))
        .unwrap();
    stage.said("doctor, a policy with a mistake", line);

    // A keeper that finds the mistake at its start goes on with the copy.
    stage.restart_keeper();
    let mut session = stage.session();
    denied(&session.call("echo"));
    echoed(&session.call("read_thing"));

    fs_err::remove_file(policy_file(&stage.home)).unwrap();
    stage.keeper.read_until("every call is forwarded");
    echoed(&session.call("echo"));
}

#[test]
fn and_one_that_was_wrong_from_the_start_denies_every_call() {
    let mut stage = Stage::new(Some(&json!({"version": "1"})));
    let mut session = stage.session();
    stage.said("denied by a broken policy", denied(&session.call("echo")));
    stage.edit(
        &json!({"version": "1", "default": "allow"}).to_string(),
        "in force",
    );
    echoed(&session.call("echo"));
}

#[test]
fn and_without_a_file_every_call_is_forwarded() {
    let stage = Stage::new(None);
    echoed(&stage.session().call("delete_thing"));
    let doctor = stage.home.ctl(&["doctor"]).out;
    let line = doctor
        .lines()
        .find(|line| line.contains(" policy: "))
        .unwrap();
    stage.said("doctor, no policy", line);
    assert_eq!(stage.activity(1)[0]["rule"], json!(null));
}
