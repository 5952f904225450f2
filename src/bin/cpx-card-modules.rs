//! The process in which an application's PKCS#11 modules are asked: foreign code that may crash or hang, away from the
//! application. The library starts it; by itself it does nothing.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(feature = "online")]
    if let Some(asked) = cpx_card::internal::workstation::network::serve_if_asked() {
        return asked;
    }
    cpx_card::internal::token::serve_if_asked().unwrap_or(ExitCode::FAILURE)
}
