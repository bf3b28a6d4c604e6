//! One client, as the page shows them.

use app::{
    ClientId, PersonId,
    attribution::{self, Act, Sheet},
    clients::{self, ClientEntry},
    privacy::Shown,
    roles::Permission,
};
use domain::{
    attribution::{
        rules::{Channel, Field, Relation},
        state::{Basis, ContactKind, Registration},
    },
    people::Role,
};

use super::{term, told};
use crate::{
    handlers::{
        decision::{findings, key, name},
        rotation::people,
    },
    language::{Fact, Value},
    pages::{
        clients::book::{Book, FieldRow, TieRow},
        clients::view::{
            ActForm, Choices, ClientView, ContactRow, HistoryRow, Owned, RegistrationRow, RightRow,
        },
        decision::view::Why,
        frame::Tone,
    },
    web::{failure::Failure, reader::Reader, state::Server},
};

/// How many entries and contacts are shown.
const SHOWN_MOST: usize = 50;

/// The page of `client`; in full where they were `revealed`.
pub(super) async fn of(
    server: &Server,
    reader: &Reader,
    client: ClientId,
    revealed: Option<Shown>,
) -> Result<ClientView, Failure> {
    let (app, caller) = (&server.app, reader.caller());
    let known = clients::get(app, caller, client).await?;
    let sheet = attribution::sheet(app, caller, client).await?;
    let history = clients::history(app, caller, client).await?;
    let in_full = revealed.is_some();
    let shown = revealed.unwrap_or_else(|| known.shown.clone());
    let own = caller.person.is_some() && caller.person == known.owner;
    let may_reveal = !in_full && !shown.erased && (own || caller.may(Permission::Reveal));
    let own_or_may = own || caller.may(Permission::Reveal);
    let ties = clients::ties(app, caller, client).await?;
    let more = clients::timeline(app, caller, client, None, SHOWN_MOST).await?.next;
    let open = !shown.erased && known.merged_into.is_none();
    let book = Book {
        fields: fields(&shown, !in_full && own_or_may && !shown.erased),
        ties: ties.into_iter().map(tie).collect(),
        merged_into: known.merged_into.map(|into| into.to_string()),
        may_edit: open && caller.may(Permission::RegisterClients),
        may_merge: !shown.erased && caller.may(Permission::MergeClients),
        may_erase: open && caller.may(Permission::EraseClients),
        more_before: more.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)),
    };
    let acts = sheet.acts.iter().map(|act| form_of(*act)).collect();
    Ok(ClientView {
        id: client.to_string(),
        name: shown.name,
        kind: known.kind.word().to_owned(),
        grade: known.grade.map(|grade| grade.word().to_owned()).unwrap_or_default(),
        source: known.source.map(|source| source.word().to_owned()).unwrap_or_default(),
        book,
        erased: shown.erased,
        may_reveal,
        created_at: known.created_at,
        owned: owned(reader, &sheet),
        why: why(reader, &sheet),
        told: None,
        registrations: registrations(reader, &sheet),
        contacts: contacts(&sheet),
        rights: rights(&sheet),
        history: history.into_iter().rev().take(SHOWN_MOST).map(entry).collect(),
        acts,
        choices: choices(server, reader, &sheet).await?,
    })
}

/// What is known, as it is shown; masked fields can be shown by themselves where the reader `may`.
pub(super) fn fields(shown: &Shown, may: bool) -> Vec<FieldRow> {
    let masked = |field: &str, place: usize, text: &str| FieldRow {
        field: field.to_owned(),
        place: u32::try_from(place).unwrap_or(0),
        text: text.to_owned(),
        label: String::new(),
        masked: may,
    };
    let mut rows = vec![masked("name", 0, &shown.name)];
    for (place, telephone) in shown.telephones.iter().enumerate() {
        let label = shown.labels.get(place).cloned().unwrap_or_default();
        rows.push(FieldRow { label, ..masked("telephone", place, telephone) });
    }
    for (field, text, hidden) in [
        ("company", &shown.company, true),
        ("plate", &shown.plate, true),
        ("class", &shown.class, false),
        ("needs", &shown.needs, false),
        ("address", &shown.address, true),
        ("notes", &shown.notes, true),
    ] {
        if let Some(text) = text {
            rows.push(FieldRow { masked: may && hidden, ..masked(field, 0, text) });
        }
    }
    rows
}

fn tie(tied: clients::Tied) -> TieRow {
    TieRow {
        id: tied.client.to_string(),
        name: tied.shown.name,
        relation: tied.relation.word().to_owned(),
        counts: tied.counts,
    }
}

const fn form_of(act: Act) -> ActForm {
    match act {
        Act::Register => ActForm::Register,
        Act::FollowUp => ActForm::FollowUp,
        Act::Close => ActForm::Close,
        Act::CancelClosing => ActForm::CancelClosing,
        Act::Claim => ActForm::Claim,
        Act::Rule => ActForm::Rule,
        Act::Assign => ActForm::Assign,
        Act::Distribute => ActForm::Distribute,
        Act::Change => ActForm::Change,
    }
}

fn owned(reader: &Reader, sheet: &Sheet) -> Option<Owned> {
    let standing = sheet.looked.standing?;
    let today = reader.site.moment(reader.now).date_naive();
    Some(Owned {
        owner: name(&sheet.names, standing.owner),
        since: standing.since.to_utc(),
        renewed: standing.renewed.to_utc(),
        term: term(today, &standing, sheet.looked.warned_from),
    })
}

fn why(reader: &Reader, sheet: &Sheet) -> Why {
    let (rulebook, rulebook_version) = told::rulebook(sheet.rulebook.as_ref());
    let standing = sheet.looked.standing;
    let (outcome, facts) = match standing {
        Some(standing) => {
            let owner = Value::Text(name(&sheet.names, standing.owner));
            ("owned-by", vec![Fact::new("owner", owner)])
        }
        None => ("owned-by-nobody", Vec::new()),
    };
    Why {
        id: "now".into(),
        outcome: outcome.into(),
        facts,
        tone: Tone::Plain,
        brief: false,
        needs_clause: standing.is_some() && !sheet.looked.because.0.is_empty(),
        clauses: told::clauses(&sheet.clauses),
        findings: findings(&sheet.names, &sheet.looked.because.0),
        pending: None,
        rulebook,
        rulebook_version,
        by: String::new(),
        override_reason: None,
        happened_at: reader.now,
        recorded_at: reader.now,
    }
}

fn registrations(reader: &Reader, sheet: &Sheet) -> Vec<RegistrationRow> {
    let may = reader.caller().may(Permission::RegisterClients);
    let words = |fields: &mut dyn Iterator<Item = Field>| fields.map(|f| f.word().into()).collect();
    let row = |(known, counts): (&Registration, &attribution::Counts)| RegistrationRow {
        id: known.id.0.to_string(),
        by: name(&sheet.names, known.by),
        at: known.at.to_utc(),
        channel: known.channel.word().into(),
        fields: words(&mut known.fields.iter().copied()),
        missing: words(&mut counts.missing.iter().copied()),
        signed: known.signed_at.is_some(),
        valid_from: counts.valid_from.map(|at| at.to_utc()),
        may_complete: may && (!counts.missing.is_empty() || counts.unsigned),
    };
    sheet.looked.client.registrations.iter().zip(&sheet.counts).map(row).collect()
}

fn contacts(sheet: &Sheet) -> Vec<ContactRow> {
    let mut contacts = sheet.looked.client.contacts.clone();
    contacts.sort_by_key(|contact| std::cmp::Reverse(contact.at));
    let kind = |kind| match kind {
        ContactKind::FollowUp => "follow-up",
        ContactKind::Visit => "visit",
        ContactKind::Call => "call",
    };
    let row = |contact: domain::attribution::state::Contact| ContactRow {
        by: name(&sheet.names, contact.by),
        at: contact.at.to_utc(),
        kind: kind(contact.kind).into(),
        complete: contact.complete,
    };
    contacts.into_iter().take(SHOWN_MOST).map(row).collect()
}

fn rights(sheet: &Sheet) -> Vec<RightRow> {
    let basis = |basis| match basis {
        Basis::Registration(_) => "registration",
        Basis::Reception => "reception",
        Basis::Assigned => "assigned",
        Basis::Distributed => "distributed",
        Basis::Ruling => "ruling",
        Basis::Filing(_) => "filing",
        Basis::Pool => "pool",
    };
    let row = |right: &domain::attribution::state::Right| RightRow {
        by: name(&sheet.names, right.by),
        basis: basis(right.basis).into(),
        from: right.from.to_utc(),
        ended: right.ended.as_ref().map(|ended| {
            let clauses = ended.clauses.iter().map(|clause| clause.0.clone()).collect();
            (ended.at.to_utc(), clauses)
        }),
    };
    sheet.looked.client.rights.iter().rev().map(row).collect()
}

fn entry(entry: ClientEntry) -> HistoryRow {
    HistoryRow {
        entry: entry.entry.to_string(),
        kind: format!("client-{}", key(&entry.kind)),
        by: entry.by.unwrap_or_default(),
        at: entry.happened_at,
        reason: entry.reason,
    }
}

async fn choices(server: &Server, reader: &Reader, sheet: &Sheet) -> Result<Choices, Failure> {
    let caller = reader.caller();
    let desk = [Role::Receptionist, Role::Secretary, Role::Supervisor, Role::Manager];
    let mut fields = sheet.required.clone();
    fields.extend(Field::ALL.iter().filter(|field| !sheet.required.contains(field)));
    Ok(Choices {
        people: people(server, reader).await?,
        me: caller.person.map(|PersonId(me)| me.to_string()).unwrap_or_default(),
        for_others: desk.iter().any(|role| caller.is(*role)),
        fields: fields.into_iter().map(|field| field.word().into()).collect(),
        required_count: sheet.required.len(),
        channels: Channel::ALL.iter().map(|channel| channel.word().into()).collect(),
        relations: Relation::ALL.iter().map(|relation| relation.word().into()).collect(),
        evidence: sheet.evidence.iter().map(|evidence| evidence.word().into()).collect(),
        signature: sheet.signature,
    })
}
