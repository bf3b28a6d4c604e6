//! What came of a command about a client, in words.

use app::{
    EntryId, PersonId,
    attribution::{self, Decided},
    rotation::ClauseText,
};
use domain::attribution::Outcome;

use crate::{
    handlers::decision::{Names, findings, key, name},
    language::{Fact, Text, Value},
    pages::{
        decision::view::{Clause, DecisionView, Why},
        frame::Tone,
    },
    web::{failure::Failure, reader::Reader, state::Server},
};

/// What came of it, by name, with the facts of its sentence and how it is meant.
pub(super) fn outcome(
    reader: &Reader,
    names: &Names,
    outcome: &Outcome,
) -> (String, Vec<Fact>, Tone) {
    let owner = |id: PersonId| vec![Fact::new("owner", Value::Text(name(names, id)))];
    match outcome {
        Outcome::Registered { valid_from: Some(_), provisional: true, .. } => {
            ("registered-provisional".into(), Vec::new(), Tone::Attention)
        }
        Outcome::Registered { valid_from: Some(from), .. } => {
            let from = Fact::new("from", Value::Time(from.to_utc()));
            ("registered-from".into(), vec![from], Tone::Good)
        }
        Outcome::Registered { missing, unsigned, .. } => {
            let signature = unsigned.then_some("signature");
            let words = missing.iter().map(|field| field.word()).chain(signature);
            let lacking = words.map(|word| Value::Named(key(word))).collect();
            let missing = Fact::new("missing", Value::List(lacking));
            ("registered-lacking".into(), vec![missing], Tone::Attention)
        }
        Outcome::Recorded => ("client-recorded".into(), Vec::new(), Tone::Good),
        Outcome::Owned { owner: Some(id) } => ("owned-by".into(), owner(*id), Tone::Good),
        Outcome::Owned { owner: None } => ("owned-by-nobody".into(), Vec::new(), Tone::Plain),
        Outcome::ClaimHeard { owner: Some(id) } => ("claim-heard".into(), owner(*id), Tone::Good),
        Outcome::ClaimHeard { owner: None } => {
            ("claim-heard-nobody".into(), Vec::new(), Tone::Good)
        }
        Outcome::Disputed { between } => {
            let people = between.iter().map(|id| Value::Text(name(names, *id))).collect();
            (
                "disputed-between".into(),
                vec![Fact::new("people", Value::List(people))],
                Tone::Attention,
            )
        }
        Outcome::Filed { counts: false, .. } => ("filing-void".into(), Vec::new(), Tone::Attention),
        Outcome::Filed { protected_until: Some(day), .. } => {
            ("filed-until".into(), vec![Fact::new("until", Value::Date(*day))], Tone::Good)
        }
        Outcome::Filed { .. } => ("filed".into(), Vec::new(), Tone::Good),
        Outcome::Refused { reason } => {
            let reason = Fact::new("reason", Value::Named(key(reason)));
            ("refused-because".into(), vec![reason], Tone::Bad)
        }
        Outcome::Undecided { setting } => {
            let setting = Fact::new("setting", Value::Text(setting_name(reader, setting)));
            ("setting-undecided".into(), vec![setting], Tone::Attention)
        }
    }
}

/// What the setting at `path` is called.
fn setting_name(reader: &Reader, path: &str) -> String {
    let declared = app::rulebooks::declared(path);
    let text = declared.map(|declared| Text::new(declared.zh, declared.en));
    text.map_or_else(|| path.to_owned(), |text| format!("{} ({path})", reader.words().text(&text)))
}

/// Clauses as the pages show them.
pub(super) fn clauses(texts: &[ClauseText]) -> Vec<Clause> {
    let clause = |clause: &ClauseText| Clause {
        id: clause.id.0.clone(),
        text: Text::new(clause.text.zh.clone(), clause.text.en.clone()),
    };
    texts.iter().map(clause).collect()
}

/// The title of a rulebook and its version, as the pages show them.
pub(super) fn rulebook(rulebook: Option<&(rulebook::Words, i64)>) -> (Text, u32) {
    rulebook.map_or_else(
        || (Text::default(), 0),
        |(title, number)| {
            let title = Text::new(title.zh.clone(), title.en.clone());
            (title, u32::try_from(*number).unwrap_or(0))
        },
    )
}

fn why_of(reader: &Reader, decided: &Decided) -> Why {
    let (sentence, facts, tone) = match &decided.outcome {
        Some(what) => outcome(reader, &decided.names, what),
        None => ("done".into(), Vec::new(), Tone::Plain),
    };
    let (rulebook, rulebook_version) = rulebook(decided.rulebook.as_ref());
    let owned = matches!(decided.outcome, Some(Outcome::Owned { owner: Some(_) }));
    let by = decided.by.map(|by| name(&decided.names, by));
    Why {
        id: decided.entry.to_string(),
        outcome: sentence,
        facts,
        tone,
        brief: false,
        needs_clause: owned && decided.rulebook.is_some(),
        clauses: clauses(&decided.clauses),
        findings: findings(&decided.names, &decided.findings),
        pending: None,
        rulebook,
        rulebook_version,
        by: by.unwrap_or_default(),
        override_reason: decided.reason.clone(),
        happened_at: decided.happened_at,
        recorded_at: decided.recorded_at,
    }
}

/// What came of `entry` of a client's stream, and why.
pub(crate) async fn why(server: &Server, reader: &Reader, entry: EntryId) -> Result<Why, Failure> {
    let decided = attribution::decided(&server.app, reader.caller(), entry).await?;
    Ok(why_of(reader, &decided))
}

/// The page of a decision about a client.
pub(crate) async fn decision_page(
    server: &Server,
    reader: &Reader,
    entry: EntryId,
) -> Result<DecisionView, Failure> {
    let decided = attribution::decided(&server.app, reader.caller(), entry).await?;
    Ok(DecisionView {
        why: why_of(reader, &decided),
        command: format!("client-{}", key(&decided.kind)),
        given: Vec::new(),
        stream: key(&entry.stream.kind.to_string()),
        version: entry.version,
        hash: decided.hash,
        hash_before: if entry.version > 1 { decided.hash_before } else { String::new() },
        before: decided.before.map(|entry| entry.to_string()),
        after: decided.after.map(|entry| entry.to_string()),
    })
}
