use crate::{config, config_now, config_without_secrets, write_config};
use black_box_tests::{Home, Zoom};
use std::io::Write;
use std::process::{Command, Stdio};

/// What a person at a terminal answers, and what the terminal shows.
fn at_a_terminal(home: &Home, answers: &str) -> String {
    let ours = home.command("zoomtrayctl");
    let line = format!("{} accounts import", ours.get_program().display());
    let mut command = Command::new("script");
    command
        .args(["--quiet", "--return", "--command", &line, "/dev/null"])
        .env_clear()
        .envs(
            ours.get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .current_dir(home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(answers.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn no_changes_nothing() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    write_config(&home, &config());
    let shown = at_a_terminal(&home, "n\n");
    assert!(
        shown.contains("Move the client secret into the vault?"),
        "{shown}"
    );
    assert_eq!(config_now(&home), config());
    assert_eq!(zoom.token_requests(), 0);
}

#[test]
fn yes_and_no_save_the_account_and_leave_the_config() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    write_config(&home, &config());
    let shown = at_a_terminal(&home, "y\nn\n");
    assert!(
        shown.contains("Take ZOOM_CLIENT_SECRET and ZOOM_ACCESS_TOKEN out of"),
        "{shown}"
    );
    assert!(
        shown.contains("keeps its credentials in clear text"),
        "{shown}"
    );
    assert_eq!(config_now(&home), config());
    assert_eq!(zoom.token_requests(), 1);
}

#[test]
fn yes_twice_does_both() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    write_config(&home, &config());
    let shown = at_a_terminal(&home, "y\ny\n");
    assert!(shown.contains("Taken out of"), "{shown}");
    assert_eq!(config_now(&home), config_without_secrets());
}
