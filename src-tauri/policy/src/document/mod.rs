//! Reads a policy file. Strict: what is not understood is a mistake, and all mistakes are
//! found at once, because a rule that is silently left out lets calls through.

mod conditions;
mod fields;
mod limits;
mod tool;

use crate::json;
use crate::mistake::{Mistake, Problem};
use crate::pointer::Pointer;
use crate::rules::{Hidden, Policy, Unlisted};
use fields::{Fields, Report};
use serde_json::Value;
use std::collections::HashMap;

impl Policy {
    /// Reads the bytes of a policy file; or else tells every mistake, in the file's order.
    pub fn parse(bytes: &[u8]) -> Result<Self, Vec<Mistake>> {
        let text = text(bytes).map_err(|problem| vec![mistake(Some(1), problem)])?;
        let read = json::read(text).map_err(|error| vec![not_json(&error)])?;
        let mut report = Report::default();
        for place in read.duplicates {
            report.add(&place, Problem::Duplicate);
        }
        match policy(&mut report, &read.value) {
            Some(policy) if report.is_empty() => Ok(policy),
            _ => Err(report.mistakes(text)),
        }
    }
}

fn mistake(line: Option<usize>, problem: Problem) -> Mistake {
    Mistake {
        pointer: Pointer::default(),
        line,
        problem,
    }
}

fn text(bytes: &[u8]) -> Result<&str, Problem> {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        return Err(Problem::Bom);
    }
    std::str::from_utf8(bytes).map_err(|error| Problem::NotUtf8 {
        offset: error.valid_up_to(),
    })
}

fn not_json(error: &serde_json::Error) -> Mistake {
    let (line, column) = (error.line(), error.column());
    let place = format!(" at line {line} column {column}");
    let why = error.to_string().replace(&place, "");
    mistake(Some(line), Problem::NotJson { column, why })
}

fn policy(report: &mut Report, value: &Value) -> Option<Policy> {
    let known = &["version", "default", "hide", "all_tools", "tools"];
    let file = Fields::of(report, &Pointer::default(), value, known)?;
    version(report, &file);
    let unlisted = unlisted(report, &file);
    let hidden = hidden(report, &file);
    let limits = match file.get("all_tools") {
        Some((place, value)) => limits::of_all_tools(report, &place, value),
        None => Vec::new(),
    };
    let tools = tool::tools(report, &file);
    Some(Policy {
        unlisted: unlisted?,
        hidden,
        limits,
        tools,
    })
}

fn version(report: &mut Report, file: &Fields<'_>) {
    let wanted = "\"1\"";
    if let Some((place, value)) = file.required(report, "version", wanted)
        && value != "1"
    {
        report.none(&place, wanted, value);
    }
}

fn unlisted(report: &mut Report, file: &Fields<'_>) -> Option<Unlisted> {
    let wanted = "\"allow\" or \"deny\"";
    let (place, value) = file.required(report, "default", wanted)?;
    match value.as_str() {
        Some("allow") => Some(Unlisted::Allowed),
        Some("deny") => Some(Unlisted::Denied),
        _ => report.wrong(&place, wanted, value),
    }
}

fn hidden(report: &mut Report, file: &Fields<'_>) -> Hidden {
    let (mut all, mut named) = (None, HashMap::new());
    for (place, value) in file.list(report, "hide", "a list of tool names") {
        match value.as_str() {
            Some("*") => all = Some(place),
            Some(name) if !name.is_empty() => {
                named.insert(name.to_owned(), place);
            }
            _ => report.none(&place, "a tool's name, or \"*\" for all", value),
        }
    }
    all.map_or(Hidden::Named(named), Hidden::All)
}

#[cfg(test)]
mod tests;
