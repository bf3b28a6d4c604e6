//! Companies, sites 案场 and teams.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::people::TeamId;
use serde::Serialize;
use serde_json::json;
use store::{SiteId, TenantId, Tx, retry, sites, teams, tenants};
use uuid::Uuid;

use crate::{
    App, AppError, Caller,
    record::{Write, people_stream, write},
    roles::Permission,
};

/// A site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Site {
    /// The id.
    pub id: SiteId,
    /// The name.
    pub name: String,
    /// The time zone by name.
    pub time_zone: String,
    /// When it was entered here.
    pub created_at: DateTime<Utc>,
    /// When it was given up, if it was.
    pub closed_at: Option<DateTime<Utc>>,
}

/// A team of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Team {
    /// The id.
    pub id: TeamId,
    /// The site.
    pub site: SiteId,
    /// The name.
    pub name: String,
    /// Its place among the teams, smallest first.
    pub rank: i64,
}

impl From<sites::Site> for Site {
    fn from(row: sites::Site) -> Self {
        let (id, name, time_zone) = (row.id, row.name, row.time_zone);
        Self { id, name, time_zone, created_at: row.created_at, closed_at: row.closed_at }
    }
}

impl From<teams::Team> for Team {
    fn from(row: teams::Team) -> Self {
        Self { id: TeamId(row.id), site: row.site, name: row.name, rank: row.rank }
    }
}

impl Site {
    /// `at` as the clocks of the site show it.
    pub fn moment(&self, at: DateTime<Utc>) -> domain::calendar::Moment {
        let zone: Tz = self.time_zone.parse().unwrap_or(Tz::Asia__Shanghai);
        let offset = chrono::TimeZone::offset_from_utc_datetime(&zone, &at.naive_utc());
        at.with_timezone(&chrono::Offset::fix(&offset))
    }
}

/// The companies of this installation, the oldest first.
pub async fn companies(app: &App) -> Result<Vec<(TenantId, String)>, AppError> {
    let mut tx = app.db.read().await?;
    let all = tenants::all(&mut tx).await?;
    Ok(all.into_iter().map(|tenant| (tenant.id, tenant.name)).collect())
}

/// The company of an installation that has only one.
pub async fn sole_company(app: &App) -> Result<TenantId, AppError> {
    match companies(app).await?.as_slice() {
        [(tenant, _)] => Ok(*tenant),
        [] => {
            Err(AppError::conflict("there is no company yet", "run `lunpai demo` or `lunpai user`"))
        }
        _ => Err(AppError::conflict("there are several companies", "name one of them")),
    }
}

/// Enters a company; for the command line and made-up history.
pub async fn create_company(app: &App, name: &str) -> Result<TenantId, AppError> {
    let name = checked_name(name)?;
    let (id, created_at) = (TenantId(Uuid::now_v7()), app.clock.now());
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        tenants::add(&mut tx, &tenants::Tenant { id, name: name.clone(), created_at }).await?;
        store::keys::check(&mut tx, id, &app.keys).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })?;
    Ok(id)
}

/// Enters a site.
pub async fn create_site(
    app: &App,
    caller: &Caller,
    name: &str,
    time_zone: &str,
) -> Result<Site, AppError> {
    caller.require(Permission::EditSites)?;
    let name = checked_name(name)?;
    checked_zone(time_zone)?;
    let now = app.clock.now();
    let row = sites::Site {
        tenant: caller.tenant,
        id: SiteId(Uuid::now_v7()),
        name,
        time_zone: time_zone.to_owned(),
        created_at: now,
        closed_at: None,
    };
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        sites::add(&mut tx, &row).await?;
        note(&mut tx, caller, row.id, "create_site", json!({ "site": row.id }), now).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })?;
    Ok(row.into())
}

/// Renames a site or changes its time zone.
pub async fn edit_site(
    app: &App,
    caller: &Caller,
    id: SiteId,
    name: &str,
    time_zone: &str,
) -> Result<Site, AppError> {
    caller.require(Permission::EditSites)?;
    caller.at(id)?;
    let name = checked_name(name)?;
    checked_zone(time_zone)?;
    let now = app.clock.now();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let mut row = sites::get(&mut tx, caller.tenant, id).await?;
        crate::rotation::set_zone(&mut tx, caller.tenant, id, time_zone).await?;
        (row.name, row.time_zone) = (name.clone(), time_zone.to_owned());
        sites::update(&mut tx, &row).await?;
        let command = json!({ "site": id, "time_zone": time_zone });
        note(&mut tx, caller, id, "edit_site", command, now).await?;
        tx.commit().await?;
        Ok::<_, AppError>(row.into())
    })
}

/// The sites that the caller may see, the oldest first.
pub async fn sites(app: &App, caller: &Caller) -> Result<Vec<Site>, AppError> {
    let mut tx = app.db.read().await?;
    let all = sites::of_tenant(&mut tx, caller.tenant).await?;
    let own = all.into_iter().filter(|site| caller.site.is_none_or(|own| own == site.id));
    Ok(own.map(Site::from).collect())
}

/// The site with this id.
pub async fn site(app: &App, caller: &Caller, id: SiteId) -> Result<Site, AppError> {
    caller.at(id)?;
    let mut tx = app.db.read().await?;
    Ok(sites::get(&mut tx, caller.tenant, id).await?.into())
}

/// Adds a team to a site, after those that are there.
pub async fn create_team(
    app: &App,
    caller: &Caller,
    site: SiteId,
    name: &str,
) -> Result<Team, AppError> {
    caller.require(Permission::EditPeople)?;
    caller.at(site)?;
    let name = checked_name(name)?;
    let now = app.clock.now();
    let id = Uuid::now_v7();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let rank =
            teams::of_site(&mut tx, caller.tenant, site).await?.last().map_or(1, |t| t.rank + 1);
        let row = teams::Team { tenant: caller.tenant, site, id, name: name.clone(), rank };
        teams::add(&mut tx, &row).await?;
        note(&mut tx, caller, site, "create_team", json!({ "team": id }), now).await?;
        tx.commit().await?;
        Ok::<_, AppError>(row.into())
    })
}

/// The teams of a site by rank.
pub async fn teams(app: &App, caller: &Caller, site: SiteId) -> Result<Vec<Team>, AppError> {
    caller.at(site)?;
    let mut tx = app.db.read().await?;
    let rows = teams::of_site(&mut tx, caller.tenant, site).await?;
    Ok(rows.into_iter().map(Team::from).collect())
}

fn checked_name(name: &str) -> Result<String, AppError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 80 {
        return Err(AppError::invalid(
            "name",
            "the name is empty or too long",
            "give 1 to 80 characters",
        ));
    }
    Ok(name.to_owned())
}

fn checked_zone(name: &str) -> Result<Tz, AppError> {
    name.parse().map_err(|_| {
        AppError::invalid(
            "time_zone",
            format!("`{name}` is not a time zone"),
            "give a name such as `Asia/Shanghai`",
        )
    })
}

async fn note(
    tx: &mut Tx,
    caller: &Caller,
    site: SiteId,
    kind: &str,
    command: serde_json::Value,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let mut command = command;
    if let Some(fields) = command.as_object_mut() {
        fields.insert("event".to_owned(), kind.into());
    }
    write(tx, caller, &Write::new(site, people_stream(caller.tenant), kind, command, now)).await?;
    Ok(())
}

/// The number of the last change at `site` after number `after`, if there is one.
pub async fn changed_since(
    app: &App,
    tenant: TenantId,
    site: SiteId,
    after: i64,
    limit: i64,
) -> Result<Option<i64>, AppError> {
    let mut tx = app.db.read().await?;
    let changes = store::changes::since(&mut tx, tenant, site, after, limit).await?;
    Ok(changes.last().map(|change| change.seq))
}
