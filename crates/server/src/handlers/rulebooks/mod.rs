//! Rulebooks: reading, copying, activating.

mod scenarios;
mod view;

use app::{AppError, CommandId, roles::Permission, rulebooks};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{NaiveDateTime, TimeZone};
use serde::Deserialize;

use crate::{
    language::Key,
    pages::{
        frame::{Place, Problem, Tone},
        rulebooks::{RulebookPage, RulebooksPage},
    },
    web::{failure::Failure, form::Form, notice, reader::Reader, render::render, state::Server},
};

/// Which version.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Look {
    version: u32,
    run: String,
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
    reader.caller().require(Permission::SeeRulebooks)?;
    let view = view::read(&server, &reader, &slug, look.version, !look.run.is_empty()).await?;
    Ok(render(&RulebookPage { frame: reader.frame(Some(Place::Rulebooks)), view }))
}

/// What the forms of a rulebook say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    version: u32,
    activate_at: String,
}

/// The id of version `number` of the site's rulebook `slug`.
async fn version_id(
    server: &Server,
    reader: &Reader,
    slug: &str,
    number: u32,
) -> Result<CommandId, Failure> {
    let all = rulebooks::versions(&server.app, reader.caller(), reader.site.id).await?;
    let found = all.iter().find(|row| row.slug == slug && row.number == i64::from(number));
    found.map(|row| row.id).ok_or_else(Failure::not_found)
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
        let id = version_id(&server, &form.reader, &slug, form.said.version).await?;
        rulebooks::copy_version(&server.app, caller, id).await?
    };
    let said = notice::leave(Tone::Good, Key("rulebook-copied").0);
    let path = format!("/rulebooks/{}?version={}", draft.slug, draft.number);
    Ok(([said], Redirect::to(&path)).into_response())
}

/// `POST /rulebooks/{slug}/activate`
pub async fn activate(
    State(server): State<Server>,
    Path(slug): Path<String>,
    form: Form<Said>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    reader.caller().require(Permission::ApproveRulebooks)?;
    let words = reader.words();
    let id = version_id(&server, &reader, &slug, said.version).await?;
    let problem = |field: &str, text: String| Problem { field: field.into(), text };
    let from = match said.activate_at.as_str() {
        "" => None,
        text => {
            let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok();
            let at = local.and_then(|local| words.zone.from_local_datetime(&local).single());
            let Some(at) = at else {
                let unread = problem("activate_at", words.say("rulebook-time-unread"));
                return again(&server, &reader, &slug, said, unread).await;
            };
            Some(at.to_utc())
        }
    };
    match rulebooks::activate(&server.app, reader.caller(), id, from).await {
        Ok(version) => {
            let key =
                if version.active { Key("rulebook-activated") } else { Key("rulebook-scheduled") };
            let path = format!("/rulebooks/{}?version={}", version.slug, version.number);
            let told = notice::leave(Tone::Good, key.0);
            Ok(([told], Redirect::to(&path)).into_response())
        }
        Err(AppError::Invalid { field: "effective_at", .. }) => {
            let passed = problem("activate_at", words.say("rulebook-time-passed"));
            again(&server, &reader, &slug, said, passed).await
        }
        Err(AppError::Invalid { message, .. }) => {
            again(&server, &reader, &slug, said, problem("", message)).await
        }
        Err(AppError::Conflict { message, .. }) => {
            again(&server, &reader, &slug, said, problem("", message)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The page again, with what was typed and what is wrong with it.
async fn again(
    server: &Server,
    reader: &Reader,
    slug: &str,
    said: Said,
    problem: Problem,
) -> Result<Response, Failure> {
    let mut view = view::read(server, reader, slug, said.version, false).await?;
    view.activate_at = said.activate_at;
    view.problems = vec![problem];
    let frame = reader.frame(Some(Place::Rulebooks));
    let mut response = render(&RulebookPage { frame, view });
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
