//! The exchanges of domain/card-protocol.md, answered by virtual cards.

use super::*;

fn card(name: &str) -> VirtualCard {
    VirtualCard::new(Personality::embedded(name).unwrap()).unwrap()
}

/// What the card answers, in hexadecimal.
fn say(card: &mut VirtualCard, command: &str) -> String {
    hex::encode_upper(card.answer(&hex::decode(command.replace(' ', "")).unwrap()))
}

fn talk(card: &mut VirtualCard, dialogue: &[(&str, &str)]) {
    for (command, expected) in dialogue {
        assert_eq!(say(card, command), expected.replace(' ', ""), "{command}");
    }
}

/// The content of a file, read in pieces of E7.
fn read(card: &mut VirtualCard, select: &str, class: &str) -> Vec<u8> {
    assert_eq!(say(card, select), "9000", "{select}");
    let mut content = vec![];
    loop {
        let answer = hex::decode(say(card, &format!("{class}B0{:04X}E7", content.len()))).unwrap();
        let (piece, status) = answer.split_at(answer.len() - 2);
        content.extend(piece);
        if status != [0x90, 0x00] || piece.len() < 0xE7 {
            return content;
        }
    }
}

#[test]
fn a_cps3_is_read_like_this() {
    let mut card = card("cps-medecin");
    assert_eq!(card.protocol(), Protocol::T0);
    talk(
        &mut card,
        &[
            ("00B09C000C", "5A0A8025000001220000118F9000"),
            ("00A4090C 04 3F00D003", "9000"),
            ("00B000000C", "5A0A8025000001220000118F9000"),
            ("00A4090C 06 3F0000015031", "9000"),
            (
                "00B00000E7",
                "A00A300804063F0000017002 A40A300804063F0000017004 A70A300804063F0000017005 \
                 A80A300804063F0000017001 9000",
            ),
            ("00A4090C 02 3F00", "9000"),
            ("00B09C000C", "5A0A8025000001220000118F9000"),
            ("00CB3FFF 0A 4D087006BF810102A080", "6118"),
            ("00C0000018", "7016BF810112A0109A01039B0103A1088C06F3000013FF00 9000"),
            ("00A4090C 04 3F00D010", "6A82"),
            ("00A40904 04 3F00D003", "6127"),
            ("00C0000027", "62258002000C8201018302D0038801E0A1128C077BFFFFFFFFFF009C077BFFFFFFFFFF008A0105 9000"),
        ],
    );
    let dodf = read(&mut card, "00A4090C063F0000017005", "00");
    assert!(dodf.starts_with(&hex::decode("302530100C0B4350535F49445F4341524403010030050C03435053").unwrap()));
    let id = read(&mut card, "00A4090C063F000001D101", "00");
    assert_eq!(
        hex::encode_upper(id),
        "E31E800680250000010F8105002200001182010083042025090184".to_owned() + "0420280901"
    );
    assert!(read(&mut card, "00A4090C063F000001A010", "00").starts_with(&[0x30, 0x82]));
    assert_eq!(read(&mut card, "00A4090C043F002F01", "00").len(), 57);
    assert_eq!(read(&mut card, "00A4090C043F002F00", "00").len(), 101);
}

#[test]
fn applications_are_selected_by_name() {
    let mut card = card("cps-medecin");
    talk(
        &mut card,
        &[
            ("00A4040C 0D E828BD080F8025000001FF0010", "9000"),
            ("00A4090C 02 5031", "9000"),
            ("00A4040C 08 8025000001FF0100", "9000"),
            ("00B09C000C", "5A0A8025000001220000118F9000"),
            ("00A4020C 02 D003", "9000"),
            ("00A4030C", "9000"),
            ("00A4010C 02 0001", "9000"),
            ("00A4020C 02 5031", "9000"),
            ("00A4020C 02 3F00", "9000"),
            ("00A4040C 07 A0000001510000", "6A82"),
            ("00A4040C 0D E828BD080F8025000001FF0020", "9000"),
            ("00A4020C 02 5031", "9000"),
            ("00A4020C 02 7002", "6A82"),
        ],
    );
    assert_eq!(say(&mut card, "00A40404 0D E828BD080F8025000001FF0010"), "612F");
    assert!(say(&mut card, "00C000002F").starts_with("622D82013883020001840D"));
}

#[test]
fn a_cps4_is_read_like_this() {
    let mut card = card("cps-medecin-cps4");
    assert_eq!(card.protocol(), Protocol::T1);
    talk(
        &mut card,
        &[
            ("01A4080C 02 D003", "6E00"),
            ("01A4040C 08 8025000001FF0100", "9000"),
            ("01A4080C 02 D003", "9000"),
            ("01A4090C 02 D003", "9000"),
            ("01A4090C 04 3F00D003", "9000"),
            ("01A4080C 04 3F00D003", "6A82"),
            ("01A4080C 04 00015031", "9000"),
            ("01200001", "63C3"),
            ("00A4080C 02 D003", "6A82"),
            ("01A4000C 02 3F00", "9000"),
            (
                "01A40804 02 D003 00",
                "62258002000C8201018302D0038801E0A1128C077BFFFFFFFFFF009C077BFFFFFFFFFF008A0105 9000",
            ),
            ("01A40800 02 D003 00", "6F0E8002000C8201018302D0038A0105 9000"),
            ("01A40804 02 D003 02", "6225 6125"),
            ("01C0000025", "8002000C8201018302D0038801E0A1128C077BFFFFFFFFFF009C077BFFFFFFFFFF008A0105 9000"),
            ("01CB3FFF 0A 4D087006BF810102A080", "6D00"),
            ("01880000 01 00 00", "6D00"),
            ("02A4000C 02 3F00", "6E00"),
        ],
    );
    assert!(read(&mut card, "01A4080C040001D101", "01").starts_with(&[0xE3, 0x1E]));
}

#[test]
fn chipdoc_serves_one_channel_at_a_time() {
    let mut card = card("cps-medecin-cps4");
    talk(
        &mut card,
        &[
            ("00A4040C 08 8025000001FF0100", "9000"),
            ("01A4040C 08 8025000001FF0100", "6985"),
            // What the middleware does then.
            ("01A4040C 07 A0000001510000", "9000"),
            ("00A4040C 08 8025000001FF0002", "9000"),
            ("01A4040C 08 8025000001FF0100", "9000"),
            ("00A4040C 08 8025000001FF0100", "6985"),
        ],
    );
    card.reset();
    talk(&mut card, &[("01200001", "6E00"), ("00A4080C 02 D003", "6A82")]);
}

#[test]
fn a_contactless_card_is_read_like_this() {
    let mut card = card("cps-medecin-contactless");
    assert_eq!(card.protocol(), Protocol::T1);
    talk(
        &mut card,
        &[
            ("00A4040C 0D E828BD080F8025000001FF0020", "9000"),
            ("00A4090C 04 3F002F00", "9000"),
            ("00A4090C 06 3F0000017001", "9000"),
            ("00B00000E7", "6982"),
            ("00A4090C 06 3F0000027001", "6A82"),
            ("00200001", "6A88"),
            ("00CB3FFF 0A 4D087006BF810102A080 00", "6D00"),
        ],
    );
    let key = read(&mut card, "00A4090C063F0000027002", "00");
    assert!(key.windows(17).any(|part| part == b"CPS_PRIV_TECH_AUT"));
    let certificate = read(&mut card, "00A4090C063F0000027004", "00");
    assert!(certificate.windows(24).any(|part| part == b"Certificat Technique CPS"));
    assert!(read(&mut card, "00A4090C063F000002D104", "00").starts_with(&[0xED]));
}

#[test]
fn the_code_opens_the_situations_and_closes_with_a_reset() {
    let mut card = card("cps-medecin");
    talk(
        &mut card,
        &[
            ("00A4090C 06 3F000001D120", "9000"),
            ("00B00000E7", "6982"),
            ("0020000100", "63C3"),
            ("00200001 04 31323335", "63C2"),
            ("00200001 08 31323334FFFFFFFF", "9000"),
            ("00200001", "9000"),
        ],
    );
    assert!(say(&mut card, "00B00000E7").starts_with("EE33800100830101"));
    assert!(read(&mut card, "00A4090C063F000001D110", "00").starts_with(&[0xE0, 0x19, 0xA0]));
    card.reset();
    talk(&mut card, &[("00A4090C 06 3F000001D120", "9000"), ("00B00000E7", "6982"), ("00200001", "63C3")]);
}

#[test]
fn tries_count_down_block_and_are_given_back() {
    for (name, class) in [("cps-medecin", "00"), ("cps-medecin-cps4", "01")] {
        let mut card = card(name);
        say(&mut card, &format!("{class}A4040C088025000001FF0100"));
        let mut say = |command: &str| say(&mut card, &format!("{class}{command}"));
        assert_eq!(
            ["2000010430303030", "2000010430303030", "2000010430303030", "2000010431323334", "200001"].map(&mut say),
            ["63C2", "63C1", "63C0", "6983", "6983"],
            "{name}"
        );
        assert_eq!(
            ["2C02010435353535", "200002083132333435363738", "2C02010435353535", "2000010435353535"].map(&mut say),
            ["6982", "9000", "9000", "9000"],
            "{name}"
        );
        assert_eq!(card.tries_left(), Some(3));
    }
    assert_eq!(say(&mut card("cps-bloquee"), "00200001"), "6983");
    assert_eq!(say(&mut card("cps-dernier-essai"), "00200001"), "63C1");
}

#[test]
fn a_read_that_asks_for_too_much_is_answered_in_three_ways() {
    let all = "5A0A8025000001220000118F";
    for (short_read, too_much, beyond) in [
        (ShortRead::Plain, format!("{all}9000"), "6B00"),
        (ShortRead::Warning6282, format!("{all}6282"), "6B00"),
        (ShortRead::WrongLength6C, "6C0C".to_owned(), "6B00"),
    ] {
        let mut card = card("cps-medecin").with_manners(Manners::with_short_read(short_read));
        talk(
            &mut card,
            &[
                ("00A4090C 04 3F00D003", "9000"),
                ("00B00000E7", &too_much),
                ("00B000000C", &format!("{all}9000")),
                ("00B0000000", &too_much),
                ("00B0000A02", "118F9000"),
                ("00B0000C01", beyond),
                ("00B07FFF01", beyond),
            ],
        );
    }
}

#[test]
fn what_it_does_not_know_is_refused() {
    let mut cps3 = card("cps-medecin");
    talk(
        &mut cps3,
        &[
            ("00B0000001", "6986"),
            ("00D6000001FF", "6D00"),
            ("00700000", "6D00"),
            ("01A4000C023F00", "6E00"),
            ("A0A40000023F00", "6E00"),
            ("00C0000010", "6985"),
            ("00B0", "6700"),
            ("00A4090C033F0000", "6A80"),
            ("00A4050C023F00", "6A86"),
            ("00A4090102 3F00", "6A86"),
            ("00B0E00001", "6A86"),
            ("00B09A0001", "6A82"),
            ("00A4090C043F009999", "6A82"),
        ],
    );
    let mut vitale = card("vitale");
    talk(&mut vitale, &[("00A4090C023F00", "6A82"), ("00B0000001", "6D00"), ("BCB0000001", "6E00")]);
    let mut old = card("cps2ter");
    talk(&mut old, &[("00A4040C0DE828BD080F8025000001FF0010", "6A82"), ("00A4090C043F00D003", "6A82")]);
}

#[test]
fn exchanges_and_bytes_are_counted() {
    let mut card = card("cps-medecin").with_log();
    talk(&mut card, &[("00B09C000C", "5A0A8025000001220000118F9000"), ("00", "6700")]);
    assert_eq!((card.exchanges(), card.bytes()), (2, 5 + 14 + 1 + 2));
    assert_eq!(card.log(), [vec![0x00, 0xB0, 0x9C, 0x00, 0x0C], vec![0x00]]);
}

#[test]
fn no_bytes_make_it_fall() {
    let mut cards: Vec<_> = crate::embedded_names().map(card).collect();
    for seed in 0_u32..20_000 {
        let noise = super::super::hash::Hash::Sha1.digest(&seed.to_be_bytes());
        let mut command = noise[..usize::from(noise[0] % 20)].to_vec();
        // Often a header that leads somewhere, so that the parameters and data are what is random.
        if let [class, instruction, ..] = command.as_mut_slice() {
            *class &= 0x11;
            *instruction = [0xA4, 0xB0, 0xCB, 0x20, 0x22, 0x2A, 0xC0, 0x24][usize::from(noise[19] % 8)];
        }
        let index = seed as usize % cards.len();
        let answer = cards[index].answer(&command);
        assert!((2..=258).contains(&answer.len()), "{command:02X?}");
    }
}
