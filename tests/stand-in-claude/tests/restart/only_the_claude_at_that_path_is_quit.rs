use crate::scene::{Scene, events, told};
use claude::process::{Gone, Quit, Running};
use serde_json::json;
use std::time::Duration;

/// Long enough for any machine; the wait ends with the last process.
const LIMIT: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_namesake_a_command_line_tool_and_another_profile_survive() {
    let mut scene = Scene::new();
    let ours = scene.install("installed/claude", &json!({}));
    let namesake = scene.install("elsewhere/claude", &json!({}));
    let embedded = scene.install("profile/claude-code/2.1.0/claude", &json!({}));
    let pid = scene.start(&ours, &[]).await;
    let survivors = [
        scene.start(&namesake, &[]).await,
        scene.start(&embedded, &[]).await,
        scene
            .start(
                &ours,
                &[&format!(
                    "--user-data-dir={}",
                    scene.path("other").display()
                )],
            )
            .await,
    ];
    let claude = scene.claude(&ours);

    let Running::Yes { main, helpers, .. } = claude.running() else {
        panic!("not found")
    };
    assert_eq!(main, [pid], "the main process alone is the one to signal");
    assert_eq!(helpers.len(), 2, "the other profile's helpers are not ours");
    assert!(matches!(claude.quit().await, Quit::Asked { .. }));
    assert_eq!(claude.wait_gone(LIMIT).await, Gone::All);
    told(&ours, "exited", |line| line["pid"] == pid).await;

    for survivor in survivors {
        assert!(scene.lives(survivor), "process {survivor} was ended");
    }
    for path in [&namesake, &embedded] {
        assert_eq!(events(path), ["started"], "{}", path.display());
    }
    assert!(!events(&ours).contains(&"helper_signalled".to_owned()));
}

#[tokio::test]
async fn quitting_ends_main_process_and_helpers() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({}));
    scene.start(&path, &[]).await;
    let claude = scene.claude(&path);
    assert!(matches!(claude.quit().await, Quit::Asked { .. }));
    assert_eq!(claude.wait_gone(LIMIT).await, Gone::All);
    assert_eq!(claude.running(), Running::No);
    assert_eq!(claude.quit().await, Quit::NotRunning);
}
