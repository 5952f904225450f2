//! A server of one page for one browser of this machine: the loopback only, one request for a connection, everything
//! bounded.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use cpx_card::internal::limits;

use super::hub::Hub;
use super::page::{Page, policy};
use super::peer;
use super::request::{self, Request, Unread};
use super::session::{Session, Stranger, Wanted};

/// Pause after a connection could not be accepted.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// The server, until the program ends.
pub(super) struct Server {
    shared: Arc<Shared>,
}

struct Shared {
    /// What the browser has to call this server, and no other name: one that another site gave to this address is not it.
    host: String,
    session: Mutex<Session>,
    hub: Arc<Hub>,
    page: Page,
    connections: AtomicUsize,
}

impl Server {
    /// Serves the page from now on; gives the address that opens it as well.
    pub(super) fn start(hub: Arc<Hub>, page: Page) -> std::io::Result<(Self, String)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let host = listener.local_addr()?.to_string();
        let (session, entry) = Session::new()?;
        let address = format!("http://{host}{entry}");
        let connections = AtomicUsize::new(0);
        let shared = Arc::new(Shared { host, session: Mutex::new(session), hub, page, connections });
        let accepting = Arc::clone(&shared);
        thread::Builder::new().name("cpx-serve".into()).spawn(move || accept(&listener, &accepting))?;
        Ok((Self { shared }, address))
    }

    /// Another address; nothing of the one before works any more.
    pub(super) fn renew(&self) -> std::io::Result<String> {
        let (session, entry) = Session::new()?;
        *self.shared.session() = session;
        Ok(format!("http://{}{entry}", self.shared.host))
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    loop {
        let Ok((stream, _)) = listener.accept() else {
            thread::sleep(ACCEPT_PAUSE);
            continue;
        };
        let connection = Connection::new(shared);
        if shared.connections.load(Ordering::Acquire) > limits::SERVED_CONNECTIONS {
            // said without waiting: whoever does not take it goes without
            let _ = stream.set_nonblocking(true);
            let _ = (&stream).write_all(Answer::plain(503).head().as_bytes());
            continue;
        }
        let _ = thread::Builder::new().name("cpx-connection".into()).spawn(move || connection.0.serve(&stream));
    }
}

/// A connection that is counted, until this is dropped.
struct Connection(Arc<Shared>);

impl Connection {
    fn new(shared: &Arc<Shared>) -> Self {
        shared.connections.fetch_add(1, Ordering::AcqRel);
        Self(Arc::clone(shared))
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::AcqRel);
    }
}

/// What is answered, but for the events.
struct Answer {
    status: u16,
    kind: &'static str,
    cookie: Option<String>,
    body: String,
}

impl Answer {
    fn page(status: u16, body: String) -> Self {
        Self { status, kind: "text/html; charset=utf-8", cookie: None, body }
    }

    fn plain(status: u16) -> Self {
        Self { status, kind: "text/plain; charset=utf-8", cookie: None, body: String::new() }
    }

    /// The head of the answer. Nothing of it is kept, framed, guessed at or told to anybody else.
    fn head(&self) -> String {
        let length = format!("Content-Length: {}\r\n", self.body.len());
        let cookie = self.cookie.as_ref().map(|cookie| format!("Set-Cookie: {cookie}\r\n")).unwrap_or_default();
        head(self.status, self.kind, &(length + &cookie))
    }
}

fn head(status: u16, kind: &str, further: &str) -> String {
    let reason = match status {
        200 => "OK",
        204 => "No Content",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        413 => "Content Too Large",
        431 => "Request Header Fields Too Large",
        505 => "HTTP Version Not Supported",
        _ => "Service Unavailable",
    };
    let policy = policy();
    format!(
        "HTTP/1.1 {status} {reason}\r\nContent-Type: {kind}\r\n{further}Connection: close\r\nCache-Control: no-store\r\n\
         Content-Security-Policy: {policy}\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n\
         Referrer-Policy: no-referrer\r\nCross-Origin-Opener-Policy: same-origin\r\n\
         Cross-Origin-Resource-Policy: same-origin\r\n\r\n"
    )
}

impl Shared {
    fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, stream: &TcpStream) {
        let is_ours = stream.set_write_timeout(Some(limits::REQUEST_PATIENCE)).is_ok() && !peer::is_foreign(stream);
        if !is_ours {
            return;
        }
        let _ = stream.set_nodelay(true);
        match request::read(stream) {
            Ok(request) => match self.wanted(&request) {
                Ok(Wanted::Events) => self.stream(stream),
                Ok(Wanted::Page) => {
                    self.hub.hear();
                    answer(stream, &Answer::page(200, self.page.live(&self.hub.content())));
                }
                Ok(Wanted::Again) => {
                    self.hub.ask_again();
                    answer(stream, &Answer::plain(204));
                }
                Err(other) => answer(stream, &other),
            },
            Err(Unread::Refused(status)) => {
                answer(stream, &Answer::plain(status));
                // an answer is lost where something is left unread when the connection is closed
                let _ = stream.shutdown(Shutdown::Write);
                let _ = stream.set_read_timeout(Some(limits::REFUSED_PATIENCE));
                let _ = std::io::copy(&mut stream.take(limits::REFUSED_BYTES), &mut std::io::sink());
            }
            Err(Unread::Gone) => {}
        }
    }

    /// What is asked for, or what is answered instead of it.
    fn wanted(&self, request: &Request) -> Result<Wanted, Answer> {
        let refused = || Answer::page(403, self.page.refused());
        let (is_get, is_post) = (request.method == "GET", request.method == "POST");
        if request.host != self.host {
            return Err(refused());
        }
        if !is_get && !is_post {
            return Err(Answer::plain(405));
        }
        let is_document = request.destination.as_deref().is_none_or(|destination| destination == "document");
        if is_get && is_document {
            if request.is_ahead {
                // the token is for the one who really comes
                return Err(Answer::plain(503));
            }
            match self.session().enter(&request.target) {
                Ok(Some((path, cookie))) => {
                    let page = self.page.entering(&path);
                    return Err(Answer { cookie: Some(cookie), ..Answer::page(200, page) });
                }
                Ok(None) => {}
                Err(_) => return Err(Answer::plain(503)),
            }
        }
        let own = format!("http://{}", self.host);
        let is_own = request.origin.as_ref().is_none_or(|origin| *origin == own);
        let site = request.site.as_deref().unwrap_or("same-origin");
        match self.session().wanted(&request.target, &request.cookies) {
            Err(Stranger) => Err(refused()),
            _ if !is_own => Err(refused()),
            Ok(Some(Wanted::Page)) if is_get => {
                let is_wanted = is_document && ["same-origin", "none"].contains(&site);
                if is_wanted { Ok(Wanted::Page) } else { Err(refused()) }
            }
            Ok(Some(Wanted::Events)) if is_get => {
                if site == "same-origin" && request.destination.as_deref().is_none_or(|one| one == "empty") {
                    Ok(Wanted::Events)
                } else {
                    Err(refused())
                }
            }
            Ok(Some(Wanted::Again)) if is_post => {
                // every browser says where this comes from
                if site == "same-origin" && request.origin.is_some() { Ok(Wanted::Again) } else { Err(refused()) }
            }
            Ok(Some(_)) => Err(Answer::plain(405)),
            Ok(None) => Err(Answer::plain(404)),
        }
    }

    /// Tells a page what is to be shown, until it is closed or everything ends (Server-Sent Events).
    fn stream(&self, mut stream: &TcpStream) {
        let Some(_followed) = self.hub.follow() else { return answer(stream, &Answer::plain(503)) };
        let opening = head(200, "text/event-stream; charset=utf-8", "") + "retry: 1000\n\n";
        let mut told = stream.write_all(opening.as_bytes());
        let (mut seen, mut spoken) = (None, Instant::now());
        while told.is_ok() && !is_closed(stream) {
            let news = self.hub.next(seen, limits::STREAM_SLICE);
            if self.hub.is_ended() {
                let _ = stream.write_all(b"event: end\ndata: end\n\n");
                return;
            }
            let text = match news {
                Some((number, content)) => {
                    seen = Some(number);
                    format!("data: {}\n\n", content.told())
                }
                None if spoken.elapsed() >= limits::STREAM_SILENCE => ":\n\n".to_owned(),
                None => continue,
            };
            told = stream.write_all(text.as_bytes());
            spoken = Instant::now();
        }
    }
}

fn answer(mut stream: &TcpStream, answer: &Answer) {
    let text = answer.head() + &answer.body;
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}

/// Whether the other end has gone. A page that follows says nothing more.
fn is_closed(stream: &TcpStream) -> bool {
    let mut byte = [0];
    let asked = stream.set_nonblocking(true).and_then(|()| stream.peek(&mut byte));
    let is_back = stream.set_nonblocking(false).is_ok();
    !is_back || !matches!(asked, Err(error) if error.kind() == std::io::ErrorKind::WouldBlock)
}
