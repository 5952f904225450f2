//! The program `cpx-check`.

fn main() {}
