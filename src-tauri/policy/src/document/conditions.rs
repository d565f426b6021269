//! `require` and `deny_if`.

use super::fields::{Fields, Report, shortened};
use crate::mistake::Problem;
use crate::pointer::Pointer;
use crate::predicate::{Comparison, Path, Predicate, Test};
use regex::Regex;
use serde_json::Value;

const WANTED_OP: &str =
    "one of eq, neq, in, not_in, lt, lte, gt, gte, regex, contains, exists, in quotes";

/// The conditions listed under `name`.
pub(super) fn conditions(report: &mut Report, tool: &Fields<'_>, name: &str) -> Vec<Predicate> {
    let listed = tool.list(report, name, "a list of conditions");
    let mut conditions = Vec::new();
    for (place, value) in listed {
        conditions.extend(condition(report, &place, value));
    }
    conditions
}

fn condition(report: &mut Report, rule: &Pointer, value: &Value) -> Option<Predicate> {
    let fields = Fields::of(report, rule, value, &["path", "op", "value", "on_deny"])?;
    let path = path(report, &fields);
    let test = test(report, &fields);
    let on_deny = fields.text(report, "on_deny").map(str::to_owned);
    Some(Predicate {
        rule: rule.clone(),
        path: path?,
        test: test?,
        on_deny,
    })
}

fn path(report: &mut Report, fields: &Fields<'_>) -> Option<Path> {
    let (place, value) = fields.required(report, "path", "the argument, as in \"args.topic\"")?;
    let steps = value.as_str().and_then(|path| path.strip_prefix("args."));
    let steps = steps.map(|steps| steps.split('.').map(str::to_owned).collect::<Vec<_>>());
    let steps = steps.filter(|steps| steps.iter().all(|step| !step.is_empty()));
    if steps.is_none() {
        let found = shortened(&value.to_string());
        report.add(&place, Problem::Path { found });
    }
    steps.map(Path)
}

fn test(report: &mut Report, fields: &Fields<'_>) -> Option<Test> {
    let (place, op) = fields.required(report, "op", WANTED_OP)?;
    let compare = |comparison| move |number| Test::Compare(comparison, number);
    match op.as_str() {
        Some("eq") => plain(report, fields).map(Test::Equal),
        Some("neq") => plain(report, fields).map(Test::Unequal),
        Some("in") => several(report, fields).map(Test::OneOf),
        Some("not_in") => several(report, fields).map(Test::NoneOf),
        Some("lt") => number(report, fields).map(compare(Comparison::Less)),
        Some("lte") => number(report, fields).map(compare(Comparison::AtMost)),
        Some("gt") => number(report, fields).map(compare(Comparison::Greater)),
        Some("gte") => number(report, fields).map(compare(Comparison::AtLeast)),
        Some("regex") => regex(report, fields).map(Test::Matches),
        Some("contains") => scalar(report, fields).map(Test::Contains),
        Some("exists") => exists(report, fields).map(Test::Exists),
        _ => report.wrong(&place, WANTED_OP, op),
    }
}

/// `null` counts as not given: nothing can be equal to it.
fn plain(report: &mut Report, fields: &Fields<'_>) -> Option<Value> {
    let wanted = "a value; for an argument that is not given write \"op\": \"exists\"";
    let (place, value) = fields.required(report, "value", wanted)?;
    if value.is_null() {
        return report.wrong(&place, wanted, value);
    }
    Some(value.clone())
}

fn several(report: &mut Report, fields: &Fields<'_>) -> Option<Vec<Value>> {
    let wanted = "a list of at least one value, none of them null";
    let (place, value) = fields.required(report, "value", wanted)?;
    let values = value
        .as_array()
        .filter(|values| !values.is_empty() && !values.contains(&Value::Null));
    match values {
        Some(values) => Some(values.clone()),
        None => report.wrong(&place, wanted, value),
    }
}

fn number(report: &mut Report, fields: &Fields<'_>) -> Option<Value> {
    let wanted = "a number";
    let (place, value) = fields.required(report, "value", wanted)?;
    if !value.is_number() {
        return report.wrong(&place, wanted, value);
    }
    Some(value.clone())
}

fn scalar(report: &mut Report, fields: &Fields<'_>) -> Option<Value> {
    let wanted = "a text, a number, true or false";
    let (place, value) = fields.required(report, "value", wanted)?;
    match value {
        Value::String(text) if text.is_empty() => report.wrong(&place, wanted, value),
        Value::String(_) | Value::Number(_) | Value::Bool(_) => Some(value.clone()),
        _ => report.wrong(&place, wanted, value),
    }
}

fn regex(report: &mut Report, fields: &Fields<'_>) -> Option<Regex> {
    let wanted = "a regular expression in quotes";
    let (place, value) = fields.required(report, "value", wanted)?;
    let Some(text) = value.as_str() else {
        return report.wrong(&place, wanted, value);
    };
    match Regex::new(text) {
        Ok(regex) => Some(regex),
        Err(error) => {
            let why = last_line(&error.to_string());
            report.add(&place, Problem::Regex { why });
            None
        }
    }
}

/// The parser draws the place over several lines and says last what is wrong.
fn last_line(message: &str) -> String {
    let last = message.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").to_owned()
}

fn exists(report: &mut Report, fields: &Fields<'_>) -> Option<bool> {
    match fields.get("value") {
        None => Some(true),
        Some((_, Value::Bool(wanted))) => Some(*wanted),
        Some((place, value)) => report.wrong(&place, "true or false, or left out", value),
    }
}
