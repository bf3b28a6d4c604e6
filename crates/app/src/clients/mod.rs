//! Clients 客户: registering and finding them, whose they are, whether a deal closed.

mod amend;
pub mod bulk;
mod change;
mod enter;
mod erase;
pub mod export;
mod history;
pub mod import;
mod kept;
mod known;
mod list;
mod merge;
mod search;
mod telephone;
mod ties;
mod timeline;
mod words;

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{ClientId, PersonId};
use serde::Serialize;
use store::clients;

pub use amend::{Amendment, amend};
pub(crate) use change::add;
pub use change::{correct, register, set_closed, set_owner};
pub use enter::enter;
pub use erase::{Loss, erase, loss};
pub use history::{ClientEntry, history};
pub use kept::{Kept, drop_kept, keep, kept};
pub(crate) use known::Known;
pub use known::{Extra, NewClient, TELEPHONES_MAX};
pub use list::{Asked, Listed, Next, Owner, list};
pub use merge::{merge, part};
pub use search::{of_owner, recent, search};
pub use telephone::normalise;
pub use ties::{Tied, tie, ties};
pub use timeline::{Happening, Timeline, timeline};
pub use words::{Grade, Kind, Source};

use crate::{App, AppError, Caller, privacy, privacy::Shown, roles::Permission};

/// A client, masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Client {
    /// The id.
    pub id: ClientId,
    /// Who it is, masked.
    pub shown: Shown,
    /// A person, household or company.
    pub kind: Kind,
    /// The grade of intention.
    pub grade: Option<Grade>,
    /// Where the client comes from.
    pub source: Option<Source>,
    /// When somebody was last in contact.
    pub last_contact_at: Option<DateTime<Utc>>,
    /// The last day on which the client is the owner's, as of the last change.
    pub lapses_on: Option<NaiveDate>,
    /// The record that this one turned out to be.
    pub merged_into: Option<ClientId>,
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
        kind: Kind::of_word(&row.kind).unwrap_or(Kind::Person),
        grade: row.grade.as_deref().and_then(Grade::of_word),
        source: row.source.as_deref().and_then(Source::of_word),
        last_contact_at: row.last_contact_at,
        lapses_on: row.lapses_on,
        merged_into: row.merged_into.map(ClientId),
        owner,
        owner_name: owner.and_then(|owner| names.get(&owner).cloned()),
        owner_since: row.owner_since,
        closed: row.closed,
        created_at: row.created_at,
    })
}
