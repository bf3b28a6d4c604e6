//! The settings of a draft in forms: shown table by table, checked while typed, saved where they changed.

use std::collections::BTreeMap;

use app::rulebooks::{self, Change, Changed, Field};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use rulebook::{Shape, typed};
use serde::Deserialize;

use super::{
    opened::{Opened, open, overtaken, said, shown},
    view::{count, preset},
};
use crate::{
    language::{Key, Text},
    pages::{
        frame::{Place, Problem, Tone},
        rulebooks::{
            FieldProblem, SettingsPage,
            edit::{FieldRow, KindRows, SettingsView, Tab, TableRow},
        },
    },
    web::{failure::Failure, form::Form, notice, reader::Reader, render::render, state::Server},
};

/// How many settings a page shows that were looked for.
const FOUND_MAX: usize = 80;

/// Which settings are shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Look {
    version: u32,
    table: String,
    look: String,
}

/// `GET /rulebooks/{slug}/settings`
pub async fn page(
    State(server): State<Server>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    reader.caller().require(app::roles::Permission::EditRulebooks)?;
    let opened = open(&server, &reader, &slug, look.version, Tab::Settings).await?;
    let view = view(&server, &reader, &opened, &look, &BTreeMap::new())?;
    Ok(render(&SettingsPage { frame: reader.frame(Some(Place::Rulebooks)), view }))
}

/// `POST /rulebooks/{slug}/settings`: what was changed in the form, and nothing else.
pub async fn save(
    State(server): State<Server>,
    Path(slug): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let Form { reader, said: pairs } = form;
    reader.caller().require(app::roles::Permission::EditRulebooks)?;
    let pairs: BTreeMap<String, String> = pairs.into_iter().collect();
    let of = |name: &str| pairs.get(name).cloned().unwrap_or_default();
    let look =
        Look { version: of("version").parse().unwrap_or(0), table: of("table"), look: of("look") };
    let opened = open(&server, &reader, &slug, look.version, Tab::Settings).await?;
    let version = opened.own()?;
    let typed: BTreeMap<String, String> = pairs
        .iter()
        .filter_map(|(name, typed)| {
            let path = name.strip_prefix("value.")?;
            let was = pairs.get(&format!("was.{path}"));
            (was != Some(typed)).then(|| (path.to_owned(), typed.clone()))
        })
        .collect();
    let query = format!(
        "version={}&table={}&look={}",
        look.version,
        escaped(&look.table),
        escaped(&look.look)
    );
    let to = Redirect::to(&format!("/rulebooks/{slug}/settings?{query}"));
    if typed.is_empty() {
        return Ok(
            ([notice::leave(Tone::Plain, Key("rulebook-nothing-changed").0)], to).into_response()
        );
    }
    let revision = of("revision").parse().unwrap_or(0);
    let change = Change::Settings(typed.clone().into_iter().collect());
    let changed =
        rulebooks::change(&server.app, reader.caller(), version.id, revision, &change).await?;
    let (view, status) = match changed {
        Changed::Saved(_) => {
            return Ok(([notice::leave(Tone::Good, Key("rulebook-saved").0)], to).into_response());
        }
        Changed::Wrong(wrong) => {
            let mut view = view(&server, &reader, &opened, &look, &typed)?;
            for (path, problem) in wrong {
                let text = said(&reader, &problem);
                match view.fields.iter_mut().find(|field| field.path == path) {
                    Some(field) => field.problem = Some(text.clone()),
                    None => view.problems.push(Problem { field: String::new(), text }),
                }
            }
            view.head.revision = revision;
            (view, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Changed::Overtaken(now) => {
            let mut view = view(&server, &reader, &opened, &look, &typed)?;
            view.overtaken = Some(overtaken(&server, &reader, &now).await?);
            for field in &mut view.fields {
                let was = pairs.get(&format!("was.{}", field.path));
                field.now = was.filter(|was| **was != field.was).map(|_| field.was.clone());
            }
            (view, StatusCode::CONFLICT)
        }
    };
    let mut response = render(&SettingsPage { frame: reader.frame(Some(Place::Rulebooks)), view });
    *response.status_mut() = status;
    Ok(response)
}

/// Which setting is typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    path: String,
}

/// `POST /rulebooks/check-setting`: what is wrong with what is typed.
pub async fn check(
    Query(which): Query<Which>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    form.reader.caller().require(app::roles::Permission::EditRulebooks)?;
    let declared = rulebooks::declared(&which.path).ok_or_else(Failure::not_found)?;
    let name = format!("value.{}", which.path);
    let typed = form.said.iter().find(|(field, _)| *field == name);
    let typed = typed.map(|(_, typed)| typed.as_str()).unwrap_or_default();
    let words = form.reader.words();
    let problem = typed::read(&declared, typed)
        .err()
        .map(|said| words.text(&Text::new(said.zh, said.en)).to_owned());
    Ok(render(&FieldProblem { problem, id: which.path.replace('.', "-") }))
}

fn escaped(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// The form, with what was `typed` in the place of what is written.
fn view(
    server: &Server,
    reader: &Reader,
    opened: &Opened,
    look: &Look,
    typed: &BTreeMap<String, String>,
) -> Result<SettingsView, Failure> {
    let version = opened.own()?;
    let before = version.preset.as_deref().filter(|slug| server.app.presets.text(slug).is_ok());
    let before = before.map(|slug| preset(server, slug).document);
    let all = rulebooks::fields(&opened.checked.document, before.as_ref());
    let needed = all.iter().filter(|field| field.needed).count();
    let mut tables: BTreeMap<&str, BTreeMap<&str, (u32, u32)>> = BTreeMap::new();
    for field in &all {
        let path = field.declared.path.as_str();
        let (table, kind) = (table_of(path), path.split('.').next().unwrap_or_default());
        let counts = tables.entry(kind).or_default().entry(table).or_default();
        counts.0 += u32::from(field.written.is_some());
        counts.1 += 1;
    }
    let table = match (look.look.trim(), look.table.as_str()) {
        ("", "") if needed > 0 => "needed".to_owned(),
        ("", "") => "rotation.order".to_owned(),
        ("", table) => table.to_owned(),
        _ => String::new(),
    };
    let wanted = look.look.trim().to_lowercase();
    let is_shown = |field: &&Field| match table.as_str() {
        "needed" => field.needed || typed.contains_key(&field.declared.path),
        "" => {
            let declared = &field.declared;
            [declared.path.as_str(), declared.zh, declared.en]
                .iter()
                .any(|text| text.to_lowercase().contains(&wanted))
        }
        table => table_of(&field.declared.path) == table,
    };
    let fields = all.iter().filter(is_shown).take(FOUND_MAX).map(|field| row(reader, field, typed));
    let fields = fields.collect();
    let kinds = tables.into_iter().map(|(kind, tables)| KindRows {
        kind: kind.to_owned(),
        tables: tables
            .into_iter()
            .map(|(path, (written_count, count))| TableRow {
                path: path.to_owned(),
                written_count,
                count,
            })
            .collect(),
    });
    Ok(SettingsView {
        head: opened.head.clone(),
        kinds: kinds.collect(),
        table,
        look: look.look.clone(),
        needed_count: count(needed),
        fields,
        problems: Vec::new(),
        overtaken: None,
    })
}

fn table_of(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(table, _)| table)
}

fn row(reader: &Reader, field: &Field, typed: &BTreeMap<String, String>) -> FieldRow {
    let (declared, path) = (&field.declared, &field.declared.path);
    let words = reader.words();
    let choices = choices(field);
    let was = match &field.written {
        None => String::new(),
        Some(value) if choices.is_empty() => words.text(&shown(path, Some(value))).to_owned(),
        Some(value) => value.as_text().map_or_else(|| value.to_string(), str::to_owned),
    };
    let default = declared.default.as_ref();
    let differs = field.preset != field.written;
    FieldRow {
        path: path.clone(),
        name: Text::new(declared.zh, declared.en),
        value: typed.get(path).cloned().unwrap_or_else(|| was.clone()),
        was,
        allowed: allowed(&declared.shape),
        default: default.map_or(Text::new("未定", "unset"), |value| shown(path, Some(value))),
        preset: field.preset.as_ref().filter(|_| differs).map(|value| shown(path, Some(value))),
        proposal: Some(&field.proposal)
            .filter(|proposal| !proposal.is_empty())
            .map(|proposal| shown(path, Some(&rulebook::document::parse_value(proposal)))),
        needed: field.needed,
        clauses: field.clauses.clone(),
        problem: None,
        now: None,
        choices,
    }
}

/// What may be typed, by the names of words.
fn allowed(shape: &Shape) -> Text {
    let Shape::List(inner) = shape else {
        return Text::new(shape.zh().trim(), shape.to_string());
    };
    match &**inner {
        Shape::Choice(words) => {
            let names = |part: fn(&rulebook::schema::Choice) -> &str, comma: &str| {
                words.iter().map(part).collect::<Vec<_>>().join(comma)
            };
            Text::new(
                format!("可写一项或多项，用顿号隔开：{}", names(|word| word.zh, "、")),
                format!(
                    "one or several of these, parted by semicolons: {}",
                    names(|word| word.en, "; ")
                ),
            )
        }
        inner => Text::new(
            format!("可写多项，用顿号隔开；每项：{}", inner.zh().trim()),
            format!("several, parted by semicolons; each {inner}"),
        ),
    }
}

/// The words of a setting that is chosen; none where it is typed.
fn choices(field: &Field) -> Vec<(String, Text)> {
    let declared = &field.declared;
    let mut choices = vec![
        (String::new(), Text::new("（不写）", "(not written)")),
        ("unset".to_owned(), Text::new("未定", "unset")),
    ];
    if declared.may_be_none {
        choices.push(("none".to_owned(), Text::new("不限", "no limit")));
    }
    match &declared.shape {
        Shape::Choice(words) => {
            choices.extend(
                words.iter().map(|word| (word.word.to_owned(), Text::new(word.zh, word.en))),
            );
        }
        Shape::Flag => choices.extend([
            ("true".to_owned(), Text::new("是", "yes")),
            ("false".to_owned(), Text::new("否", "no")),
        ]),
        _ => return Vec::new(),
    }
    choices
}
