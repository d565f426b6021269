//! A restart on each platform, against a Claude that does what a test says.

use super::desktop::Desktop;
use super::flow::{Flow, INSIST_AFTER, QUIT_LIMIT, USER_LIMIT, Way};
use super::{RestartOutcome, Restarts, StepReport, StepResult};
use crate::process::{Gone, Install, NotStarted, Origin, Part, Quit, Started};
use std::cell::{Cell, RefCell};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// A Claude that notes what is done to it.
struct Scripted {
    /// What asking gives.
    quit: Quit,
    /// How long after the last wish it is gone.
    takes: Duration,
    /// It leaves these, or comes back.
    gone: Gone,
    /// The wish that has an effect: the first, or SIGTERM after it.
    heeds: &'static str,
    /// What starting it gives.
    started: fn() -> Started,
    /// It is running whenever somebody looks.
    main_pid: Option<u32>,
    can_insist: bool,
    done: RefCell<Vec<String>>,
    wished: Cell<Option<Instant>>,
}

fn origin() -> Origin {
    Origin {
        install: Install::LinuxPackage {
            command: "/usr/bin/claude-desktop".into(),
        },
        user_data_dir: None,
        image: None,
    }
}

fn asked() -> Quit {
    Quit::Asked {
        origin: origin(),
        main: vec![7],
    }
}

fn part(pid: u32) -> Part {
    Part {
        pid: Some(pid),
        name: "claude-desktop".to_owned(),
    }
}

impl Scripted {
    fn new(quit: Quit) -> Self {
        Self {
            quit,
            takes: Duration::from_secs(1),
            gone: Gone::All,
            heeds: "quit",
            started: || Started::Confirmed { pid: 9 },
            main_pid: None,
            can_insist: false,
            done: RefCell::default(),
            wished: Cell::default(),
        }
    }

    fn note(&self, what: &str) {
        self.done.borrow_mut().push(what.to_owned());
        if self.heeds == what {
            self.wished.set(Some(Instant::now()));
        }
    }

    /// Waits until it is gone; false if that is not within `limit`.
    async fn goes(&self, limit: Duration) -> bool {
        let end = Instant::now() + limit;
        let gone = self.wished.get().map(|wished| wished + self.takes);
        match gone.filter(|gone| *gone <= end) {
            Some(gone) => tokio::time::sleep_until(gone).await,
            None => sleep(limit).await,
        }
        gone.is_some_and(|gone| gone <= end)
    }
}

impl Desktop for Scripted {
    async fn quit(&self) -> Quit {
        self.note("quit");
        self.quit.clone()
    }

    fn can_insist(&self) -> bool {
        self.can_insist
    }

    fn insist(&self) -> Quit {
        self.note("insist");
        asked()
    }

    fn end_by_force(&self) -> Quit {
        self.note("force");
        asked()
    }

    async fn wait_quit(&self, asked: &[u32], limit: Duration) -> bool {
        assert_eq!(asked, [7]);
        self.goes(limit).await
    }

    async fn wait_gone(&self, asked: &[u32], limit: Duration) -> Gone {
        assert_eq!(asked, [7]);
        if self.goes(limit).await {
            self.gone.clone()
        } else {
            Gone::Not {
                left: vec![
                    part(7),
                    Part {
                        pid: Some(9),
                        name: "disclaimer".to_owned(),
                    },
                    part(8),
                ],
            }
        }
    }

    fn main_pid(&self) -> Option<u32> {
        self.main_pid
    }

    async fn start(&self, how: &Origin, _limit: Duration) -> Started {
        assert_eq!(*how, origin());
        self.note("start");
        (self.started)()
    }
}

/// The outcome's name, what was done, and each report in short.
async fn run(claude: &Scripted, way: Way) -> (String, Vec<String>, Vec<String>) {
    run_with(claude, way, Ok(())).await
}

async fn run_with(
    claude: &Scripted,
    way: Way,
    result: Result<(), String>,
) -> (String, Vec<String>, Vec<String>) {
    let reports = RefCell::new(Vec::new());
    let permit = Restarts::default().ordered(None);
    let write = async || {
        claude.note("write");
        result
    };
    let report = |report: StepReport| reports.borrow_mut().push(short(&report));
    let outcome = Flow::new(claude, way, report).run(permit, write).await;
    (
        name(&outcome),
        claude.done.borrow().clone(),
        reports.into_inner(),
    )
}

fn short(report: &StepReport) -> String {
    let result = match &report.result {
        StepResult::Done => "done".to_owned(),
        StepResult::NotNeeded => "not needed".to_owned(),
        StepResult::Waits { message } => format!("waits: {message}"),
        StepResult::Failed { message } => format!("failed: {message}"),
    };
    format!("{:?} {result}", report.step)
}

fn name(outcome: &RestartOutcome<(), String>) -> String {
    let text = format!("{outcome:?}");
    let end = text.find([' ', '{']).unwrap_or(text.len());
    text[..end].to_owned()
}

fn needs_user() -> Scripted {
    Scripted::new(Quit::NeedsUser {
        origin: origin(),
        main: vec![7],
    })
}

#[tokio::test(start_paused = true)]
async fn on_linux_it_is_asked_once_and_started_once() {
    let claude = Scripted::new(asked());
    let (outcome, done, reports) = run(&claude, Way::Asking).await;
    assert_eq!(outcome, "Restarted");
    assert_eq!(done, ["quit", "write", "start"]);
    let steps = ["Quit done", "Wait done", "Write done", "Start done"];
    assert_eq!(reports, steps);
}

#[tokio::test(start_paused = true)]
async fn on_windows_the_user_is_asked_and_three_live_steps_follow() {
    let claude = needs_user();
    let (outcome, done, reports) = run(&claude, Way::Asking).await;
    assert_eq!(outcome, "Restarted");
    assert_eq!(
        done,
        ["quit", "write", "start"],
        "nothing is ended by force"
    );
    assert_eq!(
        reports,
        [
            "Quit waits: quit Claude Desktop from its icon in the taskbar: right-click it and \
             choose Quit",
            "Quit done",
            "Wait done",
            "Write done",
            "Start done"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_user_who_takes_minutes_is_waited_for() {
    let mut claude = needs_user();
    claude.takes = USER_LIMIT;
    assert_eq!(run(&claude, Way::Asking).await.0, "Restarted");
}

#[tokio::test(start_paused = true)]
async fn a_user_who_does_not_quit_it_changes_nothing() {
    let mut claude = needs_user();
    claude.takes = USER_LIMIT + Duration::from_secs(1);
    let begun = Instant::now();
    let (outcome, done, reports) = run(&claude, Way::Asking).await;
    assert_eq!(
        (outcome.as_str(), begun.elapsed()),
        ("NeedsUser", USER_LIMIT)
    );
    assert_eq!(done, ["quit"], "neither force nor write nor start");
    let last = "Quit failed: Claude Desktop was not quit; the change waits until it is";
    assert_eq!(reports.last().map(String::as_str), Some(last));
}

#[tokio::test(start_paused = true)]
async fn on_macos_a_signal_follows_an_apple_event_without_effect() {
    let mut claude = Scripted::new(asked());
    claude.can_insist = true;
    claude.heeds = "insist";
    let begun = Instant::now();
    let (outcome, done, _) = run(&claude, Way::Asking).await;
    assert_eq!(outcome, "Restarted");
    assert_eq!(done, ["quit", "insist", "write", "start"]);
    assert_eq!(begun.elapsed(), INSIST_AFTER + claude.takes);
}

#[tokio::test(start_paused = true)]
async fn one_that_does_not_quit_is_named_after_thirty_seconds() {
    for can_insist in [false, true] {
        let mut claude = Scripted::new(asked());
        claude.heeds = "nothing";
        claude.can_insist = can_insist;
        let begun = Instant::now();
        let (outcome, done, reports) = run(&claude, Way::Asking).await;
        assert_eq!((outcome.as_str(), begun.elapsed()), ("NotGone", QUIT_LIMIT));
        assert!(
            !done
                .iter()
                .any(|step| ["force", "write", "start"].contains(&step.as_str()))
        );
        let said = "Wait failed: still running after 30 s: claude-desktop (7, 8), disclaimer (9); \
                    quit Claude Desktop yourself";
        assert_eq!(reports, ["Quit done", said]);
    }
}

#[tokio::test(start_paused = true)]
async fn force_is_used_when_it_was_chosen_and_nothing_is_asked_first() {
    let mut claude = needs_user();
    claude.heeds = "force";
    let (outcome, done, _) = run(&claude, Way::ByForce).await;
    assert_eq!(outcome, "Restarted");
    assert_eq!(done, ["force", "write", "start"]);
}

#[tokio::test(start_paused = true)]
async fn one_that_came_back_is_left_alone() {
    let mut claude = Scripted::new(asked());
    claude.gone = Gone::CameBack { pid: 8 };
    let (outcome, done, reports) = run(&claude, Way::Asking).await;
    assert_eq!(outcome, "CameBack");
    assert_eq!(done, ["quit"]);
    assert!(reports[1].starts_with("Wait failed: Claude Desktop runs again (pid 8)"));
}

#[tokio::test(start_paused = true)]
async fn one_that_cannot_be_asked_is_left_alone() {
    let cases = [
        Quit::Unknown,
        Quit::Failed { part: part(7) },
        Quit::Unproven { holder: part(7) },
    ];
    for quit in cases {
        let claude = Scripted::new(quit);
        let (outcome, done, reports) = run(&claude, Way::Asking).await;
        assert_eq!(outcome, "NotAsked");
        assert_eq!(done, ["quit"]);
        assert_eq!(reports.len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn what_did_not_run_is_not_started() {
    let mut claude = Scripted::new(Quit::NotRunning);
    let (outcome, done, _) = run(&claude, Way::Asking).await;
    assert_eq!((outcome.as_str(), done.len()), ("NotRunning", 2));
    claude.main_pid = Some(11);
    let (outcome, ..) = run(&claude, Way::Asking).await;
    assert_eq!(outcome, "StartedMeanwhile", "it may have read the old file");
}

#[tokio::test(start_paused = true)]
async fn one_that_was_started_in_between_is_told() {
    let mut claude = Scripted::new(asked());
    claude.started = || Started::AlreadyRunning { pid: 10 };
    let (outcome, _, reports) = run(&claude, Way::Asking).await;
    assert_eq!(outcome, "StartedMeanwhile");
    assert!(reports[3].contains("(pid 10) and may have read the old config"));
}

#[tokio::test(start_paused = true)]
async fn one_that_does_not_start_is_told_and_not_tried_again() {
    let mut claude = Scripted::new(asked());
    claude.started = || Started::NotRunning(NotStarted::NotSeen);
    let (outcome, done, reports) = run(&claude, Way::Asking).await;
    assert_eq!((outcome.as_str(), done.len()), ("NotStarted", 3));
    assert!(
        reports[3].contains("start Claude Desktop yourself"),
        "{reports:?}"
    );
    let mut claude = Scripted::new(asked());
    claude.started = || {
        Started::NotRunning(NotStarted::LockedElsewhere {
            host: "attic".to_owned(),
        })
    };
    let (_, _, reports) = run(&claude, Way::Asking).await;
    assert!(reports[3].contains("computer attic"), "{reports:?}");
}

#[tokio::test(start_paused = true)]
async fn after_a_failed_write_it_runs_again() {
    let claude = Scripted::new(asked());
    let result = Err("the disk is full".to_owned());
    let (outcome, done, reports) = run_with(&claude, Way::Asking, result).await;
    assert_eq!(outcome, "NotWritten");
    assert_eq!(done, ["quit", "write", "start"]);
    assert_eq!(reports[2], "Write failed: the disk is full");
}
