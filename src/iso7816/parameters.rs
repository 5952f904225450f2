//! File control parameters: what SELECT says of a file.

use super::{Tag, single};

/// The bytes that a file holds, from its control parameters `62 { 80 size }` (ISO 7816-4 section 7.4.3, table 10);
/// nothing when they do not say, or say it in more than four bytes.
///
/// ```
/// use cpx_card::internal::iso7816::file_size;
/// assert_eq!(file_size(&[0x62, 0x04, 0x80, 0x02, 0x00, 0x0C]), Some(12));
/// assert_eq!(file_size(&[0x62, 0x03, 0x82, 0x01, 0x01]), None);
/// ```
pub fn file_size(parameters: &[u8]) -> Option<u32> {
    const PARAMETERS: Tag = Tag::new(0x62);
    const BYTES: Tag = Tag::new(0x80);
    let outer = single(parameters).ok().filter(|outer| outer.tag == PARAMETERS)?;
    let size = outer.child(BYTES).ok().flatten()?.value;
    let is_a_number = (1..=4).contains(&size.len());
    is_a_number.then(|| size.iter().fold(0, |number, byte| (number << 8) | u32::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_is_what_the_parameters_say() {
        let of = |hex: &str| file_size(&hex::decode(hex.replace(' ', "")).unwrap());
        // EF.SN.ICC of a real CPS3
        assert_eq!(of("62258002000C8201018302D0038801E0A1128C077BFFFFFFFFFF009C077BFFFFFFFFFF008A0105"), Some(12));
        assert_eq!(of("62 04 8002 0000"), Some(0));
        assert_eq!(of("62 03 8001 07"), Some(7));
        assert_eq!(of("62 06 8004 01020304"), Some(0x0102_0304));
        assert_eq!(of("62 07 8005 0000000000"), None, "no file is as long");
        assert_eq!(of("62 02 8000"), None, "no number is not zero");
        assert_eq!(of("6F 04 8002 0000"), None);
        assert_eq!(of("62 04 8002 00"), None);
        assert_eq!(of(""), None);
    }
}
