use super::*;
use std::collections::HashMap;

struct Paper {
    files: Vec<PathBuf>,
    packages: Vec<&'static str>,
}

impl Disk for Paper {
    fn exists(&self, path: &Path) -> bool {
        self.files.iter().any(|file| file == path)
    }

    fn names(&self, path: &Path) -> Vec<String> {
        if path.file_name().is_some_and(|name| name == "Packages") {
            self.packages
                .iter()
                .map(|name| (*name).to_owned())
                .collect()
        } else {
            Vec::new()
        }
    }
}

/// A path of any platform, joined as this one joins.
fn path(root: &str, below: &str) -> PathBuf {
    below
        .split('/')
        .fold(PathBuf::from(root), |path, name| path.join(name))
}

fn search(
    platform: Platform,
    home: &str,
    env: &[(&str, &str)],
    files: &[PathBuf],
    packages: &[&'static str],
) -> Located {
    let env: HashMap<&str, &str> = env.iter().copied().collect();
    let disk = Paper {
        files: files.to_vec(),
        packages: packages.to_vec(),
    };
    locate(&Surroundings {
        platform,
        env: &|name| env.get(name).map(OsString::from),
        home: Path::new(home),
        disk: &disk,
    })
}

fn in_use(path: PathBuf, why: Why) -> Located {
    Located::InUse { path, why }
}

const FILE: &str = "claude_desktop_config.json";
const WINDOWS_HOME: &str = r"C:\Users\u";
const LOCAL: &str = r"C:\Users\u\AppData\Local";
const ROAMING: &str = r"C:\Users\u\AppData\Roaming";
const FOLDERS: [(&str, &str); 2] = [("LOCALAPPDATA", LOCAL), ("APPDATA", ROAMING)];
const FAMILY: &str = "Claude_pzs8sxrjxfjjc";

fn packaged(family: &str) -> PathBuf {
    path(
        LOCAL,
        &format!("Packages/{family}/LocalCache/Roaming/Claude/{FILE}"),
    )
}

fn roaming() -> PathBuf {
    path(ROAMING, &format!("Claude/{FILE}"))
}

fn package(family: &str) -> Why {
    Why::WindowsPackage {
        family: family.to_owned(),
    }
}

#[test]
fn macos_has_one_place() {
    let file = path(
        "/Users/u",
        &format!("Library/Application Support/Claude/{FILE}"),
    );
    let found = search(
        Platform::MacOs,
        "/Users/u",
        &[],
        std::slice::from_ref(&file),
        &[],
    );
    assert_eq!(found, in_use(file, Why::MacOs));
}

#[test]
fn linux_follows_an_absolute_xdg_config_home_only() {
    let dotted = path("/home/u", &format!(".config/Claude/{FILE}"));
    let moved = path("/else", &format!("Claude/{FILE}"));
    let both = [dotted.clone(), moved.clone()];
    let table = [
        (None, in_use(dotted.clone(), Why::DotConfig)),
        (Some("/else"), in_use(moved, Why::XdgConfigHome)),
        (Some("else"), in_use(dotted.clone(), Why::DotConfig)),
        (Some(""), in_use(dotted, Why::DotConfig)),
    ];
    for (value, expected) in table {
        let env: Vec<(&str, &str)> = value
            .map(|value| ("XDG_CONFIG_HOME", value))
            .into_iter()
            .collect();
        assert_eq!(
            search(Platform::Linux, "/home/u", &env, &both, &[]),
            expected,
            "{value:?}"
        );
    }
}

/// A case, the files that exist, the packages, and what is in use, if that is clear.
type Row = (
    &'static str,
    Vec<PathBuf>,
    Vec<&'static str>,
    Option<Located>,
);

#[test]
fn windows_prefers_the_package_whose_file_exists() {
    let second = "Claude_other";
    let table: [Row; 6] = [
        (
            "package alone",
            vec![packaged(FAMILY)],
            vec![FAMILY],
            Some(in_use(packaged(FAMILY), package(FAMILY))),
        ),
        (
            "older installer alone",
            vec![roaming()],
            vec![],
            Some(in_use(roaming(), Why::WindowsRoaming)),
        ),
        (
            "package without a file of its own",
            vec![roaming()],
            vec![FAMILY],
            Some(in_use(roaming(), Why::WindowsRoaming)),
        ),
        (
            "both files, package alone installed",
            vec![roaming(), packaged(FAMILY)],
            vec![FAMILY],
            Some(in_use(packaged(FAMILY), package(FAMILY))),
        ),
        (
            "both files, both installed",
            vec![roaming(), packaged(FAMILY), path(LOCAL, "AnthropicClaude")],
            vec![FAMILY],
            None,
        ),
        (
            "two packages",
            vec![packaged(FAMILY), packaged(second)],
            vec![FAMILY, second, "Microsoft.Other_x"],
            None,
        ),
    ];
    for (case, files, packages, expected) in table {
        let found = search(Platform::Windows, WINDOWS_HOME, &FOLDERS, &files, &packages);
        match expected {
            Some(expected) => assert_eq!(found, expected, "{case}"),
            None => assert!(
                matches!(found, Located::Ambiguous { .. }),
                "{case}: {found:?}"
            ),
        }
    }
}

#[test]
fn windows_without_its_variables_goes_by_the_home_folder() {
    let file = path(WINDOWS_HOME, &format!("AppData/Roaming/Claude/{FILE}"));
    let found = search(
        Platform::Windows,
        WINDOWS_HOME,
        &[],
        std::slice::from_ref(&file),
        &[],
    );
    assert_eq!(found, in_use(file, Why::WindowsRoaming));
}

#[test]
fn the_named_file_wins_on_every_platform_even_if_missing() {
    for platform in [Platform::Linux, Platform::MacOs, Platform::Windows] {
        let named = [("CLAUDE_CONFIG_FILE", "/named.json"), ("APPDATA", ROAMING)];
        let there = [
            PathBuf::from("/named.json"),
            roaming(),
            path("/h", &format!(".config/Claude/{FILE}")),
        ];
        let found = search(platform, "/h", &named, &there, &[]);
        assert_eq!(
            found,
            in_use("/named.json".into(), Why::Named),
            "{platform:?}"
        );
        let Located::Missing { candidates } = search(platform, "/h", &named, &there[1..], &[])
        else {
            panic!("{platform:?}: another file was taken for the named one");
        };
        assert_eq!(candidates.len(), 1, "{platform:?}");
    }
}

#[test]
fn a_tilde_in_the_named_file_is_the_home_folder() {
    let file = path("/home/u", "c.json");
    let found = search(
        Platform::Linux,
        "/home/u",
        &[("CLAUDE_CONFIG_FILE", "~/c.json")],
        std::slice::from_ref(&file),
        &[],
    );
    assert_eq!(found, in_use(file, Why::Named));
}

#[test]
fn a_missing_config_names_every_place_that_was_looked_at() {
    let Located::Missing { candidates } =
        search(Platform::Windows, WINDOWS_HOME, &FOLDERS, &[], &[FAMILY])
    else {
        panic!("something was found on an empty disk");
    };
    let paths: Vec<PathBuf> = candidates.into_iter().map(|found| found.path).collect();
    assert_eq!(paths, [packaged(FAMILY), roaming()]);
}
