//! Whose client it is at a moment, and how long that lasts.

use chrono::NaiveDate;
use rulebook::{Trail, Undecided, facts};
use serde::{Deserialize, Serialize};

use super::super::{
    Ownership,
    rules::{LapseTest, Principle, Renewal, Rules},
    state::{Basis, Client, Contact, ContactKind, Right},
};
use crate::{
    calendar::{Moment, day_of, days_after},
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
    pub until: Option<NaiveDate>,
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
        (Basis::Assigned | Basis::Distributed | Basis::Ruling | Basis::Pool, _) => 0,
        (Basis::Reception, Some(Principle::ValidRegistration)) => 2,
        _ => 1,
    }
}

/// Whether a right lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    Lives {
        renewed: Moment,
        until: Option<NaiveDate>,
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
    let term = term(rules, right, &renewals)?;
    let (Some(days), Some(last_day)) = (right.days, term.last_day) else {
        return Ok(Life::Lives { renewed: term.renewed, until: None });
    };
    let lapsed = day_of(at) > last_day;
    let setting = match right.basis {
        Basis::Filing(id) if client.filing(id).is_some_and(|f| f.confirmed_at.is_some()) => {
            &rules.filing.confirmed_days
        }
        Basis::Filing(_) => &rules.filing.protected_days,
        _ => &rules.validity.days,
    };
    trail.cite(
        if lapsed { "right_lapsed" } else { "right_lives" },
        true,
        setting,
        facts![person = right.by, renewed = term.renewed, days],
    );
    let continuous = rules.validity.test.value() == Some(&LapseTest::Continuous);
    if lapsed || continuous {
        trail.cite("lapse_test", lapsed, &rules.validity.test, facts![person = right.by]);
    }
    if lapsed {
        return Ok(Life::Lapsed);
    }
    Ok(Life::Lives { renewed: term.renewed, until: Some(last_day) })
}

/// How long a right lives as its renewals stand.
struct Term {
    renewed: Moment,
    /// The last day of it; nothing: for good.
    last_day: Option<NaiveDate>,
}

/// The term of `right` with `renewals`, which are in the order of time.
///
/// What was granted keeps its terms: the days are the right's own.
fn term(rules: &Rules, right: &Right, renewals: &[Moment]) -> Result<Term, Undecided> {
    let validity = &rules.validity;
    let newest = renewals.last().copied().unwrap_or(right.from);
    let Some(days) = right.days else { return Ok(Term { renewed: newest, last_day: None }) };
    let first_period = days_after(day_of(right.from), days);
    let test = match right.basis {
        Basis::Filing(_) => LapseTest::Window,
        _ => *validity.test.decided()?,
    };
    Ok(match test {
        LapseTest::Window => {
            let renewed = unbroken(right.from, renewals, days);
            Term { renewed, last_day: Some(days_after(day_of(renewed), days)) }
        }
        LapseTest::NeverFollowed => {
            let followed = renewals.iter().any(|renewal| day_of(*renewal) <= first_period);
            let last_day = (!followed).then_some(first_period);
            Term { renewed: if followed { newest } else { right.from }, last_day }
        }
        LapseTest::Continuous => {
            // Where no interval is written, none may be longer than the period itself.
            let interval = validity.interval_days.value().copied().unwrap_or(days);
            let before = unbroken(right.from, renewals, interval);
            let last_day = first_period.max(days_after(day_of(before), interval));
            Term { renewed: newest, last_day: Some(last_day) }
        }
    })
}

/// The last renewal before the first gap of more than `days`.
fn unbroken(from: Moment, renewals: &[Moment], days: u32) -> Moment {
    let mut last = from;
    for renewal in renewals {
        if days_between(last, *renewal) > i64::from(days) {
            break;
        }
        last = *renewal;
    }
    last
}

/// The day on which the last right to `client` lapsed, and whose it was; nothing where none did.
pub(super) fn lapsed_on(
    rules: &Rules,
    client: &Client,
    at: Moment,
) -> Result<Option<(NaiveDate, PersonId)>, Undecided> {
    let mut latest: Option<(NaiveDate, PersonId)> = None;
    for right in client.rights.iter().filter(|right| right.stands(at)) {
        let renewals = renewals(rules, client, right, at);
        let Some(last_day) = term(rules, right, &renewals)?.last_day else { continue };
        let day = days_after(last_day, 1);
        if day <= day_of(at) && latest.is_none_or(|(latest, _)| latest < day) {
            latest = Some((day, right.by));
        }
    }
    Ok(latest)
}

/// The contacts that renew `right`, up to `at`, in the order of time.
fn renewals(rules: &Rules, client: &Client, right: &Right, at: Moment) -> Vec<Moment> {
    // Whoever shares a client keeps it alive for all.
    let joint = client.joint.as_ref().filter(|joint| joint.confirmed);
    let partners: Vec<PersonId> = joint
        .map(|joint| joint.holdings.iter().map(|holding| holding.person).collect())
        .filter(|partners: &Vec<PersonId>| partners.contains(&right.by))
        .unwrap_or_default();
    let renews = |contact: &&Contact| {
        let kinds = rules.validity.renewed_by.value().map(Vec::as_slice).unwrap_or_default();
        let kind = match contact.kind {
            ContactKind::FollowUp => Renewal::FollowUp,
            ContactKind::Visit => Renewal::Visit,
            ContactKind::Call => Renewal::Call,
        };
        (contact.by == right.by || partners.contains(&contact.by))
            && !matches!(right.basis, Basis::Filing(_))
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
