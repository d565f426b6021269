//! Episodes, told as what a user sees.

use super::{Message, Notice, Said, due, next_due};
use crate::clock::Clock;
use crate::fixture::{
    EXPIRES, account, before, question, snapshot, suspended, waiting, without_token,
};
use control::{
    AccountView, AlertView, Drift, EntryMode, EntryView, RefreshOutcome, RefreshView,
    RestartQuestion, Snapshot, Step, StepResult,
};
use jiff::tz::TimeZone;
use lifecycle::{Activity, Span, SuspendReason, WaitReason, WallTime};

/// A user who reads every notification.
#[derive(Default)]
struct Reader(Said);

impl Reader {
    fn sees(&mut self, snapshot: &Snapshot, now: WallTime) -> Vec<Notice> {
        let messages = self.is_shown(snapshot, now).into_iter();
        let notice = |message| match message {
            Message::Say(notice) => notice,
            other => panic!("{other:?}"),
        };
        messages.map(notice).collect()
    }

    fn is_shown(&mut self, snapshot: &Snapshot, now: WallTime) -> Vec<Message> {
        let clock = Clock::in_zone(TimeZone::UTC);
        let (said, notices) = due(&self.0, snapshot, now, &clock);
        let (again, repeated) = due(&said, snapshot, now, &clock);
        assert_eq!(
            (&again, repeated.len()),
            (&said, 0),
            "nothing is said twice"
        );
        self.0 = said;
        notices
    }

    fn titles(&mut self, snapshot: &Snapshot, now: WallTime) -> Vec<String> {
        self.sees(snapshot, now)
            .into_iter()
            .map(|notice| notice.title)
            .collect()
    }
}

fn failed(outcome: RefreshOutcome, message: &str) -> RefreshView {
    RefreshView {
        at: before(6),
        outcome,
        message: message.to_owned(),
        detail: None,
    }
}

/// The account with a new token of an hour from [`EXPIRES`] on.
fn renewed(mut account: AccountView) -> AccountView {
    let expires = WallTime(EXPIRES.0 + 3_600_000);
    account.condition.token = Some(Span {
        issued: EXPIRES,
        expires,
    });
    account.condition.activity = Activity::Idle;
    account.generation = account
        .generation
        .map(|generation| generation + 1)
        .or(Some(1));
    account.last_refresh = None;
    account
}

#[test]
fn a_token_that_is_looked_after_is_never_mentioned() {
    let mut reader = Reader::default();
    let steps = [
        (account(Activity::Idle), before(42)),
        (account(Activity::Idle), before(4)),
        (account(Activity::Refreshing), before(4)),
        (account(waiting(WaitReason::Cooldown)), before(3)),
        (account(Activity::Refreshing), EXPIRES),
        (renewed(account(Activity::Idle)), EXPIRES),
    ];
    for (account, now) in steps {
        assert_eq!(reader.sees(&snapshot(vec![account]), now), []);
    }
}

#[test]
fn with_auto_refresh_off_expiry_is_said_before_and_at_the_end_and_then_the_recovery() {
    let mut reader = Reader::default();
    let manual = |account| Snapshot {
        auto_refresh: false,
        ..snapshot(vec![account])
    };
    let idle = manual(account(Activity::Idle));
    assert_eq!(reader.titles(&idle, before(6)), [""; 0]);
    assert_eq!(
        reader.titles(&idle, before(5)),
        ["Zoom token expires in 5 min"]
    );
    assert_eq!(reader.titles(&idle, before(3)), [""; 0]);
    assert_eq!(reader.titles(&idle, EXPIRES), ["Zoom token expired"]);
    let well = manual(renewed(account(Activity::Idle)));
    assert_eq!(reader.titles(&well, EXPIRES), ["Zoom token fresh again"]);
    assert_eq!(reader.titles(&well, EXPIRES), [""; 0]);
}

#[test]
fn a_suspension_is_said_at_once_with_the_reason_and_what_to_do() {
    let mut reader = Reader::default();
    let mut refused = account(suspended(SuspendReason::Refused));
    refused.last_refresh = Some(failed(
        RefreshOutcome::Refused,
        "Zoom refused the client secret.",
    ));
    let notices = reader.sees(&snapshot(vec![refused]), before(40));
    assert_eq!(
        notices,
        [Notice {
            topic: "work".to_owned(),
            title: "Zoom refresh suspended".to_owned(),
            body: "Work: Zoom refused the client secret. \
                   Choose Try again now in the tray once that is put right."
                .to_owned(),
            urgent: true,
        }]
    );
}

#[test]
fn a_suspension_followed_by_expiry_is_two_notices_and_not_three() {
    let mut reader = Reader::default();
    let refused = snapshot(vec![account(suspended(SuspendReason::Refused))]);
    assert_eq!(reader.titles(&refused, before(40)).len(), 1);
    assert_eq!(reader.titles(&refused, before(5)), [""; 0]);
    assert_eq!(reader.titles(&refused, EXPIRES), ["Zoom token expired"]);
}

#[test]
fn failing_attempts_are_said_only_when_time_runs_out() {
    let mut reader = Reader::default();
    let mut failing = account(waiting(WaitReason::Offline));
    failing.last_refresh = Some(failed(RefreshOutcome::Unreachable, "No network."));
    let failing = snapshot(vec![failing]);
    assert_eq!(reader.titles(&failing, before(9)), [""; 0]);
    assert_eq!(
        reader.titles(&failing, before(5)),
        ["Zoom token expires in 5 min"]
    );
}

#[test]
fn an_episode_ends_only_with_a_newer_token() {
    let mut reader = Reader::default();
    let mut refused = account(suspended(SuspendReason::Refused));
    assert_eq!(
        reader
            .titles(&snapshot(vec![refused.clone()]), before(40))
            .len(),
        1
    );
    // The user tries again with the old token still alive, and is refused again.
    refused.condition.activity = Activity::Refreshing;
    assert_eq!(
        reader.titles(&snapshot(vec![refused.clone()]), before(39)),
        [""; 0]
    );
    refused.condition.activity = suspended(SuspendReason::Refused);
    assert_eq!(
        reader.titles(&snapshot(vec![refused.clone()]), before(38)),
        [""; 0]
    );
    let well = snapshot(vec![renewed(refused.clone())]);
    assert_eq!(reader.titles(&well, EXPIRES), ["Zoom token fresh again"]);
    // And a new episode is a new one.
    let mut again = renewed(refused);
    again.condition.activity = suspended(SuspendReason::Refused);
    assert_eq!(
        reader.titles(&snapshot(vec![again]), EXPIRES),
        ["Zoom refresh suspended"]
    );
}

#[test]
fn an_account_without_any_token_is_not_said_to_expire() {
    let mut reader = Reader::default();
    let offline = snapshot(vec![without_token(waiting(WaitReason::Offline))]);
    assert_eq!(reader.titles(&offline, EXPIRES), [""; 0]);
}

#[test]
fn each_account_has_its_own_episode() {
    let mut reader = Reader::default();
    let mut home = account(suspended(SuspendReason::Refused));
    home.id = "home".to_owned();
    let both = snapshot(vec![account(suspended(SuspendReason::Refused)), home]);
    assert_eq!(reader.titles(&both, before(40)).len(), 2);
}

#[test]
fn the_next_look_is_at_the_next_moment_that_can_matter() {
    let snapshot = snapshot(vec![account(Activity::Idle)]);
    assert_eq!(next_due(&snapshot, before(42)), Some(before(5)));
    assert_eq!(next_due(&snapshot, before(5)), Some(EXPIRES));
    assert_eq!(next_due(&snapshot, EXPIRES), None);
}

fn alerting(number: u64) -> Snapshot {
    let mut snapshot = snapshot(vec![]);
    snapshot.claude.alert = Some(AlertView {
        number,
        title: "Claude Desktop removed entry zoom".to_owned(),
        text: "Run `zoomtrayctl claude restore`.".to_owned(),
    });
    snapshot
}

#[test]
fn what_the_guardian_tells_is_said_once_and_without_code_marks() {
    let mut reader = Reader::default();
    let notices = reader.sees(&alerting(1), EXPIRES);
    assert_eq!(
        notices,
        [Notice {
            topic: "guardian".to_owned(),
            title: "Claude Desktop removed entry zoom".to_owned(),
            body: "Run zoomtrayctl claude restore.".to_owned(),
            urgent: true,
        }]
    );
    assert_eq!(reader.sees(&alerting(1), EXPIRES), []);
    assert_eq!(reader.sees(&alerting(2), EXPIRES).len(), 1);
}

fn asking(generation: Option<u64>) -> Snapshot {
    let mut snapshot = snapshot(vec![]);
    snapshot.claude.question = generation.map(|generation| RestartQuestion {
        generation,
        asked_at: EXPIRES,
    });
    snapshot.claude.entries = vec![EntryView {
        name: "zoom".to_owned(),
        mode: EntryMode::Inject,
        ..EntryView::default()
    }];
    snapshot
}

#[test]
fn a_question_is_asked_once_a_token_and_withdrawn_once_it_is_answered() {
    let mut reader = Reader::default();
    let shown = reader.is_shown(&asking(Some(1)), EXPIRES);
    let [Message::Ask { generation, notice }] = shown.as_slice() else {
        panic!("{shown:?}");
    };
    assert_eq!(
        (*generation, notice.title.as_str()),
        (1, "Restart Claude Desktop?")
    );
    assert!(notice.urgent && notice.body.contains("entry zoom uses the old one"));
    assert_eq!(reader.is_shown(&asking(Some(1)), EXPIRES), []);
    let next = reader.is_shown(&asking(Some(2)), EXPIRES);
    assert!(
        matches!(next.as_slice(), [Message::Ask { generation: 2, .. }]),
        "{next:?}"
    );
    assert_eq!(reader.is_shown(&asking(None), EXPIRES), [Message::Withdraw]);
    assert_eq!(reader.is_shown(&asking(None), EXPIRES), []);
}

#[test]
fn a_restart_that_waits_for_the_user_says_so_once() {
    let mut reader = Reader::default();
    let restarting = |result| {
        let mut snapshot = snapshot(vec![]);
        snapshot.claude.restarting = vec![Step {
            name: "quit".to_owned(),
            result,
            message: "quit Claude Desktop from its icon".to_owned(),
            milliseconds: 0,
        }];
        snapshot
    };
    let notices = reader.sees(&restarting(StepResult::Waits), EXPIRES);
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].body, "Quit Claude Desktop from its icon.");
    assert_eq!(reader.sees(&restarting(StepResult::Waits), EXPIRES), []);
    assert_eq!(reader.sees(&restarting(StepResult::Done), EXPIRES), []);
}

#[test]
fn an_alert_is_taken_back_once_nothing_is_lost_any_more() {
    let mut reader = Reader::default();
    let with_drift = |drift| {
        let mut snapshot = alerting(1);
        snapshot.claude.entries = vec![EntryView {
            drift,
            ..EntryView::default()
        }];
        snapshot
    };
    assert_eq!(reader.sees(&with_drift(Drift::Lost), EXPIRES).len(), 1);
    assert_eq!(reader.is_shown(&with_drift(Drift::Lost), EXPIRES), []);
    let back = reader.is_shown(&with_drift(Drift::None), EXPIRES);
    assert_eq!(back, [Message::TakeBack("guardian")]);
    assert_eq!(reader.is_shown(&with_drift(Drift::None), EXPIRES), []);
}

#[test]
fn an_alert_about_what_is_back_already_stays() {
    let mut reader = Reader::default();
    assert_eq!(reader.sees(&alerting(1), EXPIRES).len(), 1);
    assert_eq!(reader.is_shown(&alerting(1), EXPIRES), []);
}

fn waiting_calls(ids: impl IntoIterator<Item = u32>) -> Snapshot {
    let mut snapshot = snapshot(vec![]);
    snapshot.gate.questions = ids.into_iter().map(question).collect();
    snapshot
}

/// The numbers that are asked about, and those that are taken from the screen.
fn about_calls(messages: &[Message]) -> (Vec<u32>, Vec<u32>) {
    let (mut asked, mut withdrawn) = (Vec::new(), Vec::new());
    for message in messages {
        match message {
            Message::AskApproval { id, .. } => asked.push(*id),
            Message::WithdrawApproval(id) => withdrawn.push(*id),
            other => panic!("{other:?}"),
        }
    }
    (asked, withdrawn)
}

#[test]
fn a_call_that_waits_is_asked_about_once_and_withdrawn_when_it_waits_no_longer() {
    let mut reader = Reader::default();
    let shown = reader.is_shown(&waiting_calls([7]), before(42));
    let [Message::AskApproval { id: 7, notice }] = shown.as_slice() else {
        panic!("{shown:?}");
    };
    assert_eq!(notice.title, "Allow create_meeting?");
    assert_eq!(
        notice.body,
        "A call through entry zoom waits until 14:26:20."
    );
    let mut timed_out = waiting_calls([7]);
    timed_out.gate.questions[0].waits = false;
    let after = reader.is_shown(&timed_out, before(41));
    assert_eq!(about_calls(&after), (vec![], vec![7]));
    let before_answer = reader.is_shown(&waiting_calls([8]), before(40));
    assert_eq!(about_calls(&before_answer), (vec![8], vec![]));
    let answered = reader.is_shown(&waiting_calls([]), before(39));
    assert_eq!(about_calls(&answered), (vec![], vec![8]));
}

#[test]
fn of_many_calls_a_few_are_asked_about_at_once_and_all_in_their_turn() {
    let mut reader = Reader::default();
    let first = reader.is_shown(&waiting_calls(1..=20), before(42));
    assert_eq!(about_calls(&first).0, [1, 2, 3, 4, 5]);
    let next = reader.is_shown(&waiting_calls(3..=20), before(42));
    assert_eq!(about_calls(&next), (vec![6, 7], vec![1, 2]));
}
