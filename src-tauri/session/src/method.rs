//! The methods that a session treats in a way of their own, of all revisions up to 2026-07-28.

/// A method of a request or a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is the method that `name` gives")]
pub enum Method {
    Discover,
    Ping,
    Initialize,
    Initialized,
    SetLevel,
    Subscribe,
    Unsubscribe,
    Listen,
    Acknowledged,
    ToolsCall,
    ToolsList,
    PromptsList,
    ResourcesList,
    TemplatesList,
    TaskGet,
    TaskResult,
    TaskUpdate,
    TaskCancel,
    TaskChanged,
    TaskStatus,
    Cancelled,
    Progress,
    RootsChanged,
    ToolsChanged,
    PromptsChanged,
    ResourcesChanged,
    ResourceUpdated,
    /// Any other: passed on to the current child or the client.
    Other,
}

const NAMES: [(Method, &str); 27] = [
    (Method::Discover, "server/discover"),
    (Method::Ping, "ping"),
    (Method::Initialize, "initialize"),
    (Method::Initialized, "notifications/initialized"),
    (Method::SetLevel, "logging/setLevel"),
    (Method::Subscribe, "resources/subscribe"),
    (Method::Unsubscribe, "resources/unsubscribe"),
    (Method::Listen, "subscriptions/listen"),
    (
        Method::Acknowledged,
        "notifications/subscriptions/acknowledged",
    ),
    (Method::ToolsCall, "tools/call"),
    (Method::ToolsList, "tools/list"),
    (Method::PromptsList, "prompts/list"),
    (Method::ResourcesList, "resources/list"),
    (Method::TemplatesList, "resources/templates/list"),
    (Method::TaskGet, "tasks/get"),
    (Method::TaskResult, "tasks/result"),
    (Method::TaskUpdate, "tasks/update"),
    (Method::TaskCancel, "tasks/cancel"),
    (Method::TaskChanged, "notifications/tasks"),
    (Method::TaskStatus, "notifications/tasks/status"),
    (Method::Cancelled, "notifications/cancelled"),
    (Method::Progress, "notifications/progress"),
    (Method::RootsChanged, "notifications/roots/list_changed"),
    (Method::ToolsChanged, "notifications/tools/list_changed"),
    (Method::PromptsChanged, "notifications/prompts/list_changed"),
    (
        Method::ResourcesChanged,
        "notifications/resources/list_changed",
    ),
    (Method::ResourceUpdated, "notifications/resources/updated"),
];

impl Method {
    /// The method of this name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let known = NAMES.iter().find(|(_, known)| *known == name);
        known.map_or(Self::Other, |(method, _)| *method)
    }

    /// The name on the wire; none for [`Method::Other`].
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        let known = NAMES.iter().find(|(method, _)| *method == self);
        known.map(|(_, name)| *name)
    }

    /// Whether its result is part of a handshake: the same for every client of an entry.
    pub(crate) fn opens(self) -> bool {
        matches!(
            self,
            Self::Discover
                | Self::ToolsList
                | Self::PromptsList
                | Self::ResourcesList
                | Self::TemplatesList
        )
    }

    /// Whether it is about one task, named in its parameters.
    pub(crate) fn on_a_task(self) -> bool {
        matches!(
            self,
            Self::TaskGet | Self::TaskResult | Self::TaskUpdate | Self::TaskCancel
        )
    }

    /// Whether it says that something changed: from a replaced child it says nothing.
    pub(crate) fn tells_of_change(self) -> bool {
        matches!(
            self,
            Self::ToolsChanged
                | Self::PromptsChanged
                | Self::ResourcesChanged
                | Self::ResourceUpdated
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_there_and_back() {
        for (method, name) in NAMES {
            assert_eq!(Method::named(name), method);
            assert_eq!(method.name(), Some(name));
        }
        assert_eq!(Method::named("tools/Call"), Method::Other);
    }
}
