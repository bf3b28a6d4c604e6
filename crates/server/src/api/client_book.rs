//! The client book 客户档案: lists, corrections, ties, merging, erasing, the timeline.

use app::{
    ClientId, PersonId, SiteId,
    clients::{self, Amendment, Asked as Filter, Grade, Kind, Owner, Source},
    privacy, sites,
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use domain::attribution::rules::Relation;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    bearer::Bearer,
    clients::Client,
    problem::Problem,
    said::{Asked, At, Key, Said},
};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(amend))
        .routes(routes!(show))
        .routes(routes!(ties, tie))
        .routes(routes!(timeline))
        .routes(routes!(merge))
        .routes(routes!(part))
        .routes(routes!(loss, erase))
}

/// Which clients: those for whom all of it is true.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// A part of name, pinyin, initials, company or plate, or a telephone.
    q: Option<String>,
    /// `nobody`, or the id of a person.
    owner: Option<String>,
    /// `person`, `household` or `company`.
    kind: Option<String>,
    /// `A`, `B`, `C` or `D`.
    grade: Option<String>,
    /// `visit`, `call`, `outreach`, `web`, `filing`, `referral` or `other`.
    source: Option<String>,
    /// Whether a deal closed.
    closed: Option<bool>,
    /// The owner's right ends within so many days.
    lapses_within_days: Option<u32>,
    /// The owner's right has ended.
    lapsed: Option<bool>,
    /// Nobody was in contact for so many days.
    silent_days: Option<u32>,
    /// Entered on this day or later.
    created_from: Option<NaiveDate>,
    /// Entered on this day or earlier.
    created_until: Option<NaiveDate>,
    /// Where the page before ended.
    after: Option<String>,
    /// At most so many.
    limit: Option<u32>,
}

pub(super) fn word<T>(
    field: &'static str,
    text: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Problem> {
    let unknown = |text: &str| {
        Problem::field(
            field,
            format!("`{text}` is not known here"),
            "see the description of the API",
        )
    };
    text.map(|text| read(text).ok_or_else(|| unknown(text))).transpose()
}

impl Wanted {
    fn filter(&self) -> Result<Filter, Problem> {
        let owner = word("owner", self.owner.as_deref(), |text| match text {
            "nobody" => Some(Owner::Nobody),
            id => id.parse().ok().map(|id| Owner::Of(PersonId(id))),
        })?;
        Ok(Filter {
            text: self.q.clone().unwrap_or_default().chars().take(100).collect(),
            owner: owner.unwrap_or_default(),
            kind: word("kind", self.kind.as_deref(), Kind::of_word)?,
            grade: word("grade", self.grade.as_deref(), Grade::of_word)?,
            source: word("source", self.source.as_deref(), Source::of_word)?,
            closed: self.closed,
            lapses_within_days: self.lapses_within_days.map(|days| days.min(3_660)),
            lapsed: self.lapsed.unwrap_or(false),
            silent_days: self.silent_days.map(|days| days.min(3_660)),
            created_from: self.created_from,
            created_until: self.created_until,
        })
    }
}

/// A page of clients.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page {
    rows: Vec<Client>,
    /// For `after`; nothing: this is all.
    next: Option<String>,
}

/// Lists clients by filters, masked, page by page
#[utoipa::path(get, operation_id = "list_clients", path = "/sites/{site}/clients/list", tag = "clients",
    params(("site" = Uuid, Path), Wanted), responses(
    (status = 200, body = Page),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn list(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<Page>, Problem> {
    let site = sites::site(&server.app, &caller, SiteId(site)).await?.id;
    let after = wanted.after.as_deref().map(str::parse).transpose()?;
    let limit = i64::from(wanted.limit.unwrap_or(50).clamp(1, 200));
    let listed = clients::list(&server.app, &caller, site, &wanted.filter()?, after, limit).await?;
    Ok(Json(Page {
        rows: listed.rows.into_iter().map(Client::from).collect(),
        next: listed.next.map(|next| next.to_string()),
    }))
}

/// What is corrected. What is not given stays; an empty text is taken away.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Correction {
    kind: Option<String>,
    name: Option<String>,
    company: Option<String>,
    plate: Option<String>,
    /// `A` to `D`; empty: none of them.
    grade: Option<String>,
    source: Option<String>,
    class: Option<String>,
    address: Option<String>,
    needs: Option<String>,
    notes: Option<String>,
    /// Places of telephones that are wrong, from 0.
    drop_telephones: Vec<usize>,
    /// Further telephones.
    more_telephones: Vec<LabelledTelephone>,
}

/// A telephone, and what it is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelledTelephone {
    number: String,
    #[serde(default)]
    label: String,
}

/// Corrects parts of what is known of a client, without seeing the rest
#[utoipa::path(patch, operation_id = "amend_client", path = "/clients/{client}", tag = "clients",
    params(("client" = Uuid, Path)), request_body = Correction, responses(
    (status = 200, body = Client),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn amend(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(client): At<Uuid>,
    Said(said): Said<Correction>,
) -> Result<Json<Client>, Problem> {
    let some = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let amendment = Amendment {
        kind: word("kind", said.kind.as_deref(), Kind::of_word)?,
        grade: match &said.grade {
            None => None,
            Some(_) => Some(word("grade", some(&said.grade).as_deref(), Grade::of_word)?),
        },
        source: match &said.source {
            None => None,
            Some(_) => Some(word("source", some(&said.source).as_deref(), Source::of_word)?),
        },
        name: said.name,
        company: said.company,
        plate: said.plate,
        class: said.class,
        address: said.address,
        needs: said.needs,
        notes: said.notes,
        drop_telephones: said.drop_telephones.into_iter().collect(),
        more_telephones: said.more_telephones.into_iter().map(|t| (t.number, t.label)).collect(),
        ..Amendment::default()
    };
    Ok(Json(clients::amend(&server.app, &caller, ClientId(client), &amendment).await?.into()))
}

/// Which field is shown.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// `name`, `telephone`, `company`, `plate`, `address` or `notes`.
    field: String,
    /// Which telephone, from 0.
    #[serde(default)]
    place: usize,
}

/// A field in full.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldShown {
    text: String,
}

/// Shows one field of a client in full; the journal says who looked at what
#[utoipa::path(post, operation_id = "show_client_field", path = "/clients/{client}/show", tag = "clients",
    params(("client" = Uuid, Path)), request_body = Field, responses(
    (status = 200, body = FieldShown),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn show(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(client): At<Uuid>,
    Said(said): Said<Field>,
) -> Result<Json<FieldShown>, Problem> {
    let (app, client) = (&server.app, ClientId(client));
    let text = privacy::reveal_field(app, &caller, client, &said.field, said.place).await?;
    Ok(Json(FieldShown { text }))
}

/// Somebody whom a client belongs together with.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tied {
    client: Uuid,
    /// Masked.
    name: String,
    /// How: `spouse`, `parent_child`, `sibling`, `household`, `shareholder`, `employee`, `friend`.
    relation: String,
    /// Whether the rulebook counts them as one client; nothing: nobody has decided.
    counts: Option<bool>,
}

/// Whom a client belongs together with
#[utoipa::path(get, operation_id = "client_ties", path = "/clients/{client}/ties", tag = "clients",
    params(("client" = Uuid, Path)), responses(
    (status = 200, body = Vec<Tied>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn ties(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(client): At<Uuid>,
) -> Result<Json<Vec<Tied>>, Problem> {
    let ties = clients::ties(&server.app, &caller, ClientId(client)).await?;
    let tied = |tie: clients::Tied| Tied {
        client: tie.client.0,
        name: tie.shown.name,
        relation: tie.relation.word().to_owned(),
        counts: tie.counts,
    };
    Ok(Json(ties.into_iter().map(tied).collect()))
}

/// A tie between two clients.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTie {
    other: Uuid,
    /// How; nothing: they do not belong together.
    relation: Option<String>,
}

/// Notes that two clients belong together, or do not
#[utoipa::path(post, operation_id = "tie_clients", path = "/clients/{client}/ties", tag = "clients",
    params(("client" = Uuid, Path)), request_body = NewTie, responses(
    (status = 204),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn tie(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(client): At<Uuid>,
    Said(said): Said<NewTie>,
) -> Result<StatusCode, Problem> {
    let relation = word("relation", said.relation.as_deref(), Relation::of_word)?;
    let (client, other) = (ClientId(client), ClientId(said.other));
    clients::tie(&server.app, &caller, client, other, relation).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where the timeline goes on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Before {
    /// Only what happened before this moment.
    before: Option<DateTime<Utc>>,
    /// At most about so many.
    limit: Option<u32>,
}

/// Everything that happened, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Timeline {
    happenings: Vec<Happening>,
    /// For `before`; nothing: this is all.
    next: Option<DateTime<Utc>>,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct Happening {
    /// The entry of the journal, which has the decision.
    entry: String,
    kind: String,
    by: Option<String>,
    happened_at: DateTime<Utc>,
    owner_after: Option<String>,
    visit: Option<Uuid>,
    other: Option<Uuid>,
    changed: Vec<String>,
    reason: Option<String>,
}

/// Everything that happened with a client
#[utoipa::path(get, operation_id = "client_timeline", path = "/clients/{client}/timeline", tag = "clients",
    params(("client" = Uuid, Path), Before), responses(
    (status = 200, body = Timeline),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn timeline(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(client): At<Uuid>,
    Asked(asked): Asked<Before>,
) -> Result<Json<Timeline>, Problem> {
    let limit = usize::try_from(asked.limit.unwrap_or(50)).unwrap_or(50);
    let client = ClientId(client);
    let line = clients::timeline(&server.app, &caller, client, asked.before, limit).await?;
    let happening = |one: clients::Happening| Happening {
        entry: one.entry.to_string(),
        kind: one.kind,
        by: one.by,
        happened_at: one.happened_at,
        owner_after: one.owner_after,
        visit: one.visit.map(|visit| visit.0),
        other: one.other.map(|other| other.0),
        changed: one.changed,
        reason: one.reason,
    };
    let happenings = line.happenings.into_iter().map(happening).collect();
    Ok(Json(Timeline { happenings, next: line.next }))
}

/// The record that a client turned out to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    into: Uuid,
    /// Why; kept sealed beside the journal.
    reason: String,
}

/// Says that this record is another client
#[utoipa::path(post, operation_id = "merge_client", path = "/clients/{client}/merge", tag = "clients",
    params(("client" = Uuid, Path), Key), request_body = Merge, responses(
    (status = 200, body = Client),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn merge(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(client): At<Uuid>,
    Key(key): Key,
    Said(said): Said<Merge>,
) -> Result<Json<Client>, Problem> {
    let (from, into) = (ClientId(client), ClientId(said.into));
    let merged = clients::merge(&server.app, &caller, key, from, into, &said.reason).await?;
    Ok(Json(merged.into()))
}

/// Takes a merging back, while nothing has happened since
#[utoipa::path(post, operation_id = "part_clients", path = "/clients/{client}/part", tag = "clients",
    params(("client" = Uuid, Path), Key), responses(
    (status = 200, body = Client),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn part(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(client): At<Uuid>,
    Key(key): Key,
) -> Result<Json<Client>, Problem> {
    Ok(Json(clients::part(&server.app, &caller, key, ClientId(client)).await?.into()))
}

/// What an erasure takes away, and what it leaves.
#[derive(Debug, Serialize, ToSchema)]
pub struct Loss {
    records_count: usize,
    telephones_count: usize,
    ties_count: usize,
    notes_count: usize,
    /// These stay.
    entries_count: usize,
}

/// What the erasure of a client would take away
#[utoipa::path(get, operation_id = "client_loss", path = "/clients/{client}/erasure", tag = "clients",
    params(("client" = Uuid, Path)), responses(
    (status = 200, body = Loss),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn loss(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(client): At<Uuid>,
) -> Result<Json<Loss>, Problem> {
    let loss = clients::loss(&server.app, &caller, ClientId(client)).await?;
    Ok(Json(Loss {
        records_count: loss.records_count,
        telephones_count: loss.telephones_count,
        ties_count: loss.ties_count,
        notes_count: loss.notes_count,
        entries_count: loss.entries_count,
    }))
}

/// Why a client is erased.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// `request`, `retention` or `mistake`.
    reason: String,
}

/// Erases who a client is, for good; ids, decisions and the chain stay
#[utoipa::path(post, operation_id = "erase_client", path = "/clients/{client}/erasure", tag = "clients",
    params(("client" = Uuid, Path)), request_body = Erasure, responses(
    (status = 204),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn erase(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(client): At<Uuid>,
    Said(said): Said<Erasure>,
) -> Result<StatusCode, Problem> {
    clients::erase(&server.app, &caller, ClientId(client), &said.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}
