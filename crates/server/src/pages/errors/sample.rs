//! Samples of the error pages.

use super::ErrorPage;
use super::view::{ErrorKind, ErrorView};
use crate::pages::sample::{Sample, Viewer, frame, sample};

/// Every sample.
pub fn all(viewer: Viewer) -> Vec<Sample> {
    ErrorKind::ALL
        .into_iter()
        .map(|kind| {
            let name = match kind {
                ErrorKind::Forbidden => "errors/forbidden",
                ErrorKind::NotFound => "errors/not-found",
                ErrorKind::Conflict => "errors/conflict",
                ErrorKind::Unprocessable => "errors/unprocessable",
                ErrorKind::Internal => "errors/internal",
            };
            let view = ErrorView {
                kind,
                detail: match kind {
                    ErrorKind::Conflict => "王先生 已由 黄美玲 接待".to_owned(),
                    _ => String::new(),
                },
                reference: match kind {
                    ErrorKind::Internal => "0193-77".to_owned(),
                    _ => String::new(),
                },
            };
            sample(name, true, &ErrorPage { frame: frame(viewer, None, "receptionist"), view })
        })
        .collect()
}
