//! Takes values out of a document and notes what is wrong with them.

use crate::json::line_of;
use crate::mistake::{Mistake, Problem};
use crate::pointer::Pointer;
use serde_json::{Map, Value};

/// Most characters of a wrong value that are told.
const LONGEST_FOUND: usize = 40;

/// The mistakes found so far.
#[derive(Debug, Default)]
pub(super) struct Report(Vec<(Pointer, Problem)>);

impl Report {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, place: &Pointer, problem: Problem) {
        self.0.push((place.clone(), problem));
    }

    /// Notes a value that cannot be used; gives what is there instead: nothing.
    pub(super) fn wrong<T>(
        &mut self,
        place: &Pointer,
        wanted: &'static str,
        value: &Value,
    ) -> Option<T> {
        let found = shortened(&value.to_string());
        self.add(place, Problem::Wrong { wanted, found });
        None
    }

    /// As [`Self::wrong`], where nothing is wanted back.
    pub(super) fn none(&mut self, place: &Pointer, wanted: &'static str, value: &Value) {
        self.wrong::<()>(place, wanted, value);
    }

    /// The mistakes with their lines in `text`, from its start to its end.
    pub(super) fn mistakes(self, text: &str) -> Vec<Mistake> {
        let located = self.0.into_iter().map(|(pointer, problem)| Mistake {
            line: Some(line_of(text, &pointer)),
            pointer,
            problem,
        });
        let mut mistakes: Vec<_> = located.collect();
        mistakes.sort_by_key(|mistake| mistake.line);
        mistakes
    }
}

/// A text that may be long, as it is told.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_FOUND) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// An object of the document, of which the keys are known.
pub(super) struct Fields<'v> {
    pub(super) place: Pointer,
    object: &'v Map<String, Value>,
}

impl<'v> Fields<'v> {
    /// The value as an object; its other keys than `known` are noted.
    pub(super) fn of(
        report: &mut Report,
        place: &Pointer,
        value: &'v Value,
        known: &[&str],
    ) -> Option<Self> {
        let Some(object) = value.as_object() else {
            return report.wrong(place, "an object", value);
        };
        for name in object.keys().filter(|name| !known.contains(&name.as_str())) {
            let known = known.join(", ");
            report.add(&place.child(name), Problem::Unknown { known });
        }
        Some(Self {
            place: place.clone(),
            object,
        })
    }

    pub(super) fn get(&self, name: &str) -> Option<(Pointer, &'v Value)> {
        let value = self.object.get(name)?;
        Some((self.place.child(name), value))
    }

    pub(super) fn required(
        &self,
        report: &mut Report,
        name: &str,
        wanted: &'static str,
    ) -> Option<(Pointer, &'v Value)> {
        let found = self.get(name);
        if found.is_none() {
            report.add(&self.place.child(name), Problem::Missing { wanted });
        }
        found
    }

    /// The elements of a list that need not be there.
    pub(super) fn list(
        &self,
        report: &mut Report,
        name: &str,
        wanted: &'static str,
    ) -> Vec<(Pointer, &'v Value)> {
        let Some((place, value)) = self.get(name) else {
            return Vec::new();
        };
        let Some(elements) = value.as_array() else {
            report.none(&place, wanted, value);
            return Vec::new();
        };
        let places = elements.iter().enumerate();
        places
            .map(|(index, value)| (place.item(index), value))
            .collect()
    }

    /// A text that need not be there and is not empty.
    pub(super) fn text(&self, report: &mut Report, name: &str) -> Option<&'v str> {
        let (place, value) = self.get(name)?;
        match value.as_str() {
            Some(text) if !text.is_empty() => Some(text),
            _ => report.wrong(&place, "a text", value),
        }
    }
}

/// A whole number within bounds, both included.
pub(super) fn whole(value: &Value, least: u64, most: u64) -> Option<u64> {
    value
        .as_u64()
        .filter(|number| (least..=most).contains(number))
}
