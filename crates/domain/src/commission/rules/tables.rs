//! The tables of commission settings.

use rulebook::settings;

use super::{
    super::share::{Fraction, Split},
    words::*,
};
use crate::people::Role;

settings! {
    /// When a deal is closed, and what it pays.
    pub struct ClosingRules {
        counts: Stage = (Stage::Signed), "算作成交的阶段", "the stage that counts as a closing";
        rate: Fraction | none = unset, "佣金占成交价的比例", "the part of the price that is commission";
    }
}

settings! {
    /// Who shares a deal, by what it is; the owner's part is named first.
    pub struct SplitRules {
        own: Split = (Split::Owner), "本人客户本人促成", "one's own client";
        same_day_colleague: Split = unset, "联系不到归属人，当天成交", "the owner out of reach, closed that day";
        later_colleague: Split = unset, "联系不到归属人，过后成交", "the owner out of reach, closed later";
        referral_away: Split = unset, "介绍人的归属人不便，他人促成", "introduced, that owner away, closed by another";
        owner_absent_unfollowed: Split = unset, "归属人不在且未跟进，他人促成", "the owner absent and without follow-up";
        owner_absent_followed: Split = unset, "归属人不在但有跟进，他人促成", "the owner absent, with follow-up";
        delegate: Split = unset, "受托代接者促成", "closed by who was entrusted";
        colleague: Split = unset, "其他情形由同事促成", "closed by a colleague otherwise";
        joint: Split = unset, "共同接待", "received jointly";
        third_party_relation: Split = unset, "客户的第三方关系促成", "through a relation of the client's";
        changed_for_cause: Split = unset, "因故更换置业顾问（原顾问在前）", "the consultant changed for cause (the former named first)";
    }
}

settings! {
    /// What happens where the parties agree on their parts themselves.
    pub struct NegotiationRules {
        days: u32 | none = unset, "协商期限天数", "days to agree";
        fallback: Split = unset, "协商不成时的分配", "the parts where they do not agree";
    }
}

settings! {
    /// What holds for every sharing.
    pub struct SharingRules {
        odd_cent: OddCent = (OddCent::LargestRemainder), "除不尽的零头归谁", "who gets the odd cents";
        agreement: bool = true, "各方一致同意可另行分配", "the parties may agree on other parts";
        ruled_by: Vec<Role> = (vec![Role::Manager]), "谁裁定分配", "who rules on the parts";
    }
}

settings! {
    /// What a month's pay sheet shows.
    pub struct PayRules {
        components: Vec<Component> = (vec![Component::Commission]), "工资单的组成", "the lines of a pay sheet";
    }
}

settings! {
    /// Over which times results are added up, and for what.
    pub struct AppraisalRules {
        periods: Vec<Period> = (vec![]), "考核周期", "the periods of appraisal";
        month: Bonus = unset, "月度考核所依据者", "what a month's appraisal is the basis of";
        year: Bonus = unset, "年度考核所依据者", "what a year's appraisal is the basis of";
    }
}
