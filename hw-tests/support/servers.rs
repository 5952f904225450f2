//! Servers on loopback for tests of the network: TLS by rustls and by OpenSSL, HTTP, proxies, and hosts that behave badly.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use cpx_card::internal::certificate::{Certificate, certificates_in};
use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{DigitallySignedStruct, DistinguishedName, ServerConfig, ServerConnection, SignatureScheme, StreamOwned};

/// The name of an authority of IGC-Santé, as OpenSSL's command line takes it. The key is one of this test.
pub(crate) const IGC_NAME: &str =
    "/C=FR/O=ASIP-SANTE/OU=0002 187512751/OU=IGC-SANTE/CN=AC IGC-SANTE ELEMENTAIRE ORGANISATIONS";

/// Authorities and certificates of servers made by OpenSSL for one test.
pub(crate) struct Pki(tempfile::TempDir);

impl Pki {
    /// `None`, said so, where there is no OpenSSL.
    pub(crate) fn new() -> Option<Self> {
        if Command::new("openssl").arg("version").output().is_err() {
            let _ = writeln!(std::io::stderr(), "skipped: no openssl on this machine");
            return None;
        }
        Some(Self(tempfile::tempdir().unwrap()))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    fn openssl(&self, arguments: &[&str]) {
        let output = Command::new("openssl").current_dir(self.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// An authority: `NAME.pem` and `NAME.key`.
    pub(crate) fn authority(&self, name: &str, subject: &str) -> Certificate {
        let key = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"];
        let files = ["-keyout", &format!("{name}.key"), "-out", &format!("{name}.pem"), "-subj", subject];
        self.openssl(&[&key[..], &files].concat());
        self.certificate(name)
    }

    /// A certificate of the server `host`, signed by an authority: `NAME.pem` and `NAME.key`.
    pub(crate) fn server(&self, name: &str, host: &str, authority: &str) -> Certificate {
        self.server_valid(name, host, authority, "20260101000000Z", "20360101000000Z")
    }

    /// The same, valid between these moments.
    pub(crate) fn server_valid(&self, name: &str, host: &str, authority: &str, from: &str, to: &str) -> Certificate {
        let write = |file: String, text: &str| std::fs::write(self.path().join(file), text).unwrap();
        write(format!("{name}.cnf"), &format!("subjectAltName=DNS:{host}\nextendedKeyUsage=serverAuth\n"));
        write(format!("{name}.index"), "");
        let policy = format!(
            "[ca]\ndefault_ca=d\n[d]\ndatabase={name}.index\nrand_serial=yes\ndefault_md=sha256\nnew_certs_dir=.\n\
             policy=p\n[p]\ncommonName=supplied\n"
        );
        write(format!("{name}.ca"), &policy);
        let (key, request, out) = (format!("{name}.key"), format!("{name}.csr"), format!("{name}.pem"));
        let new = ["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", &key];
        self.openssl(&[&new[..], &["-out", &request, "-subj", &format!("/CN={host}")]].concat());
        let (config, extensions) = (format!("{name}.ca"), format!("{name}.cnf"));
        let (signer, signer_key) = (format!("{authority}.pem"), format!("{authority}.key"));
        let sign =
            ["ca", "-batch", "-notext", "-config", &config, "-in", &request, "-out", &out, "-extfile", &extensions];
        let by = ["-cert", &signer, "-keyfile", &signer_key, "-startdate", from, "-enddate", to];
        self.openssl(&[&sign[..], &by].concat());
        self.certificate(name)
    }

    pub(crate) fn certificate(&self, name: &str) -> Certificate {
        certificates_in(&std::fs::read(self.path().join(format!("{name}.pem"))).unwrap()).unwrap().remove(0)
    }

    /// What a server with this certificate sends, with the authorities named, and whom it wants to know.
    fn config(&self, name: &str, above: &[&str], clients: Arc<dyn ClientCertVerifier>) -> Arc<ServerConfig> {
        let file = |name: &str, kind: &str| self.path().join(format!("{name}.{kind}"));
        let read = |name: &&str| CertificateDer::from_pem_file(file(name, "pem")).unwrap();
        let chain = [name].iter().chain(above).map(read).collect();
        let key = PrivateKeyDer::from_pem_file(file(name, "key")).unwrap();
        let builder = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
        let builder = builder.with_safe_default_protocol_versions().unwrap().with_client_cert_verifier(clients);
        Arc::new(builder.with_single_cert(chain, key).unwrap())
    }

    /// A server of rustls that answers to every request with these fields; its port.
    pub(crate) fn tls(&self, name: &str, above: &[&str], answer: &str) -> u16 {
        serve(self.config(name, above, WebPkiClientVerifier::no_client_auth()), answer)
    }

    /// The same, that wants a client to sign so, and no other way.
    pub(crate) fn tls_wanting(&self, name: &str, scheme: SignatureScheme) -> u16 {
        serve(self.config(name, &[], Arc::new(Wanting(scheme))), "")
    }

    /// The same, that sends these bytes for certificates.
    pub(crate) fn tls_sending(&self, name: &str, chain: &[&[u8]], answer: &str) -> u16 {
        let key = PrivateKeyDer::from_pem_file(self.path().join(format!("{name}.key"))).unwrap();
        let key = rustls::crypto::ring::sign::any_supported_type(&key).unwrap();
        let chain = chain.iter().map(|bytes| CertificateDer::from(bytes.to_vec())).collect();
        let sent = SingleCertAndKey::from(CertifiedKey::new(chain, key));
        let builder = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
        let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        serve(Arc::new(builder.with_cert_resolver(Arc::new(sent))), answer)
    }

    /// A server of OpenSSL with these arguments, that wants a certificate of the client.
    pub(crate) fn openssl_server(&self, name: &str, arguments: &[&str]) -> OpensslServer {
        self.openssl_server_for_all(name, &[&["-Verify", "2"], arguments].concat())
    }

    /// A server of OpenSSL with these arguments.
    pub(crate) fn openssl_server_for_all(&self, name: &str, arguments: &[&str]) -> OpensslServer {
        let (certificate, key) = (format!("{name}.pem"), format!("{name}.key"));
        let mut child = Command::new("openssl")
            .current_dir(self.path())
            .args(["s_server", "-accept", "127.0.0.1:0", "-cert", &certificate, "-key", &key])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let stdin = child.stdin.take();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let port = loop {
            let mut line = String::new();
            assert!(lines.read_line(&mut line).unwrap() > 0, "openssl s_server did not start");
            if let Some(place) = line.trim().strip_prefix("ACCEPT ") {
                break place.rsplit(':').next().unwrap().parse().unwrap();
            }
        };
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        OpensslServer { child, _stdin: stdin, port }
    }
}

fn serve(config: Arc<ServerConfig>, answer: &str) -> u16 {
    let answer = answer.to_owned();
    listen(move |stream| {
        let mut stream = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream);
        if head(&mut stream).is_some() {
            let _ = stream.write_all(answer.as_bytes());
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
        hang_up(&stream.sock);
    })
}

/// Hangs up so that nothing that was said last is lost: a connection closed with unread bytes is reset.
fn hang_up(mut stream: &TcpStream) {
    let _ = stream.shutdown(Shutdown::Write);
    let _ = std::io::copy(&mut stream, &mut std::io::sink());
}

/// Wants a client that signs in one way.
#[derive(Debug)]
struct Wanting(SignatureScheme);

impl ClientCertVerifier for Wanting {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, rustls::Error> {
        unreachable!("no client of this test has a certificate")
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        unreachable!("no client of this test signs")
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        unreachable!("no client of this test signs")
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![self.0]
    }
}

/// A running `openssl s_server`; stopped when dropped.
pub(crate) struct OpensslServer {
    child: Child,
    /// It ends when its input does.
    _stdin: Option<ChildStdin>,
    pub(crate) port: u16,
}

impl Drop for OpensslServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server on 127.0.0.1 that treats each connection on its own thread; its port.
pub(crate) fn listen(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let serve = Arc::new(serve);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let serve = Arc::clone(&serve);
            std::thread::spawn(move || serve(stream));
        }
    });
    port
}

/// The head of a request, read byte by byte so that nothing behind it is lost; `None` when the other side hangs up.
pub(crate) fn head(stream: &mut impl Read) -> Option<String> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        let mut one = [0];
        stream.read_exact(&mut one).ok()?;
        bytes.extend(one);
    }
    String::from_utf8(bytes).ok()
}

/// A server of plain HTTP that answers so to every request; its port.
pub(crate) fn plain(answer: &str) -> u16 {
    let answer = answer.to_owned();
    listen(move |mut stream| {
        if head(&mut stream).is_some() {
            let _ = stream.write_all(answer.as_bytes());
        }
    })
}

/// A server that sends these bytes to whoever connects, after having heard something, and hangs up.
pub(crate) fn says(bytes: &'static [u8]) -> u16 {
    listen(move |mut stream| {
        let mut heard = [0; 4096];
        let _ = stream.read(&mut heard);
        let _ = stream.write_all(bytes);
        hang_up(&stream);
    })
}

/// Something on the way to the same host that hangs up on the second flight of the client, without a word.
pub(crate) fn cutting(to: u16) -> u16 {
    listen(move |mut stream| {
        let mut server = TcpStream::connect(("127.0.0.1", to)).unwrap();
        let mut heard = [0; 4096];
        let hello = stream.read(&mut heard).unwrap();
        server.write_all(&heard[..hello]).unwrap();
        let (mut from, mut back) = (server.try_clone().unwrap(), stream.try_clone().unwrap());
        std::thread::spawn(move || std::io::copy(&mut from, &mut back));
        let _ = stream.read(&mut heard);
        let _ = stream.shutdown(Shutdown::Both);
        let _ = server.shutdown(Shutdown::Both);
    })
}

/// A server that hears and never says anything.
pub(crate) fn silent() -> u16 {
    listen(|mut stream| {
        let mut heard = Vec::new();
        let _ = stream.read_to_end(&mut heard);
    })
}

/// A server that says these bytes again and again, one at a time.
pub(crate) fn drips(bytes: &'static [u8]) -> u16 {
    listen(move |mut stream| {
        let mut bytes = bytes.iter().cycle();
        while stream.write_all(&[*bytes.next().unwrap()]).is_ok() {
            std::thread::sleep(Duration::from_millis(40));
        }
    })
}

/// A proxy. What it was asked is in the list.
pub(crate) struct ProxyServer {
    pub(crate) port: u16,
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
}

/// A proxy that answers to CONNECT so, and where that is a 200, connects to the same port of 127.0.0.1; to anything else it
/// answers so too.
pub(crate) fn proxy(answer: &str) -> ProxyServer {
    let answer = answer.to_owned();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&asked);
    let port = listen(move |mut stream| {
        let Some(request) = head(&mut stream) else { return };
        list.lock().unwrap().push(request.clone());
        if stream.write_all(answer.as_bytes()).is_err() || !answer.contains(" 200 ") {
            return;
        }
        let Some(place) = request.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next()) else { return };
        let port: u16 = place.rsplit(':').next().unwrap().parse().unwrap();
        let mut server = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let (mut from, mut to) = (stream.try_clone().unwrap(), server.try_clone().unwrap());
        std::thread::spawn(move || {
            let _ = std::io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Write);
        });
        let _ = std::io::copy(&mut server, &mut stream);
        let _ = stream.shutdown(Shutdown::Write);
    });
    ProxyServer { port, asked }
}

/// An answer of HTTP whose date is so many seconds behind this clock.
pub(crate) fn dated(status: &str, seconds_behind: i64, more: &str) -> String {
    let shift = Duration::from_secs(seconds_behind.unsigned_abs());
    let now = SystemTime::now();
    let date = if seconds_behind < 0 { now + shift } else { now - shift };
    format!("HTTP/1.1 {status}\r\nDate: {}\r\nContent-Length: 0\r\n{more}\r\n", httpdate::fmt_http_date(date))
}

/// A port of `::1` where packets vanish, while a server of 127.0.0.1 listens on the same: the queue of connections is full.
/// `None`, said so, where this machine has no IPv6 or fills no queue.
pub(crate) struct BlackHole {
    _listener: socket2::Socket,
    _queue: Vec<TcpStream>,
}

impl BlackHole {
    pub(crate) fn at(port: u16) -> Option<Self> {
        let listener = socket2::Socket::new(socket2::Domain::IPV6, socket2::Type::STREAM, None).ok()?;
        let _ = listener.set_only_v6(true);
        let address = SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), port);
        let bound = listener.bind(&address.into()).and_then(|()| listener.listen(0));
        if bound.is_err() {
            let _ = writeln!(std::io::stderr(), "skipped: no IPv6 on this machine");
            return None;
        }
        let mut queue = Vec::new();
        while queue.len() < 64 {
            match TcpStream::connect_timeout(&address, Duration::from_millis(300)) {
                Ok(stream) => queue.push(stream),
                Err(_) => return Some(Self { _listener: listener, _queue: queue }),
            }
        }
        let _ = writeln!(std::io::stderr(), "skipped: the queue of connections has no end on this machine");
        None
    }
}

/// A port of 127.0.0.1 where nobody listens.
pub(crate) fn nobody() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}
