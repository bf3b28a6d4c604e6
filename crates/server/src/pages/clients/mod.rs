//! Clients: whose they are, until when, and why.

pub mod view;

#[cfg(any(test, feature = "samples"))]
pub mod sample;

use askama::Template;

use super::filters;
use super::frame::Frame;
use view::{ActForm, ClientView, ClientsView};

/// `GET /clients`
#[derive(Debug, Template)]
#[template(path = "clients/page.html")]
pub struct ClientsPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: ClientsView,
}

/// `GET /clients/{id}`
#[derive(Debug, Template)]
#[template(path = "clients/client.html")]
pub struct ClientPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: ClientView,
}
