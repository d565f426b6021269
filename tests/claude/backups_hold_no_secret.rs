use crate::{claude, expire_token, home};
use black_box_tests::Zoom;

#[test]
fn neither_a_token_nor_what_stood_there_before() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let first = home.ctl(&["token"]).out;
    claude(&home, &["inject", "zoom"]);
    expire_token(&home);
    let mut watch = home.watch(&[]);
    watch.read_until("config   done");
    watch.interrupt();
    let second = home.ctl(&["token"]).out;
    claude(&home, &["off", "zoom"]);
    assert_ne!(first, second);
    let folder = home.zoomtray().join("data/claude-backups");
    let backups: Vec<_> = fs_err::read_dir(&folder).unwrap().flatten().collect();
    assert!(!backups.is_empty());
    for backup in backups {
        let text = fs_err::read_to_string(backup.path()).unwrap();
        assert!(
            text.contains("\"kept\": 1.50") && text.contains("<redacted>"),
            "{text}"
        );
    }
    for needle in [first.trim(), second.trim(), "original-value"] {
        let files = home.files_outside_the_vault_with(needle);
        let wanted = if needle == "original-value" {
            vec![home.claude_config()]
        } else {
            vec![]
        };
        assert_eq!(files, wanted, "{needle}");
    }
}

#[test]
fn also_under_a_harmless_name_when_something_else_is_written() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    home.set("CLAUDE_ZOOM_ENV_KEY", "ROOM");
    let token = home.ctl(&["token"]).out;
    claude(&home, &["inject", "zoom"]);
    claude(&home, &["connect", "else"]);
    claude(&home, &["off", "else"]);
    claude(&home, &["restore", "1"]);
    let needle = token.trim();
    let files = home.files_outside_the_vault_with(needle);
    assert!(
        files.iter().all(|file| *file == home.claude_config()),
        "{files:?}"
    );
}
