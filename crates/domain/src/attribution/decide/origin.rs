//! Whose client somebody is whom somebody receives, by how they came.

use rulebook::{Setting, Trail, facts};

use super::{
    super::{
        command::{Origin, Outcome, Way},
        events::Event,
        rules::{
            CallerOwner, NamedOther, OriginOwner, OriginRules, Principle, Rules, Unrecognised,
        },
        state::{Basis, Client, Contact, ContactKind},
    },
    Case, Halt, Standing,
};
use crate::{calendar::Moment, people::PersonId};

/// Whose a new client is by how they came.
enum Verdict {
    /// Somebody's.
    Owner(PersonId),
    /// Nobody's.
    Nobody,
    /// Somebody must rule between these.
    Ruling(Vec<PersonId>),
}

impl Case<'_> {
    pub(super) fn received(&mut self, by: PersonId, origin: &Origin) -> Result<Outcome, Halt> {
        let before = self.standing()?;
        self.emit(Event::Contacted {
            contact: Contact { by, kind: ContactKind::Visit, complete: true, at: self.at },
        });
        if let Some(before) = before {
            return self.returned(by, origin, before);
        }
        match self.by_origin(by, origin)? {
            Some(Verdict::Owner(owner)) => self.found(owner, Basis::Reception, self.at)?,
            Some(Verdict::Nobody) => {}
            Some(Verdict::Ruling(between)) => return Ok(self.dispute(between)),
            None => self.received_by_principle(by)?,
        }
        self.owned()
    }

    /// The principle says whose a client is whose origin the rulebook does not speak of.
    fn received_by_principle(&mut self, by: PersonId) -> Result<(), Halt> {
        let first = &self.rules.first.principle;
        let assigned = *first.decided()? == Principle::Assignment;
        self.trail.cite("principle", !assigned, first, facts![person = by]);
        if assigned { Ok(()) } else { self.found(by, Basis::Reception, self.at) }
    }

    /// A client who has an owner comes again, and `by` receives.
    fn returned(
        &mut self,
        by: PersonId,
        origin: &Origin,
        before: Standing,
    ) -> Result<Outcome, Halt> {
        let rules = &self.rules.returning;
        let owner = before.owner;
        let other = origin.named.filter(|named| *named != owner);
        if let Some(named) = other.filter(|_| !rules.named_other.is_unset()) {
            let setting = &rules.named_other;
            let facts = facts![named, owner];
            match self.trail.apply("owner_by_naming", setting, facts)? {
                NamedOther::Named => {
                    let basis = Basis::Reception;
                    return self.hand_over(named, basis, self.at, &setting.clauses);
                }
                NamedOther::Owner => return self.owned(),
                NamedOther::Dispute => return Ok(self.dispute(vec![owner, named])),
            }
        }
        if origin.unrecognised && by != owner && !rules.unrecognised.is_unset() {
            let setting = &rules.unrecognised;
            let invited = origin.way == Way::Invited;
            let tended = invited || self.followed_up(before);
            self.trail.holds("followed_up_or_invited", tended, facts![person = owner]);
            let rule = self.trail.apply("unrecognised", setting, facts![person = owner])?;
            if rule == Unrecognised::New && !tended {
                return self.hand_over(by, Basis::Reception, self.at, &setting.clauses);
            }
            return self.owned();
        }
        self.trail.holds("has_owner", true, facts![person = owner]);
        let first = &self.rules.first.principle;
        let by_principle = first.value().is_some_and(|first| *first != Principle::Assignment);
        self.trail.cite("principle", by_principle, first, facts![person = owner]);
        if by_principle && by != owner {
            // Should the owner's right lapse, whoever received meanwhile comes next.
            self.found(by, Basis::Reception, self.at)?;
        }
        self.owned()
    }

    /// Whether the owner has followed up since their right began.
    fn followed_up(&self, before: Standing) -> bool {
        self.client.contacts.iter().any(|contact| {
            contact.by == before.owner
                && contact.kind == ContactKind::FollowUp
                && contact.at >= before.since
                && contact.at <= self.at
        })
    }

    /// Whose a new client is by how they came; nothing where the rulebook does not say.
    fn by_origin(&mut self, by: PersonId, origin: &Origin) -> Result<Option<Verdict>, Halt> {
        let (rules, first) = (&self.rules.origin, &self.rules.first);
        let named = origin.named.is_some();
        if origin.way == Way::Called && !named && !first.caller.is_unset() {
            let rule = self.trail.apply("caller_owner", &first.caller, facts![person = by])?;
            if let (CallerOwner::Answerer, Some(contact)) = (rule, origin.contact) {
                return Ok(Some(Verdict::Owner(contact)));
            }
        }
        let Some(setting) = setting_of(rules, origin) else { return Ok(None) };
        let rule = self.trail.apply("origin", setting, facts![way = origin.way.word()])?;
        Ok(Some(verdict(rule, by, origin)))
    }

    /// Several lay claim to the client: nobody loses or gains anything until somebody rules.
    fn dispute(&mut self, between: Vec<PersonId>) -> Outcome {
        self.emit(Event::Disputed { between: between.clone() });
        Outcome::Disputed { between }
    }
}

/// Whether the rulebook says what a reception of somebody who came by `origin` does to whose client
/// they are; if not, the rotation's own rule stands.
#[must_use]
pub fn speaks(rules: &Rules, client: &Client, origin: &Origin, at: Moment) -> bool {
    let standing = super::standing(rules, client, at, &mut Trail::default()).ok().flatten();
    let Some(standing) = standing else {
        let called = origin.way == Way::Called && origin.named.is_none();
        let answerer = rules.first.caller.value() == Some(&CallerOwner::Answerer);
        let contact = origin.contact.is_some();
        return called && answerer && contact || setting_of(&rules.origin, origin).is_some();
    };
    let other = origin.named.is_some_and(|named| named != standing.owner);
    (other && !rules.returning.named_other.is_unset())
        || (origin.unrecognised && !rules.returning.unrecognised.is_unset())
}

/// The setting that says whose a new client is who came by `origin`, if one is decided.
fn setting_of<'a>(rules: &'a OriginRules, origin: &Origin) -> Option<&'a Setting<OriginOwner>> {
    let named = origin.named.is_some();
    let general = pick(named, &rules.named, &rules.new);
    let own = match origin.way {
        Way::OwnAccord | Way::Called => general,
        Way::Unknown => pick(named, &rules.named, &rules.unknown),
        Way::Invited => pick(named, &rules.invited_named, &rules.invited_unnamed),
        Way::Outreach => pick(named, &rules.outreach_named, &rules.outreach_unnamed),
        Way::Introduced { closed: false, .. } => {
            pick(named, &rules.referral_open_named, &rules.referral_open_unnamed)
        }
        Way::Introduced { closed: true, .. } => {
            pick(named, &rules.referral_closed_named, &rules.referral_closed_unnamed)
        }
        Way::Relative { .. } => pick(named, &rules.relative_named, &rules.relative_unnamed),
    };
    [own, general].into_iter().find(|setting| !setting.is_unset())
}

const fn pick<'a>(
    named: bool,
    with: &'a Setting<OriginOwner>,
    without: &'a Setting<OriginOwner>,
) -> &'a Setting<OriginOwner> {
    if named { with } else { without }
}

/// Whose client it is by `rule`; the receiver's, where whom it speaks of is not known.
fn verdict(rule: OriginOwner, by: PersonId, origin: &Origin) -> Verdict {
    let introducer = match origin.way {
        Way::Introduced { owner, .. } => Some(owner),
        _ => None,
    };
    let relative = match origin.way {
        Way::Relative { of } => Some(of),
        _ => None,
    };
    match rule {
        OriginOwner::Receiver => Verdict::Owner(by),
        OriginOwner::Named => Verdict::Owner(origin.named.unwrap_or(by)),
        OriginOwner::Contact => Verdict::Owner(origin.contact.unwrap_or(by)),
        OriginOwner::IntroducerOwner => Verdict::Owner(introducer.unwrap_or(by)),
        OriginOwner::Relative => Verdict::Owner(relative.unwrap_or(by)),
        OriginOwner::HolderAndReceiver => match introducer.filter(|holder| *holder != by) {
            Some(holder) => Verdict::Ruling(vec![holder, by]),
            None => Verdict::Owner(by),
        },
        OriginOwner::Ruling => {
            let known = [introducer, relative, origin.contact, origin.named, Some(by)];
            let mut between: Vec<PersonId> = Vec::new();
            for person in known.into_iter().flatten() {
                if !between.contains(&person) {
                    between.push(person);
                }
            }
            Verdict::Ruling(between)
        }
        OriginOwner::Nobody => Verdict::Nobody,
    }
}

impl Way {
    /// Its word, a translation key.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OwnAccord => "own_accord",
            Self::Unknown => "unknown_origin",
            Self::Called => "called",
            Self::Invited => "invited",
            Self::Outreach => "outreach",
            Self::Introduced { closed: false, .. } => "introduced_by_open",
            Self::Introduced { closed: true, .. } => "introduced_by_closed",
            Self::Relative { .. } => "staff_relative",
        }
    }
}
