//! A Chromium that is told what to do through its own protocol (`DevTools`), over two pipes.
#![allow(unreachable_pub)]

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{PATIENCE, find_program, skip, until};

/// A browser with a profile of its own. Ends with its owner.
pub struct Chromium {
    child: Child,
    to: File,
    from: Receiver<Value>,
    last: u64,
    _folder: tempfile::TempDir,
}

/// A tab.
#[derive(Clone)]
pub struct Tab {
    pub target: String,
    session: String,
}

impl Chromium {
    /// Starts it, or says why the test is skipped.
    pub fn start() -> Option<Self> {
        let Some(chromium) = find_program("chromium") else {
            skip("chromium is not installed");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let pipes = ["to", "from"].map(|name| folder.path().join(name));
        assert!(Command::new("mkfifo").args(&pipes).status().unwrap().success());
        // the protocol is spoken on the descriptors 3 and 4
        let script = "to=$1; from=$2; shift 2; exec \"$@\" 3<\"$to\" 4>\"$from\"";
        let mut command = Command::new("sh");
        command.args(["-c", script, "sh"]).args(&pipes).arg(chromium);
        command.args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]);
        command.args(["--remote-debugging-pipe", "--disable-dev-shm-usage", "--lang=fr"]);
        command.arg(format!("--user-data-dir={}", folder.path().join("profile").display())).arg("about:blank");
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // a pipe is opened when its other end is
        let to = File::options().write(true).open(&pipes[0]).unwrap();
        let answers = BufReader::new(File::open(&pipes[1]).unwrap());
        let (sender, from) = channel();
        std::thread::spawn(move || {
            for message in answers.split(0).map_while(Result::ok) {
                if sender.send(serde_json::from_slice(&message).unwrap()).is_err() {
                    break;
                }
            }
        });
        Some(Self { child, to, from, last: 0, _folder: folder })
    }

    /// A new tab at this address.
    pub fn open(&mut self, address: &str) -> Tab {
        let target = self.ask(None, "Target.createTarget", &json!({"url": "about:blank"}));
        let target = target["targetId"].as_str().unwrap().to_owned();
        let attached = self.ask(None, "Target.attachToTarget", &json!({"targetId": target, "flatten": true}));
        let tab = Tab { target, session: attached["sessionId"].as_str().unwrap().to_owned() };
        self.tell(&tab, "Page.enable", &json!({}));
        self.tell(&tab, "Emulation.setFocusEmulationEnabled", &json!({"enabled": true}));
        self.tell(&tab, "Page.navigate", &json!({"url": address}));
        tab
    }

    /// Closes a tab, as a person does.
    pub fn close(&mut self, tab: &Tab) {
        self.ask(None, "Target.closeTarget", &json!({"targetId": tab.target}));
    }

    /// A command to a tab.
    pub fn tell(&mut self, tab: &Tab, method: &str, parameters: &Value) -> Value {
        self.ask(Some(tab), method, parameters)
    }

    /// What an expression of JavaScript gives in a tab, or its error; or that of a page that goes meanwhile.
    pub fn evaluate(&mut self, tab: &Tab, expression: &str) -> Result<Value, String> {
        let parameters =
            json!({"expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true});
        let answer = self.try_ask(Some(tab), "Runtime.evaluate", &parameters)?;
        match answer.get("exceptionDetails") {
            Some(details) => Err(details.to_string()),
            None => Ok(answer["result"]["value"].clone()),
        }
    }

    /// The same where nothing goes wrong.
    pub fn value(&mut self, tab: &Tab, expression: &str) -> Value {
        self.evaluate(tab, expression).unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// Waits until an expression is true in a tab; while a page is being loaded there is none.
    pub fn until(&mut self, tab: &Tab, expression: &str) {
        until(expression, || self.evaluate(tab, expression) == Ok(json!(true)));
    }

    /// A picture of a tab, PNG.
    pub fn picture(&mut self, tab: &Tab) -> Vec<u8> {
        use base64ct::{Base64, Encoding as _};
        let taken = self.tell(tab, "Page.captureScreenshot", &json!({"captureBeyondViewport": true}));
        Base64::decode_vec(taken["data"].as_str().unwrap()).unwrap()
    }

    /// A command to the browser or to a tab. What the browser tells unasked is left out.
    pub fn ask(&mut self, tab: Option<&Tab>, method: &str, parameters: &Value) -> Value {
        self.try_ask(tab, method, parameters).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    fn try_ask(&mut self, tab: Option<&Tab>, method: &str, parameters: &Value) -> Result<Value, String> {
        self.last += 1;
        let mut message = json!({"id": self.last, "method": method, "params": parameters});
        if let Some(tab) = tab {
            message["sessionId"] = tab.session.as_str().into();
        }
        self.to.write_all(format!("{message}\0").as_bytes()).unwrap();
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let mut answer = self.from.recv_timeout(left).unwrap_or_else(|_| panic!("{method}: no answer"));
            if answer["id"] == self.last {
                return match answer.get("error") {
                    Some(error) => Err(error.to_string()),
                    None => Ok(answer["result"].take()),
                };
            }
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.to.write_all(b"{\"id\":0,\"method\":\"Browser.close\"}\0");
        let deadline = Instant::now() + Duration::from_secs(5);
        while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
