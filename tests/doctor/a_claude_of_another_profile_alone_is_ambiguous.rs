use crate::finding;
use black_box_tests::{Home, StandIn};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

const CONFIG: &str = r#"{"mcpServers": {"zoom": {"command": "x"}}}"#;

/// A home with a config in the usual place, and the stand-in for Claude.
fn scene() -> (Home, StandIn, PathBuf) {
    let mut home = Home::without_zoom();
    let claude = StandIn::install(&mut home);
    home.unset("CLAUDE_CONFIG_FILE");
    let folder = home.path().join(".config/Claude");
    fs_err::create_dir_all(&folder).unwrap();
    let config = folder.join("claude_desktop_config.json");
    fs_err::write(&config, CONFIG).unwrap();
    (home, claude, config)
}

/// The stand-in with a profile of its own; killed when dropped.
struct OtherProfile(Child);

impl OtherProfile {
    fn start(claude: &StandIn, folder: &std::path::Path) -> Self {
        fs_err::create_dir_all(folder).unwrap();
        let config = folder.join("claude_desktop_config.json");
        fs_err::write(&config, CONFIG).unwrap();
        let before = claude.count("started");
        let mut command = Command::new(claude.executable());
        command
            .arg(format!("--user-data-dir={}", folder.display()))
            .arg(format!("--config={}", config.display()))
            .env_clear()
            .stdin(Stdio::null());
        let started = Self(command.spawn().unwrap());
        claude.wait_for("started", before + 1);
        started
    }
}

impl Drop for OtherProfile {
    fn drop(&mut self) {
        // It may have ended already.
        let _ended = self.0.kill();
        let _reaped = self.0.wait();
    }
}

#[test]
fn and_nothing_is_written_until_one_is_named() {
    let (mut home, claude, config) = scene();
    let folder = home.path().join("work");
    let other = OtherProfile::start(&claude, &folder);
    let told = finding(&home, "claude-config-ambiguous").unwrap();
    assert!(told.contains("--user-data-dir"), "{told}");
    assert!(told.contains(&folder.display().to_string()), "{told}");
    let refused = home.ctl(&["claude", "connect", "zoom"]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    assert_eq!(fs_err::read_to_string(&config).unwrap(), CONFIG);
    home.set("CLAUDE_CONFIG_FILE", config.display());
    assert!(finding(&home, "claude-config-in-use").is_some());
    drop(other);
}

#[test]
fn once_it_is_gone_the_usual_one_is_in_use() {
    let (home, claude, config) = scene();
    drop(OtherProfile::start(&claude, &home.path().join("work")));
    let told = finding(&home, "claude-config-in-use").unwrap();
    assert!(told.contains(&config.display().to_string()), "{told}");
}
