//! The client book: corrected, tied, merged, erased, one field in full, everything that happened, on paper.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    AppError, ClientId, CommandId,
    clients::{self, Amendment, Client, Grade, Kind, NewClient, Source},
    privacy,
    roles::Permission,
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::DateTime;
use domain::attribution::rules::Relation;
use serde::Deserialize;

use super::{acts::Sent, client_id, view};
use crate::{
    handlers::{answer::command_id, decision::key},
    language::Key,
    pages::{
        clients::{
            ClientPrintPage, EditPage, ErasePage, FieldPart, MergePage, TimelinePage,
            book::{BulkRow, EditView, EraseView, FieldRow, MergeView, TimelineRow, TimelineView},
        },
        frame::{Place, Problem, Tone},
    },
    web::{failure::Failure, form::Form, reader::Reader, render::render, state::Server},
};

/// How much of the timeline one page shows.
const ON_PAGE: usize = 50;

fn to_page(client: ClientId) -> Response {
    Redirect::to(&format!("/clients/{client}")).into_response()
}

/// `GET /clients/{id}/edit`
pub async fn edit(
    State(server): State<Server>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    reader.caller().require(Permission::RegisterClients)?;
    let client = clients::get(&server.app, reader.caller(), client_id(&id)?).await?;
    Ok(edit_page(&reader, &client, Vec::new()))
}

fn edit_page(reader: &Reader, client: &Client, problems: Vec<Problem>) -> Response {
    let words = |all: &mut dyn Iterator<Item = &'static str>| all.map(str::to_owned).collect();
    let bad = !problems.is_empty();
    let view = EditView {
        id: client.id.to_string(),
        name: client.shown.name.clone(),
        fields: view::fields(&client.shown, true),
        kind: client.kind.word().to_owned(),
        grade: client.grade.map(|grade| grade.word().to_owned()).unwrap_or_default(),
        source: client.source.map(|source| source.word().to_owned()).unwrap_or_default(),
        class: client.shown.class.clone().unwrap_or_default(),
        needs: client.shown.needs.clone().unwrap_or_default(),
        kinds: words(&mut Kind::ALL.iter().map(|kind| kind.word())),
        grades: words(&mut Grade::ALL.iter().map(|grade| grade.word())),
        sources: words(&mut Source::ALL.iter().map(|source| source.word())),
        problems,
    };
    let mut response = render(&EditPage { frame: reader.frame(Some(Place::Clients)), view });
    if bad {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// `POST /clients/{id}/edit`
pub async fn save(
    State(server): State<Server>,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    let (said, id) = (Sent(said), client_id(&id)?);
    reader.caller().require(Permission::RegisterClients)?;
    match clients::amend(&server.app, reader.caller(), id, &amendment(&said)).await {
        Ok(_) => Ok(to_page(id)),
        Err(error @ AppError::Invalid { .. }) => {
            let problem = super::problem(&reader, error)?;
            let client = clients::get(&server.app, reader.caller(), id).await?;
            Ok(edit_page(&reader, &client, vec![problem]))
        }
        Err(error) => Err(error.into()),
    }
}

fn amendment(said: &Sent) -> Amendment {
    let cleared: BTreeSet<&str> = said.all("clear").collect();
    // What is masked is shown empty, and stays where nothing is typed.
    let masked = |name: &str| {
        let text = said.text(name);
        let typed = Some(text.to_owned()).filter(|text| !text.is_empty());
        if cleared.contains(name) { Some(String::new()) } else { typed }
    };
    let open = |name: &str| said.has(name).then(|| said.text(name).to_owned());
    let places = said.all("drop_telephone").filter_map(|place| place.parse().ok());
    let mut labels = BTreeMap::new();
    for place in 0..clients::TELEPHONES_MAX {
        if let Some(label) = open(&format!("label_{place}")) {
            labels.insert(place, label);
        }
    }
    Amendment {
        kind: Kind::of_word(said.text("kind")),
        name: masked("name"),
        company: masked("company"),
        plate: masked("plate"),
        grade: open("grade").map(|word| Grade::of_word(&word)),
        source: open("source").map(|word| Source::of_word(&word)),
        class: open("class"),
        address: masked("address"),
        needs: open("needs"),
        notes: masked("notes"),
        drop_telephones: places.collect(),
        labels,
        more_telephones: ["1", "2"]
            .into_iter()
            .map(|n| {
                let number = said.text(&format!("telephone_{n}")).to_owned();
                (number, said.text(&format!("new_label_{n}")).to_owned())
            })
            .collect(),
    }
}

/// `POST /clients/{id}/show`: one field in full.
pub async fn show(
    State(server): State<Server>,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    let (said, id) = (Sent(said), client_id(&id)?);
    let field = said.text("field").to_owned();
    let place: usize = said.text("place").parse().unwrap_or(0);
    let app = &server.app;
    let text = privacy::reveal_field(app, reader.caller(), id, &field, place).await?;
    let place = u32::try_from(place).unwrap_or(0);
    let row = FieldRow { field, place, text, label: String::new(), masked: false };
    let frame = reader.frame(Some(Place::Clients));
    Ok(render(&FieldPart { frame, id: id.to_string(), row }))
}

/// `POST /clients/{id}/tie`: with somebody who is here, or who is registered by it.
pub async fn tie(
    State(server): State<Server>,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    let (said, id) = (Sent(said), client_id(&id)?);
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    caller.require(Permission::RegisterClients)?;
    if said.has("untie") {
        clients::tie(app, caller, id, client_id(said.text("untie"))?, None).await?;
        return Ok(to_page(id));
    }
    let relation = Relation::of_word(said.text("relation"))
        .ok_or_else(|| Failure::unprocessable("no such relation"))?;
    let telephone = said.text("telephone").to_owned();
    let name = said.text("name").to_owned();
    let looked = if telephone.is_empty() { &name } else { &telephone };
    let mut found = clients::search(app, caller, site, looked, 3).await?;
    found.retain(|client| client.id != id);
    let other = match found.as_slice() {
        [one] => one.id,
        [] => {
            let telephones = Some(telephone).filter(|text| !text.is_empty());
            let telephones = telephones.into_iter().collect();
            let new = NewClient { name, telephones, ..NewClient::default() };
            clients::register(app, caller, site, command_id(said.text("command")), &new).await?.id
        }
        _ => {
            let text = reader.words().say("clients-tie-several");
            return Err(Failure::unprocessable(text));
        }
    };
    clients::tie(app, caller, id, other, Some(relation)).await?;
    Ok(to_page(id))
}

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Look {
    look: String,
    before: String,
}

/// `GET /clients/{id}/merge`
pub async fn choose(
    State(server): State<Server>,
    reader: Reader,
    Path(id): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    reader.caller().require(Permission::MergeClients)?;
    merge_page(&server, &reader, client_id(&id)?, look.look, None).await
}

async fn merge_page(
    server: &Server,
    reader: &Reader,
    id: ClientId,
    look: String,
    problem: Option<String>,
) -> Result<Response, Failure> {
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    let client = clients::get(app, caller, id).await?;
    let mut found = Vec::new();
    if !look.trim().is_empty() {
        found = clients::search(app, caller, site, &look, 20).await?;
        found.retain(|other| other.id != id && !other.shown.erased);
    }
    let row = |other: &Client| BulkRow {
        id: other.id.to_string(),
        name: other.shown.name.clone(),
        telephone: other.shown.telephones.first().cloned().unwrap_or_default(),
        owner: other.owner_name.clone().unwrap_or_default(),
        to: String::new(),
        came: String::new(),
        tone: Tone::Plain,
    };
    let view = MergeView {
        id: id.to_string(),
        name: client.shown.name.clone(),
        command: CommandId::now_v7().to_string(),
        look,
        found: found.iter().map(row).collect(),
        problem,
    };
    Ok(render(&MergePage { frame: reader.frame(Some(Place::Clients)), view }))
}

/// `POST /clients/{id}/merge`: this record is another client; or, parted again, it is not.
pub async fn merge(
    State(server): State<Server>,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    let (said, id) = (Sent(said), client_id(&id)?);
    let (app, caller) = (&server.app, reader.caller());
    caller.require(Permission::MergeClients)?;
    let command = command_id(said.text("command"));
    if said.has("part") {
        return match clients::part(app, caller, command, id).await {
            Ok(_) => Ok(to_page(id)),
            Err(AppError::Conflict { .. }) => {
                Err(Failure::unprocessable(reader.words().say("clients-part-late")))
            }
            Err(error) => Err(error.into()),
        };
    }
    let into = client_id(said.text("into"))?;
    match clients::merge(app, caller, command, id, into, said.text("reason")).await {
        Ok(_) => Ok(to_page(into)),
        Err(AppError::Invalid { field: "reason", .. }) => {
            let problem = Some(reader.words().say("clients-merge-reason-missing"));
            merge_page(&server, &reader, id, said.text("look").to_owned(), problem).await
        }
        Err(AppError::Conflict { .. }) => {
            let problem = Some(reader.words().say("clients-merge-impossible"));
            merge_page(&server, &reader, id, said.text("look").to_owned(), problem).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /clients/{id}/erase`: what would be lost.
pub async fn loss(
    State(server): State<Server>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let (app, caller, id) = (&server.app, reader.caller(), client_id(&id)?);
    let loss = clients::loss(app, caller, id).await?;
    let client = clients::get(app, caller, id).await?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let view = EraseView {
        id: id.to_string(),
        name: client.shown.name,
        lost: vec![
            (Key("clients-erase-records"), count(loss.records_count)),
            (Key("clients-erase-telephones"), count(loss.telephones_count)),
            (Key("clients-erase-ties"), count(loss.ties_count)),
            (Key("clients-erase-notes"), count(loss.notes_count)),
        ],
        entries_count: count(loss.entries_count),
    };
    Ok(render(&ErasePage { frame: reader.frame(Some(Place::Clients)), view }))
}

/// `POST /clients/{id}/erase`
pub async fn erase(
    State(server): State<Server>,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    let (said, id) = (Sent(said), client_id(&id)?);
    reader.caller().require(Permission::EraseClients)?;
    if said.text("sure") != "yes" {
        return Ok(Redirect::to(&format!("/clients/{id}/erase")).into_response());
    }
    clients::erase(&server.app, reader.caller(), id, said.text("for")).await?;
    Ok(to_page(id))
}

/// `GET /clients/{id}/timeline`
pub async fn timeline(
    State(server): State<Server>,
    reader: Reader,
    Path(id): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    let (app, caller, id) = (&server.app, reader.caller(), client_id(&id)?);
    let before = DateTime::parse_from_rfc3339(&look.before).ok().map(|at| at.to_utc());
    let line = clients::timeline(app, caller, id, before, ON_PAGE).await?;
    let client = clients::get(app, caller, id).await?;
    let row = |happening: clients::Happening| TimelineRow {
        entry: happening.entry.to_string(),
        kind: format!("client-{}", key(&happening.kind)),
        by: happening.by.unwrap_or_default(),
        at: happening.happened_at,
        owner_after: happening.owner_after,
        other: happening.other.map(|other| other.to_string()),
        changed: happening.changed,
        reason: happening.reason,
    };
    let view = TimelineView {
        id: id.to_string(),
        name: client.shown.name,
        rows: line.happenings.into_iter().map(row).collect(),
        before: line.next.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)),
    };
    Ok(render(&TimelinePage { frame: reader.frame(Some(Place::Clients)), view }))
}

/// `GET /clients/{id}/print`
pub async fn print(
    State(server): State<Server>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    reader.caller().require(Permission::SeeClients)?;
    let view = view::of(&server, &reader, client_id(&id)?, None).await?;
    Ok(render(&ClientPrintPage { frame: reader.frame(Some(Place::Clients)), view }))
}
