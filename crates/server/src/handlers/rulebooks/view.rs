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

use super::scenarios;
use crate::{
    language::Text,
    pages::rulebooks::view::{
        Change, ClauseRow, RulebookRow, RulebookView, RulebooksView, Scenarios, SettingRow,
        Standing, UnsetRow, Warning,
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

/// A preset, or version `number` of the site's rulebook `slug`; with its scenarios run where asked.
pub(super) async fn read(
    server: &Server,
    reader: &Reader,
    slug: &str,
    number: u32,
    runs: bool,
) -> Result<RulebookView, Failure> {
    let (mut view, document) = told(server, reader, slug, number).await?;
    if server.app.presets.scenarios(slug).is_empty() {
        return Ok(view);
    }
    if runs {
        let ran = rulebooks::run_scenarios(&server.app, reader.caller(), slug, &document).await?;
        scenarios::fill(&mut view, &ran);
    } else {
        let version = view.row.version;
        let path = format!("/rulebooks/{slug}?version={version}&run=yes#scenarios");
        view.scenarios = Scenarios::Ready(path);
    }
    Ok(view)
}

async fn told(
    server: &Server,
    reader: &Reader,
    slug: &str,
    number: u32,
) -> Result<(RulebookView, Document), Failure> {
    let (app, caller) = (&server.app, reader.caller());
    if number == 0 && app.presets.text(slug).is_ok() {
        let checked = preset(server, slug);
        let row = row(slug, 0, Standing::Preset, &checked);
        return Ok((whole(reader, row, &checked, Vec::new()), checked.document));
    }
    let all = rulebooks::versions(app, caller, reader.site.id).await?;
    let wanted = |version: &Version| {
        version.slug == slug && (number == 0 || version.number == i64::from(number))
    };
    let at = all.iter().position(wanted).ok_or_else(Failure::not_found)?;
    let version = all.get(at).ok_or_else(Failure::not_found)?;
    let standing = standings(&all, reader.now).get(at).copied().unwrap_or(Standing::Draft);
    let checked = rulebooks::check(&app.presets, slug, &version.text);
    let changes = match all.iter().find(|other| other.active && other.id != version.id) {
        Some(active) => changes(server, reader, active, version).await?,
        None => Vec::new(),
    };
    let row = row(slug, version.number, standing, &checked);
    Ok((whole(reader, row, &checked, changes), checked.document))
}

fn preset(server: &Server, slug: &str) -> Checked {
    let text = server.app.presets.text(slug).unwrap_or_default();
    rulebooks::check(&server.app.presets, slug, &text)
}

/// Whether each of `versions` is in force: the one that ruled before ends where the next begins.
fn standings(versions: &[Version], now: DateTime<Utc>) -> Vec<Standing> {
    let next = |after: DateTime<Utc>| {
        versions.iter().filter_map(|other| other.effective_at).filter(|at| *at > after).min()
    };
    let standing = |version: &Version| match version.effective_at {
        None => Standing::Draft,
        Some(at) if at > now => Standing::Scheduled(at),
        Some(at) if version.active => Standing::Active(at),
        Some(at) => Standing::Retired(next(at).unwrap_or(at)),
    };
    versions.iter().map(standing).collect()
}

fn text(words: &Words) -> Text {
    Text::new(words.zh.clone(), words.en.clone())
}

fn count(number: usize) -> u32 {
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
    let found = found.map(|problem| Warning {
        clause: String::new(),
        text: text(&problem.message),
    });
    doubts.chain(found).collect()
}

/// What is wrong in the document; what is undecided stands by itself.
fn hindrances(reader: &Reader, checked: &Checked) -> Vec<String> {
    let said = |words: &Words| {
        if reader.is_chinese() { words.zh.clone() } else { words.en.clone() }
    };
    let all = checked.problems.0.iter().filter(|p| p.severity == Severity::Error);
    all.map(|problem| {
        let (message, hint) = (said(&problem.message), said(&problem.hint));
        if hint.is_empty() {
            format!("{}: {message}", problem.place)
        } else {
            format!("{}: {message} ({hint})", problem.place)
        }
    })
    .collect()
}

async fn changes(
    server: &Server,
    reader: &Reader,
    before: &Version,
    after: &Version,
) -> Result<Vec<Change>, Failure> {
    let caller = reader.caller();
    let difference = rulebooks::difference(&server.app, caller, before.id, after.id).await?;
    let shown = |value: Option<rulebook::Value>| value.map_or("—".to_owned(), |v| v.to_string());
    let settings = difference.settings.into_iter().map(|setting| Change {
        path: setting.setting,
        before: shown(setting.before),
        after: shown(setting.after),
        affected_count: 0,
    });
    Ok(settings.collect())
}

fn whole(
    reader: &Reader,
    row: RulebookRow,
    checked: &Checked,
    changes: Vec<Change>,
) -> RulebookView {
    let document = &checked.document;
    let clause = |clause: &rulebook::Clause| {
        let carried = |path: &&String| clause.carried_by.iter().any(|by| carries(by, path));
        let settings = document.settings.keys().filter(carried);
        ClauseRow {
            id: clause.id.0.clone(),
            text: text(&clause.text),
            carry: clause.carry.name().to_owned(),
            settings: settings.map(|path| setting(document, path)).collect(),
            covers: clause.covers.clone(),
            passed_count: 0,
            failed_count: 0,
        }
    };
    let caller = reader.caller();
    RulebookView {
        about: document.about.summary.as_ref().map(text).unwrap_or_default(),
        clauses: document.clauses.iter().map(clause).collect(),
        unset: unset(document),
        warnings: warnings(checked, row.standing),
        changes,
        hindrances: hindrances(reader, checked),
        may_change: caller.may(Permission::EditRulebooks),
        may_activate: caller.may(Permission::ApproveRulebooks),
        activate_at: String::new(),
        problems: Vec::new(),
        scenarios: Scenarios::None,
        row,
    }
}
