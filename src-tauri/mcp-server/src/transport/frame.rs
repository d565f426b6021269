//! Reads, from a JSON frame passing by in pieces, its length and the top-level `id`.
//!
//! Pure, and constant in memory: the frame itself is never kept. It need not be valid JSON.

/// A longer id is not remembered; no client makes one.
const LONGEST_ID: usize = 256;
/// The longest key that matters.
const LONGEST_KEY: usize = 8;

/// The frame that is passing.
#[derive(Debug, Default)]
pub(super) struct Frame {
    bytes: usize,
    depth: u32,
    place: Place,
    escaped: bool,
    key: Vec<u8>,
    id: Option<Vec<u8>>,
    has_method: bool,
}

/// What a byte at the top level belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// Between values, keys and brackets, or in a bare value.
    #[default]
    Outside,
    /// A string where a key may stand.
    Key,
    /// A string that is a value, or deeper than the top level.
    Text,
}

/// What a finished frame was.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// Its length with the line end.
    pub(super) bytes: usize,
    /// The JSON text of its id.
    pub(super) id: Option<Vec<u8>>,
    /// Whether it had a method, as requests and notifications have.
    pub(super) has_method: bool,
}

impl Frame {
    /// Takes the next byte; what the frame was if this byte ends it.
    pub(super) fn pass(&mut self, byte: u8) -> Option<Seen> {
        self.bytes += 1;
        if byte == b'\n' {
            let frame = std::mem::take(self);
            let id = frame.id.filter(|id| id.len() <= LONGEST_ID);
            return Some(Seen {
                bytes: frame.bytes,
                id,
                has_method: frame.has_method,
            });
        }
        match self.place {
            Place::Outside => self.pass_outside(byte),
            Place::Key | Place::Text => self.pass_string(byte),
        }
        None
    }

    fn pass_outside(&mut self, byte: u8) {
        match byte {
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            b',' if self.depth == 1 => self.key.clear(),
            b':' if self.depth == 1 => self.note_key(),
            b'"' if self.depth == 1 && self.expects_key() => {
                self.key.clear();
                self.place = Place::Key;
            }
            b'"' => {
                self.place = Place::Text;
                self.note_id(byte);
            }
            _ if byte.is_ascii_whitespace() => {}
            _ => self.note_id(byte),
        }
    }

    fn pass_string(&mut self, byte: u8) {
        let ends = byte == b'"' && !self.escaped;
        self.escaped = byte == b'\\' && !self.escaped;
        match self.place {
            Place::Key if !ends && self.key.len() <= LONGEST_KEY => self.key.push(byte),
            Place::Text => self.note_id(byte),
            Place::Key | Place::Outside => {}
        }
        if ends {
            self.place = Place::Outside;
        }
    }

    /// A key is marked as read by a colon behind it.
    fn expects_key(&self) -> bool {
        self.key.last() != Some(&b':')
    }

    fn note_key(&mut self) {
        match self.key.as_slice() {
            b"id" => self.id = Some(Vec::new()),
            b"method" => self.has_method = true,
            _ => {}
        }
        self.key.push(b':');
    }

    fn note_id(&mut self, byte: u8) {
        if self.depth == 1
            && self.key == b"id:"
            && let Some(id) = self.id.as_mut().filter(|id| id.len() <= LONGEST_ID)
        {
            id.push(byte);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn see(line: &str) -> Seen {
        let mut frame = Frame::default();
        let mut seen = line
            .bytes()
            .chain([b'\n'])
            .filter_map(|byte| frame.pass(byte));
        let only = seen.next().unwrap();
        assert_eq!(seen.next(), None);
        only
    }

    fn id_of(line: &str) -> Option<String> {
        see(line).id.map(|id| String::from_utf8(id).unwrap())
    }

    #[test]
    fn the_id_is_found_wherever_it_stands() {
        for (line, id) in [
            (r#"{"jsonrpc":"2.0","id":7,"method":"x"}"#, "7"),
            (
                r#"{"method":"x","params":{"id":1,"a":["id",{"id":2}]},"jsonrpc":"2.0","id": 42 }"#,
                "42",
            ),
            (r#"{ "id" : "a\"b" , "method" : "x" }"#, r#""a\"b""#),
            (r#"{"a":"id","b":"\"id\":9","id":-1}"#, "-1"),
            (r#"{"x":"\\","id":5}"#, "5"),
        ] {
            assert_eq!(id_of(line).as_deref(), Some(id), "{line}");
        }
    }

    #[test]
    fn a_frame_without_an_id_has_none() {
        for line in [
            r#"{"method":"x","params":{"id":1}}"#,
            "[]",
            "noise",
            r#"{"xid":1}"#,
            "",
        ] {
            assert_eq!(id_of(line), None, "{line}");
        }
    }

    #[test]
    fn requests_are_told_from_responses() {
        assert!(see(r#"{"id":1,"method":"x"}"#).has_method);
        assert!(!see(r#"{"id":1,"result":{"method":"x"}}"#).has_method);
    }

    #[test]
    fn an_endless_id_is_not_remembered() {
        let line = format!(r#"{{"id":"{}"}}"#, "x".repeat(100_000));
        assert_eq!(id_of(&line), None);
    }

    #[test]
    fn frames_follow_each_other_and_count_their_line_ends() {
        assert_eq!(see("{}").bytes, 3);
        let mut frame = Frame::default();
        let lines = b"{\"id\":1\n{\"id\":2}\n";
        let ids: Vec<_> = lines
            .iter()
            .filter_map(|byte| frame.pass(*byte))
            .map(|seen| seen.id)
            .collect();
        assert_eq!(
            ids,
            [Some(b"1".to_vec()), Some(b"2".to_vec())],
            "a broken frame ends with its line"
        );
    }
}
