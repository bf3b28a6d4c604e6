//! Comparing versions, handing in, approving, activating and taking back.

use app::{
    AppError,
    roles::Permission,
    rulebooks::{self, Activation, CONVERTIBLE, MayApprove, Rights, Touched},
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{NaiveDateTime, TimeZone};
use rulebook::{Severity, difference::Difference};
use serde::Deserialize;

use super::{
    opened::{Opened, beside, name, open, shown},
    view::{count, preset, text},
};
use crate::{
    language::{Key, Text},
    pages::{
        frame::{Place, Problem, Tone},
        rulebooks::{
            ActivationPage, Affected, DifferencePage,
            edit::{
                ActivationView, AffectedView, ClauseChange, DifferenceView, SettingChange, Tab,
            },
        },
    },
    web::{failure::Failure, form::Form, notice, reader::Reader, render::render, state::Server},
};

/// Which version, and what it is compared with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Look {
    version: u32,
    before: String,
}

/// `GET /rulebooks/{slug}/difference`
pub async fn difference(
    State(server): State<Server>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    let opened = open(&server, &reader, &slug, look.version, Tab::Difference).await?;
    let own = opened.own()?;
    let mut others: Vec<(String, Text)> = Vec::new();
    for version in opened.all.iter().filter(|version| version.id != own.id) {
        let label = |title: &str, word: &str| format!("{title} · {word} {}", version.number);
        let (zh, en) = (label(&version.title.zh, "版本"), label(&version.title.en, "version"));
        others.push((version.id.to_string(), Text::new(zh, en)));
    }
    let from_preset = own.preset.as_deref().filter(|slug| server.app.presets.text(slug).is_ok());
    if from_preset.is_some() {
        others.push(("preset".to_owned(), Text::new("范本", "the preset")));
    }
    let active = opened.all.iter().find(|version| version.active && version.id != own.id);
    let before = match (look.before.as_str(), active) {
        ("", Some(active)) => active.id.to_string(),
        ("", None) => others.last().map(|(word, _)| word.clone()).unwrap_or_default(),
        (before, _) => before.to_owned(),
    };
    let compared = match before.as_str() {
        "" => None,
        "preset" => from_preset.map(|slug| preset(&server, slug).document),
        id => {
            let id = id.parse().map_err(|_| Failure::not_found())?;
            let (_, checked) = rulebooks::version(&server.app, reader.caller(), id).await?;
            Some(checked.document)
        }
    };
    let found = compared
        .map(|compared| rulebooks::compare(&compared, &opened.checked.document))
        .unwrap_or_default();
    let (settings, clauses) = differing(found);
    let view = DifferenceView { head: opened.head, others, before, settings, clauses };
    Ok(render(&DifferencePage { frame: reader.frame(Some(Place::Rulebooks)), view }))
}

fn differing(found: Difference) -> (Vec<SettingChange>, Vec<ClauseChange>) {
    let setting = |setting: rulebook::difference::SettingDifference| SettingChange {
        before: shown(&setting.setting, setting.before.as_ref()),
        after: shown(&setting.setting, setting.after.as_ref()),
        name: text(&setting.name),
        clauses: setting.clauses.into_iter().map(|clause| clause.0).collect(),
        path: setting.setting,
    };
    let clause = |clause: rulebook::difference::ClauseDifference| ClauseChange {
        id: clause.clause.0,
        before: clause.before.as_ref().map(text),
        after: clause.after.as_ref().map(text),
    };
    let settings = found.settings.into_iter().map(setting).collect();
    (settings, found.clauses.into_iter().map(clause).collect())
}

/// `GET /rulebooks/{slug}/activation`
pub async fn page(
    State(server): State<Server>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    let opened = open(&server, &reader, &slug, look.version, Tab::Activation).await?;
    let view = view(&server, &reader, opened).await?;
    Ok(render(&ActivationPage { frame: reader.frame(Some(Place::Rulebooks)), view }))
}

async fn view(server: &Server, reader: &Reader, opened: Opened) -> Result<ActivationView, Failure> {
    let (app, caller) = (&server.app, reader.caller());
    let version = opened.own()?;
    let prevents = opened.checked.problems.0.iter().filter(|p| p.severity != Severity::Warning);
    let hindrances: Vec<_> = prevents.map(beside).collect();
    let active = opened.all.iter().find(|other| other.active && other.id != version.id);
    let change_count = match active {
        Some(active) => {
            let found = rulebooks::difference(app, caller, active.id, version.id).await?;
            count(found.settings.len() + found.clauses.len())
        }
        None => 0,
    };
    let may = rulebooks::may_approve(app, caller, version.id).await?;
    let (draft, ready) = (version.is_draft(), hindrances.is_empty());
    let (submitted, approved) = (version.submitted_at, version.approved_at);
    let eyes = match may {
        MayApprove::Author if draft && approved.is_none() => Some(Key("rulebook-eyes-author")),
        MayApprove::Alone if draft => Some(Key("rulebook-eyes-alone")),
        MayApprove::No if draft => Some(Key("rulebook-eyes-role")),
        _ => None,
    };
    let scheduled = version.effective_at.is_some_and(|at| at > reader.now);
    Ok(ActivationView {
        submitted: match submitted {
            Some(at) => Some((name(server, reader, version.submitted_by).await?, at)),
            None => None,
        },
        approved: match approved {
            Some(at) => Some((name(server, reader, version.approved_by).await?, at)),
            None => None,
        },
        change_count,
        may_hand_in: draft && ready && submitted.is_none() && caller.may(Permission::EditRulebooks),
        may_approve: draft && ready && submitted.is_some() && approved.is_none() && may.may(),
        may_activate: draft
            && ready
            && caller.may(Permission::ApproveRulebooks)
            && (approved.is_some()
                || may == MayApprove::Alone
                || (submitted.is_some() && may.may())),
        may_withdraw: scheduled
            && !version.is_withdrawn()
            && caller.may(Permission::ApproveRulebooks),
        hindrances,
        eyes,
        activate_at: String::new(),
        problems: Vec::new(),
        head: opened.head,
    })
}

/// `GET /rulebooks/{slug}/affected`: the numbers, counted when the page is there.
pub async fn affected(
    State(server): State<Server>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    let opened = open(&server, &reader, &slug, look.version, Tab::Activation).await?;
    let found = rulebooks::affected(&server.app, reader.caller(), opened.own()?.id).await?;
    let touches = |touched: Touched| found.living.iter().any(|one| one.touches == touched);
    let numbers =
        |rights: Rights| [rights.lapse_count, rights.shortened_count, rights.extended_count];
    let convertible = found.living.iter().filter(|living| living.convertible);
    let affected = AffectedView {
        convertible: convertible.map(|one| (one.setting.clone(), text(&one.name))).collect(),
        rights: touches(Touched::Rights),
        client_count: found.client_count,
        kept: numbers(found.kept),
        converted: numbers(found.converted),
        make_up_count: touches(Touched::MakeUps).then_some(found.make_up_count),
        suspension_count: touches(Touched::Suspensions).then_some(found.suspension_count),
    };
    Ok(render(&Affected { w: reader.words(), affected }))
}

/// What the forms of this page say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    version: u32,
    revision: i64,
    activate_at: String,
    existing: String,
}

/// `POST /rulebooks/{slug}/hand-in`
pub async fn hand_in(
    State(server): State<Server>,
    Path(slug): Path<String>,
    form: Form<Said>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    reader.caller().require(Permission::EditRulebooks)?;
    let opened = open(&server, &reader, &slug, said.version, Tab::Activation).await?;
    let done = rulebooks::hand_in(&server.app, reader.caller(), opened.own()?.id).await;
    let key = done.map(|_| Key("rulebook-handed-in"));
    answer(&server, &reader, opened, said, key).await
}

/// `POST /rulebooks/{slug}/approve`
pub async fn approve(
    State(server): State<Server>,
    Path(slug): Path<String>,
    form: Form<Said>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    reader.caller().require(Permission::ApproveRulebooks)?;
    let opened = open(&server, &reader, &slug, said.version, Tab::Activation).await?;
    let (app, id) = (&server.app, opened.own()?.id);
    let done = rulebooks::approve(app, reader.caller(), id, said.revision).await;
    let key = done.map(|_| Key("rulebook-approved"));
    answer(&server, &reader, opened, said, key).await
}

/// `POST /rulebooks/{slug}/withdraw`
pub async fn withdraw(
    State(server): State<Server>,
    Path(slug): Path<String>,
    form: Form<Said>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    reader.caller().require(Permission::ApproveRulebooks)?;
    let opened = open(&server, &reader, &slug, said.version, Tab::Activation).await?;
    let done = rulebooks::withdraw(&server.app, reader.caller(), opened.own()?.id).await;
    let key = done.map(|_| Key("rulebook-withdrawn"));
    answer(&server, &reader, opened, said, key).await
}

/// `POST /rulebooks/{slug}/activate`
pub async fn activate(
    State(server): State<Server>,
    Path(slug): Path<String>,
    form: Form<Said>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    reader.caller().require(Permission::ApproveRulebooks)?;
    let words = reader.words();
    let opened = open(&server, &reader, &slug, said.version, Tab::Activation).await?;
    let id = opened.own()?.id;
    let from = match said.activate_at.as_str() {
        "" => None,
        text => {
            let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok();
            let at = local.and_then(|local| words.zone.from_local_datetime(&local).single());
            let Some(at) = at else {
                let text = words.say("rulebook-time-unread");
                let unread = Problem { field: "activate_at".into(), text };
                return again(&server, &reader, opened, said, unread).await;
            };
            Some(at.to_utc())
        }
    };
    let mut activation = Activation { from, ..Activation::default() };
    if said.existing == "convert" {
        activation.convert = CONVERTIBLE.iter().map(|path| (*path).to_owned()).collect();
    }
    let done = rulebooks::activate_over(&server.app, reader.caller(), id, &activation).await;
    let key = done.map(|version| {
        if version.active { Key("rulebook-activated") } else { Key("rulebook-scheduled") }
    });
    answer(&server, &reader, opened, said, key).await
}

/// Back to the page with what was done, or the page again with what prevents it.
async fn answer(
    server: &Server,
    reader: &Reader,
    opened: Opened,
    said: Said,
    done: Result<Key, AppError>,
) -> Result<Response, Failure> {
    let words = reader.words();
    let (field, text) = match done {
        Ok(key) => {
            let to = opened.head.path(&Tab::Activation);
            return Ok(([notice::leave(Tone::Good, key.0)], Redirect::to(&to)).into_response());
        }
        Err(AppError::Invalid { field: "effective_at", .. }) => {
            ("activate_at", words.say("rulebook-time-passed"))
        }
        Err(AppError::Invalid { .. }) => ("", words.say("rulebook-hindered")),
        Err(AppError::Conflict { .. }) => ("", words.say("rulebook-not-now")),
        Err(error) => return Err(error.into()),
    };
    again(server, reader, opened, said, Problem { field: field.into(), text }).await
}

async fn again(
    server: &Server,
    reader: &Reader,
    opened: Opened,
    said: Said,
    problem: Problem,
) -> Result<Response, Failure> {
    let mut view = view(server, reader, opened).await?;
    view.activate_at = said.activate_at;
    view.problems = vec![problem];
    let frame = reader.frame(Some(Place::Rulebooks));
    let mut response = render(&ActivationPage { frame, view });
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
