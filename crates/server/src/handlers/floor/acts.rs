//! What a supervisor does for one person, one make-up turn or one visit.

use app::{PersonId, VisitId, roles::Permission, rotation};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::rotation::{
    Command,
    rules::{BreachKind, MakeUpKind, Reason, Unfit},
    state::RingId,
};
use serde::Deserialize;

use super::{answer, command_id, done};
use crate::web::{failure::Failure, form::Form, reader::Reader, state::Server};

/// What any form of the floor may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Act {
    command: String,
    ring: String,
    reason: String,
    kind: String,
    days: String,
    assignment: String,
    position: String,
}

/// The word for a reason whose own words are kept sealed.
fn given(reason: &str) -> Option<Reason> {
    (!reason.trim().is_empty()).then_some(Reason::Other)
}

/// `POST /floor/people/{id}/{act}`
pub async fn act(
    State(server): State<Server>,
    Path((id, act)): Path<(String, String)>,
    form: Form<Act>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    reader.caller().require(Permission::Supervise)?;
    let person = PersonId(id.parse().map_err(|_| Failure::not_found())?);
    let unread = |what: &str| Failure::unprocessable(format!("`{what}` is not understood"));
    let ring: RingId = if said.ring.is_empty() {
        RingId::default()
    } else {
        said.ring.parse().map_err(Failure::unprocessable)?
    };
    let command = match act.as_str() {
        "sign-in" => Command::SignIn { person },
        "sign-out" => Command::SignOut { person },
        "return" => Command::Return { person },
        "make-up" => {
            let kind = MakeUpKind::of_word(&said.kind).ok_or_else(|| unread(&said.kind))?;
            Command::GrantMakeUp { person, ring, kind }
        }
        "suspend" => {
            let days = said.days.parse().ok().filter(|days| (1..=365).contains(days));
            Command::Suspend {
                person,
                days: Some(days.ok_or_else(|| unread(&said.days))?),
                reason: given(&said.reason),
            }
        }
        "lift" => Command::LiftSuspension { person },
        "assign" => {
            let ground = said.assignment.replace('-', "_");
            let unfit = Unfit::of_word(&ground);
            if unfit.is_none() && !ground.is_empty() {
                return Err(unread(&ground));
            }
            Command::SetUnfit { person, unfit, reason: given(&said.reason) }
        }
        "move" => {
            let to = said.position.parse().map_err(|_| unread(&said.position))?;
            moved(&server, &reader, ring, person, to).await?
        }
        "second" => Command::PermitSecond { person },
        "second-withdrawn" => Command::WithdrawSecond { person },
        "restore" => Command::RestoreTurn { person, ring },
        "breach" => {
            let kind = BreachKind::of_word(&said.kind).ok_or_else(|| unread(&said.kind))?;
            Command::NoteBreach { person, kind }
        }
        _ => return Err(Failure::not_found()),
    };
    give(&server, &reader, &said, command).await
}

/// Carries a command out, with the reason that was typed.
async fn give(
    server: &Server,
    reader: &Reader,
    said: &Act,
    command: Command,
) -> Result<Response, Failure> {
    let id = command_id(&said.command)?;
    let (caller, site) = (reader.caller(), reader.site.id);
    let carried =
        rotation::carry_out_because(&server.app, caller, site, id, command, &said.reason).await?;
    Ok(answer(&carried, &said.ring))
}

/// The order of `ring` with `person` in place `to`, counted from 1.
async fn moved(
    server: &Server,
    reader: &Reader,
    ring: RingId,
    person: PersonId,
    to: usize,
) -> Result<Command, Failure> {
    let board = rotation::board(&server.app, reader.caller(), reader.site.id).await?;
    let found = board.rings.iter().find(|board| board.ring == ring);
    let places = &found.ok_or_else(Failure::not_found)?.places;
    let mut order: Vec<_> = places.iter().map(|place| (place.number, place.state.person)).collect();
    order.sort_by_key(|(number, _)| *number);
    let mut order: Vec<PersonId> = order.into_iter().map(|(_, person)| person).collect();
    order.retain(|other| *other != person);
    order.insert(to.saturating_sub(1).min(order.len()), person);
    Ok(Command::SetOrder { ring, order })
}

/// `POST /floor/outings/{id}/{answer}`: `approve` or `refuse`.
pub async fn answer_outing(
    State(server): State<Server>,
    Path((id, answer)): Path<(String, String)>,
    form: Form<Act>,
) -> Result<Response, Failure> {
    form.reader.caller().require(Permission::Supervise)?;
    let person = PersonId(id.parse().map_err(|_| Failure::not_found())?);
    let approved = match answer.as_str() {
        "approve" => true,
        "refuse" => false,
        _ => return Err(Failure::not_found()),
    };
    let command = Command::AnswerOuting { person, approved };
    give(&server, &form.reader, &form.said, command).await
}

/// `POST /floor/make-ups/{id}/take`
pub async fn take_back(
    State(server): State<Server>,
    Path(id): Path<u64>,
    form: Form<Act>,
) -> Result<Response, Failure> {
    form.reader.caller().require(Permission::Supervise)?;
    give(&server, &form.reader, &form.said, Command::TakeMakeUp { id }).await
}

/// `POST /floor/make-ups/{id}/verify`
pub async fn verify(
    State(server): State<Server>,
    Path(id): Path<u64>,
    form: Form<Act>,
) -> Result<Response, Failure> {
    form.reader.caller().require(Permission::Supervise)?;
    give(&server, &form.reader, &form.said, Command::VerifyMakeUp { id }).await
}

/// `POST /floor/visits/{id}/finish`: settles a reception that nobody ended.
pub async fn finish(
    State(server): State<Server>,
    Path(id): Path<String>,
    form: Form<Act>,
) -> Result<Response, Failure> {
    form.reader.caller().require(Permission::Supervise)?;
    let visit = VisitId(id.parse().map_err(|_| Failure::not_found())?);
    give(&server, &form.reader, &form.said, Command::Finish { visit }).await
}

/// `POST /floor/proposals/{id}/{answer}`: `grant` or `drop`.
pub async fn proposal(
    State(server): State<Server>,
    Path((id, said)): Path<(String, String)>,
    form: Form<Act>,
) -> Result<Response, Failure> {
    let (caller, site) = (form.reader.caller(), form.reader.site.id);
    caller.require(Permission::Supervise)?;
    let entry = id.parse()?;
    match said.as_str() {
        "grant" => {
            let carried = rotation::grant_proposal(&server.app, caller, site, entry).await?;
            Ok(answer(&carried, &form.said.ring))
        }
        "drop" => {
            rotation::drop_proposal(&server.app, caller, site, entry).await?;
            Ok(done(&form.said.ring))
        }
        _ => Err(Failure::not_found()),
    }
}
