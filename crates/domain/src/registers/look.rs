//! What the registers show: open forms and what comes of them, gaps, completeness, lists, numbers.

use std::collections::BTreeSet;

use rulebook::{Setting, Trail, Undecided, facts};
use serde::{Deserialize, Serialize};

use super::{
    decide::{due_at, missing_of},
    rules::{BookKind, Item, Overdue, Register, Rules},
    state::{Book, Contact, ContactId, RowId},
};
use crate::{
    calendar::Moment,
    people::{ClientId, PersonId},
};

/// A form that is demanded, and not there or not complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenForm {
    /// Which form.
    pub register: Register,
    /// About which contact.
    pub contact: ContactId,
    /// Who owes it.
    pub by: Option<PersonId>,
    /// About whom.
    pub client: Option<ClientId>,
    /// The row that lacks something, where there is one.
    pub row: Option<RowId>,
    /// What it lacks; all that is required where there is no row.
    pub missing: Vec<Item>,
    /// By when it is due, where somebody has decided.
    pub due: Option<Moment>,
    /// Whether that has passed.
    pub overdue: bool,
}

/// Every form that is open at `at`, in the order of the contacts.
///
/// `day_over` says that the working day has been closed before its end by the clock.
pub fn open_forms(
    rules: &Rules,
    book: &Book,
    at: Moment,
    day_over: bool,
    trail: &mut Trail,
) -> Result<Vec<OpenForm>, Undecided> {
    let mut open = Vec::new();
    for contact in book.contacts.iter().filter(|contact| contact.ended_at.is_some()) {
        if is_exempt(rules, contact, trail) {
            continue;
        }
        for register in rules.kept() {
            let form = open_form(rules, book, contact, register, (at, day_over), trail)?;
            open.extend(form);
        }
    }
    Ok(open)
}

/// Whether `contact` is of somebody who need not be registered.
pub fn is_exempt(rules: &Rules, contact: &Contact, trail: &mut Trail) -> bool {
    let Some(purpose) = contact.purpose else { return false };
    let purposes = &rules.exempt.purposes;
    let held = purposes.value().is_some_and(|exempt| exempt.contains(&purpose));
    trail.cite("need_not_be_registered", held, purposes, facts![kind = purpose.word()])
}

fn open_form(
    rules: &Rules,
    book: &Book,
    contact: &Contact,
    register: Register,
    (at, day_over): (Moment, bool),
    trail: &mut Trail,
) -> Result<Option<OpenForm>, Undecided> {
    let Some(form) = rules.form(register) else { return Ok(None) };
    if !form.demanded_by.decided()?.contains(&contact.occasion) {
        return Ok(None);
    }
    let applies = form.clients.decided()?.contains(&contact.acquaintance);
    trail.cite("for_clients", applies, &form.clients, facts![kind = contact.acquaintance.word()]);
    if !applies {
        return Ok(None);
    }
    let copied = |other: &Register| {
        let copies = rules.form(*other).and_then(|form| form.copied_to.value());
        copies.is_some_and(|copies| copies.contains(&register))
    };
    let row = book.rows.iter().find(|row| {
        row.contact == Some(contact.id) && (row.register == register || copied(&row.register))
    });
    let (required, refusable) = (form.required.decided()?, form.refusable.decided()?);
    let empty = BTreeSet::new();
    let (items, refused) = row.map_or((&empty, &empty), |row| (&row.items, &row.refused));
    let own = row.is_none_or(|row| row.register == register);
    let missing = if own { missing_of(required, refusable, items, refused) } else { Vec::new() };
    let unsigned = *form.signature.decided()? && row.is_some_and(|row| row.signed_at.is_none());
    if row.is_some() && missing.is_empty() && !unsigned {
        return Ok(None);
    }
    trail.cite("demanded_by", true, &form.demanded_by, facts![kind = contact.occasion.word()]);
    if row.is_some() {
        trail.cite("required_fields", false, &form.required, facts![missing = missing.len()]);
    }
    let mut due = None;
    if !form.due.is_unset() {
        due = due_at(form, contact, rules.upkeep.day_end.value().copied(), trail)?;
    }
    let by_day = form.due.value() == Some(&super::rules::Due::DayEnd) && day_over;
    let overdue = by_day || due.is_some_and(|due| at > due || (at == due && by_clock(form)));
    Ok(Some(OpenForm {
        register,
        contact: contact.id,
        by: contact.by,
        client: contact.client,
        row: row.map(|row| row.id),
        missing,
        due,
        overdue,
    }))
}

/// Whether the form is already late at the moment it is due, because it was due before that.
fn by_clock(form: &super::rules::FormRules) -> bool {
    use super::rules::Due;
    matches!(form.due.value(), Some(Due::Departure | Due::DayEnd))
}

/// Whether `consequence` comes of the forms that `person` owes.
pub fn comes_of(
    rules: &Rules,
    open: &[OpenForm],
    person: PersonId,
    consequence: Overdue,
    trail: &mut Trail,
) -> bool {
    let mut comes = false;
    for form in open.iter().filter(|form| form.by == Some(person)) {
        let Some(rule) = rules.form(form.register) else { continue };
        let listed = rule.overdue.value().is_some_and(|overdue| overdue.contains(&consequence));
        let held = listed && form.overdue;
        trail.cite("overdue", held, &rule.overdue, facts![kind = consequence.word()]);
        comes |= held;
    }
    comes
}

/// The fine proposed for `person`, yuan: for each form that is late or came late.
pub fn fine_of(
    rules: &Rules,
    book: &Book,
    open: &[OpenForm],
    person: PersonId,
    trail: &mut Trail,
) -> Result<u32, Undecided> {
    let mut fine: u32 = 0;
    let day_end = rules.upkeep.day_end.value().copied();
    let late_open = open.iter().filter(|form| form.by == Some(person) && form.overdue);
    let mut late: Vec<Register> = late_open.map(|form| form.register).collect();
    for row in book.rows.iter().filter(|row| row.by == person) {
        let contact = row.contact.and_then(|id| book.contact(id));
        let (Some(contact), Some(form)) = (contact, rules.form(row.register)) else { continue };
        let still_open = open.iter().any(|open| open.row == Some(row.id) && open.overdue);
        if form.due.is_unset() || still_open {
            continue;
        }
        let due = due_at(form, contact, day_end, trail)?;
        if due.is_some_and(|due| row.at > due) {
            late.push(row.register);
        }
    }
    for register in late {
        let Some(form) = rules.form(register) else { continue };
        let fined = form.overdue.decided()?.contains(&Overdue::Fine);
        trail.cite("overdue", fined, &form.overdue, facts![kind = Overdue::Fine.word()]);
        if let Some(yuan) = form.fine_yuan.limit()?.filter(|_| fined) {
            trail.cite("fined", true, &form.fine_yuan, facts![person = person, yuan = *yuan]);
            fine = fine.saturating_add(*yuan);
        }
    }
    Ok(fine)
}

/// How many are wanting where `expected` should be there and `found` are, by what `setting` demands.
pub fn gap<T: rulebook::value::Read>(
    setting: &Setting<T>,
    expected: u32,
    found: u32,
    trail: &mut Trail,
) -> u32 {
    let gap = expected.saturating_sub(found);
    trail.cite("nothing_missing", gap == 0, setting, facts![expected, found, missing = gap]);
    gap
}

/// Whether the two books differ in something, where both are kept.
pub fn mismatch(rules: &Rules, differing: usize, trail: &mut Trail) -> Result<bool, Undecided> {
    let books = rules.numbering.books.decided()?;
    let both = books.contains(&BookKind::Public) && books.contains(&BookKind::Personal);
    let differs = both && differing > 0;
    trail.cite("books_agree", !differs, &rules.numbering.books, facts![number = differing]);
    Ok(differs)
}

/// `part` of `whole` in per cent, rounded to the nearest; a hundred of nothing.
#[must_use]
pub fn percent(part: usize, whole: usize) -> u32 {
    if whole == 0 {
        return 100;
    }
    let doubled = part.saturating_mul(200).saturating_add(whole);
    u32::try_from(doubled / whole.saturating_mul(2)).unwrap_or(100).min(100)
}

/// How complete a file with `items` is, per cent, of the basic data and traits of the rulebook.
pub fn completeness(
    rules: &Rules,
    items: &BTreeSet<Item>,
    trail: &mut Trail,
) -> Result<u32, Undecided> {
    let fields = [&rules.file.basic, &rules.file.traits];
    let (mut filled, mut whole) = (0, 0);
    for setting in fields {
        let group = setting.decided()?;
        let there = group.iter().filter(|item| items.contains(item)).count();
        if !group.is_empty() {
            trail.cite("filled_in", true, setting, facts![filled = there, of = group.len()]);
        }
        filled += there;
        whole += group.len();
    }
    Ok(percent(filled, whole))
}

/// The mean of `shares`, per cent, rounded to the nearest.
#[must_use]
pub fn mean(shares: &[u32]) -> u32 {
    let sum: u32 = shares.iter().sum();
    let count = u32::try_from(shares.len()).unwrap_or(u32::MAX);
    (2 * sum + count).checked_div(2 * count).unwrap_or(0)
}

/// The client number `sequence` of the month of `at` by the rulebook's pattern: `YYYY`, `MM` and a
/// row of `n` stand for year, month and sequence.
pub fn client_number(
    rules: &Rules,
    at: Moment,
    sequence: u32,
    trail: &mut Trail,
) -> Result<String, Undecided> {
    let setting = &rules.numbering.rule;
    let Some(pattern) = setting.limit()? else { return Ok(sequence.to_string()) };
    trail.cite("numbered_by_rule", true, setting, facts![number = sequence]);
    let digits = pattern.chars().filter(|letter| *letter == 'n').count();
    let dated = pattern
        .replace("YYYY", &at.format("%Y").to_string())
        .replace("MM", &at.format("%m").to_string());
    let number = format!("{sequence:0digits$}");
    Ok(dated.replace(&"n".repeat(digits.max(1)), &number))
}

/// The next sequence after `last`, the highest ever given, where `standing` numbers still stand.
pub fn next_sequence(
    rules: &Rules,
    last: u32,
    standing: u32,
    trail: &mut Trail,
) -> Result<u32, Undecided> {
    let setting = &rules.numbering.reused;
    let reused = *setting.decided()?;
    trail.cite("number_reused", reused, setting, facts![number = last]);
    Ok(if reused { standing } else { last }.saturating_add(1))
}
