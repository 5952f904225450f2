//! Transcripts, which strangers send.

use cpx_card::internal::card::{ReadOptions, anonymous, read};
use cpx_card::internal::identity::Pseudonyms;
use cpx_card::internal::limits;
use cpx_card::internal::transport::{Readers, Replay, Transcript};

use super::rendered::clean_text;

/// What is read is written back to the same transcript; redacted it still is one; its cards are read within the bounds.
pub fn transcript(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok(transcript) = Transcript::parse(&text) else { return };
    assert!(transcript.openings.len() <= limits::TRANSCRIPT_CARDS);
    let written = transcript.to_string();
    let again = Transcript::parse(&written).expect("what was written is read back");
    assert_eq!(again.to_string(), written);
    clean_text(&written);

    let redacted = anonymous(&transcript, &Pseudonyms::keyed(b"test"));
    assert!(redacted.redacted && redacted.openings.len() == transcript.openings.len());
    let written = redacted.to_string();
    assert_eq!(Transcript::parse(&written).map(|back| back.to_string()).ok().as_ref(), Some(&written));

    let readers: Vec<_> = transcript.openings.iter().map(|opening| opening.reader.clone()).collect();
    let replay = Replay::new(transcript);
    for reader in &readers {
        let _ = replay.with_card(reader, &mut |link| {
            let _ = read(link, ReadOptions::default().with_certificates(true));
        });
    }
}
