//! People who work here: who they are, and what their sign-in needs.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{SiteId, StoreError, TenantId, Tx, db::on, fold};

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The company.
    pub tenant: TenantId,
    /// The site; none for head office.
    pub site: Option<SiteId>,
    /// The id.
    pub id: Uuid,
    /// The team, if any.
    pub team: Option<Uuid>,
    /// What is typed to sign in; unique in the tenant, whatever its case and width.
    pub login: String,
    /// The name, as colleagues know it.
    pub display_name: String,
    /// The name in pinyin, syllables apart.
    pub pinyin: String,
    /// The initials of the pinyin.
    pub initials: String,
    /// `receptionist`, `consultant`, `supervisor`, `manager`, `head_office`, `administrator`.
    pub roles: Vec<String>,
    /// The number in a rotation by fixed numbers.
    pub fixed_number: Option<i64>,
    /// Whether the person may receive on their own.
    pub certified: bool,
    /// Whether notice was given.
    pub leaving: bool,
    /// The first day.
    pub hired_on: Option<NaiveDate>,
    /// Whether the person may sign in and work.
    pub active: bool,
    /// The language of the pages, such as `zh`.
    pub language: String,
    /// `light`, `dark` or `auto`.
    pub theme: String,
    /// When the person was entered here.
    pub created_at: DateTime<Utc>,
}

/// What a sign-in is judged on.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Credentials {
    /// The hash, in the caller's format.
    pub password_hash: String,
    /// Whether the password must be changed before anything else.
    pub must_change_password: bool,
    /// Failures since the last success.
    pub failed_attempts: i64,
    /// Until when no attempt counts.
    pub locked_until: Option<DateTime<Utc>>,
}

/// A person as the database has it.
#[derive(Debug, sqlx::FromRow)]
struct PersonRow {
    tenant: TenantId,
    site: Option<SiteId>,
    id: Uuid,
    team: Option<Uuid>,
    login: String,
    display_name: String,
    pinyin: String,
    initials: String,
    roles: String,
    fixed_number: Option<i64>,
    certified: bool,
    leaving: bool,
    hired_on: Option<NaiveDate>,
    active: bool,
    language: String,
    theme: String,
    created_at: DateTime<Utc>,
}

impl TryFrom<PersonRow> for Person {
    type Error = StoreError;

    fn try_from(row: PersonRow) -> Result<Self, StoreError> {
        Ok(Self {
            tenant: row.tenant,
            site: row.site,
            id: row.id,
            team: row.team,
            login: row.login,
            display_name: row.display_name,
            pinyin: row.pinyin,
            initials: row.initials,
            roles: serde_json::from_str(&row.roles)
                .map_err(|error| StoreError::invalid("roles of a person", error))?,
            fixed_number: row.fixed_number,
            certified: row.certified,
            leaving: row.leaving,
            hired_on: row.hired_on,
            active: row.active,
            language: row.language,
            theme: row.theme,
            created_at: row.created_at,
        })
    }
}

/// The columns of [`PersonRow`].
macro_rules! select_people {
    ($rest:literal) => {
        concat!(
            "SELECT tenant, site, id, team, login, display_name, pinyin, initials, roles, fixed_number, \
             certified, leaving, hired_on, active, language, theme, created_at FROM person ",
            $rest
        )
    };
}

/// Adds `person` with a first password, which must be changed; id and login must be new.
pub async fn add(tx: &mut Tx, person: &Person, password_hash: &str) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO person (tenant, site, id, team, login, login_folded, display_name, pinyin,
            initials, roles, fixed_number, certified, leaving, hired_on, active, language, theme,
            password_hash, must_change_password, failed_attempts, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 0, $20)
        ON CONFLICT DO NOTHING";
    let roles = roles_text(person)?;
    let added = on!(tx, conn => sqlx::query(SQL)
        .bind(person.tenant)
        .bind(person.site)
        .bind(person.id)
        .bind(person.team)
        .bind(&person.login)
        .bind(fold(&person.login))
        .bind(&person.display_name)
        .bind(&person.pinyin)
        .bind(&person.initials)
        .bind(&roles)
        .bind(person.fixed_number)
        .bind(person.certified)
        .bind(person.leaving)
        .bind(person.hired_on)
        .bind(person.active)
        .bind(&person.language)
        .bind(&person.theme)
        .bind(password_hash)
        .bind(true)
        .bind(person.created_at)
        .execute(conn)
        .await?
        .rows_affected());
    if added == 0 { Err(StoreError::Duplicate("person or login")) } else { Ok(()) }
}

/// Replaces everything of `person` but the credentials. [`StoreError::Duplicate`] if somebody else has the
/// login.
pub async fn update(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE person SET site = $3, team = $4, login = $5, login_folded = $6,
            display_name = $7, pinyin = $8, initials = $9, roles = $10, fixed_number = $11, certified = $12,
            leaving = $13, hired_on = $14, active = $15, language = $16, theme = $17
        WHERE tenant = $1 AND id = $2 AND NOT EXISTS (SELECT 1 FROM person AS other
            WHERE other.tenant = $1 AND other.login_folded = $6 AND other.id <> $2)";
    let roles = roles_text(person)?;
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(person.tenant)
        .bind(person.id)
        .bind(person.site)
        .bind(person.team)
        .bind(&person.login)
        .bind(fold(&person.login))
        .bind(&person.display_name)
        .bind(&person.pinyin)
        .bind(&person.initials)
        .bind(&roles)
        .bind(person.fixed_number)
        .bind(person.certified)
        .bind(person.leaving)
        .bind(person.hired_on)
        .bind(person.active)
        .bind(&person.language)
        .bind(&person.theme)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 {
        get(tx, person.tenant, person.id).await?;
        return Err(StoreError::Duplicate("login"));
    }
    Ok(())
}

fn roles_text(person: &Person) -> Result<String, StoreError> {
    serde_json::to_string(&person.roles)
        .map_err(|error| StoreError::invalid("roles of a person", error))
}

/// The person with this id.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: Uuid) -> Result<Person, StoreError> {
    const SQL: &str = select_people!("WHERE tenant = $1 AND id = $2");
    let row: Option<PersonRow> =
        on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(id).fetch_optional(conn).await?);
    row.ok_or(StoreError::NotFound("person"))?.try_into()
}

/// The person with this login, however it is spelled.
pub async fn by_login(
    tx: &mut Tx,
    tenant: TenantId,
    login: &str,
) -> Result<Option<Person>, StoreError> {
    const SQL: &str = select_people!("WHERE tenant = $1 AND login_folded = $2");
    let row: Option<PersonRow> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(fold(login))
        .fetch_optional(conn)
        .await?);
    row.map(Person::try_from).transpose()
}

/// Everybody of `site`, also who is not active, by name.
pub async fn of_site(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
) -> Result<Vec<Person>, StoreError> {
    const SQL: &str = select_people!("WHERE tenant = $1 AND site = $2 ORDER BY pinyin, id");
    let rows: Vec<PersonRow> =
        on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(site).fetch_all(conn).await?);
    rows.into_iter().map(Person::try_from).collect()
}

/// Everybody of the company, also who is not active, by name.
pub async fn of_tenant(tx: &mut Tx, tenant: TenantId) -> Result<Vec<Person>, StoreError> {
    const SQL: &str = select_people!("WHERE tenant = $1 ORDER BY pinyin, id");
    let rows: Vec<PersonRow> =
        on!(tx, conn => sqlx::query_as(SQL).bind(tenant).fetch_all(conn).await?);
    rows.into_iter().map(Person::try_from).collect()
}

/// What a sign-in of this person is judged on.
pub async fn credentials(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
) -> Result<Credentials, StoreError> {
    const SQL: &str = "SELECT password_hash, must_change_password, failed_attempts, locked_until
        FROM person WHERE tenant = $1 AND id = $2";
    let row: Option<Credentials> =
        on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(id).fetch_optional(conn).await?);
    row.ok_or(StoreError::NotFound("person"))
}

/// Sets the password that the person chose; clears failures and lock.
pub async fn choose_password(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    password_hash: &str,
) -> Result<(), StoreError> {
    set_password(tx, tenant, id, password_hash, false).await
}

/// Sets a password that somebody else gave out, to be changed at once; clears failures and lock.
pub async fn issue_password(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    password_hash: &str,
) -> Result<(), StoreError> {
    set_password(tx, tenant, id, password_hash, true).await
}

async fn set_password(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    password_hash: &str,
    must_change: bool,
) -> Result<(), StoreError> {
    const SQL: &str =
        "UPDATE person SET password_hash = $3, must_change_password = $4, failed_attempts = 0,
        locked_until = NULL WHERE tenant = $1 AND id = $2";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(password_hash)
        .bind(must_change)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::NotFound("person")) } else { Ok(()) }
}

/// Counts a failed sign-in; returns how many there are now since the last success.
pub async fn record_failure(tx: &mut Tx, tenant: TenantId, id: Uuid) -> Result<i64, StoreError> {
    const SQL: &str = "UPDATE person SET failed_attempts = failed_attempts + 1
        WHERE tenant = $1 AND id = $2 RETURNING failed_attempts";
    let count: Option<i64> =
        on!(tx, conn => sqlx::query_scalar(SQL).bind(tenant).bind(id).fetch_optional(conn).await?);
    count.ok_or(StoreError::NotFound("person"))
}

/// Locks the sign-in until `until`.
pub async fn lock(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    until: DateTime<Utc>,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE person SET locked_until = $3 WHERE tenant = $1 AND id = $2";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(until)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::NotFound("person")) } else { Ok(()) }
}

/// Forgets failures and lock, after a success or by an administrator.
pub async fn unlock(tx: &mut Tx, tenant: TenantId, id: Uuid) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE person SET failed_attempts = 0, locked_until = NULL
        WHERE tenant = $1 AND id = $2";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::NotFound("person")) } else { Ok(()) }
}
