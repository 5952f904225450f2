//! The header for C is made from the sources of the library for C.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use crate::generated::keep_folder;

/// The files with something for C in them, in the order of the header.
const SOURCES: [&str; 6] = ["status", "boundary", "context", "cards", "checkup", "watch"];

#[test]
fn the_header_is_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let configuration = cbindgen::Config::from_file(folder.join("header.toml")).unwrap();
    let builder = SOURCES.iter().fold(cbindgen::Builder::new().with_config(configuration), |builder, source| {
        builder.with_src(folder.join(source).with_extension("rs"))
    });
    let mut header = Vec::new();
    builder.generate().unwrap().write(&mut header);
    let header = String::from_utf8(header).unwrap();
    keep_folder("crates/ffi/include", &[("cpx_card.h".to_owned(), header)].into());
}
