//! `cpx-check decode`: what a support code says.

use cpx_report::{SupportCode, Texts, decode_json, decode_text};

use super::args::{DecodeArguments, Format};
use super::exit_code::Exit;
use super::{Refusal, Run, output};

pub(super) fn run(arguments: &DecodeArguments, texts: &Texts) -> Run {
    let code: SupportCode = match arguments.code.join(" ").parse() {
        Ok(code) => code,
        Err(reason) => return Err(Refusal::code(cpx_report::NotASupportCode::code(reason), texts)),
    };
    match arguments.format {
        Format::Json => output::json(&decode_json(&code)),
        Format::Text => output::text(&decode_text(&code, texts)),
    };
    Ok(Exit::Ready)
}
