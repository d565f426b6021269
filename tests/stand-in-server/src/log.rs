//! What happens to a stand-in, for tests to read.

use serde_json::{Value, json};
use std::io::Write;
use std::sync::Mutex;

/// The log, or none.
pub(crate) struct Log(Option<Mutex<fs_err::File>>);

impl Log {
    pub(crate) fn open(options: &crate::options::Options) -> Self {
        let file = options.log.as_ref().map(|path| {
            let mut options = fs_err::OpenOptions::new();
            Mutex::new(options.create(true).append(true).open(path).unwrap())
        });
        Self(file)
    }

    pub(crate) fn started(&self) {
        let names: Vec<String> = std::env::vars_os()
            .map(|(name, _)| name.to_string_lossy().into_owned())
            .collect();
        let folder = std::env::current_dir().ok();
        let token = std::env::var("ZOOM_ACCESS_TOKEN").ok();
        let start = json!({"token": token, "folder": folder, "variables": names});
        self.say("start", start);
    }

    pub(crate) fn received(&self, message: &Value) {
        // A long one would make the log as long as the traffic.
        let text = message.to_string();
        if text.len() <= 64 * 1024 {
            self.say("received", message.clone());
        } else {
            self.say("received_bytes", text.len().into());
        }
    }

    pub(crate) fn ended(&self) {
        self.say("eof", true.into());
    }

    fn say(&self, what: &str, value: Value) {
        if let Some(file) = &self.0 {
            let mut line = json!({"pid": std::process::id()});
            line[what] = value;
            let line = format!("{line}\n");
            file.lock().unwrap().write_all(line.as_bytes()).unwrap();
        }
    }
}
