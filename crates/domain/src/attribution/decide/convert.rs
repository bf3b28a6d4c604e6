//! Another rulebook comes into effect: rights keep the period they were granted, or get the new one.

use rulebook::{Decision, Setting, Trail, Undecided, facts};

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{Channel, Rules},
        state::{Basis, Client, Right},
    },
    standing::{Life, Standing, lives, standing},
};
use crate::calendar::Moment;

/// What becomes of a client's right when another rulebook comes into effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Nothing.
    Nothing,
    /// It lives, and ends sooner.
    Shortened,
    /// It lives, and ends later or never.
    Extended,
    /// It has ended: the client is nobody's, or somebody else's.
    Lapses,
}

/// What becomes of it if rights keep their terms, and if they are converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effect {
    /// If every right keeps the period it was granted.
    pub kept: Change,
    /// If every right gets the period of the new rulebook.
    pub converted: Change,
}

/// Gives every right of `client` that lives under `before` the period of `after`.
///
/// What has lapsed stays so: a longer period brings nothing back.
#[must_use]
pub fn convert(
    before: &Rules,
    after: &Rules,
    client: &Client,
    at: Moment,
) -> Decision<Outcome, Event> {
    let mut trail = Trail::default();
    let (outcome, events) = match conversions(before, after, client, at, &mut trail) {
        Ok(events) => {
            let mut converted = client.clone();
            for event in &events {
                converted.evolve(event, at);
            }
            match standing(after, &converted, at, &mut trail) {
                Ok(now) => (Outcome::Owned { owner: now.map(|now| now.owner) }, events),
                Err(Undecided { setting }) => (Outcome::Undecided { setting }, Vec::new()),
            }
        }
        Err(Undecided { setting }) => (Outcome::Undecided { setting }, Vec::new()),
    };
    Decision { outcome, events, because: trail.because() }
}

fn conversions(
    before: &Rules,
    after: &Rules,
    client: &Client,
    at: Moment,
    trail: &mut Trail,
) -> Result<Vec<Event>, Undecided> {
    let mut events = Vec::new();
    if client.closing.is_some() {
        return Ok(events);
    }
    for right in client.rights.iter().filter(|right| right.stands(at)) {
        let Some(setting) = period(after, client, right) else { continue };
        let days = setting.limit()?.copied();
        let life = lives(before, client, right, at, &mut Trail::default())?;
        if days != right.days && matches!(life, Life::Lives { .. }) {
            let facts = match right.days {
                Some(days_before) => facts![person = right.by, days_before],
                None => facts![person = right.by],
            };
            trail.cite("right_converted", true, setting, facts);
            events.push(Event::RightConverted { by: right.by, from: right.from, days });
        }
    }
    Ok(events)
}

/// The setting that says how long `right` lives; nothing for a filing, whose protection was promised.
fn period<'a>(rules: &'a Rules, client: &Client, right: &Right) -> Option<&'a Setting<u32>> {
    let validity = &rules.validity;
    match right.basis {
        Basis::Filing(_) => None,
        Basis::Registration(id) => {
            let by_call = client.registration(id).is_some_and(|r| r.channel == Channel::Call);
            let own = by_call && !validity.call_days.is_unset();
            Some(if own { &validity.call_days } else { &validity.days })
        }
        _ => Some(&validity.days),
    }
}

/// What becomes of `client`'s right at `at` if `after` comes into effect in the place of `before`.
#[must_use]
pub fn effect(before: &Rules, after: &Rules, client: &Client, at: Moment) -> Effect {
    let now = |rules: &Rules, client: &Client| {
        standing(rules, client, at, &mut Trail::default()).ok().flatten()
    };
    let Some(was) = now(before, client) else {
        return Effect { kept: Change::Nothing, converted: Change::Nothing };
    };
    let mut converted = client.clone();
    for event in convert(before, after, client, at).events {
        converted.evolve(&event, at);
    }
    Effect { kept: change(was, now(after, client)), converted: change(was, now(after, &converted)) }
}

fn change(was: Standing, is: Option<Standing>) -> Change {
    let Some(is) = is.filter(|is| is.owner == was.owner) else { return Change::Lapses };
    match (was.until, is.until) {
        (None, Some(_)) => Change::Shortened,
        (Some(_), None) => Change::Extended,
        (Some(was), Some(is)) if is < was => Change::Shortened,
        (Some(was), Some(is)) if is > was => Change::Extended,
        _ => Change::Nothing,
    }
}
