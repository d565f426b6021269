//! Everything that is measured, and the table.

use crate::app::{Bench, words};
use crate::budget::{Measured, heading};
use crate::place::Place;
use crate::{Part, hops, race, rotation, server, tray};
use fake_zoom::Mode;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use tokio::runtime::Runtime;

/// Every part, in the order of the table: the app first, on a machine that has done nothing yet.
const PARTS: [Part; 5] = [
    Part::Tray,
    Part::Server,
    Part::Hops,
    Part::Race,
    Part::Rotation,
];

/// Measures everything, or `only` one part, and prints the table; with `full` also what takes
/// minutes.
pub fn run(binaries: &Path, full: bool, only: Option<Part>) -> ExitCode {
    print(&heading());
    let mut table = Vec::new();
    for part in PARTS
        .into_iter()
        .filter(|part| only.is_none_or(|only| only == *part))
    {
        match measure(part, binaries, full) {
            Ok(measured) => table.extend(measured.into_iter().inspect(|it| print(&it.line()))),
            Err(why) => {
                print(&format!("{part:?} was not measured: {why}"));
                return ExitCode::FAILURE;
            }
        }
    }
    let over = table.iter().filter(|measured| !measured.holds()).count();
    print(&format!(
        "\n{} within their gates, {over} not",
        table.len() - over
    ));
    if over == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn measure(part: Part, binaries: &Path, full: bool) -> Result<Vec<Measured>, String> {
    let runtime = Runtime::new().map_err(words)?;
    let place = || Place::new(&runtime, binaries, Mode::Multi);
    match part {
        Part::Tray => tray::measure(&Bench::start(binaries)?),
        Part::Server => server::measure(&place()?, &runtime, full),
        Part::Hops => hops::measure(&place()?),
        Part::Race => Ok(race::measure(&runtime, binaries)),
        Part::Rotation => Ok(rotation::measure(&runtime, binaries)),
    }
}

fn print(line: &str) {
    if writeln!(std::io::stdout().lock(), "{line}").is_err() {
        std::process::exit(1);
    }
}
