//! What a rulebook may say about commission 佣金.

mod needed;
mod tables;
mod words;

use rulebook::{Document, Problems, Schema, Setting};

pub use tables::*;
pub use words::*;

use super::share::Split;

/// The commission rules of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// `[commission.closing]`
    pub closing: ClosingRules,
    /// `[commission.split]`
    pub split: SplitRules,
    /// `[commission.negotiation]`
    pub negotiation: NegotiationRules,
    /// `[commission.sharing]`
    pub sharing: SharingRules,
    /// `[commission.pay]`
    pub pay: PayRules,
    /// `[commission.appraisal]`
    pub appraisal: AppraisalRules,
}

impl Rules {
    /// Reads the commission rules of `document`; what is wrong goes to `problems`.
    #[must_use]
    pub fn read(document: &Document, problems: &mut Problems) -> Self {
        let d = document;
        let rules = Self {
            closing: ClosingRules::read(d, "commission.closing", problems),
            split: SplitRules::read(d, "commission.split", problems),
            negotiation: NegotiationRules::read(d, "commission.negotiation", problems),
            sharing: SharingRules::read(d, "commission.sharing", problems),
            pay: PayRules::read(d, "commission.pay", problems),
            appraisal: AppraisalRules::read(d, "commission.appraisal", problems),
        };
        rules.check(d, problems);
        rules
    }

    /// Declares every commission setting.
    pub fn declare(schema: &mut Schema) {
        ClosingRules::declare(schema, "commission.closing");
        SplitRules::declare(schema, "commission.split");
        NegotiationRules::declare(schema, "commission.negotiation");
        SharingRules::declare(schema, "commission.sharing");
        PayRules::declare(schema, "commission.pay");
        AppraisalRules::declare(schema, "commission.appraisal");
    }

    /// The setting that shares a deal in `situation`; nothing where the shares are fixed already.
    #[must_use]
    pub const fn split_of(&self, situation: Situation) -> Option<&Setting<Split>> {
        let split = &self.split;
        Some(match situation {
            Situation::Own => &split.own,
            Situation::SameDayColleague => &split.same_day_colleague,
            Situation::LaterColleague => &split.later_colleague,
            Situation::ReferralAway => &split.referral_away,
            Situation::OwnerAbsentUnfollowed => &split.owner_absent_unfollowed,
            Situation::OwnerAbsentFollowed => &split.owner_absent_followed,
            Situation::Delegate => &split.delegate,
            Situation::Colleague => &split.colleague,
            Situation::Joint => &split.joint,
            Situation::ThirdPartyRelation => &split.third_party_relation,
            Situation::ChangedForCause => &split.changed_for_cause,
            Situation::Fixed => return None,
        })
    }

    /// What can be read and still makes no sense.
    fn check(&self, document: &Document, problems: &mut Problems) {
        let own = &self.split.own;
        let others = own.value().is_some_and(|split| *split != Split::Owner);
        if let Some(written) = document.setting(&own.path).filter(|_| others) {
            problems.error(
                written.place(),
                format!("`{}` concerns one person only", own.path),
                "write \"owner\": nobody else has a part in it",
            );
        }
        let fallback = &self.negotiation.fallback;
        let again = fallback.value() == Some(&Split::Negotiated);
        if let Some(written) = document.setting(&fallback.path).filter(|_| again) {
            problems.error(
                written.place(),
                format!("`{}` cannot be negotiated again", fallback.path),
                "write who gets what where they do not agree, such as \"owner\"",
            );
        }
    }
}
