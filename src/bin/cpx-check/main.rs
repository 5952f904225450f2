//! The program `cpx-check`.

#[cfg(target_os = "linux")]
mod pcsclite;

fn main() -> std::process::ExitCode {
    #[cfg(target_os = "linux")]
    let missing = pcsclite::missing();
    #[cfg(not(target_os = "linux"))]
    let missing = None;
    cpx_card::cli::main(missing)
}
