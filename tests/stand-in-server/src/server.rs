//! Which message means what.

use crate::answers::{Era, discovered, initialized};
use crate::client::{Client, send, write};
use crate::log::Log;
use crate::options::Options;
use crate::resources::Resources;
use crate::tools;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

/// A running stand-in.
pub(crate) struct Server {
    pub(crate) options: Options,
    pub(crate) log: Log,
    pub(crate) client: Client,
    pub(crate) resources: Resources,
    /// Raw ids of cancelled requests.
    cancelled: Mutex<BTreeSet<String>>,
}

/// Why there is no result.
pub(crate) enum Failed {
    /// The request is not answered at all.
    Silent,
    /// A JSON-RPC error.
    Error(i64, String),
}

impl Server {
    pub(crate) fn new(options: Options) -> Self {
        Self {
            log: Log::open(&options),
            options,
            client: Client::default(),
            resources: Resources::default(),
            cancelled: Mutex::default(),
        }
    }

    /// Takes in a message.
    pub(crate) fn take_in(self: &Arc<Self>, message: Value) {
        self.log.received(&message);
        if self.options.hang_at_start {
            return;
        }
        match (message["method"].as_str(), message.get("id")) {
            // What is asked later counts on these.
            (Some("initialize" | "subscriptions/listen" | "resources/subscribe"), Some(_)) => {
                self.answer(&message);
            }
            (Some(_), Some(_)) => {
                let server = self.clone();
                std::thread::spawn(move || server.answer(&message));
            }
            (Some("notifications/cancelled"), None) => self.cancel(&message["params"]["requestId"]),
            (Some(_), None) => {}
            (None, _) => self.client.answered(&message),
        }
    }

    fn cancel(&self, id: &Value) {
        self.resources.close(id);
        self.cancelled.lock().unwrap().insert(id.to_string());
    }

    /// Whether the client no longer waits for the request of this id.
    pub(crate) fn is_cancelled(&self, id: &Value) -> bool {
        self.cancelled.lock().unwrap().contains(&id.to_string())
    }

    fn answer(&self, message: &Value) {
        let id = &message["id"];
        let answer = match self.result(message) {
            Ok(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
            Err(Failed::Error(code, words)) => {
                json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": words}})
            }
            Err(Failed::Silent) => return,
        };
        if self.options.noise {
            write("this is no JSON {\n");
        }
        send(&answer);
        if self.options.twice {
            send(&answer);
        }
    }

    fn result(&self, message: &Value) -> Result<Value, Failed> {
        let era = Era::of(message);
        let params = &message["params"];
        let result = match message["method"].as_str().unwrap_or_default() {
            "initialize" => initialized(&params["protocolVersion"]),
            "server/discover" => discovered(),
            "ping" | "logging/setLevel" => json!({}),
            "tools/list" => json!({"tools": tools::list(&self.options)}),
            "tools/call" => tools::call(self, message)?,
            "resources/list" => json!({"resources": [{"uri": "stand-in:///a", "name": "a"}]}),
            "resources/templates/list" => json!({"resourceTemplates": []}),
            "resources/read" => {
                json!({"contents": [{"uri": params["uri"], "mimeType": "text/plain", "text": "a"}]})
            }
            "resources/subscribe" => self.resources.subscribe(&params["uri"]),
            "resources/unsubscribe" => self.resources.unsubscribe(&params["uri"]),
            "subscriptions/listen" => return self.resources.listen(&self.client, message),
            other => return Err(Failed::Error(-32601, format!("no method {other}"))),
        };
        Ok(era.result(result))
    }
}
