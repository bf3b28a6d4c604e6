//! A rulebook as its pages show it.

use app::{
    roles::Permission,
    rulebooks::{self, Checked, Version},
};
use chrono::{DateTime, Utc};
use domain::needed::Needed;
use rulebook::{
    Document, Problems, Severity, Words,
    clause::carries,
    schema::{Choice, Shape},
};

use super::{opened::Opened, scenarios};
use crate::{
    language::Text,
    pages::rulebooks::edit::Head,
    pages::rulebooks::view::{
        ClauseRow, RulebookRow, RulebookView, RulebooksView, Scenarios, SettingRow, Standing,
        UnsetRow, Warning,
    },
    web::{failure::Failure, reader::Reader, state::Server},
};

/// Presets and the site's own rulebooks.
pub(super) async fn list(server: &Server, reader: &Reader) -> Result<RulebooksView, Failure> {
    let (app, caller) = (&server.app, reader.caller());
    let mut own = rulebooks::versions(app, caller, reader.site.id).await?;
    own.sort_by_key(|version| (!version.active, std::cmp::Reverse(version.created_at)));
    let standings = standings(&own, reader.now);
    let own = own.iter().zip(standings).map(|(version, standing)| {
        let checked = rulebooks::check(&app.presets, &version.slug, &version.text);
        row(&version.slug, version.number, standing, &checked)
    });
    let presets = app.presets.slugs().map(|slug| {
        let checked = preset(server, slug);
        row(slug, 0, Standing::Preset, &checked)
    });
    Ok(RulebooksView {
        own: own.collect(),
        presets: presets.collect(),
        may_change: caller.may(Permission::EditRulebooks),
    })
}

/// What was opened, to be read; with its scenarios run where asked.
pub(super) async fn read(
    server: &Server,
    reader: &Reader,
    opened: Opened,
    look: &str,
    runs: bool,
) -> Result<RulebookView, Failure> {
    let Opened { version, checked, head, .. } = opened;
    let (slug, number) = (head.slug.clone(), i64::from(head.version));
    let row = row(&slug, number, head.standing, &checked);
    let mut view = whole(reader, head, row, &checked, look);
    let files = match &version {
        Some(version) => {
            rulebooks::scenario_files(&server.app, reader.caller(), version.id).await?
        }
        None => server.app.presets.scenarios(&slug).to_vec(),
    };
    if files.is_empty() {
        return Ok(view);
    }
    if runs {
        let tried = rulebooks::try_scenarios(reader.caller(), files, &checked.document).await?;
        scenarios::fill(&mut view, &tried.ran);
    } else {
        let path = format!("/rulebooks/{slug}?version={number}&run=yes#scenarios");
        view.scenarios = Scenarios::Ready(path);
    }
    Ok(view)
}

pub(super) fn preset(server: &Server, slug: &str) -> Checked {
    let text = server.app.presets.text(slug).unwrap_or_default();
    rulebooks::check(&server.app.presets, slug, &text)
}

/// Whether each of `versions` is in force: the one that ruled before ends where the next begins.
pub(super) fn standings(versions: &[Version], now: DateTime<Utc>) -> Vec<Standing> {
    let next = |after: DateTime<Utc>| {
        versions.iter().filter_map(|other| other.effective_at).filter(|at| *at > after).min()
    };
    let standing = |version: &Version| match version.effective_at {
        None if version.approved_at.is_some() => Standing::Approved,
        None if version.submitted_at.is_some() => Standing::HandedIn,
        None => Standing::Draft,
        Some(_) if version.is_withdrawn() => Standing::Withdrawn,
        Some(at) if at > now => Standing::Scheduled(at),
        Some(at) if version.active => Standing::Active(at),
        Some(at) => Standing::Retired(next(at).unwrap_or(at)),
    };
    versions.iter().map(standing).collect()
}

pub(super) fn text(words: &Words) -> Text {
    Text::new(words.zh.clone(), words.en.clone())
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn row(slug: &str, version: i64, standing: Standing, checked: &Checked) -> RulebookRow {
    let about = &checked.document.about;
    RulebookRow {
        slug: slug.to_owned(),
        title: text(&about.title),
        regulation: about.regulation.clone().unwrap_or_default(),
        version: u32::try_from(version).unwrap_or(0),
        standing,
        clause_count: count(checked.document.clauses.len()),
        unset_count: count(unset(&checked.document).len()),
        warning_count: count(warnings(checked, standing).len()),
        passed_count: 0,
        failed_count: 0,
    }
}

/// The settings that nobody has decided and that an enforced rule depends on.
fn unset(document: &Document) -> Vec<UnsetRow> {
    let row = |needed: Needed| UnsetRow {
        choices: choices(&needed.setting),
        proposal: needed.proposal.to_owned(),
        setting: setting(document, &needed.setting),
    };
    domain::undecided(document, &mut Problems::default()).into_iter().map(row).collect()
}

/// The words that may be written for the setting at `path`.
fn choices(path: &str) -> Vec<(String, Text)> {
    let declared = rulebooks::declared(path);
    let mut shape = declared.as_ref().map(|declared| &declared.shape);
    while let Some(Shape::List(inner)) = shape {
        shape = Some(&**inner);
    }
    let Some(Shape::Choice(choices)) = shape else { return Vec::new() };
    let named = |choice: &Choice| (choice.word.to_owned(), Text::new(choice.zh, choice.en));
    choices.iter().map(named).collect()
}

fn setting(document: &Document, path: &str) -> SettingRow {
    let written = document.setting(path).map(|written| &written.value);
    let value = written.filter(|value| value.as_text() != Some("unset"));
    let clauses = document.clauses_carried_by(path);
    let name = rulebooks::declared(path).map(|declared| Text::new(declared.zh, declared.en));
    SettingRow {
        path: path.to_owned(),
        name: name.unwrap_or_default(),
        value: value.map(ToString::to_string),
        clauses: clauses.into_iter().map(|clause| clause.0).collect(),
    }
}

/// Legal doubts of clauses, and what the check finds worth a look.
fn warnings(checked: &Checked, standing: Standing) -> Vec<Warning> {
    let doubts = checked.document.clauses.iter().filter_map(|clause| {
        let doubt = clause.warning.as_ref()?;
        Some(Warning { clause: clause.id.0.clone(), text: text(doubt) })
    });
    // What only its author can mend is no doubt about a rulebook in force.
    let author = standing.can_be_activated();
    let found = checked.problems.0.iter().filter(|p| author && p.severity == Severity::Warning);
    let found =
        found.map(|problem| Warning { clause: String::new(), text: text(&problem.message) });
    doubts.chain(found).collect()
}

/// The clauses by kind of rule, in the order in which the kinds come up.
fn contents(clauses: &[ClauseRow]) -> Vec<(String, Vec<String>)> {
    let mut parts: Vec<(String, Vec<String>)> = Vec::new();
    for clause in clauses {
        let kind = clause.kind.clone();
        match parts.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, ids)) => ids.push(clause.id.clone()),
            None => parts.push((kind, vec![clause.id.clone()])),
        }
    }
    parts
}

fn whole(
    reader: &Reader,
    head: Head,
    row: RulebookRow,
    checked: &Checked,
    look: &str,
) -> RulebookView {
    let document = &checked.document;
    let clause = |clause: &rulebook::Clause| {
        let carried = |path: &&String| clause.carried_by.iter().any(|by| carries(by, path));
        let settings = document.settings.keys().filter(carried);
        let kind = clause.carried_by.first().and_then(|path| path.split('.').next());
        ClauseRow {
            id: clause.id.0.clone(),
            kind: kind.unwrap_or("none").to_owned(),
            text: text(&clause.text),
            carry: clause.carry.name().to_owned(),
            settings: settings.map(|path| setting(document, path)).collect(),
            covers: clause.covers.clone(),
            passed_count: 0,
            failed_count: 0,
            shown_by: Vec::new(),
            warning: clause.warning.as_ref().map(text),
        }
    };
    let wanted = look.trim().to_lowercase();
    let found = |clause: &&rulebook::Clause| {
        let texts = [&clause.id.0, &clause.text.zh, &clause.text.en];
        wanted.is_empty()
            || texts.iter().any(|text| text.to_lowercase().contains(&wanted))
            || clause.carried_by.iter().any(|path| path.contains(&wanted))
    };
    let clauses: Vec<ClauseRow> = document.clauses.iter().filter(found).map(clause).collect();
    RulebookView {
        head,
        about: document.about.summary.as_ref().map(text).unwrap_or_default(),
        contents: contents(&clauses),
        look: look.trim().to_owned(),
        clauses,
        unset: unset(document),
        warnings: warnings(checked, row.standing),
        may_change: reader.caller().may(Permission::EditRulebooks),
        scenarios: Scenarios::None,
        row,
    }
}
