use crate::scene::{EndAfter, Scene, events, log, restart_around, told};
use claude::RestartOutcome;
use claude::process::Running;
use serde_json::json;

#[tokio::test]
async fn a_claude_that_was_not_running_is_not_started() {
    let scene = Scene::new();
    let path = scene.install("installed/claude", &json!({}));
    let claude = scene.claude(&path);
    let (outcome, steps) = scene.restart(&claude, "new").await;
    assert!(
        matches!(outcome, RestartOutcome::NotRunning { .. }),
        "{outcome:?}"
    );
    assert_eq!(
        steps,
        [
            "Quit not_needed",
            "Wait not_needed",
            "Write done",
            "Start not_needed"
        ]
    );
    assert_eq!(scene.value(), "new");
    assert!(log(&path).is_empty());
}

#[tokio::test]
async fn after_a_failed_write_claude_runs_again_and_nothing_is_tried_twice() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({}));
    let old_pid = scene.start(&path, &[]).await;
    let claude = scene.claude(&path);
    let _end = EndAfter(&claude);
    let mut writes = 0;
    let write = async || -> Result<(), String> {
        writes += 1;
        Err("the disk is full".to_owned())
    };
    let (outcome, steps) = restart_around(&claude, write).await;
    let RestartOutcome::NotWritten { error, running } = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(
        (error.as_str(), running, writes),
        ("the disk is full", true, 1)
    );
    let told_of = ["Quit done", "Wait done", "Write failed", "Start done"];
    assert_eq!(steps, told_of);
    told(&path, "started", |line| line["pid"] != old_pid).await;
    assert_eq!(scene.value(), "old");
}

#[tokio::test]
async fn a_claude_that_cannot_be_started_is_an_outcome() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({}));
    scene.start(&path, &[]).await;
    let claude = scene.claude(&path);
    // The program is removed while nothing runs, as by an uninstall.
    let write = async || {
        fs_err::remove_file(&path).unwrap();
        scene.set("new")
    };
    let (outcome, steps) = restart_around(&claude, write).await;
    assert!(
        matches!(outcome, RestartOutcome::NotStarted { .. }),
        "{outcome:?}"
    );
    let told_of = ["Quit done", "Wait done", "Write done", "Start failed"];
    assert_eq!(steps, told_of);
    assert_eq!(claude.running(), Running::No);
    assert_eq!(scene.value(), "new");
}

#[tokio::test]
async fn a_claude_that_does_not_quit_is_left_alone_and_nothing_is_written() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({"ignore_quit": true}));
    let pid = scene.start(&path, &[]).await;
    let claude = scene.claude(&path);
    let before = fs_err::read(scene.config()).unwrap();
    // Thirty seconds of waiting pass at once; those for the real process do not.
    tokio::time::pause();
    let (outcome, steps) = scene.restart(&claude, "new").await;
    tokio::time::resume();
    let RestartOutcome::NotGone { left } = outcome else {
        panic!("{outcome:?}")
    };
    let names: Vec<String> = left.iter().map(ToString::to_string).collect();
    assert!(names.contains(&format!("claude ({pid})")), "{names:?}");
    assert_eq!(names.len(), 5, "{names:?}");
    assert_eq!(steps, ["Quit done", "Wait failed"]);
    assert_eq!(fs_err::read(scene.config()).unwrap(), before);
    assert!(scene.lives(pid));
    told(&path, "asked_to_quit", |line| line["pid"] == pid).await;
    let asked = events(&path)
        .iter()
        .filter(|event| *event == "asked_to_quit")
        .count();
    assert_eq!(asked, 1, "asked once");
}
