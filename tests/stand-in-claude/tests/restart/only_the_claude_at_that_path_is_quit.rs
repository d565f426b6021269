use crate::scene::{Scene, events, log, told};
use claude::process::{Gone, Quit, Running};
use serde_json::json;
use std::time::Duration;

/// Long enough for any machine; the wait ends with the last process.
const LIMIT: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_namesake_a_command_line_tool_and_another_profile_survive() {
    let mut scene = Scene::new();
    let ours = scene.install("installed/claude", &json!({}));
    let bystander = json!({"bystander": true});
    let namesake = scene.install("elsewhere/claude", &bystander);
    let embedded = scene.install("profile/claude-code/2.1.0/claude", &bystander);
    let pid = scene.start(&ours, &[]).await;
    let other = format!("--user-data-dir={}", scene.path("other").display());
    let survivors = [
        scene.start(&namesake, &[]).await,
        scene.start(&embedded, &["--resume"]).await,
        scene.start(&ours, &[&other]).await,
    ];
    let claude = scene.claude(&ours);

    let Running::Yes(parts) = claude.running() else {
        panic!("not found")
    };
    let main = [pid];
    assert_eq!(parts.main_pids(), main, "the one process to signal");
    assert_eq!(parts.helpers.len(), 4, "the other profile's are not ours");
    assert!(matches!(claude.quit().await, Quit::Asked { .. }));
    assert_eq!(claude.wait_gone(&main, LIMIT).await, Gone::All);
    told(&ours, "exited", |line| line["pid"] == pid).await;

    for survivor in survivors {
        assert!(scene.lives(survivor), "process {survivor} was ended");
    }
    for path in [&namesake, &embedded] {
        assert_eq!(events(path), ["started"], "{}", path.display());
    }
    let asked = log(&ours)
        .into_iter()
        .filter(|line| line["event"] == "asked_to_quit");
    assert!(asked.eq([json!({"event": "asked_to_quit", "pid": pid})]));
    assert!(!events(&ours).contains(&"helper_signalled".to_owned()));
}

#[tokio::test]
async fn quitting_ends_main_process_and_helpers() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({}));
    let pid = scene.start(&path, &[]).await;
    let claude = scene.claude(&path);
    assert!(matches!(claude.quit().await, Quit::Asked { .. }));
    assert_eq!(claude.wait_gone(&[pid], LIMIT).await, Gone::All);
    assert_eq!(claude.running(), Running::No);
    assert_eq!(claude.quit().await, Quit::NotRunning);
}
