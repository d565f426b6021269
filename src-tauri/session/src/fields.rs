//! The few parameters and result members that decide anything, as raw JSON within the frame.

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::ops::Range;

type Raw<'a> = Option<&'a RawValue>;

/// A parameter that is read. Absent and `null` are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Param {
    ProtocolVersion,
    Uri,
    RequestId,
    ProgressToken,
    Name,
    Arguments,
    Cursor,
    Task,
    TaskId,
    Status,
    RequestState,
    InputResponses,
    Notifications,
    /// `_meta.progressToken`
    MetaProgressToken,
    /// `_meta["io.modelcontextprotocol/subscriptionId"]`
    SubscriptionId,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Params<'a> {
    #[serde(borrow)]
    protocol_version: Raw<'a>,
    uri: Raw<'a>,
    request_id: Raw<'a>,
    progress_token: Raw<'a>,
    name: Raw<'a>,
    arguments: Raw<'a>,
    cursor: Raw<'a>,
    task: Raw<'a>,
    task_id: Raw<'a>,
    status: Raw<'a>,
    request_state: Raw<'a>,
    input_responses: Raw<'a>,
    notifications: Raw<'a>,
    #[serde(rename = "_meta")]
    meta: Raw<'a>,
}

#[derive(Default, Deserialize)]
struct Meta<'a> {
    #[serde(borrow, rename = "progressToken")]
    progress_token: Raw<'a>,
    #[serde(rename = "io.modelcontextprotocol/subscriptionId")]
    subscription_id: Raw<'a>,
}

/// What is read of `result`, and of its `task` (revision 2025-11-25).
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Members<'a> {
    #[serde(borrow)]
    pub(crate) result_type: Raw<'a>,
    pub(crate) request_state: Raw<'a>,
    pub(crate) task: Raw<'a>,
    pub(crate) task_id: Raw<'a>,
    pub(crate) status: Raw<'a>,
    pub(crate) tools: Raw<'a>,
}

/// What is read of the filter that a listen's acknowledgement holds.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Filter {
    pub(crate) tools_list_changed: Option<bool>,
}

/// The parameters by which a call is decided about.
const DECIDING: [&str; 2] = ["name", "arguments"];

/// Where the parameters stand in `json`, of which `params` is a part. Those of an object that
/// names one in two spellings are not read, like those of one that names one twice: servers differ
/// in which they take.
pub(crate) fn params(json: &str, params: Raw<'_>) -> Vec<(Param, Range<usize>)> {
    let clear = raw(params).filter(|params| !has_other_case(params, &DECIDING));
    let params: Params<'_> = read(clear);
    let meta: Meta<'_> = read(raw(params.meta));
    let all = [
        (Param::ProtocolVersion, params.protocol_version),
        (Param::Uri, params.uri),
        (Param::RequestId, params.request_id),
        (Param::ProgressToken, params.progress_token),
        (Param::Name, params.name),
        (Param::Arguments, params.arguments),
        (Param::Cursor, params.cursor),
        (Param::Task, params.task),
        (Param::TaskId, params.task_id),
        (Param::Status, params.status),
        (Param::RequestState, params.request_state),
        (Param::InputResponses, params.input_responses),
        (Param::Notifications, params.notifications),
        (Param::MetaProgressToken, meta.progress_token),
        (Param::SubscriptionId, meta.subscription_id),
    ];
    let there = all.into_iter();
    there
        .filter_map(|(param, value)| Some((param, span(json, value?))))
        .collect()
}

/// Whether `object` has a member that differs from one of `names` in nothing but case.
pub(crate) fn has_other_case(object: &str, names: &'static [&'static str]) -> bool {
    let mut found = false;
    let mut deserializer = serde_json::Deserializer::from_str(object);
    // What is no object has no members.
    let _no_object = deserializer.deserialize_map(OtherCase {
        names,
        found: &mut found,
    });
    found
}

/// Looks at the names of an object's members.
struct OtherCase<'f> {
    names: &'static [&'static str],
    found: &'f mut bool,
}

impl<'de> Visitor<'de> for OtherCase<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some((name, _)) = members.next_entry::<Cow<'de, str>, IgnoredAny>()? {
            let differs = |known: &&str| *known != name && known.eq_ignore_ascii_case(&name);
            *self.found |= self.names.iter().any(differs);
        }
        Ok(())
    }
}

/// Where `value`, which borrows from `json`, stands in it.
pub(crate) fn span(json: &str, value: &RawValue) -> Range<usize> {
    let start = value.get().as_ptr().addr() - json.as_ptr().addr();
    start..start + value.get().len()
}

/// The members of an object; none if `json` is something else or names a member twice.
pub(crate) fn read<'a, T: Default + Deserialize<'a>>(json: Option<&'a str>) -> T {
    let object = json.filter(|json| json.trim_ascii_start().starts_with('{'));
    object
        .and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default()
}

/// The raw text of a value.
pub(crate) fn raw(value: Raw<'_>) -> Option<&str> {
    value.map(RawValue::get)
}
