//! Rows of registers: what they lack, when they count, whether they came in time.

use std::collections::BTreeSet;

use chrono::TimeZone;
use rulebook::{Trail, Undecided, facts};

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{Check, Due, FormRules, Incomplete, Item, PastTime, Register},
        state::{Contact, ContactId, Row, RowId},
    },
    Case, Halt,
};
use crate::{
    calendar::{Moment, after, day_of, days_after, minutes, moment_on},
    people::{ClientId, PersonId},
};

/// What is entered.
pub(super) struct Entry<'a> {
    pub row: RowId,
    pub register: Register,
    pub contact: Option<ContactId>,
    pub by: PersonId,
    pub client: Option<ClientId>,
    pub items: &'a BTreeSet<Item>,
    pub refused: &'a BTreeSet<Item>,
    pub signed: bool,
}

/// The items that a form wants and that neither are filled in nor may be refused and were.
#[must_use]
pub fn missing_of(
    wanted: &[Item],
    refusable: &[Item],
    filled: &BTreeSet<Item>,
    refused: &BTreeSet<Item>,
) -> Vec<Item> {
    let stands_for = |item: Item| match item {
        // A real name is a name, a name has a surname, and a telephone is a contact.
        Item::Name => vec![Item::Name, Item::RealName],
        Item::Surname => vec![Item::Surname, Item::Name, Item::RealName],
        Item::Contact => vec![Item::Contact, Item::Telephone],
        item => vec![item],
    };
    let given = |item: &Item| {
        stands_for(*item).iter().any(|item| filled.contains(item))
            || (refusable.contains(item) && refused.contains(item))
    };
    wanted.iter().copied().filter(|item| !given(item)).collect()
}

/// By when `form` is due for `contact`; nothing while it lasts or where nothing is said.
///
/// The end of the day is `day_end` where the rulebook names one, else midnight.
pub fn due_at(
    form: &FormRules,
    contact: &Contact,
    day_end: Option<chrono::NaiveTime>,
    trail: &mut Trail,
) -> Result<Option<Moment>, Undecided> {
    let Some(ended) = contact.ended_at else { return Ok(None) };
    let due = *form.due.decided()?;
    trail.cite("due", true, &form.due, facts![kind = due.word()]);
    let midnight = || {
        let next = days_after(day_of(ended), 1).and_time(chrono::NaiveTime::MIN);
        ended.timezone().from_local_datetime(&next).single().unwrap_or(ended)
    };
    Ok(Some(match due {
        Due::Departure => ended,
        Due::Minutes => match form.due_minutes.limit()? {
            None => return Ok(None),
            Some(allowed) => {
                let facts = facts![minutes = *allowed];
                trail.cite("due_within", true, &form.due_minutes, facts);
                after(ended, minutes(*allowed))
            }
        },
        Due::Time => {
            let today = moment_on(ended, *form.due_time.decided()?);
            trail.cite("due_by", true, &form.due_time, facts![until = today]);
            if ended <= today {
                return Ok(Some(today));
            }
            let next = *form.past_time.decided()? == PastTime::NextDay;
            trail.cite("due_next_day", next, &form.past_time, Vec::new());
            if next { after(today, chrono::TimeDelta::days(1)) } else { today }
        }
        Due::DayEnd => day_end.map_or_else(midnight, |end| moment_on(ended, end)),
    }))
}

impl Case<'_> {
    pub(super) fn save(&mut self, entry: &Entry<'_>) -> Result<Outcome, Halt> {
        let rules = self.rules;
        let Some(form) = rules.form(entry.register) else {
            return Err(Halt::refused("no_such_form"));
        };
        let contact = entry.contact.and_then(|id| self.book.contact(id)).cloned();
        let purpose = contact.as_ref().and_then(|contact| contact.purpose);
        if self.exempt(purpose) {
            return Err(Halt::refused("need_not_be_registered"));
        }
        let known = self.book.row(entry.row).cloned();
        let joined = |new: &BTreeSet<Item>, old: Option<&BTreeSet<Item>>| {
            new.iter().chain(old.into_iter().flatten()).copied().collect::<BTreeSet<Item>>()
        };
        let items = joined(entry.items, known.as_ref().map(|row| &row.items));
        let refused = joined(entry.refused, known.as_ref().map(|row| &row.refused));
        let signed_before = known.as_ref().and_then(|row| row.signed_at);
        let signed_at = signed_before.or(entry.signed.then_some(self.at));
        let (missing, recommended, unsigned) =
            self.lacks(form, &items, &refused, signed_at.is_some())?;
        let counts_from =
            self.counts_from(form, known.as_ref(), !missing.is_empty() || unsigned, &missing)?;
        let at = known.as_ref().map_or(self.at, |row| row.at);
        let late = self.came_late(form, contact.as_ref(), at)?;
        let row = Row {
            id: entry.row,
            register: entry.register,
            contact: entry.contact.or(known.as_ref().and_then(|row| row.contact)),
            by: known.as_ref().map_or(entry.by, |row| row.by),
            client: entry.client.or(known.as_ref().and_then(|row| row.client)),
            at,
            items,
            refused,
            signed_at,
            counts_from,
            handed_over_at: known.as_ref().and_then(|row| row.handed_over_at),
            confirmed_at: known.as_ref().and_then(|row| row.confirmed_at),
            untrue: known.as_ref().is_some_and(|row| row.untrue),
        };
        self.emit(Event::RowSaved { row });
        let copies = form.copied_to.decided()?;
        if !copies.is_empty() {
            let facts = facts![number = copies.len()];
            self.trail.cite("copied_to", true, &form.copied_to, facts);
        }
        let written = std::iter::once(entry.register).chain(copies.iter().copied()).collect();
        Ok(Outcome::Saved { missing, recommended, unsigned, counts_from, late, written })
    }

    /// What a form lacks of what is wanted and of what is better there, and whether a signature is.
    fn lacks(
        &mut self,
        form: &FormRules,
        items: &BTreeSet<Item>,
        refused: &BTreeSet<Item>,
        signed: bool,
    ) -> Result<(Vec<Item>, Vec<Item>, bool), Halt> {
        let refusable = form.refusable.decided()?;
        if refused.iter().any(|item| refusable.contains(item)) {
            self.trail.cite("may_be_refused", true, &form.refusable, Vec::new());
        } else if !refused.is_empty() {
            self.trail.cite("may_be_refused", false, &form.refusable, Vec::new());
        }
        let required = form.required.decided()?;
        let missing = missing_of(required, refusable, items, refused);
        let facts = facts![missing = missing.len()];
        self.trail.cite("required_fields", missing.is_empty(), &form.required, facts);
        if missing.iter().any(|item| refusable.contains(item)) {
            self.trail.cite("may_be_refused", false, &form.refusable, Vec::new());
        }
        let wished = form.recommended.decided()?;
        let recommended = missing_of(wished, &[], items, refused);
        if !wished.is_empty() {
            let facts = facts![missing = recommended.len()];
            let complete = recommended.is_empty();
            self.trail.cite("recommended_fields", complete, &form.recommended, facts);
        }
        let wanted = *form.signature.decided()?;
        if wanted {
            self.trail.cite("signed", signed, &form.signature, Vec::new());
        }
        Ok((missing, recommended, wanted && !signed))
    }

    fn counts_from(
        &mut self,
        form: &FormRules,
        known: Option<&Row>,
        incomplete: bool,
        missing: &[Item],
    ) -> Result<Option<Moment>, Halt> {
        let rule = *form.incomplete.decided()?;
        if !incomplete {
            let counted = known.and_then(|row| row.counts_from);
            if known.is_some() && counted.is_none() {
                self.trail.cite("counts_from_completion", true, &form.incomplete, Vec::new());
            }
            return Ok(counted.or(Some(self.at)));
        }
        let facts = facts![missing = missing.len(), kind = rule.word()];
        self.trail.cite("incomplete", rule != Incomplete::Refused, &form.incomplete, facts);
        match rule {
            Incomplete::Refused => Err(Halt::Refused("form_incomplete", missing.to_vec())),
            Incomplete::Listed => Ok(known.and_then(|row| row.counts_from).or(Some(self.at))),
            Incomplete::NotCounted => Ok(None),
        }
    }

    /// Whether a row first saved at `at` came after it was due.
    fn came_late(
        &mut self,
        form: &FormRules,
        contact: Option<&Contact>,
        at: Moment,
    ) -> Result<bool, Halt> {
        let Some(contact) = contact.filter(|_| !form.due.is_unset()) else { return Ok(false) };
        let day_end = self.rules.upkeep.day_end.value().copied();
        let due = due_at(form, contact, day_end, &mut self.trail)?;
        let late = due.is_some_and(|due| at > due);
        if let Some(due) = due {
            self.trail.holds("in_time", !late, facts![until = due, at = at]);
        }
        Ok(late)
    }

    pub(super) fn hand_over(&mut self, id: RowId) -> Result<Outcome, Halt> {
        let Some(row) = self.book.row(id) else { return Err(Halt::refused("no_such_row")) };
        let rules = self.rules;
        let to = rules.form(row.register).map(|form| &form.handed_to);
        if let Some(handed) = to.filter(|to| to.value().is_some()) {
            self.trail.cite("handed_over", true, handed, Vec::new());
        }
        self.emit(Event::HandedOver { row: id });
        Ok(Outcome::Handed { to: to.and_then(|to| to.value().copied()) })
    }

    pub(super) fn confirm(&mut self, id: RowId) -> Result<Outcome, Halt> {
        let Some(row) = self.book.row(id) else { return Err(Halt::refused("no_such_row")) };
        let rules = self.rules;
        if let Some(form) = rules.form(row.register) {
            let may = form.confirmed_by.decided()?;
            let held = may.is_empty() || self.actor.is_any(may);
            self.trail.cite("may_confirm", held, &form.confirmed_by, Vec::new());
            if !held {
                return Err(Halt::refused("may_not_confirm"));
            }
        }
        self.emit(Event::Confirmed { row: id });
        Ok(Outcome::Recorded)
    }

    pub(super) fn sample(&mut self, id: RowId, is_true: bool) -> Result<Outcome, Halt> {
        let Some(row) = self.book.row(id) else { return Err(Halt::refused("no_such_row")) };
        let rules = self.rules;
        if let Some(form) = rules.form(row.register) {
            let checked = form.checked_by.value() == Some(&Check::SampleCallback);
            self.trail.cite("truth_checked", checked, &form.checked_by, Vec::new());
            if !checked {
                return Err(Halt::refused("truth_not_checked"));
            }
        }
        if !is_true {
            self.emit(Event::FoundUntrue { row: id });
        }
        Ok(Outcome::Recorded)
    }
}
