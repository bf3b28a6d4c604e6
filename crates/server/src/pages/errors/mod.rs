//! Error pages that say what to do.

pub mod view;

#[cfg(any(test, feature = "samples"))]
pub mod sample;

use askama::Template;

use super::filters;
use super::frame::Frame;
use view::ErrorView;

/// Any answer 403, 404, 409, 422 or 500 to a browser.
#[derive(Debug, Template)]
#[template(path = "errors/page.html")]
pub struct ErrorPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: ErrorView,
}
