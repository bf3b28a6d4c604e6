//! Clients from paper: the one who is meant, or somebody new.

use domain::{attribution::Ownership, people::ClientId};
use store::SiteId;

use super::{NewClient, register, search, set_closed, set_owner};
use crate::{App, AppError, Caller, CommandId};

/// How many clients of the same name are looked at.
const ALIKE_MAX: i64 = 20;

/// The client whom `new` describes: the only one with that telephone, or the only one of that name whom
/// `owner` has; else somebody new, with that owner. `reason` is kept sealed with the owner.
pub async fn enter(
    app: &App,
    caller: &Caller,
    site: SiteId,
    id: CommandId,
    new: &NewClient,
    owner: Option<Ownership>,
    reason: &str,
) -> Result<ClientId, AppError> {
    if let Some(telephone) = new.telephones.first() {
        let number = super::normalise(telephone)?;
        let found = search(app, caller, site, &number, 2).await?;
        if let [one] = found.as_slice() {
            return Ok(one.id);
        }
    }
    if let Some(owner) = owner.filter(|_| !new.name.is_empty()) {
        let mut found = search(app, caller, site, &new.name, ALIKE_MAX).await?;
        found.retain(|client| client.owner == Some(owner.owner));
        if let [one] = found.as_slice() {
            return Ok(one.id);
        }
    }
    let client = register(app, caller, site, id, new).await?;
    if let Some(owner) = owner.filter(|_| client.owner.is_none()) {
        set_owner(app, caller, client.id, Some(owner.owner), reason).await?;
        if owner.closed {
            set_closed(app, caller, client.id, true).await?;
        }
    }
    Ok(client.id)
}
