//! Replays 重演 of the site's history under another rulebook.

pub mod view;

#[cfg(any(test, feature = "samples"))]
pub mod sample;

use askama::Template;

use super::filters;
use super::frame::Frame;
use view::{ReplayStep, ReplayView, ReplaysView};

/// `GET /rulebooks/{slug}/replay`
#[derive(Debug, Template)]
#[template(path = "replay/ask.html")]
pub struct ReplaysPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: ReplaysView,
}

/// `GET /replays/{id}`
#[derive(Debug, Template)]
#[template(path = "replay/page.html")]
pub struct ReplayPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: ReplayView,
}
