//! The tables of attribution settings.

use rulebook::settings;

use super::{ways::*, words::*};
use crate::people::Role;

settings! {
    /// What makes a registration count.
    pub struct RegistrationRules {
        required: Vec<Field> = unset, "有效登记的必填项", "what a valid registration must have";
        signature: bool = false, "须销售签字", "the consultant's signature is needed";
        incomplete: Incomplete = (Incomplete::Invalid), "登记不全", "a registration that lacks something";
        counts_from: CountsFrom = (CountsFrom::Completion), "补全后的生效时间", "when a completed registration counts from";
        channels: Vec<Channel> = (vec![Channel::Visit, Channel::Call, Channel::Outreach, Channel::Web, Channel::Filing]), "可确立归属的接触方式", "which contacts found a right";
        evidence: Vec<Evidence> = (vec![Evidence::VisitorRegister, Evidence::CallRegister]), "认可的凭证", "what counts as evidence";
        window: RegistrationWindow = (RegistrationWindow::AnyTime), "登记时限", "when a reception must be registered";
        countersigned_by: Vec<Role> = (vec![]), "须经谁签批", "who must countersign";
        uncountersigned: Uncountersigned = (Uncountersigned::Provisional), "签批之前的效力", "what it is worth until countersigned";
    }
}

settings! {
    /// Which records are of one client.
    pub struct IdentityRules {
        same_telephone: Match = (Match::Same), "同电话不同姓名", "one telephone, another name";
        same_name: Match = (Match::IfProven), "同姓名不同电话", "one name, another telephone";
        buyer: Match = (Match::ByFamily), "成交人与登记姓名不同", "a buyer under another name";
        family: Vec<Relation> = unset, "视为同一客户的亲属", "relatives who are one client";
        company: Vec<Relation> = (vec![]), "企业客户视为同一客户者", "who is one client with a company";
        others: Others = (Others::Different), "其他亲属及其他人", "others than those named";
    }
}

settings! {
    /// Who has the first right.
    pub struct FirstRules {
        principle: Principle = unset, "归属原则", "which record comes first";
        caller: CallerOwner = unset, "首次来电的归属", "whose a first caller is";
        ask_first_visit: bool = false, "接待时询问是否首次到访", "the visitor is asked whether it is the first visit";
    }
}

settings! {
    /// How long a right lives, and what keeps it alive.
    pub struct ValidityRules {
        days: u32 | none = unset, "有效天数", "days a right lives";
        call_days: u32 | none = unset, "来电登记的有效天数(不写则同来访)", "days that the registration of a call lives; as a visit where it is not written";
        renewed_by: Vec<Renewal> = (vec![Renewal::FollowUp]), "何种联系延续有效期", "what renews it";
        complete_only: bool = true, "仅完整记录有效", "only complete records renew it";
        test: LapseTest = (LapseTest::Window), "失效的条件", "when it lapses";
        interval_days: u32 | none = unset, "连续跟进的最大间隔天数", "the longest interval of continuous follow-ups, days";
        warning_days: u32 | none = unset, "失效前提醒天数", "days before a lapse that the owner is warned";
    }
}

settings! {
    /// Claims to a client of somebody else.
    pub struct ClaimRules {
        window_days: u32 | none = unset, "成交后可追溯天数", "days after a closing that a claim may be made";
        counted_from: CountedFrom = (CountedFrom::ThatDay), "追溯期起算", "from which day they count";
        decided_by: Vec<Role> = (vec![Role::Supervisor, Role::Manager]), "争议由谁裁定", "who rules on a claim";
    }
}

settings! {
    /// Another consultant takes over.
    pub struct HandoverRules {
        changed_by: Vec<Role> = (vec![Role::Supervisor, Role::Manager]), "谁可更换置业顾问", "who may change the consultant";
        distributed_by: Vec<Role> = (vec![Role::Supervisor, Role::Manager]), "谁分配客户", "who distributes clients";
        leaver: LeaverClients = (LeaverClients::Distributed), "离职人员的客户", "a leaver's clients";
        kept_if_followed: bool = false, "分配后须跟进方归接手人", "whoever takes over keeps them only after a follow-up";
        validity_restarts: bool = true, "接手后有效期重新计算", "the period starts anew";
        cleared_before_leaving: bool = false, "客户全部移交方可办结离职", "leaving is cleared only once every client is handed over";
    }
}

settings! {
    /// Whose client a new client is, by how they first came.
    pub struct OriginRules {
        new: OriginOwner = unset, "自行到访的新客户归谁", "whose a new visitor is who comes on their own";
        unknown: OriginOwner = unset, "说不清来源者归谁", "whose a visitor is who cannot say how they came";
        named: OriginOwner = unset, "点名的新客户归谁", "whose a new visitor is who names somebody";
        referral_open_named: OriginOwner = unset, "未成交老客户介绍、有点名的归谁", "introduced by an open client and naming somebody";
        referral_open_unnamed: OriginOwner = unset, "未成交老客户介绍、未点名的归谁", "introduced by an open client and naming nobody";
        referral_closed_named: OriginOwner = unset, "成交老客户介绍、有点名的归谁", "introduced by a closed client and naming somebody";
        referral_closed_unnamed: OriginOwner = unset, "成交老客户介绍、未点名的归谁", "introduced by a closed client and naming nobody";
        invited_named: OriginOwner = unset, "电话邀约、有点名的归谁", "invited by telephone and naming somebody";
        invited_unnamed: OriginOwner = unset, "电话邀约、未点名的归谁", "invited by telephone and naming nobody";
        outreach_named: OriginOwner = unset, "外拓带来、有点名的归谁", "from outreach and naming somebody";
        outreach_unnamed: OriginOwner = unset, "外拓带来、未点名的归谁", "from outreach and naming nobody";
        relative_named: OriginOwner = unset, "员工亲友、点名该员工的归谁", "a relative or friend of staff who names that person";
        relative_unnamed: OriginOwner = unset, "员工亲友、未点名的归谁", "a relative or friend of staff who names nobody";
    }
}

settings! {
    /// What a return does to the right to a client.
    pub struct ReturningRules {
        named_other: NamedOther = unset, "老客户点名他人", "an old client names somebody else than the owner";
        unrecognised: Unrecognised = unset, "首接人在场未认出、又未跟进或邀约的", "the first receiver, present, does not recognise a client never followed up or invited";
    }
}

settings! {
    /// Clients whom several share.
    pub struct JointRules {
        shares: JointShares = unset, "共有的份额", "how the shares of joint owners are found";
        confirmed_by: Vec<Role> = (vec![]), "共有须经谁确认", "who confirms that a client is shared";
        stated_before_closing: bool = false, "成交前须写明份额", "shares must be stated before a deal is closed";
    }
}

settings! {
    /// Leads that somebody in authority distributes.
    pub struct DistributionRules {
        channels: Vec<Channel> = (vec![]), "由主管分配的线索", "leads that are distributed";
        decided_by: Vec<Role> = (vec![Role::Supervisor, Role::Manager]), "线索由谁分配", "who distributes leads";
        method: Method = unset, "线索分配的方法", "how leads are distributed";
        suggest_by: Vec<Criterion> = (vec![]), "推荐人选的依据", "by what somebody is suggested";
        prevails: Prevails = unset, "匹配与均衡何者优先", "what prevails, suitability or balance";
        tolerance: u32 | none = unset, "各人相差最多几个", "how many apart the shares of people may be";
        queue: QueueOrder = (QueueOrder::Arrival), "待分配的先后", "the order in which leads wait";
        notice: Vec<Field> = (vec![]), "分配通知须列明", "what the notice to the new owner holds";
        acknowledged: bool = false, "须确认收到通知", "the new owner confirms receipt";
        departments: Vec<EnquiryClass> = (vec![]), "转相关部门的咨询", "enquiries for another department";
        enquiry_goes: EnquiryGoes = unset, "此类咨询转给谁", "where such an enquiry goes";
    }
}

settings! {
    /// Filings 渠道报备 of agents and channels.
    pub struct FilingRules {
        protected_days: u32 | none = unset, "报备保护天数", "days a filing protects";
        confirmed_days: u32 | none = unset, "到访确认后的保护天数", "days it protects once confirmed on the first visit";
        ahead_minutes: u32 | none = unset, "须早于到访的分钟数", "minutes by which it must precede the visit";
        clash: FilingClash = unset, "与已有归属或报备冲突", "what it is worth for somebody's client";
        confirmed_by: Vec<Role> = (vec![Role::Receptionist, Role::Supervisor, Role::Manager]), "首次到访由谁确认", "who confirms it on the first visit";
    }
}

settings! {
    /// The public pool 公海.
    pub struct PoolRules {
        holds: Vec<PoolSource> = (vec![]), "哪些客户进入公海", "which clients fall into it";
        claimed_by: Vec<Role> = (vec![Role::Consultant]), "谁可认领", "who may claim";
        cool_down_days: u32 | none = unset, "原归属人的冷却天数", "days that the last owner may not claim";
        held_most: u32 | none = unset, "每人名下客户上限", "how many clients somebody may hold";
        claims_per_day: u32 | none = unset, "每人每日认领上限", "how many somebody may claim a day";
    }
}
