//! Every bound of the library, with its unit and where it comes from.
//!
//! Bytes that come from a card are hostile: nothing that a card says can make a reader work longer or hold more
//! memory than these constants allow.

use std::time::Duration;

/// Nesting of BER-TLV objects that is followed. Cards use five levels at most; PKCS#15 directories use seven.
pub const TLV_DEPTH: usize = 16;

/// Objects read from one buffer.
pub const TLV_OBJECTS: usize = 4096;

/// Bytes of a BER-TLV length after its prefix (ISO 7816-4 section 5.2.2 allows four; 16 MiB is enough for a card).
pub const TLV_LENGTH_BYTES: usize = 3;

/// Bytes of a BER-TLV tag (ISO 7816-4 section 5.2.2).
pub const TLV_TAG_BYTES: usize = 3;

/// Bytes of an ATR (ISO 7816-3 section 8.1).
pub const ATR_BYTES: usize = 33;

/// Bytes of one elementary file.
pub const FILE_BYTES: usize = 64 * 1024;

/// Commands sent for the identity of one card, GET RESPONSE included.
pub const IDENTITY_EXCHANGES: u32 = 40;

/// Commands sent in all when certificates are read as well (two certificates of 4 KiB need 60).
pub const READING_EXCHANGES: u32 = 200;

/// Rounds of GET RESPONSE in one reading.
pub const GET_RESPONSE_ROUNDS: u32 = 64;

/// Bytes asked for by one READ BINARY: what the card's own middleware asks for, so every card is known to serve it.
pub const READ_BYTES: u8 = 0xE7;

/// Certificates followed in one certificate directory.
pub const CERTIFICATES: usize = 8;

/// Entries of one PKCS#15 directory file that are kept.
pub const DIRECTORY_ENTRIES: usize = 256;

/// How long a card in exclusive use is tried again (pcsc.md section 4: most holders let go after a few exchanges).
pub const IN_USE_PATIENCE: Duration = Duration::from_millis(600);

/// Pause between two tries of a card in exclusive use.
pub const IN_USE_PAUSE: Duration = Duration::from_millis(100);

/// Longest single wait for events: the list of readers is looked at anew after it.
pub const WATCH_SLICE: Duration = Duration::from_secs(5);

/// Shortest time between two looks while waiting.
pub const WATCH_PAUSE: Duration = Duration::from_millis(20);

/// Bytes of a transcript file. A reading of one card with its certificates takes about 20 kB.
pub const TRANSCRIPT_BYTES: usize = 4 * 1024 * 1024;

/// Readers and openings in one transcript.
pub const TRANSCRIPT_CARDS: usize = 256;

/// How long opening a card may take when another program is connected to it: longer is "held by another program".
pub const OPEN_PATIENCE: Duration = Duration::from_millis(900);

/// How long opening a card may take when nobody else is connected: slow readers need a second to power a card.
pub const OPEN_PATIENCE_ALONE: Duration = Duration::from_secs(3);

/// How long a card may take to answer one command: a slow CPS3 needs 0.3 s for the longest.
pub const EXCHANGE_PATIENCE: Duration = Duration::from_secs(5);

/// How long the PC/SC service may take to list its readers.
pub const SERVICE_PATIENCE: Duration = Duration::from_secs(3);

/// Pause before a card that another program reset is read anew, once (pcsc.md section 4).
pub const RESET_PAUSE: Duration = Duration::from_millis(500);

/// First pause before the PC/SC service is asked again after it failed.
pub const RETRY_SHORTEST: Duration = Duration::from_millis(100);

/// Longest pause before the PC/SC service is asked again.
pub const RETRY_LONGEST: Duration = Duration::from_secs(5);

/// How long after a broken exchange the service may take to notice that the card is gone (pcsc-lite looks every 0.4 s).
pub const REMOVAL_PATIENCE: Duration = Duration::from_millis(1200);

/// Pause between two questions whether the card is gone.
pub const REMOVAL_PAUSE: Duration = Duration::from_millis(50);
/// Bytes of one certificate, and of a file that holds nothing else. Those of the cards have 1 to 3 kB.
pub const CERTIFICATE_BYTES: usize = 64 * 1024;

/// Attributes in one name of a certificate. Those of IGC-Santé have up to eight.
pub const NAME_ATTRIBUTES: usize = 64;

/// Extensions of one certificate or revocation list. Those of IGC-Santé have up to 16.
pub const CERTIFICATE_EXTENSIONS: usize = 64;

/// Certificates above the leaf in one path. IGC-Santé has two.
pub const PATH_DEPTH: usize = 4;

/// Signatures verified in the search for one path: about 0.1 ms each.
pub const PATH_SIGNATURES: usize = 32;

/// Bytes of one revocation list: a million entries.
pub const CRL_BYTES: usize = 64 * 1024 * 1024;

/// Certificates read from one file: the bundles of IGC-Santé have nine.
pub const CERTIFICATES_IN_FILE: usize = 64;

/// Bytes of an answer of an OCSP responder. Usual ones have 2 to 5 kB.
pub const OCSP_BYTES: usize = 64 * 1024;

/// Time for fetching one revocation list.
pub const CRL_DEADLINE: Duration = Duration::from_secs(30);

/// Time for the answer of one OCSP responder.
pub const OCSP_DEADLINE: Duration = Duration::from_secs(10);

/// Redirections followed over HTTP.
pub const HTTP_REDIRECTS: u32 = 2;

/// Files read in the folders of authority certificates: Cryptolib's has nine, a system's about 150.
pub const STORE_FILES: usize = 512;

/// Entries looked at in one folder of authority certificates; systems keep two names for each file.
pub const STORE_ENTRIES: usize = 4096;

/// Folders in folders of authority certificates that are opened.
pub const STORE_DEPTH: usize = 3;

/// How long issuers are asked over the network in all: no further question begins after it.
pub const ONLINE_PATIENCE: Duration = Duration::from_secs(20);

/// How long the identity of one card may take: ten times what the slowest reader known needs.
pub const IDENTITY_PATIENCE: Duration = Duration::from_secs(20);

/// How long a reading with certificates may take.
pub const CERTIFICATES_PATIENCE: Duration = Duration::from_mins(1);

// The PKCS#11 modules

// The files and settings of the workstation

// The network

// Forms

/// Characters of a number that somebody types. The longest has 22, with a separator between any two.
pub const TYPED_NUMBER: usize = 64;

/// Software solutions of one order that feed the DMP.
pub const SOLUTIONS: u32 = 99;

/// Bytes of one typed answer.
pub const TYPED_ANSWER: u64 = 4096;

/// Questions asked again before an order is given up.
pub const TYPED_TRIES: usize = 5;

/// Bytes of a list of cards that is continued: some 40,000 cards.
pub const LIST_BYTES: usize = 16 * 1024 * 1024;

/// How long the clipboard may take: one that hangs is none.
pub const CLIPBOARD_PATIENCE: Duration = Duration::from_secs(2);

/// How long the lines of a form stay in a clipboard that belongs to the program which filled it (X11).
pub const CLIPBOARD_KEPT: Duration = Duration::from_mins(1);

/// Longest wait for the next card of a list: Ctrl-C is heeded after it.
pub const LIST_SLICE: Duration = Duration::from_millis(250);
