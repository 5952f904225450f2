//! Status words: the last two bytes of every answer.

use std::fmt;

/// The two status bytes SW1 SW2 of an answer (ISO 7816-4 section 5.6).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Status(u16);

impl Status {
    /// `90 00`.
    pub const OK: Self = Self(0x9000);

    /// The status with these two bytes.
    pub const fn new(sw1: u8, sw2: u8) -> Self {
        Self(u16::from_be_bytes([sw1, sw2]))
    }

    /// SW1 and SW2.
    pub const fn bytes(self) -> [u8; 2] {
        self.0.to_be_bytes()
    }

    /// `90 00`: done.
    pub const fn is_ok(self) -> bool {
        self.0 == Self::OK.0
    }

    /// `62 82`: fewer bytes than asked, because the file ends here. What came is good.
    pub const fn is_end_of_file(self) -> bool {
        self.0 == 0x6282
    }

    /// `61 xx`: this many bytes (0 stands for 256) wait for GET RESPONSE.
    pub const fn bytes_waiting(self) -> Option<u8> {
        match self.bytes() {
            [0x61, length] => Some(length),
            _ => None,
        }
    }

    /// `6C xx`: the same command is to be sent again with this Le (0 stands for 256).
    pub const fn right_length(self) -> Option<u8> {
        match self.bytes() {
            [0x6C, length] => Some(length),
            _ => None,
        }
    }

    /// `63 Cx`: x tries are left (ISO 7816-4 section 7.5.6).
    pub const fn tries_left(self) -> Option<u8> {
        match self.bytes() {
            [0x63, sw2] if sw2 & 0xF0 == 0xC0 => Some(sw2 & 0x0F),
            _ => None,
        }
    }

    /// `69 83` or `69 84`: the code is blocked, or its reference data cannot be used any more.
    pub const fn is_blocked(self) -> bool {
        matches!(self.0, 0x6983 | 0x6984)
    }

    /// `6A 82`, `6A 83` or `6A 88`: what was asked for is not there.
    pub const fn is_not_found(self) -> bool {
        matches!(self.0, 0x6A82 | 0x6A83 | 0x6A88)
    }

    /// `6B 00`: the offset lies behind the end of the file.
    pub const fn is_wrong_offset(self) -> bool {
        self.0 == 0x6B00
    }
}

impl fmt::Debug for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Status({self})")
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04X}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_says_what_to_do_next() {
        assert_eq!(Status::new(0x61, 0x14).bytes_waiting(), Some(0x14));
        assert_eq!(Status::new(0x6C, 0x00).right_length(), Some(0));
        assert_eq!(Status::new(0x63, 0xC2).tries_left(), Some(2));
        assert_eq!(Status::new(0x63, 0x82).tries_left(), None);
        assert!(Status::new(0x69, 0x83).is_blocked());
        assert!(Status::OK.is_ok() && !Status::new(0x62, 0x82).is_ok());
        assert_eq!(Status::new(0x6A, 0x82).to_string(), "6A82");
        assert_eq!(format!("{:?}", Status::OK), "Status(9000)");
    }

    /// What a status means for a file, of every status that there is.
    #[test]
    fn each_status_has_its_own_meaning() {
        let all = || (0..=u16::MAX).map(u16::to_be_bytes).map(|[sw1, sw2]| Status::new(sw1, sw2));
        let those =
            |is: fn(Status) -> bool| all().filter(|status| is(*status)).map(|s| s.to_string()).collect::<Vec<_>>();
        assert_eq!(those(Status::is_ok), ["9000"]);
        assert_eq!(those(Status::is_end_of_file), ["6282"]);
        assert_eq!(those(Status::is_blocked), ["6983", "6984"]);
        assert_eq!(those(Status::is_not_found), ["6A82", "6A83", "6A88"]);
        assert_eq!(those(Status::is_wrong_offset), ["6B00"]);
    }
}
