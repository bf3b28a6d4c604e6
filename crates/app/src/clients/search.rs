//! Finding clients while typing: by a part of the name, its pinyin or initials, or by telephone.

use domain::people::{ClientId, PersonId};
use store::{SiteId, clients, clients::Telephone};

use super::{Client, client_of, normalise, telephone::half_width};
use crate::{App, AppError, Caller, roles::Permission};

/// The most clients that one search shows.
const LIMIT_MAX: i64 = 50;

/// At most `limit` clients of `site` for what was typed, the newest first.
///
/// Digits alone are a telephone: 4 the last four, 8 the last eight, more the whole number. Anything else is a
/// part of name, pinyin, initials, company or plate.
pub async fn search(
    app: &App,
    caller: &Caller,
    site: SiteId,
    typed: &str,
    limit: i64,
) -> Result<Vec<Client>, AppError> {
    caller.require(Permission::SeeClients)?;
    caller.at(site)?;
    let limit = limit.clamp(1, LIMIT_MAX);
    let plain: String = typed.trim().chars().map(half_width).collect();
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let is_telephone = digits.len() >= 4
        && plain.chars().all(|char| char.is_ascii_digit() || " -+()".contains(char));
    let (tenant, keys) = (caller.tenant, &app.keys);
    let mut tx = app.db.read().await?;
    let found = if is_telephone {
        let whole = normalise(&plain).ok();
        let by = match (digits.len(), &whole) {
            (4, _) => Telephone::Last4(&digits),
            (_, Some(whole)) => Telephone::Whole(whole),
            (8, None) => Telephone::Last8(&digits),
            _ => return Ok(Vec::new()),
        };
        let mut found = clients::find_by_telephone(&mut tx, keys, tenant, site, by, limit).await?;
        if found.is_empty() && digits.len() == 8 {
            // Eight digits may be a landline without its area code.
            let last = Telephone::Last8(&digits);
            found = clients::find_by_telephone(&mut tx, keys, tenant, site, last, limit).await?;
        }
        found
    } else {
        clients::find_by_part(&mut tx, keys, tenant, site, &plain, limit).await?
    };
    let names = crate::people::names(&mut tx, tenant).await?;
    found.into_iter().map(|client| client_of(app, client, &names)).collect()
}

/// At most `limit` clients of `site` older than `before`, the newest first.
pub async fn recent(
    app: &App,
    caller: &Caller,
    site: SiteId,
    before: Option<ClientId>,
    limit: i64,
) -> Result<Vec<Client>, AppError> {
    caller.require(Permission::SeeClients)?;
    caller.at(site)?;
    let mut tx = app.db.read().await?;
    let before = before.map(|client| client.0);
    let limit = limit.clamp(1, LIMIT_MAX);
    let found = clients::of_site(&mut tx, caller.tenant, site, before, limit).await?;
    let names = crate::people::names(&mut tx, caller.tenant).await?;
    found.into_iter().map(|client| client_of(app, client, &names)).collect()
}

/// At most `limit` clients of `owner`, the newest first; everybody sees their own.
pub async fn of_owner(
    app: &App,
    caller: &Caller,
    owner: PersonId,
    limit: i64,
) -> Result<Vec<Client>, AppError> {
    caller.require(Permission::SeeClients)?;
    let mut tx = app.db.read().await?;
    let limit = limit.clamp(1, LIMIT_MAX);
    let mut found = clients::of_owner(&mut tx, caller.tenant, owner.0, limit).await?;
    found.retain(|client| caller.at(client.site).is_ok());
    let names = crate::people::names(&mut tx, caller.tenant).await?;
    found.into_iter().map(|client| client_of(app, client, &names)).collect()
}
