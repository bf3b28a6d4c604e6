//! The rulebooks 制度 of the site.

pub mod view;

#[cfg(any(test, feature = "samples"))]
pub mod sample;

use askama::Template;

use super::filters;
use super::frame::Frame;
use view::{RulebookView, RulebooksView, Scenarios};

/// `GET /rulebooks`
#[derive(Debug, Template)]
#[template(path = "rulebooks/list.html")]
pub struct RulebooksPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: RulebooksView,
}

/// `GET /rulebooks/{slug}`
#[derive(Debug, Template)]
#[template(path = "rulebooks/read.html")]
pub struct RulebookPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: RulebookView,
}
