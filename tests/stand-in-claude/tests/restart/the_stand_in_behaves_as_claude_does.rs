use crate::scene::{Scene, events, host, lock, log, signal, told};
use rustix::process::Signal;
use serde_json::{Value, json};
use std::path::Path;

const UNKNOWN: &str = r#"{
    "mcpServers": {"zoom": {"command": "true", "type": "stdio", "env": {"A": "1"}}},
    "managedBy": "zoomtray", "preferences": {"any": [1, {"thing": null}]}
}"#;

/// Starts it, lets it write, and gives back what it wrote.
async fn rewritten(scene: &mut Scene, path: &Path) -> Value {
    let pid = scene.start(path, &[]).await;
    signal(pid, Signal::USR1);
    told(path, "wrote", |line| line["pid"] == pid).await;
    serde_json::from_slice(&fs_err::read(scene.config()).unwrap()).unwrap()
}

#[tokio::test]
async fn it_strips_what_it_does_not_know() {
    let mut scene = Scene::new();
    fs_err::write(scene.config(), UNKNOWN).unwrap();
    let path = scene.install("installed/claude", &json!({}));
    let written = rewritten(&mut scene, &path).await;
    let kept = json!({
        "mcpServers": {"zoom": {"command": "true", "env": {"A": "1"}}},
        "preferences": {"any": [1, {"thing": null}]},
    });
    assert_eq!(written, kept);
}

#[tokio::test]
async fn it_loses_a_config_that_it_cannot_parse() {
    for broken in [
        "\u{feff}{\"mcpServers\": {\"a\": {\"command\": \"b\"}}}",
        "{,}",
        "",
    ] {
        let mut scene = Scene::new();
        fs_err::write(scene.config(), broken).unwrap();
        let path = scene.install("installed/claude", &json!({}));
        let written = rewritten(&mut scene, &path).await;
        assert_eq!(written, json!({"preferences": {}}), "{broken:?}");
    }
}

#[tokio::test]
async fn it_writes_at_launch_on_a_timer_and_on_exit_if_told() {
    let mut scene = Scene::new();
    let options = json!({"write_at_launch": true, "write_every_ms": 1});
    let path = scene.install("installed/claude", &options);
    let pid = scene.start(&path, &[]).await;
    for why in ["launch", "timer"] {
        told(&path, "wrote", |line| line["why"] == why).await;
    }
    signal(pid, Signal::TERM);
    told(&path, "wrote", |line| line["why"] == "quit").await;
}

#[tokio::test]
async fn it_starts_each_server_three_times_with_almost_no_environment() {
    let mut scene = Scene::new();
    let script = r#"{ env | sort | cut -d= -f1 | tr '\n' ' '; echo; } >> "$OUT"; exec cat"#;
    let out = scene.path("environments");
    let entry = json!({"command": "/bin/sh", "args": ["-c", script], "env": {"OUT": out}});
    let config = json!({"mcpServers": {"zoom": entry}});
    fs_err::write(scene.config(), config.to_string()).unwrap();
    let path = scene.install("installed/claude", &json!({"spawn_servers": true}));
    let pid = scene.start(&path, &[]).await;
    let servers = events(&path);
    let servers = servers.iter().filter(|event| *event == "server_started");
    assert_eq!(servers.count(), 3);
    signal(pid, Signal::TERM);
    told(&path, "exited", |line| line["pid"] == pid).await;
    let passed = ["HOME", "LOGNAME", "PATH", "SHELL", "TERM", "USER"];
    let of_the_shell = ["OUT", "PWD", "SHLVL", "_", "OLDPWD"];
    for name in fs_err::read_to_string(out).unwrap().split_whitespace() {
        assert!(
            passed.contains(&name) || of_the_shell.contains(&name),
            "{name}"
        );
    }
}

#[tokio::test]
async fn it_holds_its_profile_and_a_second_one_ends_at_once() {
    let mut scene = Scene::new();
    let path = scene.install("installed/claude", &json!({}));
    let pid = scene.start(&path, &[]).await;
    let target = fs_err::read_link(lock(&scene)).unwrap();
    assert_eq!(target.to_str(), Some(format!("{}-{pid}", host()).as_str()));
    scene.start_no_wait(&path);
    told(&path, "second_instance", |_| true).await;
    signal(pid, Signal::TERM);
    scene.wait(pid);
    assert!(!lock(&scene).is_symlink());
    let starts = log(&path);
    let starts = starts.iter().filter(|line| line["event"] == "started");
    assert_eq!(starts.count(), 1);
}
