//! A form body, read strictly: the right content type, nothing in the query, nothing unknown,
//! nothing twice.

use crate::wire::Request;
use hyper::header::CONTENT_TYPE;
use std::collections::BTreeMap;

/// The parameters of a form.
pub(crate) type Form = BTreeMap<String, String>;

/// Why a body is no acceptable form.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum FormError {
    /// Another content type, e.g. JSON.
    NotAForm,
    /// The complaint, without values.
    Malformed(String),
}

/// Reads a form that may hold the parameters that `known` gives for it, and no others.
pub(crate) fn read(
    request: &Request,
    known: impl Fn(&Form) -> Vec<&'static str>,
) -> Result<Form, FormError> {
    if !has_form_type(request) {
        return Err(FormError::NotAForm);
    }
    if request.query.is_some() {
        return Err(FormError::Malformed(
            "parameters in the query string".into(),
        ));
    }
    let mut form = Form::new();
    for (name, value) in url::form_urlencoded::parse(&request.body).into_owned() {
        if value.is_empty() {
            return Err(FormError::Malformed(format!("empty parameter {name}")));
        }
        if form.contains_key(&name) {
            return Err(FormError::Malformed(format!(
                "parameter {name} given twice"
            )));
        }
        form.insert(name, value);
    }
    let known = known(&form);
    match form.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(FormError::Malformed(format!("unknown parameter {name}"))),
        None => Ok(form),
    }
}

fn has_form_type(request: &Request) -> bool {
    let value = request
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = value
        .and_then(|value| value.split(';').next())
        .unwrap_or_default();
    essence
        .trim()
        .eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(content_type: &str, query: Option<&str>, body: &str) -> Result<Form, FormError> {
        let mut request = Request::new("POST", "/oauth/token", body);
        request.query = query.map(str::to_owned);
        request
            .headers
            .insert(CONTENT_TYPE, content_type.parse().unwrap());
        read(&request, |_| vec!["a", "b"])
    }

    #[test]
    fn a_clean_form_is_read() {
        let read = form(
            "application/x-www-form-urlencoded; charset=UTF-8",
            None,
            "a=1&b=x%26y",
        );
        assert_eq!(read.unwrap().get("b").map(String::as_str), Some("x&y"));
    }

    #[test]
    fn everything_else_is_refused() {
        let form_type = "application/x-www-form-urlencoded";
        assert_eq!(
            form("application/json", None, "{}"),
            Err(FormError::NotAForm)
        );
        for (query, body) in [
            (Some("a=1"), "b=2"),
            (None, "c=1"),
            (None, "a=1&a=2"),
            (None, "a="),
        ] {
            let read = form(form_type, query, body);
            assert!(
                matches!(read, Err(FormError::Malformed(_))),
                "{query:?} {body}"
            );
        }
    }
}
