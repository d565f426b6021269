//! What the client wants to hear of.

use crate::client::Client;
use crate::server::Failed;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

/// Subscriptions of both generations.
#[derive(Default)]
pub(crate) struct Resources {
    subscribed: Mutex<BTreeSet<String>>,
    /// The ids of open streams, by their raw text.
    streams: Mutex<BTreeMap<String, Value>>,
}

impl Resources {
    pub(crate) fn subscribe(&self, uri: &Value) -> Value {
        self.subscribed.lock().unwrap().insert(uri.to_string());
        json!({})
    }

    pub(crate) fn unsubscribe(&self, uri: &Value) -> Value {
        self.subscribed.lock().unwrap().remove(&uri.to_string());
        json!({})
    }

    /// Opens a stream: it is acknowledged, and answered only when it is over.
    pub(crate) fn listen(&self, client: &Client, message: &Value) -> Result<Value, Failed> {
        let id = &message["id"];
        let mut streams = self.streams.lock().unwrap();
        streams.insert(id.to_string(), id.clone());
        let wanted = &message["params"]["notifications"];
        let mut acknowledged = of_stream(id);
        acknowledged["notifications"] = wanted.clone();
        client.notify("notifications/subscriptions/acknowledged", &acknowledged);
        Err(Failed::Silent)
    }

    pub(crate) fn close(&self, id: &Value) {
        self.streams.lock().unwrap().remove(&id.to_string());
    }

    /// Tells of a change whoever wants to hear of it.
    pub(crate) fn tell(&self, client: &Client, method: &str, params: &Value) {
        let streams = self.streams.lock().unwrap();
        for id in streams.values() {
            let mut told = params.clone();
            told["_meta"] = of_stream(id)["_meta"].clone();
            client.notify(method, &told);
        }
        let uri = params["uri"].to_string();
        let subscribed = self.subscribed.lock().unwrap().contains(&uri);
        if streams.is_empty() && (params["uri"].is_null() || subscribed) {
            client.notify(method, params);
        }
    }
}

fn of_stream(id: &Value) -> Value {
    json!({"_meta": {"io.modelcontextprotocol/subscriptionId": id}})
}
