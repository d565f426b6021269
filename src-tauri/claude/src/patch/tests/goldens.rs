//! Configs as people have them, and what becomes of each byte of theirs.
//!
//! `fixtures/FAMILY/CASE.before.json` is connected to a relay, given a token, and switched off
//! again. Beside it stands what came out, `connected.json` and `injected.json`, or the words of
//! the refusal. `UPDATE_GOLDEN=1` writes these files, to be reviewed.

use super::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const BEFORE: &str = ".before.json";

/// The families of the published shapes; the fourteenth is about file systems, not bytes.
const FAMILIES: [&str; 14] = [
    "01-several-servers",
    "02-windows-paths",
    "03-unicode",
    "04-spacing",
    "05-nothing",
    "06-no-servers",
    "07-huge",
    "08-duplicates",
    "09-encodings",
    "10-invalid",
    "11-odd-entries",
    "12-several-zoom-servers",
    "13-numbers",
    "15-third-party-mode",
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The entry that a case is about.
fn server_of(case: &str) -> &str {
    match case {
        "conference" => "zürich 会议",
        "composed" => "z\u{fc}rich",
        "decomposed" => "zu\u{308}rich",
        "two-accounts" => "zoom-work",
        _ => "zoom",
    }
}

#[test]
fn every_family_is_connected_injected_and_given_back_byte_for_byte() {
    let mut expected = BTreeSet::new();
    for family in FAMILIES {
        let folder = fixtures().join(family);
        let cases = cases(&folder);
        assert!(!cases.is_empty(), "{family} has no case");
        for case in cases {
            expected.insert(folder.join(format!("{case}{BEFORE}")));
            expected.extend(check(&folder, &case));
        }
    }
    let found: BTreeSet<_> = FAMILIES
        .iter()
        .flat_map(|family| files(&fixtures().join(family)))
        .collect();
    assert_eq!(found, expected, "a golden file that belongs to no case");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs_err::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

fn cases(folder: &Path) -> Vec<String> {
    let name = |path: PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    let names = files(folder).into_iter().map(name);
    names
        .filter_map(|name| name.strip_suffix(BEFORE).map(str::to_owned))
        .collect()
}

/// Holds both changes of a case against its golden files; gives back their names.
fn check(folder: &Path, case: &str) -> [PathBuf; 2] {
    let server = server_of(case);
    let variable = NewValue::Variable(secret("a.new.token"));
    let changes = [
        (
            "connect",
            "connected",
            Pointer::entry(server),
            relay(server),
        ),
        (
            "inject",
            "injected",
            Pointer::env(server, "ZOOM_ACCESS_TOKEN"),
            variable,
        ),
    ];
    changes.map(|(verb, done, pointer, value)| {
        let before = fs_err::read(folder.join(format!("{case}{BEFORE}"))).unwrap();
        let (name, bytes) = match patch(&before, &pointer, &value) {
            Outcome::Changed { bytes, original } | Outcome::Created { bytes, original } => {
                check_off(&before, bytes.expose_secret(), &pointer, &original, &value);
                (
                    format!("{case}.{done}.json"),
                    bytes.expose_secret().to_vec(),
                )
            }
            Outcome::AlreadySo { .. } => panic!("{case}: there is nothing to do"),
            Outcome::Refused(refusal) => (
                format!("{case}.{verb}-refused.txt"),
                format!("{refusal}\n").into_bytes(),
            ),
        };
        let path = folder.join(name);
        assert_golden(&path, &bytes);
        path
    })
}

/// Off gives back what was there, also of an original that was kept in two parts.
fn check_off(before: &[u8], after: &[u8], pointer: &Pointer, original: &Original, ours: &NewValue) {
    let kept = original.take_apart(&[]).put_together().unwrap();
    let outcome = restore(after, pointer, &kept, Some(ours));
    let Outcome::Changed { bytes, .. } = outcome else {
        panic!("{}: {outcome:?}", String::from_utf8_lossy(before));
    };
    let back = bytes.expose_secret();
    assert!(back == before, "{}", String::from_utf8_lossy(back));
}

fn assert_golden(path: &Path, bytes: &[u8]) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs_err::write(path, bytes).unwrap();
        return;
    }
    let golden = fs_err::read(path)
        .unwrap_or_else(|error| panic!("{error}; run with UPDATE_GOLDEN=1 and review"));
    assert!(
        golden == bytes,
        "{} differs; run with UPDATE_GOLDEN=1 and review:\n{}",
        path.display(),
        String::from_utf8_lossy(bytes)
    );
}
