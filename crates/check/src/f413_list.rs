//! The file of `cpx-check f413 --batch`: one line for each card, whole or not at all, on the disk before it is told.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use ring::hmac;
use ring::rand::{SecureRandom as _, SystemRandom};

use cpx_card::internal::identity::Date;
use cpx_card::internal::limits;
use cpx_card::{Error, ErrorKind, Result};
use cpx_report::{LIST_END, LIST_KEY, LIST_RULE};

use super::file::{self, Unwritten, unwritable};

/// What spreadsheets of this country expect between the cells.
const SEPARATOR: u8 = b';';

/// What spreadsheets on Windows need to see UTF-8.
const MARK: &str = "\u{FEFF}";

/// A list that is open for further lines.
pub(super) struct List {
    path: PathBuf,
    file: File,
    /// Bytes of the lines that are whole.
    length: u64,
    lines: u64,
    known: HashMap<String, Known>,
    key: Key,
    /// What was noticed when it was opened.
    pub(super) noticed: Vec<Noticed>,
}

/// Where a card stands in the list, and the rule that answered then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) line: u64,
    pub(super) rule: String,
}

/// What is worth telling of a list that is continued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noticed {
    /// Its last line was incomplete, and was taken out.
    Healed,
    /// It has lines, and their key is gone: their cards will not be recognised.
    KeyMissing,
}

/// Why a list cannot be continued.
#[derive(Debug)]
pub(super) enum Unfit {
    /// The file or its key cannot be read or written.
    File(Error),
    /// It is another file.
    Other,
    /// It cannot be written.
    Unwritten(Unwritten),
    /// Another process is writing to it.
    InUse,
    /// It is longer than a list is read.
    TooLarge,
}

impl From<Unwritten> for Unfit {
    fn from(error: Unwritten) -> Self {
        Self::Unwritten(error)
    }
}

impl From<Error> for Unfit {
    fn from(error: Error) -> Self {
        match error.kind() {
            ErrorKind::FileTooLarge => Self::TooLarge,
            _ => Self::File(error),
        }
    }
}

impl List {
    /// Opens the list at `path`, or begins it with the first of `headers`. A file that begins with one of the others (the
    /// same in another language) is continued as well.
    pub(super) fn open(path: &Path, headers: &[Vec<String>]) -> std::result::Result<Self, Unfit> {
        file::is_writable_place(path)?;
        let exists = path.exists();
        let content = if exists {
            file::read(path, limits::LIST_BYTES).map_err(|e| e.within(path.display()))?
        } else {
            Vec::new()
        };
        let heads: Vec<_> = headers.iter().map(|header| line(header)).collect();
        let lines = Lines::of(&content, &heads).ok_or(Unfit::Other)?;
        let (key, key_is_new) = Key::open(&beside(path))?;
        let mut file =
            file::personal(OpenOptions::new().append(true), path).map_err(|error| unwritable(path, error))?;
        let mut noticed = Vec::new();
        if lines.whole < content.len() {
            let whole = u64::try_from(lines.whole).unwrap_or_default();
            cut(path, whole).map_err(|error| unwritable(path, error))?;
            noticed.push(Noticed::Healed);
        }
        if lines.lacks_end {
            file.write_all(b"\n").map_err(|error| unwritable(path, error))?;
        }
        if lines.count == 0 {
            let mark = if cfg!(windows) { MARK } else { "" };
            let head = [mark.as_bytes(), heads.first().map(Vec::as_slice).unwrap_or_default()].concat();
            file.write_all(&head).map_err(|error| unwritable(path, error))?;
        }
        if key_is_new && !lines.known.is_empty() {
            noticed.push(Noticed::KeyMissing);
        }
        file.sync_all().map_err(|error| unwritable(path, error))?;
        sync_folder(path);
        let length = file.metadata().map_err(|error| unwritable(path, error))?.len();
        Ok(Self { path: path.to_owned(), file, length, lines: lines.count.max(1), known: lines.known, key, noticed })
    }

    /// What stands in for a number of a card: the same in every run with this list, and nothing without its key file.
    pub(super) fn pseudonym(&self, number: &str) -> String {
        self.key.pseudonym(number)
    }

    /// Where this card stands already.
    pub(super) fn known(&self, pseudonym: &str) -> Option<&Known> {
        self.known.get(pseudonym)
    }

    /// Appends a line and gives its number in the file, the head being 1. It is on the disk when this returns.
    ///
    /// # Errors
    /// [`ErrorKind::File`]: nothing of the line remains then.
    pub(super) fn append(&mut self, cells: &[String]) -> Result<u64> {
        let bytes = line(cells);
        let written = self.file.write_all(&bytes).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // what was written of it is no line
            let _ = cut(&self.path, self.length);
            return Err(Error::new(ErrorKind::File, "the line cannot be written").caused_by(error));
        }
        self.length = self.length.saturating_add(u64::try_from(bytes.len()).unwrap_or_default());
        self.lines = self.lines.saturating_add(1);
        if let Some((pseudonym, rule)) = key_and_rule(cells) {
            self.known.insert(pseudonym, Known { line: self.lines, rule });
        }
        Ok(self.lines)
    }
}

/// The lines of a file that are whole.
struct Lines {
    /// The bytes that they take.
    whole: usize,
    /// Whether the last one, though whole, has no line end.
    lacks_end: bool,
    count: u64,
    known: HashMap<String, Known>,
}

impl Lines {
    /// None where the file is no list. A power cut leaves a part of a line, or zeros.
    fn of(content: &[u8], heads: &[Vec<u8>]) -> Option<Self> {
        let mut lines = Self { whole: 0, lacks_end: false, count: 0, known: HashMap::new() };
        let marked = content.strip_prefix(MARK.as_bytes()).unwrap_or(content);
        let mark = content.len().saturating_sub(marked.len());
        let is_head = |bytes: &[u8]| heads.iter().any(|head| same_line(head, bytes));
        // a file that was cut in its very first line
        let begun = without_zeros(marked);
        if heads.iter().any(|head| begun.len() < head.len() && head.starts_with(begun)) {
            return Some(lines);
        }
        for (number, bytes) in marked.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let has_end = bytes.last() == Some(&b'\n');
            if number == 0 && !is_head(bytes) {
                return None;
            }
            let cells = cells(bytes);
            let is_whole = number == 0 || cells.get(LIST_END).is_some_and(|day| day.parse::<Date>().is_ok());
            if !has_end && !is_whole {
                break;
            }
            lines.count = lines.count.saturating_add(1);
            lines.whole = lines.whole.saturating_add(bytes.len());
            lines.lacks_end = !has_end;
            if let Some((pseudonym, rule)) = key_and_rule(&cells).filter(|_| number > 0) {
                lines.known.insert(pseudonym, Known { line: lines.count, rule });
            }
        }
        lines.whole = lines.whole.saturating_add(mark);
        Some(lines)
    }
}

fn without_zeros(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last.saturating_add(1));
    bytes.get(..end).unwrap_or_default()
}

fn same_line(one: &[u8], other: &[u8]) -> bool {
    one.trim_ascii_end() == other.trim_ascii_end()
}

fn key_and_rule(cells: &[String]) -> Option<(String, String)> {
    let key = cells.get(LIST_KEY).filter(|key| !key.is_empty())?;
    Some((key.clone(), cells.get(LIST_RULE).cloned().unwrap_or_default()))
}

fn cells(bytes: &[u8]) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().delimiter(SEPARATOR).has_headers(false).from_reader(bytes);
    let record = reader.records().next().and_then(std::result::Result::ok).unwrap_or_default();
    record.iter().map(str::to_owned).collect()
}

/// One line of the file. Writing to memory does not fail.
fn line(cells: &[String]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(SEPARATOR).from_writer(Vec::new());
    let _ = writer.write_record(cells);
    writer.into_inner().unwrap_or_default()
}

/// What makes pseudonyms of numbers. Numbers of cards are few enough to be tried one by one: without a secret, a hash
/// would tell them. The secret stays beside the list, in a file that is not to be sent.
struct Key {
    hmac: hmac::Key,
    /// Held, so that no second process writes to the same list.
    _locked: File,
}

impl Key {
    const BYTES: usize = 32;
    /// Hexadecimal digits of a pseudonym: 64 bits.
    const SHOWN: usize = 16;

    /// The key in this file and whether it is new.
    fn open(path: &Path) -> std::result::Result<(Self, bool), Unfit> {
        file::is_writable_place(path)?;
        let file = file::personal(OpenOptions::new().read(true).write(true), path);
        let mut file = file.map_err(|error| unwritable(path, error))?;
        // a file system without locks gives another error: then there is none
        if let Err(std::fs::TryLockError::WouldBlock) = file.try_lock() {
            return Err(Unfit::InUse);
        }
        let mut text = String::new();
        let read = (&mut file).take(1024).read_to_string(&mut text);
        let kept = read.ok().and_then(|_| hex::decode(text.trim()).ok()).filter(|bytes| bytes.len() == Self::BYTES);
        let is_new = kept.is_none();
        let bytes = match kept {
            Some(bytes) => bytes,
            None => Self::begin(&mut file).map_err(|error| unwritable(path, error))?,
        };
        Ok((Self { hmac: hmac::Key::new(hmac::HMAC_SHA256, &bytes), _locked: file }, is_new))
    }

    fn begin(file: &mut File) -> std::io::Result<Vec<u8>> {
        let mut bytes = vec![0; Self::BYTES];
        SystemRandom::new().fill(&mut bytes).map_err(|_| std::io::Error::other("no random numbers"))?;
        std::io::Seek::rewind(file)?;
        file.set_len(0)?;
        file.write_all(format!("{}\n", hex::encode(&bytes)).as_bytes())?;
        file.sync_all()?;
        Ok(bytes)
    }

    fn pseudonym(&self, number: &str) -> String {
        let mut text = hex::encode(hmac::sign(&self.hmac, number.as_bytes()));
        text.truncate(Self::SHOWN);
        text
    }
}

/// Where the key of a list is.
pub(super) fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".key");
    name.into()
}

/// Ends a file after so many bytes. Windows does not let a handle that appends do it.
fn cut(path: &Path, length: u64) -> std::io::Result<()> {
    OpenOptions::new().write(true).open(path)?.set_len(length)
}

/// The name of a new file is on the disk when its folder is.
fn sync_folder(path: &Path) {
    #[cfg(unix)]
    {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    #[cfg(not(unix))]
    let _ = path;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Vec<String> {
        (0..=LIST_END).map(|column| format!("column {column}")).collect()
    }

    fn cells(list: &List, number: &str, rule: &str) -> Vec<String> {
        let mut cells = vec!["x; \"y\"".to_owned(); LIST_END + 1];
        cells[LIST_RULE] = rule.to_owned();
        cells[LIST_KEY] = list.pseudonym(number);
        cells[LIST_END] = "2026-11-21".to_owned();
        cells
    }

    /// While another test starts a program, that one has the lock of the list before, for a moment.
    fn open(path: &Path) -> List {
        let mut tries = (0..1000).map(|_| List::open(path, &[header()]));
        let is_free = |opened: &std::result::Result<List, Unfit>| {
            let in_use = matches!(opened, Err(Unfit::InUse));
            std::thread::sleep(std::time::Duration::from_millis(u64::from(in_use)));
            !in_use
        };
        tries.find(is_free).unwrap().unwrap()
    }

    /// A list with three cards, and its bytes.
    fn three(path: &Path) -> Vec<u8> {
        let mut list = open(path);
        for number in ["1", "2", "3"] {
            let cells = cells(&list, number, "A4");
            list.append(&cells).unwrap();
        }
        std::fs::read(path).unwrap()
    }

    #[test]
    fn a_list_goes_on_where_it_ended_and_knows_its_cards() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        three(&path);
        let mut list = open(&path);
        assert!(list.noticed.is_empty());
        let known = list.known(&list.pseudonym("2")).unwrap();
        assert_eq!((known.line, known.rule.as_str()), (3, "A4"));
        assert_eq!(list.known(&list.pseudonym("4")), None);
        let four = cells(&list, "4", "A5");
        assert_eq!(list.append(&four).unwrap(), 5);
        assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 5);
    }

    /// Whatever a power cut leaves of the last line: the whole lines stay, the rest goes, and the list goes on.
    #[test]
    fn a_list_that_was_cut_anywhere_is_healed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        let whole = three(&path);
        for cut in 0..whole.len() {
            for zeros in [0, 7] {
                let left = [&whole[..cut], &vec![0; zeros]].concat();
                std::fs::write(&path, &left).unwrap();
                let list = open(&path);
                let lines =
                    whole[..cut].split_inclusive(|byte| *byte == b'\n').filter(|one| one.ends_with(b"\n")).count();
                let ends_on_a_line = cut == 0 || whole[cut - 1] == b'\n';
                // only its line end is missing
                let lacks_end = whole.get(cut) == Some(&b'\n') && zeros == 0 && lines > 0;
                let expected = lines + usize::from(lacks_end);
                let healed = std::fs::read(&path).unwrap();
                assert_eq!(list.known.len(), expected.saturating_sub(1), "cut at {cut}");
                assert!(healed == whole[..healed.len()] || lines == 0, "cut at {cut}: only whole lines of before");
                assert_eq!(healed.last(), Some(&b'\n'));
                let is_noticed = list.noticed.contains(&Noticed::Healed);
                assert_eq!(is_noticed, (!ends_on_a_line && !lacks_end) || zeros > 0, "cut at {cut}, {zeros} zeros");
                let mut list = list;
                let next = cells(&list, "9", "A4");
                let line = list.append(&next).unwrap();
                assert_eq!(line, u64::try_from(expected.max(1) + 1).unwrap(), "cut at {cut}");
            }
        }
    }

    #[test]
    fn a_marked_list_is_a_list() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        let whole = three(&path);
        std::fs::write(&path, [MARK.as_bytes(), &whole].concat()).unwrap();
        assert_eq!(open(&path).known.len(), 3);
        let crlf = String::from_utf8(whole).unwrap().replace('\n', "\r\n");
        std::fs::write(&path, crlf).unwrap();
        assert_eq!(open(&path).known.len(), 3, "a spreadsheet saved it");
    }

    #[test]
    fn other_files_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        for content in ["a,b\n1,2\n", "hello", "%PDF-1.4", "column 0;column 1\n"] {
            std::fs::write(&path, content).unwrap();
            assert!(matches!(List::open(&path, &[header()]), Err(Unfit::Other)), "{content}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), content);
        }
        assert!(!beside(&path).exists(), "no key for another file");
        assert!(matches!(List::open(folder.path(), &[header()]), Err(Unfit::Unwritten(_))));
        assert!(matches!(List::open(&folder.path().join("absent/list.csv"), &[header()]), Err(Unfit::Unwritten(_))));
    }

    #[test]
    fn pseudonyms_need_the_key_beside_the_list() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        let text = String::from_utf8(three(&path)).unwrap();
        let first = open(&path).pseudonym("2999001363");
        assert!(first.len() == 16 && first == open(&path).pseudonym("2999001363"), "the same in every run");
        assert!(!text.contains(std::fs::read_to_string(beside(&path)).unwrap().trim()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(beside(&path)).unwrap().permissions().mode() & 0o777, 0o600);
        }
        std::fs::remove_file(beside(&path)).unwrap();
        let list = open(&path);
        assert_eq!(list.noticed, [Noticed::KeyMissing]);
        assert_ne!(list.pseudonym("2999001363"), first);
    }

    #[test]
    fn one_process_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        let _first = open(&path);
        assert!(matches!(List::open(&path, &[header()]), Err(Unfit::InUse)));
    }
}
