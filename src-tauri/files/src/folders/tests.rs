//! The table of folders, for each system on every system.

use super::*;

/// An absolute path wherever the test runs.
const HOME: &str = if cfg!(windows) {
    r"C:\homes\one"
} else {
    "/homes/one"
};

struct Case {
    platform: Platform,
    environment: &'static [(&'static str, &'static str)],
    session_folder: bool,
}

impl Case {
    fn folders(&self) -> Result<Folders, FoldersError> {
        let find = |name: &str| self.environment.iter().find(|(known, _)| *known == name);
        Folders::find(&Surroundings {
            platform: self.platform,
            variable: &|name| find(name).map(|(_, value)| OsString::from(value)),
            home: Some("/home/ann".into()),
            user: 1000,
            roaming: Some("/profile/Roaming".into()),
            local: Some("/profile/Local".into()),
            is_ours: &|path| self.session_folder && path == Path::new("/run/user/1000"),
        })
    }
}

fn paths(config: &str, data: &str, run: &str, logs: &str) -> Folders {
    Folders {
        config: config.into(),
        data: data.into(),
        run: run.into(),
        logs: logs.into(),
        home_tag: None,
    }
}

#[test]
fn each_system_has_its_folders() {
    let linux = |run: &str| {
        paths(
            "/home/ann/.config/zoomtray",
            "/home/ann/.local/share/zoomtray",
            run,
            "/home/ann/.local/state/zoomtray/logs",
        )
    };
    let table = [
        (Platform::Linux, true, linux("/run/user/1000/zoomtray")),
        (
            Platform::Linux,
            false,
            linux("/home/ann/.local/state/zoomtray/run"),
        ),
        (
            Platform::MacOs,
            true,
            paths(
                "/home/ann/Library/Application Support/Zoomtray/config",
                "/home/ann/Library/Application Support/Zoomtray/data",
                "/home/ann/Library/Application Support/Zoomtray/run",
                "/home/ann/Library/Logs/Zoomtray",
            ),
        ),
        (
            Platform::Windows,
            true,
            paths(
                "/profile/Roaming/Zoomtray",
                "/profile/Local/Zoomtray/data",
                "/profile/Local/Zoomtray/run",
                "/profile/Local/Zoomtray/logs",
            ),
        ),
    ];
    for (platform, session_folder, expected) in table {
        let case = Case {
            platform,
            environment: &[],
            session_folder,
        };
        assert_eq!(case.folders().unwrap(), expected, "{platform:?}");
    }
}

#[test]
fn what_claude_does_not_pass_on_decides_nothing() {
    let environment = &[
        ("XDG_RUNTIME_DIR", "/elsewhere"),
        ("XDG_CONFIG_HOME", "/elsewhere"),
        ("XDG_DATA_HOME", "/elsewhere"),
        ("XDG_STATE_HOME", "/elsewhere"),
        ("HOME", "/elsewhere"),
        ("ZOOMTRAY_HOME", ""),
    ];
    let full = Case {
        platform: Platform::Linux,
        environment,
        session_folder: true,
    };
    let bare = Case {
        platform: Platform::Linux,
        environment: &[],
        session_folder: true,
    };
    assert_eq!(full.folders().unwrap(), bare.folders().unwrap());
}

#[test]
fn a_home_holds_everything_on_each_system() {
    for platform in [Platform::Linux, Platform::MacOs, Platform::Windows] {
        let environment = &[("ZOOMTRAY_HOME", HOME)];
        let folders = Case {
            platform,
            environment,
            session_folder: true,
        }
        .folders()
        .unwrap();
        let home = Path::new(HOME);
        assert_eq!(folders.config, home.join("config"));
        assert_eq!(folders.data, home.join("data"));
        assert_eq!(folders.run, home.join("run"));
        assert_eq!(folders.logs, home.join("logs"));
        assert_eq!(
            folders,
            Folders::under(home).unwrap(),
            "the relay's --home is the same home"
        );
    }
}

#[test]
fn a_home_has_one_tag_and_another_home_another() {
    let tag = |home: &str| Folders::under(Path::new(home)).unwrap().home_tag.unwrap();
    assert_eq!(tag(HOME), tag(&format!("{HOME}/")));
    assert_ne!(tag(HOME), tag(&format!("{HOME}2")));
    assert_eq!(tag(HOME).len(), 12);
}

#[test]
fn what_cannot_be_used_is_named() {
    let environment = &[("ZOOMTRAY_HOME", "some/where")];
    let relative = Case {
        platform: Platform::Linux,
        environment,
        session_folder: true,
    };
    let error = relative.folders().unwrap_err();
    assert!(
        error.to_string().contains("`some/where`, a relative path"),
        "{error}"
    );
    let homeless = Surroundings {
        platform: Platform::Linux,
        variable: &|_| None,
        home: None,
        user: 1000,
        roaming: None,
        local: None,
        is_ours: &|_| true,
    };
    assert!(matches!(
        Folders::find(&homeless),
        Err(FoldersError::NoHome)
    ));
}

#[test]
fn a_socket_path_over_the_limit_is_refused_by_name() {
    let folders = |length: usize| {
        let tail = "/run/control.sock".len();
        let home = format!("{HOME}{}", "x".repeat(length - tail - HOME.len()));
        Folders::under(Path::new(&home)).unwrap()
    };
    assert_eq!(folders(100).socket().unwrap().as_os_str().len(), 100);
    let error = folders(101).socket().unwrap_err();
    assert!(error.to_string().contains("has 101 bytes"), "{error}");
    assert!(error.to_string().contains("control.sock"), "{error}");
}

#[test]
fn this_process_has_folders_and_can_make_them() {
    let real = Folders::resolve().unwrap();
    assert!(
        [&real.config, &real.data, &real.run, &real.logs]
            .iter()
            .all(|path| path.is_absolute())
    );
    let home = tempfile::tempdir().unwrap();
    let folders = Folders::under(home.path()).unwrap();
    folders.create().unwrap();
    folders.create().unwrap();
    assert!(folders.run.is_dir() && folders.logs.is_dir());
}
