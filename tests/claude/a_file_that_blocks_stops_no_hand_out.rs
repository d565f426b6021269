use crate::{CONFIG, home};
use black_box_tests::{Home, Zoom};
use rustix::fs::{CWD, FileType, Mode, mknodat};
use std::sync::mpsc::channel;
use std::time::Duration;

/// Far longer than an answer takes: ends a test that would hang.
const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn of_the_keeper_that_reads_it() {
    let zoom = Zoom::start();
    let home = home(&zoom);
    let mut watch = home.watch(&[]);
    watch.read_until("✅");
    let pipe = home.path().join("pipe");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    fs_err::rename(&pipe, home.claude_config()).unwrap();
    let (sender, answers) = channel();
    std::thread::scope(|scope| {
        scope.spawn(|| sender.send(look_then_ask(&home)));
        // Opens once somebody reads it, and keeps whoever does waiting for more.
        let mut blocks = fs_err::OpenOptions::new();
        let blocks = blocks.write(true).open(home.claude_config()).unwrap();
        let answered = answers.recv_timeout(PATIENCE);
        let whole = home.path().join("whole");
        fs_err::write(&whole, CONFIG).unwrap();
        fs_err::rename(&whole, home.claude_config()).unwrap();
        drop(blocks);
        assert_eq!(answered, Ok((Some(0), Some(0))));
    });
    assert_eq!(watch.interrupt(), Some(0));
}

/// What a look at the config ends with, which shows what was seen before, and then a hand-out.
fn look_then_ask(home: &Home) -> (Option<i32>, Option<i32>) {
    let looked = home.ctl(&["claude", "status"]).code;
    (looked, home.ctl(&["token"]).code)
}
