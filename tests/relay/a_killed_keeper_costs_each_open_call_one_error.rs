use crate::stage::{Relay, SERVER, connect_server, hold_starts, logged, text};
use black_box_tests::{Home, Watch, Zoom, wait_until};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Calls in all, and those that the first keeper has in hand when it is killed.
const CALLS: u64 = 1_000;
const IN_HAND: u64 = 10;

#[test]
fn and_no_call_is_made_twice() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    assert_eq!(home.add_account().code, Some(0));
    let _none_is_started = hold_starts(&home);
    let keeper = connect_server(&home);
    let mut relay = Relay::start(&home, SERVER);
    relay.open();

    let mut answers = BTreeMap::new();
    for id in 0..CALLS / 2 {
        relay.begin(&json!(id), "echo", &json!({"number": id}));
    }
    take(&relay, &mut answers, CALLS / 2);
    for id in CALLS / 2..CALLS / 2 + IN_HAND {
        relay.begin(&json!(id), "never", &json!({"number": id}));
    }
    wait_until(home.path(), || {
        calls(&home).len() as u64 >= CALLS / 2 + IN_HAND
    });
    kill(&keeper);
    for id in CALLS / 2 + IN_HAND..CALLS {
        relay.begin(&json!(id), "echo", &json!({"number": id}));
    }
    let mut next = home.watch(&[]);
    next.read_until("✅");
    take(&relay, &mut answers, CALLS / 2);

    let made = calls(&home);
    for id in 0..CALLS {
        let answer = &answers[&id];
        let times = made.iter().filter(|number| **number == id).count();
        if (CALLS / 2..CALLS / 2 + IN_HAND).contains(&id) {
            assert_eq!(answer["result"]["isError"], true, "{answer}");
            assert!(text(answer).contains("was not sent again"), "{answer}");
            assert_eq!(times, 1, "call {id}");
        } else if answer["result"]["isError"] == true {
            // Sent into the socket of a keeper that was already dead.
            assert!(text(answer).contains("was not sent again"), "{answer}");
            assert!(times <= 1, "call {id} was made {times} times");
        } else {
            assert_eq!(answer["result"]["structuredContent"]["number"], id);
            assert_eq!(times, 1, "call {id}");
        }
    }
    assert!(relay.close().success());
}

/// Takes so many answers in; each id is answered once.
fn take(relay: &Relay, answers: &mut BTreeMap<u64, Value>, count: u64) {
    for _ in 0..count {
        let answer = relay.next();
        let id = answer["id"].as_u64().unwrap_or_else(|| panic!("{answer}"));
        assert!(
            answers.insert(id, answer).is_none(),
            "{id} is answered twice"
        );
    }
}

/// The numbers of the calls that servers have heard of.
fn calls(home: &Home) -> Vec<u64> {
    let heard = logged(home)
        .into_iter()
        .map(|mut line| line["received"].take());
    let calls = heard.filter(|message| message["method"] == "tools/call");
    calls
        .filter_map(|call| call["params"]["arguments"]["number"].as_u64())
        .collect()
}

fn kill(keeper: &Watch) {
    let pid = Pid::from_raw(keeper.pid().cast_signed()).unwrap();
    kill_process(pid, Signal::KILL).unwrap();
}

#[test]
fn nor_is_a_session_lost_that_was_idle() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    assert_eq!(home.add_account().code, Some(0));
    let _none_is_started = hold_starts(&home);
    let keeper = connect_server(&home);
    let mut relay = Relay::start(&home, SERVER);
    relay.open();
    kill(&keeper);
    drop(keeper);
    let mut next = home.watch(&[]);
    next.read_until("✅");
    let answer = relay.call("echo", &json!({"number": 1}));
    assert_eq!(answer["result"]["structuredContent"]["number"], 1);
    assert_eq!(
        methods_of_last_caller(&home),
        ["initialize", "notifications/initialized", "tools/call"],
        "the next server was told the opening"
    );
}

/// What the server that was called last has heard, in order.
fn methods_of_last_caller(home: &Home) -> Vec<String> {
    let log = logged(home);
    let call = |line: &&Value| line["received"]["method"] == "tools/call";
    let server = log.iter().rfind(call).unwrap()["pid"].clone();
    let heard = log.iter().filter(|line| line["pid"] == server);
    let methods = heard.filter_map(|line| line["received"]["method"].as_str());
    methods.map(str::to_owned).collect()
}
