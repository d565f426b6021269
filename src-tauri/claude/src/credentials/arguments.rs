//! Credentials among an entry's arguments: `--client-secret=…`, `--client-secret …`,
//! `ZOOM_CLIENT_SECRET=…`, and the last of these behind `-e` or `--env`.

use super::name::{Meaning, of_flag, of_variable};
use std::ops::Range;

/// A credential in a list of arguments.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Argument<'a> {
    pub(super) meaning: Meaning,
    pub(super) value: &'a str,
    /// The arguments that go if it does.
    pub(super) span: Range<usize>,
}

/// Every credential in `words`; an argument that is no text is `None`.
pub(super) fn find<'a>(words: &[Option<&'a str>], in_zoom_entry: bool) -> Vec<Argument<'a>> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let next = at(words, index, in_zoom_entry);
        index = next.as_ref().map_or(index + 1, |next| next.span.end);
        found.extend(next);
    }
    found
}

fn at<'a>(words: &[Option<&'a str>], index: usize, in_zoom_entry: bool) -> Option<Argument<'a>> {
    let word = words[index]?;
    let following = words.get(index + 1).copied().flatten();
    let argument = |meaning, value, count| Argument {
        meaning,
        value,
        span: index..index + count,
    };
    if let Some((meaning, value)) = assignment(word, in_zoom_entry) {
        return Some(argument(meaning, value, 1));
    }
    let next = following?;
    if matches!(word, "-e" | "--env") {
        let (meaning, value) = variable_assignment(next)?;
        return Some(argument(meaning, value, 2));
    }
    let meaning = of_flag(word, in_zoom_entry)?;
    (!next.starts_with('-')).then(|| argument(meaning, next, 2))
}

/// `NAME=value`, `--flag=value`, `--env=NAME=value`.
fn assignment(word: &str, in_zoom_entry: bool) -> Option<(Meaning, &str)> {
    if let Some(rest) = word.strip_prefix("--env=") {
        return variable_assignment(rest);
    }
    let (name, value) = word.split_once('=')?;
    let meaning = of_flag(name, in_zoom_entry).or_else(|| of_variable(name))?;
    Some((meaning, value))
}

fn variable_assignment(word: &str) -> Option<(Meaning, &str)> {
    let (name, value) = word.split_once('=')?;
    Some((of_variable(name)?, value))
}
