use crate::scene::running;
use serde_json::json;

/// Far more than the keeper may hold, and more than two pipes and a socket do.
const CALLS: usize = 150;
const MEGABYTE: u64 = 1_000_000;

#[test]
fn and_gets_every_answer_when_it_reads() {
    let running = running(&[]);
    let mut relay = running.open();
    let before = memory(running.watch.pid());
    let calls: Vec<_> = (0..CALLS)
        .map(|_| relay.begin("big", &json!({"bytes": MEGABYTE})))
        .collect();
    // Everything is on its way that gets through without being read.
    let mut last = 0;
    loop {
        std::thread::sleep(std::time::Duration::from_millis(300));
        let now = memory(running.watch.pid());
        if now == last {
            break;
        }
        last = now;
    }
    let grown = last.saturating_sub(before);
    assert!(grown < 40 * 1024, "{grown} KiB are held");
    let mut answered = 0;
    while answered < calls.len() {
        let message = relay.message();
        let text = message["result"]["content"][0]["text"].as_str().unwrap();
        assert_eq!(text.len(), 1_000_000);
        answered += 1;
    }
}

/// The largest resident size so far, in KiB.
fn memory(pid: u32) -> u64 {
    let status = fs_err::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
