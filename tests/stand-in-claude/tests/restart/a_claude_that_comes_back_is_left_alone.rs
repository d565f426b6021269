use crate::scene::{KillAfter, Scene, events, restart_around, told};
use claude::RestartOutcome;
use claude::process::Running;
use serde_json::json;

#[tokio::test]
async fn when_it_comes_back_by_itself_nothing_is_written_and_it_is_asked_once() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({"come_back": true}));
    let old_pid = scene.start(&path, &[]).await;
    let claude = scene.claude(&path);
    let _kill = KillAfter(&claude);
    let (outcome, steps) = scene.restart(&claude, "new").await;
    let RestartOutcome::CameBack { pid } = outcome else {
        panic!("{outcome:?}")
    };
    assert_ne!(pid, old_pid);
    assert_eq!(steps, ["Quit done", "Wait failed"]);
    assert_eq!(scene.value(), "old");
    told(&path, "started", |line| line["pid"] == pid).await;
    let asked = events(&path);
    let asked = asked.iter().filter(|event| *event == "asked_to_quit");
    assert_eq!(asked.count(), 1);
    let Running::Yes(parts) = claude.running() else {
        panic!("it was ended")
    };
    assert_eq!(parts.main_pids(), [pid]);
}

#[tokio::test]
async fn when_the_user_starts_it_around_the_write_no_second_one_is_started() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({}));
    scene.start(&path, &[]).await;
    let claude = scene.claude(&path);
    let (outcome, steps) = restart_around(&claude, async || {
        Ok::<u32, String>(scene.start(&path, &[]).await)
    })
    .await;
    let RestartOutcome::StartedMeanwhile { written, pid } = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(written, pid, "the user's own");
    let told_of = ["Quit done", "Wait done", "Write done", "Start failed"];
    assert_eq!(steps, told_of);
    let started = events(&path);
    let started = started.iter().filter(|event| *event == "started");
    assert_eq!(started.count(), 2);
}

#[tokio::test]
async fn also_where_it_did_not_run_before() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({}));
    let claude = scene.claude(&path);
    let (outcome, steps) = restart_around(&claude, async || {
        Ok::<u32, String>(scene.start(&path, &[]).await)
    })
    .await;
    assert!(
        matches!(outcome, RestartOutcome::StartedMeanwhile { .. }),
        "{outcome:?}"
    );
    assert_eq!(steps.last().map(String::as_str), Some("Start failed"));
}
