//! The words that commission rules are written in.

use rulebook::choices;

choices! {
    /// How far a deal has come.
    pub enum Stage {
        Reserved = "reserved", "认筹", "reserved";
        Subscribed = "subscribed", "认购", "subscribed";
        Signed = "signed", "签约", "signed";
    }
}

choices! {
    /// What a deal is to the rules about its parts.
    pub enum Situation {
        Own = "own", "本人客户本人促成", "one's own client";
        SameDayColleague = "same_day_colleague", "联系不到归属人，当天成交", "the owner out of reach, closed that day";
        LaterColleague = "later_colleague", "联系不到归属人，过后成交", "the owner out of reach, closed later";
        ReferralAway = "referral_away", "介绍人的归属人不便，他人促成", "introduced, that owner away, closed by another";
        OwnerAbsentUnfollowed = "owner_absent_unfollowed", "归属人不在且未跟进，他人促成", "the owner absent and without follow-up";
        OwnerAbsentFollowed = "owner_absent_followed", "归属人不在但有跟进，他人促成", "the owner absent, with follow-up";
        Delegate = "delegate", "受托代接者促成", "closed by who was entrusted";
        Colleague = "colleague", "其他情形由同事促成", "closed by a colleague otherwise";
        Joint = "joint", "共同接待", "received jointly";
        ThirdPartyRelation = "third_party_relation", "客户的第三方关系促成", "through a relation of the client's";
        ChangedForCause = "changed_for_cause", "因故更换置业顾问", "the consultant was changed for cause";
        Fixed = "fixed", "份额已定", "shares fixed before";
    }
}

choices! {
    /// Who gets the cents that cannot be divided.
    pub enum OddCent {
        LargestRemainder = "largest_remainder", "余数最大者", "the largest remainder";
        Owner = "owner", "归属人", "the owner";
        Closer = "closer", "促成者", "who closed the deal";
    }
}

choices! {
    /// A line of a pay sheet.
    pub enum Component {
        Base = "base", "工资", "base";
        Commission = "commission", "提成", "commission";
        Bonus = "bonus", "奖金", "bonus";
    }
}

choices! {
    /// Over which time results are added up.
    pub enum Period {
        Month = "month", "月度", "month";
        Year = "year", "年度", "year";
    }
}

choices! {
    /// What an appraisal is the basis of.
    pub enum Bonus {
        Performance = "performance", "绩效奖金", "the performance bonus";
        YearEnd = "year_end", "年终奖金", "the year-end bonus";
    }
}
