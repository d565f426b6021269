//! The user's own names for locations.

use super::term::normalised;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Names that the user gave, each for one or more locations. None is built in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Aliases {
    #[serde(default)]
    aliases: BTreeMap<String, Targets>,
}

/// What an alias stands for: ids or exact names of locations.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum Targets {
    One(String),
    Several(Vec<String>),
}

impl Aliases {
    /// The alias that this query is, as the user wrote it, and what it stands for.
    pub(crate) fn find(&self, query: &str) -> Option<(&str, &[String])> {
        let query = normalised(query);
        self.entries()
            .find(|(alias, _)| !query.is_empty() && normalised(alias) == query)
    }

    /// Every alias with what it stands for, in the order of the alphabet.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.aliases
            .iter()
            .map(|(alias, targets)| (alias.as_str(), targets.as_slice()))
    }
}

impl Targets {
    fn as_slice(&self) -> &[String] {
        match self {
            Self::One(target) => std::slice::from_ref(target),
            Self::Several(targets) => targets,
        }
    }
}

#[cfg(test)]
impl<const N: usize> From<[(&str, &[&str]); N]> for Aliases {
    fn from(entries: [(&str, &[&str]); N]) -> Self {
        let several = |targets: &[&str]| {
            Targets::Several(targets.iter().map(|target| (*target).to_owned()).collect())
        };
        let aliases = entries
            .into_iter()
            .map(|(alias, targets)| (alias.to_owned(), several(targets)));
        Self {
            aliases: aliases.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_alias_stands_for_one_location_or_for_several() {
        let file = json!({"aliases": {"HQ": "Campus One", "den-1": ["a", "b"]}, "later": 1});
        let aliases: Aliases = serde_json::from_value(file).unwrap();
        assert_eq!(
            aliases.find(" hq "),
            Some(("HQ", ["Campus One".to_owned()].as_slice()))
        );
        let (alias, targets) = aliases.find("DEN 1").unwrap();
        assert_eq!((alias, targets.len()), ("den-1", 2));
        assert_eq!(aliases.find(""), None);
    }
}
