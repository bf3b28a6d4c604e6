//! Finding clients while typing: by a part of the name, its pinyin or initials, or by telephone.

use domain::people::{ClientId, PersonId};
use store::{SiteId, clients, clients::Telephone};

use super::{Client, client_of, normalise, telephone::half_width};
use crate::{App, AppError, Caller, roles::Permission};

/// The most clients that one search shows.
const LIMIT_MAX: i64 = 50;

/// What was typed to find somebody.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// Nothing.
    Nothing,
    /// Digits that are no telephone and no end of one.
    Nobody,
    /// A part of name, pinyin, initials, company or plate.
    Part(String),
    /// A whole telephone in E.164.
    Whole(String),
    /// The last eight digits of one.
    Last8(String),
    /// The last four.
    Last4(String),
}

impl Typed {
    /// Digits alone are a telephone: 4 the last four, 8 the last eight, more the whole number.
    pub fn of(typed: &str) -> Self {
        let plain: String = typed.trim().chars().map(half_width).collect();
        let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
        let is_telephone = digits.len() >= 4
            && plain.chars().all(|char| char.is_ascii_digit() || " -+()".contains(char));
        if plain.is_empty() {
            return Self::Nothing;
        }
        if !is_telephone {
            return Self::Part(plain);
        }
        match (digits.len(), normalise(&plain).ok()) {
            (4, _) => Self::Last4(digits),
            (_, Some(whole)) => Self::Whole(whole),
            (8, None) => Self::Last8(digits),
            // Part of a plate, or nobody.
            (5..=7, None) => Self::Part(plain),
            _ => Self::Nobody,
        }
    }
}

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
    let (tenant, keys) = (caller.tenant, &app.keys);
    let mut tx = app.db.read().await?;
    let by = match Typed::of(typed) {
        Typed::Nothing | Typed::Nobody => return Ok(Vec::new()),
        Typed::Part(part) => {
            let found = clients::find_by_part(&mut tx, keys, tenant, site, &part, limit).await?;
            let names = crate::people::names(&mut tx, tenant).await?;
            return found.into_iter().map(|client| client_of(app, client, &names)).collect();
        }
        by => by,
    };
    let telephone = match &by {
        Typed::Whole(number) => Telephone::Whole(number),
        Typed::Last8(digits) => Telephone::Last8(digits),
        Typed::Last4(digits) => Telephone::Last4(digits),
        Typed::Nothing | Typed::Nobody | Typed::Part(_) => return Ok(Vec::new()),
    };
    let mut found =
        clients::find_by_telephone(&mut tx, keys, tenant, site, telephone, limit).await?;
    if let (true, Typed::Whole(number)) = (found.is_empty(), &by)
        && typed.chars().map(half_width).filter(char::is_ascii_digit).count() == 8
    {
        // Eight digits may be a landline without its area code.
        let last = Telephone::Last8(number);
        found = clients::find_by_telephone(&mut tx, keys, tenant, site, last, limit).await?;
    }
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
