//! The tokens of a text that is known to be strict JSON, each with its place in the text.
//!
//! Linear, and without recursion: nesting costs no stack. Nothing is checked here, because
//! `serde_json` has read the whole text before.

use memchr::memchr2;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// `{`
    OpenObject,
    /// `[`
    OpenArray,
    /// `}` or `]`
    Close,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// A string or a name, quotes included.
    String,
    /// A number, `true`, `false` or `null`.
    Scalar,
}

/// A token and the bytes `from..to` that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its first byte.
    pub from: usize,
    /// The byte behind it.
    pub to: usize,
}

/// The tokens of a part of a text.
pub struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    /// The tokens in `from..to` of `text`.
    pub fn of(text: &'a str, from: usize, to: usize) -> Self {
        Self {
            bytes: &text.as_bytes()[..to],
            at: from,
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let rest = &self.bytes[self.at..];
        let blank = rest.iter().position(|byte| !byte.is_ascii_whitespace())?;
        let rest = &rest[blank..];
        let (kind, length) = match rest[0] {
            b'{' => (TokenKind::OpenObject, 1),
            b'[' => (TokenKind::OpenArray, 1),
            b'}' | b']' => (TokenKind::Close, 1),
            b',' => (TokenKind::Comma, 1),
            b':' => (TokenKind::Colon, 1),
            b'"' => (TokenKind::String, string_length(rest)),
            _ => (TokenKind::Scalar, scalar_length(rest)),
        };
        let from = self.at + blank;
        self.at = from + length;
        Some(Token {
            kind,
            from,
            to: self.at,
        })
    }
}

/// How long the string is that `bytes` starts with, quotes included.
fn string_length(bytes: &[u8]) -> usize {
    let mut at = 1;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
        at += next;
        if bytes[at] == b'"' {
            return at + 1;
        }
        // What is escaped ends nothing.
        at += 2;
    }
    bytes.len()
}

/// How long the number or word is that `bytes` starts with.
fn scalar_length(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .position(|byte| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n'))
        .unwrap_or(bytes.len())
}
