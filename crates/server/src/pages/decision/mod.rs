//! Why something was decided.

pub mod view;

#[cfg(any(test, feature = "samples"))]
pub mod sample;

use askama::Template;

use super::filters;
use super::frame::Frame;
use view::DecisionView;

/// `GET /decisions/{id}`
#[derive(Debug, Template)]
#[template(path = "decision/page.html")]
pub struct DecisionPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: DecisionView,
}
