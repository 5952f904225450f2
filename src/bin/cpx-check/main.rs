//! The program `cpx-check`.

#[cfg(target_os = "linux")]
mod pcsclite;

fn main() -> std::process::ExitCode {
    if let Some(asked) = cpx_card::token::serve_if_asked() {
        return asked;
    }
    if let Some(asked) = cpx_card::workstation::network::serve_if_asked() {
        return asked;
    }
    #[cfg(target_os = "linux")]
    let missing = pcsclite::missing();
    #[cfg(not(target_os = "linux"))]
    let missing = None;
    cpx_card::cli::main(missing)
}
