//! The config writer under measure: a megabyte, forty servers, and a reader that never pauses.

use crate::app::{milliseconds, words};
use claude::{ConfigFile, NewValue, Pointer, WriteStep};
use serde_json::{Map, Value, json};
use std::cell::Cell;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Writes whose time is taken.
const WRITES: usize = 51;

/// Writes while somebody reads.
const REWRITES: usize = 1_000;

/// MCP servers in the config.
const SERVERS: usize = 40;

/// Bytes of the config whose patch is measured, about.
const LARGE: usize = 1_000_000;

/// Bytes of the config that is rewritten under a reader, about: several pages, so that a write
/// in place would be seen.
const READ: usize = 100_000;

/// A whole write of a large config, from the lock to the reading back, less the steps in which
/// the disk is waited for: milliseconds each.
pub fn patches(folder: &Path) -> Result<Vec<f64>, String> {
    let file = made(folder, LARGE)?;
    (0..WRITES).map(|count| patch(&file, count)).collect()
}

fn patch(file: &ConfigFile, count: usize) -> Result<f64, String> {
    let (waiting, waited) = (Cell::new(None), Cell::new(Duration::ZERO));
    let before = |step| {
        let now = Instant::now();
        if let Some(since) = waiting.replace(waits_for_disk(step).then_some(now)) {
            waited.set(waited.get() + now.duration_since(since));
        }
        Ok(())
    };
    let begun = Instant::now();
    file.set_with(&Pointer::entry("server 20"), &entry(count), before)
        .map_err(words)?;
    // The last wait of a write is followed by another step.
    Ok(milliseconds(begun.elapsed().saturating_sub(waited.get())))
}

/// The syncs, and the rename: a journalling file system frees the old file there.
fn waits_for_disk(step: WriteStep) -> bool {
    use files::Step::{Rename, SyncFile, SyncFolder};
    match step {
        WriteStep::BackUp(step) | WriteStep::Replace(step) => {
            matches!(step, SyncFile | Rename | SyncFolder)
        }
        _ => false,
    }
}

/// How many reads of a busy reader met a file that was not whole, over all rewrites.
pub fn torn_reads(folder: &Path) -> Result<f64, String> {
    let file = made(folder, READ)?;
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| read_on(file.path(), &done));
        let written = (0..REWRITES).try_for_each(|count| {
            let set = file.set(&Pointer::entry("server 20"), &entry(count));
            set.map(|_| ()).map_err(words)
        });
        done.store(true, Ordering::Relaxed);
        let torn = reader.join().map_err(|_| "the reader gave up")?;
        written.and(torn)
    })
}

fn read_on(path: &Path, done: &AtomicBool) -> Result<f64, String> {
    let (mut reads, mut torn) = (0_u32, 0_u32);
    while !done.load(Ordering::Relaxed) {
        let bytes = fs_err::read(path).map_err(words)?;
        let whole = bytes.starts_with(b"{") && bytes.ends_with(b"\n}\n");
        reads += 1;
        torn += u32::from(!whole);
    }
    if reads == 0 {
        return Err("nothing was read".to_owned());
    }
    Ok(f64::from(torn))
}

/// Makes a config of `size` bytes in `folder`.
fn made(folder: &Path, size: usize) -> Result<ConfigFile, String> {
    let path = folder.join("claude_desktop_config.json");
    let names = (0..SERVERS).map(|number| format!("server {number}"));
    let servers: Map<String, Value> = names
        .map(|name| {
            let env = json!({"TOKEN": "s3cret", "URL": "https://example.com/a?b=c"});
            (
                name,
                json!({"command": "npx", "args": ["-y", "x"], "env": env}),
            )
        })
        .collect();
    let line = "a setting of some length \\ with escapes \u{e9} and text around it";
    let preferences = vec![line; size / (line.len() + 12)];
    let config = json!({"preferences": {"list": preferences}, "mcpServers": servers});
    fs_err::write(&path, format!("{config:#}\n")).map_err(words)?;
    Ok(ConfigFile::new(path, &folder.join("data")))
}

/// What is written: another one each time.
fn entry(count: usize) -> NewValue {
    let padding = "x".repeat(count % 7 * 300);
    let relay = [
        ("command", json!("/opt/relay")),
        ("args", json!([count, padding])),
    ];
    NewValue::Entry(
        relay
            .map(|(name, value)| (name.to_owned(), value))
            .into_iter()
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_takes_some_time_besides_the_disks() {
        let folder = tempfile::tempdir().unwrap();
        let file = made(folder.path(), LARGE).unwrap();
        let size = fs_err::metadata(file.path()).unwrap().len();
        assert!((900_000..1_100_000).contains(&size), "{size} bytes");
        assert_eq!(file.read().unwrap().entries.len(), SERVERS);
        let took = patch(&file, 0).unwrap();
        assert!(took > 0.0, "{took}");
        println!("{took} ms");
    }
}
