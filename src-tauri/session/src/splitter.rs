//! Bytes from a pipe, cut into lines, each told apart into messages and noise.
//!
//! How the bytes are chunked changes nothing. At most [`LONGEST_MESSAGE`] bytes are kept.

use crate::id::Id;
use crate::limits::{LONGEST_MESSAGE, MOST_IN_BATCH};
use crate::message::Message;
use crate::method::Method;
use crate::skim::Skim;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// Something that came on one line. Empty lines are not told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A JSON-RPC message.
    Message(Message),
    /// Anything else, such as a program's own words on its standard output.
    Noise(Noise),
    /// A line over [`LONGEST_MESSAGE`], which was not kept.
    Oversized(Oversized),
}

/// A line that is no message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noise {
    /// Its length in bytes.
    pub length: usize,
    /// How it begins: at most 200 characters. May hold anything, secrets too.
    pub start: String,
}

/// What is known of a line that was not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oversized {
    /// Its length in bytes.
    pub length: usize,
    /// Its outermost `id`, if it has one.
    pub id: Option<Id>,
    /// Its outermost `method`, if it has one.
    pub method: Option<Method>,
}

/// Cuts one direction of a pipe into lines.
#[derive(Debug)]
pub struct Splitter {
    longest: usize,
    line: Vec<u8>,
    length: usize,
    skim: Option<Skim>,
}

/// How much of a noisy line is told.
const NOISE_START: usize = 200;

impl Default for Splitter {
    fn default() -> Self {
        Self::up_to(LONGEST_MESSAGE)
    }
}

impl Splitter {
    fn up_to(longest: usize) -> Self {
        Self {
            longest,
            line: Vec::new(),
            length: 0,
            skim: None,
        }
    }

    /// Takes in what was read; returns the lines that end in it, in order. A batch gives a
    /// line for each of its messages: a peer that understands batches understands these.
    pub fn feed(&mut self, chunk: &[u8]) -> Vec<Line> {
        let mut lines = Vec::new();
        for piece in chunk.split_inclusive(|byte| *byte == b'\n') {
            match piece.strip_suffix(b"\n") {
                Some(end) => {
                    self.extend(end);
                    self.end(&mut lines);
                }
                None => self.extend(piece),
            }
        }
        lines
    }

    fn extend(&mut self, piece: &[u8]) {
        self.length += piece.len();
        if let Some(skim) = &mut self.skim {
            skim.feed(piece);
        } else if self.length > self.longest + 1 {
            // One more than the limit, for the `\r` that may end a line.
            let mut skim = Skim::default();
            skim.feed(&std::mem::take(&mut self.line));
            skim.feed(piece);
            self.skim = Some(skim);
        } else {
            self.line.extend_from_slice(piece);
        }
    }

    fn end(&mut self, lines: &mut Vec<Line>) {
        let length = std::mem::take(&mut self.length);
        let mut line = std::mem::take(&mut self.line);
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        match self.skim.take() {
            Some(skim) => lines.push(oversized(skim, length)),
            None if line.len() > self.longest => {
                let mut skim = Skim::default();
                skim.feed(&line);
                lines.push(oversized(skim, length));
            }
            None => read(line, lines),
        }
    }
}

fn oversized(skim: Skim, length: usize) -> Line {
    let (id, method) = skim.found();
    Line::Oversized(Oversized { length, id, method })
}

fn read(mut line: Vec<u8>, lines: &mut Vec<Line>) {
    if line.trim_ascii().is_empty() {
        return;
    }
    // In JSON it is a space between values, but some readers end a line at it, and would take
    // what follows for a message of its own that nobody has decided about.
    for byte in line.iter_mut().filter(|byte| **byte == b'\r') {
        *byte = b' ';
    }
    match String::from_utf8(line) {
        Ok(json) if json.trim_ascii_start().starts_with('[') => batch(&json, lines),
        Ok(json) => lines.push(one(json)),
        Err(broken) => lines.push(noise(broken.as_bytes())),
    }
}

fn one(json: String) -> Line {
    match Message::read(json) {
        Ok(message) => Line::Message(message),
        Err(json) => noise(json.as_bytes()),
    }
}

fn batch(json: &str, lines: &mut Vec<Line>) {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let parts = deserializer.deserialize_seq(Batch);
    match parts.and_then(|parts| deserializer.end().map(|()| parts)) {
        Ok(parts) if !parts.is_empty() => lines.extend(parts.into_iter().map(one)),
        _ => lines.push(noise(json.as_bytes())),
    }
}

fn noise(line: &[u8]) -> Line {
    let start = String::from_utf8_lossy(&line[..line.len().min(4 * NOISE_START)]);
    Line::Noise(Noise {
        length: line.len(),
        start: start.chars().take(NOISE_START).collect(),
    })
}

/// Reads the messages of a batch, each as it stands, up to [`MOST_IN_BATCH`].
struct Batch;

impl<'de> Visitor<'de> for Batch {
    type Value = Vec<String>;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "at most {MOST_IN_BATCH} messages")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut parts = Vec::new();
        while let Some(part) = sequence.next_element::<&RawValue>()? {
            if parts.len() == MOST_IN_BATCH {
                return Err(A::Error::custom("too many messages"));
            }
            parts.push(part.get().to_owned());
        }
        Ok(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PING: &str = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;

    fn lines(bytes: &[u8]) -> Vec<Line> {
        Splitter::default().feed(bytes)
    }

    fn frames(lines: &[Line]) -> Vec<&str> {
        let frame = |line: &'_ Line| match line {
            Line::Message(message) => Some(message.frame().json().len()),
            _ => None,
        };
        assert!(lines.iter().all(|line| frame(line).is_some()), "{lines:?}");
        let text = lines.iter().map(|line| match line {
            Line::Message(message) => message.frame().json(),
            _ => "",
        });
        text.collect()
    }

    /// A ping of exactly this many bytes.
    fn ping_of(length: usize) -> Vec<u8> {
        let mut ping = br#"{"jsonrpc":"2.0","method":"ping","params":{"a":""#.to_vec();
        let end = br#""},"id":"z"}"#;
        ping.resize(length - end.len(), b'x');
        ping.extend_from_slice(end);
        ping
    }

    #[test]
    fn both_line_ends_and_empty_lines_are_understood() {
        let bytes = format!("{PING}\r\n\r\n  \n{PING}\n{PING}");
        assert_eq!(frames(&lines(bytes.as_bytes())), [PING, PING]);
    }

    #[test]
    fn no_reader_ends_a_line_within_a_message() {
        let hidden = r#"{"jsonrpc":"2.0","id":1,"params":{"a":CR{"method":"b"}CR}CR,"method":"c"}"#;
        let bytes = hidden.replace("CR", "\r") + "\n";
        let expected = hidden.replace("CR", " ");
        assert_eq!(frames(&lines(bytes.as_bytes())), [expected]);
    }

    #[test]
    fn noise_between_messages_is_told_and_harms_none() {
        let bytes = format!("Listening…\n{PING}\n{{\"level\":30}}\n[1]\n[]\n\u{0}\n");
        let lines = lines(bytes.as_bytes());
        let noise = lines.iter().filter(|line| matches!(line, Line::Noise(_)));
        assert_eq!(noise.count(), 5);
        assert!(matches!(&lines[1], Line::Message(_)));
        let broken = Splitter::default().feed(b"\xff\xfe\n");
        assert!(matches!(&broken[..], [Line::Noise(noise)] if noise.length == 2));
    }

    #[test]
    fn a_batch_is_its_messages() {
        let bytes = format!("[{PING}, {PING}]\n");
        assert_eq!(frames(&lines(bytes.as_bytes())), [PING, PING]);
        let many = format!("[{}1]\n", "1,".repeat(MOST_IN_BATCH));
        assert!(matches!(&lines(many.as_bytes())[..], [Line::Noise(_)]));
    }

    const LIMIT: usize = 1000;

    fn limited(bytes: &[u8]) -> Vec<Line> {
        Splitter::up_to(LIMIT).feed(bytes)
    }

    #[test]
    fn the_limit_is_sixteen_mebibytes() {
        assert_eq!(Splitter::default().longest, 16_777_216);
    }

    #[test]
    fn the_longest_message_passes_and_one_byte_more_does_not() {
        for end in ["\n", "\r\n"] {
            let mut fits = ping_of(LIMIT);
            fits.extend_from_slice(end.as_bytes());
            assert!(matches!(&limited(&fits)[..], [Line::Message(_)]));
            let mut over = ping_of(LIMIT + 1);
            over.extend_from_slice(end.as_bytes());
            over.extend_from_slice(PING.as_bytes());
            over.push(b'\n');
            let lines = limited(&over);
            let [Line::Oversized(over), Line::Message(_)] = &lines[..] else {
                panic!("{lines:?}");
            };
            assert_eq!(over.id, Id::read("\"z\""));
            assert_eq!(over.method, Some(Method::Ping));
        }
    }

    #[test]
    fn an_endless_line_takes_no_memory() {
        let mut splitter = Splitter::up_to(LIMIT);
        for _ in 0..100 {
            assert_eq!(splitter.feed(&[b'x'; LIMIT / 4]), []);
            assert!(splitter.line.capacity() <= 2 * LIMIT);
        }
        assert_eq!(splitter.line.capacity(), 0);
        assert!(
            matches!(&splitter.feed(b"\n")[..], [Line::Oversized(over)] if over.length == 25 * LIMIT)
        );
    }
}
