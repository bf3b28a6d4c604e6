//! What every answer to a browser has in common: files, headers, sessions, failures.

pub mod assets;
pub mod events;
pub mod failure;
pub mod form;
pub mod headers;
pub mod notice;
pub mod preferences;
pub mod reader;
pub mod render;
pub mod router;
pub mod routes;
pub mod state;
