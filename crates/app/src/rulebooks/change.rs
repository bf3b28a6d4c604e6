//! Writing rulebooks: copying a preset, submitting a draft, approving and activating it.

use chrono::{DateTime, TimeDelta, Utc};
use rulebook::Severity;
use serde_json::{Value, json};
use store::{SiteId, Tx, retry, rulebooks};
use uuid::Uuid;

use super::{
    Version,
    ruling::SCHEMA,
    versions::{check, version_of},
    write_out::write_out,
};
use crate::{
    App, AppError, Caller,
    record::{Write, rulebook_stream, write},
    roles::Permission,
};

/// The longest document, in bytes.
const DOCUMENT_MAX: usize = 1_000_000;

/// How many problems an error names.
const NAMED_MAX: usize = 5;

/// Copies the preset `slug` to `site` as a draft that a site may change.
pub async fn copy_preset(
    app: &App,
    caller: &Caller,
    site: SiteId,
    slug: &str,
) -> Result<Version, AppError> {
    let text = app.presets.text(slug).map_err(|_| AppError::NotFound("preset"))?;
    submit(app, caller, site, slug, &text).await
}

/// Adds `text` as the next version of the site's rulebook `slug`, a draft.
///
/// It must be readable; what is undecided may stay so until it is activated. What it extends is written out
/// in it, so that the version stands on nothing that may change.
pub async fn submit(
    app: &App,
    caller: &Caller,
    site: SiteId,
    slug: &str,
    text: &str,
) -> Result<Version, AppError> {
    caller.require(Permission::EditRulebooks)?;
    caller.at(site)?;
    check_slug(slug)?;
    if text.len() > DOCUMENT_MAX {
        return Err(AppError::invalid("text", "the document is too long", "give at most 1 MB"));
    }
    let checked = check(&app.presets, slug, text);
    if !checked.problems.is_readable() {
        return Err(refused(
            "text",
            "the rulebook cannot be read",
            &checked.problems,
            |severity| severity == Severity::Error,
        ));
    }
    let extends = !checked.document.about.extends.is_empty();
    let text = if extends { write_out(&checked.document, &SCHEMA) } else { text.to_owned() };
    let title = checked.document.about.title.clone();
    let now = app.clock.now();
    let id = retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let id = Uuid::now_v7();
        // The stream first: it keeps two authors from taking the same number.
        note(&mut tx, caller, site, "submit_rulebook", json!({ "version": id, "slug": slug }), now)
            .await?;
        let new = rulebooks::NewRulebook {
            tenant: caller.tenant,
            site,
            id,
            slug,
            number: rulebooks::next_number(&mut tx, caller.tenant, site, slug).await?,
            document: &text,
            title_zh: &title.zh,
            title_en: &title.en,
            created_by: caller.person.map(|person| person.0),
            created_at: now,
        };
        rulebooks::add(&mut tx, &new).await?;
        tx.commit().await?;
        Ok::<_, AppError>(id)
    })?;
    let mut tx = app.db.read().await?;
    Ok(version_of(rulebooks::get(&mut tx, caller.tenant, id).await?, None))
}

/// Approves the draft `id`, and lets it rule from `from` on; without `from`, at once.
///
/// Refused while anything in it is wrong or undecided. What the site's rulebook has granted keeps its terms:
/// make-up turns, suspensions and visits that run stay as they were decided.
pub async fn activate(
    app: &App,
    caller: &Caller,
    id: Uuid,
    from: Option<DateTime<Utc>>,
) -> Result<Version, AppError> {
    caller.require(Permission::ApproveRulebooks)?;
    let now = app.clock.now();
    let from = from.unwrap_or(now);
    if from < now - TimeDelta::seconds(1) && !caller.is_system() {
        return Err(AppError::invalid(
            "effective_at",
            format!("`{from}` has passed"),
            "a rulebook rules from now or from a later time",
        ));
    }
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let row = rulebooks::get(&mut tx, caller.tenant, id).await?;
        caller.at(row.site).map_err(|_| AppError::NotFound("rulebook version"))?;
        let checked = check(&app.presets, &row.slug, &row.document);
        if !checked.problems.is_activatable() {
            let message = "the rulebook cannot be activated yet";
            return Err(refused("id", message, &checked.problems, |severity| {
                severity != Severity::Warning
            }));
        }
        let command = json!({ "version": id, "slug": row.slug, "number": row.number,
            "effective_at": from });
        note(&mut tx, caller, row.site, "activate_rulebook", command, now).await?;
        let approved_by = caller.person.map(|person| person.0);
        rulebooks::activate(&mut tx, caller.tenant, id, approved_by, now, from).await?;
        let (tenant, site) = (caller.tenant, row.site);
        let subject = id.to_string();
        let changes = [("rulebook", subject.as_str()), ("board", subject.as_str())];
        store::changes::publish(&mut tx, tenant, site, &changes, now).await?;
        let active = rulebooks::active_id_at(&mut tx, tenant, site, now).await?;
        let row = rulebooks::get(&mut tx, tenant, id).await?;
        tx.commit().await?;
        Ok::<_, AppError>(version_of(row, active))
    })
}

fn check_slug(slug: &str) -> Result<(), AppError> {
    let fits = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
    if slug.is_empty() || slug.len() > 60 || !slug.chars().all(fits) {
        return Err(AppError::invalid(
            "slug",
            format!("`{slug}` cannot be a slug"),
            "use small letters, digits and hyphens",
        ));
    }
    Ok(())
}

/// The error that names what prevents something.
fn refused(
    field: &'static str,
    message: &str,
    problems: &rulebook::Problems,
    prevents: impl Fn(Severity) -> bool,
) -> AppError {
    let all: Vec<String> = problems
        .0
        .iter()
        .filter(|problem| prevents(problem.severity))
        .map(|problem| format!("{}: {}", problem.place, problem.message.en))
        .collect();
    let more = all.len().saturating_sub(NAMED_MAX);
    let mut named: Vec<String> = all.into_iter().take(NAMED_MAX).collect();
    if more > 0 {
        named.push(format!("and {more} more"));
    }
    let hint = problems.0.iter().find(|problem| prevents(problem.severity));
    let hint = hint.map_or("", |problem| problem.hint.en.as_str());
    AppError::invalid(field, format!("{message}: {}", named.join("; ")), hint)
}

async fn note(
    tx: &mut Tx,
    caller: &Caller,
    site: SiteId,
    kind: &str,
    mut command: Value,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    if let Some(fields) = command.as_object_mut() {
        fields.insert("event".to_owned(), kind.into());
    }
    write(tx, caller, &Write::new(site, rulebook_stream(site), kind, command, now)).await?;
    Ok(())
}
