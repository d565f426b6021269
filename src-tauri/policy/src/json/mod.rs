//! Strict JSON in which no key is lost.
//!
//! Readers disagree about which of two equal keys counts, so that a rule or a call with one
//! could mean something else to us than to whom it is meant for. Some readers do not even tell
//! upper from lower case in keys. Each such key is found here.

mod line;

pub(crate) use line::line_of;

use crate::pointer::Pointer;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;

/// What was read.
#[derive(Debug)]
pub(crate) struct Read {
    /// The document; of equal keys the last.
    pub(crate) value: Value,
    /// Where a key stands that stood there before.
    pub(crate) duplicates: Vec<Pointer>,
    /// Where a key stands that differs in nothing but case from one that stood there before.
    pub(crate) variants: Vec<Pointer>,
}

/// The keys that were found.
#[derive(Default)]
struct Keys {
    duplicates: Vec<Pointer>,
    variants: Vec<Pointer>,
}

/// Reads one JSON document and nothing behind it.
pub(crate) fn read(text: &str) -> Result<Read, serde_json::Error> {
    let keys = RefCell::<Keys>::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Reader {
        place: &Place::Root,
        keys: &keys,
    }
    .deserialize(&mut deserializer)?;
    deserializer.end()?;
    let Keys {
        duplicates,
        variants,
    } = keys.into_inner();
    Ok(Read {
        value,
        duplicates,
        variants,
    })
}

/// A key without its case. Through upper case first: some letters share that alone.
fn caseless(name: &str) -> String {
    name.to_uppercase().to_lowercase()
}

/// A place on the way down; written out only where it is told of.
enum Place<'a> {
    Root,
    Member(&'a Place<'a>, &'a str),
    Element(&'a Place<'a>, usize),
}

impl Place<'_> {
    fn pointer(&self) -> Pointer {
        match self {
            Self::Root => Pointer::default(),
            Self::Member(parent, name) => parent.pointer().child(name),
            Self::Element(parent, index) => parent.pointer().item(*index),
        }
    }
}

struct Reader<'a> {
    place: &'a Place<'a>,
    keys: &'a RefCell<Keys>,
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value);
        number
            .map(Value::Number)
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(value) = elements.next_element_seed(Reader {
            place: &Place::Element(self.place, array.len()),
            keys: self.keys,
        })? {
            array.push(value);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        let mut names = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            let place = Place::Member(self.place, &name);
            if object.contains_key(&name) {
                self.keys.borrow_mut().duplicates.push(place.pointer());
            } else if !names.insert(caseless(&name)) {
                self.keys.borrow_mut().variants.push(place.pointer());
            }
            let value = members.next_value_seed(Reader {
                place: &place,
                keys: self.keys,
            })?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duplicates(text: &str) -> Vec<String> {
        let read = read(text).unwrap();
        read.duplicates.iter().map(Pointer::to_string).collect()
    }

    #[test]
    fn it_reads_what_serde_json_reads() {
        let text =
            r#"{"a":[1,-2,3.5,1e3,"x\u00e9",true,false,null,{}],"b":{"c":18446744073709551615}}"#;
        let plain: Value = serde_json::from_str(text).unwrap();
        assert_eq!(read(text).unwrap().value, plain);
    }

    #[test]
    fn equal_keys_are_found_however_they_are_written() {
        assert_eq!(duplicates(r#"{"a":1,"\u0061":2}"#), ["/a"]);
        assert_eq!(
            duplicates(r#"{"x":[0,{"k/":1,"k/":{"m":1,"m":2}}]}"#),
            ["/x/1/k~1", "/x/1/k~1/m"]
        );
        assert!(duplicates(r#"{"a":{"b":1},"b":{"a":1}}"#).is_empty());
    }

    #[test]
    fn keys_that_differ_in_case_alone_are_found_beside_each_other() {
        let text =
            r#"{"topic":1,"Topic":2,"A":{"a":1},"x":[{"k":1,"\u212a":2},{"s":1,"\u017f":2}]}"#;
        let read = read(text).unwrap();
        let variants: Vec<_> = read.variants.iter().map(Pointer::to_string).collect();
        assert_eq!(variants, ["/Topic", "/x/0/\u{212a}", "/x/1/\u{17f}"]);
        assert!(read.duplicates.is_empty());
    }

    #[test]
    fn anything_behind_the_document_is_an_error() {
        assert!(read("{} {}").is_err());
        assert!(read("{},").is_err());
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        assert!(read(&deep).is_err());
    }
}
