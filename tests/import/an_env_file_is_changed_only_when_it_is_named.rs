use crate::{import, said};
use black_box_tests::{Home, Zoom, golden};
use fake_zoom::App;
use std::path::PathBuf;

/// A `.env` with whole credentials, in the working directory.
fn env_file(home: &Home) -> (PathBuf, String) {
    let App {
        account_id,
        client_id,
        client_secret,
        ..
    } = App::default();
    let text = format!(
        "# mine\nZOOM_ACCOUNT_ID={account_id}\r\nexport ZOOM_CLIENT_SECRET='{client_secret}'\n\
         ZOOM_CLIENT_ID={client_id}\nOTHER=1"
    );
    let path = home.path().join(".env");
    fs_err::write(&path, &text).unwrap();
    (path, text)
}

#[test]
fn found_beside_the_user_it_is_imported_and_stays() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    let (path, text) = env_file(&home);
    let moved = import(&home, &["--yes"]);
    assert_eq!(moved.code, Some(0), "{}", moved.err);
    golden("import/env_file_beside.txt", &said(&home, &moved));
    assert_eq!(fs_err::read_to_string(path).unwrap(), text);
    let list = home.ctl(&["accounts", "list"]).out;
    assert!(list.contains(&App::default().account_id), "{list}");
}

#[test]
fn named_its_secret_is_taken_out() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    let (path, text) = env_file(&home);
    let moved = import(&home, &["--from", ".env", "--yes"]);
    assert_eq!(moved.code, Some(0), "{}", moved.err);
    golden("import/env_file_named.txt", &said(&home, &moved));
    let line = format!(
        "export ZOOM_CLIENT_SECRET='{}'\n",
        App::default().client_secret
    );
    assert_eq!(
        fs_err::read_to_string(path).unwrap(),
        text.replace(&line, "")
    );
}

#[test]
fn one_that_cannot_be_read_is_named_without_its_lines() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    let path = home.path().join("other.env");
    fs_err::write(&path, "A=1\nZOOM_CLIENT_SECRET='planted-access-token\n").unwrap();
    let refused = import(&home, &["--from", "other.env", "--yes"]);
    assert_eq!(refused.code, Some(2), "{}", refused.out);
    assert!(refused.err.contains("other.env"), "{}", refused.err);
    let missing = import(&home, &["--from", "none.env"]);
    assert_eq!(missing.code, Some(2), "{}", missing.out);
    assert!(missing.err.contains("none.env"), "{}", missing.err);
}
