//! What is done about a client: registered, followed up, closed with, claimed, given to somebody.

use std::collections::BTreeSet;

use app::{AppError, ClientId, CommandId, PersonId, attribution, privacy, roles::Permission};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use domain::attribution::{
    Command,
    rules::{Channel, Evidence, Field, Relation},
    state::{ContactKind, RegistrationId},
};

use super::{client_id, view};
use crate::{
    handlers::{
        answer::{Said, command_id, tell},
        floor::moment,
    },
    pages::{clients::ClientPage, frame::Place},
    web::{failure::Failure, form::Form, reader::Reader, render::render, state::Server},
};

/// A form as it was sent: what a registration holds stands in it as often as was ticked.
pub(super) struct Sent(pub Vec<(String, String)>);

impl Sent {
    /// Whether it says anything of `name`.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(field, _)| field == name)
    }

    /// Everything that it says of `name`.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// What it says of `name`; nothing where it does not.
    pub fn text(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.trim()).unwrap_or_default()
    }

    fn person(&self, name: &str) -> Result<PersonId, Failure> {
        self.text(name).parse().map(PersonId).map_err(|_| unread(self.text(name)))
    }

    /// Whoever does it: who is named, else the reader.
    fn by(&self, reader: &Reader) -> Result<PersonId, Failure> {
        if self.text("person").is_empty() {
            return Ok(reader.caller().person.ok_or(AppError::NotFound("person"))?);
        }
        self.person("person")
    }

    fn fields(&self) -> BTreeSet<Field> {
        let ticked = self.0.iter().filter(|(field, _)| field == "fields");
        ticked.filter_map(|(_, word)| Field::of_word(word)).collect()
    }

    fn ticked(&self, name: &str) -> bool {
        self.text(name) == "yes"
    }

    /// The time that was given, at the site.
    fn at(&self, reader: &Reader) -> Result<Option<DateTime<Utc>>, Failure> {
        let text = self.text("at");
        if text.is_empty() {
            return Ok(None);
        }
        moment(reader, text).map(Some).ok_or_else(|| unread(text))
    }
}

fn unread(what: &str) -> Failure {
    Failure::unprocessable(format!("`{what}` is not understood"))
}

/// `POST /clients/{id}/{act}`
pub async fn act(
    State(server): State<Server>,
    headers: HeaderMap,
    Path((id, act)): Path<(String, String)>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    let (said, client) = (Sent(said), client_id(&id)?);
    if act == "reveal" {
        return reveal(&server, &reader, client).await;
    }
    let door = match act.as_str() {
        "assign" | "distribute" | "change" | "rule" | "cancel-closing" => Permission::SetOwner,
        _ => Permission::RegisterClients,
    };
    reader.caller().require(door)?;
    let command_id = command_id(said.text("command"));
    let command = command(&reader, &act, &said, command_id)?;
    let happened_at = if act == "follow-up" { said.at(&reader)? } else { None };
    let (app, caller) = (&server.app, reader.caller());
    let carried =
        attribution::carry_out(app, caller, client, command_id, &command, happened_at).await;
    match carried {
        Ok(carried) => {
            let to = format!("/clients/{client}?told={}", carried.entry);
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => Ok(tell(&reader, &headers, &Said::of_error(error)?)),
    }
}

fn command(reader: &Reader, act: &str, said: &Sent, id: CommandId) -> Result<Command, Failure> {
    Ok(match act {
        "register" => Command::Register {
            // The same form registers once, however often it is sent.
            id: RegistrationId(id),
            by: said.by(reader)?,
            channel: Channel::of_word(said.text("channel"))
                .ok_or_else(|| unread(said.text("channel")))?,
            fields: said.fields(),
            signed: said.ticked("signed"),
        },
        "complete" => {
            let id = said.text("registration").parse();
            let id = id.map(RegistrationId).map_err(|_| unread(said.text("registration")))?;
            Command::Complete { id, fields: said.fields(), signed: said.ticked("signed") }
        }
        "follow-up" => Command::Contact {
            by: said.by(reader)?,
            kind: ContactKind::FollowUp,
            complete: said.ticked("complete"),
        },
        "close" => {
            let buyer = Some(said.text("buyer")).filter(|word| !word.is_empty());
            let buyer = buyer
                .map(|word| Relation::of_word(word).ok_or_else(|| unread(word)))
                .transpose()?;
            Command::Close { by: said.by(reader)?, buyer }
        }
        "cancel-closing" => Command::CancelClosing,
        "claim" => {
            let recorded_at = said.at(reader)?.ok_or_else(|| unread(""))?;
            Command::Claim {
                by: said.by(reader)?,
                evidence: Evidence::of_word(said.text("evidence"))
                    .ok_or_else(|| unread(said.text("evidence")))?,
                recorded_at: reader.site.moment(recorded_at),
            }
        }
        "rule" => Command::Rule { owner: said.person("to")? },
        "assign" => Command::Assign { to: said.person("to")? },
        "distribute" => Command::Distribute { to: said.person("to")?, left: false },
        "change" => Command::Change { to: said.person("to")? },
        _ => return Err(Failure::not_found()),
    })
}

/// `POST /clients/{id}/reveal`: the page in full, once; the journal says who looked.
async fn reveal(server: &Server, reader: &Reader, client: ClientId) -> Result<Response, Failure> {
    let shown = privacy::reveal(&server.app, reader.caller(), client).await?;
    let view = view::of(server, reader, client, Some(shown)).await?;
    Ok(render(&ClientPage { frame: reader.frame(Some(Place::Clients)), view }))
}
