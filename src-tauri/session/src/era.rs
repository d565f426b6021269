//! Which generation of the protocol a client speaks.

use crate::method::Method;

/// The protocol's generation, settled by the first request that tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Era {
    /// Only `server/discover` and `ping` so far, which both generations may send first.
    #[default]
    Unknown,
    /// Up to 2025-11-25: a session begins with `initialize` and has state.
    Legacy,
    /// From 2026-07-28: every request stands for itself.
    Modern,
}

impl Era {
    /// The era after a request of this method.
    pub(crate) fn after(self, method: Method) -> Self {
        match (self, method) {
            (Self::Unknown, Method::Discover | Method::Ping) => Self::Unknown,
            (Self::Unknown, Method::Initialize) => Self::Legacy,
            (Self::Unknown, _) => Self::Modern,
            (settled, _) => settled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_telling_request_settles_the_era() {
        let era = Era::Unknown.after(Method::Ping).after(Method::Discover);
        assert_eq!(era, Era::Unknown);
        assert_eq!(era.after(Method::Initialize), Era::Legacy);
        assert_eq!(era.after(Method::ToolsList), Era::Modern);
        let legacy = Era::Legacy.after(Method::ToolsList);
        assert_eq!(legacy, Era::Legacy);
        assert_eq!(Era::Modern.after(Method::Initialize), Era::Modern);
    }
}
