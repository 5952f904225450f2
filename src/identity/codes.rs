//! The code tables of the CPx cards (NOS, DICO-FR.GIP): the French words for the codes on a card.
//!
//! The tables are in `codes.csv` beside this file. They are read when the first label is asked for.

use std::sync::OnceLock;

use super::Date;

const CSV: &str = include_str!("codes.csv");

/// A table, its enum variant named as the table is.
macro_rules! tables {
    ($($(#[$doc:meta])+ $table:ident,)+) => {
        /// A code table, by its published name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Table {
            $($(#[$doc])+ $table,)+
        }

        impl Table {
            /// Every table, in the order of `codes.csv`.
            pub const ALL: &[Self] = &[$(Self::$table,)+];

            /// The published name: `G15`.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$table => stringify!($table),)+
                }
            }
        }
    };
}

tables! {
    /// Languages, two lower case letters (ISO 639-1).
    G00,
    /// Categories of card, two hexadecimal digits: [`Category`](super::Category).
    G01,
    /// Types of card: [`CardType`](super::CardType).
    G02,
    /// Civilities, in full.
    G03,
    /// Levels of responsibility in a structure.
    G04,
    /// Sections of the Order of pharmacists, letters.
    G05,
    /// Civilities, abbreviated.
    G06,
    /// Types of structure identifier, without leading zero: [`StructureId`](super::StructureId).
    G07,
    /// Types of holder identifier, without leading zero: [`HolderId`](super::HolderId).
    G08,
    /// Kinds of speciality.
    G11,
    /// Specialities, the former numbering.
    G12,
    /// Particular practices.
    G13,
    /// Professions.
    G15,
    /// Professions of those in training.
    G16,
    /// Modes of exercise.
    G17,
    /// Attributions: expert, approved physician.
    G18,
    /// Sectors of activity, the former numbering.
    G19,
    /// Diplomas beside the profession.
    G20,
    /// Specialities of the health insurance.
    G100,
    /// Agreements with the health insurance, one digit.
    G101,
    /// Tariff zones.
    G102,
    /// Travel allowances, one digit.
    G103,
    /// Approvals.
    G104,
    /// Specialities and qualifications: `SM26`.
    R01,
    /// Sectors of activity: `SA07`.
    R02,
    /// Attributions, named: `ATTR-01`.
    R03,
    /// Modes of exercise, one letter.
    R23,
    /// Types of card, three letters.
    R87,
}

/// One code of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Entry {
    /// The French label.
    pub label: &'static str,
    /// The last day of the code, when it was ended on a known day. Cards made before still carry it.
    pub end: Option<Date>,
}

/// The entry of a code, ended or not; `None` when the table does not have it. The code is written as in the table:
/// two digits (`10`, `07`) in most, otherwise as said at each [`Table`].
///
/// ```
/// use cpx_card::internal::identity::codes::{Table, entry};
///
/// let orderly = entry(Table::G15, "35").unwrap();
/// assert_eq!(orderly.label, "Aide-soignant");
/// assert_eq!(orderly.end.unwrap().to_string(), "2024-12-13");
/// ```
pub fn entry(table: Table, code: &str) -> Option<Entry> {
    let rows = rows();
    let place = rows.binary_search_by(|row| (row.table, row.code.as_str()).cmp(&(table, code))).ok()?;
    rows.get(place).map(|row| Entry { label: &row.label, end: row.end })
}

/// The French label of a code, ended or not; `None` when the table does not have it.
///
/// ```
/// use cpx_card::internal::identity::codes::{Table, label};
///
/// assert_eq!(label(Table::R02, "SA07"), Some("Cabinet individuel"));
/// assert_eq!(label(Table::R02, "SA99"), None);
/// ```
pub fn label(table: Table, code: &str) -> Option<&'static str> {
    entry(table, code).map(|entry| entry.label)
}

/// The profession (G15) with this number, as `CPS_INFO_PS` tag 82 gives it: 10 is `Médecin`.
pub fn profession_label(code: u8) -> Option<&'static str> {
    if code == super::OTHER_PROFESSION { Some("Autre") } else { decimal(Table::G15, code) }
}

/// The profession in training (G16) with this number, as `CPS_INFO_PS` tag 83 gives it.
pub fn future_profession_label(code: u8) -> Option<&'static str> {
    if code == super::OTHER_PROFESSION { Some("Autre") } else { decimal(Table::G16, code) }
}

/// The civility in full (G03) with this number, as `CPS_NAME_PS` tag 80 gives it: 31 is `Monsieur`.
pub fn civility_label(code: u8) -> Option<&'static str> {
    decimal(Table::G03, code)
}

/// The speciality (R01) with this code, as `CPS_INFO_PS` tag 85 gives it; spaces after it do not count.
pub fn speciality_label(code: &str) -> Option<&'static str> {
    label(Table::R01, code.trim_end_matches(' '))
}

/// The language (G00) with this code of two letters, in either case.
pub fn language_label(code: &str) -> Option<&'static str> {
    label(Table::G00, &code.to_ascii_lowercase())
}

/// The cards hold the number in binary; the tables write it with two digits.
fn decimal(table: Table, code: u8) -> Option<&'static str> {
    label(table, &format!("{code:02}"))
}

struct Row {
    table: Table,
    code: String,
    label: String,
    end: Option<Date>,
}

/// The rows of every table, ordered by table and code.
fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let mut reader = csv::Reader::from_reader(CSV.as_bytes());
        // The file is part of the program: a test holds that no row is lost here.
        let mut rows: Vec<Row> = reader.records().filter_map(|record| row(&record.ok()?)).collect();
        rows.sort_unstable_by(|one, other| (one.table, &one.code).cmp(&(other.table, &other.code)));
        rows
    })
}

/// The row in a record of `table,oid,code,label_fr,source,note`.
fn row(record: &csv::StringRecord) -> Option<Row> {
    let table = Table::ALL.iter().copied().find(|table| Some(table.code()) == record.get(0))?;
    let (code, label) = (record.get(2)?.to_owned(), record.get(3)?.to_owned());
    Some(Row { table, code, label, end: end(record.get(5)?) })
}

/// The day that a note gives for the end of a code: `fin de validité 2024-12-13`, alone or before a semicolon, or
/// `deprecated 2020-05-29`.
fn end(note: &str) -> Option<Date> {
    let day = ["fin de validité ", "deprecated "].iter().find_map(|words| note.strip_prefix(words))?;
    day.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_of_the_file_is_found() {
        let mut reader = csv::Reader::from_reader(CSV.as_bytes());
        let mut seen = BTreeSet::new();
        for record in reader.records().map(Result::unwrap) {
            let table = *Table::ALL.iter().find(|table| table.code() == &record[0]).unwrap();
            assert_eq!(label(table, &record[2]), Some(&record[3]), "{} {}", &record[0], &record[2]);
            assert!(seen.insert((table, record[2].to_owned())), "{record:?} stands twice");
        }
        assert_eq!(seen.len(), rows().len());
        assert_eq!(seen.len(), 1037);
        assert!(Table::ALL.iter().all(|table| seen.iter().any(|(found, _)| found == table)));
    }

    #[test]
    fn every_dated_note_gives_its_day() {
        let dated = CSV.lines().filter(|line| line.contains("fin de validité") || line.contains("deprecated 2020-"));
        assert_eq!(rows().iter().filter(|row| row.end.is_some()).count(), dated.count());
    }

    #[test]
    fn ended_codes_keep_their_label_and_say_when() {
        let psychologist = entry(Table::G15, "93").unwrap();
        assert_eq!((psychologist.label, psychologist.end), ("Psychologue", Date::new(2021, 12, 17)));
        assert_eq!(entry(Table::G08, "2").unwrap().end, Date::new(2020, 5, 29));
        assert_eq!(entry(Table::G15, "10").unwrap().end, None);
        assert_eq!(entry(Table::G08, "9").unwrap().end, None);
    }

    #[test]
    fn the_bytes_of_a_card_find_their_words() {
        assert_eq!(profession_label(0x0A), Some("Médecin"));
        assert_eq!(future_profession_label(0x0A), Some("Médecin en formation"));
        assert_eq!([0x1F, 0x16, 0x17].map(civility_label), [Some("Monsieur"), Some("Madame"), Some("Mademoiselle")]);
        assert_eq!(speciality_label("C05 "), Some("Médecine appliquée aux sports (C)"));
        assert_eq!(language_label("FR"), Some("français"));
        assert_eq!(label(Table::G17, "00"), Some("Libéral, indépendant, artisan, commerçant"));
    }

    #[test]
    fn other_codes_have_no_words() {
        assert_eq!((profession_label(0), profession_label(255), civility_label(1)), (None, None, None));
        assert_eq!((label(Table::G15, ""), label(Table::G01, "0"), speciality_label("SM26SM54")), (None, None, None));
    }
}
