use black_box_tests::{Home, RawRelay, RelayOptions, Zoom};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

#[test]
fn and_says_so() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    // It waits for the cooldown, and keeps the tokens meanwhile.
    let mut refresh = home.command("zoomtrayctl");
    let refresh = refresh
        .arg("refresh")
        .stderr(Stdio::piped())
        .stdout(Stdio::null());
    let mut refresh = refresh.spawn().unwrap();
    let mut line = String::new();
    let mut said = BufReader::new(refresh.stderr.take().unwrap());
    said.read_line(&mut line).unwrap();
    assert!(line.contains("waiting"), "{line}");
    let (mut relay, welcome) = RawRelay::greet(&home, "zoom", &RelayOptions::default());
    assert_eq!(welcome["refused"]["kind"], "not_here", "{welcome}");
    assert_eq!(relay.next_line(), None);
    refresh.kill().unwrap();
    refresh.wait().unwrap();
}
