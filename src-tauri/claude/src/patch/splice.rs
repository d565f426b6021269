//! One replacement in a text, and how a member is added to or cut from an object.
//!
//! `cut` undoes `append` exactly: what is added stands behind the last member and carries its
//! own separator, and what stood before the closing brace stays there.

use super::layout::Layout;
use super::value::{Member, Object, Value};
use secrecy::SecretSlice;

/// Replaces the bytes `from..to` by `text`.
pub struct Splice {
    /// First byte replaced.
    pub from: usize,
    /// First byte kept again.
    pub to: usize,
    /// What stands there instead.
    pub text: String,
}

/// The text of a value that is put in.
#[derive(Clone, Copy)]
pub enum Content<'c> {
    /// Exactly so.
    Raw(&'c str),
    /// In the layout of its new place.
    Json(&'c str),
}

impl Splice {
    /// The document with the splice made.
    pub fn apply(&self, document: &str) -> SecretSlice<u8> {
        let parts = [&document[..self.from], &self.text, &document[self.to..]];
        SecretSlice::from(parts.concat().into_bytes())
    }
}

impl Content<'_> {
    fn laid_out(self, layout: &Layout) -> String {
        match self {
            Self::Raw(text) => text.to_owned(),
            Self::Json(json) => layout.value(json),
        }
    }
}

/// Gives `member` of `object` another value.
pub fn replace(object: &Object<'_>, member: &Member<'_>, content: Content<'_>) -> Splice {
    Splice {
        from: member.value.from,
        to: member.value.to,
        text: content.laid_out(&Layout::of(object, Some(member))),
    }
}

/// Adds a member behind the last of `object`, laid out like its neighbours. Of several `names`
/// each but the last becomes an object that holds the next.
pub fn append(object: &Object<'_>, names: &[&str], content: Content<'_>) -> Splice {
    let (at, comma) = match object.members.last() {
        Some(last) => (last.value.to, ","),
        None => (object.inside(), ""),
    };
    let text = nested(names, content, &Layout::of(object, None));
    Splice {
        from: at,
        to: at,
        text: format!("{comma}{text}"),
    }
}

/// Makes a document of a blank one, in front of its white space.
pub fn create(blank: &str, names: &[&str], content: Content<'_>) -> Splice {
    let outer = Layout::of_document(blank);
    let member = nested(names, content, &outer.deeper());
    Splice {
        from: 0,
        to: 0,
        text: outer.object_of(&member),
    }
}

fn nested(names: &[&str], content: Content<'_>, layout: &Layout) -> String {
    match names {
        [] => String::new(),
        [name] => layout.member(name, &content.laid_out(layout)),
        [name, inner @ ..] => {
            let member = nested(inner, content, &layout.deeper());
            layout.member(name, &layout.object_of(&member))
        }
    }
}

/// Takes `member` out of `object`, with the comma that becomes one too many.
pub fn cut(object: &Object<'_>, member: &Member<'_>) -> Splice {
    let at = member.key.from;
    let before = object.members.iter().rfind(|found| found.key.from < at);
    let after = object.members.iter().find(|found| found.key.from > at);
    let (from, to) = match (before, after) {
        (Some(before), _) => (before.value.to, member.value.to),
        (None, Some(after)) => (at, after.key.from),
        (None, None) => (object.inside(), member.value.to),
    };
    without(from, to)
}

/// Takes a whole document away; the white space around it stays.
pub fn cut_document(root: Value<'_>) -> Splice {
    without(root.from, root.to)
}

fn without(from: usize, to: usize) -> Splice {
    Splice {
        from,
        to,
        text: String::new(),
    }
}
