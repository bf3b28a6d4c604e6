//! Arrival at the desk: three questions, a decision, what happens next.

pub mod view;

#[cfg(any(test, feature = "samples"))]
pub mod sample;

use askama::Template;

use super::filters;
use super::frame::Frame;
use view::{ArrivalView, Asks, DeskView, LookUpView, PreviewView, Stage, VisitView};

/// `GET /arrival`
#[derive(Debug, Template)]
#[template(path = "arrival/page.html")]
pub struct ArrivalPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: ArrivalView,
}

/// `GET /arrival/look-up?look={text}`: clients that match.
#[derive(Debug, Template)]
#[template(path = "arrival/look-up.html")]
pub struct LookUp {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: LookUpView,
}

/// `POST /arrival/preview`: who would receive, and why.
#[derive(Debug, Template)]
#[template(path = "arrival/preview.html")]
pub struct PreviewPart {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: PreviewView,
}

/// `GET /arrival/visits/{id}`: what happens with a visit now.
#[derive(Debug, Template)]
#[template(path = "arrival/visit.html")]
pub struct VisitPart {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: VisitView,
}

/// `GET /arrival/desk`: waiting and running visits.
#[derive(Debug, Template)]
#[template(path = "arrival/desk.html")]
pub struct DeskPart {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: DeskView,
}
