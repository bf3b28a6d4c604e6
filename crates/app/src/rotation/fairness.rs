//! Fairness: what everybody's turns came to, by clause, over a time.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    people::PersonId,
    rotation::{
        Rules,
        fairness::{Account, MarkKind},
        rules::Owed,
    },
};
use serde::Serialize;
use store::{SiteId, TenantId, Tx, turns, turns::Turn};

use crate::{App, AppError, Caller, roles::Permission};

/// What somebody's turns in one ring came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PersonTurns {
    /// Turns that were theirs by the order: taken, passed and lost.
    pub owed: i64,
    /// Turns that they used, in order.
    pub taken: i64,
    /// Turns that went by, and are kept or made up.
    pub passed: i64,
    /// Turns that are gone.
    pub lost: i64,
    /// Make-up turns that they were granted.
    pub granted: i64,
    /// Make-up turns that they used.
    pub made_up: i64,
    /// Make-up turns that ended unused or were taken away.
    pub taken_away: i64,
}

impl PersonTurns {
    /// Receptions that came from turns.
    #[must_use]
    pub const fn received(&self) -> i64 {
        self.taken + self.made_up
    }

    /// Adds the turns of another ring.
    pub(super) fn merge(&mut self, other: &Self) {
        self.owed += other.owed;
        self.taken += other.taken;
        self.passed += other.passed;
        self.lost += other.lost;
        self.granted += other.granted;
        self.made_up += other.made_up;
        self.taken_away += other.taken_away;
    }

    /// Works out what `account` came to; what was owed, as the rulebook counts it.
    fn of(account: &Account, owed: Owed) -> Self {
        Self {
            owed: account.owed(owed),
            taken: account.taken,
            passed: account.passed + account.kept,
            lost: account.lost,
            granted: account.granted,
            made_up: account.made_up,
            taken_away: account.taken_away,
        }
    }
}

/// The fairness of a site over a time.
#[derive(Debug, Clone, Serialize)]
pub struct Fairness {
    /// From this day.
    pub from: NaiveDate,
    /// To this day, included.
    pub to: NaiveDate,
    /// One row for each person and ring, by ring and person.
    pub rows: Vec<FairnessRow>,
    /// The names of everybody in it.
    pub names: BTreeMap<PersonId, String>,
}

/// One person in one ring.
#[derive(Debug, Clone, Serialize)]
pub struct FairnessRow {
    /// Who.
    pub person: PersonId,
    /// In which ring.
    pub ring: String,
    /// What their turns came to.
    pub turns: PersonTurns,
    /// Received, less the average of the ring, in hundredths of a turn.
    pub difference_hundredths: i64,
    /// For each clause, what it did to their turns and how often; `""` where no clause speaks of it.
    pub by_clause: BTreeMap<String, BTreeMap<String, i64>>,
}

/// The longest time that is looked at, in days.
const DAYS_MAX: i64 = 400;

/// What everybody's turns came to from `from` to `to`, both included.
pub async fn fairness(
    app: &App,
    caller: &Caller,
    site: SiteId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Fairness, AppError> {
    caller.at(site)?;
    caller.require(Permission::SeeFairness)?;
    if to < from || (to - from).num_days() > DAYS_MAX {
        return Err(AppError::invalid(
            "to",
            format!("`{to}` is before `{from}`, or too long after it"),
            format!("give at most {DAYS_MAX} days"),
        ));
    }
    let mut tx = app.db.read().await?;
    let now = app.clock.now();
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, caller.tenant, site, now).await?;
    let owed = ruling.map_or(Owed::Present, |ruling| owed_by(&ruling.rules));
    let sums = sums(&mut tx, caller.tenant, site, from, to, owed).await?;
    let mut rings: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for ((_, ring), turns) in &sums {
        let (received, people) = rings.entry(ring).or_default();
        *received += turns.received();
        *people += 1;
    }
    let mut rows = Vec::with_capacity(sums.len());
    for ((person, ring), turns) in &sums {
        let (received, people) = rings.get(ring.as_str()).copied().unwrap_or((0, 1));
        let average = (received * 100).checked_div(people).unwrap_or(0);
        let all = turns::of_person(&mut tx, caller.tenant, person.0, from, to).await?;
        rows.push(FairnessRow {
            person: *person,
            ring: ring.clone(),
            turns: turns.clone(),
            difference_hundredths: turns.received() * 100 - average,
            by_clause: by_clause(&all, ring),
        });
    }
    rows.sort_by(|a, b| (&a.ring, a.person).cmp(&(&b.ring, b.person)));
    Ok(Fairness { from, to, rows, names: crate::people::names(&mut tx, caller.tenant).await? })
}

fn by_clause(turns: &[Turn], ring: &str) -> BTreeMap<String, BTreeMap<String, i64>> {
    let mut by_clause: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    for turn in turns.iter().filter(|turn| turn.ring == ring) {
        let none = [String::new()];
        let clauses = if turn.clauses.is_empty() { &none[..] } else { &turn.clauses[..] };
        for clause in clauses {
            let kinds = by_clause.entry(clause.clone()).or_default();
            *kinds.entry(turn.kind.clone()).or_default() += 1;
        }
    }
    by_clause
}

/// Who is owed a turn by the rulebook; whoever was present where nobody has decided.
pub(super) fn owed_by(rules: &Rules) -> Owed {
    rules.fairness.owed.value().copied().unwrap_or(Owed::Present)
}

/// What everybody's turns came to, by person and ring; `owed` says which of them were owed.
pub(super) async fn sums(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    from: NaiveDate,
    to: NaiveDate,
    owed: Owed,
) -> Result<BTreeMap<(PersonId, String), PersonTurns>, AppError> {
    let mut accounts: BTreeMap<(PersonId, String), Account> = BTreeMap::new();
    for sum in turns::sums(tx, tenant, site, from, to).await? {
        let account = accounts.entry((PersonId(sum.person), sum.ring)).or_default();
        if let Some(kind) = MarkKind::of_word(&sum.kind) {
            account.enter(kind, sum.count);
        }
    }
    Ok(accounts.into_iter().map(|(key, account)| (key, PersonTurns::of(&account, owed))).collect())
}
