//! How a step is answered: what it came to as a notice, within the page or on the next one.

use app::{
    AppError, CommandId,
    rotation::{Carried, Outcome},
};
use askama::Template;
use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};

use super::decision::key;
use crate::{
    language::{Key, Words},
    pages::{
        filters,
        frame::{Notice, Tone},
    },
    web::{failure::Failure, notice, preferences::way_back, reader::Reader, render::render},
};

/// What a step in a page has to say.
#[derive(Debug, Template)]
#[template(path = "notices.html")]
struct Notices {
    w: Words,
    notices: Vec<Notice>,
}

/// What a step came to: how it is meant, and the key of what is said.
#[derive(Debug, Clone)]
pub struct Said(pub Tone, pub String);

impl Said {
    /// Done, nothing more to say.
    #[must_use]
    pub fn done() -> Self {
        Self(Tone::Good, Key("step-done").0.into())
    }

    /// The answer of the rulebook to a step.
    #[must_use]
    pub fn of(carried: &Carried) -> Self {
        match &carried.outcome {
            Outcome::Refused { reason } => Self(Tone::Bad, format!("value-{}", key(reason))),
            Outcome::Undecided { .. } => Self(Tone::Attention, "outcome-undecided".into()),
            Outcome::Waits { .. } => Self(Tone::Attention, "outcome-waits".into()),
            _ => Self::done(),
        }
    }

    /// What an error says that the reader can do something about; else the error.
    pub fn of_error(error: AppError) -> Result<Self, Failure> {
        let key = match &error {
            AppError::Refused(carried) => return Ok(Self::of(carried)),
            AppError::Conflict { .. } | AppError::CommandKnown => "error-conflict-hint",
            AppError::NotFound(_) => "error-not-found-hint",
            AppError::Invalid { .. } => "error-unprocessable-hint",
            _ => return Err(error.into()),
        };
        Ok(Self(Tone::Bad, key.into()))
    }

    /// What came of carrying out a command.
    pub fn of_result(carried: Result<Carried, AppError>) -> Result<Self, Failure> {
        match carried {
            Ok(carried) => Ok(Self::of(&carried)),
            Err(error) => Self::of_error(error),
        }
    }
}

/// Tells what a step came to: as a part of the page that asked for it, else on the page it came from.
#[must_use]
pub fn tell(reader: &Reader, headers: &HeaderMap, said: &Said) -> Response {
    let Said(tone, key) = said;
    if headers.contains_key("hx-request") {
        let w = reader.words();
        let notices = vec![Notice { tone: *tone, text: notice::text(&w, key) }];
        let changed =
            (HeaderName::from_static("hx-trigger"), HeaderValue::from_static("lunpai:changed"));
        return ([changed], render(&Notices { w, notices })).into_response();
    }
    ([notice::leave(*tone, key)], Redirect::to(&came_from(headers))).into_response()
}

/// The page of ours from which a form was sent.
fn came_from(headers: &HeaderMap) -> String {
    let from = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let path = from
        .and_then(|from| from.split_once("://"))
        .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    way_back(path.unwrap_or("/")).to_owned()
}

/// The id of a command as its form has it; a new one where the form has none.
#[must_use]
pub fn command_id(text: &str) -> CommandId {
    text.parse().unwrap_or_else(|_| CommandId::now_v7())
}

/// The id of another command that belongs to `id`: the same whenever the form is sent.
#[must_use]
pub fn beside(id: CommandId, place: u128) -> CommandId {
    CommandId::from_u128(id.as_u128() ^ place)
}
