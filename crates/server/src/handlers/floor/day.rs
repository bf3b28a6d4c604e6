//! Opening and closing the day.

use app::{roles::Permission, rotation};
use axum::{extract::State, response::Response};
use domain::rotation::Command;
use serde::Deserialize;

use super::{answer, command_id};
use crate::web::{failure::Failure, form::Form, state::Server};

/// What the forms of the day say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Day {
    command: String,
    end_open: String,
}

/// `POST /floor/open`
pub async fn open(State(server): State<Server>, form: Form<Day>) -> Result<Response, Failure> {
    let (caller, site) = (form.reader.caller(), &form.reader.site);
    caller.require(Permission::RunDay)?;
    let id = command_id(&form.said.command)?;
    let date = site.moment(form.reader.now).date_naive();
    let command = Command::OpenDay { date, roster: None };
    let carried = rotation::carry_out(&server.app, caller, site.id, id, command, None).await?;
    Ok(answer(&carried, ""))
}

/// `POST /floor/close`
pub async fn close(State(server): State<Server>, form: Form<Day>) -> Result<Response, Failure> {
    let (caller, site) = (form.reader.caller(), &form.reader.site);
    caller.require(Permission::RunDay)?;
    let id = command_id(&form.said.command)?;
    let command = Command::CloseDay { end_open: form.said.end_open == "yes" };
    let carried = rotation::carry_out(&server.app, caller, site.id, id, command, None).await?;
    Ok(answer(&carried, ""))
}
