//! A version of a rulebook as its pages open it: what stands above, and what is wrong.

use app::{
    PersonId,
    roles::Permission,
    rulebooks::{self, Checked, Version},
};
use rulebook::{Problem, Severity, Words};

use super::view::{preset, standings, text};
use crate::{
    language::Text,
    pages::rulebooks::{
        edit::{Head, Overtaken, Tab, TextProblem},
        view::Standing,
    },
    web::{failure::Failure, reader::Reader, state::Server},
};

/// A version, opened.
pub(super) struct Opened {
    /// The version; nothing for a preset.
    pub version: Option<Version>,
    /// Every version of the site.
    pub all: Vec<Version>,
    /// The document, and what is wrong with it.
    pub checked: Checked,
    /// What stands above.
    pub head: Head,
}

impl Opened {
    /// The version, which must be one of the site's.
    pub fn own(&self) -> Result<&Version, Failure> {
        self.version.as_ref().ok_or_else(Failure::not_found)
    }
}

/// Opens version `number` of the site's rulebook `slug`: 0 is the preset, or the newest if there is none.
pub(super) async fn open(
    server: &Server,
    reader: &Reader,
    slug: &str,
    number: u32,
    tab: Tab,
) -> Result<Opened, Failure> {
    let (app, caller) = (&server.app, reader.caller());
    caller.require(Permission::SeeRulebooks)?;
    if number == 0 && app.presets.text(slug).is_ok() {
        let checked = preset(server, slug);
        let head = Head {
            slug: slug.to_owned(),
            title: text(&checked.document.about.title),
            version: 0,
            revision: 0,
            standing: Standing::Preset,
            saved: None,
            tab,
            may_change: false,
        };
        return Ok(Opened { version: None, all: Vec::new(), checked, head });
    }
    let all = rulebooks::versions(app, caller, reader.site.id).await?;
    let wanted = |version: &Version| {
        version.slug == slug && (number == 0 || version.number == i64::from(number))
    };
    let at = all.iter().position(wanted).ok_or_else(Failure::not_found)?;
    let version = all.get(at).cloned().ok_or_else(Failure::not_found)?;
    let standing = standings(&all, reader.now).get(at).copied().unwrap_or(Standing::Draft);
    let checked = rulebooks::check(&app.presets, slug, &version.text);
    let saved = name(server, reader, version.changed_by.or(version.created_by)).await?;
    let head = Head {
        slug: slug.to_owned(),
        title: text(&checked.document.about.title),
        version: u32::try_from(version.number).unwrap_or(0),
        revision: version.revision,
        standing,
        saved: Some((saved, version.changed_at.unwrap_or(version.created_at))),
        tab,
        may_change: version.is_draft() && caller.may(Permission::EditRulebooks),
    };
    Ok(Opened { version: Some(version), all, checked, head })
}

/// The name of `person`; the program's where nobody is meant.
pub(super) async fn name(
    server: &Server,
    reader: &Reader,
    person: Option<PersonId>,
) -> Result<String, Failure> {
    let Some(person) = person else { return Ok(reader.words().say("rulebook-system")) };
    let names = rulebooks::authors(&server.app, reader.caller()).await?;
    Ok(names.get(&person).cloned().unwrap_or_default())
}

/// Who saved `now`, for whoever comes second.
pub(super) async fn overtaken(
    server: &Server,
    reader: &Reader,
    now: &Version,
) -> Result<Overtaken, Failure> {
    let by = name(server, reader, now.changed_by.or(now.created_by)).await?;
    Ok(Overtaken { by, at: now.changed_at.unwrap_or(now.created_at) })
}

/// `problem` as it stands beside a text.
pub(super) fn beside(problem: &Problem) -> TextProblem {
    TextProblem {
        line: problem.place.line,
        severity: match problem.severity {
            Severity::Error => "error",
            Severity::Undecided => "undecided",
            Severity::Warning => "warning",
        },
        message: text(&problem.message),
        hint: text(&problem.hint),
    }
}

/// `problem` in the reader's language, with its hint.
pub(super) fn said(reader: &Reader, problem: &Problem) -> String {
    let said = |words: &Words| reader.words().text(&text(words)).to_owned();
    let (message, hint) = (said(&problem.message), said(&problem.hint));
    if hint.is_empty() { message } else { format!("{message} ({hint})") }
}

/// `value` in both languages; a dash for nothing.
pub(super) fn shown(path: &str, value: Option<&rulebook::Value>) -> Text {
    let Some(value) = value else { return Text::new("—", "—") };
    match rulebooks::declared(path) {
        Some(declared) => text(&rulebook::typed::shown(&declared, value)),
        None => Text::new(value.to_string(), value.to_string()),
    }
}
