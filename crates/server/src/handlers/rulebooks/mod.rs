//! Rulebooks: reading, copying, writing, trying, comparing, activating.

pub mod activation;
mod opened;
pub mod scenarios;
pub mod settings;
pub mod text;
mod view;

use app::{roles::Permission, rulebooks};
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    language::Key,
    pages::{
        frame::{Place, Tone},
        rulebooks::{RulebookPage, RulebooksPage, edit::Tab},
    },
    web::{failure::Failure, form::Form, notice, reader::Reader, render::render, state::Server},
};

/// Which version, and what is looked for in it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Look {
    version: u32,
    run: String,
    look: String,
}

/// `GET /rulebooks`
pub async fn list(State(server): State<Server>, reader: Reader) -> Result<Response, Failure> {
    reader.caller().require(Permission::SeeRulebooks)?;
    let view = view::list(&server, &reader).await?;
    Ok(render(&RulebooksPage { frame: reader.frame(Some(Place::Rulebooks)), view }))
}

/// `GET /rulebooks/{slug}`: a preset, or a version of the site's.
pub async fn read(
    State(server): State<Server>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    let opened = opened::open(&server, &reader, &slug, look.version, Tab::Read).await?;
    let view = view::read(&server, &reader, opened, &look.look, !look.run.is_empty()).await?;
    Ok(render(&RulebookPage { frame: reader.frame(Some(Place::Rulebooks)), view }))
}

/// What the form says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    version: u32,
}

/// `POST /rulebooks/{slug}/copy`: a draft of the site's own, from a preset or from a version.
pub async fn copy(
    State(server): State<Server>,
    Path(slug): Path<String>,
    form: Form<Said>,
) -> Result<Response, Failure> {
    let (caller, site) = (form.reader.caller(), form.reader.site.id);
    caller.require(Permission::EditRulebooks)?;
    let draft = if form.said.version == 0 {
        rulebooks::copy_preset(&server.app, caller, site, &slug).await?
    } else {
        let (reader, number) = (&form.reader, form.said.version);
        let opened = opened::open(&server, reader, &slug, number, Tab::Read).await?;
        rulebooks::copy_version(&server.app, caller, opened.own()?.id).await?
    };
    let said = notice::leave(Tone::Good, Key("rulebook-copied").0);
    let path = format!("/rulebooks/{}?version={}", draft.slug, draft.number);
    Ok(([said], Redirect::to(&path)).into_response())
}
