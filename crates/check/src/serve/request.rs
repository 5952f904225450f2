//! One request to the live page: read within bounds of bytes and time, and only understood as far as it is needed.

use std::io::Read as _;
use std::net::TcpStream;
use std::time::Instant;

use cpx_card::internal::limits;

/// What is asked for, and what the browser says of who asks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) host: String,
    pub(super) cookies: String,
    pub(super) origin: Option<String>,
    /// Where the page that asks comes from, as the browser sees it (`Sec-Fetch-Site`).
    pub(super) site: Option<String>,
    /// What the answer is for (`Sec-Fetch-Dest`).
    pub(super) destination: Option<String>,
    /// Whether nobody has asked for it yet: browsers load ahead what may be wanted (`Sec-Purpose`).
    pub(super) is_ahead: bool,
}

/// Why there is no request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// There is nobody to answer to.
    Gone,
    /// This status says it.
    Refused(u16),
}

/// Reads the head of one request. What comes behind it is left unread.
pub(super) fn read(mut stream: &TcpStream) -> Result<Request, Unread> {
    let deadline = Instant::now() + limits::REQUEST_PATIENCE;
    let mut head = Vec::new();
    let mut piece = [0; 2048];
    loop {
        // each piece has what is left of the whole time: a byte now and then gains nothing
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Unread::Refused(408));
        }
        stream.set_read_timeout(Some(left)).map_err(|_| Unread::Gone)?;
        let count = match stream.read(&mut piece) {
            Ok(0) => return Err(Unread::Gone),
            Ok(count) => count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) if is_late(&error) => return Err(Unread::Refused(408)),
            Err(_) => return Err(Unread::Gone),
        };
        head.extend(piece.iter().take(count));
        if let Some(request) = parse(&head)? {
            return Ok(request);
        }
        if head.len() >= limits::REQUEST_HEAD_BYTES {
            return Err(Unread::Refused(431));
        }
    }
}

/// Whether a read ended because nothing came; systems name it differently.
fn is_late(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut)
}

/// The request at the beginning of these bytes, `None` while its head is not whole.
fn parse(bytes: &[u8]) -> Result<Option<Request>, Unread> {
    let mut headers = [httparse::EMPTY_HEADER; limits::HTTP_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(Unread::Refused(431)),
        Err(_) => return Err(Unread::Refused(400)),
    }
    let fields = Fields(parsed.headers);
    if parsed.version != Some(1) {
        return Err(Unread::Refused(505));
    }
    if fields.one("transfer-encoding")?.is_some() || fields.one("content-length")?.is_some_and(|length| length != "0") {
        return Err(Unread::Refused(413));
    }
    Ok(Some(Request {
        method: parsed.method.unwrap_or_default().to_owned(),
        target: parsed.path.unwrap_or_default().to_owned(),
        host: fields.one("host")?.ok_or(Unread::Refused(400))?,
        cookies: fields.one("cookie")?.unwrap_or_default(),
        origin: fields.one("origin")?,
        site: fields.one("sec-fetch-site")?,
        destination: fields.one("sec-fetch-dest")?,
        is_ahead: fields.one("sec-purpose")?.is_some() || fields.one("purpose")?.is_some(),
    }))
}

struct Fields<'a>(&'a [httparse::Header<'a>]);

impl Fields<'_> {
    /// The value of this field. Whoever says it twice wants to be understood in two ways.
    fn one(&self, name: &str) -> Result<Option<String>, Unread> {
        let mut values = self.0.iter().filter(|field| field.name.eq_ignore_ascii_case(name)).map(|field| field.value);
        match (values.next(), values.next()) {
            (None, _) => Ok(None),
            (Some(value), None) => {
                str::from_utf8(value).map(|value| Some(value.to_owned())).map_err(|_| Unread::Refused(400))
            }
            (Some(_), Some(_)) => Err(Unread::Refused(400)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_request_of_a_browser_is_understood() {
        let head = b"GET /live/1/ HTTP/1.1\r\nHost: 127.0.0.1:1\r\nCookie: a=b\r\nSec-Fetch-Site: none\r\n\r\nrest";
        let request = parse(head).unwrap().unwrap();
        assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/live/1/"));
        assert_eq!((request.host.as_str(), request.cookies.as_str()), ("127.0.0.1:1", "a=b"));
        assert_eq!((request.site.as_deref(), request.origin, request.is_ahead), (Some("none"), None, false));
        for length in 0..head.len() - 4 {
            assert_eq!(parse(&head[..length]), Ok(None), "{length}");
        }
    }

    #[test]
    fn what_can_be_understood_in_two_ways_is_refused() {
        let refused = |fields: &str, status: u16| {
            let head = format!("GET / HTTP/1.1\r\n{fields}\r\n\r\n");
            assert_eq!(parse(head.as_bytes()), Err(Unread::Refused(status)), "{fields}");
        };
        refused("A: b", 400);
        refused("Host: a\r\nHost: a", 400);
        refused("Host: a\r\nOrigin: a\r\norigin: b", 400);
        refused("Host: a\r\nContent-Length: 5", 413);
        refused("Host: a\r\nContent-Length: 0\r\nContent-Length: 5", 400);
        refused("Host: a\r\nTransfer-Encoding: chunked", 413);
        refused(&"A: b\r\n".repeat(limits::HTTP_HEADERS + 1), 431);
        assert_eq!(parse(b"GET / HTTP/1.0\r\nHost: a\r\n\r\n"), Err(Unread::Refused(505)));
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_odd(bytes in proptest::collection::vec(any::<u8>(), 0..512)) {
            let _ = parse(&bytes);
            let mut head = b"GET / HTTP/1.1\r\nHost: a\r\n".to_vec();
            head.extend(bytes);
            let _ = parse(&head);
        }
    }
}
