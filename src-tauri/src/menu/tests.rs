//! One table a line of the menu.

use super::{Act, MenuTexts, texts};
use crate::clock::Clock;
use crate::fixture::{EXPIRES, account, before, snapshot, suspended, waiting, without_token};
use control::{
    ClaudeView, Drift, EntryMode, EntryView, GuardianView, RestartQuestion, ServerView, Snapshot,
    Step, StepResult,
};
use jiff::tz::TimeZone;
use lifecycle::{Activity, Span, SuspendReason, WaitReason, WallTime};

fn menu(snapshot: &Snapshot, now: WallTime) -> MenuTexts {
    texts(snapshot, now, &Clock::in_zone(TimeZone::UTC))
}

#[test]
fn the_state_line_says_state_minutes_and_when() {
    let idle = || account(Activity::Idle);
    let seconds_left = WallTime(EXPIRES.0 - 20_000);
    let table = [
        (vec![], before(42), "No account"),
        (vec![idle()], before(42), "Fresh · 42 min, until 15:07"),
        (
            vec![idle()],
            WallTime(before(42).0 + 1),
            "Fresh · 41 min, until 15:07",
        ),
        (
            vec![idle()],
            before(15),
            "Expiring soon · 15 min, until 15:07",
        ),
        (
            vec![idle()],
            before(5),
            "Expiring very soon · 5 min, until 15:07",
        ),
        (
            vec![idle()],
            seconds_left,
            "Expiring very soon · <1 min, until 15:07",
        ),
        (vec![idle()], EXPIRES, "Expired · at 15:07"),
        (
            vec![idle()],
            WallTime(EXPIRES.0 + 86_400_000),
            "Expired · at 21 Nov, 15:07",
        ),
        (vec![without_token(Activity::Idle)], EXPIRES, "No token yet"),
        (
            vec![account(Activity::Refreshing)],
            before(4),
            "Refreshing · 4 min left",
        ),
        (
            vec![without_token(Activity::Refreshing)],
            EXPIRES,
            "Refreshing",
        ),
        (
            vec![account(waiting(WaitReason::Cooldown))],
            before(4),
            "Waiting · 4 min left · next try at 15:08:30",
        ),
        (
            vec![account(waiting(WaitReason::Offline))],
            EXPIRES,
            "Offline · next try at 15:08:30",
        ),
        (
            vec![without_token(waiting(WaitReason::Vault))],
            EXPIRES,
            "Keychain not available · next try at 15:08:30",
        ),
        (
            vec![account(suspended(SuspendReason::Refused))],
            before(9),
            "Suspended: Zoom refused three times · 9 min left",
        ),
        (
            vec![account(suspended(SuspendReason::NewTokensRejected))],
            EXPIRES,
            "Suspended: Zoom rejects new tokens",
        ),
        (
            vec![account(suspended(SuspendReason::SignInAgain))],
            EXPIRES,
            "Sign in again · Zoom no longer accepts the sign-in",
        ),
    ];
    for (accounts, now, expected) in table {
        assert_eq!(menu(&snapshot(accounts), now).state, expected);
    }
}

#[test]
fn a_long_life_is_said_in_hours() {
    let mut account = account(Activity::Idle);
    account.condition.token = Some(Span {
        issued: before(600),
        expires: EXPIRES,
    });
    let menu = menu(&snapshot(vec![account]), before(130));
    assert_eq!(menu.state, "Fresh · 2 h, until 15:07");
}

#[test]
fn with_several_accounts_the_line_names_the_one_in_trouble() {
    let mut home = account(suspended(SuspendReason::Refused));
    home.label = "Home".to_owned();
    let snapshot = snapshot(vec![account(Activity::Idle), home]);
    assert_eq!(
        menu(&snapshot, before(40)).state,
        "Home: Suspended: Zoom refused three times · 40 min left"
    );
}

#[test]
fn refreshing_by_hand_only_is_said() {
    let mut snapshot = snapshot(vec![account(Activity::Idle)]);
    snapshot.auto_refresh = false;
    let state = menu(&snapshot, before(42)).state;
    assert_eq!(state, "Fresh · 42 min, until 15:07 · auto-refresh off");
}

#[test]
fn the_act_is_what_helps_now() {
    let table = [
        (vec![], Act::AddAccount, true),
        (vec![account(Activity::Idle)], Act::Refresh, true),
        (vec![account(Activity::Refreshing)], Act::Refresh, false),
        (
            vec![account(waiting(WaitReason::Cooldown))],
            Act::Refresh,
            false,
        ),
        (
            vec![account(waiting(WaitReason::Offline))],
            Act::Refresh,
            true,
        ),
        (
            vec![account(waiting(WaitReason::Vault))],
            Act::UnlockKeychain,
            true,
        ),
        (
            vec![account(suspended(SuspendReason::Refused))],
            Act::TryAgain,
            true,
        ),
        (
            vec![account(suspended(SuspendReason::SignInAgain))],
            Act::SignInAgain,
            true,
        ),
    ];
    for (accounts, act, enabled) in table {
        let menu = menu(&snapshot(accounts), before(42));
        assert_eq!(
            (menu.act, menu.act_enabled),
            (act, enabled),
            "{}",
            menu.state
        );
    }
}

#[test]
fn a_restart_of_claude_comes_after_trouble_with_the_token() {
    let with_restart = |activity| {
        let mut snapshot = snapshot(vec![account(activity)]);
        snapshot.claude.restart_needed = true;
        menu(&snapshot, before(42)).act
    };
    assert_eq!(with_restart(Activity::Idle), Act::RestartClaude);
    assert_eq!(
        with_restart(suspended(SuspendReason::Refused)),
        Act::TryAgain
    );
}

#[test]
fn what_cannot_be_done_is_disabled() {
    let none = menu(&snapshot(vec![]), before(42));
    assert!(!none.copy_enabled && !none.reconnect_enabled);
    assert!(!none.question_enabled && !none.restore_enabled);
    assert!(
        none.remove_enabled,
        "settings and entries can be there without an account"
    );

    let mut all = snapshot(vec![account(Activity::Idle)]);
    all.server = ServerView::Starting;
    let open = menu(&all, before(42));
    assert!(open.copy_enabled && open.remove_enabled && open.reconnect_enabled);
    assert!(
        !menu(&all, EXPIRES).copy_enabled,
        "an expired token is not worth copying"
    );
    assert!(!super::without_keeper("Starting").remove_enabled);
}

#[test]
fn answers_can_be_given_while_a_question_is_open() {
    let mut asked = snapshot(vec![account(Activity::Idle)]);
    asked.claude.question = Some(RestartQuestion {
        generation: 1,
        asked_at: before(42),
    });
    assert!(menu(&asked, before(42)).question_enabled);
    asked.claude.question = None;
    assert!(!menu(&asked, before(42)).question_enabled);
}

fn claude(entries: &[EntryMode]) -> ClaudeView {
    let entry = |mode: &EntryMode| EntryView {
        name: "zoom".to_owned(),
        mode: *mode,
        ..EntryView::default()
    };
    ClaudeView {
        config: Some("/claude.json".into()),
        entries: entries.iter().map(entry).collect(),
        ..ClaudeView::default()
    }
}

#[test]
fn the_claude_line_says_how_it_stands_or_what_is_wrong() {
    let served = [EntryMode::Inject, EntryMode::Off, EntryMode::Inject];
    let problem = |text: &str| ClaudeView {
        problem: Some(text.to_owned()),
        ..claude(&served)
    };
    let table = [
        (ClaudeView::default(), "Claude Desktop: not found"),
        (
            claude(&[EntryMode::Off]),
            "Claude Desktop: no server set up",
        ),
        (claude(&served), "Claude Desktop: connected, 2 servers"),
        (
            ClaudeView {
                running: Some(false),
                ..claude(&[EntryMode::Inject])
            },
            "Claude Desktop: not running, 1 server",
        ),
        (
            ClaudeView {
                restart_needed: true,
                ..claude(&served)
            },
            "Claude Desktop: restart needed, 2 servers",
        ),
        (
            problem("Its config is not JSON."),
            "Claude Desktop: Its config is not JSON",
        ),
        (
            problem("Claude Desktop's config is gone."),
            "Claude Desktop's config is gone",
        ),
    ];
    for (claude, expected) in table {
        let snapshot = Snapshot {
            claude,
            ..snapshot(vec![])
        };
        assert_eq!(menu(&snapshot, before(42)).claude, expected);
    }
    let long = Snapshot {
        claude: problem(&"x".repeat(200)),
        ..snapshot(vec![])
    };
    assert!(
        menu(&long, before(42)).claude.chars().count() <= 70,
        "a menu is no page"
    );
}

#[test]
fn the_claude_line_says_what_is_lost_and_what_becomes_of_it() {
    let watching = GuardianView::Watching { until: EXPIRES };
    let table = [
        (
            vec![("zoom", Drift::Lost)],
            GuardianView::RestoreQueued,
            "Claude Desktop: zoom lost, put back once it is quit",
        ),
        (
            vec![("zoom", Drift::Changed)],
            GuardianView::RestoreOffered,
            "Claude Desktop: zoom changed, Restore… puts it back",
        ),
        (
            vec![("rooms", Drift::Lost), ("zoom", Drift::Lost)],
            GuardianView::GaveUp,
            "Claude Desktop: rooms and zoom lost twice, left alone",
        ),
        (
            vec![("rooms", Drift::Lost), ("zoom", Drift::Changed)],
            watching,
            "Claude Desktop: rooms lost, zoom changed",
        ),
        (
            vec![("zoom", Drift::None)],
            watching,
            "Claude Desktop: connected, 1 server",
        ),
    ];
    for (entries, guardian, expected) in table {
        let entry = |(name, drift): &(&str, Drift)| EntryView {
            name: (*name).to_owned(),
            mode: EntryMode::Relay,
            drift: *drift,
            ..EntryView::default()
        };
        let adrift = entries.iter().any(|(_, drift)| *drift != Drift::None);
        let snapshot = Snapshot {
            claude: ClaudeView {
                config: Some("/claude.json".into()),
                entries: entries.iter().map(entry).collect(),
                guardian,
                ..ClaudeView::default()
            },
            ..snapshot(vec![])
        };
        let menu = menu(&snapshot, before(42));
        assert_eq!(menu.claude, expected);
        assert_eq!(menu.restore_enabled, adrift, "{expected}");
    }
}

#[test]
fn the_claude_line_names_what_waits_for_it_to_be_quit() {
    let mut waiting = claude(&[EntryMode::Relay]);
    waiting.entries[0].pending = true;
    waiting.restart_needed = true;
    waiting.running = Some(true);
    let with = |claude| Snapshot {
        claude,
        ..snapshot(vec![])
    };
    assert_eq!(
        menu(&with(waiting.clone()), before(42)).claude,
        "Claude Desktop: zoom waits until it is quit"
    );
    waiting.problem = Some("Its config is not JSON. Run `zoomtrayctl doctor`.".to_owned());
    assert_eq!(
        menu(&with(waiting), before(42)).claude,
        "Claude Desktop: Its config is not JSON. Run zoomtrayctl doctor",
        "a menu has no other font"
    );
}

#[test]
fn the_claude_line_follows_a_restart() {
    let step = |result| Step {
        name: "quit".to_owned(),
        result,
        message: "Quit it from its icon.".to_owned(),
        milliseconds: 0,
    };
    let table = [
        (
            StepResult::Waits,
            "Claude Desktop: restarts once you quit it",
        ),
        (StepResult::Done, "Claude Desktop: restarting"),
    ];
    for (result, expected) in table {
        let mut claude = claude(&[EntryMode::Inject]);
        claude.restarting = vec![step(result)];
        let snapshot = Snapshot {
            claude,
            ..snapshot(vec![])
        };
        assert_eq!(menu(&snapshot, before(42)).claude, expected);
    }
}
