//! People, roles and teams.

pub mod view;

#[cfg(any(test, feature = "samples"))]
pub mod sample;

use askama::Template;

use super::filters;
use super::frame::Frame;
use view::{PeopleView, PersonView};

/// `GET /people`
#[derive(Debug, Template)]
#[template(path = "people/page.html")]
pub struct PeoplePage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: PeopleView,
}

/// `GET /people/new`, `GET /people/{id}`
#[derive(Debug, Template)]
#[template(path = "people/edit.html")]
pub struct PersonPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: PersonView,
}
