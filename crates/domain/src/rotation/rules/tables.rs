//! The tables of rotation settings.

use chrono::NaiveTime;
use rulebook::settings;

use super::{duty_words::*, words::*};

settings! {
    /// Who comes after whom.
    pub struct OrderRules {
        source: OrderSource = unset, "接待顺序的依据", "where the order comes from";
        carry_over: CarryOver = unset, "次日的起点", "where a new day starts";
        late_sign_in: LateSignIn = (LateSignIn::EndOfOrder), "迟到者的位置", "where a latecomer stands";
        cyclic: bool = true, "循环轮接", "the order loops";
        unit: Unit = (Unit::Group), "计一个轮次的单位", "what one turn is for";
        slot_minutes: u32 | none = unset, "每个时段的分钟数", "minutes of a slot";
        posted_by: Vec<Role> = (vec![Role::Supervisor, Role::Manager]), "谁制定顺序", "who sets the order";
        period_weeks: u32 = 0, "轮岗周期的周数(0 为不分期)", "weeks of a period, after which counts begin anew (0: none)";
    }
}

settings! {
    /// Which rings there are, and who deals.
    pub struct RingRules {
        teams: TeamRings = (TeamRings::One), "各组的轮排", "rings of the teams";
        phone: PhoneRing = (PhoneRing::Shared), "电话轮排", "the ring for calls";
        dealt_by: Vec<Role> = (vec![Role::Receptionist, Role::Secretary, Role::Consultant, Role::Supervisor, Role::Manager]), "谁安排接待", "who deals receptions";
    }
}

settings! {
    /// Halves of a team that take turns on site.
    pub struct BatchRules {
        count: u32 = 1, "批次数", "number of batches";
        alternate: Alternate = (Alternate::Daily), "批次轮换", "when batches alternate";
    }
}

settings! {
    /// Who is in the ring.
    pub struct MemberRules {
        certified_only: bool = true, "须达到上岗要求", "certified people only";
        unwell_excluded: bool = true, "身体状态不佳暂不接待", "unwell people are passed by";
        other_work_excluded: bool = true, "有其他工作安排暂不接待", "people with other work are passed by";
        leaving_excluded: bool = true, "离职办理期间不接待", "leavers are passed by";
        outsiders_may_receive: bool = false, "非轮岗人员可接待", "people outside the ring may receive";
        missed: Passing = (Passing::Kept), "停接事由期间轮到", "a turn that comes while somebody is taken out on a ground";
        grounds: Vec<Unfit> = (vec![Unfit::Training, Unfit::Unwell, Unfit::OtherWork, Unfit::Leaving, Unfit::Other]), "可停接的事由", "grounds on which somebody is taken out";
        grounds_closed: bool = false, "所列事由之外须说明理由", "a ground beyond those needs a reason";
        rostered_only: bool = false, "仅值班表上的人接待", "only who is on the published roster";
    }
}

settings! {
    /// When the rotation applies.
    pub struct HourRules {
        start: NaiveTime | none = unset, "轮排开始", "start of rotation";
        end: NaiveTime | none = unset, "轮排结束", "end of rotation";
        own_shift_only: bool = false, "本人班次外不计轮次", "receptions outside one's own shift do not count";
        evening_people: u32 = 0, "晚间值班人数", "people on evening duty";
    }
}

settings! {
    /// Leaving the floor.
    pub struct AwayRules {
        grace_from: GraceFrom = (GraceFrom::Leaving), "宽限起算", "where grace starts";
        confirmed_by: Vec<Role> = (vec![Role::Supervisor, Role::Manager]), "谁批准外出", "who approves an outing";
        most_at_once: u32 | none = unset, "同时离开的最多人数", "most people away at once";
        unpassed: Unpassed = (Unpassed::KeepsPlace), "未轮到即返回者", "who is back before their turn came";
        delegate_asked: bool = false, "离场前提示委托代接人", "whoever leaves is asked for a delegate";
    }
}

settings! {
    /// What an absence of one kind does to a turn that comes meanwhile.
    pub struct AbsenceRules {
        result: Passing = unset, "轮到时不在场", "a turn that comes meanwhile";
        grace_minutes: u32 = 0, "宽限分钟", "minutes of grace";
        grace_result: Passing = unset, "宽限内返回", "a turn when back within the grace";
        needs_confirmation: bool = false, "须经批准", "needs approval";
        unconfirmed_as: AbsenceKind = unset, "未获批准时视为", "what it counts as without approval";
        limit_minutes: u32 | none = unset, "最长分钟数", "longest minutes";
    }
}

settings! {
    /// What being busy does to a turn that comes meanwhile.
    pub struct BusyRules {
        result: Passing = unset, "轮到时正忙", "a turn that comes meanwhile";
        make_ups_most: u32 = 0, "一次忙碌最多补接数(0 为不限)", "most make-ups for one time of being busy (0: any number)";
    }
}

settings! {
    /// Several receptions at once.
    pub struct ConcurrentRules {
        new_clients_most: u32 | none = (1), "同时接待的新客户数", "new clients at once";
        permitted_by: Vec<Role> = (vec![Role::Manager]), "谁可许可例外", "who may permit more";
    }
}

settings! {
    /// Make-up turns.
    pub struct MakeUpRules {
        ordinary_place: OrdinaryPlace = unset, "补接的时机", "when an ordinary make-up is due";
        priority_first: bool = true, "优先补接先于补接", "priority before ordinary";
        among: Among = (Among::OldestFirst), "多个补接的先后", "the order of several make-ups";
        opens: MakeUpOpens = (MakeUpOpens::WhenFree), "补接何时可用", "when a make-up can be used";
        expires: MakeUpExpiry | none = unset, "补接的有效期", "when a make-up ends";
        held_most: u32 | none = unset, "最多持有补接数", "most make-ups of one person";
    }
}

settings! {
    /// Being called to a visitor.
    pub struct OfferRules {
        accept_seconds: u32 | none = unset, "应答时限(秒)", "seconds to accept";
        timeout: Passing = (Passing::Lost), "超时未应答", "no answer in time";
        decline: Passing = (Passing::Lost), "拒绝接待", "declining";
        decline_is_breach: bool = false, "拒绝接待即提请认定违规", "declining is proposed as a breach";
    }
}

settings! {
    /// Giving up a turn.
    pub struct ForfeitRules {
        idle_minutes: u32 | none = unset, "可放弃轮次的等候分钟", "minutes of waiting before one may waive";
        idle_result: Passing = (Passing::Lost), "等候过久后放弃", "a waived turn";
        voluntary_result: Passing = (Passing::Lost), "主动放弃", "a turn given up";
        voluntary_most: u32 | none = unset, "当日主动放弃次数", "voluntary give-ups that bring a suspension";
        suspension_days: u32 = 1, "停接天数", "days of suspension";
        suspend_from: SuspendFrom = (SuspendFrom::AtOnce), "停接起算", "from when it runs";
        automatic_counts: bool = false, "自动放弃计入主动放弃", "automatic give-ups count";
    }
}

settings! {
    /// What a breach does to the rotation.
    pub struct BreachRules {
        result: BreachResult = (BreachResult::None), "违规的轮排处理", "what the rotation does";
        suspension_days: u32 = 1, "停接天数", "days of suspension";
        suspend_from: SuspendFrom = (SuspendFrom::AtOnce), "停接起算", "from when it runs";
        half_rate_days: u32 | none = unset, "两排一轮的天数", "days of one turn in two rounds";
    }
}

settings! {
    /// Standing duty at the door.
    pub struct StandingRules {
        order: StandingOrder = (StandingOrder::None), "站岗顺序", "the order of standing duty";
        slot_minutes: u32 | none = unset, "每班站岗分钟", "minutes of a standing slot";
        start: NaiveTime | none = unset, "站岗开始", "start of standing duty";
        end: NaiveTime | none = unset, "站岗结束", "end of standing duty";
        missed: MissedStanding = (MissedStanding::Dropped), "被接待打断的站岗时间", "standing time cut short";
        owed: OwedStanding = (OwedStanding::NextChange), "欠站时间何时补", "when owed time is served";
        latecomer: LateStanding = (LateStanding::First), "迟到者站岗", "where a latecomer stands";
        idle_costs_turn: bool = false, "站满未遇客即失去轮次", "a slot without a visitor costs the turn";
        fresh_slot: bool = true, "接替者站满一班", "who takes over stands a whole slot";
        span_recorded: bool = false, "登记站岗时间段", "the span is written down";
    }
}

settings! {
    /// Posts at the entrance.
    pub struct PostRules {
        backup: bool = false, "第二顺位及时补位", "the second fills the first's place";
        check_in: bool = false, "轮到者须到位签到", "who is on turn checks in at the post";
        next_reminded: bool = true, "提醒下一位", "the next one is reminded";
        questioner: Questioner = (Questioner::Receptionist), "谁提问", "who asks the questions";
        questions_least: u32 = 0, "至少提问数", "questions at least";
        registered_first: bool = false, "登记后方可结束接待", "a reception ends only after the registration";
    }
}

settings! {
    /// When nobody can receive.
    pub struct NobodyFreeRules {
        receiver: Vec<Receiver> = (vec![Receiver::Wait]), "无人可接时", "who receives when nobody is free";
    }
}

settings! {
    /// Help with a rush or a large group.
    pub struct HelpRules {
        by_order: bool = true, "按接待顺序调人协助", "helpers are called by the order";
        counted: bool = false, "协助计轮次", "helping uses the turn";
        trial_staff: bool = false, "试用人员可协助", "trial staff may help";
    }
}

settings! {
    /// What a situation does.
    pub struct SituationRules {
        like: Situation = unset, "视同", "is treated like";
        receiver: Vec<Receiver> = unset, "接待人", "who receives";
        turn: Turn = unset, "轮次", "the turn";
        make_up: MakeUpKind = (MakeUpKind::None), "接待人补接", "a make-up for the receiver";
        make_up_verified: bool = false, "经证实后补接", "the make-up needs verification";
        owner: OwnerAfter = unset, "客户归属", "whose client it is";
        owner_notified: bool = false, "告知归属人", "the owner is told";
    }
}

settings! {
    /// A visitor who turns out to be a colleague's client.
    pub struct ColleagueRules {
        window_minutes: u32 | none = unset, "认出时限(分钟)", "minutes in which it counts";
        receiver: Vec<Receiver> = unset, "移交给", "who receives then";
        turn: Turn = unset, "发现人的轮次", "the finder's turn";
        make_up: MakeUpKind = (MakeUpKind::None), "发现人补接", "the finder's make-up";
        continued_make_up: MakeUpKind = (MakeUpKind::None), "继续接待者补接", "the make-up of a finder who carries on";
        continued_unless_closed: bool = false, "当天未成交才补接", "only if it does not close that day";
    }
}

settings! {
    /// A visitor who turns out not to be a buyer.
    pub struct NonBuyerRules {
        window_minutes: u32 | none = unset, "发现时限(分钟)", "minutes in which it counts";
        before_exit: bool = false, "离开前发现亦可", "or before the visitor has left";
        receiver: Vec<Receiver> = unset, "改由谁接待", "who may receive then";
        turn: Turn = unset, "转交后的轮次", "the finder's turn when handed over";
        make_up: MakeUpKind = (MakeUpKind::None), "继续接待者补接", "the make-up of a finder who carries on";
        reported_to: Vec<Role> = (vec![Role::Supervisor, Role::Manager]), "报备给谁", "whom it is reported to";
        verified: bool = false, "须经证实", "needs verification";
    }
}

settings! {
    /// A visit too short to count.
    pub struct ShortVisitRules {
        most_minutes: u32 = 0, "不计轮次的最长分钟", "longest minutes that do not count";
    }
}
