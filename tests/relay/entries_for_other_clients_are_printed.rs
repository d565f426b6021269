use black_box_tests::{Home, golden, places_cut, program};
use std::fmt::Write as _;

#[test]
fn and_no_file_is_written() {
    let home = Home::without_zoom();
    let mut said = String::new();
    for client in ["cursor", "vscode", "claude-code"] {
        let entry = home.ctl(&["entry", "zoom", "--for", client]);
        assert_eq!(entry.code, Some(0), "{entry:?}");
        writeln!(said, "# {client}\n{}{}", entry.out, entry.err).unwrap();
    }
    let relay = program("zoomtrayctl").display().to_string();
    let said = places_cut(&said.replace(&relay, "ZOOMTRAYCTL"), home.path());
    golden("relay/entries.txt", &said);
    let files: Vec<_> = fs_err::read_dir(home.path()).unwrap().collect();
    assert!(files.is_empty(), "{files:?}");
}
