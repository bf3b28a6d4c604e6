//! Clients 客户: registering and finding them, whose they are, whether a deal closed.

mod change;
mod enter;
mod history;
mod search;
mod telephone;

use chrono::{DateTime, Utc};
use domain::people::{ClientId, PersonId};
use serde::Serialize;
use store::clients;

pub(crate) use change::add;
pub use change::{NewClient, correct, register, set_closed, set_owner};
pub use enter::enter;
pub use history::{ClientEntry, history};
pub use search::{of_owner, recent, search};
pub use telephone::normalise;

use crate::{App, AppError, Caller, privacy, privacy::Shown, roles::Permission};

/// A client, masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Client {
    /// The id.
    pub id: ClientId,
    /// Who it is, masked.
    pub shown: Shown,
    /// Whose client it is.
    pub owner: Option<PersonId>,
    /// The owner's name.
    pub owner_name: Option<String>,
    /// Since when.
    pub owner_since: Option<DateTime<Utc>>,
    /// Whether a deal closed.
    pub closed: bool,
    /// When it was entered here.
    pub created_at: DateTime<Utc>,
}

/// The client with this id, masked.
pub async fn get(app: &App, caller: &Caller, id: ClientId) -> Result<Client, AppError> {
    caller.require(Permission::SeeClients)?;
    let mut tx = app.db.read().await?;
    let found = clients::get(&mut tx, caller.tenant, id.0).await?;
    caller.at(found.site).map_err(|_| AppError::NotFound("client"))?;
    let names = crate::people::names(&mut tx, caller.tenant).await?;
    client_of(app, found, &names)
}

fn client_of(
    app: &App,
    row: clients::Client,
    names: &std::collections::BTreeMap<PersonId, String>,
) -> Result<Client, AppError> {
    let owner = row.owner.map(PersonId);
    Ok(Client {
        id: ClientId(row.id),
        shown: privacy::shown(app, &row, false)?,
        owner,
        owner_name: owner.and_then(|owner| names.get(&owner).cloned()),
        owner_since: row.owner_since,
        closed: row.closed,
        created_at: row.created_at,
    })
}
