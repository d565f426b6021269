//! What the user reads and types: the one place that prints.

use crate::exit::Failed;
use secrecy::SecretString;
use std::io::{self, BufRead, IsTerminal, Write};

/// A line on standard output. A reader that has gone ends the program's interest in it.
pub(crate) fn say(line: &str) -> Result<(), Failed> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .map_err(|error| Failed::output(&error))
}

/// A text of somebody else's without what would steer the terminal.
pub(crate) fn printable(text: &str) -> String {
    let shown = |letter: char| {
        if letter.is_control() {
            '\u{fffd}'
        } else {
            letter
        }
    };
    text.chars().map(shown).collect()
}

/// A text of somebody else's on standard output: every byte of it for a program, and for a
/// terminal without what would steer it.
pub(crate) fn say_foreign(text: &str) -> Result<(), Failed> {
    if io::stdout().is_terminal() {
        say(&printable_lines(text))
    } else {
        say(text)
    }
}

/// The same on standard error.
pub(crate) fn note_foreign(text: &str) {
    if io::stderr().is_terminal() {
        note(&printable_lines(text));
    } else {
        note(text);
    }
}

/// [`printable`], line by line.
fn printable_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(printable).collect();
    lines.join("\n")
}

/// A line on standard error: progress, warnings and errors.
pub(crate) fn note(line: &str) {
    // Where standard error is closed nobody wants to read it.
    let _unread = writeln!(io::stderr().lock(), "{line}");
}

/// A secret, from a prompt that does not echo, or from standard input if that is no terminal.
pub(crate) fn secret(prompt: &str) -> Result<SecretString, Failed> {
    let text = if io::stdin().is_terminal() {
        rpassword::prompt_password(prompt).map_err(|error| Failed::input(&error))?
    } else {
        let mut line = String::new();
        io::stdin()
            .lock()
            .read_line(&mut line)
            .map_err(|error| Failed::input(&error))?;
        line
    };
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(Failed::usage(
            "No secret was given. Type it at the prompt or pipe it into standard input.",
        ));
    }
    Ok(trimmed.to_owned().into())
}

/// A yes or no; no where nobody can be asked.
pub(crate) fn agrees(question: &str) -> Result<bool, Failed> {
    if !io::stdin().is_terminal() {
        return Err(Failed::usage(&format!(
            "{question} Nobody can be asked here; add --yes."
        )));
    }
    note(&format!("{question} [y/N]"));
    let mut line = String::new();
    io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| Failed::input(&error))?;
    Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown_as_unknown_and_lines_stay() {
        assert_eq!(
            printable_lines("a\u{1b}]52;c;x\u{7}\nb\u{9b}2J\r\n"),
            "a\u{fffd}]52;c;x\u{fffd}\nb\u{fffd}2J"
        );
    }
}
