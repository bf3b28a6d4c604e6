//! What imports ask a floor before they write: how far its time has come, and what it knows already.

use chrono::{DateTime, Utc};
use store::{SiteId, journal};

use super::saved::look;
use crate::{App, AppError, Caller, CommandId, roles::Permission};

/// The moment of the last thing that happened on the floor of `site`.
pub async fn last_moment(
    app: &App,
    caller: &Caller,
    site: SiteId,
) -> Result<Option<DateTime<Utc>>, AppError> {
    caller.at(site)?;
    caller.require(Permission::SeeFloor)?;
    let mut tx = app.db.read().await?;
    let (saved, ..) = look(&mut tx, caller.tenant, site).await?;
    Ok(saved.last_at.map(|last| last.to_utc()))
}

/// Whether the journal has the command `id`.
pub(crate) async fn is_known(app: &App, caller: &Caller, id: CommandId) -> Result<bool, AppError> {
    let mut tx = app.db.read().await?;
    Ok(journal::by_command(&mut tx, caller.tenant, id).await?.is_some())
}
