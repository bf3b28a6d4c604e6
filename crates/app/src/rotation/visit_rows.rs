//! Visits as the register reads them.

use std::collections::BTreeSet;

use domain::{
    people::VisitId,
    rotation::{
        Event, Rules,
        rules::{PhoneRing, TeamRings},
        state::{Arrival, Channel, Phase, RingId, Visit},
    },
};
use store::{SiteId, TenantId, visits};

use super::saved::{Saved, floor_stream};

/// The word for how far a visit has come.
pub(crate) const fn status_of(phase: Phase) -> &'static str {
    match phase {
        Phase::Waiting => "waiting",
        Phase::Asking(_) => "asking",
        Phase::Offered { .. } => "offered",
        Phase::Received => "received",
        Phase::Ended => "ended",
    }
}

/// The visit that an event is about, and whether it says who receives.
pub(crate) const fn visit_of(event: &Event) -> Option<(VisitId, bool)> {
    event.visit()
}

/// The visits that `events` touch, each once.
pub(crate) fn touched<'a>(events: impl IntoIterator<Item = &'a Event>) -> BTreeSet<VisitId> {
    events.into_iter().filter_map(|event| visit_of(event).map(|(visit, _)| visit)).collect()
}

/// The ring that deals `arrival`.
pub(crate) fn ring_for(rules: &Rules, arrival: &Arrival) -> RingId {
    let per_team = rules.rings.teams.value() == Some(&TeamRings::PerTeam);
    let separate = rules.rings.phone.value() == Some(&PhoneRing::Separate);
    let channel = if separate { arrival.channel } else { Channel::WalkIn };
    RingId { channel, team: arrival.team.filter(|_| per_team) }
}

/// The row of a visit.
pub(crate) fn row_of(
    tenant: TenantId,
    site: SiteId,
    rules: &Rules,
    saved: &Saved,
    id: VisitId,
    visit: &Visit,
) -> visits::Visit {
    let ring = visit.turn.map_or_else(|| ring_for(rules, &visit.arrival), |turn| turn.ring);
    // The day that is open numbers the visits, whatever the calendar says.
    let day = saved.floor.day.or(saved.floor.last_day);
    visits::Visit {
        tenant,
        site,
        id: id.0,
        day: day.map_or_else(|| visit.arrived_at.date_naive(), |day| day.date),
        number: i64::from(visit.number),
        arrived_at: visit.arrived_at.to_utc(),
        situation: visit
            .situation
            .map_or_else(String::new, |situation| situation.word().to_owned()),
        party_size: i64::from(visit.arrival.people.max(1)),
        client: visit.arrival.client.map(|client| client.0),
        ring: ring.to_string(),
        status: status_of(visit.phase).to_owned(),
        receiver: visit.receiver.map(|person| person.0),
        started_at: visit.received_at.map(|at| at.to_utc()),
        ended_at: visit.ended_at.map(|at| at.to_utc()),
        decision_stream: floor_stream(site),
        decision_version: saved.decided_by.get(&id).copied().unwrap_or_default(),
        charged_to: visit.turn.map(|turn| turn.person.0),
    }
}
