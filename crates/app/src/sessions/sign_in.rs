//! Signing in and out.

use chrono::{DateTime, TimeDelta, Utc};
use store::{TenantId, Tx, people, retry, sessions, tokens::hash_of};

use super::secret;
use crate::{
    App, AppError, Caller,
    people::{Person, check_choice, hash, matches},
};

/// What is typed to sign in.
#[derive(Clone)]
pub struct SignIn {
    /// The company.
    pub tenant: TenantId,
    /// The login, however it is spelled.
    pub login: String,
    /// The password.
    pub password: String,
    /// What the browser says it is.
    pub user_agent: String,
}

impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignIn").field("tenant", &self.tenant).finish_non_exhaustive()
    }
}

/// A browser that has just signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The secret for the cookie; it is stored nowhere else.
    pub token: String,
    /// The session.
    pub session: Session,
}

/// A browser that is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who asks, for every use case.
    pub caller: Caller,
    /// The person.
    pub person: Person,
    /// What forms must bring along.
    pub csrf: String,
    /// Whether the password must be changed before anything else.
    pub must_change_password: bool,
    /// When they signed in.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to a minute.
    pub seen_at: DateTime<Utc>,
    /// When it ends unless it is used.
    pub expires_at: DateTime<Utc>,
    /// What the browser says it is.
    pub user_agent: String,
}

impl Session {
    /// Who asks; an error while the first password must be changed.
    pub fn ready(&self) -> Result<&Caller, AppError> {
        if self.must_change_password { Err(AppError::PasswordMustChange) } else { Ok(&self.caller) }
    }
}

/// How often a session that is in use is written down.
const TOUCH_EVERY_S: i64 = 60;

/// The longest description of a browser that is kept, in characters.
const USER_AGENT_MAX: usize = 200;

/// Signs in. Who does not exist takes as long as who typed a wrong password.
pub async fn sign_in(app: &App, given: &SignIn) -> Result<SignedIn, AppError> {
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let found = people::by_login(&mut tx, given.tenant, &given.login).await?;
    let credentials = match &found {
        Some(person) => Some(people::credentials(&mut tx, given.tenant, person.id).await?),
        None => None,
    };
    drop(tx);
    if let Some(until) = credentials.as_ref().and_then(|c| c.locked_until).filter(|t| *t > now) {
        return Err(AppError::Locked { until });
    }
    let stored = credentials.as_ref().map(|credentials| credentials.password_hash.as_str());
    let fits = matches(&given.password, stored).await?;
    let (Some(person), Some(credentials)) = (found, credentials) else {
        return Err(AppError::Unauthenticated);
    };
    if !fits {
        let was_locked = credentials.locked_until.is_some();
        return Err(retry!(AppError, fail(app, &person, was_locked, now))?);
    }
    if !person.active {
        return Err(AppError::Unauthenticated);
    }
    let (token, csrf) = (secret()?, secret()?);
    let row = sessions::Session {
        tenant: given.tenant,
        token_hash: hash_of(&token),
        person: person.id,
        csrf,
        user_agent: given.user_agent.chars().take(USER_AGENT_MAX).collect(),
        created_at: now,
        seen_at: now,
        expires_at: now + TimeDelta::hours(app.config.session_hours),
    };
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        people::unlock(&mut tx, given.tenant, person.id).await?;
        sessions::add(&mut tx, &row).await?;
        sessions::prune(&mut tx, now).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })?;
    let session = session_of(row, person, credentials.must_change_password);
    Ok(SignedIn { token, session })
}

/// Counts a wrong password; the error that the caller gets.
async fn fail(
    app: &App,
    person: &people::Person,
    was_locked: bool,
    now: DateTime<Utc>,
) -> Result<AppError, AppError> {
    let mut tx = app.db.write().await?;
    if was_locked {
        // The lock is over: the count starts anew.
        people::unlock(&mut tx, person.tenant, person.id).await?;
    }
    let failures = people::record_failure(&mut tx, person.tenant, person.id).await?;
    let mut error = AppError::Unauthenticated;
    if failures >= app.config.lockout_failures_count {
        let until = now + TimeDelta::minutes(app.config.lockout_minutes);
        people::lock(&mut tx, person.tenant, person.id, until).await?;
        error = AppError::Locked { until };
    }
    tx.commit().await?;
    Ok(error)
}

fn session_of(row: sessions::Session, person: people::Person, must_change: bool) -> Session {
    let (tenant, site) = (person.tenant, person.site);
    let person = Person::from(person);
    let (id, roles) = (Some(person.id), person.roles.clone());
    let caller = Caller { tenant, person: id, roles, site, scopes: None };
    Session {
        caller,
        person,
        csrf: row.csrf,
        must_change_password: must_change,
        created_at: row.created_at,
        seen_at: row.seen_at,
        expires_at: row.expires_at,
        user_agent: row.user_agent,
    }
}

/// The session of a cookie. It lasts on while it is used.
pub async fn by_token(app: &App, token: &str) -> Result<Session, AppError> {
    let now = app.clock.now();
    let token_hash = hash_of(token);
    let mut tx = app.db.read().await?;
    let row = sessions::by_token(&mut tx, &token_hash, now).await?;
    let mut row = row.ok_or(AppError::Unauthenticated)?;
    let person = people::get(&mut tx, row.tenant, row.person).await?;
    if !person.active {
        return Err(AppError::Unauthenticated);
    }
    let must_change = must_change(&mut tx, &person).await?;
    drop(tx);
    if now - row.seen_at >= TimeDelta::seconds(TOUCH_EVERY_S) {
        row.seen_at = now;
        row.expires_at = now + TimeDelta::hours(app.config.session_hours);
        let mut tx = app.db.write().await?;
        // Signed out a moment ago: then there is nothing to keep alive.
        match sessions::touch(&mut tx, &token_hash, now, row.expires_at).await {
            Ok(()) => tx.commit().await?,
            Err(store::StoreError::NotFound(_)) => return Err(AppError::Unauthenticated),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(session_of(row, person, must_change))
}

async fn must_change(tx: &mut Tx, person: &people::Person) -> Result<bool, AppError> {
    Ok(people::credentials(tx, person.tenant, person.id).await?.must_change_password)
}

/// Sets the caller's own password. All other sessions end; the one of `token` stays.
pub async fn change_password(app: &App, token: &str, old: &str, new: &str) -> Result<(), AppError> {
    let session = by_token(app, token).await?;
    let (tenant, person) = (session.caller.tenant, session.person.id.0);
    let mut tx = app.db.read().await?;
    let credentials = people::credentials(&mut tx, tenant, person).await?;
    drop(tx);
    if !matches(old, Some(&credentials.password_hash)).await? {
        return Err(AppError::invalid(
            "old_password",
            "this is not the password",
            "type the password that you signed in with",
        ));
    }
    check_choice(new, &session.person.login)?;
    if old == new {
        return Err(AppError::invalid(
            "password",
            "this is the old password",
            "choose another one",
        ));
    }
    let password_hash = hash(new).await?;
    let token_hash = hash_of(token);
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        people::choose_password(&mut tx, tenant, person, &password_hash).await?;
        let now = app.clock.now();
        let own = sessions::by_token(&mut tx, &token_hash, now).await?;
        sessions::end_all(&mut tx, tenant, person).await?;
        if let Some(own) = own {
            sessions::add(&mut tx, &own).await?;
        }
        Ok::<_, AppError>(tx.commit().await?)
    })
}

/// Ends the session of a cookie; it may have ended already.
pub async fn sign_out(app: &App, token: &str) -> Result<(), AppError> {
    let token_hash = hash_of(token);
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        sessions::end(&mut tx, &token_hash).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })
}

/// Ends all sessions of the caller; returns how many.
pub async fn sign_out_everywhere(app: &App, caller: &Caller) -> Result<u64, AppError> {
    let person = caller.person.ok_or(AppError::Unauthenticated)?;
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let ended = sessions::end_all(&mut tx, caller.tenant, person.0).await?;
        tx.commit().await?;
        Ok::<_, AppError>(ended)
    })
}

/// The caller's own sessions, the newest first.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<Session>, AppError> {
    let id = caller.person.ok_or(AppError::Unauthenticated)?;
    let mut tx = app.db.read().await?;
    let person = people::get(&mut tx, caller.tenant, id.0).await?;
    let must_change = must_change(&mut tx, &person).await?;
    let rows = sessions::of_person(&mut tx, caller.tenant, id.0, app.clock.now()).await?;
    Ok(rows.into_iter().map(|row| session_of(row, person.clone(), must_change)).collect())
}
