//! The event log, asked with a query and read up to a bound.

#![allow(unsafe_code)]

use windows_sys::Win32::Foundation::ERROR_NO_MORE_ITEMS;
use windows_sys::Win32::System::EventLog::{
    EVT_HANDLE, EvtClose, EvtNext, EvtQuery, EvtQueryChannelPath, EvtQueryReverseDirection, EvtRender,
    EvtRenderEventXml,
};

use super::{failed, last, narrow, wide};
use crate::limits;
use crate::workstation::{Reason, Unseen};

/// Milliseconds that one answer of the log may take.
const ANSWER_MILLIS: u32 = 1000;

struct Handle(EVT_HANDLE);

impl Drop for Handle {
    fn drop(&mut self) {
        // SAFETY: the handle was opened by us and is closed once.
        unsafe { EvtClose(self.0) };
    }
}

/// How many events of a channel an XPath query selects, at most [`EVENTS`](limits::EVENTS).
///
/// # Errors
/// Why the log does not answer.
pub(in crate::workstation::windows) fn count(channel: &str, query: &str) -> Result<u32, Reason> {
    let mut count = 0_u32;
    each(channel, query, |_| count = count.saturating_add(1))?;
    Ok(count)
}

/// The events of a channel that an XPath query selects, newest first, as XML.
///
/// # Errors
/// Why the log does not answer.
pub(in crate::workstation::windows) fn documents(channel: &str, query: &str) -> Result<Vec<String>, Reason> {
    let mut documents = Vec::new();
    each(channel, query, |event| documents.extend(document(event)))?;
    Ok(documents)
}

fn each(channel: &str, query: &str, mut visit: impl FnMut(&Handle)) -> Result<(), Reason> {
    let (channel, query) = (wide(channel), wide(query));
    let flags = EvtQueryChannelPath | EvtQueryReverseDirection;
    // SAFETY: both texts end with NUL; no session means this machine.
    let found = unsafe { EvtQuery(0, channel.as_ptr(), query.as_ptr(), flags) };
    if found == 0 {
        return Err(last("EvtQuery"));
    }
    let found = Handle(found);
    for _ in 0..limits::EVENTS {
        let (mut event, mut returned) = (0, 0);
        // SAFETY: there is room for the one handle that is asked for.
        if unsafe { EvtNext(found.0, 1, &raw mut event, ANSWER_MILLIS, 0, &raw mut returned) } == 0 {
            let code = std::io::Error::last_os_error().raw_os_error().unwrap_or_default().cast_unsigned();
            const TIMEOUT: u32 = 1460;
            return match code {
                ERROR_NO_MORE_ITEMS => Ok(()),
                TIMEOUT => Err(Unseen::TimedOut.with("EvtNext")),
                code => Err(failed("EvtNext", code)),
            };
        }
        visit(&Handle(event));
    }
    Ok(())
}

fn document(event: &Handle) -> Option<String> {
    let mut buffer = vec![0_u16; limits::EVENT_BYTES / 2];
    let bytes = u32::try_from(limits::EVENT_BYTES).ok()?;
    let (mut used, mut properties) = (0, 0);
    // SAFETY: the buffer has the length that is told; larger events are an error.
    let rendered = unsafe {
        EvtRender(0, event.0, EvtRenderEventXml, bytes, buffer.as_mut_ptr().cast(), &raw mut used, &raw mut properties)
    };
    (rendered != 0).then(|| narrow(&buffer))
}
