//! A person's commission ledger of a month: lines, sums, the pay sheet and the appraisals.

use chrono::{Datelike, Months, NaiveDate};
use domain::{
    commission::{
        Ledger,
        ledger::{Appraisal, Line, PayLine, appraisals, pay_sheet},
        rules::Component,
    },
    money::Currency,
    people::PersonId,
};
use serde::Serialize;
use serde_json::json;
use store::{
    StreamId, commission,
    journal::{self, NewEntry},
    retry, stream,
};
use uuid::Uuid;

use super::held::ledger_stream;
use crate::{
    App, AppError, Caller, CommandId,
    record::{Write, people_stream, write},
    roles::Permission,
    rotation::{moment, zone_of},
};

/// A person's ledger of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerView {
    /// Whose.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The first day of the month.
    pub month: NaiveDate,
    /// The lines, in order.
    pub lines: Vec<LineView>,
    /// The sum of the month, in minor units.
    pub total: i64,
    /// The sum of all months before, in minor units.
    pub before: i64,
    /// The pay sheet, as the rulebook composes it.
    pub pay: Vec<PayLine>,
    /// The appraisals that end with this month.
    pub appraisals: Vec<Appraisal>,
    /// The currency; lines of others are listed and not added up.
    pub currency: Currency,
}

/// A line as pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineView {
    /// The day it counts for.
    pub day: NaiveDate,
    /// What it is: `commission`, `reversal`, `base`, `bonus`.
    pub kind: String,
    /// How much, in minor units.
    pub amount: i64,
    /// In which currency.
    pub currency: String,
    /// The deal it came from.
    pub deal: Option<Uuid>,
}

/// A figure that somebody enters by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entered {
    /// What it is paid as; commission comes from deals only.
    pub component: Component,
    /// How much, in minor units; below nothing to take back.
    pub amount: i64,
    /// A day of the month it counts for.
    pub day: NaiveDate,
}

/// The ledger of `person` in the month of `day`: their own, or with the permission anybody's.
pub async fn ledger(
    app: &App,
    caller: &Caller,
    person: PersonId,
    day: NaiveDate,
) -> Result<LedgerView, AppError> {
    caller.require(Permission::SeeClients)?;
    if !caller.is_person(person) {
        caller.require(Permission::SeeLedgers)?;
    }
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let known = store::people::get(&mut tx, caller.tenant, person.0).await?;
    let site = known.site.ok_or(AppError::NotFound("ledger"))?;
    caller.at(site).map_err(|_| AppError::NotFound("person"))?;
    let month = day.with_day(1).unwrap_or(day);
    let last = month.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt());
    let last = last.unwrap_or(month);
    let all = commission::of_person(&mut tx, caller.tenant, person.0, first(), last).await?;
    let currency = Currency::default();
    let lines: Vec<Line> = all.iter().filter_map(line).collect();
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, caller.tenant, site, now).await?;
    let (pay, appraised) = match &ruling {
        Some(ruling) => {
            let rules = &ruling.commission;
            let pay = pay_sheet(rules, &lines, currency, last).map(|(pay, _)| pay);
            let appraised = appraisals(rules, &lines, currency, last).map(|(all, _)| all);
            (pay.unwrap_or_default(), appraised.unwrap_or_default())
        }
        None => (Vec::new(), Vec::new()),
    };
    let sum = |within: &dyn Fn(NaiveDate) -> bool| {
        let own = lines.iter().filter(|line| line.currency == currency && within(line.day));
        own.map(|line| line.amount).fold(0_i64, i64::saturating_add)
    };
    let shown = all.iter().filter(|line| line.day >= month);
    Ok(LedgerView {
        person,
        name: known.display_name,
        month,
        lines: shown
            .map(|line| LineView {
                day: line.day,
                kind: line.kind.clone(),
                amount: line.amount,
                currency: line.currency.clone(),
                deal: line.deal,
            })
            .collect(),
        total: sum(&|day| day >= month),
        before: sum(&|day| day < month),
        pay,
        appraisals: appraised,
        currency,
    })
}

/// The first day that a ledger can have.
fn first() -> NaiveDate {
    NaiveDate::from_ymd_opt(1970, 1, 1).unwrap_or_default()
}

fn line(line: &commission::Line) -> Option<Line> {
    let component = match line.kind.as_str() {
        "base" => Component::Base,
        "bonus" => Component::Bonus,
        _ => Component::Commission,
    };
    let currency = Currency::of(&line.currency)?;
    let closes = line.kind != "reversal";
    Some(Line { component, amount: line.amount, currency, day: line.day, closes })
}

/// The ledger as it leaves the house: the journal says who took whose.
pub async fn export_ledger(
    app: &App,
    caller: &Caller,
    person: PersonId,
    day: NaiveDate,
) -> Result<LedgerView, AppError> {
    let view = ledger(app, caller, person, day).await?;
    let now = app.clock.now();
    let command = json!({ "event": "export_ledger", "person": person, "month": view.month,
        "line_count": view.lines.len() });
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let site = store::people::get(&mut tx, caller.tenant, person.0).await?.site;
        let site = site.ok_or(AppError::NotFound("ledger"))?;
        let stream = people_stream(caller.tenant);
        let entry = Write::new(site, stream, "export_ledger", command.clone(), now);
        write(&mut tx, caller, &entry).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })?;
    Ok(view)
}

/// Enters a figure of base pay or bonus on the ledger of `person`, exactly once for each `id`.
pub async fn enter(
    app: &App,
    caller: &Caller,
    person: PersonId,
    id: CommandId,
    entered: &Entered,
) -> Result<(), AppError> {
    caller.require(Permission::EnterPay)?;
    if entered.component == Component::Commission {
        return Err(AppError::invalid(
            "component",
            "commission comes from deals",
            "correct the deal, or rule on its parts",
        ));
    }
    if entered.amount == 0 || entered.amount.abs() > domain::money::AMOUNT_MAX {
        return Err(AppError::invalid(
            "amount",
            "this amount is not possible",
            "write an amount other than nothing",
        ));
    }
    if caller.is_person(person) {
        return Err(AppError::invalid(
            "person",
            "nobody enters their own pay",
            "ask another manager",
        ));
    }
    retry!(AppError, enter_once(app, caller, person, id, entered))
}

async fn enter_once(
    app: &App,
    caller: &Caller,
    person: PersonId,
    id: CommandId,
    entered: &Entered,
) -> Result<(), AppError> {
    let (now, tenant) = (app.clock.now(), caller.tenant);
    let mut tx = app.db.write().await?;
    let site = store::people::get(&mut tx, tenant, person.0).await?.site;
    let site = site.ok_or(AppError::NotFound("person"))?;
    caller.at(site).map_err(|_| AppError::NotFound("person"))?;
    let zone = zone_of(&mut tx, tenant, site).await?;
    let today = moment(zone, now).date_naive();
    if (entered.day - today).num_days().abs() > 400 {
        return Err(AppError::invalid(
            "day",
            "this month is too far away",
            "choose a month nearby",
        ));
    }
    let stream_id: StreamId = ledger_stream(person.0);
    stream::ensure(&mut tx, tenant, site, stream_id).await?;
    let claimed = stream::claim(&mut tx, tenant, &[stream_id]).await?;
    let claimed = claimed.first().ok_or(AppError::NotFound("ledger"))?;
    if let Some(entry) = journal::by_command(&mut tx, tenant, id).await? {
        let same = entry.stream == stream_id && entry.actor == caller.spelled();
        stream::release(&mut tx, tenant, claimed).await?;
        return if same { Ok(()) } else { Err(AppError::other_command(id)) };
    }
    let unusable = AppError::unusable;
    let mut ledger: Ledger = match claimed.state.as_deref() {
        Some(text) => serde_json::from_str(text).map_err(unusable("ledger"))?,
        None => Ledger::default(),
    };
    let currency = Currency::default();
    ledger.add(currency, entered.amount);
    let command = json!({ "event": "pay_entered", "component": entered.component,
        "amount": entered.amount, "day": entered.day });
    let new = NewEntry {
        tenant,
        claimed,
        command_id: id,
        part: 0,
        actor: &caller.spelled(),
        command_kind: "pay_entered",
        command: &command.to_string(),
        events: &serde_json::Value::from(vec![command.clone()]).to_string(),
        because: "[]",
        outcome: r#"{"outcome":"done"}"#,
        rulebook_version: None,
        happened_at: now,
        recorded_at: now,
    };
    let entry = journal::append(&mut tx, new).await?;
    let state = serde_json::to_string(&ledger).map_err(unusable("ledger"))?;
    stream::save(&mut tx, tenant, claimed, &state).await?;
    let line = commission::Line {
        tenant,
        site,
        id: Uuid::now_v7(),
        person: person.0,
        kind: entered.component.word().to_owned(),
        amount: entered.amount,
        currency: currency.to_string(),
        day: entered.day,
        deal: None,
        number: 0,
        decision_version: entry.version,
        made_at: now,
    };
    commission::add(&mut tx, &line).await?;
    Ok(tx.commit().await?)
}
