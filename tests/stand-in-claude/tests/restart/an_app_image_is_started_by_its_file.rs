use crate::scene::{EndAfter, Scene, told};
use claude::RestartOutcome;
use claude::process::{Install, Running};
use serde_json::json;

#[tokio::test]
async fn which_its_process_tells_and_with_its_profile() {
    let mut scene = Scene::new();
    let (mount, image) = scene.app_image(&json!({}));
    let profile = format!("--user-data-dir={}", scene.path("profile").display());
    let pid = scene.start_by(&image, &mount, &[&profile]).await;
    let claude = scene.installed_claude();
    let _end = EndAfter(&claude);
    let Running::Yes(parts) = claude.running() else {
        panic!("not found")
    };
    assert_eq!(parts.main_pids(), [pid]);
    let origin = parts.origin.unwrap();
    assert_eq!(origin.install, Install::LinuxAppImage);
    assert_eq!(origin.image.as_deref(), image.to_str());
    let (outcome, _) = scene.restart(&claude, "new").await;
    let RestartOutcome::Restarted { pid, .. } = outcome else {
        panic!("{outcome:?}")
    };
    let started = told(&mount, "started", |line| line["pid"] == pid).await;
    let config = scene.config();
    assert_eq!(started["config"].as_str(), config.to_str(), "its profile");
}
