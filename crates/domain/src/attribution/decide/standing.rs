//! Whose client it is at a moment, and how long that lasts.

use chrono::TimeDelta;
use rulebook::{Trail, Undecided, facts};
use serde::{Deserialize, Serialize};

use super::super::{
    Ownership,
    rules::{LapseTest, Principle, Renewal, Rules},
    state::{Basis, Client, Contact, ContactKind, Right},
};
use crate::{
    calendar::{Moment, day_of},
    people::PersonId,
};

/// Whose client somebody is, since when, and until when unless renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Whose.
    pub owner: PersonId,
    /// Since when.
    pub since: Moment,
    /// When the right was last renewed, or founded.
    pub renewed: Moment,
    /// The last day of the right unless it is renewed; nothing: for good.
    pub until: Option<chrono::NaiveDate>,
    /// Whether a deal is closed.
    pub closed: bool,
}

impl Standing {
    /// As other kinds of rule take it.
    #[must_use]
    pub const fn ownership(self) -> Ownership {
        Ownership { owner: self.owner, closed: self.closed }
    }
}

/// Whose client `client` is at `at`: the first right that lives, by the rulebook's principle.
pub fn standing(
    rules: &Rules,
    client: &Client,
    at: Moment,
    trail: &mut Trail,
) -> Result<Option<Standing>, Undecided> {
    if let Some(closing) = client.closing.filter(|closing| closing.at <= at) {
        trail.holds("client_closed", true, facts![closed_at = closing.at]);
        return Ok(closing.owner.map(|owner| Standing {
            owner,
            since: closing.at,
            renewed: closing.at,
            until: None,
            closed: true,
        }));
    }
    let mut rights: Vec<&Right> = client.rights.iter().filter(|right| right.stands(at)).collect();
    let principle = rules.first.principle.value().copied();
    rights.sort_by_key(|right| (rank(principle, right.basis), right.from));
    for right in rights {
        match lives(rules, client, right, at, trail)? {
            Life::Lives { renewed, until } => {
                trail.cite(
                    "first_right",
                    true,
                    &rules.first.principle,
                    facts![person = right.by, since = right.from],
                );
                let (owner, since) = (right.by, right.from);
                return Ok(Some(Standing { owner, since, renewed, until, closed: false }));
            }
            Life::NotTakenUp | Life::Lapsed => {}
        }
    }
    Ok(None)
}

/// Which right goes before which: authority, then the rulebook's principle, then a reception that no
/// registration has confirmed.
pub(super) const fn rank(principle: Option<Principle>, basis: Basis) -> u8 {
    match (basis, principle) {
        (Basis::Assigned | Basis::Distributed | Basis::Ruling, _) => 0,
        (Basis::Reception, Some(Principle::ValidRegistration)) => 2,
        _ => 1,
    }
}

/// Whether a right lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    Lives {
        renewed: Moment,
        until: Option<chrono::NaiveDate>,
    },
    Lapsed,
    /// Distributed, and whoever took over has not followed up.
    NotTakenUp,
}

/// Whole days between the dates of two moments.
pub(super) fn days_between(from: Moment, to: Moment) -> i64 {
    (day_of(to) - day_of(from)).num_days()
}

/// Whether `right` lives at `at`.
pub(super) fn lives(
    rules: &Rules,
    client: &Client,
    right: &Right,
    at: Moment,
    trail: &mut Trail,
) -> Result<Life, Undecided> {
    let validity = &rules.validity;
    let renewals = renewals(rules, client, right, at);
    if right.basis == Basis::Distributed && rules.handover.kept_if_followed.value() == Some(&true) {
        // Whoever received the client before that follow-up has them.
        let others = client.rights.iter().filter(|other| other.by != right.by);
        let overtaken = others.map(|other| other.from).filter(|from| *from > right.from).min();
        let followed = renewals
            .first()
            .is_some_and(|first| overtaken.is_none_or(|overtaken| *first < overtaken));
        trail.cite(
            "followed_up_after_handover",
            followed,
            &rules.handover.kept_if_followed,
            facts![person = right.by],
        );
        if !followed {
            return Ok(Life::NotTakenUp);
        }
    }
    // What was granted keeps its terms: the days are the right's own.
    let Some(days) = right.days else {
        let renewed = renewals.last().copied().unwrap_or(right.from);
        return Ok(Life::Lives { renewed, until: None });
    };
    let (renewed, lapsed) = match validity.test.decided()? {
        LapseTest::Window => window(right.from, &renewals, days, at),
        LapseTest::NeverFollowed => {
            let followed =
                renewals.iter().find(|r| days_between(right.from, **r) <= i64::from(days));
            match followed {
                Some(first) => {
                    return Ok(Life::Lives {
                        renewed: renewals.last().copied().unwrap_or(*first),
                        until: None,
                    });
                }
                None => (right.from, days_between(right.from, at) > i64::from(days)),
            }
        }
        LapseTest::Continuous => {
            let interval = validity.interval_days.value().copied().unwrap_or(days);
            continuous(right.from, &renewals, days, interval, at)
        }
    };
    trail.cite(
        if lapsed { "right_lapsed" } else { "right_lives" },
        true,
        &validity.days,
        facts![person = right.by, renewed, days],
    );
    if lapsed {
        trail.cite("lapse_test", true, &validity.test, facts![person = right.by]);
        return Ok(Life::Lapsed);
    }
    let until = day_of(renewed) + TimeDelta::days(i64::from(days));
    Ok(Life::Lives { renewed, until: Some(until) })
}

/// The contacts that renew `right`, up to `at`, in the order of time.
fn renewals(rules: &Rules, client: &Client, right: &Right, at: Moment) -> Vec<Moment> {
    let renews = |contact: &&Contact| {
        let kinds = rules.validity.renewed_by.value().map(Vec::as_slice).unwrap_or_default();
        let kind = match contact.kind {
            ContactKind::FollowUp => Renewal::FollowUp,
            ContactKind::Visit => Renewal::Visit,
            ContactKind::Call => Renewal::Call,
        };
        contact.by == right.by
            && contact.at >= right.from
            && contact.at <= at
            && kinds.contains(&kind)
            && (contact.complete || rules.validity.complete_only.value() != Some(&true))
    };
    let mut moments: Vec<Moment> =
        client.contacts.iter().filter(renews).map(|contact| contact.at).collect();
    moments.sort_unstable();
    moments
}

/// The last renewal that came in time, and whether the period has run out since.
fn window(from: Moment, renewals: &[Moment], days: u32, at: Moment) -> (Moment, bool) {
    let mut last = from;
    for renewal in renewals {
        if days_between(last, *renewal) > i64::from(days) {
            return (last, true);
        }
        last = *renewal;
    }
    (last, days_between(last, at) > i64::from(days))
}

/// Within the period, or without a gap longer than `interval` from the first day to the last.
fn continuous(
    from: Moment,
    renewals: &[Moment],
    days: u32,
    interval: u32,
    at: Moment,
) -> (Moment, bool) {
    let last = renewals.last().copied().unwrap_or(from);
    let mut before = from;
    let gaps = renewals.iter().chain([&at]).map(|moment| {
        let gap = days_between(before, *moment);
        before = *moment;
        gap
    });
    let unbroken = gaps.max().is_none_or(|gap| gap <= i64::from(interval));
    (last, days_between(from, at) > i64::from(days) && !unbroken)
}
