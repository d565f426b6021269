//! Finds the parts of a document that are or may be secrets.
//!
//! Within `env`, `headers` and `mcpServers` the name of a string decides, in `args` the flag
//! before it or the name in it, anywhere a password or a secret parameter in an address.

use super::known::Known;
use super::sounds::{assigned, is_secret_address, sounds_secret};
use super::tokens::{Token, TokenKind, Tokens};
use super::value::decode;
use std::borrow::Cow;

/// Text within the quotes of a string: the bytes `from..to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Its first byte.
    pub from: usize,
    /// The byte behind it.
    pub to: usize,
}

/// The secrets in `text`, which is strict JSON, in its order. `in_entry` says that it is an
/// entry or stands in one; `known` tells strings and names that are to be hidden in any case.
pub fn find_secrets(text: &str, in_entry: bool, known: &Known<'_>) -> Vec<Hidden> {
    let mut search = Search {
        text,
        known,
        levels: vec![Level::new(LevelKind::Array, in_entry)],
        found: Vec::new(),
    };
    for token in Tokens::of(text, 0, text.len()) {
        search.step(token);
    }
    search.found
}

/// A JSON value on one line, with `<redacted>` for each secret in it.
pub fn without_secrets(raw: &str) -> String {
    let text = hide(raw, &find_secrets(raw, true, &Known::secrets(&[])));
    Tokens::of(&text, 0, text.len())
        .map(|token| &text[token.from..token.to])
        .collect()
}

/// `text` with `<redacted>` for each of `secrets`.
pub fn hide(text: &str, secrets: &[Hidden]) -> String {
    let (mut clean, mut kept) = (String::with_capacity(text.len()), 0);
    for secret in secrets {
        clean.push_str(&text[kept..secret.from]);
        clean.push_str("<redacted>");
        kept = secret.to;
    }
    clean.push_str(&text[kept..]);
    clean
}

/// An object or array that the search is in.
struct Level<'a> {
    kind: LevelKind,
    /// Whether names in it tell secrets.
    named: bool,
    /// Whether the next string is a name.
    name_next: bool,
    /// The last name, or the last argument.
    last: Cow<'a, str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LevelKind {
    Object,
    /// The array of a command's arguments.
    Arguments,
    Array,
}

impl Level<'_> {
    fn new(kind: LevelKind, named: bool) -> Self {
        Self {
            kind,
            named,
            name_next: kind == LevelKind::Object,
            last: Cow::Borrowed(""),
        }
    }
}

struct Search<'a, 'k> {
    text: &'a str,
    known: &'k Known<'k>,
    levels: Vec<Level<'a>>,
    found: Vec<Hidden>,
}

impl<'a> Search<'a, '_> {
    fn step(&mut self, token: Token) {
        match token.kind {
            TokenKind::OpenObject | TokenKind::OpenArray => self.enter(token.kind),
            TokenKind::Close => {
                self.levels.pop();
                self.remember(Cow::Borrowed(""));
            }
            TokenKind::String => self.string(token),
            TokenKind::Scalar => self.remember(Cow::Borrowed("")),
            TokenKind::Colon => self.expect_name(false),
            TokenKind::Comma => self.expect_name(true),
        }
    }

    fn enter(&mut self, opened: TokenKind) {
        let Some(outer) = self.levels.last() else {
            return;
        };
        let name = match outer.kind {
            LevelKind::Object => outer.last.as_ref(),
            LevelKind::Arguments | LevelKind::Array => "",
        };
        let named = outer.named || matches!(name, "env" | "headers" | "mcpServers");
        let kind = match (opened, name) {
            (TokenKind::OpenObject, _) => LevelKind::Object,
            (_, "args") => LevelKind::Arguments,
            _ => LevelKind::Array,
        };
        self.levels.push(Level::new(kind, named));
    }

    fn expect_name(&mut self, name_next: bool) {
        if let Some(level) = self.levels.last_mut() {
            level.name_next = name_next && level.kind == LevelKind::Object;
        }
    }

    /// Arguments are told by the one before; the name in an object stays until the next.
    fn remember(&mut self, last: Cow<'a, str>) {
        if let Some(level) = self.levels.last_mut()
            && (level.kind != LevelKind::Object || level.name_next)
        {
            level.last = last;
        }
    }

    fn string(&mut self, token: Token) {
        let literal = &self.text[token.from..token.to];
        let raw = &literal[1..literal.len() - 1];
        if raw.contains('\\') && self.is_surely_harmless(raw) {
            return;
        }
        let text = decode(literal).unwrap_or(Cow::Borrowed(raw));
        if let Some(start) = self.secret_start(raw, &text)
            && start < raw.len()
        {
            self.found.push(Hidden {
                from: token.from + 1 + start,
                to: token.to - 1,
            });
        }
        self.remember(text);
    }

    /// Whether a string with escapes need not be decoded: nothing but a known secret or an
    /// address would be one where it stands, and it is neither.
    fn is_surely_harmless(&self, raw: &str) -> bool {
        let elsewhere = self.levels.last().is_some_and(|level| {
            !level.named && !level.name_next && level.kind != LevelKind::Arguments
        });
        elsewhere && !raw.contains(':') && self.known.are_surely_not_in(raw)
    }

    /// Where in `raw`, which says `text`, a secret starts that goes on to the end.
    fn secret_start(&self, raw: &str, text: &str) -> Option<usize> {
        if self.known.are_in(text) {
            return Some(0);
        }
        let level = self.levels.last()?;
        if level.name_next {
            return None;
        }
        if is_secret_address(text) || level.tells() {
            return Some(0);
        }
        if level.kind == LevelKind::Arguments || level.named {
            return assigned(raw, text);
        }
        None
    }
}

impl Level<'_> {
    /// Whether the name of a string, or the flag before it, says that it is a secret.
    fn tells(&self) -> bool {
        match self.kind {
            LevelKind::Object => self.named && sounds_secret(&self.last),
            LevelKind::Arguments => {
                let flag = self.last.starts_with('-') && !self.last.contains('=');
                flag && sounds_secret(&self.last)
            }
            LevelKind::Array => false,
        }
    }
}
