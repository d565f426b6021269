use crate::scene::{EndAfter, Scene, signal, told};
use claude::RestartOutcome;
use claude::process::Running;
use rustix::process::Signal;
use serde_json::json;

#[tokio::test]
async fn while_it_runs_from_a_file_that_was_replaced() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({}));
    let pid = scene.start(&path, &[]).await;
    let new = scene.path("installed/claude.new");
    fs_err::copy(&path, &new).unwrap();
    fs_err::rename(&new, &path).unwrap();
    let runs = fs_err::read_link(format!("/proc/{pid}/exe")).unwrap();
    assert!(runs.to_string_lossy().ends_with(" (deleted)"));
    let claude = scene.claude(&path);
    let _end = EndAfter(&claude);
    let (outcome, _) = scene.restart(&claude, "new").await;
    let RestartOutcome::Restarted { pid, .. } = outcome else {
        panic!("{outcome:?}")
    };
    let runs = fs_err::read_link(format!("/proc/{pid}/exe")).unwrap();
    assert_eq!(runs, path, "the new version");
}

#[tokio::test]
async fn and_one_that_an_update_took_away_is_gone_and_not_started() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({"update": "away"}));
    let pid = scene.start(&path, &[]).await;
    let claude = scene.claude(&path);
    signal(pid, Signal::USR2);
    told(&path, "updated", |line| line["pid"] == pid).await;
    scene.wait(pid);
    assert_eq!(claude.running(), Running::No);
    let (outcome, _) = scene.restart(&claude, "new").await;
    assert!(
        matches!(outcome, RestartOutcome::NotRunning { .. }),
        "an exit that nobody asked for is no error: {outcome:?}"
    );
    assert_eq!(scene.value(), "new");
}
