//! What is done with a visit: accepting, finishing, handing over, correcting, taking back.

use app::{
    Ownership, PersonId, VisitId,
    rotation::{self, Command},
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use domain::rotation::{
    rules::Reason,
    state::{Arrival, OwnerAnswer},
};
use serde::Deserialize;

use super::panel::{corrected, situation};
use crate::{
    handlers::answer::{Said, command_id, tell},
    language::Key,
    pages::{arrival::view::VisitStep, frame::Tone},
    web::{failure::Failure, form::Form, reader::Reader, state::Server},
};

/// What a step may be told.
#[derive(Debug, Default, Deserialize)]
pub struct Told {
    #[serde(default)]
    command: String,
    #[serde(default)]
    whose: String,
    #[serde(default)]
    carries_on: String,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    situation: String,
    #[serde(default)]
    reason: String,
}

/// Somebody chosen in a form.
#[must_use]
pub fn chosen(id: &str) -> Option<PersonId> {
    id.parse().ok().map(PersonId)
}

/// `POST /visits/{id}/{step}`
pub async fn step(
    State(server): State<Server>,
    headers: HeaderMap,
    Path((id, step)): Path<(String, String)>,
    form: Form<Told>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    let visit = id.parse().map(VisitId).map_err(|_| Failure::not_found())?;
    let id = command_id(&said.command);
    if step == "undo" {
        let told = undo(&server, &reader, visit, id).await?;
        return Ok(tell(&reader, &headers, &told));
    }
    let step = VisitStep::from_path(&step).ok_or_else(Failure::not_found)?;
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    let command = match command_of(&server, &reader, step, visit, &said).await? {
        Ok(command) => command,
        Err(told) => return Ok(tell(&reader, &headers, &told)),
    };
    let carried = if step == VisitStep::Override {
        rotation::carry_out_because(app, caller, site, id, command, &said.reason).await
    } else {
        rotation::carry_out(app, caller, site, id, command, None).await
    };
    Ok(tell(&reader, &headers, &Said::of_result(carried)?))
}

/// The command of a step, or what the form is missing.
async fn command_of(
    server: &Server,
    reader: &Reader,
    step: VisitStep,
    visit: VisitId,
    said: &Told,
) -> Result<Result<Command, Said>, Failure> {
    let missing = |key: Key| Ok(Err(Said(Tone::Bad, key.0.into())));
    let whose = chosen(&said.whose);
    let known = || rotation::visit(&server.app, reader.caller(), reader.site.id, visit);
    Ok(Ok(match step {
        VisitStep::Accept | VisitStep::Start => Command::Accept { visit },
        VisitStep::Decline => Command::Decline { visit },
        VisitStep::Finish | VisitStep::Leave => Command::Finish { visit },
        VisitStep::HandBack => {
            let Some(ownership) = known().await?.arrival.ownership else {
                return missing(Key("error-conflict-hint"));
            };
            Command::FoundColleague { visit, ownership, answer: None }
        }
        VisitStep::ColleaguesClient => {
            let Some(owner) = whose else { return missing(Key("step-whose-missing")) };
            let closed = known().await?.arrival.ownership.is_some_and(|known| known.closed);
            Command::FoundColleague { visit, ownership: Ownership { owner, closed }, answer: None }
        }
        VisitStep::NonBuyer => {
            Command::FoundNonBuyer { visit, carries_on: said.carries_on == "yes" }
        }
        VisitStep::AnswerOwner => {
            let answer = match (said.answer.as_str(), whose) {
                ("both", _) => OwnerAnswer::Both,
                ("nobody", _) => OwnerAnswer::Nobody,
                ("unreachable", _) => OwnerAnswer::Unreachable,
                (_, Some(whom)) => OwnerAnswer::Names(whom),
                (_, None) => return missing(Key("step-whose-missing")),
            };
            Command::AnswerOwner { visit, answer }
        }
        VisitStep::CallHelp => Command::CallHelp { visit, helper: whose },
        VisitStep::Correct => {
            let Some(chosen) = situation(&said.situation) else {
                return missing(Key("choose-situation"));
            };
            let before = known().await?.arrival;
            let said = Arrival { named: whose.or(before.named), ..before };
            Command::Correct { visit, arrival: corrected(&said, chosen) }
        }
        VisitStep::Override => {
            let Some(receiver) = whose else { return missing(Key("step-whose-missing")) };
            if said.reason.trim().is_empty() {
                return missing(Key("arrival-reason-missing"));
            }
            Command::Override { visit, receiver, reason: Some(Reason::Other) }
        }
    }))
}

/// Takes back the reader's last step with `visit`.
async fn undo(
    server: &Server,
    reader: &Reader,
    visit: VisitId,
    id: app::CommandId,
) -> Result<Said, Failure> {
    let desk = rotation::desk(&server.app, reader.caller(), reader.site.id).await?;
    let last = desk.steps.iter().find(|step| step.visits.contains(&visit));
    let Some(last) = last else { return Ok(Said(Tone::Bad, Key("undo-late").0.into())) };
    undone(rotation::undo(&server.app, reader.caller(), last.entry, id).await)
}

/// What taking a step back came to.
pub fn undone(undone: Result<rotation::Undone, app::AppError>) -> Result<Said, Failure> {
    match undone {
        Ok(_) => Ok(Said(Tone::Good, Key("step-undone").0.into())),
        Err(app::AppError::Conflict { .. }) => Ok(Said(Tone::Bad, Key("undo-late").0.into())),
        Err(error) => Said::of_error(error),
    }
}
