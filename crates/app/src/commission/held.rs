//! A deal as one transaction holds it: the stream is claimed, ledgers and rows follow.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    calendar::day_of,
    commission::{
        Command, Deal, Event, Ledger, Outcome, decide, events::Entry as Posted, state::Pending,
    },
    people::{Actor, ClientId},
};
use rulebook::Because;
use serde::Serialize;
use serde_json::json;
use std::sync::Arc;
use store::{
    SiteId, StreamId, StreamKind, TenantId, Tx, commission,
    journal::{self, Entry, NewEntry},
    stream::{self, Claimed},
};
use uuid::Uuid;

use crate::{
    AppError, Caller, CommandId, EntryId,
    rotation::{moment, zone_of},
    rulebooks::Ruling,
};

/// A command about a deal that was carried out, refused or left undecided, as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Carried {
    /// The deal.
    pub deal: Uuid,
    /// The entry.
    pub entry: EntryId,
    /// What came of it.
    pub outcome: Outcome,
    /// Why.
    pub because: Because,
    /// Whether the journal had it already, and nothing was done now.
    pub repeated: bool,
}

impl Carried {
    pub(super) fn of(entry: &Entry) -> Result<Self, AppError> {
        let unusable = AppError::unusable;
        Ok(Self {
            deal: entry.stream.id,
            entry: EntryId::of(entry),
            outcome: serde_json::from_str(&entry.outcome).map_err(unusable("outcome"))?,
            because: serde_json::from_str(&entry.because).map_err(unusable("reasons"))?,
            repeated: true,
        })
    }
}

/// The stream of a deal.
pub(super) fn deal_stream(id: Uuid) -> StreamId {
    StreamId { kind: StreamKind::Deal, id }
}

/// The stream of a person's ledger.
pub(super) fn ledger_stream(id: Uuid) -> StreamId {
    StreamId { kind: StreamKind::Ledger, id }
}

/// Who gives a command, under which id, and when.
pub(super) struct Given<'a> {
    pub caller: &'a Caller,
    pub id: CommandId,
    pub at: DateTime<Utc>,
    pub now: DateTime<Utc>,
    /// The note with a reason that was typed, if one was.
    pub note: Option<Uuid>,
}

/// A deal that this transaction holds.
pub(super) struct HeldDeal {
    pub tenant: TenantId,
    pub site: SiteId,
    pub zone: Tz,
    pub ruling: Arc<Ruling>,
    pub deal: Deal,
    pub claimed: Claimed,
    /// The note that says what was sold.
    pub unit: Option<Uuid>,
    pub opened_at: DateTime<Utc>,
}

impl HeldDeal {
    /// Claims the deal `id` of `site`; new where it does not exist.
    pub async fn claim(
        tx: &mut Tx,
        (tenant, site): (TenantId, SiteId),
        id: Uuid,
        ruling: Arc<Ruling>,
        now: DateTime<Utc>,
    ) -> Result<Self, AppError> {
        let zone = zone_of(tx, tenant, site).await?;
        let wanted = deal_stream(id);
        stream::ensure(tx, tenant, site, wanted).await?;
        let claimed = stream::claim(tx, tenant, &[wanted]).await?;
        let claimed = claimed.into_iter().next().ok_or(AppError::NotFound("deal"))?;
        let deal = read(claimed.state.as_deref())?;
        let row = commission::get(tx, tenant, id).await.ok();
        let unit = row.as_ref().and_then(|row| row.unit);
        let opened_at = row.map_or(now, |row| row.opened_at);
        Ok(Self { tenant, site, zone, ruling, deal, claimed, unit, opened_at })
    }

    /// Decides `command`, and writes down everything that follows.
    pub async fn carry_out(
        &mut self,
        tx: &mut Tx,
        command: &Command,
        actor: &Actor,
        given: &Given<'_>,
    ) -> Result<Carried, AppError> {
        let at = moment(self.zone, given.at);
        let decision = decide(&self.ruling.commission, &self.deal, command, actor, at);
        let unusable = AppError::unusable;
        let mut posted = Vec::new();
        for event in &decision.events {
            self.deal.evolve(event, at);
            if let Event::Posted { entry } = event {
                posted.push(*entry);
            }
        }
        let mut asked = serde_json::to_value(command).map_err(unusable("command"))?;
        if let Some(fields) = asked.as_object_mut() {
            fields.insert("roles".to_owned(), json!(given.caller.roles));
            if let Some(note) = given.note {
                fields.insert("note".to_owned(), json!(note));
            }
        }
        let new = NewEntry {
            tenant: self.tenant,
            claimed: &self.claimed,
            command_id: given.id,
            part: 0,
            actor: &given.caller.spelled(),
            command_kind: word_of(command),
            command: &asked.to_string(),
            events: &serde_json::to_string(&decision.events).map_err(unusable("events"))?,
            because: &serde_json::to_string(&decision.because).map_err(unusable("reasons"))?,
            outcome: &serde_json::to_string(&decision.outcome).map_err(unusable("outcome"))?,
            rulebook_version: self.ruling.id,
            happened_at: given.at,
            recorded_at: given.now,
        };
        let entry = journal::append(tx, new).await?;
        let state = serde_json::to_string(&self.deal).map_err(unusable("deal"))?;
        stream::save(tx, self.tenant, &self.claimed, &state).await?;
        self.post(tx, &posted, &entry, given).await?;
        self.put_row(tx).await?;
        self.remind(tx, given.now).await?;
        let entry = EntryId::of(&entry);
        let deal = self.claimed.id.id;
        let (outcome, because) = (decision.outcome, decision.because);
        Ok(Carried { deal, entry, outcome, because, repeated: false })
    }

    /// The ledgers follow: an entry in each person's stream, a row for each line.
    async fn post(
        &self,
        tx: &mut Tx,
        posted: &[Posted],
        entry: &Entry,
        given: &Given<'_>,
    ) -> Result<(), AppError> {
        let mut people: Vec<Uuid> = posted.iter().map(|posted| posted.person.0).collect();
        people.sort_unstable();
        people.dedup();
        let ids: Vec<StreamId> = people.iter().map(|person| ledger_stream(*person)).collect();
        for id in &ids {
            stream::ensure(tx, self.tenant, self.site, *id).await?;
        }
        let unusable = AppError::unusable;
        // After the client and the deal: everybody claims in this order.
        for (part, claimed) in (2_i64..).zip(stream::claim(tx, self.tenant, &ids).await?) {
            let own: Vec<&Posted> =
                posted.iter().filter(|posted| posted.person.0 == claimed.id.id).collect();
            let mut ledger: Ledger = match claimed.state.as_deref() {
                Some(text) => serde_json::from_str(text).map_err(unusable("ledger"))?,
                None => Ledger::default(),
            };
            own.iter().for_each(|posted| ledger.add(self.deal.currency, posted.amount));
            let command = json!({ "event": "commission_posted", "deal": self.claimed.id.id,
                "entry": entry.version });
            let new = NewEntry {
                tenant: self.tenant,
                claimed: &claimed,
                command_id: given.id,
                part,
                actor: &given.caller.spelled(),
                command_kind: "commission_posted",
                command: &command.to_string(),
                events: &serde_json::to_string(&own).map_err(unusable("events"))?,
                because: &entry.because,
                outcome: r#"{"outcome":"done"}"#,
                rulebook_version: self.ruling.id,
                happened_at: given.at,
                recorded_at: given.now,
            };
            journal::append(tx, new).await?;
            let state = serde_json::to_string(&ledger).map_err(unusable("ledger"))?;
            stream::save(tx, self.tenant, &claimed, &state).await?;
        }
        for line in posted {
            let kind = if line.reverses.is_some() { "reversal" } else { "commission" };
            let line = commission::Line {
                tenant: self.tenant,
                site: self.site,
                id: Uuid::now_v7(),
                person: line.person.0,
                kind: kind.to_owned(),
                amount: line.amount,
                currency: self.deal.currency.to_string(),
                day: day_of(moment(self.zone, given.at)),
                deal: Some(self.claimed.id.id),
                number: i64::from(line.number),
                decision_version: entry.version,
                made_at: given.now,
            };
            commission::add(tx, &line).await?;
        }
        Ok(())
    }

    async fn put_row(&self, tx: &mut Tx) -> Result<(), AppError> {
        let deal = &self.deal;
        let (Some(client), Some(closer), Some(stage)) = (deal.client, deal.closer, deal.stage())
        else {
            return Ok(());
        };
        let row = commission::Deal {
            tenant: self.tenant,
            site: self.site,
            id: self.claimed.id.id,
            client: client.0,
            closer: closer.0,
            stage: stage.word().to_owned(),
            price: deal.price,
            commission: deal.commission,
            currency: deal.currency.to_string(),
            situation: deal.situation.map(|situation| situation.word().to_owned()),
            pending: deal.pending.as_ref().map(|pending| word_of_pending(pending).to_owned()),
            due_at: deal.deadline().map(|due| due.to_utc()),
            opened_at: self.opened_at,
            closed_on: deal.closed_at.map(day_of),
            cancelled_at: deal.cancelled_at.map(|at| at.to_utc()),
            unit: self.unit,
        };
        Ok(commission::put(tx, &row).await?)
    }

    /// What is pending settles by itself.
    async fn remind(&self, tx: &mut Tx, now: DateTime<Utc>) -> Result<(), AppError> {
        match self.deal.deadline() {
            Some(due) => {
                let of = (self.tenant, self.site);
                crate::jobs::enqueue_deal(tx, of, self.claimed.id.id, due.to_utc(), now).await
            }
            None => Ok(()),
        }
    }
}

/// What is known of a deal.
pub(super) fn read(state: Option<&str>) -> Result<Deal, AppError> {
    match state {
        Some(text) => serde_json::from_str(text).map_err(AppError::unusable("deal")),
        None => Ok(Deal::default()),
    }
}

/// The deal `id`, as a page sees it, where `caller` may reach it.
pub(super) async fn peek(
    tx: &mut Tx,
    caller: &Caller,
    id: Uuid,
) -> Result<(commission::Deal, Deal), AppError> {
    let row = commission::get(tx, caller.tenant, id).await?;
    caller.at(row.site).map_err(|_| AppError::NotFound("deal"))?;
    let peeked = stream::peek(tx, caller.tenant, deal_stream(id)).await?;
    let deal = read(peeked.and_then(|peeked| peeked.state).as_deref())?;
    Ok((row, deal))
}

/// Whether `caller` sees the amounts and parts of `deal`: a party, or who rules on or pays deals.
pub(super) fn sees(caller: &Caller, deal: &Deal) -> bool {
    use crate::roles::Permission;
    caller.may(Permission::RuleDeals)
        || caller.may(Permission::SeeLedgers)
        || caller.person.is_some_and(|person| {
            deal.closer == Some(person)
                || deal.circumstances.owner == Some(person)
                || deal.parties.contains(&person)
                || deal.parts.iter().any(|part| part.person == person)
        })
}

/// The word of what is open.
pub(super) const fn word_of_pending(pending: &Pending) -> &'static str {
    match pending {
        Pending::SameDay { .. } => "same_day",
        Pending::Agreement { .. } => "agreement",
        Pending::Undecided { .. } => "undecided",
    }
}

/// The client of `deal`.
pub(super) fn client_of(deal: &Deal) -> Result<ClientId, AppError> {
    deal.client.ok_or(AppError::NotFound("deal"))
}

/// The name of a command in the journal.
const fn word_of(command: &Command) -> &'static str {
    match command {
        Command::Record { .. } => "deal_record",
        Command::Advance { .. } => "deal_advance",
        Command::SetAmounts { .. } => "deal_set_amounts",
        Command::Propose { .. } => "deal_propose",
        Command::Confirm { .. } => "deal_confirm",
        Command::Decline { .. } => "deal_decline",
        Command::Cancel => "deal_cancel",
        Command::Rule { .. } => "deal_rule",
        Command::Recompute { .. } => "deal_recompute",
        Command::Settle => "deal_settle",
    }
}
