//! A rulebook version as decisions need it: read once, kept by id, because it never changes.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

use chrono::{DateTime, Utc};
use domain::{attribution, commission, follow_up, kinds::Kinds, registers, rotation::Rules};
use rulebook::{Document, Problems, Schema, Words};
use store::{SiteId, TenantId, Tx};
use uuid::Uuid;

use crate::{App, AppError};

/// Every setting that the kinds of rule declare.
pub(crate) static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let mut schema = Schema::default();
    domain::declare(&mut schema);
    schema
});

/// The ruling of a site that has none.
static EMPTY: LazyLock<Ruling> = LazyLock::new(Ruling::empty);

/// A rulebook version, read.
#[derive(Debug, Clone)]
pub struct Ruling {
    /// The version; nothing where a site has no rulebook yet.
    pub id: Option<Uuid>,
    /// Which rulebook.
    pub slug: String,
    /// Which version of it, from 1.
    pub number: i64,
    /// Its title.
    pub title: Words,
    /// Clauses and settings.
    pub document: Document,
    /// The rotation rules.
    pub rules: Rules,
    /// The attribution rules.
    pub attribution: attribution::Rules,
    /// The follow-up rules.
    pub follow_up: follow_up::Rules,
    /// The commission rules.
    pub commission: commission::Rules,
    /// The rules of registers.
    pub registers: registers::Rules,
}

impl Ruling {
    /// A ruling without clauses and settings, for sites that have no rulebook yet.
    pub(crate) fn empty() -> Self {
        let document = Document::default();
        let mut problems = Problems::default();
        let kinds = Kinds::read(&document, &mut problems);
        Self::of(None, (String::new(), 0), document, kinds)
    }

    /// `ruling`, or the one without settings.
    pub(crate) fn or_empty(ruling: Option<&Self>) -> &Self {
        ruling.unwrap_or(&EMPTY)
    }

    fn of(
        id: Option<Uuid>,
        (slug, number): (String, i64),
        document: Document,
        kinds: Kinds,
    ) -> Self {
        let title = document.about.title.clone();
        let Kinds { rotation: rules, attribution, follow_up, commission, registers } = kinds;
        Self {
            id,
            slug,
            number,
            title,
            document,
            rules,
            attribution,
            follow_up,
            commission,
            registers,
        }
    }

    /// Reads a stored version.
    pub(crate) fn read(version: &store::rulebooks::Rulebook) -> Self {
        // What was wrong was said before the version was activated.
        let mut problems = Problems::default();
        let document = Document::parse(&version.slug, &version.document, &mut problems);
        let kinds = Kinds::read(&document, &mut problems);
        Self::of(Some(version.id), (version.slug.clone(), version.number), document, kinds)
    }
}

/// The rulings that were read, by version.
#[derive(Debug, Default)]
pub(crate) struct Rulings(RwLock<HashMap<Uuid, Arc<Ruling>>>);

impl Rulings {
    fn known(&self, id: Uuid) -> Option<Arc<Ruling>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    fn keep(&self, id: Uuid, ruling: &Arc<Ruling>) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(id, ruling.clone());
    }
}

/// The ruling with this id.
pub(crate) async fn by_id(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
) -> Result<Arc<Ruling>, AppError> {
    if let Some(ruling) = app.rulings.known(id) {
        return Ok(ruling);
    }
    let version = store::rulebooks::get(tx, tenant, id).await?;
    let ruling = Arc::new(Ruling::read(&version));
    // A draft may still change.
    if version.effective_at.is_some() {
        app.rulings.keep(id, &ruling);
    }
    Ok(ruling)
}

/// The ruling of `site` at `at`, if it has one.
pub(crate) async fn at(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    at: DateTime<Utc>,
) -> Result<Option<Arc<Ruling>>, AppError> {
    match store::rulebooks::active_id_at(tx, tenant, site, at).await? {
        Some(id) => by_id(app, tx, tenant, id).await.map(Some),
        None => Ok(None),
    }
}
