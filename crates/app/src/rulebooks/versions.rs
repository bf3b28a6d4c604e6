//! Reading rulebooks: the presets, the versions of a site, what is wrong with them, how they differ.

use chrono::{DateTime, Utc};
use domain::people::PersonId;
use rulebook::{
    Document, Problems, Words,
    compose::{Changed, compose},
    difference::Difference,
    schema::Declared,
};
use serde::Serialize;
use store::{SiteId, rulebooks};
use uuid::Uuid;

use super::ruling::SCHEMA;
use crate::{App, AppError, Caller, Presets, roles::Permission};

/// A rulebook that comes with the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preset {
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: Words,
    /// What kind of site it is for.
    pub summary: Option<Words>,
    /// The regulation of the catalogue that it states.
    pub regulation: Option<String>,
    /// How many clauses it has.
    pub clause_count: usize,
    /// The settings that it leaves undecided; a site fills them in its copy.
    pub undecided: Vec<String>,
}

/// A version of a site's rulebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    /// Its id.
    pub id: Uuid,
    /// The site.
    pub site: SiteId,
    /// Which rulebook.
    pub slug: String,
    /// Which version of it, from 1.
    pub number: i64,
    /// Its title.
    pub title: Words,
    /// The document.
    pub text: String,
    /// Who wrote it; nobody if it came with the program.
    pub created_by: Option<PersonId>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Who approved it.
    pub approved_by: Option<PersonId>,
    /// When it was approved.
    pub approved_at: Option<DateTime<Utc>>,
    /// From when on it rules; nothing while it is a draft.
    pub effective_at: Option<DateTime<Utc>>,
    /// From when on it rules no more; its own beginning where it was withdrawn.
    pub retired_at: Option<DateTime<Utc>>,
    /// Whether it rules now.
    pub active: bool,
    /// The preset it goes back to.
    pub preset: Option<String>,
    /// How often it was written, from 1.
    pub revision: i64,
    /// Who changed it last.
    pub changed_by: Option<PersonId>,
    /// When it was changed last.
    pub changed_at: Option<DateTime<Utc>>,
    /// Who handed it in for approval.
    pub submitted_by: Option<PersonId>,
    /// When it was handed in.
    pub submitted_at: Option<DateTime<Utc>>,
}

impl Version {
    /// Whether it may still be written.
    #[must_use]
    pub const fn is_draft(&self) -> bool {
        self.effective_at.is_none()
    }

    /// Whether it was taken back before it ruled.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.retired_at.is_some() && self.retired_at <= self.effective_at
    }
}

/// A rulebook, read and checked.
#[derive(Debug, Clone, Serialize)]
pub struct Checked {
    /// The document, everything that it extends included.
    pub document: Document,
    /// What it says otherwise than what it extends.
    pub changed: Vec<Changed>,
    /// What is wrong with it.
    pub problems: Problems,
}

/// Reads and checks `text` as the rulebook `slug`; what it extends comes from the presets.
#[must_use]
pub fn check(presets: &Presets, slug: &str, text: &str) -> Checked {
    let mut problems = Problems::default();
    let load = |wanted: &str| {
        if wanted == slug { Ok(text.to_owned()) } else { presets.text(wanted) }
    };
    let composed = compose(slug, &load, &mut problems);
    let document = composed.document;
    domain::check(&document, &mut problems);
    Checked { document, changed: composed.changed, problems }
}

/// What the setting at `path` is about, and what may be written there.
#[must_use]
pub fn declared(path: &str) -> Option<Declared> {
    SCHEMA.get(path).cloned()
}

/// The settings that nobody has decided and that an enforced rule depends on.
fn undecided(document: &Document) -> Vec<String> {
    let open = domain::undecided(document, &mut Problems::default());
    open.into_iter().map(|needed| needed.setting).collect()
}

/// The rulebooks that come with the program.
pub fn presets(app: &App, caller: &Caller) -> Result<Vec<Preset>, AppError> {
    caller.require(Permission::SeeRulebooks)?;
    let slugs = app.presets.slugs();
    Ok(slugs
        .map(|slug| {
            let text = app.presets.text(slug).unwrap_or_default();
            let checked = check(&app.presets, slug, &text);
            let about = checked.document.about.clone();
            Preset {
                slug: slug.to_owned(),
                title: about.title,
                summary: about.summary,
                regulation: about.regulation,
                clause_count: checked.document.clauses.len(),
                undecided: undecided(&checked.document),
            }
        })
        .collect())
}

/// All versions of a site's rulebooks, by slug, the newest first.
pub async fn versions(app: &App, caller: &Caller, site: SiteId) -> Result<Vec<Version>, AppError> {
    caller.require(Permission::SeeRulebooks)?;
    caller.at(site)?;
    let mut tx = app.db.read().await?;
    let now = app.clock.now();
    let active = rulebooks::active_id_at(&mut tx, caller.tenant, site, now).await?;
    let rows = rulebooks::of_site(&mut tx, caller.tenant, site).await?;
    Ok(rows.into_iter().map(|row| version_of(row, active)).collect())
}

/// The version with this id, checked.
pub async fn version(app: &App, caller: &Caller, id: Uuid) -> Result<(Version, Checked), AppError> {
    caller.require(Permission::SeeRulebooks)?;
    let mut tx = app.db.read().await?;
    let row = rulebooks::get(&mut tx, caller.tenant, id).await?;
    caller.at(row.site).map_err(|_| AppError::NotFound("rulebook version"))?;
    let now = app.clock.now();
    let active = rulebooks::active_id_at(&mut tx, caller.tenant, row.site, now).await?;
    let checked = check(&app.presets, &row.slug, &row.document);
    Ok((version_of(row, active), checked))
}

/// The version that rules `site` at `at`.
pub async fn active(
    app: &App,
    caller: &Caller,
    site: SiteId,
    at: DateTime<Utc>,
) -> Result<Option<Version>, AppError> {
    caller.require(Permission::SeeRulebooks)?;
    caller.at(site)?;
    let mut tx = app.db.read().await?;
    let row = rulebooks::active_at(&mut tx, caller.tenant, site, at).await?;
    Ok(row.map(|row| {
        let active = Some(row.id);
        version_of(row, active)
    }))
}

/// What changes from the version `before` to the version `after`, in words.
pub async fn difference(
    app: &App,
    caller: &Caller,
    before: Uuid,
    after: Uuid,
) -> Result<Difference, AppError> {
    let (_, before) = version(app, caller, before).await?;
    let (_, after) = version(app, caller, after).await?;
    Ok(Difference::between(&before.document, &after.document, &SCHEMA))
}

/// What changes from one document to another, in words.
#[must_use]
pub fn compare(before: &Document, after: &Document) -> Difference {
    Difference::between(before, after, &SCHEMA)
}

/// The names of everybody who wrote, handed in or approved something here.
pub async fn authors(
    app: &App,
    caller: &Caller,
) -> Result<std::collections::BTreeMap<PersonId, String>, AppError> {
    caller.require(Permission::SeeRulebooks)?;
    let mut tx = app.db.read().await?;
    crate::people::names(&mut tx, caller.tenant).await
}

pub(super) fn version_of(row: rulebooks::Rulebook, active: Option<Uuid>) -> Version {
    Version {
        id: row.id,
        site: row.site,
        slug: row.slug,
        number: row.number,
        title: Words { zh: row.title_zh, en: row.title_en },
        text: row.document,
        created_by: row.created_by.map(PersonId),
        created_at: row.created_at,
        approved_by: row.approved_by.map(PersonId),
        approved_at: row.approved_at,
        effective_at: row.effective_at,
        retired_at: row.retired_at,
        active: active == Some(row.id),
        preset: row.preset,
        revision: row.revision,
        changed_by: row.changed_by.map(PersonId),
        changed_at: row.changed_at,
        submitted_by: row.submitted_by.map(PersonId),
        submitted_at: row.submitted_at,
    }
}
