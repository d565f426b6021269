//! Lines to the terminal. When nobody can read them any more, everything ends.

use crate::interrupt;
use std::io::Write;

/// What a shell reports for a program that ended with its terminal (128 + SIGHUP).
const HUNG_UP: i32 = 129;

/// A line on standard output.
pub fn say(line: &str) {
    end_unless(&writeln!(std::io::stdout().lock(), "{line}"));
}

/// A line on standard error.
pub fn complain(line: &str) {
    end_unless(&writeln!(std::io::stderr().lock(), "{line}"));
}

/// Bytes of a program's output, as they come.
pub fn pass_on(bytes: &[u8]) {
    let mut output = std::io::stdout().lock();
    end_unless(&output.write_all(bytes).and_then(|()| output.flush()));
}

fn end_unless(written: &std::io::Result<()>) {
    if written.is_err() {
        interrupt::end_everything(HUNG_UP);
    }
}
