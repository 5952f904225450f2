//! What the answer of `WinVerifyTrust` means.

use crate::workstation::facts::SignatureState;

/// The state that a code of `WinVerifyTrust` stands for; `expired`: the signer's certificate has expired since.
///
/// A root that this machine does not know proves nothing against a file: Windows fetches roots when it needs them.
pub(super) fn state(code: u32, expired: bool) -> SignatureState {
    match code {
        0 if expired => SignatureState::SignerExpired,
        0 => SignatureState::Valid,
        // no signature; no provider for this kind of file; a kind of file that is not known
        0x800B_0100 | 0x800B_0001 | 0x800B_0003 => SignatureState::Absent,
        // digest; subject not trusted; explicitly distrusted; revoked; signature or message that does not fit
        0x8009_6010 | 0x800B_0004 | 0x800B_0111 | 0x800B_010C | 0x8009_6004 | 0x8009_200D => SignatureState::Bad,
        _ => SignatureState::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_states() {
        assert_eq!([state(0, false), state(0, true)], [SignatureState::Valid, SignatureState::SignerExpired]);
        assert_eq!(
            [state(0x800B_0100, true), state(0x8009_6010, false)],
            [SignatureState::Absent, SignatureState::Bad]
        );
        let unknown_root = 0x800B_0109;
        assert_eq!(state(unknown_root, false), SignatureState::Unknown);
    }
}
