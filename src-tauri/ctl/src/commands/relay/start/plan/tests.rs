use super::*;

fn programs(folder: &str) -> Programs {
    Programs {
        app: Some(format!("{folder}/zoomtray").into()),
        command_line: format!("{folder}/zoomtrayctl").into(),
    }
}

fn without_app() -> Programs {
    Programs {
        app: None,
        ..programs("/o")
    }
}

fn variables(pairs: &[(&str, &str)]) -> Variables {
    let pairs = pairs.iter();
    pairs
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn shown(host: Host) -> Desktop {
    Desktop {
        host,
        variables: Some(variables(&[("DISPLAY", ":1")])),
    }
}

fn hidden(host: Host) -> Desktop {
    Desktop {
        host,
        variables: None,
    }
}

fn manager() -> Host {
    Host::Manager(variables(&[("XDG_RUNTIME_DIR", "/run/user/7")]))
}

fn line(launch: &Launch) -> String {
    let program = launch.program.to_string_lossy().into_owned();
    let arguments = launch.arguments.iter();
    let arguments = arguments.map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once(program)
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}

fn linux(programs: &Programs, home: Option<&str>, desktop: Desktop) -> Launch {
    plan(Platform::Linux, programs, home.map(Path::new), || desktop)
}

fn elsewhere(platform: Platform, programs: &Programs, home: Option<&str>) -> Launch {
    plan(platform, programs, home.map(Path::new), || {
        panic!("only Linux has to look for its desktop")
    })
}

#[test]
fn on_a_linux_desktop_the_app_is_started_in_the_users_session() {
    let by_manager = "systemd-run --user --quiet --collect --description=Zoomtray --setenv=DISPLAY -- \
                      /o/zoomtray --background";
    let launch = linux(&programs("/o"), None, shown(manager()));
    assert_eq!(line(&launch), by_manager);
    let values = variables(&[("DISPLAY", ":1"), ("XDG_RUNTIME_DIR", "/run/user/7")]);
    assert_eq!(launch.variables, values, "none is in the command line");

    let launch = linux(&programs("/o"), Some("/h"), shown(Host::None));
    assert_eq!(
        line(&launch),
        "setsid --fork /o/zoomtray --background --home /h"
    );
    let display = variables(&[("DISPLAY", ":1")]);
    assert_eq!(launch.variables, display);
}

#[test]
fn without_a_desktop_or_an_app_linux_gets_a_keeper_without_one() {
    let home = variables(&[("ZOOMTRAY_HOME", "/h")]);
    for (programs, desktop) in [
        (programs("/o"), hidden(Host::None)),
        (without_app(), shown(Host::None)),
    ] {
        let launch = linux(&programs, Some("/h"), desktop);
        assert_eq!(line(&launch), "setsid --fork /o/zoomtrayctl watch");
        assert_eq!(launch.variables, home);
    }
    let launch = linux(&programs("/o"), Some("/h"), hidden(manager()));
    assert_eq!(
        line(&launch),
        "systemd-run --user --quiet --collect --description=Zoomtray --setenv=ZOOMTRAY_HOME -- \
         /o/zoomtrayctl watch"
    );
    assert_eq!(launch.variables["ZOOMTRAY_HOME"], "/h");
}

#[test]
fn macos_opens_the_bundle_in_the_background() {
    let folder = "/Applications/Zoomtray.app/Contents/MacOS";
    let open = "/usr/bin/open -g -a /Applications/Zoomtray.app --args --background";
    let table = [
        (programs(folder), None, open.to_owned()),
        (programs(folder), Some("/h"), format!("{open} --home /h")),
        (
            programs("/o"),
            Some("/h"),
            "/o/zoomtray --background --home /h".into(),
        ),
        (without_app(), None, "/o/zoomtrayctl watch".into()),
    ];
    for (programs, home, expected) in table {
        let launch = elsewhere(Platform::MacOs, &programs, home);
        assert_eq!(line(&launch), expected);
    }
}

#[test]
fn windows_starts_it_outside_of_the_clients_package() {
    let table = [
        (programs("C:/Z"), None, "explorer.exe C:/Z/zoomtray"),
        (
            programs("C:/Z"),
            Some("D:/h"),
            "C:/Z/zoomtray --background --home D:/h",
        ),
        (without_app(), None, "/o/zoomtrayctl watch"),
    ];
    for (programs, home, expected) in table {
        let launch = elsewhere(Platform::Windows, &programs, home);
        assert_eq!(line(&launch), expected);
    }
}

#[test]
fn a_keeper_without_a_desktop_is_told_its_home_by_variable() {
    let launch = elsewhere(Platform::Windows, &without_app(), Some("D:/h"));
    let home = variables(&[("ZOOMTRAY_HOME", "D:/h")]);
    assert_eq!(launch.variables, home);
    assert_eq!(launch.role, Role::Itself);
}
