//! Composition: a rulebook that extends others, read together with them.

use serde::Serialize;

use crate::{
    clause::ClauseId,
    document::Document,
    problem::{Place, Problems},
    value::Value,
};

/// A setting that a rulebook says otherwise than the one it extends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Its path.
    pub setting: String,
    /// The rulebook that is extended.
    pub parent: String,
    /// What that says.
    pub before: Value,
    /// What holds.
    pub after: Value,
}

/// A rulebook with everything it inherits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Composed {
    /// The document, settings and clauses of the extended rulebooks included.
    pub document: Document,
    /// What it changes of them.
    pub changed: Vec<Changed>,
}

/// How deep rulebooks may extend one another.
const DEPTH_MAX: usize = 8;

/// Reads the rulebook `slug`, and all it extends, with `load` (slug to text).
pub fn compose(
    slug: &str,
    load: &dyn Fn(&str) -> Result<String, String>,
    problems: &mut Problems,
) -> Composed {
    compose_within(slug, load, problems, &mut Vec::new())
}

fn compose_within(
    slug: &str,
    load: &dyn Fn(&str) -> Result<String, String>,
    problems: &mut Problems,
    above: &mut Vec<String>,
) -> Composed {
    let place = Place { rulebook: above.last().cloned().unwrap_or_else(|| slug.into()), line: 0 };
    if above.iter().any(|other| other == slug) || above.len() >= DEPTH_MAX {
        let chain = above.join(" -> ");
        problems.error(
            place,
            [
                format!("`{slug}` 扩展了自己，或层次太深：{chain} -> {slug}"),
                format!("`{slug}` extends itself or too deep: {chain} -> {slug}"),
            ],
            [
                format!("请去掉一处 `extends`；最多 {DEPTH_MAX} 层"),
                format!(
                    "remove one `extends`; at most {DEPTH_MAX} rulebooks may stand on one another"
                ),
            ],
        );
        return Composed::default();
    }
    let text = match load(slug) {
        Ok(text) => text,
        Err(error) => {
            problems.error(
                place,
                [format!("没有可用的制度 `{slug}`"), error],
                [
                    "请核对名称；`lunpai rulebook list` 列出全部",
                    "check the slug; `lunpai rulebook list` names them all",
                ],
            );
            return Composed::default();
        }
    };
    let child = Document::parse(slug, &text, problems);
    above.push(slug.into());
    let parents: Vec<Document> = child
        .about
        .extends
        .iter()
        .map(|parent| compose_within(parent, load, problems, above).document)
        .collect();
    above.pop();
    stack(child, parents, problems)
}

/// Lays `child` over its `parents`.
fn stack(mut child: Document, parents: Vec<Document>, problems: &mut Problems) -> Composed {
    let several = parents.len() > 1;
    let mut changed = Vec::new();
    let mut inherited = Document::default();
    for parent in parents {
        for (path, written) in parent.settings {
            if let Some(own) = child.settings.get(&path) {
                if own.value != written.value {
                    changed.push(Changed {
                        setting: path,
                        parent: written.rulebook,
                        before: written.value,
                        after: own.value.clone(),
                    });
                }
                continue;
            }
            match inherited.settings.get(&path) {
                Some(other) if other.value != written.value => problems.error(
                    written.place(),
                    [
                        format!(
                            "`{path}` 在这里是 {}，在 {} 是 {}",
                            written.value,
                            other.place(),
                            other.value
                        ),
                        format!(
                            "`{path}` is {} here and {} in {}",
                            written.value,
                            other.value,
                            other.place()
                        ),
                    ],
                    [
                        format!("请在 {} 中写 `{path}`，以它为准", child.about.slug),
                        format!("name the winner: set `{path}` in {}", child.about.slug),
                    ],
                ),
                _ => {
                    inherited.settings.insert(path, written);
                }
            }
        }
        for mut clause in parent.clauses {
            if several && !clause.id.0.contains('/') {
                clause.id = ClauseId(format!("{}/{}", clause.rulebook, clause.id));
            }
            if child.clauses.iter().all(|own| own.id != clause.id) {
                inherited.clauses.push(clause);
            }
        }
        if child.about.regulation.is_none() && !several {
            child.about.regulation = parent.about.regulation;
        }
    }
    inherited.settings.append(&mut child.settings);
    inherited.clauses.append(&mut child.clauses);
    inherited.about = child.about;
    Composed { document: inherited, changed }
}
