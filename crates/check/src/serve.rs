//! `cpx-check serve`: the page of the diagnosis in the user's browser, as it happens. Closing it ends the program.

mod behind;
mod browser;
mod content;
mod hub;
mod page;
mod peer;
mod request;
mod server;
mod session;

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use cpx_card::internal::cards::Observing;
use cpx_card::internal::collect::EvidenceSources;
use cpx_card::internal::limits;
use cpx_report::{Texts, sanitise};

use super::args::ServeArguments;
use super::card::disclosure;
use super::source::{self, Chosen};
use super::{Granted, Refusal, Run, diagnosis, ending, output};
use content::{Content, Observer};
use hub::{Hub, Unwatched};
use page::Page;
use server::Server;

/// Pause between two looks whether the observer has ended.
const END_PAUSE: Duration = Duration::from_millis(10);

pub(super) fn run(arguments: &ServeArguments, pcsc_missing: Option<String>, texts: &Texts) -> Run {
    let options = diagnosis::options(&arguments.portal, &arguments.browser, texts)?;
    let Chosen { readers, to_watch, day, note, .. } =
        source::choose(&arguments.source, pcsc_missing, Duration::ZERO, texts)?;
    let hub = Arc::new(Hub::new(Content::none_yet(texts)));
    let (server, mut address) = told(Server::start(Arc::clone(&hub), Page::new(texts)), texts)?;
    let hub_to_end = Arc::clone(&hub);
    // asked twice: at once
    ending::instead(move || !hub_to_end.end());
    let how = Observing {
        simulated: source::simulated_authorities(&arguments.source),
        reader: arguments.source.reader.clone(),
        evidence: EvidenceSources::from(&arguments.evidence),
        portals: options.portals.clone(),
        modules: arguments.further_module.clone(),
        asker: std::env::current_exe().ok(),
        ..Observing::default()
    };
    let observer = Observer {
        readers,
        to_watch,
        how,
        options,
        days: (arguments.at, day),
        note,
        language: texts.language(),
        disclosure: disclosure(arguments.show_identity),
        hub: Arc::clone(&hub),
    };
    let observing = told(observer.start(), texts)?;

    say("serve-start", texts);
    output::text(&format!("{address}\n"));
    if !arguments.no_open && !browser::open(&address) {
        say("serve-no-browser", texts);
    }
    loop {
        match hub.until_unwatched() {
            Unwatched::NeverOpened if arguments.keep => {}
            Unwatched::Closed if arguments.keep => {
                address = told(server.renew(), texts)?;
                say("serve-once-more", texts);
                output::text(&format!("{address}\n"));
            }
            Unwatched::Closed | Unwatched::Ended => break,
            Unwatched::NeverOpened => {
                say("serve-nobody", texts);
                break;
            }
        }
    }
    hub.end();
    // a card that is being read is left as it was, if that does not take too long
    let deadline = Instant::now() + limits::LIVE_END;
    while !observing.is_finished() && Instant::now() < deadline {
        thread::sleep(END_PAUSE);
    }
    Ok(hub.content().exit)
}

fn say(key: &str, texts: &Texts) {
    output::error(&format!("{}\n", texts.text(key)));
}

/// What the system refuses, in words.
fn told<T>(outcome: std::io::Result<T>, texts: &Texts) -> Granted<T> {
    outcome.map_err(|error| {
        let detail = sanitise(&error.to_string());
        Refusal::Sentence(texts.with("serve-no-port", &[("detail", &detail)]))
    })
}
