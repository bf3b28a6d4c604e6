//! The visitor register 来访登记表.

pub mod view;

#[cfg(any(test, feature = "samples"))]
pub mod sample;

use askama::Template;

use super::filters;
use super::frame::Frame;
use view::VisitsView;

/// `GET /visits`
#[derive(Debug, Template)]
#[template(path = "visits/page.html")]
pub struct VisitsPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: VisitsView,
}

/// `GET /visits/print`
#[derive(Debug, Template)]
#[template(path = "visits/print.html")]
pub struct VisitsPrint {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: VisitsView,
}
