//! What the command line prints: lines for people, JSON for programs.

use std::io::Write;

use serde::Serialize;

use super::Failed;

/// Prints `text` and a line end. A closed pipe is no error: whoever reads has seen enough.
pub(super) fn line(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Prints what went wrong.
pub(super) fn error(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "lunpai: {text}");
}

/// Prints `value` as JSON.
pub(super) fn json<T: Serialize>(value: &T) -> Result<(), Failed> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Failed::new(format!("the report cannot be written as JSON: {error}")))?;
    line(&text);
    Ok(())
}
