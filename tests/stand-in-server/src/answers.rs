//! The results that both generations of the protocol want, each in its form.

use serde_json::{Value, json};

/// What the results hold that a modern client may keep for a while: they must say for how long.
const CACHEABLE: [&str; 4] = ["tools", "resources", "resourceTemplates", "contents"];

/// Which generation a request is of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Era {
    Legacy,
    Modern,
}

impl Era {
    /// A modern request names its version.
    pub(crate) fn of(message: &Value) -> Self {
        let version = &message["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"];
        if version.is_string() {
            Self::Modern
        } else {
            Self::Legacy
        }
    }

    /// The result as this generation has it.
    pub(crate) fn result(self, mut result: Value) -> Value {
        if self == Self::Modern {
            result["resultType"] = "complete".into();
            if CACHEABLE.iter().any(|member| result.get(member).is_some()) {
                result["ttlMs"] = 0.into();
                result["cacheScope"] = "private".into();
            }
        }
        result
    }
}

/// A tool's result with one text.
pub(crate) fn text(text: impl Into<String>) -> Value {
    json!({"content": [{"type": "text", "text": text.into()}]})
}

pub(crate) fn initialized(version: &Value) -> Value {
    json!({
        "protocolVersion": version,
        "capabilities": capabilities(),
        "serverInfo": info(),
    })
}

pub(crate) fn discovered() -> Value {
    json!({
        "supportedVersions": ["2026-07-28"],
        "capabilities": capabilities(),
        "serverInfo": info(),
    })
}

fn info() -> Value {
    json!({"name": "stand-in-server", "version": "1.0.0"})
}

fn capabilities() -> Value {
    json!({
        "tools": {"listChanged": true},
        "resources": {"subscribe": true},
        "logging": {},
    })
}
