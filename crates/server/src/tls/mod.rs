//! TLS for the telephones and tablets of the floor: without it a browser gives neither microphone
//! nor an installed page.

mod address;
mod certificate;

pub use address::{code, local_addresses, url};
pub use certificate::{Material, Unusable, made};
