//! Packed decimal digits, two in a byte.

/// The decimal digits of `bytes`, high half first, or nothing when a half is not a digit. A last half of `F` is filler.
///
/// ```
/// assert_eq!(cpx_card::internal::iso7816::digits(&[0x00, 0x22, 0x8F]).as_deref(), Some("00228"));
/// assert_eq!(cpx_card::internal::iso7816::digits(&[0xA0]), None);
/// ```
pub fn digits(bytes: &[u8]) -> Option<String> {
    let (last, head) = bytes.split_last()?;
    let mut text = String::with_capacity(bytes.len().saturating_mul(2));
    let mut push = |half: u8| {
        let digit = char::from_digit(u32::from(half), 10)?;
        text.push(digit);
        Some(())
    };
    for byte in head {
        push(byte >> 4)?;
        push(byte & 0x0F)?;
    }
    push(last >> 4)?;
    if last & 0x0F != 0x0F {
        push(last & 0x0F)?;
    }
    Some(text)
}
