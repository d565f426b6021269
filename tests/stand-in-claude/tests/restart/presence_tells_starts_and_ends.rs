use crate::scene::{KillAfter, Scene, signal, told};
use claude::PresenceChange::{Gone, Started};
use claude::{Presence, PresenceChange};
use rustix::process::Signal;
use serde_json::json;
use std::time::Duration;
use tokio::sync::mpsc::Receiver;
use tokio::time::timeout;

/// Ends a test that would hang.
const PATIENCE: Duration = Duration::from_mins(1);

async fn next(reports: &mut Receiver<PresenceChange>) -> PresenceChange {
    timeout(PATIENCE, reports.recv()).await.unwrap().unwrap()
}

#[tokio::test]
async fn of_one_that_is_started_and_quit_and_started_again() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({"write_every_ms": 5}));
    let claude = scene.claude(&path);
    let (_presence, mut reports) = Presence::start(&claude, &scene.path("profile")).unwrap();
    for _ in 0..3 {
        let pid = scene.start(&path, &[]).await;
        assert_eq!(next(&mut reports).await, Started { pid });
        signal(pid, Signal::TERM);
        assert_eq!(next(&mut reports).await, Gone);
        scene.wait(pid);
    }
    assert!(reports.is_empty(), "each was told once");
}

#[tokio::test]
async fn and_leaves_the_folder_alone_while_it_runs() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({}));
    let claude = scene.claude(&path);
    let (_presence, mut reports) = Presence::start(&claude, &scene.path("profile")).unwrap();
    assert_eq!(watched_folders(), 1);
    let pid = scene.start(&path, &[]).await;
    assert_eq!(next(&mut reports).await, Started { pid });
    until_watched(0).await;
    signal(pid, Signal::TERM);
    assert_eq!(next(&mut reports).await, Gone);
    until_watched(1).await;
}

/// Waits until this process watches so many folders.
async fn until_watched(folders: usize) {
    let watched = async {
        while watched_folders() != folders {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, watched).await.unwrap();
}

/// What the kernel tells of this process's own watches.
fn watched_folders() -> usize {
    let descriptors = fs_err::read_dir("/proc/self/fdinfo").unwrap().flatten();
    let told = descriptors.filter_map(|entry| fs_err::read_to_string(entry.path()).ok());
    told.map(|text| text.matches("inotify wd:").count()).sum()
}

#[tokio::test]
async fn of_one_that_ran_before_and_is_killed() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({"helpers_linger_ms": 200}));
    let pid = scene.start(&path, &[]).await;
    let claude = scene.claude(&path);
    let (_presence, mut reports) = Presence::start(&claude, &scene.path("profile")).unwrap();
    assert_eq!(next(&mut reports).await, Started { pid });
    scene.kill(pid);
    assert_eq!(next(&mut reports).await, Gone, "its lock is stale");
    assert_eq!(claude.running(), claude::process::Running::No);
}

#[tokio::test]
async fn of_one_that_an_update_replaces() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({"update": "restarted"}));
    let claude = scene.claude(&path);
    let _kill = KillAfter(&claude);
    let (_presence, mut reports) = Presence::start(&claude, &scene.path("profile")).unwrap();
    let pid = scene.start(&path, &[]).await;
    assert_eq!(next(&mut reports).await, Started { pid });
    signal(pid, Signal::USR2);
    let new = told(&path, "started", |line| line["pid"] != pid).await;
    let pid = u32::try_from(new["pid"].as_u64().unwrap()).unwrap();
    match next(&mut reports).await {
        Gone => assert_eq!(next(&mut reports).await, Started { pid }),
        change @ Started { .. } => assert_eq!(change, Started { pid }),
    }
}

#[tokio::test]
async fn and_not_of_another_profile_or_program() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({}));
    let bystander = scene.install("elsewhere/claude", &json!({"bystander": true}));
    let claude = scene.claude(&path);
    let (_presence, mut reports) = Presence::start(&claude, &scene.path("profile")).unwrap();
    let other = format!("--user-data-dir={}", scene.path("other").display());
    scene.start(&path, &[&other]).await;
    scene.start(&bystander, &[]).await;
    // A trace of another's making: it is looked, and nothing is found.
    scene.make_lock("another-host-1", 0);
    fs_err::remove_file(crate::scene::lock(&scene)).unwrap();
    let pid = scene.start(&path, &[]).await;
    assert_eq!(next(&mut reports).await, Started { pid });
}

#[tokio::test]
async fn until_its_folder_is_gone() {
    let scene = Scene::new();
    let path = scene.install("installed/claude", &json!({}));
    let claude = scene.claude(&path);
    let folder = scene.path("profile");
    let (_presence, mut reports) = Presence::start(&claude, &folder).unwrap();
    fs_err::remove_dir_all(&folder).unwrap();
    assert!(timeout(PATIENCE, reports.recv()).await.unwrap().is_none());
    assert!(Presence::start(&claude, &folder).is_err());
}
