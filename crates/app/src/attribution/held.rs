//! A client that a transaction holds: what is known of them is read, moved on and saved.

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    attribution::{
        Client, Event,
        decide::Standing,
        state::{Basis, Closing, Right},
    },
    calendar::Moment,
    journeys::ownership,
    people::{ClientId, PersonId},
};
use rulebook::Trail;
use store::{
    TenantId, Tx, clients,
    stream::{self, Claimed},
};

use crate::{AppError, record::client_stream, rulebooks::Ruling};

/// A client that this transaction holds.
pub(crate) struct HeldClient {
    /// The row that people read.
    pub row: clients::Client,
    /// What attribution knows.
    pub client: Client,
    /// The claim; the caller appends one entry, or releases it.
    pub claimed: Claimed,
}

/// Whether a visit or an authority gave a client, or took one away.
pub(crate) struct Given {
    /// Whose client it is now; nobody's.
    pub to: Option<PersonId>,
    /// What the right rests on.
    pub basis: Basis,
}

impl HeldClient {
    /// Claims `client`, which the caller may reach.
    pub async fn claim(
        tx: &mut Tx,
        tenant: TenantId,
        client: ClientId,
        ruling: Option<&Ruling>,
        moment: impl Fn(DateTime<Utc>) -> Moment,
    ) -> Result<Self, AppError> {
        let site = clients::get(tx, tenant, client.0).await?.site;
        let id = client_stream(client.0);
        stream::ensure(tx, tenant, site, id).await?;
        let claimed = stream::claim(tx, tenant, &[id]).await?;
        let claimed = claimed.into_iter().next().ok_or(AppError::NotFound("client"))?;
        // What was read before the claim may have changed.
        let row = clients::get(tx, tenant, client.0).await?;
        let client = read(claimed.state.as_deref(), &row, ruling, moment)?;
        Ok(Self { row, client, claimed })
    }

    /// A visit, or somebody in authority, says whose client it is: the rights follow, on the terms of
    /// the rulebook in effect.
    pub fn give(&mut self, given: &Given, ruling: Option<&Ruling>, at: Moment) -> Vec<Event> {
        let rules = &Ruling::or_empty(ruling).attribution;
        ownership::give(rules, &mut self.client, given.to, given.basis, at)
    }

    /// Saves what is known, and lets the row that people read say whose client it is.
    pub async fn save(
        &mut self,
        tx: &mut Tx,
        tenant: TenantId,
        standing: Option<&Standing>,
        now: DateTime<Utc>,
    ) -> Result<(), AppError> {
        let owner = standing.map(|standing| standing.owner);
        self.save_with(tx, tenant, owner, standing.and_then(|standing| standing.until), now).await
    }

    /// The same, where the owner is known.
    pub async fn save_owner(
        &mut self,
        tx: &mut Tx,
        tenant: TenantId,
        owner: Option<PersonId>,
        now: DateTime<Utc>,
    ) -> Result<(), AppError> {
        let right = self.client.rights.iter().rev().find(|right| Some(right.by) == owner);
        let until = right.and_then(|right| {
            right.from.date_naive().checked_add_days(Days::new(u64::from(right.days?)))
        });
        self.save_with(tx, tenant, owner, until, now).await
    }

    async fn save_with(
        &mut self,
        tx: &mut Tx,
        tenant: TenantId,
        owner: Option<PersonId>,
        until: Option<NaiveDate>,
        now: DateTime<Utc>,
    ) -> Result<(), AppError> {
        let contact = self.client.contacts.iter().map(|contact| contact.at.to_utc()).max();
        if until != self.row.lapses_on || contact != self.row.last_contact_at {
            clients::set_term(tx, tenant, self.row.id, until, contact).await?;
            (self.row.lapses_on, self.row.last_contact_at) = (until, contact);
        }
        let owner = owner.map(|owner| owner.0);
        if owner != self.row.owner {
            clients::set_owner(tx, tenant, self.row.id, owner, now).await?;
            self.row.owner = owner;
        }
        let closed = self.client.closing.is_some();
        if closed != self.row.closed {
            clients::set_closed(tx, tenant, self.row.id, closed).await?;
            self.row.closed = closed;
        }
        let state = serde_json::to_string(&self.client).map_err(AppError::unusable("client"))?;
        Ok(stream::save(tx, tenant, &self.claimed, &state).await?)
    }
}

/// What attribution knows of a client; one entered before there was attribution is what the row says.
pub(super) fn read(
    state: Option<&str>,
    row: &clients::Client,
    ruling: Option<&Ruling>,
    moment: impl Fn(DateTime<Utc>) -> Moment,
) -> Result<Client, AppError> {
    if let Some(text) = state {
        return serde_json::from_str(text).map_err(AppError::unusable("client"));
    }
    let mut client = Client::default();
    if let Some(owner) = row.owner.map(PersonId) {
        let from = moment(row.owner_since.unwrap_or(row.created_at));
        let (basis, days) = (Basis::Reception, days_of(ruling));
        client.rights.push(Right { by: owner, basis, from, days, ended: None });
        if row.closed {
            client.closing = Some(Closing { at: from, by: owner, owner: Some(owner) });
        }
    }
    Ok(client)
}

pub(crate) fn days_of(ruling: Option<&Ruling>) -> Option<u32> {
    ruling.and_then(|ruling| ruling.attribution.validity.days.value().copied())
}

/// Whose client it is at `at`; where the rulebook leaves it open, whose it was made last.
pub(crate) fn standing_or_last(
    ruling: Option<&Ruling>,
    client: &Client,
    at: Moment,
    trail: &mut Trail,
) -> Option<Standing> {
    ownership::standing_or_last(&Ruling::or_empty(ruling).attribution, client, at, trail)
}
