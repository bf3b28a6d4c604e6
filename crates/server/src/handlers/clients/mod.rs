//! Clients: finding and registering them, whose they are and why, and what is done about that.

mod acts;
mod book;
mod bulk;
mod export;
mod filter;
pub mod imports;
mod told;
mod view;

pub use acts::act;
pub use book::{choose, edit, erase, loss, merge, print, save, show, tie, timeline};
pub use bulk::{carry_out, drop_kept, keep};
pub use export::export;
pub(crate) use told::{decision_page, why};

use app::{
    AppError, ClientId, CommandId, Role,
    attribution::{self, Brief},
    clients::{self, Asked, Client, Grade, Kind, NewClient, Owner, Source},
    roles::Permission,
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use domain::attribution::decide::Standing;
use serde::Deserialize;

use filter::Wanted;

use crate::{
    handlers::{answer::command_id, rotation::people},
    pages::{
        clients::{
            ClientPage, ClientsPage,
            book::{KeptRow, ListTools},
            view::{ClientForm, ClientRow, ClientsView, ListKind, Term},
        },
        frame::{Place, Problem},
    },
    web::{failure::Failure, form::Form, reader::Reader, render::render, state::Server},
};

/// How many clients one list shows.
const ON_PAGE: i64 = 40;
/// Days before a lapse that are soon, whatever the rulebook says of warnings.
const SOON_DAYS: i64 = 2;

/// What was done just before.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    told: String,
}

/// A new client, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    command: String,
    name: String,
    telephone: String,
    telephone_2: String,
    company: String,
    plate: String,
}

impl Typed {
    fn client(&self) -> NewClient {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        NewClient {
            name: self.name.trim().to_owned(),
            telephones: [&self.telephone, &self.telephone_2]
                .into_iter()
                .filter_map(|t| some(t))
                .collect(),
            company: some(&self.company),
            plate: some(&self.plate),
            ..NewClient::default()
        }
    }

    fn form(self, problem: Problem) -> ClientForm {
        ClientForm {
            command: self.command,
            name: self.name,
            telephone: self.telephone,
            telephone_2: self.telephone_2,
            company: self.company,
            plate: self.plate,
            problems: vec![problem],
        }
    }
}

/// `GET /clients`
pub async fn list(
    State(server): State<Server>,
    reader: Reader,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    reader.caller().require(Permission::SeeClients)?;
    let form = ClientForm { command: CommandId::now_v7().to_string(), ..ClientForm::default() };
    let view = listed(&server, &reader, &wanted, form).await?;
    Ok(render(&ClientsPage { frame: reader.frame(Some(Place::Clients)), view }))
}

/// The list for what is wanted; where nothing is, the reader's own clients, or the newest.
async fn listed(
    server: &Server,
    reader: &Reader,
    wanted: &Wanted,
    form: ClientForm,
) -> Result<ClientsView, Failure> {
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    let mut asked = wanted.asked(reader);
    let own = caller.person.filter(|_| caller.is(Role::Consultant) && asked == Asked::default());
    let kind = match own {
        Some(me) => {
            asked.owner = Owner::Of(me);
            ListKind::Mine
        }
        None if asked == Asked::default() => ListKind::Newest,
        None => ListKind::Found,
    };
    let after = wanted.after.parse().ok();
    let page = clients::list(app, caller, site, &asked, after, ON_PAGE).await?;
    let mut found = page.rows;
    let ids: Vec<ClientId> = found.iter().map(|client| client.id).collect();
    let briefs = attribution::briefs(app, caller, &ids).await?;
    if let Some(me) = own {
        // What lapsed is theirs no more; what lapses next comes first.
        found.retain(|client| briefs.get(&client.id).is_some_and(|b| b.standing.owner == me));
        found.sort_by_key(|client| {
            let until = briefs.get(&client.id).and_then(|brief| brief.standing.until);
            (until.is_none(), until)
        });
    }
    let today = reader.site.moment(reader.now).date_naive();
    let row = |client: Client| row(today, &client, briefs.get(&client.id));
    let tools = tools(server, reader, wanted, page.next).await?;
    Ok(ClientsView {
        look: wanted.look.clone(),
        kind,
        tools,
        rows: found.into_iter().map(row).collect(),
        form: caller.may(Permission::RegisterClients).then_some(form),
    })
}

async fn tools(
    server: &Server,
    reader: &Reader,
    wanted: &Wanted,
    next: Option<clients::Next>,
) -> Result<ListTools, Failure> {
    let (app, caller) = (&server.app, reader.caller());
    let words = |all: &mut dyn Iterator<Item = &'static str>| all.map(str::to_owned).collect();
    let kept = |kept: clients::Kept| KeptRow {
        id: kept.id.to_string(),
        name: kept.name,
        query: Wanted::of(&kept.asked).query(),
    };
    Ok(ListTools {
        filter: wanted.view(),
        kept: clients::kept(app, caller).await?.into_iter().map(kept).collect(),
        people: people(server, reader).await?,
        grades: words(&mut Grade::ALL.iter().map(|grade| grade.word())),
        sources: words(&mut Source::ALL.iter().map(|source| source.word())),
        kinds: words(&mut Kind::ALL.iter().map(|kind| kind.word())),
        next: next.map(|next| next.to_string()),
        may_grade: caller.may(Permission::RegisterClients),
        may_assign: caller.may(Permission::SetOwner),
        may_export: caller.may(Permission::ExportClients),
        may_export_in_full: caller.may(Permission::Reveal),
        may_import: caller.may(Permission::ImportClients),
    })
}

fn row(today: NaiveDate, client: &Client, brief: Option<&Brief>) -> ClientRow {
    ClientRow {
        id: client.id.to_string(),
        name: client.shown.name.clone(),
        telephone: client.shown.telephones.first().cloned().unwrap_or_default(),
        grade: client.grade.map(|grade| grade.word().to_owned()).unwrap_or_default(),
        contact_at: client.last_contact_at,
        owner: brief.and_then(|brief| brief.owner.clone()),
        term: brief.map(|brief| term(today, &brief.standing, brief.warned_from)),
    }
}

/// How long a client is somebody's, seen on `today`.
fn term(today: NaiveDate, standing: &Standing, warned_from: Option<NaiveDate>) -> Term {
    match standing.until {
        _ if standing.closed => Term::Closed,
        None => Term::ForGood,
        Some(until) => {
            let warned = warned_from.is_some_and(|from| from <= today);
            let soon = (until - today).num_days() <= SOON_DAYS;
            if warned || soon { Term::Lapses(until) } else { Term::Until(until) }
        }
    }
}

/// `POST /clients`: registers a client, once for each form.
pub async fn register(
    State(server): State<Server>,
    form: Form<Typed>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    reader.caller().require(Permission::RegisterClients)?;
    let (id, site) = (command_id(&said.command), reader.site.id);
    let new = said.client();
    match clients::register(&server.app, reader.caller(), site, id, &new).await {
        Ok(client) => Ok(Redirect::to(&format!("/clients/{}", client.id)).into_response()),
        Err(error) => {
            let form = said.form(problem(&reader, error)?);
            let view = listed(&server, &reader, &Wanted::default(), form).await?;
            let frame = reader.frame(Some(Place::Clients));
            let mut response = render(&ClientsPage { frame, view });
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}

/// The problem that an error means, if it is one of the form.
fn problem(reader: &Reader, error: AppError) -> Result<Problem, Failure> {
    let words = reader.words();
    let (field, text) = match &error {
        AppError::Invalid { field: "telephone", .. } => {
            ("telephone", words.say("clients-telephone-unfit"))
        }
        AppError::Invalid { field: "name", message, .. } if message.contains("too long") => {
            ("name", words.say("clients-name-long"))
        }
        AppError::Invalid { field: "name", .. } => ("name", words.say("clients-name-missing")),
        AppError::Invalid { field, message, .. } if message.contains("too long") => {
            (*field, words.say("clients-field-long"))
        }
        _ => return Err(error.into()),
    };
    Ok(Problem { field: field.into(), text })
}

fn client_id(text: &str) -> Result<ClientId, Failure> {
    text.parse().map(ClientId).map_err(|_| Failure::not_found())
}

/// `GET /clients/{id}`
pub async fn page(
    State(server): State<Server>,
    reader: Reader,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    reader.caller().require(Permission::SeeClients)?;
    let id = client_id(&id)?;
    let mut view = view::of(&server, &reader, id, None).await?;
    if let Ok(entry) = done.told.parse::<app::EntryId>()
        && entry.stream.id == id.0
    {
        view.told = Some(why(&server, &reader, entry).await?);
    }
    Ok(render(&ClientPage { frame: reader.frame(Some(Place::Clients)), view }))
}
