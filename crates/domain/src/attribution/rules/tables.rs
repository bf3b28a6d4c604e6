//! The tables of attribution settings.

use rulebook::settings;

use super::words::*;
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
    }
}

settings! {
    /// Who has the first right.
    pub struct FirstRules {
        principle: Principle = unset, "归属原则", "which record comes first";
        caller: CallerOwner = unset, "首次来电的归属", "whose a first caller is";
    }
}

settings! {
    /// How long a right lives, and what keeps it alive.
    pub struct ValidityRules {
        days: u32 | none = unset, "有效天数", "days a right lives";
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
    }
}
