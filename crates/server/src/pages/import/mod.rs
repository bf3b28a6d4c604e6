//! Import of sheets with a preview that names each bad row.

pub mod view;

#[cfg(any(test, feature = "samples"))]
pub mod sample;

use askama::Template;

use super::filters;
use super::frame::Frame;
use view::{ImportStep, ImportView};

/// `GET /import`, `POST /import`, `POST /import/{id}/confirm`
#[derive(Debug, Template)]
#[template(path = "import/page.html")]
pub struct ImportPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: ImportView,
}
