//! The data objects of a card: `CPS_ID_CARD`, `CPS_NAME_PS` and the others, byte for byte as cards are read.
//!
//! Tags: those that CPS-Gestion shows (domain/card-protocol.md section 5). What it does not show is our assumption:
//! tag 80 of `CPS_ID_CARD`, tags 81 to 83 of `CPS_NAME_PS`, the whole of `CPS_LANG_PS`.

use super::personality::{Activity, Card, Holder};
use super::tlv::{encode, leaf, list, node};
use cpx_card::Result;

/// What stands before serial numbers: industry 80, country 250, issuer 00001.
pub(super) const ISSUER: [u8; 5] = [0x80, 0x25, 0x00, 0x00, 0x01];

/// EF.SN.ICC: twelve bytes with eight digits of serial number and their check digit.
pub(super) fn serial_number(serial: &[u8]) -> Result<Vec<u8>> {
    let digits = [&ISSUER[..], serial].concat();
    let value = [&digits[..], &[(luhn(&digits) << 4) | 0x0F]].concat();
    Ok(encode(&leaf(0x5A, &value)?))
}

/// `CPS_ID_CARD`.
pub(super) fn id_card(card: &Card) -> Result<Vec<u8>> {
    let issuer = [&ISSUER[..], &[0x0F]].concat();
    Ok(encode(&node(
        0xE3,
        [
            leaf(0x80, &issuer)?,
            leaf(0x81, &card.number)?,
            leaf(0x82, &[card.category])?,
            leaf(0x83, &card.valid_from)?,
            leaf(0x84, &card.valid_until)?,
        ],
    )?))
}

/// `CPS_NAME_PS`.
pub(super) fn name(holder: &Holder) -> Result<Vec<u8>> {
    let text = |value: &Option<Vec<u8>>| value.clone().unwrap_or_default();
    let mut given_names = holder.given_names.clone();
    given_names.resize(3, vec![]);
    let given_names = given_names.into_iter().flat_map(|name| [name, vec![0xFF]].concat()).collect::<Vec<u8>>();
    let mut children = vec![];
    if let Some(civility) = holder.civility {
        children.push(leaf(0x80, &[civility])?);
    }
    children.push(leaf(0x81, &text(&holder.surname))?);
    children.push(leaf(0x82, &[])?);
    children.push(leaf(0x83, &given_names)?);
    children.push(leaf(0x84, &text(&holder.given_name))?);
    Ok(encode(&list(0xE4, children)?))
}

/// `CPS_LANG_PS`.
pub(super) fn languages(holder: &Holder) -> Result<Vec<u8>> {
    Ok(encode(&node(0xE5, [leaf(0x80, &holder.languages.join(&b' '))?])?))
}

/// `CPS_INFO_PS`; `kind` is the card type.
pub(super) fn professional(kind: u8, holder: &Holder) -> Result<Vec<u8>> {
    let mut children = vec![leaf(0x80, &[kind, 0x00])?];
    let coded = |value: Option<u8>| value.map(|code| vec![code]);
    let specialities = (!holder.specialities.is_empty()).then(|| holder.specialities.concat());
    for (tag, value) in [
        (0x81, holder.id.clone()),
        (0x82, coded(holder.profession)),
        (0x83, coded(holder.future_profession)),
        (0x84, holder.surname.clone()),
        (0x85, specialities),
    ] {
        if let Some(value) = value {
            children.push(leaf(tag, &value)?);
        }
    }
    Ok(encode(&list(0xED, children)?))
}

/// `CPS_ACTIVITY_nn_PS`; `billing` is the number of the billing template that belongs to it.
pub(super) fn activity(activity: &Activity, billing: Option<u8>) -> Result<Vec<u8>> {
    let mut children = vec![leaf(0x80, &[activity.mode])?];
    if let Some(number) = billing {
        children.push(leaf(0x83, &[number])?);
    }
    children.push(leaf(0x84, &activity.name)?);
    children.push(leaf(0x85, &activity.structure)?);
    children.push(leaf(0x86, &activity.sector)?);
    Ok(encode(&list(0xEE, children)?))
}

/// `CPS_SIT_FACT`: `count` billing templates, numbered from 1.
pub(super) fn billing(count: u8) -> Result<Vec<u8>> {
    let template = |number: u8| {
        node(
            0xA0,
            [
                leaf(0x80, &[number])?,
                leaf(0x81, &[0x99, 0x11, 0x22, 0x33, 0x45])?,
                leaf(0x82, &[0x01, 0x11, 0x00])?,
                leaf(0x83, &[0x00, 0x00, 0x00])?,
                leaf(0x84, &[0x01])?,
            ],
        )
    };
    Ok(encode(&list(0xE0, (1..=count).map(template).collect::<Result<_>>()?)?))
}

/// The check digit of packed digits (ISO/IEC 7812-1 annex B).
fn luhn(packed: &[u8]) -> u8 {
    let digits = packed.iter().flat_map(|byte| [byte >> 4, byte & 0x0F]);
    let sum = digits.rev().enumerate().fold(0_u32, |sum, (place, digit)| {
        let weighed = if place % 2 == 0 { u32::from(digit) << 1 } else { u32::from(digit) };
        let cross_sum = if weighed > 9 { weighed.wrapping_sub(9) } else { weighed };
        sum.wrapping_add(cross_sum)
    });
    u8::try_from((10_u32.wrapping_sub(sum % 10)) % 10).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unhex(text: &str) -> Vec<u8> {
        hex::decode(text.replace(' ', "")).unwrap()
    }

    fn holder(id: &str, surname: &str) -> Holder {
        Holder {
            id: Some(id.into()),
            civility: Some(31),
            surname: Some(surname.into()),
            given_name: Some("KIT".into()),
            given_names: vec!["KIT".into()],
            profession: None,
            future_profession: None,
            specialities: vec![],
            languages: vec!["fr".into()],
        }
    }

    #[test]
    fn serial_numbers_of_a_real_card_and_of_a_virtual_one() {
        assert_eq!(serial_number(&unhex("99213845")).unwrap(), unhex("5A 0A 80 25 00 00 01 99 21 38 45 0F"));
        assert_eq!(serial_number(&unhex("22000011")).unwrap(), unhex("5A 0A 80 25 00 00 01 22 00 00 11 8F"));
    }

    #[test]
    fn objects_are_those_of_the_protocol() {
        let card = Card {
            number: unhex("0022000011"),
            category: 0x80,
            kind: 0,
            valid_from: unhex("20240115"),
            valid_until: unhex("20270115"),
        };
        let expected = "E31E 8006 80250000010F 8105 0022000011 8201 80 8304 20240115 8404 20270115";
        assert_eq!(id_card(&card).unwrap(), unhex(expected));

        let mut doctor = holder("899700366240", "DOC0036624");
        let expected = "E41E 80011F 810A 444F4330303336363234 8200 8306 4B4954FFFFFF 8403 4B4954";
        assert_eq!(name(&doctor).unwrap(), unhex(expected));
        doctor.profession = Some(10);
        doctor.specialities = vec!["SM26".into()];
        let expected = "ED27 8002 0000 810C 383939373030333636323430 82010A 840A 444F4330303336363234 8504 534D3236";
        assert_eq!(professional(0, &doctor).unwrap(), unhex(expected));
        assert_eq!(languages(&doctor).unwrap(), unhex("E504 8002 6672"));

        let mut student = holder("90123456789A", "ETU0000031");
        student.future_profession = Some(10);
        let expected = "ED21 8002 0100 810C 393031323334353637383941 83010A 840A 45545530303030303331";
        assert_eq!(professional(1, &student).unwrap(), unhex(expected));

        let employee = holder("3990000001/0000000042", "EMP0000051");
        let mut expected = unhex("ED27 8002 0200 8115");
        expected.extend(b"3990000001/0000000042\x84\x0AEMP0000051");
        assert_eq!(professional(2, &employee).unwrap(), expected);
    }

    #[test]
    fn situations_are_those_of_the_protocol() {
        let practice = Activity {
            mode: 0,
            name: "CABINET M DOC0036624".into(),
            structure: "499700366240007".into(),
            sector: "SA07".into(),
        };
        let mut expected = unhex("EE33 800100 830101 8414");
        expected.extend(b"CABINET M DOC0036624\x85\x0F499700366240007\x86\x04SA07");
        assert_eq!(activity(&practice, Some(1)).unwrap(), expected);
        let hospital = Activity {
            mode: 1,
            name: "HOPITAL GENERIQUE".into(),
            structure: "10B0307377".into(),
            sector: "SA01".into(),
        };
        let mut expected = unhex("EE28 800101 8411");
        expected.extend(b"HOPITAL GENERIQUE\x85\x0A10B0307377\x86\x04SA01");
        assert_eq!(activity(&hospital, None).unwrap(), expected);
        let expected = "E019 A017 800101 8105 9911223345 8203 011100 8303 000000 840101";
        assert_eq!(billing(1).unwrap(), unhex(expected));
    }
}
