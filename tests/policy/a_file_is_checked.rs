use crate::stage::{policy_file, said, write_policy};
use black_box_tests::Home;

#[test]
fn and_every_mistake_is_named_with_its_line() {
    let home = Home::without_zoom();
    let path = policy_file(&home);
    let check = || home.ctl(&["policy", "check", path.to_str().unwrap()]);
    write_policy(
        &home,
        r#"{ "version": "1", "default": "deny", "tools": { "a": {} } }"#,
    );
    let well = check();
    assert_eq!(well.code, Some(0), "{well:?}");
    said(&home, "check, no mistakes", &well.out);
    write_policy(
        &home,
        "{ \"version\": \"1\",\n  \"default\": \"maybe\",\n  \"tools\": { \"a\": { \"acton\": \"deny\" } } }",
    );
    let wrong = check();
    assert_eq!(wrong.code, Some(1), "{wrong:?}");
    said(&home, "check, mistakes", &wrong.out);
    fs_err::remove_file(&path).unwrap();
    let missing = check();
    assert_eq!(missing.code, Some(1), "{missing:?}");
    said(&home, "check, no file", &missing.err);
}
