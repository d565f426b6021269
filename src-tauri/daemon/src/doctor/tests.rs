use super::looked::{Config, Looked};
use super::{Code, claude as desktop};
use ::claude::process::{Install, ProfileLock};
use ::claude::{Candidate, Doubt, Located, Platform, Why};
use control::{
    ClaudeView, Drift, EntryView, GateView, GuardianView, KeeperView, Rank, ServerView, Snapshot,
};

fn snapshot(claude: ClaudeView) -> Snapshot {
    Snapshot {
        version: "0".to_owned(),
        keeper: KeeperView {
            pid: 1,
            rank: Rank::App,
        },
        auto_refresh: true,
        accounts: Vec::new(),
        claude,
        server: ServerView::None,
        relays: Vec::new(),
        gate: GateView::default(),
        events: Vec::new(),
        warnings: Vec::new(),
    }
}

fn candidate(path: &str, why: Why) -> Candidate {
    Candidate {
        path: path.into(),
        why,
        exists: true,
    }
}

fn in_use(path: &str, why: Why, others: Vec<Candidate>) -> Located {
    Located::InUse {
        path: path.into(),
        why: why.clone(),
        candidates: std::iter::once(candidate(path, why))
            .chain(others)
            .collect(),
    }
}

/// A machine on which all is well.
fn looked(platform: Platform) -> Looked {
    Looked {
        platform,
        located: in_use("/c.json", Why::DotConfig, Vec::new()),
        installs: vec![Install::LinuxPackage {
            command: "/usr/bin/claude-desktop".to_owned(),
        }],
        config: Some(config()),
        lock: ProfileLock::Free,
        servers_forbidden: false,
        container: None,
    }
}

fn config() -> Config {
    Config {
        bytes: Ok(b"{}".to_vec().into()),
        read_only: false,
        folder_is_link: false,
        servers_in_config_json: false,
        extensions: Vec::new(),
    }
}

/// The codes of what is not well.
fn troubles(looked: &Looked, claude: ClaudeView) -> Vec<Code> {
    desktop::findings(looked, &snapshot(claude))
        .into_iter()
        .filter(|found| found.verdict != super::Verdict::Well)
        .map(|found| found.code)
        .collect()
}

fn package(family: &str) -> Install {
    Install::WindowsPackage {
        family: family.to_owned(),
    }
}

fn squirrel() -> Install {
    Install::WindowsSquirrel {
        stub: r"C:\x\claude.exe".to_owned(),
    }
}

#[test]
fn nothing_is_said_of_a_machine_on_which_all_is_well() {
    for platform in [Platform::Linux, Platform::MacOs, Platform::Windows] {
        assert_eq!(troubles(&looked(platform), ClaudeView::default()), []);
    }
}

#[test]
fn what_is_installed_is_told() {
    let table = [
        (vec![], Some(Code::ClaudeInstalled)),
        (vec![package("Claude_a")], None),
        (vec![squirrel()], None),
        (
            vec![package("Claude_a"), squirrel()],
            Some(Code::ClaudeTwoInstalls),
        ),
        (
            vec![package("Claude_a"), package("Claude_b")],
            Some(Code::ClaudeTwoInstalls),
        ),
    ];
    for (installs, expected) in table {
        let looked = Looked {
            installs: installs.clone(),
            ..looked(Platform::Windows)
        };
        let troubles = troubles(&looked, ClaudeView::default());
        assert_eq!(troubles.first().copied(), expected, "{installs:?}");
    }
    let nothing = Looked {
        installs: Vec::new(),
        located: Located::Missing {
            create: None,
            candidates: vec![candidate("/c.json", Why::DotConfig)],
        },
        config: None,
        ..looked(Platform::Linux)
    };
    assert_eq!(
        troubles(&nothing, ClaudeView::default()),
        [Code::ClaudeNotInstalled, Code::ClaudeConfigMissing]
    );
}

#[test]
fn other_files_that_could_be_the_config_are_told() {
    let others = vec![
        candidate("/real.json", Why::WindowsRoaming),
        candidate("/other/c.json", Why::UserDataDir),
    ];
    let family = "Claude_a".to_owned();
    let looked = Looked {
        located: in_use("/private.json", Why::WindowsPackage { family }, others),
        ..looked(Platform::Windows)
    };
    assert_eq!(
        troubles(&looked, ClaudeView::default()),
        [Code::ClaudeOtherProfile, Code::ClaudeConfigCandidate]
    );
    let keepers = ClaudeView {
        config: Some("/real.json".into()),
        ..ClaudeView::default()
    };
    assert!(troubles(&looked, keepers).contains(&Code::ClaudeConfigDiffers));
}

#[test]
fn a_doubt_is_told_once() {
    for doubt in [
        Doubt::SeveralInstalls,
        Doubt::OtherProfile,
        Doubt::ThirdParty,
    ] {
        let looked = Looked {
            located: Located::Ambiguous {
                doubt,
                candidates: vec![
                    candidate("/c.json", Why::DotConfig),
                    candidate("/other/c.json", Why::UserDataDir),
                ],
            },
            config: None,
            ..looked(Platform::Linux)
        };
        let troubles = troubles(&looked, ClaudeView::default());
        let ambiguous = troubles
            .iter()
            .filter(|code| **code == Code::ClaudeConfigAmbiguous);
        assert_eq!(ambiguous.count(), 1, "{doubt:?}");
        let profile = troubles.contains(&Code::ClaudeOtherProfile);
        assert_eq!(profile, doubt != Doubt::OtherProfile, "{doubt:?}");
    }
}

#[test]
fn the_surroundings_of_the_config_are_told() {
    let is = |change: fn(&mut Looked)| {
        let mut looked = looked(Platform::Windows);
        change(&mut looked);
        troubles(&looked, ClaudeView::default())
    };
    let at = |change: fn(&mut Config)| {
        let mut looked = looked(Platform::Windows);
        change(looked.config.as_mut().unwrap());
        troubles(&looked, ClaudeView::default())
    };
    assert_eq!(at(|it| it.read_only = true), [Code::ClaudeConfigReadOnly]);
    assert_eq!(at(|it| it.folder_is_link = true), [Code::ClaudeFolderLink]);
    assert_eq!(
        at(|it| it.servers_in_config_json = true),
        [Code::ClaudeServersInConfigJson]
    );
    assert_eq!(
        at(|it| it.extensions = vec!["a.Zoom".into()]),
        [Code::ClaudeZoomExtension]
    );
    let unreadable = || Err(std::io::Error::other("no"));
    let mut broken = looked(Platform::Linux);
    broken.config.as_mut().unwrap().bytes = unreadable();
    assert_eq!(
        troubles(&broken, ClaudeView::default()),
        [Code::ClaudeConfigUnreadable]
    );
    assert_eq!(
        is(|it| it.servers_forbidden = true),
        [Code::ClaudeLocalServersOff]
    );
    assert_eq!(
        is(|it| it.container = Some("Claude_pzs8sxrjxfjjc".into())),
        [Code::ProgramInContainer]
    );
    assert_eq!(is(|it| it.container = Some("Own.Package_x".into())), []);
    let command_line = is(|it| it.container = Some("Anthropic.ClaudeCode_h6f0761".into()));
    assert_eq!(command_line, [], "one rule for what is Claude Desktop's");
    assert_eq!(
        is(|it| it.lock = ProfileLock::Stale { pid: 7 }),
        [Code::ClaudeLockStale]
    );
    let host = |it: &mut Looked| it.lock = ProfileLock::OtherHost { host: "h".into() };
    assert_eq!(is(host), [Code::ClaudeLockOtherHost]);
    let third = |it: &mut Looked| it.located = in_use("/3.json", Why::ThirdParty, Vec::new());
    assert_eq!(is(third), [Code::ClaudeThirdPartyMode]);
}

#[test]
fn a_link_as_folder_troubles_windows_alone() {
    for platform in [Platform::Linux, Platform::MacOs] {
        let mut looked = looked(platform);
        looked.config.as_mut().unwrap().folder_is_link = true;
        assert_eq!(troubles(&looked, ClaudeView::default()), [], "{platform:?}");
    }
}

#[test]
fn what_became_of_entries_is_told() {
    let entry = |drift, pending| EntryView {
        name: "zoom".to_owned(),
        drift,
        pending,
        ..EntryView::default()
    };
    let table = [
        (entry(Drift::None, false), None),
        (entry(Drift::Lost, false), Some(Code::ClaudeEntryDrift)),
        (entry(Drift::Changed, false), Some(Code::ClaudeEntryDrift)),
        (entry(Drift::None, true), Some(Code::ClaudeChangeWaits)),
    ];
    for (entry, expected) in table {
        let view = ClaudeView {
            entries: vec![entry],
            ..ClaudeView::default()
        };
        let troubles = troubles(&looked(Platform::Linux), view);
        assert_eq!(troubles.first().copied(), expected);
    }
    let gave_up = ClaudeView {
        guardian: GuardianView::GaveUp,
        ..ClaudeView::default()
    };
    assert_eq!(
        troubles(&looked(Platform::Linux), gave_up),
        [Code::ClaudeGuardianGaveUp]
    );
}
