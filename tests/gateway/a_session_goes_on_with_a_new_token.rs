use crate::scene::{running, until};
use serde_json::json;

#[test]
fn each_request_is_answered_by_the_server_that_got_it() {
    let running = running(&[]);
    let mut relay = running.open();
    let old = relay.text("pid", &json!({}));
    let first = relay.text("token", &json!({}));
    let door = running.file("door");
    let waiting = relay.begin("gate", &json!({"file": door}));
    running.refresh();
    until("the new server serves", || running.starts().len() == 2);
    let new = loop {
        let pid = relay.text("pid", &json!({}));
        if pid != old {
            break pid;
        }
    };
    let token = running.home.ctl(&["token"]).out;
    assert_eq!(relay.text("token", &json!({})), token.trim());
    assert_ne!(first, token.trim());
    assert!(crate::scene::lives(&old), "it has an answer to give");
    fs_err::write(&door, "").unwrap();
    assert_eq!(
        relay.answer(&waiting)["result"]["content"][0]["text"],
        "open"
    );
    until("the old server is gone", || !crate::scene::lives(&old));
    assert_eq!(relay.text("pid", &json!({})), new);
    assert_eq!(
        relay.untaken(),
        [] as [serde_json::Value; 0],
        "nobody noticed"
    );
}

#[test]
fn progress_and_questions_of_both_servers_reach_the_client_meanwhile() {
    let running = running(&[]);
    let mut relay = running.open();
    let old = relay.text("pid", &json!({}));
    let sampling = relay.begin("sample", &json!({}));
    let question = relay.told("sampling/createMessage");
    let working = relay.ask(
        "tools/call",
        &json!({
            "name": "progress", "arguments": {"steps": 400, "ms": 5},
            "_meta": {"progressToken": "p"},
        }),
    );
    relay.told("notifications/progress");
    running.refresh();
    while relay.text("pid", &json!({})) == old {}
    let roots = relay.begin("roots", &json!({}));
    let second = relay.told("roots/list");
    assert_ne!(question["id"], second["id"], "two servers use the same id");
    relay.send(&json!({"jsonrpc": "2.0", "id": second["id"], "result": {"roots": []}}));
    assert!(text(&relay.answer(&roots)).contains("roots"));
    relay.send(&json!({"jsonrpc": "2.0", "id": question["id"], "result": {"model": "said"}}));
    assert!(text(&relay.answer(&sampling)).contains("said"));
    relay.told("notifications/progress");
    assert_eq!(text(&relay.answer(&working)), "done");
}

#[test]
fn what_the_client_set_up_is_set_up_again_and_other_tools_are_told() {
    let running = running(&["--tool-of-token"]);
    let mut relay = running.open();
    relay.request("logging/setLevel", &json!({"level": "debug"}));
    relay.request("resources/subscribe", &json!({"uri": "stand-in:///a"}));
    let before = relay.request("tools/list", &json!({}));
    let old = relay.text("pid", &json!({}));
    running.refresh();
    relay.told("notifications/tools/list_changed");
    let after = relay.request("tools/list", &json!({}));
    assert_ne!(before, after);
    while relay.text("pid", &json!({})) == old {}
    relay.text("update", &json!({"uri": "stand-in:///a"}));
    let updated = relay.told("notifications/resources/updated");
    assert_eq!(updated["params"]["uri"], "stand-in:///a");
    let second = running.starts()[1]["pid"].clone();
    let log = running.log();
    let told = log.iter().filter(|line| line["pid"] == second);
    let methods: Vec<_> = told
        .filter_map(|line| line["received"]["method"].as_str())
        .collect();
    let replayed = [
        "initialize",
        "notifications/initialized",
        "logging/setLevel",
        "resources/subscribe",
    ];
    assert_eq!(methods[..4], replayed);
}

fn text(answer: &serde_json::Value) -> String {
    answer["result"]["content"][0]["text"]
        .as_str()
        .unwrap()
        .to_owned()
}
