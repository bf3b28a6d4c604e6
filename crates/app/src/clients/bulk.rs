//! Doing one thing about many clients: shown first with what would come of it for each, then done, each by a
//! decision of its own.

use domain::{
    attribution::{Command, Outcome},
    people::{ClientId, PersonId},
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::SiteId;
use uuid::Uuid;

use super::{Amendment, Asked, Client, Grade, amend, get, list::places};
use crate::{App, AppError, Caller, CommandId, attribution, roles::Permission};

/// The most clients of one go.
pub const CLIENTS_MAX: usize = 500;

/// What is done about each of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// They get this grade, or none.
    Grade(Option<Grade>),
    /// They are given to these people, one after another.
    Assign(Vec<PersonId>),
    /// The clients of a leaver are given to these people, one after another.
    Distribute(Vec<PersonId>),
}

/// A client of such a go, and what comes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Planned {
    /// The client, masked.
    pub client: Client,
    /// Who would have them, or has them now.
    pub to: Option<PersonId>,
    /// What comes of it.
    pub came: Came,
}

/// What comes of it for one client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// Nothing stands in the way, or it is done.
    Done,
    /// The rulebook's decision.
    Decided(Outcome),
    /// It cannot be done: why.
    Failed(String),
}

impl Came {
    /// Whether it is, or would be, done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        match self {
            Self::Done => true,
            Self::Decided(outcome) => {
                !matches!(outcome, Outcome::Refused { .. } | Outcome::Undecided { .. })
            }
            Self::Failed(_) => false,
        }
    }
}

impl Act {
    fn permission(&self) -> Permission {
        match self {
            Self::Grade(_) => Permission::RegisterClients,
            Self::Assign(_) | Self::Distribute(_) => Permission::SetOwner,
        }
    }

    /// Who gets the client at `place`.
    fn to(&self, place: usize) -> Option<PersonId> {
        match self {
            Self::Grade(_) => None,
            Self::Assign(people) | Self::Distribute(people) => {
                people.get(place.checked_rem(people.len())?).copied()
            }
        }
    }

    fn command(&self, to: PersonId) -> Option<Command> {
        match self {
            Self::Grade(_) => None,
            Self::Assign(_) => Some(Command::Assign { to }),
            Self::Distribute(_) => Some(Command::Distribute { to, left: false }),
        }
    }
}

fn check(caller: &Caller, act: &Act, clients: &[ClientId]) -> Result<(), AppError> {
    caller.require(act.permission())?;
    if clients.is_empty() {
        return Err(AppError::invalid("clients", "no client is chosen", "choose some"));
    }
    if clients.len() > CLIENTS_MAX {
        let hint = format!("choose at most {CLIENTS_MAX} in one go");
        return Err(AppError::invalid("clients", "these are too many clients", hint));
    }
    if matches!(act, Act::Assign(people) | Act::Distribute(people) if people.is_empty()) {
        return Err(AppError::invalid("to", "nobody is chosen", "choose who gets them"));
    }
    Ok(())
}

/// The ids of at most [`CLIENTS_MAX`] clients for what is asked.
pub async fn chosen(
    app: &App,
    caller: &Caller,
    site: SiteId,
    asked: &Asked,
) -> Result<Vec<ClientId>, AppError> {
    caller.require(Permission::SeeClients)?;
    caller.at(site)?;
    let mut tx = app.db.read().await?;
    let most = i64::try_from(CLIENTS_MAX).unwrap_or(i64::MAX);
    let places = places(app, &mut tx, caller, site, asked, None, most).await?;
    Ok(places.into_iter().map(|place| ClientId(place.id)).collect())
}

/// What would come of `act` for each of `clients`. Nothing is written.
pub async fn preview(
    app: &App,
    caller: &Caller,
    act: &Act,
    clients: &[ClientId],
) -> Result<Vec<Planned>, AppError> {
    check(caller, act, clients)?;
    let mut planned = Vec::new();
    for (place, id) in clients.iter().enumerate() {
        let client = get(app, caller, *id).await?;
        let to = act.to(place);
        let command = to.and_then(|to| act.command(to));
        let came = match command {
            _ if client.shown.erased => Came::Failed("erased".into()),
            _ if client.merged_into.is_some() => Came::Failed("merged".into()),
            None => Came::Done,
            Some(command) => match attribution::preview(app, caller, *id, &command).await {
                Ok(outcome) => Came::Decided(outcome),
                Err(error) => Came::Failed(failure(error)?),
            },
        };
        planned.push(Planned { client, to, came });
    }
    Ok(planned)
}

/// A row's failure in a word; what concerns the whole go is an error.
fn failure(error: AppError) -> Result<String, AppError> {
    match error {
        AppError::Store(error) => Err(AppError::Store(error)),
        AppError::NotPermitted(permission) => Err(AppError::NotPermitted(permission)),
        error => Ok(error.to_string()),
    }
}

/// Does `act` about each of `clients`, once for each `id`; what came of it for each.
pub async fn carry_out(
    app: &App,
    caller: &Caller,
    id: CommandId,
    act: &Act,
    clients: &[ClientId],
) -> Result<Vec<Planned>, AppError> {
    check(caller, act, clients)?;
    let mut done = Vec::new();
    for (place, client) in clients.iter().enumerate() {
        let to = act.to(place);
        let came = match (act, to.and_then(|to| act.command(to))) {
            (Act::Grade(grade), _) => {
                let amendment = Amendment { grade: Some(*grade), ..Amendment::default() };
                amend(app, caller, *client, &amendment).await.map(|_| Came::Done)
            }
            (_, Some(command)) => {
                let one = command_id(id, *client);
                attribution::carry_out(app, caller, *client, one, &command, None)
                    .await
                    .map(|carried| Came::Decided(carried.outcome))
            }
            (_, None) => Ok(Came::Failed("nobody".into())),
        };
        let came = match came {
            Ok(came) => came,
            Err(error) => Came::Failed(failure(error)?),
        };
        done.push(Planned { client: get(app, caller, *client).await?, to, came });
    }
    Ok(done)
}

/// The id of the command about one client of the go `id`.
fn command_id(id: CommandId, client: ClientId) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(id.as_bytes());
    hash.update(client.0.as_bytes());
    let digest: [u8; 32] = hash.finalize().into();
    let (id, _) = digest.split_at(16);
    uuid::Builder::from_custom_bytes(id.try_into().unwrap_or_default()).into_uuid()
}
