use crate::said;
use black_box_tests::{Home, Zoom};
use std::os::unix::fs::FileTypeExt;

#[test]
fn is_no_obstacle() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    // Killed, it cleans up nothing.
    drop(watch);
    assert!(has_socket(&home), "the crash left its socket file");
    let token = home.ctl(&["token"]);
    assert_eq!((token.code, token.err.as_str()), (Some(0), ""));
    let doctor = home.ctl(&["doctor"]).out;
    said(
        &home,
        "socket file left by a crash",
        doctor.lines().next().unwrap(),
    );
    let mut next = home.watch(&[]);
    next.read_until("✅");
    assert_eq!(next.interrupt(), Some(0));
    assert_eq!(zoom.token_requests(), 1);
}

fn has_socket(home: &Home) -> bool {
    let files = fs_err::read_dir(home.zoomtray().join("run")).unwrap();
    files
        .flatten()
        .any(|file| file.file_type().unwrap().is_socket())
}
