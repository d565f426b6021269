use crate::scene::{EndAfter, KEY, Scene, events, hash, log, told};
use claude::RestartOutcome;
use serde_json::{Value, json};

#[tokio::test]
async fn the_new_process_reads_the_new_value() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({"keep_unknown": true}));
    let old_pid = scene.start(&path, &[]).await;
    let claude = scene.claude(&path);
    let _end = EndAfter(&claude);

    let (outcome, steps) = scene.restart(&claude, "new").await;

    let RestartOutcome::Restarted { pid, .. } = outcome else {
        panic!("{outcome:?}")
    };
    assert_ne!(pid, old_pid);
    let done = ["Quit done", "Wait done", "Write done", "Start done"];
    assert_eq!(steps, done);
    let started = told(&path, "started", |line| line["pid"] == pid).await;
    assert_eq!(started["read"]["zoom"][KEY], hash("new"));
    let rewrote = log(&path)
        .into_iter()
        .find(|line| line["event"] == "wrote")
        .unwrap();
    assert_eq!(
        rewrote["read"]["zoom"][KEY],
        hash("old"),
        "the stale copy was written on quit"
    );
    assert_eq!(scene.value(), "new");
    let config: Value = serde_json::from_slice(&fs_err::read(scene.config()).unwrap()).unwrap();
    assert_eq!(config["kept"], 1.5);
}

#[tokio::test]
async fn without_a_restart_the_stale_copy_wins() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({}));
    let pid = scene.start(&path, &[]).await;
    scene.set("new").unwrap();
    let claude = scene.claude(&path);
    let _ = claude.signal();
    told(&path, "exited", |line| line["pid"] == pid).await;
    assert_eq!(scene.value(), "old", "the stand-in behaves as Claude does");
}

#[tokio::test]
async fn twenty_restarts_in_a_row_deliver_each_value() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({"write_at_launch": true}));
    let bystander = scene.install("elsewhere/claude", &json!({"bystander": true}));
    scene.start(&path, &[]).await;
    scene.start(&bystander, &[]).await;
    let claude = scene.claude(&path);
    let _end = EndAfter(&claude);
    for round in 0..20 {
        let value = format!("value {round}");
        let (outcome, _) = scene.restart(&claude, &value).await;
        let RestartOutcome::Restarted { pid, .. } = outcome else {
            panic!("{round}: {outcome:?}")
        };
        let started = told(&path, "started", |line| line["pid"] == pid).await;
        assert_eq!(started["read"]["zoom"][KEY], hash(&value), "round {round}");
    }
    assert_eq!(events(&bystander), ["started"]);
}
