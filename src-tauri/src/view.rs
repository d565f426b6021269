//! What the window shows, as one pure function of the snapshot.
//!
//! Every word and every decision is made here; the window itself only counts down between
//! two instants. Holds instants, never remaining seconds, and never a secret.

use crate::approval::{self, ApprovalView};
use crate::clock::Clock;
use crate::menu::{self, Act};
use crate::question::{self, Asking, Question};
use crate::restart_steps::{self, StepView};
use control::{AccountView, EventView, RefreshOutcome, Snapshot};
use lifecycle::{Activity, Span, State, WallTime};
use serde::Serialize;

/// Events the window lists.
const EVENTS: usize = 12;

/// Everything the window shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct View {
    /// The state, by which the ring is drawn.
    pub state: State,
    /// The state in words, without minutes.
    pub headline: &'static str,
    /// What happened and what to do now, where there is something to do.
    pub explanation: Option<String>,
    /// The other side's own words, for who wants them.
    pub detail: Option<String>,
    /// The account's name.
    pub account: Option<String>,
    /// The token's life.
    pub token: Option<Span>,
    /// When the next attempt is made, while one is waited for.
    pub waiting_until: Option<WallTime>,
    /// The one thing to do; none where this window cannot do it.
    pub act: Option<ActView>,
    /// How Claude Desktop stands.
    pub claude: String,
    /// What happened, newest first.
    pub events: Vec<EventView>,
    /// What is wrong beside the token, a sentence each.
    pub warnings: Vec<String>,
    /// The steps of a restart of Claude Desktop while it is at work.
    pub steps: Vec<StepView>,
    /// The calls that wait for a person, oldest first.
    pub approvals: Vec<ApprovalView>,
    /// What the user is asked.
    pub question: Option<Question>,
    /// Why there is only this window and no icon.
    pub no_icon: Option<&'static str>,
}

/// The window's one button.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ActView {
    /// What it says.
    pub text: &'static str,
    /// Whether it can be pressed.
    pub enabled: bool,
}

/// What the window is about, apart from the snapshot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Occasion {
    /// What the user chose in the menu and has not confirmed yet.
    pub asking: Option<Asking>,
    /// No desktop shows status items.
    pub no_icon: bool,
}

impl View {
    /// The window for `snapshot` at `now`.
    #[must_use]
    pub fn of(snapshot: &Snapshot, now: WallTime, clock: &Clock, occasion: Occasion) -> Self {
        let foremost = snapshot.foremost(now);
        let state = snapshot.state(now);
        let texts = menu::texts(snapshot, now, clock);
        Self {
            state,
            headline: state.name(),
            explanation: explanation(foremost, state),
            detail: detail(foremost),
            account: foremost.map(|account| account.label.clone()),
            token: foremost.and_then(|account| account.condition.token),
            waiting_until: foremost.and_then(waiting_until),
            act: act_view(texts.act, texts.act_enabled, state),
            claude: menu::claude_in_full(&snapshot.claude),
            events: snapshot.events.iter().take(EVENTS).cloned().collect(),
            warnings: snapshot.warnings.clone(),
            steps: restart_steps::of(&snapshot.claude.restarting),
            approvals: approval::views(&snapshot.gate, now, clock),
            question: question::of(snapshot, occasion.asking, now, clock),
            no_icon: occasion.no_icon.then_some(NO_ICON),
        }
    }

    /// The window while there is no keeper: what is wrong, or nothing while it starts.
    #[must_use]
    pub fn without_keeper(problem: Option<&str>, occasion: Occasion) -> Self {
        Self {
            state: State::NoAccount,
            headline: if problem.is_some() {
                "Zoomtray cannot start"
            } else {
                "Starting"
            },
            explanation: problem.map(str::to_owned),
            detail: None,
            account: None,
            token: None,
            waiting_until: None,
            act: None,
            claude: String::new(),
            events: Vec::new(),
            warnings: Vec::new(),
            steps: Vec::new(),
            approvals: Vec::new(),
            question: None,
            no_icon: occasion.no_icon.then_some(NO_ICON),
        }
    }
}

/// Why the window opened by itself. Desktops without status items: GNOME, unless an extension
/// adds them, and bare window managers.
const NO_ICON: &str = "This desktop shows no status icons, so Zoomtray has no icon here. It goes \
    on working when this window is closed; start Zoomtray again to open it. On GNOME, install the \
    extension AppIndicator Support to get the icon.";

fn failed(account: Option<&AccountView>) -> Option<&control::RefreshView> {
    let last = account?.last_refresh.as_ref()?;
    (last.outcome != RefreshOutcome::Refreshed).then_some(last)
}

fn explanation(account: Option<&AccountView>, state: State) -> Option<String> {
    if state == State::NoAccount {
        return Some("Add one in a terminal. It asks for the client secret.".to_owned());
    }
    let message = failed(account)?.message.trim();
    (!message.is_empty()).then(|| message.to_owned())
}

/// Zoom's own words after a failure; the command to type where there is no account.
fn detail(account: Option<&AccountView>) -> Option<String> {
    if account.is_none() {
        return Some(ADD_ACCOUNT.to_owned());
    }
    failed(account)?.detail.clone()
}

/// With the placeholders of Zoom's page *App Credentials*.
const ADD_ACCOUNT: &str =
    "zoomtrayctl accounts add --server-to-server --account-id ACCOUNT_ID --client-id CLIENT_ID";

fn waiting_until(account: &AccountView) -> Option<WallTime> {
    match account.condition.activity {
        Activity::Waiting { until, .. } => Some(until),
        _ => None,
    }
}

fn act_view(act: Act, enabled: bool, state: State) -> Option<ActView> {
    let text = match (act, state) {
        (Act::AddAccount | Act::SignInAgain, _) => return None,
        (Act::Refresh, State::Refreshing) => "Refreshing",
        (Act::Refresh, State::Waiting) => "Waiting",
        _ => act.text(),
    };
    Some(ActView { text, enabled })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{EXPIRES, account, before, snapshot, suspended, waiting};
    use control::{EventKind, RefreshView};
    use jiff::tz::TimeZone;
    use lifecycle::{SuspendReason, WaitReason};

    fn view(snapshot: &Snapshot, now: WallTime) -> View {
        View::of(
            snapshot,
            now,
            &Clock::in_zone(TimeZone::UTC),
            Occasion::default(),
        )
    }

    #[test]
    fn a_refusal_is_explained_with_zooms_words_one_line_below() {
        let mut refused = account(suspended(SuspendReason::Refused));
        refused.last_refresh = Some(RefreshView {
            at: before(50),
            outcome: RefreshOutcome::Refused,
            message: "Zoom refused the client secret. Paste it again.".to_owned(),
            detail: Some("400 invalid_client".to_owned()),
        });
        let view = view(&snapshot(vec![refused]), before(42));
        let explanation = view.explanation.as_deref();
        assert_eq!(
            explanation,
            Some("Zoom refused the client secret. Paste it again.")
        );
        assert_eq!(view.detail.as_deref(), Some("400 invalid_client"));
        assert_eq!(
            view.act,
            Some(ActView {
                text: "Try again now",
                enabled: true
            })
        );
    }

    #[test]
    fn the_button_says_what_it_waits_for() {
        let table = [
            (Activity::Idle, "Refresh now", true, None),
            (Activity::Refreshing, "Refreshing", false, None),
            (
                waiting(WaitReason::Cooldown),
                "Waiting",
                false,
                Some(WallTime(EXPIRES.0 + 60_000)),
            ),
        ];
        for (activity, text, enabled, until) in table {
            let view = view(&snapshot(vec![account(activity)]), before(42));
            assert_eq!(view.act, Some(ActView { text, enabled }));
            assert_eq!(view.waiting_until, until);
        }
    }

    #[test]
    fn without_an_account_the_window_says_how_to_add_one() {
        let view = view(&snapshot(vec![]), before(42));
        assert_eq!(view.headline, "No account yet");
        assert!(
            view.detail
                .is_some_and(|text| text.starts_with("zoomtrayctl accounts add"))
        );
        assert_eq!(view.act, None, "the window has no form to add one");
    }

    #[test]
    fn a_removal_is_asked_only_on_demand() {
        let snapshot = snapshot(vec![account(Activity::Idle)]);
        assert_eq!(view(&snapshot, before(42)).question, None);
        let asked = Occasion {
            asking: Some(Asking::Removal),
            no_icon: false,
        };
        let clock = Clock::in_zone(TimeZone::UTC);
        let question = View::of(&snapshot, before(42), &clock, asked).question;
        assert!(question.is_some_and(|question| question.title.contains("remove Zoomtray")));
    }

    #[test]
    fn only_the_newest_events_are_listed() {
        let mut snapshot = snapshot(vec![]);
        let event = EventView {
            at: before(1),
            kind: EventKind::Notice,
            text: String::new(),
        };
        snapshot.events = vec![event; 50];
        assert_eq!(view(&snapshot, before(0)).events.len(), EVENTS);
    }

    #[test]
    fn the_front_ends_sample_is_what_is_really_sent() {
        let mut snapshot = snapshot(vec![account(Activity::Idle)]);
        snapshot.events = vec![EventView {
            at: before(60),
            kind: EventKind::Refreshed,
            text: "A new token came.".to_owned(),
        }];
        let sent = serde_json::to_value(view(&snapshot, before(42))).unwrap();
        let sample = include_str!("../../ui/src/backend/view.sample.json");
        let sample: serde_json::Value = serde_json::from_str(sample).unwrap();
        assert_eq!(sent, sample, "{sent:#}");
    }
}
