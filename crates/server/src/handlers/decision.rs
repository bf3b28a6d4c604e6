//! Decisions as the pages show them: names for ids, clauses with their texts.

use std::collections::BTreeMap;

use app::{
    EntryId, PersonId, attribution,
    rotation::{self, Outcome, Told},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use chrono::{DateTime, Utc};
use domain::rotation::{Command, rules::Situation};
use rulebook::ClauseId;

use crate::{
    handlers::clients,
    language::{Fact, Text, Value},
    pages::{
        decision::{
            DecisionPage, ReasonsPart,
            view::{Clause, DecisionView, Finding, Why},
        },
        frame::Tone,
    },
    web::{failure::Failure, reader::Reader, render::render, state::Server},
};

/// The names of everybody mentioned.
pub type Names = BTreeMap<PersonId, String>;

/// A word of the domain as the translations spell it: `own_open` is `own-open`.
#[must_use]
pub fn key(word: &str) -> String {
    word.replace('_', "-")
}

/// The name of `person`, or a dash.
#[must_use]
pub fn name(names: &Names, person: PersonId) -> String {
    names.get(&person).cloned().unwrap_or_else(|| "—".into())
}

/// A fact of a decision, with names in place of ids.
#[must_use]
pub fn fact(names: &Names, name_of: &str, fact: &rulebook::Fact) -> Fact {
    let value = match fact {
        rulebook::Fact::Person(id) => Value::Text(name(names, PersonId(*id))),
        rulebook::Fact::Client(_) | rulebook::Fact::Visit(_) => Value::Unknown,
        rulebook::Fact::Number(number) => Value::Number(*number),
        rulebook::Fact::Seconds(seconds) => Value::Minutes(seconds / 60),
        rulebook::Fact::At(at) => Value::Time(at.to_utc()),
        rulebook::Fact::Word(word) => Value::Named(key(word)),
    };
    Fact::new(key(name_of), value)
}

/// The conditions that were looked at.
#[must_use]
pub fn findings(names: &Names, findings: &[rulebook::Finding]) -> Vec<Finding> {
    findings
        .iter()
        .map(|finding| Finding {
            condition: key(&finding.condition),
            held: finding.held,
            facts: finding.facts.iter().map(|(of, value)| fact(names, of, value)).collect(),
        })
        .collect()
}

/// What was decided, by name, with the facts of its sentence and how it is meant.
#[must_use]
pub fn outcome(
    names: &Names,
    command: Option<&Command>,
    receiver: Option<PersonId>,
    outcome: &Outcome,
) -> (String, Vec<Fact>, Tone) {
    let person = |of: &str, id: PersonId| Fact::new(of, Value::Text(name(names, id)));
    let kind = |situation: Situation| Fact::new("kind", Value::Named(key(situation.word())));
    match outcome {
        Outcome::Receives { by, situation, .. } => {
            ("receives".into(), vec![person("receiver", *by), kind(*situation)], Tone::Good)
        }
        Outcome::Stays { by, .. } => ("stays".into(), vec![person("receiver", *by)], Tone::Plain),
        Outcome::Waits { .. } => ("waits".into(), Vec::new(), Tone::Attention),
        Outcome::AsksOwner { owner, .. } => {
            ("asks-owner".into(), vec![person("owner", *owner)], Tone::Attention)
        }
        Outcome::Recorded { by, .. } => {
            ("recorded".into(), vec![person("receiver", *by)], Tone::Plain)
        }
        Outcome::Refused { reason } => {
            let reason = Fact::new("reason", Value::Named(key(reason)));
            ("refused-because".into(), vec![reason], Tone::Bad)
        }
        Outcome::Undecided { .. } => ("undecided".into(), Vec::new(), Tone::Attention),
        Outcome::Done => done(names, command, receiver),
    }
}

/// What was done, where the outcome itself says no more than that.
fn done(
    names: &Names,
    command: Option<&Command>,
    receiver: Option<PersonId>,
) -> (String, Vec<Fact>, Tone) {
    use Command as C;
    let of = |id: &PersonId| vec![Fact::new("person", Value::Text(name(names, *id)))];
    let theirs = || receiver.as_ref().map(of).unwrap_or_default();
    let with = |plain: &'static str, whose: &'static str| match receiver {
        Some(_) => (whose, theirs()),
        None => (plain, Vec::new()),
    };
    let (word, facts) = match command {
        Some(C::GrantMakeUp { person, .. }) => ("make-up-granted", of(person)),
        Some(C::TakeMakeUp { .. }) => ("make-up-taken", Vec::new()),
        Some(C::VerifyMakeUp { .. }) => ("make-up-verified", Vec::new()),
        Some(C::RestoreTurn { person, .. }) => ("turn-restored", of(person)),
        Some(C::Suspend { person, .. }) => ("suspended", of(person)),
        Some(C::GiveUp { person, .. }) => ("turn-given-up", of(person)),
        Some(C::AnswerOuting { person, approved: true }) => ("outing-approved", of(person)),
        Some(C::AnswerOuting { person, approved: false }) => ("outing-refused", of(person)),
        Some(C::SignIn { person }) => ("signed-in", of(person)),
        Some(C::SignOut { person }) => ("signed-out", of(person)),
        Some(C::StepOut { person, .. }) => ("stepped-out", of(person)),
        Some(C::Return { person }) => ("returned", of(person)),
        Some(C::SetUnfit { person, unfit: None, .. }) => ("back-in-ring", of(person)),
        Some(C::SetUnfit { person, .. }) => ("out-of-ring", of(person)),
        Some(C::NoteBreach { person, .. }) => ("breach-noted", of(person)),
        Some(C::LiftSuspension { person }) => ("suspension-lifted", of(person)),
        Some(C::PermitSecond { person }) => ("second-permitted", of(person)),
        Some(C::WithdrawSecond { person }) => ("second-withdrawn", of(person)),
        Some(C::Identify { .. }) => ("visitor-identified", Vec::new()),
        Some(C::BecomeBusy { person, .. }) => ("became-busy", of(person)),
        Some(C::BecomeFree { person }) => ("became-free", of(person)),
        Some(C::GiveNotice { person }) => ("notice-given", of(person)),
        Some(C::CheckIn { person }) => ("checked-in", of(person)),
        Some(C::Entrust { person, delegate: Some(_) }) => ("clients-entrusted", of(person)),
        Some(C::Entrust { person, delegate: None }) => ("clients-taken-back", of(person)),
        Some(C::SetProfile { person, .. }) => ("profile-set", of(person)),
        Some(C::RemoveMember { person }) => ("member-removed", of(person)),
        Some(C::Accept { .. }) => with("accepted", "accepted-by"),
        Some(C::Decline { .. }) => with("declined", "declined-by"),
        Some(C::Finish { .. }) => with("visit-over", "finished-by"),
        Some(C::Reopen { .. }) => ("reopened", Vec::new()),
        Some(C::DealClosed { .. }) => ("deal-closed", Vec::new()),
        Some(C::CallHelp { helper: Some(person), .. }) => ("helps", of(person)),
        Some(C::CallHelp { .. }) => ("help-called", Vec::new()),
        Some(C::FoundNonBuyer { .. }) => ("non-buyer-found", Vec::new()),
        Some(C::FoundColleague { .. }) => ("colleague-found", Vec::new()),
        Some(C::SetOrder { .. }) => ("order-set", Vec::new()),
        Some(C::OpenDay { .. }) => ("day-opened", Vec::new()),
        Some(C::CloseDay { .. }) => ("day-closed", Vec::new()),
        Some(C::Settle) => ("time-passed", Vec::new()),
        None => ("undone", Vec::new()),
        // What these come to is said by the outcome itself.
        Some(_) => ("done", Vec::new()),
    };
    (word.into(), facts, Tone::Plain)
}

/// Whether a decision must rest on a clause: who receives, and what is done by authority.
#[must_use]
pub const fn needs_clause(command: Option<&Command>, outcome: &Outcome) -> bool {
    use Command as C;
    match outcome {
        Outcome::Receives { .. } => true,
        Outcome::Done => matches!(
            command,
            Some(
                C::Override { .. }
                    | C::GrantMakeUp { .. }
                    | C::TakeMakeUp { .. }
                    | C::RestoreTurn { .. }
                    | C::Suspend { .. }
                    | C::LiftSuspension { .. }
                    | C::NoteBreach { .. }
                    | C::SetUnfit { .. }
                    | C::SetOrder { .. }
            )
        ),
        _ => false,
    }
}

/// Clauses by id alone, where the texts are not at hand.
#[must_use]
pub fn bare(clauses: &[ClauseId]) -> Vec<Clause> {
    clauses.iter().map(|id| Clause { id: id.0.clone(), text: Text::default() }).collect()
}

/// A decision in brief, as lists show it.
#[must_use]
pub fn told(names: &Names, told: &Told) -> Why {
    let command = told.command.as_ref();
    let needs_clause = needs_clause(command, &told.outcome);
    let (outcome, facts, tone) = outcome(names, command, told.receiver, &told.outcome);
    Why {
        id: told.entry.to_string(),
        outcome,
        facts,
        tone,
        brief: true,
        needs_clause,
        clauses: bare(&told.clauses),
        findings: Vec::new(),
        pending: None,
        rulebook: Text::default(),
        rulebook_version: 0,
        by: told.by.map(|person| name(names, person)).unwrap_or_default(),
        override_reason: None,
        happened_at: told.happened_at,
        recorded_at: told.recorded_at,
    }
}

/// A decision that was only tried out, at `now`.
#[must_use]
pub fn tried(
    names: &Names,
    decided: &Outcome,
    because: &rulebook::Because,
    now: DateTime<Utc>,
) -> Why {
    let needs_clause = needs_clause(None, decided);
    let (outcome, facts, tone) = outcome(names, None, None, decided);
    Why {
        id: String::new(),
        outcome,
        facts,
        tone,
        brief: false,
        needs_clause,
        clauses: bare(&because.clauses()),
        findings: findings(names, &because.0),
        pending: None,
        rulebook: Text::default(),
        rulebook_version: 0,
        by: String::new(),
        override_reason: None,
        happened_at: now,
        recorded_at: now,
    }
}

/// A decision with everything it rests on.
#[must_use]
pub fn whole(why: &rotation::Why) -> Why {
    let brief = told(&why.names, &why.told);
    let clause = |clause: &rotation::ClauseText| Clause {
        id: clause.id.0.clone(),
        text: Text::new(clause.text.zh.clone(), clause.text.en.clone()),
    };
    let (rulebook, version) = why.rulebook.as_ref().map_or_else(
        || (Text::default(), 0),
        |(title, _, number)| (Text::new(title.zh.clone(), title.en.clone()), *number),
    );
    Why {
        brief: false,
        clauses: why.clauses.iter().map(clause).collect(),
        findings: findings(&why.names, &why.findings),
        rulebook,
        rulebook_version: u32::try_from(version).unwrap_or(0),
        by: why.by.clone().unwrap_or_default(),
        override_reason: why.reason.clone(),
        ..brief
    }
}

/// `GET /decisions/{id}/reasons`
pub async fn reasons(
    State(server): State<Server>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let entry: EntryId = id.parse()?;
    let why = if attribution::is_of_client(entry) {
        clients::why(&server, &reader, entry).await?
    } else {
        whole(&rotation::why(&server.app, reader.caller(), entry).await?)
    };
    Ok(render(&ReasonsPart { frame: reader.frame(None), why }))
}

/// `GET /decisions/{id}`
pub async fn page(
    State(server): State<Server>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let entry: EntryId = id.parse()?;
    if attribution::is_of_client(entry) {
        let view = clients::decision_page(&server, &reader, entry).await?;
        return Ok(render(&DecisionPage { frame: reader.frame(None), view }));
    }
    let why = rotation::why(&server.app, reader.caller(), entry).await?;
    let view = DecisionView {
        why: whole(&why),
        command: key(&why.told.kind),
        given: Vec::new(),
        stream: key(&entry.stream.kind.to_string()),
        version: entry.version,
        hash: why.hash.clone(),
        hash_before: if entry.version > 1 { why.hash_before.clone() } else { String::new() },
        before: why.before.map(|entry| entry.to_string()),
        after: why.after.map(|entry| entry.to_string()),
    };
    Ok(render(&DecisionPage { frame: reader.frame(None), view }))
}
