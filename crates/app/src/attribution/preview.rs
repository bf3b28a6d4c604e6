//! What would come of a command about a client, without recording it.

use domain::{
    attribution::{Command, Outcome, decide},
    people::ClientId,
};
use store::clients;

use super::{
    carry_out::{at_site, permit, with_facts},
    look,
};
use crate::{
    App, AppError, Caller,
    roles::Permission,
    rotation::{moment, zone_of},
};

/// What would come of `command` about `client` at this moment.
pub async fn preview(
    app: &App,
    caller: &Caller,
    client: ClientId,
    command: &Command,
) -> Result<Outcome, AppError> {
    caller.require(Permission::SeeClients)?;
    permit(caller, command)?;
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let row = clients::get(&mut tx, caller.tenant, client.0).await?;
    caller.at(row.site).map_err(|_| AppError::NotFound("client"))?;
    let zone = zone_of(&mut tx, caller.tenant, row.site).await?;
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, caller.tenant, row.site, now).await?;
    let ruling = ruling.ok_or_else(|| {
        AppError::conflict("no rulebook is in effect at this site", "activate a rulebook")
    })?;
    at_site(&mut tx, caller.tenant, row.site, command).await?;
    let command = &with_facts(&mut tx, caller.tenant, &row, command).await?;
    let (state, ..) = look::at(&mut tx, &row, Some(&ruling), now).await?;
    let at = moment(zone, now);
    Ok(decide(&ruling.attribution, &state, command, &caller.actor(), at).outcome)
}
