//! The consultant's own page, on a telephone.

pub mod view;

#[cfg(any(test, feature = "samples"))]
pub mod sample;

use askama::Template;

use super::arrival::view::Asks;
use super::filters;
use super::frame::Frame;
use super::person::State;
use view::{Forgotten, MeView};

/// `GET /me`
#[derive(Debug, Template)]
#[template(path = "me/page.html")]
pub struct MePage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: MeView,
}

/// `GET /me/live`: the part that changes.
#[derive(Debug, Template)]
#[template(path = "me/live.html")]
pub struct MeLive {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: MeView,
}
