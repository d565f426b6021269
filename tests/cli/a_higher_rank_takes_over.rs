use black_box_tests::{Home, Zoom};
use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

#[test]
fn while_a_command_waits_for_the_cooldown() {
    let zoom = Zoom::start();
    let home = Home::new(&zoom);
    home.add_account();
    let mut refresh = home.command("zoomtrayctl");
    let refresh = refresh
        .arg("refresh")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut refresh = refresh.unwrap();
    let mut said = BufReader::new(refresh.stderr.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert!(line.contains("waiting"), "{line}");
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    let output = refresh.wait_with_output().unwrap();
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    assert!(output.status.success(), "{rest}");
    assert_eq!(
        zoom.token_requests(),
        2,
        "the cooldown holds across keepers"
    );
    assert_eq!(watch.interrupt(), Some(0));
}
