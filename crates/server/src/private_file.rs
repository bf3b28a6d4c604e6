//! Files that nobody but their owner may read: keys.

use std::{fs, io::Write, path::Path};

/// Writes a new file, readable by its owner only; an existing one is an error.
pub(crate) fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut open = options.open(file)?;
    open.write_all(text.as_bytes())?;
    open.sync_all()
}
