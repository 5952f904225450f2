//! The head of an answer over HTTP/1.1: nothing of its body is read.

use std::io::{self, Read, Write};
use std::time::{Instant, SystemTime};

use super::deadline::milliseconds_since;
use super::facts::{HttpAnswer, HttpEnd};
use super::text::bounded;
use crate::limits;

/// The head of an answer.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) status: u16,
    fields: Vec<(String, String)>,
}

impl Head {
    /// The texts of the fields of this name, given in lower case.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, text)| text.as_str())
    }

    fn first(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, text)| text.as_str())
    }
}

/// Why no head came.
#[derive(Debug)]
pub(super) enum NoHead {
    /// What came is not HTTP, or too long.
    NotHttp,
    /// The other side hung up.
    Closed,
    /// Nothing, or not all, in time.
    TimedOut,
    /// TLS broke.
    Tls(rustls::Error),
}

impl From<io::Error> for NoHead {
    fn from(error: io::Error) -> Self {
        let tls = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
        match (tls, error.kind()) {
            (Some(tls), _) => Self::Tls(tls.clone()),
            (None, io::ErrorKind::TimedOut) => Self::TimedOut,
            (None, io::ErrorKind::InvalidData) => Self::NotHttp,
            (None, _) => Self::Closed,
        }
    }
}

/// The request for the head of a page. Where it goes to a proxy, `target` is a whole address and `authorization` for the
/// proxy.
pub(super) fn head_request(target: &str, host: &str, authorization: Option<&str>) -> String {
    request("HEAD", target, host, authorization)
}

/// The request to a proxy for a way through to `place`, `host:port`.
pub(super) fn connect_request(place: &str, authorization: Option<&str>) -> String {
    request("CONNECT", place, place, authorization)
}

fn request(method: &str, target: &str, host: &str, authorization: Option<&str>) -> String {
    let agent = concat!("cpx-check/", env!("CARGO_PKG_VERSION"));
    let authorization = authorization.map(|text| format!("Proxy-Authorization: {text}\r\n")).unwrap_or_default();
    format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\nAccept: */*\r\n{authorization}\r\n")
}

/// What is answered to this request. Answers of status 1xx are passed over.
///
/// # Errors
///
/// Why no head came.
pub(super) fn ask(mut stream: impl Read + Write, request: &str) -> Result<Head, NoHead> {
    stream.write_all(request.as_bytes())?;
    stream.flush()?;
    let mut bytes = Vec::new();
    let mut buffer = [0; 2048];
    loop {
        if let Some((head, length)) = parsed(&bytes)? {
            if head.status >= 200 || head.status == 101 {
                return Ok(head);
            }
            bytes.drain(..length.min(bytes.len()));
            continue;
        }
        if bytes.len() >= limits::HTTP_HEAD_BYTES {
            return Err(NoHead::NotHttp);
        }
        match stream.read(&mut buffer)? {
            0 if bytes.is_empty() => return Err(NoHead::Closed),
            0 => return Err(NoHead::NotHttp),
            length => bytes.extend_from_slice(buffer.get(..length).unwrap_or_default()),
        }
    }
}

/// The head that these bytes begin with and its length, once it is whole.
fn parsed(bytes: &[u8]) -> Result<Option<(Head, usize)>, NoHead> {
    let mut fields = [httparse::EMPTY_HEADER; limits::HTTP_HEADERS];
    let mut response = httparse::Response::new(&mut fields);
    match response.parse(bytes) {
        Ok(httparse::Status::Partial) => Ok(None),
        Ok(httparse::Status::Complete(length)) => {
            let field = |field: &httparse::Header<'_>| {
                (field.name.to_ascii_lowercase(), String::from_utf8_lossy(field.value).trim().to_owned())
            };
            let fields = response.headers.iter().map(field).collect();
            Ok(Some((Head { status: response.code.unwrap_or_default(), fields }, length)))
        }
        Err(_) => Err(NoHead::NotHttp),
    }
}

/// The facts of an answer to a request sent at `begun`.
pub(super) fn answer(outcome: &Result<Head, NoHead>, begun: Instant) -> HttpAnswer {
    let mut answer = HttpAnswer { milliseconds: milliseconds_since(begun), ..HttpAnswer::default() };
    answer.end = match outcome {
        Ok(head) => HttpEnd::Status(head.status),
        Err(NoHead::NotHttp) => HttpEnd::NotHttp,
        Err(NoHead::Closed | NoHead::Tls(_)) => HttpEnd::Closed,
        Err(NoHead::TimedOut) => HttpEnd::TimedOut,
    };
    if let Ok(head) = outcome {
        answer.clock_ahead_seconds = clock_ahead(head, SystemTime::now());
        let kind = head.first("content-type").and_then(|kind| kind.split(';').next());
        answer.content_type = kind.map(|kind| bounded(&kind.trim().to_ascii_lowercase()));
        answer.redirected_to = head.first("location").and_then(host_of).map(bounded);
    }
    answer
}

/// Seconds that this clock is ahead of the date of an answer. A store on the way says with `Age` how long it kept it.
fn clock_ahead(head: &Head, now: SystemTime) -> Option<i64> {
    let date = httpdate::parse_http_date(head.first("date")?).ok()?;
    let age: i64 = head.first("age").and_then(|age| age.parse().ok()).unwrap_or_default();
    let seconds = |time: std::time::Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    let ahead = match now.duration_since(date) {
        Ok(ahead) => seconds(ahead),
        Err(behind) => seconds(behind.duration()).saturating_neg(),
    };
    Some(ahead.saturating_sub(age))
}

/// The host in a whole address; `None` for one within the same host.
fn host_of(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("//")?;
    let place = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    let host = if place.starts_with('[') { place.split_inclusive(']').next() } else { place.split(':').next() };
    host.filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::time::Duration;

    use super::*;

    /// A server that has said everything already.
    struct Said(Cursor<Vec<u8>>, Vec<u8>);

    impl Read for Said {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            // One byte at a time: no answer comes as a whole.
            let one = buffer.len().min(1);
            self.0.read(&mut buffer[..one])
        }
    }

    impl Write for Said {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.1.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn asked(said: &str) -> Result<Head, NoHead> {
        ask(Said(Cursor::new(said.as_bytes().to_vec()), Vec::new()), "HEAD / HTTP/1.1\r\n\r\n")
    }

    fn facts(said: &str) -> HttpAnswer {
        answer(&asked(said), Instant::now())
    }

    #[test]
    fn status_type_and_where_it_leads_are_kept() {
        let moved = facts(
            "HTTP/1.1 302 Found\r\nLocation: https://user@Portail.example:8443/x?y\r\nContent-Type: TEXT/html; charset=x\r\n\r\n",
        );
        assert_eq!(moved.end, HttpEnd::Status(302));
        assert_eq!(moved.redirected_to.as_deref(), Some("Portail.example"));
        assert_eq!(moved.content_type.as_deref(), Some("text/html"));
        assert_eq!(moved.clock_ahead_seconds, None);
        let within = facts("HTTP/1.0 301 Moved\r\nlocation: /start\r\n\r\n");
        assert_eq!((within.end, within.redirected_to), (HttpEnd::Status(301), None));
        assert_eq!(facts("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 405 No\r\n\r\n").end, HttpEnd::Status(405));
        assert_eq!(host_of("http://[fd00::1]:80/x"), Some("[fd00::1]"));
    }

    #[test]
    fn what_is_no_answer_is_told_apart() {
        assert_eq!(facts("").end, HttpEnd::Closed);
        for noise in ["SSH-2.0-OpenSSH\r\n", "HTTP/1.1 200 OK\r\nDate", "\0\0\0", "<html>"] {
            assert_eq!(facts(noise).end, HttpEnd::NotHttp, "{noise:?}");
        }
        let endless = format!("HTTP/1.1 200 OK\r\nX: {}", "x".repeat(limits::HTTP_HEAD_BYTES));
        assert_eq!(facts(&endless).end, HttpEnd::NotHttp);
        let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X: y\r\n".repeat(limits::HTTP_HEADERS + 1));
        assert_eq!(facts(&many).end, HttpEnd::NotHttp);
    }

    #[test]
    fn the_date_and_the_age_give_the_lead_of_the_clock() {
        // 784111777 is the moment of the example in RFC 9110 section 5.6.7.
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777 + 3600);
        let lead = |fields: &str| clock_ahead(&asked(&format!("HTTP/1.1 200 OK\r\n{fields}\r\n")).unwrap(), now);
        assert_eq!(lead("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"), Some(3600));
        assert_eq!(lead("date: Sun, 06 Nov 1994 08:49:37 GMT\r\nAge: 3590\r\n"), Some(10));
        assert_eq!(lead("Date: Sun, 06 Nov 1994 10:49:37 GMT\r\n"), Some(-3600));
        assert_eq!(lead("Date: yesterday\r\n"), None);
        assert_eq!(lead("X: y\r\n"), None);
    }

    #[test]
    fn requests_have_one_line_for_each_thing() {
        let request = connect_request("host.example:443", Some("Basic eDp5"));
        assert!(request.starts_with("CONNECT host.example:443 HTTP/1.1\r\nHost: host.example:443\r\n"));
        assert!(request.ends_with("Proxy-Authorization: Basic eDp5\r\n\r\n"));
        assert!(!head_request("/", "host.example", None).contains("Authorization"));
    }
}
