//! How the members of an object are laid out, and new JSON written in the same way.

use super::quote;
use super::tokens::{TokenKind, Tokens};
use super::value::{Member, Object};

/// The white space that a new or changed member of an object takes.
pub struct Layout {
    /// Before the member's name: line breaks and its indentation, a blank, nothing.
    lead: String,
    /// One step of indentation.
    step: String,
    /// What stands between a name and its value.
    colon: String,
    /// Whether an object takes a line for each member.
    lines: bool,
}

impl Layout {
    /// As `beside` is laid out in `object`, or its last member.
    pub fn of(object: &Object<'_>, beside: Option<&Member<'_>>) -> Self {
        let Some(model) = beside.or(object.members.last()) else {
            return Self::of_empty(object);
        };
        let before = object.between(object.inside(), model.key.from);
        let lead = blank_end(before).to_owned();
        let last = object.members.last().unwrap_or(model);
        let tail = object.rest(last.value.to);
        let step = lead
            .strip_prefix(tail)
            .filter(|step| !step.is_empty() && !step.contains('\n'));
        Self {
            step: step.unwrap_or(step_like(&lead)).to_owned(),
            colon: object.between(model.key.to, model.value.from).to_owned(),
            lines: lead.contains('\n') && takes_lines(object, beside),
            lead,
        }
    }

    fn of_empty(object: &Object<'_>) -> Self {
        let tail = object.rest(object.inside());
        let lines = tail.contains('\n');
        let step = step_like(tail).to_owned();
        let lead = if lines {
            format!("{tail}{step}")
        } else {
            String::new()
        };
        Self {
            lead,
            step,
            colon: ": ".to_owned(),
            lines,
        }
    }

    /// As Claude writes a document, with the line ends of `text`.
    pub fn of_document(text: &str) -> Self {
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        Self {
            lead: end.to_owned(),
            step: "  ".to_owned(),
            colon: ": ".to_owned(),
            lines: true,
        }
    }

    /// A member, with the white space before it.
    pub fn member(&self, name: &str, value: &str) -> String {
        format!("{}{}{}{value}", self.lead, quote(name), self.colon)
    }

    /// The layout of what stands in an object that is a member here.
    pub fn deeper(&self) -> Self {
        Self {
            lead: self.line(1),
            step: self.step.clone(),
            colon: self.colon.clone(),
            lines: self.lines,
        }
    }

    /// An object with one member, itself a member here; its content is laid out as `deeper`.
    pub fn object_of(&self, member: &str) -> String {
        format!("{{{member}{}}}", self.line(0))
    }

    /// `json` laid out as a member's value.
    pub fn value(&self, json: &str) -> String {
        let (mut out, mut depth) = (String::with_capacity(json.len() * 2), 0);
        let mut tokens = Tokens::of(json, 0, json.len()).peekable();
        while let Some(token) = tokens.next() {
            let closes = tokens
                .peek()
                .is_some_and(|next| next.kind == TokenKind::Close);
            let text = &json[token.from..token.to];
            match token.kind {
                TokenKind::OpenObject | TokenKind::OpenArray => depth += 1,
                TokenKind::Close => depth -= 1,
                _ => {}
            }
            match token.kind {
                TokenKind::Colon => out.push_str(&self.colon),
                TokenKind::Comma => out.push_str(&(self.comma() + &self.line(depth))),
                TokenKind::OpenObject | TokenKind::OpenArray if !closes => {
                    out.push_str(text);
                    out.push_str(&self.line(depth));
                }
                // Before the end of what is not empty the line goes back by one step.
                TokenKind::String | TokenKind::Scalar | TokenKind::Close if closes => {
                    out.push_str(text);
                    out.push_str(&self.line(depth - 1));
                }
                _ => out.push_str(text),
            }
        }
        out
    }

    /// A line break and the indentation of what is `depth` levels deep; nothing on one line.
    fn line(&self, depth: usize) -> String {
        if self.lines {
            format!("{}{}", last_line(&self.lead), self.step.repeat(depth))
        } else {
            String::new()
        }
    }

    fn comma(&self) -> String {
        let spaced = !self.lines && self.colon.ends_with(' ');
        if spaced { ", " } else { "," }.to_owned()
    }
}

/// The blank characters that `text` ends in.
fn blank_end(text: &str) -> &str {
    &text[text.trim_ascii_end().len()..]
}

/// The last line break in `white` and the indentation behind it.
fn last_line(white: &str) -> &str {
    let end = white.rfind('\n').unwrap_or(0);
    let end = if white[..end].ends_with('\r') {
        end - 1
    } else {
        end
    };
    &white[end..]
}

/// One step of indentation in the style of `white`.
fn step_like(white: &str) -> &'static str {
    if white.contains('\t') { "\t" } else { "  " }
}

/// Whether objects in `object` take a line for each member: as `beside` does, or the last
/// object there; where none tells, they do.
fn takes_lines(object: &Object<'_>, beside: Option<&Member<'_>>) -> bool {
    let shown = |member: &&Member<'_>| {
        let raw = member.value.raw();
        raw.starts_with('{') && raw.contains('"')
    };
    let model = beside.filter(|member| shown(member));
    let model = model.or_else(|| object.members.iter().rfind(shown));
    model.is_none_or(|member| member.value.raw().contains('\n'))
}
