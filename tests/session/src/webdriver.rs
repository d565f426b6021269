//! Drives a real window through `WebKitWebDriver`: what a person could see, press and type.

use crate::child::SessionChild;
use crate::error::SessionError;
use crate::session::{DesktopSession, Output};
use serde_json::{Value, json};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// The key under which `WebDriver` hands out elements, fixed by its specification.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Longest wait for an answer: the program itself starts within one.
const PATIENCE: Duration = Duration::from_mins(1);

/// An open window and the driver that steers it. Dropping it closes both.
pub struct WindowDriver {
    agent: ureq::Agent,
    base: String,
    session: String,
    _driver: SessionChild,
}

/// An element of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element(String);

impl WindowDriver {
    pub(crate) fn open(
        mut command: Command,
        desktop: &DesktopSession,
        program: &Path,
        arguments: &[&str],
    ) -> Result<Self, SessionError> {
        let port = free_port()?;
        command
            .arg("--host=127.0.0.1")
            .arg(format!("--port={port}"));
        let mut driver = desktop.spawn("WebKitWebDriver", command, Output::ToLog)?;
        wait_until_listening(&mut driver, port, desktop)?;
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .proxy(None)
            .build()
            .into();
        let base = format!("http://127.0.0.1:{port}");
        let mut this = Self {
            agent,
            base,
            session: String::new(),
            _driver: driver,
        };
        let options = json!({ "binary": program, "args": arguments });
        let wanted = json!({ "webkitgtk:browserOptions": options });
        let body = json!({ "capabilities": { "alwaysMatch": wanted } });
        let opened = this.send("POST", "/session", Some(&body))?;
        this.session = text(&opened["sessionId"], "the WebDriver session's id")?;
        Ok(this)
    }

    /// The window's title.
    pub fn title(&self) -> Result<String, SessionError> {
        text(&self.get("/title")?, "the title")
    }

    /// Every text on the page, as a person sees it.
    pub fn page_text(&self) -> Result<String, SessionError> {
        self.text(&self.find("body")?)
    }

    /// The first element that the CSS `selector` finds.
    pub fn find(&self, selector: &str) -> Result<Element, SessionError> {
        let query = json!({ "using": "css selector", "value": selector });
        let found = self.post("/element", &query)?;
        Ok(Element(text(&found[ELEMENT], selector)?))
    }

    /// Its visible text.
    pub fn text(&self, element: &Element) -> Result<String, SessionError> {
        text(
            &self.get(&format!("/element/{}/text", element.0))?,
            "an element's text",
        )
    }

    /// Whether it can be used.
    pub fn is_enabled(&self, element: &Element) -> Result<bool, SessionError> {
        let enabled = self.get(&format!("/element/{}/enabled", element.0))?;
        Ok(enabled == Value::Bool(true))
    }

    /// Clicks on it.
    pub fn click(&self, element: &Element) -> Result<(), SessionError> {
        self.post(&format!("/element/{}/click", element.0), &json!({}))?;
        Ok(())
    }

    /// Types into it.
    pub fn type_into(&self, element: &Element, keys: &str) -> Result<(), SessionError> {
        self.post(
            &format!("/element/{}/value", element.0),
            &json!({ "text": keys }),
        )?;
        Ok(())
    }

    /// Runs JavaScript in the page; its `return` value.
    pub fn run(&self, script: &str) -> Result<Value, SessionError> {
        self.post("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Runs JavaScript that calls `arguments[0]` with its result when it has one. The page
    /// can wait in it for a change (a `MutationObserver`), so that no test has to poll.
    pub fn run_until_done(&self, script: &str) -> Result<Value, SessionError> {
        self.post("/execute/async", &json!({ "script": script, "args": [] }))
    }

    /// Waits in the page until its text contains `wanted`.
    ///
    /// # Errors
    /// [`SessionError::WebDriver`] with the page's script time-out, 30 s.
    pub fn wait_for_text(&self, wanted: &str) -> Result<(), SessionError> {
        let script = format!(
            "const wanted = {wanted}, done = arguments[0];
             const look = () => document.body.innerText.includes(wanted);
             if (look()) {{ done(true); }} else {{
               const watcher = new MutationObserver(() => {{
                 if (look()) {{ watcher.disconnect(); done(true); }}
               }});
               watcher.observe(document.body,
                 {{ subtree: true, childList: true, characterData: true, attributes: true }});
             }}",
            wanted = Value::from(wanted)
        );
        self.run_until_done(&script).map(|_| ())
    }

    /// Closes the window and ends what the driver started.
    pub fn close(self) -> Result<(), SessionError> {
        self.send("DELETE", &format!("/session/{}", self.session), None)
            .map(|_| ())
    }

    fn get(&self, path: &str) -> Result<Value, SessionError> {
        self.send("GET", &format!("/session/{}{path}", self.session), None)
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, SessionError> {
        self.send(
            "POST",
            &format!("/session/{}{path}", self.session),
            Some(body),
        )
    }

    fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, SessionError> {
        let url = format!("{}{path}", self.base);
        let answer = match (method, body) {
            (_, Some(body)) => self.agent.post(&url).send_json(body),
            ("DELETE", None) => self.agent.delete(&url).call(),
            (_, None) => self.agent.get(&url).call(),
        };
        let request = format!("{method} {path}");
        let failed = |message: String| SessionError::WebDriver {
            request: request.clone(),
            message,
        };
        let mut answer = answer.map_err(|error| failed(error.to_string()))?;
        let mut value: Value = answer
            .body_mut()
            .read_json()
            .map_err(|error| failed(error.to_string()))?;
        let value = value["value"].take();
        match value.get("error") {
            Some(error) => Err(failed(format!("{error}: {}", value["message"]))),
            None => Ok(value),
        }
    }
}

fn text(value: &Value, what: &str) -> Result<String, SessionError> {
    value
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| SessionError::Form {
            what: what.to_owned(),
            value: value.to_string(),
        })
}

/// A port that was free a moment ago: the driver takes no zero.
fn free_port() -> Result<u16, SessionError> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}

/// The driver tells nobody that it listens, so a connection is tried until one is accepted.
fn wait_until_listening(
    driver: &mut SessionChild,
    port: u16,
    desktop: &DesktopSession,
) -> Result<(), SessionError> {
    let begun = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        driver.still_runs(
            &desktop
                .logs()
                .join("WebKitWebDriver.log")
                .display()
                .to_string(),
        )?;
        if begun.elapsed() > PATIENCE {
            let what = "WebKitWebDriver on its port".to_owned();
            return Err(SessionError::TimedOut {
                what,
                within: PATIENCE,
            });
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}
