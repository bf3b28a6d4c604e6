//! The live floor of the supervisor.

pub mod view;

#[cfg(any(test, feature = "samples"))]
pub mod sample;

use askama::Template;

use super::filters;
use super::frame::Frame;
use super::person::State;
use view::{FloorView, SheetView};

/// `GET /floor`
#[derive(Debug, Template)]
#[template(path = "floor/page.html")]
pub struct FloorPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: FloorView,
}

/// `GET /floor/live`: the part that changes.
#[derive(Debug, Template)]
#[template(path = "floor/live.html")]
pub struct FloorLive {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: FloorView,
}

/// `GET /floor/people/{id}`: what the supervisor can do for one person.
#[derive(Debug, Template)]
#[template(path = "floor/sheet.html")]
pub struct SheetPart {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: SheetView,
}
