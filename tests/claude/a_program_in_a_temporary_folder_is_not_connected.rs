use crate::{CONFIG, config, home};
use black_box_tests::{Zoom, program};
use std::process::Command;

#[test]
fn and_where_to_put_it_is_said() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let copy = home.path().join("zoomtrayctl");
    fs_err::copy(program("zoomtrayctl"), &copy).unwrap();
    let mut command: Command = home.command("zoomtrayctl");
    let environment: Vec<_> = command
        .get_envs()
        .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
        .collect();
    command = Command::new(&copy);
    command.env_clear().envs(environment);
    let output = command
        .args(["claude", "connect", "zoom"])
        .output()
        .unwrap();
    let why = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{why}");
    assert!(
        why.contains("temporary folder") && why.contains("~/.local/opt"),
        "{why}"
    );
    assert_eq!(config(&home), CONFIG);
}
