//! A moment after which nothing foreign is waited for.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use crate::limits;

/// A moment after which nothing is waited for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline(Instant);

impl Deadline {
    /// So much time from now on.
    pub(super) fn within(time: Duration) -> Self {
        Self(Instant::now() + time)
    }

    /// The sooner of this one and so much time from now on.
    pub(super) fn or_within(self, time: Duration) -> Self {
        Self(self.0.min(Instant::now() + time))
    }

    /// The time that is left, at least a millisecond.
    ///
    /// # Errors
    ///
    /// [`TimedOut`](io::ErrorKind::TimedOut) when none is.
    pub(super) fn left(self) -> io::Result<Duration> {
        let left = self.0.saturating_duration_since(Instant::now());
        if left < Duration::from_millis(1) { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
    }

    /// What another thread sends by then, or has sent; `None` too when it will send nothing more.
    pub(super) fn receive<T>(self, receiver: &Receiver<T>) -> Option<T> {
        match self.left() {
            Ok(left) => receiver.recv_timeout(left).ok(),
            Err(_) => receiver.try_recv().ok(),
        }
    }
}

/// Milliseconds since then.
pub(super) fn milliseconds_since(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// A connection that ends with its deadline, with a read or a write of more than [`NETWORK_STEP`](limits::NETWORK_STEP), or after [`NETWORK_BYTES`](limits::NETWORK_BYTES).
pub(super) struct Bounded {
    stream: TcpStream,
    deadline: Deadline,
    bytes_left: usize,
}

impl Bounded {
    pub(super) fn new(stream: TcpStream, deadline: Deadline) -> Self {
        Self { stream, deadline, bytes_left: limits::NETWORK_BYTES }
    }

    /// From now on, another deadline.
    pub(super) fn until(&mut self, deadline: Deadline) {
        self.deadline = deadline;
    }

    /// The connection, without bounds.
    pub(super) fn into_stream(self) -> TcpStream {
        self.stream
    }
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.bytes_left == 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "more than NETWORK_BYTES"));
        }
        self.stream.set_read_timeout(Some(self.deadline.left()?.min(limits::NETWORK_STEP)))?;
        let length = buffer.len().min(self.bytes_left);
        let read = self.stream.read(buffer.get_mut(..length).unwrap_or_default()).map_err(timed_out)?;
        self.bytes_left = self.bytes_left.saturating_sub(read);
        Ok(read)
    }
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(self.deadline.left()?.min(limits::NETWORK_STEP)))?;
        self.stream.write(bytes).map_err(timed_out)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// A socket whose timeout passed says that it would block.
fn timed_out(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::WouldBlock { io::ErrorKind::TimedOut.into() } else { error }
}
