//! Writing rulebooks: copying a preset or a version, adding a draft, changing one.

use chrono::{DateTime, Utc};
use rulebook::{
    ClauseId, Problem, Problems, Severity, Words,
    edit::{ClauseText, Editor},
    typed,
};
use serde_json::{Value, json};
use store::{SiteId, Tx, retry, rulebooks};
use uuid::Uuid;

use super::{
    Version,
    ruling::SCHEMA,
    scenarios::{check_file, files_of},
    versions::{check, version_of},
    write_out::write_out,
};
use crate::{
    App, AppError, Caller,
    record::{Write, rulebook_stream, write},
    roles::Permission,
};

/// The longest document, in bytes.
pub(super) const DOCUMENT_MAX: usize = 1_000_000;

/// How many problems an error names.
const NAMED_MAX: usize = 5;

/// Copies the preset `slug` to `site` as a draft that a site may change, its scenarios included.
pub async fn copy_preset(
    app: &App,
    caller: &Caller,
    site: SiteId,
    slug: &str,
) -> Result<Version, AppError> {
    let text = app.presets.text(slug).map_err(|_| AppError::NotFound("preset"))?;
    let scenarios = app.presets.scenarios(slug).to_vec();
    add(app, caller, site, slug, &text, Some(slug.to_owned()), scenarios).await
}

/// Copies the version `id` as a draft of the same rulebook, its scenarios included.
pub async fn copy_version(app: &App, caller: &Caller, id: Uuid) -> Result<Version, AppError> {
    caller.require(Permission::EditRulebooks)?;
    let (version, _) = super::version(app, caller, id).await?;
    let scenarios = {
        let mut tx = app.db.read().await?;
        let row = rulebooks::get(&mut tx, caller.tenant, id).await?;
        files_of(app, &mut tx, &row).await?
    };
    let Version { site, slug, text, preset, .. } = version;
    add(app, caller, site, &slug, &text, preset, scenarios).await
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
    let preset = app.presets.text(slug).is_ok().then(|| slug.to_owned());
    let scenarios = app.presets.scenarios(slug).to_vec();
    add(app, caller, site, slug, text, preset, scenarios).await
}

async fn add(
    app: &App,
    caller: &Caller,
    site: SiteId,
    slug: &str,
    text: &str,
    preset: Option<String>,
    scenarios: Vec<(String, String)>,
) -> Result<Version, AppError> {
    caller.require(Permission::EditRulebooks)?;
    caller.at(site)?;
    check_slug(slug)?;
    let (text, title) = readable(app, slug, text)?;
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
            preset: preset.as_deref(),
        };
        rulebooks::add(&mut tx, &new).await?;
        for (file, text) in &scenarios {
            let file = file.rsplit('/').next().unwrap_or(file);
            rulebooks::put_scenario(&mut tx, caller.tenant, id, file, Some(text)).await?;
        }
        tx.commit().await?;
        Ok::<_, AppError>(id)
    })?;
    let mut tx = app.db.read().await?;
    Ok(version_of(rulebooks::get(&mut tx, caller.tenant, id).await?, None))
}

/// `text` as it is kept, and its title; refused where it cannot be read.
fn readable(app: &App, slug: &str, text: &str) -> Result<(String, Words), AppError> {
    if text.len() > DOCUMENT_MAX {
        return Err(AppError::invalid("text", "the document is too long", "give at most 1 MB"));
    }
    let checked = check(&app.presets, slug, text);
    if !checked.problems.is_readable() {
        let message = "the rulebook cannot be read";
        return Err(refused("text", message, &checked.problems, |severity| {
            severity == Severity::Error
        }));
    }
    let extends = !checked.document.about.extends.is_empty();
    let text = if extends { write_out(&checked.document, &SCHEMA) } else { text.to_owned() };
    Ok((text, checked.document.about.title.clone()))
}

/// A change of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The whole text.
    Text(String),
    /// Settings by path, as typed: words or names; nothing typed takes a setting out.
    Settings(Vec<(String, String)>),
    /// A clause, in the place of another or as a new one.
    Clause {
        /// The clause it takes the place of.
        before: Option<ClauseId>,
        /// What it says.
        clause: ClauseText,
    },
    /// A clause that is taken out.
    RemoveClause(ClauseId),
    /// Title and summary.
    About {
        /// The title.
        title: Words,
        /// What kind of site it is for.
        summary: Option<Words>,
    },
    /// A scenario file; no text takes it out.
    Scenario {
        /// Its name.
        file: String,
        /// What it says.
        text: Option<String>,
    },
}

/// What came of changing a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// It is saved.
    Saved(Box<Version>),
    /// Something in it is wrong; nothing is saved. Each with the setting it is about, or nothing.
    Wrong(Vec<(String, Problem)>),
    /// Somebody else saved meanwhile; nothing is saved. This is what is there now.
    Overtaken(Box<Version>),
}

/// Changes the draft `id`, whose author saw its `revision`.
///
/// Whatever was handed in or approved must be so again afterwards.
pub async fn change(
    app: &App,
    caller: &Caller,
    id: Uuid,
    revision: i64,
    change: &Change,
) -> Result<Changed, AppError> {
    caller.require(Permission::EditRulebooks)?;
    let now = app.clock.now();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let row = rulebooks::get(&mut tx, caller.tenant, id).await?;
        caller.at(row.site).map_err(|_| AppError::NotFound("rulebook version"))?;
        if row.effective_at.is_some() {
            return Err(AppError::conflict(
                "a version that was activated never changes",
                "copy it and change the copy",
            ));
        }
        // The stream first: whoever comes second sees what the first has saved.
        let (kind, command) = told(&row, change);
        note(&mut tx, caller, row.site, kind, command, now).await?;
        let row = rulebooks::get(&mut tx, caller.tenant, id).await?;
        if row.revision != revision {
            return Ok(Changed::Overtaken(Box::new(version_of(row, None))));
        }
        let text = match changed_text(&row, change) {
            Ok(text) => text,
            Err(wrong) => return Ok(Changed::Wrong(wrong)),
        };
        let checked = check(&app.presets, &row.slug, &text);
        if text.len() > DOCUMENT_MAX || !checked.problems.is_readable() {
            let errors = checked.problems.0.into_iter().filter(|p| p.severity == Severity::Error);
            return Ok(Changed::Wrong(errors.map(|problem| (String::new(), problem)).collect()));
        }
        let extends = !checked.document.about.extends.is_empty();
        let text = if extends { write_out(&checked.document, &SCHEMA) } else { text };
        if let Change::Scenario { file, text } = change {
            check_file(app, &mut tx, &row, file, text.as_deref()).await?;
            rulebooks::put_scenario(&mut tx, row.tenant, id, file, text.as_deref()).await?;
        }
        let title = &checked.document.about.title;
        let new = rulebooks::Rewrite {
            revision,
            document: &text,
            title_zh: &title.zh,
            title_en: &title.en,
            by: caller.person.map(|person| person.0),
            at: now,
        };
        rulebooks::rewrite(&mut tx, caller.tenant, id, &new).await?;
        let row = rulebooks::get(&mut tx, caller.tenant, id).await?;
        tx.commit().await?;
        Ok::<_, AppError>(Changed::Saved(Box::new(version_of(row, None))))
    })
}

/// The journal's word for a change, and what it says of it: never the text itself.
fn told(row: &rulebooks::Rulebook, change: &Change) -> (&'static str, Value) {
    let mut command = json!({ "version": row.id, "slug": row.slug, "revision": row.revision + 1 });
    let (kind, what) = match change {
        Change::Text(_) => ("change_rulebook_text", Value::Null),
        Change::Settings(settings) => {
            let paths: Vec<&String> = settings.iter().map(|(path, _)| path).collect();
            ("change_rulebook_settings", json!(paths))
        }
        Change::Clause { clause, .. } => ("change_rulebook_clause", json!(clause.id)),
        Change::RemoveClause(id) => ("remove_rulebook_clause", json!(id)),
        Change::About { .. } => ("change_rulebook_title", Value::Null),
        Change::Scenario { file, .. } => ("change_rulebook_scenario", json!(file)),
    };
    if let Some(fields) = command.as_object_mut() {
        fields.insert("what".to_owned(), what);
    }
    (kind, command)
}

/// The text of the draft with `change`.
fn changed_text(
    row: &rulebooks::Rulebook,
    change: &Change,
) -> Result<String, Vec<(String, Problem)>> {
    let whole = |problem: Problem| vec![(String::new(), problem)];
    let mut editor = match change {
        Change::Text(text) => return Ok(text.clone()),
        Change::Scenario { .. } => return Ok(row.document.clone()),
        _ => Editor::open(&row.slug, &row.document).map_err(whole)?,
    };
    match change {
        Change::Settings(settings) => {
            let mut wrong = Vec::new();
            for (path, typed) in settings {
                if let Err(problem) = set(&mut editor, &row.slug, path, typed) {
                    wrong.push((path.clone(), problem));
                }
            }
            if !wrong.is_empty() {
                return Err(wrong);
            }
        }
        Change::Clause { before, clause } => {
            editor.put_clause(before.as_ref(), clause).map_err(whole)?;
        }
        Change::RemoveClause(id) => editor.remove_clause(id).map_err(whole)?,
        Change::About { title, summary } => {
            editor.put_about(title, summary.as_ref()).map_err(whole)?;
        }
        Change::Text(_) | Change::Scenario { .. } => {}
    }
    Ok(editor.text())
}

fn set(editor: &mut Editor, slug: &str, path: &str, typed: &str) -> Result<(), Problem> {
    let wrong = |message: Words, hint: Words| Problem {
        severity: Severity::Error,
        place: rulebook::problem::Place { rulebook: slug.into(), line: 0 },
        message,
        hint,
    };
    let Some(declared) = SCHEMA.get(path) else {
        let message = [format!("没有 `{path}` 这项设置"), format!("`{path}` is no setting")];
        let nearest = SCHEMA.nearest(path).unwrap_or_default();
        let hint = [format!("是不是 `{nearest}`？"), format!("did you mean `{nearest}`?")];
        return Err(wrong(message.into(), hint.into()));
    };
    let value = typed::read(declared, typed).map_err(|said| wrong(said, Words::default()))?;
    editor.set(path, value.as_ref())
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
pub(super) fn refused(
    field: &'static str,
    message: &str,
    problems: &Problems,
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

/// Notes what was done to the rulebooks of `site` in their stream.
pub(super) async fn note(
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
