//! Attribution 客户归属: whose client somebody is and why, and the commands about that.

use std::collections::BTreeSet;

use app::{
    ClientId, PersonId,
    attribution::{self, Looked},
    sites,
};
use axum::{Json, extract::State};
use chrono::{DateTime, NaiveDate, Utc};
use domain::attribution::{
    self as rights, Outcome,
    rules::{Channel, Evidence, Field, Relation},
    state::{Basis, ContactKind, RegistrationId},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    bearer::Bearer,
    problem::Problem,
    rotation::{Answer, Finding},
    said::{At, Key, Said, sensible},
    words,
};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(look, give))
}

/// Whose client somebody is, why, and what is known of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Attribution {
    /// Whose client it is; nobody's.
    owner: Option<Uuid>,
    /// Since when.
    since: Option<DateTime<Utc>>,
    /// When the right was last renewed, or founded.
    renewed: Option<DateTime<Utc>>,
    /// The last day of the right unless it is renewed; nothing: for good.
    until: Option<NaiveDate>,
    /// The first day on which the owner is warned of a lapse.
    warned_from: Option<NaiveDate>,
    /// Whether a deal closed.
    closed: bool,
    /// The clauses that were cited.
    clauses: Vec<String>,
    /// Every condition that was looked at, in order.
    because: Vec<Finding>,
    registrations: Vec<Registration>,
    contacts: Vec<Contact>,
    rights: Vec<Right>,
}

/// A registration of a client.
#[derive(Debug, Serialize, ToSchema)]
pub struct Registration {
    id: Uuid,
    /// Whose registration.
    by: Uuid,
    /// How the contact came about.
    #[schema(schema_with = words::contact_channel)]
    channel: Channel,
    at: DateTime<Utc>,
    /// What it holds.
    #[schema(schema_with = words::fields)]
    fields: BTreeSet<Field>,
    /// When the consultant signed.
    signed_at: Option<DateTime<Utc>>,
}

/// Somebody was in contact with the client.
#[derive(Debug, Serialize, ToSchema)]
pub struct Contact {
    by: Uuid,
    #[schema(schema_with = words::contact_kind)]
    kind: ContactKind,
    /// Whether the record is complete.
    complete: bool,
    at: DateTime<Utc>,
}

/// A right to the client, also one that ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct Right {
    by: Uuid,
    /// What it rests on.
    #[schema(schema_with = words::basis)]
    basis: &'static str,
    from: DateTime<Utc>,
    /// Days it lives without renewal; nothing: for good.
    days: Option<u32>,
    /// When it was taken away.
    ended_at: Option<DateTime<Utc>>,
}

impl From<&rights::state::Registration> for Registration {
    fn from(known: &rights::state::Registration) -> Self {
        Self {
            id: known.id.0,
            by: known.by.0,
            channel: known.channel,
            at: known.at.to_utc(),
            fields: known.fields.clone(),
            signed_at: known.signed_at.map(|at| at.to_utc()),
        }
    }
}

impl From<&rights::state::Contact> for Contact {
    fn from(contact: &rights::state::Contact) -> Self {
        let (by, at) = (contact.by.0, contact.at.to_utc());
        Self { by, kind: contact.kind, complete: contact.complete, at }
    }
}

impl From<&rights::state::Right> for Right {
    fn from(right: &rights::state::Right) -> Self {
        let basis = match right.basis {
            Basis::Registration(_) => "registration",
            Basis::Reception => "reception",
            Basis::Assigned => "assigned",
            Basis::Distributed => "distributed",
            Basis::Ruling => "ruling",
            Basis::Filing(_) => "filing",
            Basis::Pool => "pool",
        };
        Self {
            by: right.by.0,
            basis,
            from: right.from.to_utc(),
            days: right.days,
            ended_at: right.ended.as_ref().map(|ended| ended.at.to_utc()),
        }
    }
}

impl From<Looked> for Attribution {
    fn from(looked: Looked) -> Self {
        let standing = looked.standing;
        Self {
            owner: standing.map(|standing| standing.owner.0),
            since: standing.map(|standing| standing.since.to_utc()),
            renewed: standing.map(|standing| standing.renewed.to_utc()),
            until: standing.and_then(|standing| standing.until),
            warned_from: looked.warned_from,
            closed: standing.is_some_and(|standing| standing.closed),
            clauses: looked.because.clauses().into_iter().map(|clause| clause.0).collect(),
            because: looked.because.0.into_iter().map(Finding::from).collect(),
            registrations: looked.client.registrations.iter().map(Registration::from).collect(),
            contacts: looked.client.contacts.iter().map(Contact::from).collect(),
            rights: looked.client.rights.iter().map(Right::from).collect(),
        }
    }
}

/// A command about a client.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "command", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientCommand {
    /// Somebody registers the client. The answer's entry and the key name the registration: the id of a
    /// registration is the key of the command.
    Register {
        /// Whose registration.
        by: Uuid,
        /// How the contact came about.
        #[schema(schema_with = words::contact_channel)]
        channel: Channel,
        /// What it holds.
        #[schema(schema_with = words::fields)]
        fields: BTreeSet<Field>,
        /// Whether the consultant signed.
        #[serde(default)]
        signed: bool,
        /// When it happened, where it is typed in late.
        happened_at: Option<DateTime<Utc>>,
    },
    /// Something missing is added to a registration.
    Complete {
        /// Which.
        registration: Uuid,
        /// What is added.
        #[schema(schema_with = words::fields)]
        #[serde(default)]
        fields: BTreeSet<Field>,
        /// Whether the consultant signs now.
        #[serde(default)]
        signed: bool,
        /// When it happened, where it is typed in late.
        happened_at: Option<DateTime<Utc>>,
    },
    /// Somebody was in contact with the client.
    Contact {
        /// Who.
        by: Uuid,
        /// How.
        #[schema(schema_with = words::contact_kind)]
        kind: ContactKind,
        /// Whether the record is complete.
        complete: bool,
        /// When it happened, where it is typed in late.
        happened_at: Option<DateTime<Utc>>,
    },
    /// Somebody in authority gives the client to somebody.
    Assign {
        /// To whom.
        to: Uuid,
    },
    /// A leaver's client is given to somebody.
    Distribute {
        /// To whom.
        to: Uuid,
    },
    /// The consultant is changed for cause.
    Change {
        /// To whom.
        to: Uuid,
    },
    /// A deal is closed.
    Close {
        /// Who closed it.
        by: Uuid,
        /// How the buyer is related to whom is registered, where the names differ.
        #[schema(schema_with = words::relation)]
        buyer: Option<Relation>,
        /// When it happened, where it is typed in late.
        happened_at: Option<DateTime<Utc>>,
    },
    /// The deal did not come about after all.
    CancelClosing {},
    /// Somebody claims the client.
    Claim {
        /// Who.
        by: Uuid,
        /// Where the record stands that they show.
        #[schema(schema_with = words::evidence)]
        evidence: Evidence,
        /// When the record was made.
        recorded_at: DateTime<Utc>,
    },
    /// A claim is ruled on.
    Rule {
        /// Whose client it is.
        owner: Uuid,
    },
}

impl ClientCommand {
    /// The command of `key`, with its time; `moment` is the clock of the site.
    fn of(
        self,
        Key(key): Key,
        moment: impl Fn(DateTime<Utc>) -> app::Moment,
    ) -> (rights::Command, Option<DateTime<Utc>>) {
        use rights::Command as C;
        match self {
            Self::Register { by, channel, fields, signed, happened_at } => {
                let (id, by) = (RegistrationId(key), PersonId(by));
                (C::Register { id, by, channel, fields, signed }, happened_at)
            }
            Self::Complete { registration, fields, signed, happened_at } => {
                (C::Complete { id: RegistrationId(registration), fields, signed }, happened_at)
            }
            Self::Contact { by, kind, complete, happened_at } => {
                (C::Contact { by: PersonId(by), kind, complete }, happened_at)
            }
            Self::Assign { to } => (C::Assign { to: PersonId(to) }, None),
            Self::Distribute { to } => (C::Distribute { to: PersonId(to), left: false }, None),
            Self::Change { to } => (C::Change { to: PersonId(to) }, None),
            Self::Close { by, buyer, happened_at } => {
                (C::Close { by: PersonId(by), buyer }, happened_at)
            }
            Self::CancelClosing {} => (C::CancelClosing, None),
            Self::Claim { by, evidence, recorded_at } => {
                let (by, recorded_at) = (PersonId(by), moment(recorded_at));
                (C::Claim { by, evidence, recorded_at }, None)
            }
            Self::Rule { owner } => (C::Rule { owner: PersonId(owner) }, None),
        }
    }
}

/// Whose client it is, and why
#[utoipa::path(get, operation_id = "get_attribution", path = "/clients/{client}/attribution", tag = "clients",
    params(("client" = Uuid, Path)), responses(
    (status = 200, body = Attribution),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn look(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(client): At<Uuid>,
) -> Result<Json<Attribution>, Problem> {
    let looked = attribution::look(&server.app, &caller, ClientId(client)).await?;
    Ok(Json(looked.into()))
}

/// Registers, follows up, closes, claims, gives to somebody: a command about a client
#[utoipa::path(post, operation_id = "attribute_client", path = "/clients/{client}/attribution", tag = "clients",
    params(("client" = Uuid, Path), Key), request_body = ClientCommand, responses(
    (status = 200, body = Answer),
    (status = 409, body = Problem, content_type = "application/problem+json",
        description = "refused by the rulebook, with the decision; or a conflict"),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn give(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(client): At<Uuid>,
    key: Key,
    Said(said): Said<ClientCommand>,
) -> Result<Json<Answer>, Problem> {
    if let ClientCommand::Claim { recorded_at, .. } = &said {
        sensible("recorded_at", Some(*recorded_at))?;
    }
    let (app, client) = (&server.app, ClientId(client));
    let site = attribution::site_of(app, &caller, client).await?;
    let sites = sites::sites(app, &caller).await?;
    let site = sites.into_iter().find(|known| known.id == site);
    let site = site.ok_or(app::AppError::NotFound("client"))?;
    let (command, happened_at) = said.of(key, |at| site.moment(at));
    let happened_at = sensible("happened_at", happened_at)?;
    let carried =
        attribution::carry_out(app, &caller, client, key.0, &command, happened_at).await?;
    if matches!(carried.outcome, Outcome::Refused { .. }) {
        return Err(Problem::refused(carried));
    }
    Ok(Json(carried.into()))
}
