//! Why something was decided.

pub mod view;

#[cfg(any(test, feature = "samples"))]
pub mod sample;

use askama::Template;

use super::filters;
use super::frame::Frame;
use view::{DecisionView, Why};

/// `GET /decisions/{id}`
#[derive(Debug, Template)]
#[template(path = "decision/page.html")]
pub struct DecisionPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: DecisionView,
}

/// `GET /decisions/{id}/reasons`: what a decision rests on, fetched when it is opened in a list.
#[derive(Debug, Template)]
#[template(path = "decision/reasons.html")]
pub struct ReasonsPart {
    /// Around it.
    pub frame: Frame,
    /// The decision.
    pub why: Why,
}
