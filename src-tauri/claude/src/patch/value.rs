//! Values of a document as spans of its text, read only as far as somebody asks.

use super::tokens::{TokenKind, Tokens};
use std::borrow::Cow;

/// Whether JSON allows this character between tokens.
pub fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

/// A value: the bytes `from..to` of a text that is strict JSON.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    text: &'a str,
    /// Its first byte.
    pub from: usize,
    /// The byte behind it.
    pub to: usize,
}

/// An object and what stands directly in it.
pub struct Object<'a> {
    /// The object itself.
    pub value: Value<'a>,
    /// In the order of the text; a name may be there more than once.
    pub members: Vec<Member<'a>>,
}

/// A name and its value.
pub struct Member<'a> {
    /// The name as it is written.
    pub key: Value<'a>,
    /// The name; `None` for half of a surrogate pair, which no text can hold.
    pub name: Option<Cow<'a, str>>,
    /// What it stands for.
    pub value: Value<'a>,
}

impl<'a> Value<'a> {
    /// The value that is all of `text` but the white space around it; `None` if there is none.
    pub fn whole(text: &'a str) -> Option<Self> {
        let from = text.find(|character| !is_blank(character))?;
        let to = text.trim_end_matches(is_blank).len();
        Some(Self { text, from, to })
    }

    /// As it is written.
    pub fn raw(self) -> &'a str {
        &self.text[self.from..self.to]
    }

    /// Whether it is a string.
    pub fn is_string(self) -> bool {
        self.raw().starts_with('"')
    }

    /// What it says if it is a string, and one that text can hold.
    pub fn as_str(self) -> Option<Cow<'a, str>> {
        self.is_string().then(|| decode(self.raw()))?
    }

    /// Its members if it is an object.
    pub fn as_object(self) -> Option<Object<'a>> {
        let members = self.raw().starts_with('{').then(|| self.children())?;
        let members = members.chunks_exact(2).map(|pair| Member {
            key: pair[0],
            name: pair[0].as_str(),
            value: pair[1],
        });
        Some(Object {
            value: self,
            members: members.collect(),
        })
    }

    /// Its elements if it is an array.
    pub fn elements(self) -> Option<Vec<Value<'a>>> {
        self.raw().starts_with('[').then(|| self.children())
    }

    /// What stands directly in an array or object; of an object, names and values in turn.
    fn children(self) -> Vec<Value<'a>> {
        let mut found = Vec::new();
        let (mut depth, mut start) = (0_usize, 0);
        for token in Tokens::of(self.text, self.from + 1, self.to - 1) {
            if depth == 0 {
                start = token.from;
            }
            match token.kind {
                TokenKind::OpenObject | TokenKind::OpenArray => depth += 1,
                TokenKind::Close => depth -= 1,
                TokenKind::Comma | TokenKind::Colon => continue,
                TokenKind::String | TokenKind::Scalar => {}
            }
            if depth == 0 {
                found.push(Self {
                    text: self.text,
                    from: start,
                    to: token.to,
                });
            }
        }
        found
    }
}

/// What the string `literal` says, quotes included; `None` for half of a surrogate pair.
pub fn decode(literal: &str) -> Option<Cow<'_, str>> {
    if literal.contains('\\') {
        serde_json::from_str(literal).ok().map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(&literal[1..literal.len() - 1]))
    }
}

impl<'a> Object<'a> {
    /// The member `name`; the last of several, as every reader of JSON takes it.
    pub fn get(&self, name: &str) -> Option<&Member<'a>> {
        self.all(name).last()
    }

    /// Every member `name`.
    pub fn all<'o>(&'o self, name: &str) -> impl Iterator<Item = &'o Member<'a>> {
        self.members
            .iter()
            .filter(move |member| member.name.as_deref() == Some(name))
    }

    /// The byte behind its opening brace.
    pub fn inside(&self) -> usize {
        self.value.from + 1
    }

    /// What stands before its closing brace, from `at` on.
    pub fn rest(&self, at: usize) -> &'a str {
        &self.value.text[at..self.value.to - 1]
    }

    /// The text `from..to` of the document.
    pub fn between(&self, from: usize, to: usize) -> &'a str {
        &self.value.text[from..to]
    }
}
