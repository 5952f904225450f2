//! `cpx-check readers`: the readers as they are, without any exchange with a card.

use cpx_card::internal::collect::slots;
use cpx_report::{Texts, failure_text, readers_json, readers_text};

use super::args::{Format, ReadersArguments};
use super::exit_code::Exit;
use super::{Refusal, Run, output, source};

pub(super) fn run(arguments: &ReadersArguments, pcsc_missing: Option<String>, texts: &Texts) -> Run {
    let named = arguments.source.reader.as_str();
    let chosen = source::choose(&arguments.source, pcsc_missing, std::time::Duration::ZERO, texts)?;
    let looked = slots(&chosen.readers).map_err(cpx_card::Failure::from).map(|mut slots| {
        slots.retain(|slot| slot.reader.contains(named));
        slots
    });
    let none_named = !named.is_empty() && looked.as_ref().is_ok_and(Vec::is_empty);
    if none_named && source::has_readers(&chosen.readers) {
        return Err(Refusal::code("no-reader-named", texts));
    }
    match arguments.format {
        Format::Json => output::json(&readers_json(&looked)),
        Format::Text => output::text(&match &looked {
            Ok(slots) => readers_text(slots, texts),
            Err(failure) => failure_text(failure, texts),
        }),
    };
    Ok(match looked {
        Err(_) => Exit::CouldNotTell,
        Ok(slots) if slots.is_empty() => Exit::NotReady,
        Ok(_) => Exit::Ready,
    })
}
