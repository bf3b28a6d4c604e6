//! What a rulebook may say about rotation 轮排.

mod duty_tables;
mod duty_words;
mod needed;
mod proposals;
mod tables;
mod words;

use std::collections::BTreeMap;

use rulebook::{Document, Problems, Schema};

pub use duty_tables::*;
pub use duty_words::*;
pub use needed::Needed;
pub use proposals::proposal;
pub use tables::*;
pub use words::*;

/// The rotation rules of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// `[rotation.order]`
    pub order: OrderRules,
    /// `[rotation.rings]`
    pub rings: RingRules,
    /// `[rotation.batches]`
    pub batches: BatchRules,
    /// `[rotation.members]`
    pub members: MemberRules,
    /// `[rotation.hours]`
    pub hours: HourRules,
    /// `[rotation.away]`
    pub away: AwayRules,
    /// `[rotation.absence.<kind>]`
    pub absence: BTreeMap<AbsenceKind, AbsenceRules>,
    /// `[rotation.busy]`
    pub busy: BTreeMap<BusyKind, BusyRules>,
    /// `[rotation.concurrent]`
    pub concurrent: ConcurrentRules,
    /// `[rotation.make_up]`
    pub make_up: MakeUpRules,
    /// `[rotation.offer]`
    pub offer: OfferRules,
    /// `[rotation.forfeit]`
    pub forfeit: ForfeitRules,
    /// `[rotation.breach.<kind>]`
    pub breach: BTreeMap<BreachKind, BreachRules>,
    /// `[rotation.standing]`
    pub standing: StandingRules,
    /// `[rotation.posts]`
    pub posts: PostRules,
    /// `[rotation.nobody_free]`
    pub nobody_free: NobodyFreeRules,
    /// `[rotation.help]`
    pub help: HelpRules,
    /// `[rotation.situation.<name>]`
    pub situation: BTreeMap<Situation, SituationRules>,
    /// `[rotation.rush]`
    pub rush: RushRules,
    /// `[rotation.assigned]`
    pub assigned: AssignedRules,
    /// `[rotation.assessment]`
    pub assessment: AssessmentRules,
    /// `[rotation.roster]`
    pub roster: RosterRules,
    /// `[rotation.planned]`
    pub planned: PlannedRules,
    /// `[rotation.fairness]`
    pub fairness: FairnessRules,
    /// `[rotation.found.colleague]`
    pub colleague: ColleagueRules,
    /// `[rotation.found.non_buyer]`
    pub non_buyer: NonBuyerRules,
    /// `[rotation.found.short_visit]`
    pub short_visit: ShortVisitRules,
}

impl Rules {
    /// Reads the rotation rules of `document`; what is wrong goes to `problems`.
    #[must_use]
    pub fn read(document: &Document, problems: &mut Problems) -> Self {
        let d = document;
        let rules = Self {
            order: OrderRules::read(d, "rotation.order", problems),
            rings: RingRules::read(d, "rotation.rings", problems),
            batches: BatchRules::read(d, "rotation.batches", problems),
            members: MemberRules::read(d, "rotation.members", problems),
            hours: HourRules::read(d, "rotation.hours", problems),
            away: AwayRules::read(d, "rotation.away", problems),
            absence: each(AbsenceKind::ALL, |kind| {
                AbsenceRules::read(d, &format!("rotation.absence.{}", kind.word()), problems)
            }),
            busy: each(BusyKind::ALL, |kind| {
                BusyRules::read(d, &format!("rotation.busy.{}", kind.word()), problems)
            }),
            concurrent: ConcurrentRules::read(d, "rotation.concurrent", problems),
            make_up: MakeUpRules::read(d, "rotation.make_up", problems),
            offer: OfferRules::read(d, "rotation.offer", problems),
            forfeit: ForfeitRules::read(d, "rotation.forfeit", problems),
            breach: each(BreachKind::ALL, |kind| {
                BreachRules::read(d, &format!("rotation.breach.{}", kind.word()), problems)
            }),
            standing: StandingRules::read(d, "rotation.standing", problems),
            posts: PostRules::read(d, "rotation.posts", problems),
            nobody_free: NobodyFreeRules::read(d, "rotation.nobody_free", problems),
            help: HelpRules::read(d, "rotation.help", problems),
            situation: each(Situation::ALL, |situation| {
                let prefix = format!("rotation.situation.{}", situation.word());
                SituationRules::read(d, &prefix, problems)
            }),
            rush: RushRules::read(d, "rotation.rush", problems),
            assigned: AssignedRules::read(d, "rotation.assigned", problems),
            assessment: AssessmentRules::read(d, "rotation.assessment", problems),
            roster: RosterRules::read(d, "rotation.roster", problems),
            planned: PlannedRules::read(d, "rotation.planned", problems),
            fairness: FairnessRules::read(d, "rotation.fairness", problems),
            colleague: ColleagueRules::read(d, "rotation.found.colleague", problems),
            non_buyer: NonBuyerRules::read(d, "rotation.found.non_buyer", problems),
            short_visit: ShortVisitRules::read(d, "rotation.found.short_visit", problems),
        };
        rules.check_likeness(document, problems);
        rules.check_give_ups(document, problems);
        rules
    }

    /// Whoever gives a turn up cannot keep it.
    fn check_give_ups(&self, document: &Document, problems: &mut Problems) {
        for setting in [&self.forfeit.idle_result, &self.forfeit.voluntary_result] {
            let kept = setting.value() == Some(&Passing::Kept);
            if let Some(written) = document.setting(&setting.path).filter(|_| kept) {
                problems.error(
                    written.place(),
                    [
                        format!("`{} = \"kept\"`：放弃的轮次不能保留", setting.path),
                        format!(
                            "`{} = \"kept\"`: a turn that is given up cannot be kept",
                            setting.path
                        ),
                    ],
                    [
                        "请写 \"lost\"、\"to_end\" 或 \"make_up\"",
                        "write \"lost\", \"to_end\" or \"make_up\"",
                    ],
                );
            }
        }
    }

    /// A situation may be treated like another only where that has rules of its own.
    fn check_likeness(&self, document: &Document, problems: &mut Problems) {
        for rules in self.situation.values() {
            let Some(like) = rules.like.value() else { continue };
            let further = self.situation.get(like).and_then(|rules| rules.like.value());
            let (Some(further), Some(written)) = (further, document.setting(&rules.like.path))
            else {
                continue;
            };
            problems.error(
                written.place(),
                [
                    format!(
                        "`{}` 是 `{}`，而它本身又按 `{}` 处理",
                        rules.like.path,
                        like.word(),
                        further.word()
                    ),
                    format!(
                        "`{}` is `{}`, which is itself treated like `{}`",
                        rules.like.path,
                        like.word(),
                        further.word()
                    ),
                ],
                [
                    format!("请写 `{}`，或为 `{}` 单独规定", further.word(), like.word()),
                    format!(
                        "write `{}`, or give `{}` rules of its own",
                        further.word(),
                        like.word()
                    ),
                ],
            );
        }
    }

    /// Declares every rotation setting.
    pub fn declare(schema: &mut Schema) {
        OrderRules::declare(schema, "rotation.order");
        RingRules::declare(schema, "rotation.rings");
        BatchRules::declare(schema, "rotation.batches");
        MemberRules::declare(schema, "rotation.members");
        HourRules::declare(schema, "rotation.hours");
        AwayRules::declare(schema, "rotation.away");
        for kind in AbsenceKind::ALL {
            AbsenceRules::declare(schema, &format!("rotation.absence.{}", kind.word()));
        }
        for kind in BusyKind::ALL {
            BusyRules::declare(schema, &format!("rotation.busy.{}", kind.word()));
        }
        ConcurrentRules::declare(schema, "rotation.concurrent");
        MakeUpRules::declare(schema, "rotation.make_up");
        OfferRules::declare(schema, "rotation.offer");
        ForfeitRules::declare(schema, "rotation.forfeit");
        for kind in BreachKind::ALL {
            BreachRules::declare(schema, &format!("rotation.breach.{}", kind.word()));
        }
        StandingRules::declare(schema, "rotation.standing");
        PostRules::declare(schema, "rotation.posts");
        NobodyFreeRules::declare(schema, "rotation.nobody_free");
        HelpRules::declare(schema, "rotation.help");
        for situation in Situation::ALL {
            SituationRules::declare(schema, &format!("rotation.situation.{}", situation.word()));
        }
        RushRules::declare(schema, "rotation.rush");
        AssignedRules::declare(schema, "rotation.assigned");
        AssessmentRules::declare(schema, "rotation.assessment");
        RosterRules::declare(schema, "rotation.roster");
        PlannedRules::declare(schema, "rotation.planned");
        FairnessRules::declare(schema, "rotation.fairness");
        ColleagueRules::declare(schema, "rotation.found.colleague");
        NonBuyerRules::declare(schema, "rotation.found.non_buyer");
        ShortVisitRules::declare(schema, "rotation.found.short_visit");
    }
}

/// A table of rules for each member of an enumeration.
fn each<K: Copy + Ord, R>(all: &[K], mut read: impl FnMut(K) -> R) -> BTreeMap<K, R> {
    all.iter().map(|key| (*key, read(*key))).collect()
}
