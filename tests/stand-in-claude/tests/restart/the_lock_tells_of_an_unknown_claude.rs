use crate::scene::{Scene, host, lock};
use claude::RestartOutcome;
use claude::process::{ProfileLock, Quit, Running};
use serde_json::json;

#[tokio::test]
async fn which_is_waited_for_and_never_signalled() {
    let mut scene = Scene::new();
    let known = scene.install("installed/claude", &json!({}));
    let unknown = scene.install("nix-store/bin/claude", &json!({}));
    let pid = scene.start(&unknown, &[]).await;
    let claude = scene.claude(&known);
    let Running::Yes(parts) = claude.running() else {
        panic!("not found")
    };
    assert!(parts.main.is_empty() && parts.origin.is_none());
    assert_eq!(parts.holder.and_then(|holder| holder.pid), Some(pid));
    assert!(matches!(claude.quit().await, Quit::Unproven { .. }));
    let (outcome, steps) = scene.restart(&claude, "new").await;
    assert!(matches!(outcome, RestartOutcome::NotAsked), "{outcome:?}");
    assert_eq!(steps, ["Quit failed"]);
    assert_eq!(scene.value(), "old");
    assert!(scene.lives(pid));
}

#[tokio::test]
async fn but_not_when_its_process_is_dead_or_another_has_its_number() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({}));
    let bystander = scene.install("elsewhere/program", &json!({"bystander": true}));
    let claude = scene.claude(&path);
    let dead = scene.start(&path, &[]).await;
    scene.kill(dead);
    assert!(lock(&scene).is_symlink(), "a killed Claude leaves its lock");
    assert_eq!(claude.lock(), ProfileLock::Stale { pid: dead });
    assert_eq!(claude.running(), Running::No);

    let younger = scene.start(&bystander, &[]).await;
    scene.make_lock(&format!("{}-{younger}", host()), 3_600);
    assert_eq!(claude.lock(), ProfileLock::Stale { pid: younger });
    assert_eq!(claude.running(), Running::No);
}
