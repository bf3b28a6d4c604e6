//! Who has not yet chosen a password of their own.

use std::collections::BTreeSet;

use domain::people::PersonId;
use store::people;

use crate::{App, AppError, Caller, roles::Permission};

/// Everybody of the caller's site, or of the company, whose first password still waits to be changed.
pub async fn first_passwords(app: &App, caller: &Caller) -> Result<BTreeSet<PersonId>, AppError> {
    caller.require(Permission::EditPeople)?;
    let mut tx = app.db.read().await?;
    let all = match caller.site {
        Some(site) => people::of_site(&mut tx, caller.tenant, site).await?,
        None => people::of_tenant(&mut tx, caller.tenant).await?,
    };
    let mut waiting = BTreeSet::new();
    for person in all {
        let credentials = people::credentials(&mut tx, caller.tenant, person.id).await?;
        if credentials.must_change_password {
            waiting.insert(PersonId(person.id));
        }
    }
    Ok(waiting)
}
