//! Registering a client, completing what is missing, and being in contact.

use std::collections::BTreeSet;

use rulebook::{Trail, Undecided, facts};

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{
            CallerOwner, Channel, CountsFrom, Field, Incomplete, Principle, RegistrationWindow,
            Rules, Uncountersigned,
        },
        state::{Basis, Client, Contact, ContactKind, Registration, RegistrationId, Right},
    },
    Case, Halt,
};
use crate::{calendar::Moment, people::PersonId};

impl Case<'_> {
    pub(super) fn register(
        &mut self,
        id: RegistrationId,
        by: PersonId,
        channel: Channel,
        fields: &BTreeSet<Field>,
        signed: bool,
    ) -> Result<Outcome, Halt> {
        if self.client.registration(id).is_some() {
            return Err(Halt::Refused("registered_already"));
        }
        let (at, fields) = (self.at, fields.clone());
        let signed_at = signed.then_some(at);
        let registration = Registration {
            id,
            by,
            channel,
            at,
            fields,
            signed_at,
            completed_at: at,
            countersigned_at: None,
        };
        let (missing, unsigned) = self.lacks(&registration)?;
        let refused = self.rules.registration.incomplete.value() == Some(&Incomplete::Refused);
        if refused && (!missing.is_empty() || unsigned) {
            self.trail.cite(
                "incomplete_refused",
                true,
                &self.rules.registration.incomplete,
                facts![missing = missing.len()],
            );
            return Err(Halt::Refused("registration_incomplete"));
        }
        self.emit(Event::Registered { registration: registration.clone() });
        self.take_effect(&registration, missing, unsigned)
    }

    pub(super) fn complete(
        &mut self,
        id: RegistrationId,
        fields: &BTreeSet<Field>,
        signed: bool,
    ) -> Result<Outcome, Halt> {
        let Some(before) = self.client.registration(id).cloned() else {
            return Err(Halt::Refused("no_such_registration"));
        };
        let (missing_before, unsigned_before) = self.lacks(&before)?;
        self.emit(Event::RegistrationCompleted { id, fields: fields.clone(), signed });
        let Some(after) = self.client.registration(id).cloned() else {
            return Err(Halt::Refused("no_such_registration"));
        };
        let (missing, unsigned) = self.lacks(&after)?;
        if missing_before.is_empty() && !unsigned_before {
            // It was valid before: more is known now, and nothing changes.
            let valid_from = Some(self.valid_from(&before));
            let provisional = self.uncountersigned(&after);
            return Ok(Outcome::Registered { valid_from, missing, unsigned, provisional });
        }
        self.take_effect(&after, missing, unsigned)
    }

    /// What `registration` lacks of what the rulebook demands.
    fn lacks(&mut self, registration: &Registration) -> Result<(Vec<Field>, bool), Halt> {
        let rules = &self.rules.registration;
        let required = rules.required.decided()?;
        let missing = registration.missing(required);
        self.trail.cite(
            "required_fields",
            missing.is_empty(),
            &rules.required,
            facts![missing = missing.len()],
        );
        let wanted = *rules.signature.decided()?;
        let unsigned = wanted && registration.signed_at.is_none();
        if wanted {
            self.trail.cite(
                "signed",
                !unsigned,
                &rules.signature,
                facts![person = registration.by],
            );
        }
        Ok((missing, unsigned))
    }

    fn valid_from(&self, registration: &Registration) -> Moment {
        match self.rules.registration.counts_from.value() {
            Some(CountsFrom::FirstEntry) => registration.at,
            _ => registration
                .signed_at
                .map_or(registration.completed_at, |signed| signed.max(registration.completed_at)),
        }
    }

    /// A registration that is complete counts, and may found a right.
    fn take_effect(
        &mut self,
        registration: &Registration,
        missing: Vec<Field>,
        unsigned: bool,
    ) -> Result<Outcome, Halt> {
        let rules = &self.rules.registration;
        let incomplete = !missing.is_empty() || unsigned;
        if incomplete {
            let counts = *rules.incomplete.decided()? == Incomplete::Valid;
            self.trail.cite(
                "incomplete",
                counts,
                &rules.incomplete,
                facts![missing = missing.len()],
            );
            if !counts {
                return Ok(registered(None, missing, unsigned));
            }
        }
        let provisional = self.uncountersigned(registration);
        if provisional {
            let setting = &self.rules.registration.uncountersigned;
            let facts = facts![person = registration.by];
            if self.trail.apply("uncountersigned", setting, facts)? == Uncountersigned::Invalid {
                let valid_from = None;
                return Ok(Outcome::Registered { valid_from, missing, unsigned, provisional });
            }
        }
        let valid_from = self.valid_from(registration);
        if self.founds_a_right(registration)? {
            let basis = Basis::Registration(registration.id);
            self.found(registration.by, basis, valid_from)?;
        }
        let valid_from = Some(valid_from);
        Ok(Outcome::Registered { valid_from, missing, unsigned, provisional })
    }

    /// Whether somebody must still countersign `registration`.
    fn uncountersigned(&mut self, registration: &Registration) -> bool {
        let setting = &self.rules.registration.countersigned_by;
        if setting.value().is_none_or(Vec::is_empty) {
            return false;
        }
        let signed = registration.countersigned_at.is_some();
        self.trail.cite("countersigned", signed, setting, facts![person = registration.by]);
        !signed
    }

    pub(super) fn countersign(&mut self, id: RegistrationId) -> Result<Outcome, Halt> {
        let Some(known) = self.client.registration(id) else {
            return Err(Halt::Refused("no_such_registration"));
        };
        if known.countersigned_at.is_some() {
            return Err(Halt::Refused("countersigned_already"));
        }
        let setting = self.rules.registration.countersigned_by.clone();
        self.authority(&setting)?;
        self.emit(Event::Countersigned { id });
        let Some(after) = self.client.registration(id).cloned() else {
            return Err(Halt::Refused("no_such_registration"));
        };
        let (missing, unsigned) = self.lacks(&after)?;
        self.take_effect(&after, missing, unsigned)
    }

    fn founds_a_right(&mut self, registration: &Registration) -> Result<bool, Halt> {
        let rules = &self.rules.registration;
        let channels = rules.channels.decided()?;
        let channel = registration.channel;
        let counts = channels.contains(&channel);
        self.trail.cite(
            "channel_counts",
            counts,
            &rules.channels,
            facts![channel = channel.word()],
        );
        if !counts {
            return Ok(false);
        }
        if channel == Channel::Call {
            let caller = &self.rules.first.caller;
            let owned = *caller.decided()? == CallerOwner::Answerer;
            self.trail.cite("caller_owned", owned, caller, facts![person = registration.by]);
            if !owned {
                return Ok(false);
            }
        }
        let leads = &self.rules.distribution.channels;
        if leads.value().is_some_and(|leads| leads.contains(&channel)) {
            self.trail.cite("distributed_lead", true, leads, facts![channel = channel.word()]);
            self.awaits_distribution();
            return Ok(false);
        }
        let first = &self.rules.first.principle;
        let principle = *first.decided()?;
        if principle == Principle::Assignment {
            self.awaits_distribution();
        }
        // A call that its answerer owns is a first reception too.
        let called = channel == Channel::Call && principle == Principle::Reception;
        let founds = called || principle == Principle::ValidRegistration;
        self.trail.cite("principle", founds, first, facts![person = registration.by]);
        Ok(founds)
    }

    /// The client waits for somebody in authority, unless somebody has them.
    fn awaits_distribution(&mut self) {
        let stands = self.client.rights.iter().any(|right| right.stands(self.at));
        if self.client.awaits.is_none() && !stands {
            self.emit(Event::AwaitsDistribution);
        }
    }

    /// Founds a right of `by`, unless one of theirs lives.
    pub(super) fn found(&mut self, by: PersonId, basis: Basis, from: Moment) -> Result<(), Halt> {
        let own: Vec<Right> = self
            .client
            .rights
            .iter()
            .filter(|r| r.by == by && r.stands(self.at))
            .cloned()
            .collect();
        for right in own {
            if self.lives(&right)? && self.rank_of(right.basis) <= self.rank_of(basis) {
                return Ok(());
            }
        }
        let days = self.days_of(basis);
        self.emit(Event::RightFounded { right: Right { by, basis, from, days, ended: None } });
        Ok(())
    }

    /// How many days a right lives: the registration of a call may have a period of its own.
    ///
    /// Whose client it is does not wait for the period to be decided; its lapse does.
    pub(super) fn days_of(&mut self, basis: Basis) -> Option<u32> {
        let validity = &self.rules.validity;
        let call = match basis {
            Basis::Registration(id) => {
                self.client.registration(id).is_some_and(|known| known.channel == Channel::Call)
            }
            _ => false,
        };
        if call && !validity.call_days.is_unset() {
            self.trail.cite("days_of_a_call", true, &validity.call_days, Vec::new());
            return validity.call_days.value().copied();
        }
        if validity.days.is_unset() {
            self.trail.cite("validity_undecided", true, &validity.days, Vec::new());
        }
        validity.days.value().copied()
    }

    pub(super) fn contact(&mut self, by: PersonId, kind: ContactKind, complete: bool) -> Outcome {
        let wanted = &self.rules.validity.complete_only;
        if !complete && wanted.value() == Some(&true) {
            self.trail.cite("record_complete", false, wanted, facts![person = by]);
        }
        self.emit(Event::Contacted { contact: Contact { by, kind, complete, at: self.at } });
        Outcome::Recorded
    }
}

/// A registration that is valid from `valid_from`, or not, and needs no countersignature.
const fn registered(valid_from: Option<Moment>, missing: Vec<Field>, unsigned: bool) -> Outcome {
    Outcome::Registered { valid_from, missing, unsigned, provisional: false }
}

/// Whether a visitor who has left should have been registered by `by` during the visit and was not.
pub fn registration_due(
    rules: &Rules,
    client: Option<&Client>,
    by: PersonId,
    trail: &mut Trail,
) -> Result<bool, Undecided> {
    let window = &rules.registration.window;
    let wanted = *window.decided()? == RegistrationWindow::DuringVisit;
    let registered = client.is_some_and(|client| {
        client.registrations.iter().any(|registration| registration.by == by)
    });
    trail.cite("registered_during_visit", registered, window, facts![person = by]);
    Ok(wanted && !registered)
}
