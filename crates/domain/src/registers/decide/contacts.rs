//! Contacts begin, end and turn out to be none of a client; numbers are given.

use rulebook::facts;

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{BookKind, Numbering, Occasion, PersonalNumber, Purpose},
        state::{Contact, ContactId},
    },
    Case, Halt,
};

impl Case<'_> {
    pub(super) fn begin(&mut self, contact: &Contact) -> Result<Outcome, Halt> {
        let numbered = matches!(contact.occasion, Occasion::Visit | Occasion::Call);
        let number = if numbered && !self.exempt(contact.purpose) {
            let numbering = &self.rules.numbering;
            let next = self.book.last_number.saturating_add(1);
            let in_order = numbering.order.value() == Some(&Numbering::Chronological);
            self.trail.cite("numbered_in_order", in_order, &numbering.order, facts![number = next]);
            Some(next)
        } else {
            None
        };
        self.emit(Event::Begun { contact: Contact { number, ..contact.clone() } });
        Ok(Outcome::Begun { number })
    }

    pub(super) fn end(&mut self, id: ContactId) -> Result<Outcome, Halt> {
        if self.book.contact(id).is_none() {
            return Err(Halt::refused("no_such_contact"));
        }
        self.emit(Event::Ended { id });
        Ok(Outcome::Recorded)
    }

    pub(super) fn code(&mut self, id: ContactId, purpose: Purpose) -> Result<Outcome, Halt> {
        if self.book.contact(id).is_none() {
            return Err(Halt::refused("no_such_contact"));
        }
        if self.exempt(Some(purpose)) {
            let exempt = &self.rules.exempt;
            let counted = *exempt.counted.decided()?;
            self.trail.cite("counted_as_visit", counted, &exempt.counted, Vec::new());
        }
        self.emit(Event::Coded { id, purpose });
        Ok(Outcome::Recorded)
    }

    /// Whether somebody who wants `purpose` need not be registered.
    pub(super) fn exempt(&mut self, purpose: Option<Purpose>) -> bool {
        let Some(purpose) = purpose else { return false };
        let purposes = &self.rules.exempt.purposes;
        let held = purposes.value().is_some_and(|exempt| exempt.contains(&purpose));
        self.trail.cite("need_not_be_registered", held, purposes, facts![kind = purpose.word()])
    }

    pub(super) fn slip_in(&mut self, before: u32) -> Result<Outcome, Halt> {
        let order = &self.rules.numbering.order;
        let strict = *order.decided()? == Numbering::Chronological;
        self.trail.cite("numbered_in_order", strict, order, facts![number = before]);
        if strict { Err(Halt::refused("row_slipped_in")) } else { Ok(Outcome::Recorded) }
    }

    pub(super) fn number_personal(&mut self, public: u32, own: u32) -> Result<Outcome, Halt> {
        let numbering = &self.rules.numbering;
        let kept = numbering.books.decided()?.contains(&BookKind::Personal);
        self.trail.cite("personal_book_kept", kept, &numbering.books, Vec::new());
        if !kept {
            return Err(Halt::refused("no_personal_book"));
        }
        let equal = *numbering.personal.decided()? == PersonalNumber::Public;
        let facts = facts![number = own, public = public];
        self.trail.cite("number_equals_public", equal, &numbering.personal, facts);
        if equal && own != public {
            return Err(Halt::refused("number_differs_from_public"));
        }
        Ok(Outcome::Begun { number: Some(own) })
    }
}
