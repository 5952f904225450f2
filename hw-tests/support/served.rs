//! `cpx-check serve` as a process: its address, and what it answers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};

use serde_json::Value;

use super::{PATIENCE, until};

/// The day on which virtual cards are valid.
pub const DAY: [&str; 2] = ["--at", "2026-11-20"];

/// The program with its page. Ends with its owner.
pub struct Served {
    pub child: Child,
    pub lines: Receiver<String>,
    pub address: String,
}

impl Served {
    pub fn start(mut command: Command, arguments: &[&str]) -> Self {
        command.args(["serve", "--no-open"]).args(DAY).args(arguments).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.stdin(Stdio::null()).spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || said.lines().map_while(Result::ok).all(|line| sender.send(line).is_ok()));
        let address = lines.recv_timeout(PATIENCE).expect("an address");
        Self { child, lines, address }
    }

    /// With virtual cards inside the program.
    pub fn simulated(program: &str, arguments: &[&str]) -> Self {
        Self::start(Command::new(program), &[&["--simulate", "cps-medecin"], arguments].concat())
    }

    /// Name and port of the server.
    pub fn host(&self) -> &str {
        self.address.strip_prefix("http://").unwrap().split('/').next().unwrap()
    }

    pub fn port(&self) -> u16 {
        self.host().rsplit_once(':').unwrap().1.parse().unwrap()
    }

    /// What is asked for by opening the address.
    pub fn entry(&self) -> String {
        format!("/open/{}", self.address.rsplit_once('/').unwrap().1)
    }

    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    pub fn end(&mut self) -> ExitStatus {
        let mut status = None;
        until("the program ends by itself", || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        status.unwrap()
    }

    /// A connection that gives up on a server that hangs.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// The answer to these bytes.
    pub fn send(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        let _ = stream.write_all(bytes);
        heard(&mut stream)
    }

    /// The answer to a request with these fields.
    pub fn ask(&self, line: &str, fields: &[&str]) -> String {
        let host = format!("Host: {}", self.host());
        let line = format!("{line} HTTP/1.1");
        let lines = [&[line.as_str(), &host], fields, &["", ""]].concat();
        self.send(lines.join("\r\n").as_bytes())
    }

    /// Opens the address: the path and the cookie.
    pub fn enter(&self) -> (String, String) {
        let answer = self.ask(&format!("GET {}", self.entry()), &["Sec-Fetch-Site: none", "Sec-Fetch-Dest: document"]);
        assert_eq!(status(&answer), 200, "{answer}");
        let cookie = answer.split("Set-Cookie: ").nth(1).unwrap().split("\r\n").next().unwrap();
        for attribute in ["HttpOnly", "SameSite=Strict"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        let path = cookie.split("Path=").nth(1).unwrap().split(';').next().unwrap().to_owned();
        (path, format!("Cookie: {}", cookie.split(';').next().unwrap()))
    }

    /// The first whole state that a page that follows is told.
    pub fn first_state(&self, path: &str, cookie: &str) -> Value {
        self.states(path, cookie).next().expect("a state")
    }

    /// Every whole state that a page that follows is told.
    pub fn states(&self, path: &str, cookie: &str) -> impl Iterator<Item = Value> + use<> {
        let mut stream = self.connect();
        let head = format!("GET {path}events HTTP/1.1\r\nHost: {}\r\n{cookie}\r\n\r\n", self.host());
        stream.write_all(head.as_bytes()).unwrap();
        let told = BufReader::new(stream).lines().map_while(Result::ok);
        let states = told.filter_map(|line| serde_json::from_str(line.strip_prefix("data: ")?).ok());
        states.filter(|state: &Value| state["busy"] == false)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// All that comes until the other end closes.
pub fn heard(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => panic!("the server hangs"),
        _ => String::from_utf8(bytes).unwrap(),
    }
}

/// The status of an answer; 0 for none.
pub fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}
