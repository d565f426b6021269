use crate::scene::{Scene, events, restart_around};
use claude::RestartOutcome;
use claude::process::{NotStarted, ProfileLock, Running, Started};
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn and_the_lock_is_left_where_it_is() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({}));
    scene.start(&path, &[]).await;
    let claude = scene.claude(&path);
    let write = async || {
        scene.make_lock("another-host-1", 0);
        assert_eq!(claude.running(), Running::No, "no process is here");
        tokio::time::pause();
        Ok::<(), String>(())
    };
    let (outcome, steps) = restart_around(&claude, write).await;
    tokio::time::resume();
    assert!(
        matches!(outcome, RestartOutcome::NotStarted { .. }),
        "{outcome:?}"
    );
    assert_eq!(steps.last().map(String::as_str), Some("Start failed"));
    let host = "another-host".to_owned();
    assert_eq!(claude.lock(), ProfileLock::OtherHost { host });
    assert!(!events(&path)[1..].contains(&"started".to_owned()));
}

#[tokio::test]
async fn also_where_its_process_is_there_for_a_moment() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({"locked_out_after_ms": 400}));
    let pid = scene.start(&path, &[]).await;
    let claude = scene.claude(&path);
    let Running::Yes(parts) = claude.running() else {
        panic!("not found")
    };
    scene.kill(pid);
    scene.make_lock("another-host-1", 0);
    let limit = Duration::from_secs(2);
    let started = claude.start(&parts.origin.unwrap(), limit).await;
    assert!(
        matches!(&started, Started::NotRunning(NotStarted::LockedElsewhere { host }) if host == "another-host"),
        "{started:?}"
    );
    assert!(events(&path).contains(&"locked_out".to_owned()));
}
