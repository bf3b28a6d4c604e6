//! Client files: saving, changing, deleting, classing, looking at what is masked.

use std::collections::BTreeSet;

use rulebook::facts;

use super::{
    super::{
        command::{Command, Outcome},
        events::Event,
        rules::{Deletion, Doubles, Edit, FeedbackKind, Item, Register, ShownTo},
        state::Change,
    },
    Case, Halt,
};
use crate::people::{ClientId, PersonId};

impl Case<'_> {
    /// Carries out what is asked about a client's file.
    pub(super) fn about_file(&mut self, command: &Command) -> Result<Outcome, Halt> {
        match command {
            Command::SaveFile { client, by, items, digits, double } => {
                self.telephone_holds(*digits)?;
                self.save_file(*client, *by, items, *double)
            }
            Command::Edit { client, item, by } => self.edit(*client, *item, *by),
            Command::ApproveEdit { client } => self.approve_edit(*client),
            Command::Delete { client } => self.delete(*client),
            Command::LookAtTelephone { client, by } => self.look(*client, *by),
            Command::Fix { client } => {
                let setting = &self.rules.card.on_fixed;
                self.cards("fixed_client_listed", *client, setting.clone())
            }
            Command::ApproveReport { client } => {
                let setting = &self.rules.card.on_report;
                self.cards("card_made_on_report", *client, setting.clone())
            }
            Command::Feedback { client, kind } => self.feedback(*client, *kind),
            Command::Refer { client, referred } => {
                let link = &self.rules.file.referral_link;
                let linked = *link.decided()?;
                self.trail.cite("referral_linked", linked, link, Vec::new());
                if !linked {
                    return Err(Halt::refused("referrals_not_linked"));
                }
                self.done(Event::Referred { client: *client, referred: *referred })
            }
            _ => Err(Halt::refused("no_such_command")),
        }
    }

    fn done(&mut self, event: Event) -> Result<Outcome, Halt> {
        self.emit(event);
        Ok(Outcome::Recorded)
    }

    fn telephone_holds(&mut self, digits: Option<u32>) -> Result<(), Halt> {
        let setting = &self.rules.file.telephone_digits;
        let (Some(digits), Some(wanted)) = (digits, setting.value()) else { return Ok(()) };
        let right = digits == *wanted;
        let facts = facts![digits = digits, limit = *wanted];
        self.trail.cite("telephone_complete", right, setting, facts);
        if right { Ok(()) } else { Err(Halt::Refused("telephone_wrong", vec![Item::Telephone])) }
    }

    fn save_file(
        &mut self,
        client: ClientId,
        by: PersonId,
        items: &BTreeSet<Item>,
        double: Option<ClientId>,
    ) -> Result<Outcome, Halt> {
        let rules = self.rules;
        let known = self.book.files.get(&client).cloned();
        let all: BTreeSet<Item> =
            items.iter().chain(known.iter().flat_map(|file| &file.items)).copied().collect();
        let (missing, recommended) = self.file_lacks(&all)?;
        self.sensitive(items)?;
        self.emit(Event::FileSaved { client, by, items: items.clone() });
        if known.is_none() {
            self.cards("cards_made_with_file", client, rules.card.on_file.clone())?;
        }
        if let Some(owner) = known.and_then(|file| file.owner).filter(|owner| *owner != by) {
            let told = rules.file.owner_told_of.decided()?;
            if items.iter().any(|item| told.contains(item)) {
                let facts = facts![person = owner];
                self.trail.cite("owner_told", true, &rules.file.owner_told_of, facts);
                self.emit(Event::OwnerTold { client, owner });
            }
        }
        if let Some(with) = double {
            let setting = &rules.file.doubles;
            let rule = *setting.decided()?;
            self.trail.cite("same_telephone_on_file", true, setting, facts![kind = rule.word()]);
            match rule {
                Doubles::Offered => return Ok(Outcome::MergeOffered { with }),
                Doubles::Refused => return Err(Halt::refused("telephone_on_file")),
                Doubles::Kept => {}
            }
        }
        let written = vec![Register::ClientFile];
        let counts_from = Some(self.at);
        let (unsigned, late) = (false, false);
        Ok(Outcome::Saved { missing, recommended, unsigned, counts_from, late, written })
    }

    fn file_lacks(&mut self, items: &BTreeSet<Item>) -> Result<(Vec<Item>, Vec<Item>), Halt> {
        let rules = self.rules;
        let mut missing = Vec::new();
        if let Some(form) = rules.form(Register::ClientFile).filter(|form| form.is_kept()) {
            let refusable = form.refusable.decided()?;
            missing =
                super::missing_of(form.required.decided()?, refusable, items, &BTreeSet::new());
            let facts = facts![missing = missing.len()];
            self.trail.cite("required_fields", missing.is_empty(), &form.required, facts);
            let refused = *form.incomplete.decided()? == super::super::rules::Incomplete::Refused;
            if refused && !missing.is_empty() {
                self.trail.cite("incomplete", false, &form.incomplete, Vec::new());
                return Err(Halt::Refused("form_incomplete", missing));
            }
        }
        let fields = [rules.file.basic.decided()?, rules.file.traits.decided()?];
        let recommended =
            fields.iter().flat_map(|list| list.iter()).filter(|item| !items.contains(item));
        Ok((missing, recommended.copied().collect()))
    }

    /// Notes that items which the rulebook calls sensitive are stored.
    fn sensitive(&mut self, items: &BTreeSet<Item>) -> Result<(), Halt> {
        let sensitive = &self.rules.file.sensitive;
        let flagged = sensitive.decided()?;
        if items.iter().any(|item| flagged.contains(item)) {
            self.trail.cite("sensitive", true, sensitive, Vec::new());
        }
        Ok(())
    }

    fn cards(
        &mut self,
        condition: &str,
        client: ClientId,
        setting: rulebook::Setting<Vec<Register>>,
    ) -> Result<Outcome, Halt> {
        let made = setting.decided()?;
        if !made.is_empty() {
            self.trail.cite(condition, true, &setting, facts![number = made.len()]);
        }
        for register in made {
            self.emit(Event::CardMade { client, register: *register });
        }
        Ok(Outcome::Recorded)
    }

    fn edit(&mut self, client: ClientId, item: Item, by: PersonId) -> Result<Outcome, Halt> {
        let change = &self.rules.change;
        let rule = *change.edit.decided()?;
        let made = Change { item, by, at: self.at };
        self.trail.cite("change_guarded", rule != Edit::Audited, &change.edit, Vec::new());
        if rule != Edit::Audited {
            let may = change.edit_by.decided()?;
            let held = self.actor.is_any(may);
            self.trail.cite("may_change", held, &change.edit_by, Vec::new());
            if !held && rule == Edit::Permission {
                return Err(Halt::refused("may_not_change"));
            }
            if !held {
                self.emit(Event::ChangeProposed { client, change: made });
                return Ok(Outcome::SentForApproval);
            }
        }
        self.done(Event::Changed { client, change: made })
    }

    fn approve_edit(&mut self, client: ClientId) -> Result<Outcome, Halt> {
        let change = &self.rules.change;
        let may = change.edit_by.decided()?;
        let held = self.actor.is_any(may);
        self.trail.cite("may_change", held, &change.edit_by, Vec::new());
        if !held {
            return Err(Halt::refused("may_not_change"));
        }
        let proposed = self.book.file(client).proposed.last().copied();
        let Some(change) = proposed else { return Err(Halt::refused("nothing_proposed")) };
        self.done(Event::Changed { client, change })
    }

    fn delete(&mut self, client: ClientId) -> Result<Outcome, Halt> {
        let setting = &self.rules.change.deletion;
        let allowed = *setting.decided()? == Deletion::Allowed;
        self.trail.cite("deletion_allowed", allowed, setting, Vec::new());
        if allowed {
            self.done(Event::Deleted { client })
        } else {
            Err(Halt::refused("deletion_forbidden"))
        }
    }

    fn look(&mut self, client: ClientId, by: PersonId) -> Result<Outcome, Halt> {
        let setting = &self.rules.file.telephone_shown_to;
        let all = *setting.decided()? == ShownTo::All;
        let shown = all || self.book.file(client).owner == Some(by);
        self.trail.cite("telephone_shown", shown, setting, facts![person = by]);
        Ok(if shown { Outcome::Shown } else { Outcome::Masked })
    }

    fn feedback(&mut self, client: ClientId, kind: Option<FeedbackKind>) -> Result<Outcome, Halt> {
        let setting = &self.rules.file.feedback_kinds;
        let kinds = setting.decided()?;
        let known = kind.filter(|kind| kinds.contains(kind));
        self.trail.cite("feedback_kind", known.is_some(), setting, Vec::new());
        let Some(kind) = known else { return Err(Halt::refused("feedback_kind_missing")) };
        self.done(Event::SaidSomething { client, kind })
    }
}
