//! The binary `lunpai`.

fn main() {}
