//! Tokens of the API: shown once, stored as a hash, limited by scopes.

use chrono::{DateTime, Utc};
use domain::people::PersonId;
use serde_json::json;
use store::{SiteId, people, retry, tokens, tokens::hash_of};
use uuid::Uuid;

use super::secret;
use crate::{
    App, AppError, Caller,
    people::Person,
    record::{Write, people_stream, write},
    roles::{Permission, Scope},
};

/// What every token begins with, so that scanners recognise one.
const PREFIX: &str = "lunpai_";

/// A token to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// In whose name it acts, with that person's roles.
    pub person: PersonId,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// When it ends, if ever.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: Uuid,
    /// In whose name it acts.
    pub person: PersonId,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends, if ever.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was withdrawn, if it was.
    pub revoked_at: Option<DateTime<Utc>>,
}

impl From<tokens::Token> for Token {
    fn from(row: tokens::Token) -> Self {
        Self {
            id: row.id,
            person: PersonId(row.person),
            name: row.name,
            scopes: row.scopes.iter().filter_map(|word| Scope::of_word(word)).collect(),
            created_at: row.created_at,
            expires_at: row.expires_at,
            revoked_at: row.revoked_at,
        }
    }
}

/// Makes a token; its secret is returned here and never again.
pub async fn create_token(
    app: &App,
    caller: &Caller,
    new: &NewToken,
) -> Result<(Token, String), AppError> {
    caller.require(Permission::EditTokens)?;
    let now = app.clock.now();
    if new.name.trim().is_empty() || new.name.chars().count() > 80 {
        return Err(AppError::invalid(
            "name",
            "the name is empty or too long",
            "say what it is for",
        ));
    }
    if new.scopes.is_empty() {
        return Err(AppError::invalid("scopes", "there is no scope", "give at least one"));
    }
    if new.expires_at.is_some_and(|end| end <= now) {
        return Err(AppError::invalid(
            "expires_at",
            "this has passed",
            "give a later time or none",
        ));
    }
    let secret = format!("{PREFIX}{}", secret()?);
    let row = tokens::Token {
        tenant: caller.tenant,
        id: Uuid::now_v7(),
        token_hash: hash_of(&secret),
        person: new.person.0,
        name: new.name.trim().to_owned(),
        scopes: new.scopes.iter().map(|scope| scope.word().to_owned()).collect(),
        created_at: now,
        expires_at: new.expires_at,
        revoked_at: None,
    };
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        people::get(&mut tx, caller.tenant, row.person).await?;
        note(&mut tx, caller, "create_token", &row, now).await?;
        tokens::add(&mut tx, &row).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })?;
    Ok((row.into(), secret))
}

/// Withdraws a token at once.
pub async fn revoke_token(app: &App, caller: &Caller, id: Uuid) -> Result<(), AppError> {
    caller.require(Permission::EditTokens)?;
    let now = app.clock.now();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let all = tokens::of_tenant(&mut tx, caller.tenant).await?;
        let row = all.into_iter().find(|token| token.id == id);
        let row = row.ok_or(AppError::NotFound("token"))?;
        note(&mut tx, caller, "revoke_token", &row, now).await?;
        tokens::revoke(&mut tx, caller.tenant, id, now).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })
}

/// All tokens of the company, also those that no longer count, the newest first.
pub async fn tokens(app: &App, caller: &Caller) -> Result<Vec<Token>, AppError> {
    caller.require(Permission::EditTokens)?;
    let mut tx = app.db.read().await?;
    let rows = tokens::of_tenant(&mut tx, caller.tenant).await?;
    Ok(rows.into_iter().map(Token::from).collect())
}

/// Who asks with this bearer token.
pub async fn by_bearer(app: &App, secret: &str) -> Result<Caller, AppError> {
    let mut tx = app.db.read().await?;
    let token = tokens::by_hash(&mut tx, &hash_of(secret), app.clock.now()).await?;
    let token = token.ok_or(AppError::Unauthenticated)?;
    let person = people::get(&mut tx, token.tenant, token.person).await?;
    if !person.active {
        return Err(AppError::Unauthenticated);
    }
    let (tenant, site, scopes) = (token.tenant, person.site, Token::from(token).scopes);
    let person = Person::from(person);
    let id = Some(person.id);
    Ok(Caller { tenant, person: id, roles: person.roles, site, scopes: Some(scopes) })
}

async fn note(
    tx: &mut store::Tx,
    caller: &Caller,
    kind: &str,
    token: &tokens::Token,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let command = json!({ "event": kind, "token": token.id, "person": token.person,
        "scopes": token.scopes, "expires_at": token.expires_at });
    let site = SiteId(caller.tenant.0);
    write(tx, caller, &Write::new(site, people_stream(caller.tenant), kind, command, now)).await?;
    Ok(())
}
