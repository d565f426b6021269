//! No process of a server outlives the one that started it. Real processes, Unix.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by it")]

use gateway::{Child, Inherited, Launch, Pipes};
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};
use tokio::io::AsyncReadExt as _;

/// The program of `test-process`.
const PROCESS: &str = env!("CARGO_BIN_EXE_gateway-test-process");

/// A server with a child of its own, both deaf to polite requests. Both hold stdout open, so
/// its end says that both are gone.
const DEAF_FAMILY: &str = "trap '' TERM
(echo grandchild; while :; do sleep 1000; done) &
echo child; while :; do sleep 1000; done";

fn launch(script: &str) -> Launch {
    Launch {
        guard: PROCESS.into(),
        program: "/bin/sh".into(),
        arguments: ["-c", script].map(Into::into).to_vec(),
        inherited: Inherited::All,
        folder: None,
        environment: Vec::new(),
    }
}

async fn read_until(pipes: &mut Pipes, count: usize) -> String {
    let mut text = String::new();
    while text.lines().count() < count {
        let mut piece = [0; 64];
        let length = pipes.stdout.read(&mut piece).await.unwrap();
        assert!(length > 0, "the server ended early after {text:?}");
        text.push_str(std::str::from_utf8(&piece[..length]).unwrap());
    }
    text
}

#[test]
fn a_killed_parent_leaves_no_child_and_no_grandchild() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("family");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    // Only the family holds the pipe open, so its end says that all of them are gone.
    let script = format!("exec 9>'{}' >&9\n{DEAF_FAMILY}", pipe.display());
    let mut parent = Command::new(PROCESS)
        .args(["parent", "/bin/sh", "-c", &script])
        .spawn()
        .unwrap();
    let mut family = BufReader::new(fs_err::File::open(&pipe).unwrap());
    let mut lines = String::new();
    for _both in 0..2 {
        family.read_line(&mut lines).unwrap();
    }
    assert!(lines.contains("grandchild\n") && lines.len() == "child\ngrandchild\n".len());
    parent.kill().unwrap();
    parent.wait().unwrap();
    // The test's own time limit is what fails if one of them lives on.
    assert_eq!(family.read_to_end(&mut Vec::new()).unwrap(), 0);
}

#[tokio::test]
async fn a_dropped_child_ends_with_its_family() {
    let (child, mut pipes) = Child::start(&launch(DEAF_FAMILY)).unwrap();
    read_until(&mut pipes, 2).await;
    drop(child);
    assert_eq!(pipes.stdout.read_to_end(&mut Vec::new()).await.unwrap(), 0);
}

#[tokio::test]
async fn a_deaf_family_is_killed_in_the_end() {
    let (child, mut pipes) = Child::start(&launch(DEAF_FAMILY)).unwrap();
    read_until(&mut pipes, 2).await;
    drop(pipes.stdin);
    child.close().await.unwrap();
    assert_eq!(pipes.stdout.read_to_end(&mut Vec::new()).await.unwrap(), 0);
}

#[tokio::test]
async fn a_polite_server_ends_with_its_stdin() {
    let polite = "cat; echo left by itself";
    let (child, mut pipes) = Child::start(&launch(polite)).unwrap();
    drop(pipes.stdin);
    child.close().await.unwrap();
    let mut text = String::new();
    pipes.stdout.read_to_string(&mut text).await.unwrap();
    assert_eq!(text, "left by itself\n");
}

#[tokio::test]
async fn a_server_that_waits_for_sigterm_hears_it_and_the_guard_lives_through_it() {
    let obedient = "trap 'echo heard; exit 0' TERM; echo ready; while :; do sleep 0.05; done";
    let (child, mut pipes) = Child::start(&launch(obedient)).unwrap();
    read_until(&mut pipes, 1).await;
    drop(pipes.stdin);
    child.close().await.unwrap();
    let mut text = String::new();
    pipes.stdout.read_to_string(&mut text).await.unwrap();
    assert_eq!(text, "heard\n");
}

#[tokio::test]
async fn a_server_that_ends_takes_its_children_along() {
    let forgetful = "(while :; do sleep 1000; done) & echo gone";
    let (mut child, mut pipes) = Child::start(&launch(forgetful)).unwrap();
    let mut text = String::new();
    pipes.stdout.read_to_string(&mut text).await.unwrap();
    assert_eq!(text, "gone\n");
    child.ended().await.unwrap();
}

#[tokio::test]
async fn a_killed_guard_leaves_nobody() {
    let (mut child, mut pipes) = Child::start(&launch("echo $PPID; exec cat")).unwrap();
    let guard = read_until(&mut pipes, 1).await;
    assert!(
        Command::new("kill")
            .args(["-9", guard.trim()])
            .status()
            .unwrap()
            .success()
    );
    child.ended().await.unwrap();
    assert_eq!(pipes.stdout.read_to_end(&mut Vec::new()).await.unwrap(), 0);
}

fn guard(parent: Option<u32>, words: &[&str]) -> Option<i32> {
    let mut guard = Command::new(PROCESS);
    guard
        .args(["guard", "--"])
        .args(words)
        .stderr(Stdio::null());
    if let Some(parent) = parent {
        guard.env(gateway::guard::PARENT_VARIABLE, parent.to_string());
    }
    guard.status().unwrap().code()
}

#[test]
fn a_guard_ends_with_its_servers_exit_code() {
    assert_eq!(guard(None, &["/bin/sh", "-c", "exit 7"]), Some(7));
    assert_eq!(guard(None, &["/bin/sh", "-c", "kill -9 $$"]), Some(128 + 9));
    assert_eq!(guard(None, &["/nowhere/at-all"]), Some(127));
    assert_eq!(guard(None, &[]), Some(2));
}

#[test]
fn a_guard_whose_parent_is_gone_starts_nothing() {
    let mut gone = Command::new("/bin/true").spawn().unwrap();
    gone.wait().unwrap();
    assert_eq!(guard(Some(gone.id()), &["/bin/true"]), Some(125));
    assert_eq!(
        guard(Some(1), &["/bin/true"]),
        Some(125),
        "alive, but not the parent"
    );
}

#[test]
fn a_server_does_not_see_who_its_guards_parent_is() {
    let script = format!("test -z \"${}\"", gateway::guard::PARENT_VARIABLE);
    assert_eq!(
        guard(Some(std::process::id()), &["/bin/sh", "-c", &script]),
        Some(0)
    );
}
