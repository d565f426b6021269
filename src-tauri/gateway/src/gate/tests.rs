//! The gate as sessions, people and the next keeper meet it.

use super::{
    Activity, ActivityReader, Admission, Answering, Caller, Decided, End, Gate, GatePlaces,
    Outcome, PolicyKind, Waited,
};
use policy::{Answer, Now, Origin, QuestionId};
use session::{Era, Frame, Kind, Line, Message, Splitter};
use std::cell::Cell;
use std::path::Path;
use tempfile::TempDir;

const POLICY: &str = r#"{ "version": "1", "default": "allow", "hide": ["hidden"], "tools": {
    "limited": { "rate_limit": { "max": 2, "window": "minute", "scope": "grant" } },
    "asked": { "approval": { "timeout_s": 50 } },
    "denied": { "action": "deny", "reason": "Ask the host." } } }"#;

/// Milliseconds of both clocks when a test begins.
const BEGIN_MS: i64 = 1_795_273_650_000;

thread_local! {
    /// How many milliseconds have passed since: a test is one thread.
    static PASSED_MS: Cell<i64> = Cell::default();
}

fn pass_ms(ms: i64) {
    PASSED_MS.set(PASSED_MS.get() + ms);
}

fn now() -> Now {
    let ms = BEGIN_MS + PASSED_MS.get();
    Now {
        wall_ms: ms,
        boot_ms: ms,
    }
}

struct Stage {
    folder: TempDir,
    gate: Gate,
}

fn places(folder: &Path) -> GatePlaces {
    GatePlaces {
        policy: folder.join("policy.json"),
        last_good: folder.join("last_good.json"),
        counters: folder.join("counters.json"),
        activity: folder.join("activity"),
    }
}

impl Stage {
    fn new(policy: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs_err::write(places(folder.path()).policy, policy).unwrap();
        let gate = Gate::open(places(folder.path()), now);
        Self { folder, gate }
    }

    /// The next keeper.
    async fn reopened(self) -> Self {
        self.gate.finish().await;
        let gate = Gate::open(places(self.folder.path()), now);
        Self {
            folder: self.folder,
            gate,
        }
    }

    fn caller(&self, session: &str) -> Caller {
        self.gate.caller(Origin {
            session: session.to_owned(),
            entry: "zoom".to_owned(),
            account: "work".to_owned(),
        })
    }

    fn edit(&self, policy: &str) {
        fs_err::write(places(self.folder.path()).policy, policy).unwrap();
        self.gate.look_again();
    }

    fn question(&self) -> QuestionId {
        self.gate.standing().borrow().questions[0].id
    }

    async fn activity(&self) -> Vec<Activity> {
        self.gate.finish().await;
        let mut reader = ActivityReader::new(&places(self.folder.path()).activity);
        reader.read().unwrap()
    }
}

fn message(json: &str) -> Message {
    match Splitter::default()
        .feed(format!("{json}\n").as_bytes())
        .remove(0)
    {
        Line::Message(message) => message,
        other => panic!("{other:?}"),
    }
}

fn call(tool: &str, arguments: &str) -> Message {
    message(&format!(
        r#"{{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{{"name":"{tool}","arguments":{arguments},"_meta":{{"progressToken":1}}}}}}"#
    ))
}

fn admit(caller: &Caller, tool: &str) -> Admission {
    caller.admit(&call(tool, r#"{"topic":"planted"}"#), Era::Legacy)
}

fn words(admission: Admission) -> String {
    match admission {
        Admission::Answer(frame) => frame.json().to_owned(),
        other => panic!("{other:?}"),
    }
}

fn forward(admission: Admission) {
    match admission {
        Admission::Forward(pass) => pass.ended(End::Answered),
        other => panic!("{other:?}"),
    }
}

fn wait(admission: Admission) -> super::Waiting {
    match admission {
        Admission::Wait(waiting) => waiting,
        other => panic!("{other:?}"),
    }
}

/// What ends the waiting, progress passed over.
async fn end(waiting: &mut super::Waiting) -> Waited {
    loop {
        match waiting.next().await {
            Waited::Progress(_) => {}
            other => return other,
        }
    }
}

#[tokio::test]
async fn a_denial_names_the_rule_and_hides_no_reason() {
    let stage = Stage::new(POLICY);
    let answer = words(admit(&stage.caller("a"), "denied"));
    assert!(
        answer.contains("/tools/denied/action") && answer.contains("Ask the host."),
        "{answer}"
    );
    assert!(answer.contains(r#""isError":true"#), "{answer}");
    assert!(words(admit(&stage.caller("a"), "hidden")).contains("/hide/0"));
}

#[tokio::test]
async fn limits_hold_over_sessions_and_keepers() {
    let stage = Stage::new(POLICY);
    forward(admit(&stage.caller("a"), "limited"));
    forward(admit(&stage.caller("b"), "limited"));
    assert!(words(admit(&stage.caller("c"), "limited")).contains("2 calls a minute"));
    let stage = stage.reopened().await;
    assert!(words(admit(&stage.caller("c"), "limited")).contains("2 calls a minute"));
    pass_ms(60_001);
    forward(admit(&stage.caller("c"), "limited"));
}

#[tokio::test]
async fn what_reached_no_server_is_not_counted() {
    let stage = Stage::new(POLICY);
    for _ in 0..5 {
        match admit(&stage.caller("a"), "limited") {
            Admission::Forward(mut pass) => {
                pass.forwarded();
                pass.ended(End::Unsent);
            }
            other => panic!("{other:?}"),
        }
        drop(admit(&stage.caller("a"), "limited"));
    }
    let stage = stage.reopened().await;
    forward(admit(&stage.caller("a"), "limited"));
}

#[tokio::test]
async fn an_allowed_call_is_forwarded_and_a_denied_one_answered() {
    let stage = Stage::new(POLICY);
    let mut waiting = wait(admit(&stage.caller("a"), "asked"));
    assert_eq!(
        stage.gate.answer(stage.question(), Answer::Allow),
        Answering::Forwarded
    );
    match end(&mut waiting).await {
        Waited::Forward(pass) => pass.ended(End::Answered),
        other => panic!("{other:?}"),
    }
    let mut waiting = wait(admit(&stage.caller("a"), "asked"));
    let question = stage.question();
    let denied = stage.gate.answer(question, Answer::Deny);
    assert!(matches!(denied, Answering::Denied(_)), "{denied:?}");
    match end(&mut waiting).await {
        Waited::Answer(frame) => assert!(frame.json().contains("/tools/asked/approval")),
        other => panic!("{other:?}"),
    }
    assert_eq!(
        stage.gate.answer(question, Answer::Allow),
        Answering::Unknown
    );
    assert!(stage.gate.standing().borrow().questions.is_empty());
}

#[tokio::test(start_paused = true)]
async fn without_an_answer_in_time_it_is_denied_and_a_late_one_holds() {
    let stage = Stage::new(POLICY);
    let caller = stage.caller("a");
    let mut waiting = wait(admit(&caller, "asked"));
    match waiting.next().await {
        Waited::Progress(frame) => assert!(frame.json().contains(r#""total":50"#)),
        other => panic!("{other:?}"),
    }
    pass_ms(50_000);
    match end(&mut waiting).await {
        Waited::Answer(frame) => assert!(frame.json().contains("within 50 s")),
        other => panic!("{other:?}"),
    }
    let kept = stage.gate.answer(stage.question(), Answer::Allow);
    assert!(matches!(kept, Answering::Kept(_)), "{kept:?}");
    forward(admit(&stage.caller("another session"), "asked"));
    drop(wait(admit(&caller, "asked")));
}

#[tokio::test]
async fn a_client_that_goes_withdraws_its_question() {
    let stage = Stage::new(POLICY);
    let waiting = wait(admit(&stage.caller("a"), "asked"));
    let question = stage.question();
    drop(waiting);
    assert!(stage.gate.standing().borrow().questions.is_empty());
    assert_eq!(
        stage.gate.answer(question, Answer::Allow),
        Answering::Unknown
    );
}

#[tokio::test]
async fn an_answer_that_nobody_takes_counts_under_no_limit() {
    let stage = Stage::new(
        r#"{ "version": "1", "default": "deny", "tools": { "asked": {
            "approval": {}, "rate_limit": { "max": 1, "window": "minute", "scope": "grant" } } } }"#,
    );
    for _ in 0..3 {
        let waiting = wait(admit(&stage.caller("a"), "asked"));
        stage.gate.answer(stage.question(), Answer::Allow);
        drop(waiting);
        forward_unsent(admit(&stage.caller("a"), "asked"));
        assert!(
            stage.gate.standing().borrow().questions.is_empty(),
            "what was allowed is used"
        );
        pass_ms(6 * 60_000);
    }
}

fn forward_unsent(admission: Admission) {
    match admission {
        Admission::Forward(pass) => pass.ended(End::Unsent),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_call_too_long_for_a_person_is_denied() {
    let stage = Stage::new(POLICY);
    let long = format!(r#"{{"text":"{}"}}"#, "x".repeat(super::LONGEST_ASKED));
    let answer = words(stage.caller("a").admit(&call("asked", &long), Era::Legacy));
    assert!(answer.contains("over 64 KiB"), "{answer}");
    assert!(stage.gate.standing().borrow().questions.is_empty());
}

#[tokio::test]
async fn a_call_that_names_its_tool_twice_or_is_no_request_passes_nobody() {
    let stage = Stage::new(POLICY);
    let twice =
        r#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"a","name":"denied"}}"#;
    let answer = words(stage.caller("a").admit(&message(twice), Era::Legacy));
    assert!(answer.contains("names no tool"), "{answer}");
    let silent = r#"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"denied"}}"#;
    let ignored = stage.caller("a").admit(&message(silent), Era::Legacy);
    assert!(matches!(ignored, Admission::Ignore), "{ignored:?}");
}

#[tokio::test]
async fn an_edit_takes_effect_and_one_with_a_mistake_does_not() {
    let stage = Stage::new(POLICY);
    let differ = stage.gate.lists_differ();
    stage.edit("{ \"version\": \"1\",\n \"default\": 7 }");
    let policy = stage.gate.standing().borrow().policy.clone();
    assert_eq!(policy.kind, PolicyKind::LastGood);
    assert!(
        policy.mistakes[0].starts_with("line 2, /default"),
        "{policy:?}"
    );
    assert!(!differ.has_changed().unwrap());
    words(admit(&stage.caller("a"), "denied"));

    let stage = stage.reopened().await;
    words(admit(&stage.caller("a"), "denied"));
    forward(admit(&stage.caller("a"), "other"));

    let differ = stage.gate.lists_differ();
    stage.edit(r#"{ "version": "1", "default": "allow" }"#);
    assert!(differ.has_changed().unwrap());
    forward(admit(&stage.caller("a"), "denied"));

    let differ = stage.gate.lists_differ();
    stage.gate.look_again();
    assert!(!differ.has_changed().unwrap(), "nothing was edited");
}

#[tokio::test]
async fn with_mistakes_from_the_start_everything_is_denied_and_without_a_file_nothing() {
    let stage = Stage::new("{");
    assert!(words(admit(&stage.caller("a"), "any")).contains("line 1"));
    fs_err::remove_file(places(stage.folder.path()).policy).unwrap();
    stage.gate.look_again();
    assert_eq!(
        stage.gate.standing().borrow().policy.kind,
        PolicyKind::Nothing
    );
    forward(admit(&stage.caller("a"), "any"));
}

#[tokio::test]
async fn a_deleted_policy_does_not_come_back() {
    let stage = Stage::new(POLICY);
    fs_err::remove_file(places(stage.folder.path()).policy).unwrap();
    stage.gate.look_again();
    fs_err::write(places(stage.folder.path()).policy, "{").unwrap();
    let stage = stage.reopened().await;
    assert_eq!(
        stage.gate.standing().borrow().policy.kind,
        PolicyKind::Broken
    );
}

#[tokio::test]
async fn the_log_tells_each_call_without_a_value() {
    let stage = Stage::new(POLICY);
    forward(admit(&stage.caller("a"), "other"));
    words(admit(&stage.caller("a"), "denied"));
    drop(wait(admit(&stage.caller("a"), "asked")));
    drop(admit(&stage.caller("a"), "limited"));
    let told = stage.activity().await;
    assert!(told.iter().all(|one| !one.line.contains("planted")));
    let told: Vec<_> = told.into_iter().map(|one| one.record).collect();
    let what: Vec<_> = told
        .iter()
        .map(|one| (one.tool.as_str(), one.decision, one.outcome))
        .collect();
    assert_eq!(
        what,
        [
            ("other", Decided::Allowed, Some(Outcome::Answered)),
            ("denied", Decided::Denied, None),
            ("asked", Decided::Withdrawn, None),
            ("limited", Decided::Allowed, Some(Outcome::Unsent)),
        ]
    );
    assert_eq!(told[0].rule.as_deref(), Some("/default"));
    assert_eq!(told[1].rule.as_deref(), Some("/tools/denied/action"));
    assert_eq!(told[0].arguments, ["topic"]);
    assert_eq!(told[0].time, "2026-11-21T15:07:30Z");
}

#[tokio::test]
async fn days_that_are_past_are_removed_when_one_begins() {
    let stage = Stage::new(POLICY);
    let folder = places(stage.folder.path()).activity;
    files::private_folder(&folder).unwrap();
    for day in ["2026-11-14", "2026-11-15"] {
        fs_err::write(folder.join(format!("{day}.jsonl")), "").unwrap();
    }
    forward(admit(&stage.caller("a"), "other"));
    assert_eq!(stage.activity().await.len(), 1);
    let days = super::activity::days(&folder).unwrap();
    assert_eq!(days, ["2026-11-15.jsonl", "2026-11-21.jsonl"]);
}

/// What the client gets of this answer.
fn filtered(stage: &Stage, json: &str) -> Frame {
    let answer = message(json);
    let Kind::Answer { id, .. } = answer.kind().clone() else {
        panic!("{answer:?}");
    };
    stage.caller("a").filter(&id, answer.into_frame())
}

#[tokio::test]
async fn hidden_tools_are_not_listed_and_are_known_nevertheless() {
    let stage = Stage::new(POLICY);
    let list =
        r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"hidden"},{"name":"other"}]}}"#;
    let shown = filtered(&stage, list);
    assert_eq!(
        shown.json(),
        r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"other"}]}}"#
    );
    let names = stage.gate.tools("zoom").unwrap().into_iter();
    assert_eq!(
        names.map(|tool| tool.name).collect::<Vec<_>>(),
        ["hidden", "other"]
    );
}

#[tokio::test]
async fn a_past_day_that_stays_loses_no_call() {
    let stage = Stage::new(POLICY);
    let folder = places(stage.folder.path()).activity;
    files::private_folder(&folder).unwrap();
    // No file, so that it is not removed as one.
    fs_err::create_dir_all(folder.join("2026-11-13.jsonl")).unwrap();
    fs_err::write(folder.join("2026-11-14.jsonl"), "").unwrap();
    forward(admit(&stage.caller("a"), "other"));
    stage.gate.finish().await;
    let told = fs_err::read_to_string(folder.join("2026-11-21.jsonl")).unwrap();
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(!folder.join("2026-11-14.jsonl").exists());
}

#[tokio::test]
async fn counts_that_could_not_be_kept_are_kept_later() {
    let stage = Stage::new(POLICY);
    let counters = places(stage.folder.path()).counters;
    fs_err::create_dir_all(counters.join("in the way")).unwrap();
    forward(admit(&stage.caller("a"), "limited"));
    stage.gate.finish().await;
    fs_err::remove_dir_all(&counters).unwrap();
    stage.gate.finish().await;
    assert!(counters.is_file());
}

#[tokio::test]
async fn what_cannot_be_read_in_a_list_passes_only_where_nothing_is_hidden() {
    let tool = r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":7},{"name":"other"}]}}"#;
    let list = r#"{"jsonrpc":"2.0","id":1,"result":{"tools":{"hidden":{}}}}"#;
    let error = r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"later"}}"#;
    let hiding = Stage::new(POLICY);
    assert_eq!(
        filtered(&hiding, tool).json(),
        r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"other"}]}}"#
    );
    let answer = filtered(&hiding, list);
    assert!(
        answer
            .json()
            .starts_with(r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32603"#),
        "{answer:?}"
    );
    assert_eq!(filtered(&hiding, error).json(), error);
    let open = Stage::new(r#"{ "version": "1", "default": "allow" }"#);
    for json in [tool, list, error] {
        assert_eq!(filtered(&open, json).json(), json);
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_after_the_time_is_up_is_late_although_nobody_looked_at_the_clock() {
    let stage = Stage::new(POLICY);
    let mut waiting = wait(admit(&stage.caller("a"), "asked"));
    let question = stage.question();
    pass_ms(50_000);
    let kept = stage.gate.answer(question, Answer::Allow);
    assert!(matches!(kept, Answering::Kept(_)), "{kept:?}");
    match end(&mut waiting).await {
        Waited::Answer(frame) => assert!(frame.json().contains("within 50 s")),
        other => panic!("{other:?}"),
    }
}
