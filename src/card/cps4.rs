//! CPS4: the ChipDoc application on logical channel 1 (card-protocol.md section 7).
//!
//! Channel 0 belongs to the CPS2ter side, where billing software expects it: it is touched only to recover from a
//! refusal, and then left with the CPS2ter side selected.

use crate::error::Result;
use crate::iso7816::{Aid, Channel, Command, FilePath, PathBase, Status};

use super::application::Application;
use super::code_state::CodeState;
use super::dialogue::Dialogue;
use super::files::Files;
use super::serial::SerialFile;
use super::{Certificates, Content, PublicCertificate, ReadOptions};

const CHIPDOC: Aid = Aid::known([0x80, 0x25, 0x00, 0x00, 0x01, 0xFF, 0x01, 0x00]);
const CPS2TER: Aid = Aid::known([0x80, 0x25, 0x00, 0x00, 0x01, 0xFF, 0x00, 0x02]);
const CARD_MANAGER: Aid = Aid::known([0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00]);

/// Where a CPS4 has its application; what stands there proves it.
const USUAL_PLACE: FilePath = FilePath::known([0x00, 0x01]);

/// Reads a CPS4; nothing when it has no ChipDoc application.
pub(super) fn contact(dialogue: &mut Dialogue<'_>, options: ReadOptions) -> Result<Option<Content>> {
    if !select_chipdoc(dialogue)? {
        return Ok(None);
    }
    let mut files = files(dialogue);
    let serial = SerialFile::read(&mut files)?;
    let Some(application) = Application::find(&mut files, &CHIPDOC, Some(USUAL_PLACE))? else { return Ok(None) };
    let identity = application.identity(&mut files, options.languages)?;
    let code = if options.code_state { CodeState::ask_cps4(dialogue)? } else { CodeState::default() };
    Ok(Some(Content { identity, serial, code, application, certificates }))
}

fn certificates(
    dialogue: &mut Dialogue<'_>,
    application: &Application,
    which: Certificates,
) -> Result<Vec<PublicCertificate>> {
    application.certificates(&mut files(dialogue), which)
}

fn files<'d, 'l>(dialogue: &'d mut Dialogue<'l>) -> Files<'d, 'l> {
    Files { dialogue, channel: Channel::One, base: PathBase::BelowMasterFile }
}

/// Selects ChipDoc on channel 1. Where it is refused because it is active on another channel (`69 85`), frees it the way
/// the card's own middleware does: card manager on channel 1, CPS2ter on channel 0, ChipDoc again.
fn select_chipdoc(dialogue: &mut Dialogue<'_>) -> Result<bool> {
    const ACTIVE_ELSEWHERE: Status = Status::new(0x69, 0x85);
    let mut select = |channel, aid| dialogue.send(&Command::SelectApplication { channel, aid });
    let first = select(Channel::One, CHIPDOC)?;
    if first.status != ACTIVE_ELSEWHERE {
        return Ok(first.status.is_ok());
    }
    select(Channel::One, CARD_MANAGER)?;
    select(Channel::Basic, CPS2TER)?;
    Ok(select(Channel::One, CHIPDOC)?.status.is_ok())
}
