use crate::{config, config_now, config_without_secrets, import, said, write_config};
use black_box_tests::{Home, Zoom, golden};
use fake_zoom::App;

#[test]
fn with_yes() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    write_config(&home, &config());
    let moved = import(&home, &["--yes"]);
    assert_eq!(moved.code, Some(0), "{}", moved.err);
    golden("import/moved.txt", &said(&home, &moved));
    assert_eq!(config_now(&home), config_without_secrets());
    assert_eq!(zoom.token_requests(), 1, "it was tried at Zoom, once");
    let list = home.ctl(&["accounts", "list"]).out;
    assert!(list.contains(&App::default().account_id), "{list}");
    assert_eq!(home.ctl(&["token"]).code, Some(0));
}

#[test]
fn the_secret_is_in_the_vault_alone_afterwards() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    write_config(&home, &config());
    assert_eq!(import(&home, &["--yes"]).code, Some(0));
    let secret = App::default().client_secret;
    let outside = home.files_outside_the_vault_with(&secret);
    assert!(outside.is_empty(), "{outside:?}");
    assert_eq!(home.files_with(&secret).len(), 1);
    let left = home.files_outside_the_vault_with("planted-access-token");
    assert!(left.is_empty(), "a backup holds the token: {left:?}");
}

#[test]
fn a_second_import_finds_nothing() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    write_config(&home, &config());
    assert_eq!(import(&home, &["--yes"]).code, Some(0));
    let again = import(&home, &["--yes"]);
    assert_eq!(again.out, "No Zoom credentials in clear text were found.\n");
    assert_eq!(zoom.token_requests(), 1);
}
