use crate::scene::{EndAfter, Scene, log, restart_around};
use claude::RestartOutcome;
use claude::process::Running;
use serde_json::json;

#[tokio::test]
async fn nothing_is_written_while_a_helper_is_left() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({"helpers_linger_ms": 500}));
    scene.start(&path, &[]).await;
    let claude = scene.claude(&path);
    let _end = EndAfter(&claude);
    let (mut at_write, mut helpers_gone) = (None, 0);
    let write = async || {
        at_write = Some(claude.running());
        helpers_gone = log(&path)
            .iter()
            .filter(|line| line["event"] == "helper_exited")
            .count();
        scene.set("new")
    };
    let (outcome, _) = restart_around(&claude, write).await;
    assert!(
        matches!(outcome, RestartOutcome::Restarted { .. }),
        "{outcome:?}"
    );
    assert_eq!(at_write, Some(Running::No));
    assert_eq!(helpers_gone, 4);
}
