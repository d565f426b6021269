//! Finding the id and the method in a message that is too long to keep, as its bytes pass by.
//!
//! Keeps at most [`LONGEST_ID`] bytes, wherever the members stand.

use crate::id::Id;
use crate::limits::LONGEST_ID;
use crate::method::Method;

/// Follows an object's outermost members.
#[derive(Debug, Default)]
pub(crate) struct Skim {
    depth: usize,
    string: Str,
    word: Vec<u8>,
    key: Vec<u8>,
    id: Option<Id>,
    method: Option<Method>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Str {
    #[default]
    Outside,
    Inside,
    Escaped,
}

impl Skim {
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.byte(*byte);
        }
    }

    /// What was found.
    pub(crate) fn found(self) -> (Option<Id>, Option<Method>) {
        (self.id, self.method)
    }

    fn byte(&mut self, byte: u8) {
        match (self.string, byte) {
            (Str::Outside, _) => self.outside(byte),
            (Str::Inside, b'\\') => self.inside(byte, Str::Escaped),
            (Str::Inside, b'"') => self.inside(byte, Str::Outside),
            (Str::Inside | Str::Escaped, _) => self.inside(byte, Str::Inside),
        }
    }

    fn inside(&mut self, byte: u8, next: Str) {
        self.string = next;
        self.keep(byte);
    }

    fn outside(&mut self, byte: u8) {
        match byte {
            b'"' => self.inside(byte, Str::Inside),
            b'{' | b'[' => {
                self.keep(byte);
                self.depth += 1;
                if self.depth == 1 {
                    self.word.clear();
                }
            }
            b'}' | b']' => {
                self.member_ends();
                self.depth = self.depth.saturating_sub(1);
            }
            b',' => self.member_ends(),
            b':' if self.depth == 1 => self.key = std::mem::take(&mut self.word),
            b' ' | b'\t' | b'\r' => {}
            _ => self.keep(byte),
        }
    }

    /// Keeps a byte of a key or value. One more than fits marks it as too long.
    fn keep(&mut self, byte: u8) {
        if self.word.len() <= LONGEST_ID {
            self.word.push(byte);
        }
    }

    fn member_ends(&mut self) {
        if self.depth != 1 {
            return;
        }
        let key = std::mem::take(&mut self.key);
        let word = std::mem::take(&mut self.word);
        let whole = Some(word).filter(|word| word.len() <= LONGEST_ID);
        let Some(word) = whole.and_then(|word| String::from_utf8(word).ok()) else {
            return;
        };
        match key.as_slice() {
            b"\"id\"" => self.id = Id::read(&word),
            b"\"method\"" => {
                let name: Option<String> = serde_json::from_str(&word).ok();
                self.method = name.map(|name| Method::named(&name));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(json: &str) -> (Option<Id>, Option<Method>) {
        let mut skim = Skim::default();
        skim.feed(json.as_bytes());
        skim.found()
    }

    #[test]
    fn outer_members_are_found_wherever_they_stand() {
        let expected = (Id::read("\"a\\\"}1\""), Some(Method::ToolsCall));
        for json in [
            r#"{"id":"a\"}1","method":"tools/call","params":{"id":2,"method":"x"}}"#,
            r#"{"params":{"id":2,"a":[{"method":"x"},"\"id\":3"]}, "method" : "tools/call" ,"id" : "a\"}1" }"#,
            r#"{"method":"tools/call","params":{"a":"{[\\\\"},"id":"a\"}1"}"#,
        ] {
            assert_eq!(found(json), expected, "{json}");
        }
    }

    #[test]
    fn what_is_no_id_is_not_found() {
        assert_eq!(found(r#"{"id":{"id":1},"x":1}"#), (None, None));
        assert_eq!(found(r#"{"id":null,"result":{}}"#), (None, None));
        assert_eq!(found(r#"[{"id":1}]"#), (None, None));
        let long = format!(r#"{{"id":"{}"}}"#, "a".repeat(LONGEST_ID));
        assert_eq!(found(&long), (None, None));
    }
}
