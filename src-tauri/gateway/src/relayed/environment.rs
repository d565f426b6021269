//! The variables of a third party's server: the relay's, the entry's own, and the token.

use super::entry::ThirdParty;
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeMap;
use std::ffi::OsString;

/// What a server is started with before there ever was a token: some want one to start at all.
const NO_TOKEN: &str = "no-token-yet";

/// When two names are one variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// If they are equal.
    Exact,
    /// Also if only their case differs, as on Windows.
    AnyCase,
}

impl Names {
    /// Those of this system.
    pub(super) const HERE: Self = if cfg!(windows) {
        Self::AnyCase
    } else {
        Self::Exact
    };

    fn are_one(self, one: &str, other: &str) -> bool {
        match self {
            Self::Exact => one == other,
            Self::AnyCase => one.eq_ignore_ascii_case(other),
        }
    }

    fn get<'a>(self, all: &'a BTreeMap<String, String>, name: &str) -> Option<&'a String> {
        let mut all = all.iter();
        all.find(|(own, _)| self.are_one(own, name))
            .map(|(_, value)| value)
    }

    fn set(self, all: &mut BTreeMap<String, String>, name: &str, value: String) {
        all.retain(|own, _| !self.are_one(own, name));
        all.insert(name.to_owned(), value);
    }
}

/// All variables of `server`, started for a relay that has `inherited`.
pub(super) fn variables(
    names: Names,
    inherited: &BTreeMap<String, String>,
    server: &ThirdParty,
    token: Option<&SecretString>,
) -> Vec<(OsString, Option<OsString>)> {
    let mut all = inherited.clone();
    for (name, value) in &server.variables {
        let value = expanded(names, value.expose_secret(), inherited);
        names.set(&mut all, name, value);
    }
    if let Some(name) = &server.token_variable {
        let token = token.map_or(NO_TOKEN, ExposeSecret::expose_secret);
        names.set(&mut all, name, token.to_owned());
    }
    let pairs = all.into_iter();
    pairs
        .map(|(name, value)| (name.into(), Some(value.into())))
        .collect()
}

/// `text` with each `${NAME}` replaced; one that is not known stays, as in Claude Desktop.
fn expanded(names: Names, text: &str, variables: &BTreeMap<String, String>) -> String {
    let mut rest = text;
    let mut expanded = String::with_capacity(text.len());
    while let Some(start) = rest.find("${") {
        let (before, behind) = rest.split_at(start);
        expanded.push_str(before);
        let end = behind.find('}');
        let known = end.and_then(|end| Some((end, names.get(variables, &behind[2..end])?)));
        if let Some((end, value)) = known {
            expanded.push_str(value);
            rest = &behind[end + 1..];
        } else {
            expanded.push_str("${");
            rest = &behind[2..];
        }
    }
    expanded + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(variables: &[(&str, &str)], token_variable: Option<&str>) -> ThirdParty {
        let variables = variables.iter();
        ThirdParty {
            program: "node".to_owned(),
            arguments: Vec::new(),
            variables: variables
                .map(|(name, value)| ((*name).to_owned(), SecretString::from(*value)))
                .collect(),
            token_variable: token_variable.map(str::to_owned),
            secrets: Vec::new(),
        }
    }

    fn given(server: &ThirdParty, token: Option<&str>) -> BTreeMap<String, String> {
        let inherited = [("PATH", "/bin"), ("HOME", "/h"), ("ZOOM_ACCESS_TOKEN", "x")];
        let inherited = inherited.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let token = token.map(SecretString::from);
        let all = variables(
            Names::Exact,
            &BTreeMap::from(inherited),
            server,
            token.as_ref(),
        );
        let text = |text: OsString| text.into_string().unwrap();
        all.into_iter()
            .map(|(name, value)| (text(name), text(value.unwrap())))
            .collect()
    }

    #[test]
    fn the_entrys_own_come_before_the_relays_and_the_token_before_both() {
        let own = [("PATH", "/mine:${PATH}"), ("ZOOM_ACCESS_TOKEN", "old")];
        let all = given(&server(&own, Some("ZOOM_ACCESS_TOKEN")), Some("new"));
        assert_eq!(all["PATH"], "/mine:/bin");
        assert_eq!(all["HOME"], "/h");
        assert_eq!(all["ZOOM_ACCESS_TOKEN"], "new");
    }

    #[test]
    fn a_server_without_zoom_gets_no_token_and_one_with_it_a_word_for_none() {
        let all = given(&server(&[], None), Some("new"));
        assert_eq!(all["ZOOM_ACCESS_TOKEN"], "x");
        let all = given(&server(&[], Some("TOKEN")), None);
        assert_eq!(all["TOKEN"], NO_TOKEN);
    }

    #[test]
    fn only_whole_names_that_are_known_are_expanded() {
        let variables = BTreeMap::from([("A".to_owned(), "1".to_owned())]);
        for (text, wanted) in [
            ("${A}${A}", "11"),
            ("${B}", "${B}"),
            ("$A ${A", "$A ${A"),
            ("${${A}}", "${1}"),
            ("", ""),
        ] {
            assert_eq!(expanded(Names::Exact, text, &variables), wanted, "{text}");
        }
    }

    #[test]
    fn names_that_differ_in_case_are_one_where_the_system_says_so() {
        let inherited = BTreeMap::from([("Path".to_owned(), "C:\\".to_owned())]);
        let server = server(&[("PATH", "D:;${path}")], Some("token"));
        let set = |names| {
            let all = variables(names, &inherited, &server, None).into_iter();
            all.map(|(name, value)| format!("{}={}", name.display(), value.unwrap().display()))
                .collect::<Vec<_>>()
        };
        assert_eq!(set(Names::AnyCase), ["PATH=D:;C:\\", "token=no-token-yet"]);
        assert_eq!(
            set(Names::Exact),
            ["PATH=D:;${path}", "Path=C:\\", "token=no-token-yet"]
        );
    }
}
