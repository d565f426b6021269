use crate::said;
use black_box_tests::{Home, Zoom};
use std::path::PathBuf;

#[test]
fn are_named_the_defaults_used_and_the_file_left_alone() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    fs_err::write(settings(&home), r#"{"auto_refresh": tr"#).unwrap();
    warns(&home, "settings that are not JSON");
    assert_eq!(
        fs_err::read(settings(&home)).unwrap(),
        br#"{"auto_refresh": tr"#
    );
}

#[test]
fn also_when_there_is_a_folder_in_their_place() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    fs_err::create_dir(settings(&home)).unwrap();
    warns(&home, "settings that are a folder");
}

#[test]
fn also_one_value_alone() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    fs_err::write(settings(&home), r#"{"refresh_threshold_s": "soon"}"#).unwrap();
    warns(&home, "settings with a value that is no number");
}

fn settings(home: &Home) -> PathBuf {
    let folder = home.zoomtray().join("config");
    fs_err::create_dir_all(&folder).unwrap();
    folder.join("settings.json")
}

/// The token is there all the same, and the second line of `status` is the warning.
fn warns(home: &Home, subject: &str) {
    let status = home.ctl(&["status"]);
    assert_eq!(status.code, Some(0), "{}", status.err);
    let warning = status
        .out
        .lines()
        .find(|line| line.contains("settings.json"));
    said(
        home,
        subject,
        warning.unwrap_or_else(|| panic!("{}", status.out)),
    );
}
