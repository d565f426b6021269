use crate::finding;
use black_box_tests::Home;
use std::os::unix::fs::symlink;
use std::process::Command;

#[test]
fn with_the_process_that_left_it() {
    let home = Home::without_zoom();
    fs_err::write(home.claude_config(), "{}").unwrap();
    let mut gone = Command::new("true").spawn().unwrap();
    let pid = gone.id();
    gone.wait().unwrap();
    let lock = home.path().join("SingletonLock");
    symlink(format!("{}-{pid}", host()), &lock).unwrap();
    let text = finding(&home, "claude-lock-stale").unwrap();
    assert!(text.contains(&pid.to_string()), "{text}");
    assert!(lock.is_symlink(), "the lock is Claude's to remove");
}

#[test]
fn one_of_another_computer_is_told_apart() {
    let home = Home::without_zoom();
    fs_err::write(home.claude_config(), "{}").unwrap();
    symlink("another-host-1", home.path().join("SingletonLock")).unwrap();
    let text = finding(&home, "claude-lock-other-host").unwrap();
    assert!(text.contains("another-host"), "{text}");
}

fn host() -> String {
    let told = Command::new("uname").arg("-n").output().unwrap();
    String::from_utf8(told.stdout).unwrap().trim().to_owned()
}
