//! `limits` and `rate_limit`.

use super::fields::{Fields, Report, whole};
use crate::limit::{CounterName, LONGEST_WINDOW_S, Limit, MOST_CALLS, Scope};
use crate::mistake::Problem;
use crate::pointer::Pointer;
use serde_json::Value;
use std::sync::Arc;

/// The name of a `rate_limit`'s counter, which has no other.
const RATE_LIMIT: &str = "rate_limit";

const WINDOWS: [(&str, u64); 3] = [("minute", 60), ("hour", 3600), ("day", 86_400)];
const WANTED_WINDOW: &str =
    "\"minute\", \"hour\", \"day\", or a whole number of seconds from 1 to 2592000";
const WANTED_MAX: &str = "a whole number from 1 to 100000";
const WANTED_SCOPE: &str = "\"session\", \"grant\", \"account\" or \"global\"";

/// The limits of `all_tools`.
pub(super) fn of_all_tools(report: &mut Report, place: &Pointer, value: &Value) -> Vec<Limit> {
    Fields::of(report, place, value, &["limits", RATE_LIMIT])
        .map(|holder| of_holder(report, &holder))
        .unwrap_or_default()
}

/// The limits of a tool, or of all: in the order of `limits`, `rate_limit` last.
pub(super) fn of_holder(report: &mut Report, holder: &Fields<'_>) -> Vec<Limit> {
    let mut limits: Vec<Limit> = Vec::new();
    let listed = holder.list(report, "limits", "a list of limits");
    let listed = listed
        .into_iter()
        .map(|(place, value)| (place, value, true));
    let single = holder.get(RATE_LIMIT);
    let single = single.map(|(place, value)| (place, value, false));
    for (place, value, named) in listed.chain(single) {
        let Some(limit) = limit(report, &place, value, named, &holder.place) else {
            continue;
        };
        match limits.iter().find(|earlier| earlier.name == limit.name) {
            Some(earlier) => {
                let first = earlier.rule.clone();
                report.add(&place, Problem::SameCount { first });
            }
            None => limits.push(limit),
        }
    }
    limits
}

/// One limit: with `named`, one of `limits`, which must say its counter and scope.
fn limit(
    report: &mut Report,
    place: &Pointer,
    value: &Value,
    named: bool,
    holder: &Pointer,
) -> Option<Limit> {
    let known = ["window", "max", "scope", "counter"];
    let known = if named { &known[..] } else { &known[..3] };
    let fields = Fields::of(report, place, value, known)?;
    let counter = counter(report, &fields, named);
    let window_s = window(report, &fields);
    let max = max(report, &fields);
    let scope = scope(report, &fields, named);
    Some(Limit {
        rule: place.clone(),
        max: max?,
        name: Arc::new(CounterName {
            holder: holder.to_string(),
            counter: counter?.to_owned(),
            window_s: window_s?,
            scope: scope?,
        }),
    })
}

fn counter<'v>(report: &mut Report, fields: &Fields<'v>, named: bool) -> Option<&'v str> {
    if !named {
        return Some(RATE_LIMIT);
    }
    fields.required(report, "counter", "a name for what is counted")?;
    fields.text(report, "counter")
}

fn window(report: &mut Report, fields: &Fields<'_>) -> Option<u64> {
    let (place, value) = fields.required(report, "window", WANTED_WINDOW)?;
    let named = |name: &str| WINDOWS.iter().find(|window| window.0 == name);
    let seconds = match value.as_str() {
        Some(name) => named(name).map(|window| window.1),
        None => whole(value, 1, LONGEST_WINDOW_S),
    };
    seconds.or_else(|| report.wrong(&place, WANTED_WINDOW, value))
}

fn max(report: &mut Report, fields: &Fields<'_>) -> Option<usize> {
    let (place, value) = fields.required(report, "max", WANTED_MAX)?;
    let max = whole(value, 1, MOST_CALLS as u64).and_then(|max| usize::try_from(max).ok());
    max.or_else(|| report.wrong(&place, WANTED_MAX, value))
}

fn scope(report: &mut Report, fields: &Fields<'_>, named: bool) -> Option<Scope> {
    if !named && fields.get("scope").is_none() {
        return Some(Scope::Session);
    }
    let (place, value) = fields.required(report, "scope", WANTED_SCOPE)?;
    match value.as_str() {
        Some("session") => Some(Scope::Session),
        Some("grant") => Some(Scope::Grant),
        Some("account") => Some(Scope::Account),
        Some("global") => Some(Scope::Global),
        _ => report.wrong(&place, WANTED_SCOPE, value),
    }
}
