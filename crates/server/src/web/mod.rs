//! What every answer to a browser has in common: files, headers, preferences.

pub mod assets;
pub mod headers;
pub mod preferences;
