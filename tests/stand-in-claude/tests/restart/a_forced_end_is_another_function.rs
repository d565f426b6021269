use crate::scene::{EndAfter, KillAfter, Scene, events, told};
use claude::process::Running;
use claude::{RestartOutcome, Restarts, restart_by_force};
use serde_json::json;

#[tokio::test]
async fn which_ends_what_does_not_quit_and_nothing_else() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({"ignore_quit": true}));
    let bystander = scene.install("elsewhere/claude", &json!({"bystander": true}));
    let pid = scene.start(&path, &[]).await;
    let other = scene.start(&bystander, &[]).await;
    let claude = scene.claude(&path);
    let _kill = KillAfter(&claude);
    let permit = Restarts::default().ordered(None);
    let write = async || scene.set("new");
    let outcome = restart_by_force(&claude, permit, write, |_| ()).await;
    let RestartOutcome::Restarted { pid: new_pid, .. } = outcome else {
        panic!("{outcome:?}")
    };
    told(&path, "started", |line| line["pid"] == new_pid).await;
    let asked = events(&path).contains(&"asked_to_quit".to_owned());
    assert!(!asked, "it was not asked once more");
    assert!(!scene.lives(pid));
    assert!(scene.lives(other));
    assert_eq!(events(&bystander), ["started"]);
    assert_eq!(scene.value(), "new");
}

#[tokio::test]
async fn and_ends_no_other_profile() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({}));
    scene.start(&path, &[]).await;
    let other = format!("--user-data-dir={}", scene.path("other").display());
    let survivor = scene.start(&path, &[&other]).await;
    let claude = scene.claude(&path);
    let _end = EndAfter(&claude);
    let _ = claude.end_by_force();
    let gone = claude
        .wait_gone(&[], std::time::Duration::from_secs(30))
        .await;
    assert_eq!(gone, claude::process::Gone::All);
    assert_eq!(claude.running(), Running::No);
    assert!(scene.lives(survivor));
}
