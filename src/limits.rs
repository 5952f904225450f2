//! Every bound of the library, with its unit and where it comes from.
//!
//! Bytes that come from a card, a module, a file, a tool or the network are hostile: nothing that they say can make the
//! library work longer or hold more memory than these constants allow.

use std::num::NonZeroU32;
use std::time::Duration;

// What a card says

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

/// Bytes asked for by one READ BINARY: what the card's own middleware asks for, so every card is known to serve it.
pub const READ_BYTES: u8 = 0xE7;

/// Bytes asked for first of a directory of which only the beginning is needed: four entries as virtual cards have them, and
/// each byte more takes a millisecond.
pub const DIRECTORY_BYTES: u8 = 0xA0;

/// Rounds of GET RESPONSE in one reading.
pub const GET_RESPONSE_ROUNDS: u32 = 64;

/// Commands sent for the identity of one card, GET RESPONSE included.
pub const IDENTITY_EXCHANGES: u32 = 40;

/// Commands sent in all when certificates are read as well (two certificates of 4 KiB need 60).
pub const READING_EXCHANGES: u32 = 200;

/// Certificates followed in one certificate directory.
pub const CERTIFICATES: usize = 8;

/// Specialities, and languages, of one holder that are told apart: cards have one to three.
pub const HOLDER_CODES: usize = 32;

/// Entries of one PKCS#15 directory file that are kept.
pub const DIRECTORY_ENTRIES: usize = 256;

// How long cards and their service are waited for

/// How long the PC/SC service may take to list its readers.
pub const SERVICE_PATIENCE: Duration = Duration::from_secs(3);

/// How long opening a card may take: slow readers need a second to power one, and other programs that wake with it read it
/// for some seconds. After that it is looked at again who has it.
pub const OPEN_PATIENCE: Duration = Duration::from_secs(3);

/// After how long another program is said not to give a card back. The middleware reads a whole card in less.
pub const KEPT_PATIENCE: Duration = Duration::from_secs(10);

/// Pause before a watch tries again a card that another program has.
pub const HELD_PAUSE: Duration = Duration::from_millis(300);

/// How long a card in exclusive use is tried again (pcsc.md section 4: most holders let go after a few exchanges).
pub const IN_USE_PATIENCE: Duration = Duration::from_millis(600);

/// Pause between two tries of a card in exclusive use.
pub const IN_USE_PAUSE: Duration = Duration::from_millis(100);

/// How long a card may take to answer one command, from the command on: a slow CPS3 needs 0.3 s for the longest, a bad reader
/// lets a card think for some seconds. So long it is awaited as well before it is left.
pub const EXCHANGE_PATIENCE: Duration = Duration::from_secs(15);

/// After how long without an answer it is looked whether the service answers.
pub const SILENCE_PATIENCE: Duration = Duration::from_secs(5);

/// How long a card that another program has is waited for when the program ends: until it is this one's turn there is nothing
/// to leave.
pub const TURN_PATIENCE: Duration = Duration::from_secs(1);

/// How long the identity of one card may take: ten times what the slowest reader known needs.
pub const IDENTITY_PATIENCE: Duration = Duration::from_secs(20);

/// How long a reading with certificates may take.
pub const CERTIFICATES_PATIENCE: Duration = Duration::from_mins(1);

/// Pause before a card that another program reset is read anew, once (pcsc.md section 4).
pub const RESET_PAUSE: Duration = Duration::from_millis(500);

/// How long after a broken exchange the service may take to notice that the card is gone (pcsc-lite looks every 0.4 s).
pub const REMOVAL_PATIENCE: Duration = Duration::from_millis(1200);

/// Pause between two questions whether the card is gone.
pub const REMOVAL_PAUSE: Duration = Duration::from_millis(50);

/// Connections from which a pcscd that refuses one is full: its own limit is 200, and some end while they are counted.
pub const PCSCD_CONNECTIONS: usize = 195;

/// Bytes looked at of the kernel's list of local sockets: a desktop's has 100 kB.
pub const SOCKET_TABLE_BYTES: u64 = 4 * 1024 * 1024;

/// First pause before the PC/SC service is asked again after it failed.
pub const RETRY_SHORTEST: Duration = Duration::from_millis(100);

/// Longest pause before the PC/SC service is asked again.
pub const RETRY_LONGEST: Duration = Duration::from_secs(5);

/// How long the end of a watch is waited for.
pub const STOP_PATIENCE: Duration = Duration::from_secs(2);

/// Pause before a wait that is to end is interrupted once more.
pub const STOP_PAUSE: Duration = Duration::from_millis(20);

/// Longest single wait of a watch that can be stopped: a pause between two tries of a lost service is not cut short.
pub const STOPPABLE_SLICE: Duration = Duration::from_secs(1);

/// How often a wait for events is looked at for its being cancelled.
pub const CANCEL_SLICE: Duration = Duration::from_millis(50);

/// Events that wait for whoever asks for them; no further look is taken at the readers before.
pub const EVENTS_WAITING: usize = 256;

/// How long a call of an application takes at most where it has no deadline of its own: longer than all that it waits for.
pub const CALL_PATIENCE: Duration = Duration::from_mins(2);

/// Looks at readers that just changed, until two say the same.
pub const SETTLING_LOOKS: usize = 3;

/// Pause between two such looks: pcscd takes microseconds from a state to its count.
pub const SETTLING_PAUSE: Duration = Duration::from_millis(1);

/// Longest single wait for events: the list of readers is looked at anew after it.
pub const WATCH_SLICE: Duration = Duration::from_secs(5);

/// Shortest time between two looks while waiting.
pub const WATCH_PAUSE: Duration = Duration::from_millis(20);

// Transcripts

/// Bytes of a transcript file. A reading of one card with its certificates takes about 20 kB.
pub const TRANSCRIPT_BYTES: usize = 4 * 1024 * 1024;

/// Readers and openings in one transcript.
pub const TRANSCRIPT_CARDS: usize = 256;

// Certificates and what they are judged with

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

/// Certificates read from one file: the bundles of IGC-Santé have nine.
pub const CERTIFICATES_IN_FILE: usize = 64;

/// Parts of one container of keys (PKCS#12). Usual ones have two.
pub const CONTAINER_PARTS: usize = 16;

/// How often the code of a container may be hashed. Usual ones hash it 2,000 to 600,000 times.
pub const CONTAINER_ITERATIONS: u32 = 1_000_000;

/// Bytes of memory that the hashing of the code of a container may take.
pub const CONTAINER_MEMORY: u64 = 64 * 1024 * 1024;

/// How long a part of a container may take to open.
pub const CONTAINER_PATIENCE: Duration = Duration::from_secs(20);

/// Bytes of the code of a container.
pub const CONTAINER_CODE_BYTES: usize = 256;

/// Bytes of one revocation list: a million entries.
pub const CRL_BYTES: usize = 64 * 1024 * 1024;

/// Bytes of an answer of an OCSP responder. Usual ones have 2 to 5 kB.
pub const OCSP_BYTES: usize = 64 * 1024;

/// Files read in the folders of certificates and lists that are given: Cryptolib's has nine, a system's about 150.
pub const STORE_FILES: usize = 4096;

/// Entries looked at in one folder of authority certificates; systems keep two names for each file.
pub const STORE_ENTRIES: usize = 16_384;

/// Folders in folders of authority certificates that are opened.
pub const STORE_DEPTH: usize = 3;

/// Time for fetching one revocation list.
pub const CRL_DEADLINE: Duration = Duration::from_secs(30);

/// Time for the answer of one OCSP responder.
pub const OCSP_DEADLINE: Duration = Duration::from_secs(10);

/// How long issuers are asked over the network in all: no further question begins after it.
pub const ONLINE_PATIENCE: Duration = Duration::from_secs(20);

/// Redirections followed over HTTP.
pub const HTTP_REDIRECTS: u32 = 2;

// The PKCS#11 modules

/// Modules of one workstation that are looked at: it names four or five.
pub const MODULES: usize = 16;

/// Bytes of the file of a module that is hashed, or compared with another of the same length. That of Cryptolib CPS has
/// 2.4 MB.
pub const MODULE_BYTES: u64 = 64 * 1024 * 1024;

/// Files of modules that are hashed by one collector.
pub const HASHED_MODULES: usize = 8;

/// Copies of the module that are described.
pub const MODULE_COPIES: usize = 32;

/// Slots of one module that are looked at: one for each reader.
pub const SLOTS: usize = 32;

/// Mechanisms of one token: the Cryptolib offers about thirty, software tokens a hundred.
pub const MECHANISMS: usize = 512;

/// Data objects of one token whose label is read: a CPx has up to 25.
pub const TOKEN_OBJECTS: usize = 64;

/// Bytes of one value of a token, a certificate for the most part.
pub const TOKEN_VALUE_BYTES: usize = 64 * 1024;

/// How long one call of a module may take. The Cryptolib needs less than 10 ms without a card.
pub const MODULE_CALL: Duration = Duration::from_secs(10);

/// How long asking one module may take.
pub const MODULE_PATIENCE: Duration = Duration::from_secs(30);

/// How long a module that has answered everything may take to end.
pub const MODULE_END: Duration = Duration::from_millis(500);

/// How long the call of a module that nobody waits for may take to come back: it may be in the middle of a transaction with
/// the card.
pub const MODULE_LEAVE: Duration = Duration::from_secs(5);

/// Bytes of one record of the process that asks a module: a token with 16 certificates of full length.
pub const MODULE_RECORD_BYTES: usize = 4 * 1024 * 1024;

/// Bytes that a module may write on the standard output before it is stopped.
pub const MODULE_NOISE_BYTES: u64 = 16 * 1024 * 1024;

/// Bytes of memory that a module may take beside what the process that asks it has: the largest known take 60 MB.
pub const MODULE_MEMORY_BYTES: u64 = 256 * 1024 * 1024;

/// Oddities of one module that are told.
pub const MODULE_ODDITIES: usize = 64;

/// Calls of one module that are told of one by one: those of one function in a row count as one.
pub const MODULE_STEPS: usize = 1024;

/// Characters of a code porteur, and of any other code that a token accepts.
pub const CODE_BYTES: usize = 64;

// The files and settings of the workstation

/// How long one subject of the workstation may take: it may start a tool of the system.
pub const SUBJECT_PATIENCE: Duration = Duration::from_secs(6);

/// Bytes of one file of settings or of the kernel's answers. The longest that is read, the CCID driver's list, has 100 kB.
pub const SETTINGS_BYTES: usize = 512 * 1024;

/// Bytes of one configuration file: lists of modules and profiles, manifests, policies. Usual ones have 1 to 20 kB.
pub const CONFIG_BYTES: usize = 1024 * 1024;

/// Entries looked at in one folder of configuration files.
pub const FOLDER_ENTRIES: usize = 256;

/// Bytes at the beginning of a program file in which its header is looked for. The linkers known need less than 1 KiB.
pub const BINARY_HEADER_BYTES: usize = 4 * 1024;

/// Processors in one universal file of macOS. Four were ever in use; Java's classes count from 45.
pub const UNIVERSAL_ARCHITECTURES: usize = 32;

/// Files and folders counted in a folder of logs or of the cache.
pub const COUNTED_ENTRIES: usize = 4096;

/// Folders in one another, in a folder of logs or of the cache, that are counted.
pub const COUNTED_DEPTH: usize = 4;

/// Channels of GALSS that are told: its documents allow 10.
pub const GALSS_CHANNELS: usize = 64;

/// Bytes that a tool of the system may say on its standard output: `ioreg` says some 100 kB.
pub const TOOL_BYTES: usize = 4 * 1024 * 1024;

/// How long a tool of the system may take: those of Linux need some 10 ms, `system_profiler` of macOS two seconds.
pub const TOOL_PATIENCE: Duration = Duration::from_secs(4);

/// How long the tools that hang may take together, in one subject: less than the subject itself, so that what else was
/// seen of it is told.
pub const TOOLS_PATIENCE: Duration = Duration::from_millis(5200);

/// What is left for a tool when those before it took all that time.
pub const TOOL_SHORTEST: Duration = Duration::from_millis(200);

/// Longest pause between two looks whether a process has ended.
pub const CHILD_PAUSE: Duration = Duration::from_millis(10);

/// How long a process that was killed is waited for: one in the hands of a dead network drive does not end.
pub const CHILD_END: Duration = Duration::from_millis(500);

// Browsers

/// Bytes of `prefs.js` and `extensions.json` of a profile of Firefox. Usual ones have 20 to 500 kB.
pub const PROFILE_FILE_BYTES: usize = 8 * 1024 * 1024;

/// Profiles of Firefox that are looked at.
pub const FIREFOX_PROFILES: usize = 64;

/// Modules that one place registers.
pub const REGISTERED_MODULES: usize = 64;

/// Rules that choose certificates.
pub const CERTIFICATE_RULES: usize = 256;

// Linux and macOS

/// Bytes of the list of installed packages of Debian: 10 000 packages have 10 MB.
pub const PACKAGE_LIST_BYTES: usize = 32 * 1024 * 1024;

/// Entries of `/proc` that are looked at.
pub const PROCESS_ENTRIES: usize = 16 * 1024;

/// Programs connected to the PC/SC service that are told.
pub const PCSC_CLIENTS: usize = 8;

/// Open files of one program that are looked at.
pub const PROCESS_FILES: usize = 4096;

/// Characters of the name of a program's file.
pub const PROGRAM_NAME: usize = 64;

/// How long the kernel is given to list the sockets of this machine.
pub const KERNEL_PATIENCE: Duration = Duration::from_secs(1);

/// Bytes of one part of the kernel's list of sockets: it never makes a larger one.
pub const KERNEL_ANSWER_BYTES: usize = 32 * 1024;

/// Parts of the kernel's list of sockets that are read: some hundred thousand sockets.
pub const KERNEL_ANSWERS: usize = 1024;

/// Bytes of the command line of one program.
pub const COMMAND_LINE_BYTES: usize = 4096;

/// Devices and interfaces on the USB that are looked at: the standard allows 127 devices on a controller.
pub const USB_ENTRIES: usize = 2048;

/// Folders of libraries in which a library is looked for.
pub const LIBRARY_FOLDERS: usize = 128;

/// Entries of one folder of libraries that are looked at.
pub const LIBRARIES: usize = 16 * 1024;

/// Files of a package that are told to differ from what was packed.
pub const SIGNATURES: usize = 64;

/// Extensions, tokens or readers that one tool of macOS lists.
pub const LISTED_BY_MACOS: usize = 32;

// Windows

/// How long one subject of Windows may take: services, devices, certificate stores.
pub const WINDOWS_PATIENCE: Duration = Duration::from_secs(3);

/// Bytes of one value of Windows' registry that are read.
pub const REGISTRY_VALUE_BYTES: usize = 256 * 1024;

/// Values or keys looked at in one key of Windows' registry: lists of installed programs have some hundreds.
pub const REGISTRY_ENTRIES: u32 = 2048;

/// How long looking for copies of the module on `PATH` and in folders of programs may take.
pub const COPIES_PATIENCE: Duration = Duration::from_secs(2);

/// Folders of `PATH` in which copies of the module are looked for.
pub const PATH_FOLDERS: usize = 128;

/// Entries of folders of programs that are looked at: for copies of the module, for what starts with a session.
pub const PROGRAM_ENTRIES: usize = 4096;

/// Bytes of a version resource.
pub const VERSION_BYTES: u32 = 64 * 1024;

/// How long the event log of Windows may take.
pub const EVENT_PATIENCE: Duration = Duration::from_secs(4);

/// Events counted or read of one kind.
pub const EVENTS: u32 = 512;

/// Bytes of one event, as text.
pub const EVENT_BYTES: usize = 64 * 1024;

/// Certificates looked at in one store of Windows.
pub const STORED_CERTIFICATES: usize = 1024;

/// Devices of one class.
pub const DEVICES: u32 = 256;

/// Running programs looked at.
pub const PROCESSES: usize = 4096;

// The network

/// How long the network is observed in all; every host at once. What has not answered by then timed out.
pub const NETWORK_PATIENCE: Duration = Duration::from_millis(4500);

/// How long after that what has just come in is still taken.
pub const NETWORK_GRACE: Duration = Duration::from_millis(200);

/// How long each step with one host may take: addresses, connection, proxy, handshake, answer.
pub const NETWORK_STEP: Duration = Duration::from_secs(3);

/// How long signing in to one server may take, from its address to the end of the handshake; the card signs meanwhile.
pub const SIGN_IN: Duration = Duration::from_mins(1);

/// How long a server of TLS 1.3 is listened to after the handshake: it says only then what it makes of a certificate.
pub const SIGN_IN_QUIET: Duration = Duration::from_secs(3);

/// Hosts looked at in one run: those of all portals are seven.
pub const NETWORK_HOSTS: usize = 32;

/// Addresses of one family that are tried, one after the other.
pub const DIALLED_ADDRESSES: usize = 3;

/// Bytes read from one connection: a handshake has 3 to 30 kB.
pub const NETWORK_BYTES: usize = 512 * 1024;

/// Bytes of the head of an answer over HTTP. Usual ones have 300 to 2000.
pub const HTTP_HEAD_BYTES: usize = 16 * 1024;

/// Header fields of an answer over HTTP.
pub const HTTP_HEADERS: usize = 64;

/// Characters of one foreign text in the facts of the network.
pub const NETWORK_TEXT: usize = 256;

/// Certificates kept of the chain that a server sends. Usual ones have two to four.
pub const SERVED_CERTIFICATES: usize = 8;

/// Names of accepted authorities kept of what a server asks for. A server for cards names two to ten.
pub const ACCEPTED_AUTHORITIES: usize = 64;

/// Hosts kept that are reached without the proxy: hospitals list a hundred at most.
pub const PROXY_BYPASSES: usize = 256;

/// How long Windows may take to find and run the script that chooses a proxy: it is asked before the network is observed. A
/// script that is there answers in tens of milliseconds; looking for one takes seconds where the network drops the question.
pub const PROXY_SCRIPT_PATIENCE: Duration = Duration::from_secs(5);

/// Bytes of what a desktop says of its proxies. Usual ones have 1 kB.
pub const DESKTOP_SETTINGS_BYTES: usize = 64 * 1024;

/// How long a desktop may take to say it: usual ones take 10 to 30 ms.
pub const DESKTOP_SETTINGS_PATIENCE: Duration = Duration::from_millis(500);

// Case files

/// Bytes of a case file. A workstation with twenty profiles and two cards takes about 150 kB.
pub const CASE_BYTES: usize = 8 * 1024 * 1024;

/// The fewest characters of the word that links case files.
pub const LINK_CHARACTERS: usize = 6;

/// Rounds that make the key of linked case files of a word: about a second, for the user and for each guess.
pub const LINK_ROUNDS: NonZeroU32 = NonZeroU32::new(5_000_000).unwrap();

// Forms

/// Characters of a number that somebody types. The longest has 22, with a separator between any two.
pub const TYPED_NUMBER: usize = 64;

/// Bytes of one typed answer.
pub const TYPED_ANSWER: u64 = 4096;

/// Questions asked again before an order is given up.
pub const TYPED_TRIES: usize = 5;

/// Software solutions of one order that feed the DMP.
pub const SOLUTIONS: u32 = 99;

/// Bytes of a list of cards that is continued: some 40,000 cards.
pub const LIST_BYTES: usize = 16 * 1024 * 1024;

/// Longest wait for the next card of a list: Ctrl-C is heeded after it.
pub const LIST_SLICE: Duration = Duration::from_millis(250);

/// How long the clipboard may take: one that hangs is none.
pub const CLIPBOARD_PATIENCE: Duration = Duration::from_secs(2);

/// How long the lines of a form stay in a clipboard that belongs to the program which filled it (X11).
pub const CLIPBOARD_KEPT: Duration = Duration::from_mins(1);

// The live page

/// Connections to the live page that are served at the same time: a browser opens six at most.
pub const SERVED_CONNECTIONS: usize = 16;

/// Pages that are followed at the same time.
pub const SERVED_STREAMS: usize = 4;

/// Bytes of the head of a request to the live page. Browsers send 500 to 900.
pub const REQUEST_HEAD_BYTES: usize = 8 * 1024;

/// How long a request to the live page, or the taking of a piece of its answer, may last.
pub const REQUEST_PATIENCE: Duration = Duration::from_secs(5);

/// Bytes that are thrown away behind a refused request, so that its answer arrives.
pub const REFUSED_BYTES: u64 = 1024 * 1024;

/// How long they are waited for.
pub const REFUSED_PATIENCE: Duration = Duration::from_millis(500);

/// How often it is looked whether a followed page was closed.
pub const STREAM_SLICE: Duration = Duration::from_millis(250);

/// How often something is written to a followed page to which nothing happens.
pub const STREAM_SILENCE: Duration = Duration::from_secs(15);

/// How long after the last page was closed the program stays: loading a page again takes less.
pub const CLOSED_GRACE: Duration = Duration::from_secs(3);

/// How long the live page waits for somebody to open it.
pub const OPENED_PATIENCE: Duration = Duration::from_mins(10);

/// Longest wait for events in the readers while a live page is followed: what the page asks for is heeded after it.
pub const LIVE_SLICE: Duration = Duration::from_millis(500);

/// How long a card that is being read when the page is closed may still take.
pub const LIVE_END: Duration = Duration::from_secs(5);

/// Bytes of the list of connections in which the one who opens a page is looked for: some 25,000 connections.
pub const CONNECTION_LIST_BYTES: u64 = 4 * 1024 * 1024;
