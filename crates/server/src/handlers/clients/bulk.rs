//! One thing done about many clients: shown with what would come of each, then done. And lists that are kept.

use app::{
    AppError, ClientId, PersonId,
    clients::{
        self, Grade,
        bulk::{self, Act, Came, Planned},
    },
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::attribution::Outcome;
use serde::Deserialize;

use super::{acts::Sent, filter::Wanted, told};
use crate::{
    handlers::{
        answer::command_id,
        decision::{Names, key, name},
    },
    pages::{
        clients::{
            BulkPage,
            book::{BulkRow, BulkView},
        },
        frame::{Place, Tone},
    },
    web::{failure::Failure, form::Form, reader::Reader, render::render, state::Server},
};

/// `POST /clients/bulk`
pub async fn carry_out(
    State(server): State<Server>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    let said = Sent(said);
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    caller.require(app::roles::Permission::RegisterClients)?;
    let act = act(&said)?;
    let chosen: Vec<ClientId> = if said.text("whole") == "yes" {
        let wanted: Wanted = serde_urlencoded::from_str(said.text("query")).unwrap_or_default();
        bulk::chosen(app, caller, site, &wanted.asked(&reader)).await?
    } else {
        said.all("client").filter_map(|id| id.parse().ok().map(ClientId)).collect()
    };
    let confirmed = said.text("confirmed") == "yes";
    let id = command_id(said.text("command"));
    let came = if confirmed {
        bulk::carry_out(app, caller, id, &act, &chosen).await
    } else {
        bulk::preview(app, caller, &act, &chosen).await
    };
    let (rows, problem) = match came {
        Ok(rows) => (rows, None),
        Err(AppError::Invalid { field, .. }) => {
            let key = match field {
                "to" => "clients-bulk-nobody",
                _ if chosen.is_empty() => "clients-bulk-none",
                _ => "clients-bulk-too-many",
            };
            (Vec::new(), Some(reader.words().say(key)))
        }
        Err(error) => return Err(error.into()),
    };
    let mut names = Names::new();
    for person in app::people::all(app, caller, Some(site)).await? {
        names.insert(person.id, person.display_name);
    }
    let good = rows.iter().filter(|row| row.came.is_done()).count();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let view = BulkView {
        command: id.to_string(),
        act: said.text("act").to_owned(),
        grade: said.text("grade").to_owned(),
        to: said.all("to").map(str::to_owned).collect(),
        good_count: count(good),
        bad_count: count(rows.len() - good),
        rows: rows.iter().map(|row| line(&reader, &names, row, confirmed)).collect(),
        done: confirmed && problem.is_none(),
        problem,
    };
    let frame = crate::pages::frame::Frame {
        here: "/clients".into(),
        ..reader.frame(Some(Place::Clients))
    };
    Ok(render(&BulkPage { frame, view }))
}

fn act(said: &Sent) -> Result<Act, Failure> {
    let people = || said.all("to").filter_map(|id| id.parse().ok().map(PersonId)).collect();
    match said.text("act") {
        "grade" => Ok(Act::Grade(Grade::of_word(said.text("grade")))),
        "assign" => Ok(Act::Assign(people())),
        "distribute" => Ok(Act::Distribute(people())),
        other => Err(Failure::unprocessable(format!("`{other}` is not understood"))),
    }
}

fn line(reader: &Reader, names: &Names, planned: &Planned, done: bool) -> BulkRow {
    let words = reader.words();
    let client = &planned.client;
    let (came, tone) = match &planned.came {
        Came::Done if done => (words.say("step-done"), Tone::Good),
        Came::Done => (words.say("clients-bulk-possible"), Tone::Good),
        Came::Failed(_) => (words.say("clients-bulk-impossible"), Tone::Bad),
        Came::Decided(Outcome::Refused { reason }) => {
            let reason = words.named("value", key(reason));
            (words.say1("outcome-refused-because", "reason", reason), Tone::Bad)
        }
        Came::Decided(outcome) => {
            let (outcome, facts, tone) = told::outcome(reader, names, outcome);
            (words.named_with("outcome", &outcome, &facts), tone)
        }
    };
    BulkRow {
        id: client.id.to_string(),
        name: client.shown.name.clone(),
        telephone: client.shown.telephones.first().cloned().unwrap_or_default(),
        owner: client.owner_name.clone().unwrap_or_default(),
        to: planned.to.map(|to| name(names, to)).unwrap_or_default(),
        came,
        tone,
    }
}

/// A list to be kept.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Keep {
    name: String,
    query: String,
}

/// `POST /clients/lists`
pub async fn keep(State(server): State<Server>, form: Form<Keep>) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    let wanted: Wanted = serde_urlencoded::from_str(&said.query).unwrap_or_default();
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    clients::keep(app, caller, site, &said.name, &wanted.asked(&reader)).await?;
    Ok(Redirect::to(&format!("/clients?{}", wanted.query())).into_response())
}

/// `POST /clients/lists/{id}/drop`
pub async fn drop_kept(
    State(server): State<Server>,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let reader = form.reader;
    reader.caller().require(app::roles::Permission::SeeClients)?;
    let id = id.parse().map_err(|_| Failure::not_found())?;
    clients::drop_kept(&server.app, reader.caller(), reader.site.id, id).await?;
    Ok(Redirect::to("/clients").into_response())
}
