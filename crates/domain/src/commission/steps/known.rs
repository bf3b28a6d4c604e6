//! What a scenario knows of its deals, and what the world does with them.

use std::collections::BTreeMap;

use super::super::{
    Circumstances, Command, Deal, Event, Outcome, decide,
    ledger::Line,
    rules::{Component, Stage},
    state::Reception,
};
use crate::{
    calendar::day_of,
    money::Currency,
    people::{Actor, PersonId, Role},
    scenario::World,
};

/// What a scenario knows of deals, by the name of the client.
#[derive(Debug, Default)]
pub struct Known {
    /// The last deal with each client.
    pub deals: BTreeMap<String, Deal>,
    /// What the scenario says of how a deal comes about.
    pub said: BTreeMap<String, Said>,
    /// The client of the deal that the last step spoke of.
    pub last: Option<String>,
    /// The price and commission that the next deal has.
    pub amounts: (Option<i64>, Option<i64>),
    /// What came of the last command.
    pub outcome: Option<Outcome>,
    /// The lines of all ledgers, in order.
    pub lines: Vec<(PersonId, Line)>,
}

/// What a scenario says of how a deal comes about, beyond what attribution and rotation know.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// Whose client it is.
    pub owner: Option<PersonId>,
    /// Who receives.
    pub receiver: Option<PersonId>,
    /// How they came to receive.
    pub reception: Option<Reception>,
    /// Who received together.
    pub joint: Vec<PersonId>,
    /// Whose relation helped.
    pub related_through: Option<PersonId>,
    /// Who served before.
    pub former: Option<PersonId>,
    /// Whether the owner had followed up.
    pub followed_up: Option<bool>,
}

impl Said {
    /// `circumstances` with what the scenario says.
    #[must_use]
    pub fn upon(&self, circumstances: Circumstances, closer: PersonId) -> Circumstances {
        let reception = self.reception.filter(|_| self.receiver.is_none_or(|by| by == closer));
        let together = self.joint.contains(&closer) || self.joint.is_empty();
        let joint: Vec<PersonId> =
            self.joint.iter().copied().filter(|person| *person != closer && together).collect();
        Circumstances {
            owner: self.owner.or(circumstances.owner),
            reception: reception.or(circumstances.reception),
            joint_with: if joint.is_empty() { circumstances.joint_with } else { joint },
            related_through: self.related_through.or(circumstances.related_through),
            former: self.former.or(circumstances.former),
            followed_up: self.followed_up.unwrap_or(circumstances.followed_up),
            fixed: circumstances.fixed,
        }
    }
}

impl World {
    /// What the scenario says of how the deal with `client` comes about.
    pub(super) fn said(&mut self, client: &str) -> &mut Said {
        self.commission.said.entry(client.into()).or_default()
    }

    /// A deal with `client`, whom `closer` serves, reaches `stage`; nothing: the one that counts as
    /// closed.
    pub fn deal(
        &mut self,
        client: &str,
        closer: PersonId,
        stage: Option<Stage>,
        known: Circumstances,
    ) {
        let counts = self.kinds().commission.closing.counts.value().copied();
        let stage = stage.or(counts).unwrap_or(Stage::Signed);
        let said = self.said(client).clone();
        let circumstances = said.upon(known, closer);
        let (price, commission) = std::mem::take(&mut self.commission.amounts);
        let open = self.commission.deals.get(client).is_some_and(|deal| {
            deal.cancelled_at.is_none() && deal.stage() < Some(stage) && deal.client.is_some()
        });
        let command = if open {
            Command::Advance { stage, circumstances }
        } else {
            self.commission.deals.insert(client.into(), Deal::default());
            let (client, currency) = (self.client(client), Currency::default());
            Command::Record { client, closer, circumstances, stage, price, commission, currency }
        };
        self.commission.last = Some(client.into());
        self.about_deal(client, &command, Role::Consultant);
        if open && (price.is_some() || commission.is_some()) {
            self.about_deal(client, &Command::SetAmounts { price, commission }, Role::Consultant);
        }
    }

    /// Gives `command` about the deal with `client`; what has fallen due happens before.
    pub fn about_deal(&mut self, client: &str, command: &Command, role: Role) {
        self.settle_deals();
        let actor = match role {
            Role::Consultant => Actor::clock(),
            role => Actor::new(PersonId(uuid::Uuid::nil()), [role]),
        };
        self.carry_out_deal(client, command, &actor);
    }

    /// Whatever has fallen due of any deal happens.
    pub fn settle_deals(&mut self) {
        let now = self.now();
        let due = |deal: &Deal| deal.deadline().is_some_and(|deadline| deadline <= now);
        let clients: Vec<String> = self
            .commission
            .deals
            .iter()
            .filter(|(_, deal)| due(deal))
            .map(|(client, _)| client.clone())
            .collect();
        for client in clients {
            self.carry_out_deal(&client, &Command::Settle, &Actor::clock());
        }
    }

    fn carry_out_deal(&mut self, client: &str, command: &Command, actor: &Actor) {
        let (kinds, at) = (self.kinds(), self.now());
        let deal = self.commission.deals.entry(client.into()).or_default();
        let decision = decide(&kinds.commission, deal, command, actor, at);
        for event in &decision.events {
            deal.evolve(event, at);
            if let Event::Posted { entry } = event {
                let line = Line {
                    component: Component::Commission,
                    amount: entry.amount,
                    currency: deal.currency,
                    day: day_of(at),
                    closes: entry.reverses.is_none(),
                };
                self.commission.lines.push((entry.person, line));
            }
        }
        match &decision.outcome {
            Outcome::Refused { reason } => self.note_refusal(reason),
            Outcome::Undecided { setting } => self.note_undecided(setting),
            _ => {}
        }
        self.commission.outcome = Some(decision.outcome);
        self.note_reasons(decision.because);
    }

    /// The deal with `client` that stands.
    pub(super) fn deal_of(&mut self, client: &str) -> Result<&Deal, String> {
        self.settle_deals();
        self.commission.deals.get(client).ok_or_else(|| format!("no deal with `{client}`"))
    }
}
