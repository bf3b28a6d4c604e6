//! The supervisor's live floor.

mod acts;
mod day;
mod late;
mod view;

pub use acts::{act, answer_outing, finish, proposal, take_back, verify};
pub use day::{close, open};
pub use late::enter;
pub(in crate::handlers) use late::moment;

use app::{CommandId, EntryId, roles::Permission, rotation::Carried};
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    language::Key,
    pages::{
        floor::{FloorLive, FloorPage, SheetPart, view::LateForm},
        frame::{Place, Tone},
    },
    web::{failure::Failure, notice, reader::Reader, render::render, state::Server},
};

/// Which ring is looked at, and what was just refused.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Look {
    ring: String,
    refused: String,
}

/// `GET /floor`
pub async fn page(
    State(server): State<Server>,
    reader: Reader,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    reader.caller().require(Permission::Supervise)?;
    let refused: Option<EntryId> = look.refused.parse().ok();
    let view = view::of(&server, &reader, &look.ring, refused, LateForm::new()).await?;
    Ok(render(&FloorPage { frame: reader.frame(Some(Place::Floor)), view }))
}

/// `GET /floor/live`: the part that changes.
pub async fn live(
    State(server): State<Server>,
    reader: Reader,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    reader.caller().require(Permission::Supervise)?;
    let view = view::of(&server, &reader, &look.ring, None, LateForm::new()).await?;
    Ok(render(&FloorLive { frame: reader.frame(Some(Place::Floor)), view }))
}

/// `GET /floor/people/{id}`: what can be done for one person.
pub async fn sheet(
    State(server): State<Server>,
    reader: Reader,
    Path(id): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    reader.caller().require(Permission::Supervise)?;
    let view = view::sheet(&server, &reader, &look.ring, &id).await?;
    Ok(render(&SheetPart { frame: reader.frame(Some(Place::Floor)), view }))
}

/// Back to the floor: done, or with the reasons of the refusal.
fn answer(carried: &Carried, ring: &str) -> Response {
    if carried.is_refused() {
        let entry = carried.entry.to_string();
        return Redirect::to(&floor(&[("ring", ring), ("refused", &entry)])).into_response();
    }
    done(ring)
}

fn done(ring: &str) -> Response {
    let said = notice::leave(Tone::Good, Key("floor-done").0);
    ([said], Redirect::to(&floor(&[("ring", ring)]))).into_response()
}

/// The address of the floor with what `pairs` say.
fn floor(pairs: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    let query = query.finish();
    if query.is_empty() { "/floor".into() } else { format!("/floor?{query}") }
}

/// The id of a command as its form has it.
fn command_id(text: &str) -> Result<CommandId, Failure> {
    text.parse().map_err(|_| Failure::unprocessable("the form has no id: load the page again"))
}
