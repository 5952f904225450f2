//! CPS3, by contact and contactless: IAS ECC on the basic channel (card-protocol.md sections 4, 6 and 8).

use crate::error::{Error, ErrorKind, Result};
use crate::iso7816::{Aid, Channel, Command, FilePath, PathBase};

use super::application::Application;
use super::code_state::CodeState;
use super::dialogue::Dialogue;
use super::files::Files;
use super::serial::{self, SerialFile};
use super::{Certificates, Content, DataObjects, PublicCertificate, ReadOptions};

const IAS_CONTACT: Aid = Aid::known([0xE8, 0x28, 0xBD, 0x08, 0x0F, 0x80, 0x25, 0x00, 0x00, 0x01, 0xFF, 0x00, 0x10]);
const IAS_CONTACTLESS: Aid = Aid::known([0xE8, 0x28, 0xBD, 0x08, 0x0F, 0x80, 0x25, 0x00, 0x00, 0x01, 0xFF, 0x00, 0x20]);

/// Where a CPS3 has its application; what stands there proves it.
const USUAL_PLACE: FilePath = FilePath::known([0x00, 0x01]);

/// Short identifier of EF.SN.ICC (`88 01 E0` in its FCP on a real card).
const SERIAL_SHORT_FILE: u8 = 0x1C;

/// Reads a CPS3 by contact; nothing when it has no IAS application. Ends with the master file selected, as the card's
/// own middleware leaves it.
pub(super) fn contact(dialogue: &mut Dialogue<'_>, options: ReadOptions) -> Result<Option<Content>> {
    let Some((application, identity)) = application(dialogue, options, &IAS_CONTACT, Some(USUAL_PLACE))? else {
        return Ok(None);
    };
    let serial = serial(dialogue)?;
    let code = if options.code_state { CodeState::ask_cps3(dialogue)? } else { CodeState::default() };
    Ok(Some(Content { identity, serial, code, application, certificates }))
}

/// Reads a CPS3 contactless, which has no code. Many IAS ECC cards share the ATR: nothing when the application of the
/// CPS is not on this one.
pub(super) fn contactless(dialogue: &mut Dialogue<'_>, options: ReadOptions) -> Result<Option<Content>> {
    let select = Command::SelectApplication { channel: Channel::Basic, aid: IAS_CONTACTLESS };
    if !dialogue.send(&select)?.status.is_ok() {
        return Ok(None);
    }
    let Some((application, identity)) = application(dialogue, options, &IAS_CONTACTLESS, None)? else {
        return Err(Error::new(
            ErrorKind::CardNonsense,
            "the card has the application of a CPS and no directory for it",
        ));
    };
    let serial = serial(dialogue)?;
    Ok(Some(Content { identity, serial, code: CodeState::default(), application, certificates }))
}

/// Reads the application, and leaves it for the master file.
fn application(
    dialogue: &mut Dialogue<'_>,
    options: ReadOptions,
    aid: &Aid,
    usual: Option<FilePath>,
) -> Result<Option<(Application, DataObjects)>> {
    leaving(dialogue, |files| {
        let Some(application) = Application::find(files, aid, usual)? else { return Ok(None) };
        let identity = application.identity(files, options.languages)?;
        Ok(Some((application, identity)))
    })
}

fn certificates(
    dialogue: &mut Dialogue<'_>,
    application: &Application,
    which: Certificates,
) -> Result<Vec<PublicCertificate>> {
    leaving(dialogue, |files| application.certificates(files, which))
}

/// Reads files, and selects the master file then: also when they are not there, or broken.
fn leaving<T>(dialogue: &mut Dialogue<'_>, read: impl FnOnce(&mut Files<'_, '_>) -> Result<T>) -> Result<T> {
    match read(&mut files(dialogue)) {
        Ok(read) => select_master_file(dialogue).map(|()| read),
        Err(error) if !matches!(error.kind(), ErrorKind::CardNonsense | ErrorKind::LimitReached) => Err(error),
        Err(error) => {
            dialogue.allow_leaving();
            // what went wrong before is what is told
            let _ = select_master_file(dialogue);
            Err(error)
        }
    }
}

fn select_master_file(dialogue: &mut Dialogue<'_>) -> Result<()> {
    files(dialogue).select(&FilePath::MASTER).map(|_| ())
}

/// By its short identifier, in one exchange; by its path on a card that does not know it.
fn serial(dialogue: &mut Dialogue<'_>) -> Result<Option<SerialFile>> {
    let read = Command::ReadShortFile { channel: Channel::Basic, file: SERIAL_SHORT_FILE, length: serial::LENGTH };
    let answer = dialogue.send(&read)?;
    match SerialFile::parse(&answer.data) {
        Some(serial) if answer.status.is_ok() => Ok(Some(serial)),
        _ => SerialFile::read(&mut files(dialogue)),
    }
}

fn files<'d, 'l>(dialogue: &'d mut Dialogue<'l>) -> Files<'d, 'l> {
    Files { dialogue, channel: Channel::Basic, base: PathBase::WithMasterFile }
}
