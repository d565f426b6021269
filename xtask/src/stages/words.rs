//! No text of ours holds what does not belong there: unfinished work, or a path of the
//! machine it was written on.

use crate::stage::Outcome;
use crate::terminal;
use crate::workspace::Workspace;
use std::process::Command;

/// Written in two halves, so that this file does not hold them.
const FORBIDDEN: &[(&str, &str, &str)] = &[
    ("TO", "DO", "unfinished work belongs in an issue"),
    ("FIX", "ME", "unfinished work belongs in an issue"),
    ("todo", "!(", "unfinished work"),
    ("unimplemented", "!(", "unfinished work"),
    ("dbg", "!(", "left over from a search for a mistake"),
    ("/wo", "rk/", "a path of one machine"),
    ("/ro", "ot/", "a path of one machine"),
    ("<<<<", "<<<", "a merge that was not finished"),
    ("lorem", " ipsum", "filler"),
];

/// Looks through every text file that is or could be committed.
pub fn run(workspace: &Workspace) -> Outcome {
    let mut outcome = Outcome::default();
    match files(workspace) {
        Ok(files) => {
            let found: Vec<_> = files
                .iter()
                .flat_map(|file| look(workspace, file))
                .collect();
            for line in &found {
                terminal::say(line);
            }
            let failure = (!found.is_empty()).then(|| format!("{} lines", found.len()));
            outcome.check("forbidden words", failure);
        }
        Err(error) => outcome.check("git ls-files", Some(error.to_string())),
    }
    outcome
}

fn files(workspace: &Workspace) -> std::io::Result<Vec<String>> {
    let arguments = [
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ];
    let listed = Command::new("git")
        .args(arguments)
        .current_dir(&workspace.root)
        .output()?;
    if !listed.status.success() {
        let message = String::from_utf8_lossy(&listed.stderr).into_owned();
        return Err(std::io::Error::other(message));
    }
    let names = String::from_utf8_lossy(&listed.stdout).into_owned();
    Ok(names.split_terminator('\0').map(str::to_owned).collect())
}

/// Findings in one file. What is no text, such as an icon, has none, and neither has a file
/// that was deleted but not committed yet.
fn look(workspace: &Workspace, file: &str) -> Vec<String> {
    let text = fs_err::read_to_string(workspace.root.join(file)).unwrap_or_default();
    findings(file, &text)
}

fn findings(file: &str, text: &str) -> Vec<String> {
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(index, line)| {
            let found = FORBIDDEN
                .iter()
                .filter(|(head, tail, _)| holds(line, head, tail));
            found.map(move |(head, tail, why)| format!("{file}:{}: {head}{tail}: {why}", index + 1))
        })
        .collect()
}

/// Whether `line` holds the word that `head` and `tail` make, and not as a part of a longer
/// one.
fn holds(line: &str, head: &str, tail: &str) -> bool {
    let word = format!("{head}{tail}");
    line.match_indices(&word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        let begins_word = word.starts_with(|letter: char| letter.is_ascii_alphanumeric());
        let ends_word = word.ends_with(|letter: char| letter.is_ascii_alphanumeric());
        let joined =
            |letter: Option<char>| letter.is_some_and(|it| it.is_alphanumeric() || it == '_');
        // A path of one machine starts where the line or a word does.
        let path_goes_on = word.starts_with('/') && joined(before);
        !(begins_word && joined(before) || ends_word && joined(after) || path_goes_on)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_forbidden_word_is_found_with_its_line() {
        for (head, tail, why) in FORBIDDEN {
            let text = format!("fine\n  // {head}{tail} here\n");
            let found = findings("src/a.rs", &text);
            assert_eq!(found, [format!("src/a.rs:2: {head}{tail}: {why}")]);
        }
    }

    #[test]
    fn parts_of_other_words_are_fine() {
        for text in [
            "AUTODOC",
            "mastodon",
            "src/work/a",
            "https://host/root/x",
            "to do",
        ] {
            let found = findings("a.md", text);
            assert!(found.is_empty(), "{found:?}");
        }
    }
}
