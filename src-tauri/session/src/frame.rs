//! One line of JSON as it came, and the splicing of a single value.
//!
//! A frame's text is never built anew from parsed JSON: it is passed on as it is, or with one
//! span of bytes replaced.

use std::ops::Range;

/// One JSON value with the newline that ends it on the wire.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame(String);

impl Frame {
    /// A frame of `json`, which holds no newline.
    pub(crate) fn new(mut json: String) -> Self {
        json.push('\n');
        Self(json)
    }

    /// The JSON, without the newline.
    #[must_use]
    pub fn json(&self) -> &str {
        self.0.strip_suffix('\n').unwrap_or(&self.0)
    }

    /// The bytes to write, newline included.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The bytes to write, newline included.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    /// The same frame without these spans of its JSON, which are in order, lie on the borders
    /// of values and commas, and do not overlap.
    #[must_use]
    pub fn without(&self, spans: &[Range<usize>]) -> Self {
        let mut text = String::with_capacity(self.0.len());
        let mut done = 0;
        for span in spans {
            text.push_str(&self.0[done..span.start]);
            done = span.end;
        }
        text.push_str(&self.0[done..]);
        Self(text)
    }

    /// The same frame with `span` replaced by `json`.
    pub(crate) fn spliced(&self, span: &Range<usize>, json: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + json.len());
        text.push_str(&self.0[..span.start]);
        text.push_str(json);
        text.push_str(&self.0[span.end..]);
        Self(text)
    }
}

/// Never the content: it holds what users talk about.
impl std::fmt::Debug for Frame {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if cfg!(test) {
            return formatter.write_str(self.json());
        }
        write!(formatter, "Frame({} bytes)", self.0.len())
    }
}
