//! Clients: whose they are, until when, and why.

pub mod book;
pub mod imports;
pub mod view;

#[cfg(any(test, feature = "samples"))]
pub mod sample;
#[cfg(any(test, feature = "samples"))]
mod sample_book;

use askama::Template;

use super::filters;
use super::frame::Frame;
use book::{BulkView, EditView, EraseView, FieldRow, MergeView, TimelineView};
use imports::{ImportSheet, ImportsView};
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

/// `POST /clients/bulk`
#[derive(Debug, Template)]
#[template(path = "clients/bulk.html")]
pub struct BulkPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: BulkView,
}

/// `GET /clients/{id}/edit`
#[derive(Debug, Template)]
#[template(path = "clients/edit.html")]
pub struct EditPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: EditView,
}

/// `GET /clients/{id}/merge`
#[derive(Debug, Template)]
#[template(path = "clients/merge.html")]
pub struct MergePage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: MergeView,
}

/// `GET /clients/{id}/erase`
#[derive(Debug, Template)]
#[template(path = "clients/erase.html")]
pub struct ErasePage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: EraseView,
}

/// `GET /clients/{id}/timeline`
#[derive(Debug, Template)]
#[template(path = "clients/timeline.html")]
pub struct TimelinePage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: TimelineView,
}

/// `GET /clients/{id}/print`
#[derive(Debug, Template)]
#[template(path = "clients/print.html")]
pub struct ClientPrintPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: ClientView,
}

/// `GET /clients/imports`
#[derive(Debug, Template)]
#[template(path = "clients/imports.html")]
pub struct ClientImportsPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: ImportsView,
}

/// `GET /clients/imports/{id}`
#[derive(Debug, Template)]
#[template(path = "clients/import.html")]
pub struct ClientImportPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: ImportSheet,
}

/// `POST /clients/{id}/show`: one field in full.
#[derive(Debug, Template)]
#[template(path = "clients/field.html")]
pub struct FieldPart {
    /// Around it.
    pub frame: Frame,
    /// Id of the client.
    pub id: String,
    /// The field.
    pub row: FieldRow,
}
