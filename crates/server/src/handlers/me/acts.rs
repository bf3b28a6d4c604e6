//! What somebody tells the desk about themselves.

use app::{
    PersonId,
    rotation::{self, Command},
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use chrono::TimeDelta;
use domain::rotation::{rules::AbsenceKind, state::RingId};
use serde::Deserialize;

use crate::{
    handlers::{
        answer::{Said, command_id, tell},
        visits::{chosen, undone},
    },
    language::Key,
    pages::frame::Tone,
    web::{failure::Failure, form::Form, reader::Reader, state::Server},
};

/// The longest time that somebody may say to be away, in minutes.
const AWAY_MOST: i64 = 12 * 60;

/// What is told.
#[derive(Debug, Default, Deserialize)]
pub struct Told {
    #[serde(default)]
    command: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    minutes: String,
    #[serde(default)]
    ring: String,
    #[serde(default)]
    delegate: String,
}

/// `POST /me/{act}`
pub async fn act(
    State(server): State<Server>,
    headers: HeaderMap,
    Path(act): Path<String>,
    form: Form<Told>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    let person = reader.caller().person.ok_or(app::AppError::NotFound("person"))?;
    let id = command_id(&said.command);
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    if act == "undo" {
        let desk = rotation::desk(app, caller, site).await?;
        let last = desk.steps.iter().find(|step| step.person == Some(person));
        let told = match last {
            Some(last) => undone(rotation::undo(app, caller, last.entry, id).await)?,
            None => Said(Tone::Bad, Key("undo-late").0.into()),
        };
        return Ok(tell(&reader, &headers, &told));
    }
    let command = command_of(&reader, person, &act, &said)?;
    let carried = rotation::carry_out(app, caller, site, id, command, None).await;
    Ok(tell(&reader, &headers, &Said::of_result(carried)?))
}

fn command_of(
    reader: &Reader,
    person: PersonId,
    act: &str,
    said: &Told,
) -> Result<Command, Failure> {
    Ok(match act {
        "sign-in" => Command::SignIn { person },
        "sign-out" => Command::SignOut { person },
        "return" => Command::Return { person },
        "notice" => Command::GiveNotice { person },
        "check-in" => Command::CheckIn { person },
        "delegate" => Command::Entrust { person, delegate: chosen(&said.delegate) },
        "give-up" => {
            let ring: RingId = said.ring.parse().map_err(Failure::unprocessable)?;
            Command::GiveUp { person, ring, excused: false }
        }
        "out" => {
            let kind = AbsenceKind::ALL.iter().find(|kind| kind.word() == said.kind);
            let kind = kind.ok_or_else(|| {
                Failure::unprocessable(format!("`{}` is no reason for stepping out", said.kind))
            })?;
            let minutes =
                said.minutes.parse::<i64>().ok().filter(|it| (1..=AWAY_MOST).contains(it));
            let until =
                minutes.map(|minutes| reader.site.moment(reader.now + TimeDelta::minutes(minutes)));
            Command::StepOut { person, kind: *kind, until, approved: None }
        }
        _ => return Err(Failure::not_found()),
    })
}
