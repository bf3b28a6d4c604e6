//! Builds the crate again when a migration is added: the macro that reads them cannot say so itself.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
