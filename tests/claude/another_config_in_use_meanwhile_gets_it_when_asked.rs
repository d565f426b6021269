use crate::{CONFIG, claude, home};
use black_box_tests::Zoom;
use std::path::Path;

/// Makes Claude's config in this folder.
fn config_in(folder: &Path) -> std::path::PathBuf {
    let config = folder.join("Claude/claude_desktop_config.json");
    fs_err::create_dir_all(folder.join("Claude")).unwrap();
    fs_err::write(&config, CONFIG).unwrap();
    config
}

#[test]
fn and_until_then_neither_is_written() {
    let zoom = Zoom::start();
    let mut home = home(&zoom);
    home.unset("CLAUDE_CONFIG_FILE");
    home.set_path("XDG_CONFIG_HOME", "moved");
    let first = config_in(&home.path().join(".config"));
    let read = |path: &Path| fs_err::read_to_string(path).unwrap();
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    claude(&home, &["inject", "zoom"]);
    let injected = read(&first);
    assert_ne!(injected, CONFIG);
    let second = config_in(&home.path().join("moved"));
    let status = home.ctl(&["claude", "status"]).out;
    for path in [&first, &second] {
        let path = path.display().to_string();
        assert!(status.contains(&path), "both are named: {status}");
    }
    assert!(status.contains("Nothing is written until you"), "{status}");
    assert_eq!(home.ctl(&["refresh"]).code, Some(0));
    // Answered once the token has been delivered.
    home.ctl(&["claude", "status"]);
    assert_eq!((read(&first), read(&second)), (injected, CONFIG.to_owned()));
    claude(&home, &["inject", "zoom"]);
    assert_eq!(read(&first), CONFIG, "the first gets its own back");
    assert_ne!(read(&second), CONFIG);
    watch.interrupt();
}
