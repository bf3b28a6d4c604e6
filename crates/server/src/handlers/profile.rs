//! What the floor knows of a person: batch, trial, duty in the evening, rank and result.

use app::{
    PersonId,
    roles::Permission,
    rotation::{self, Command},
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::answer::{Said, command_id};
use crate::{
    language::Key,
    pages::{frame::Tone, people::view::ProfileForm},
    web::{failure::Failure, form::Form, notice, reader::Reader, state::Server},
};

/// The most batches of a site.
const BATCHES_MOST: u32 = 9;

/// What the form says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Told {
    command: String,
    batch: String,
    rank: String,
    result: String,
    trial: String,
    duty: String,
}

/// The form for the person with `id`; nothing where the floor does not know them.
pub async fn form(
    server: &Server,
    reader: &Reader,
    id: PersonId,
) -> Result<Option<ProfileForm>, Failure> {
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    let profile = rotation::profile(app, caller, site, id).await?;
    Ok(profile.filter(|profile| profile.rotates).map(|profile| ProfileForm {
        batch: profile.batch + 1,
        batches_most: BATCHES_MOST,
        rank: profile.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        result: profile.result,
        trial: profile.trial,
        duty: profile.duty,
    }))
}

/// `POST /people/{id}/profile`
pub async fn save(
    State(server): State<Server>,
    Path(id): Path<String>,
    form: Form<Told>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    reader.caller().require(Permission::EditPeople)?;
    let person = id.parse().map(PersonId).map_err(|_| Failure::not_found())?;
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    let before = rotation::profile(app, caller, site, person).await?;
    let mut profile = before.ok_or_else(Failure::not_found)?;
    let unread = |what: &str| Failure::unprocessable(format!("`{what}` is not understood"));
    let batch = said.batch.trim().parse().ok().filter(|batch| (1..=BATCHES_MOST).contains(batch));
    profile.batch = batch.ok_or_else(|| unread(&said.batch))? - 1;
    profile.rank = match said.rank.trim() {
        "" => None,
        rank => Some(rank.parse().map_err(|_| unread(rank))?),
    };
    profile.result = match said.result.trim() {
        "" => 0,
        result => result.parse().map_err(|_| unread(result))?,
    };
    profile.trial = said.trial == "yes";
    profile.duty = said.duty == "yes";
    let command = Command::SetProfile { person, profile };
    let id = command_id(&said.command);
    let told = Said::of_result(rotation::carry_out(app, caller, site, id, command, None).await)?;
    let key = if told.0 == Tone::Good { Key("people-saved").0.to_owned() } else { told.1 };
    let to = Redirect::to(&format!("/people/{person}"));
    Ok(([notice::leave(told.0, &key)], to).into_response())
}
