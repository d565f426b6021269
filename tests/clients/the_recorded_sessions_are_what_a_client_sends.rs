use crate::client::{in_this_folder, node, output, prepared_node};
use crate::recording::file;
use black_box_tests::{Home, program};

#[test]
fn in_the_legacy_era() {
    is_recorded("legacy");
}

#[test]
fn in_the_modern_era() {
    is_recorded("modern");
}

/// Records it again, byte for byte. `UPDATE_GOLDEN=1` keeps the new one, to be reviewed.
fn is_recorded(era: &str) {
    let home = Home::without_zoom();
    let heard = home.path().join("heard.jsonl");
    let mut record = node(&home, "programs/record.js");
    record.arg(era).arg(prepared_node());
    record.arg(in_this_folder("programs/tee.js")).arg(&heard);
    record.arg(program("stand-in-server"));
    output(&mut record);
    let heard = fs_err::read_to_string(heard).unwrap();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs_err::write(file(era), &heard).unwrap();
    }
    let kept = fs_err::read_to_string(file(era)).unwrap();
    assert!(
        heard == kept,
        "{era} differs; run with UPDATE_GOLDEN=1 and review"
    );
}
