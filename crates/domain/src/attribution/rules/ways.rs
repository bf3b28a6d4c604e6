//! The words for how a client came, and for sharing, distributing, filing and pooling clients.

use rulebook::choices;

choices! {
    /// Whose client a new client is by how they came.
    pub enum OriginOwner {
        Receiver = "receiver", "归本次接待人", "the receiver's";
        Named = "named", "归被点名人", "the named person's";
        Contact = "contact", "归邀约人或接听人", "the inviter's or answerer's";
        IntroducerOwner = "introducer_owner", "归介绍人的原归属人", "the introducer's owner's";
        HolderAndReceiver = "holder_and_receiver", "保持联系者接待的归其,否则由主管裁定", "the contact holder's who also receives, else ruled on";
        Relative = "relative", "归该员工本人", "the related member of staff's";
        Ruling = "ruling", "由主管裁定", "ruled on by the supervisor";
        Nobody = "nobody", "不登记归属", "nobody's";
    }
}

choices! {
    /// What naming somebody else does to a client who has an owner.
    pub enum NamedOther {
        Named = "named", "归被点名人", "the client is the named person's";
        Owner = "owner", "仍归原归属人", "the client stays the owner's";
        Dispute = "dispute", "列为争议", "it is a dispute";
    }
}

choices! {
    /// What becomes of a client whom the first receiver, present, does not recognise.
    pub enum Unrecognised {
        Owner = "owner", "仍归首接人", "stays the first receiver's";
        New = "new", "视为新客户", "counts as new";
    }
}

choices! {
    /// Whether others than the relatives named may be one client.
    pub enum Others {
        Different = "different", "一律视为不同客户", "different clients";
        Ruling = "ruling", "由主管个案认定", "one client if the supervisor rules so";
    }
}

choices! {
    /// When a reception must be registered.
    pub enum RegistrationWindow {
        AnyTime = "any_time", "不限", "at any time";
        DuringVisit = "during_visit", "进门至送客之间", "from entry to seeing off";
    }
}

choices! {
    /// What a registration is until it is countersigned.
    pub enum Uncountersigned {
        Provisional = "provisional", "暂有效,签批后方为最终", "provisional";
        Invalid = "invalid", "无效", "not valid";
    }
}

choices! {
    /// How the shares of joint owners are found.
    pub enum JointShares {
        Equal = "equal", "平均", "equal";
        Stated = "stated", "由双方写明", "as stated";
    }
}

choices! {
    /// How leads are distributed.
    pub enum Method {
        ByHand = "by_hand", "主管逐一指定", "by hand";
        Equally = "equally", "平均分配", "equally";
        ByRing = "by_ring", "依次轮流", "in turn";
    }
}

choices! {
    /// What makes somebody suited to a lead.
    pub enum Criterion {
        Ability = "ability", "能力", "ability";
        Experience = "experience", "经验", "experience";
    }
}

choices! {
    /// Which goes first where the best suited already has the most.
    pub enum Prevails {
        Suitability = "suitability", "能力匹配优先", "suitability";
        Balance = "balance", "均衡优先", "balance";
    }
}

choices! {
    /// The order in which leads wait.
    pub enum QueueOrder {
        Arrival = "arrival", "先到先分", "by arrival";
        Intention = "intention", "意向高者先", "by intention";
    }
}

choices! {
    /// What an enquiry is about that another department answers.
    pub enum EnquiryClass {
        Decoration = "decoration", "装修咨询", "decoration";
        Property = "property", "物业咨询", "property management";
        AfterSales = "after_sales", "售后咨询", "after sales";
        Other = "other", "其他", "other";
    }
}

choices! {
    /// Where a call of a class goes.
    pub enum EnquiryGoes {
        Answerer = "answerer", "由接听人跟进", "to the answerer";
        DepartmentRing = "department_ring", "由相关部门轮排", "to the rotation of the department concerned";
        Supervisor = "supervisor", "由主管分配", "to the supervisor";
    }
}

choices! {
    /// What a filing is worth for a client who is somebody's already.
    pub enum FilingClash {
        Void = "void", "报备无效", "the filing is void";
        Wins = "wins", "以报备为准", "the filing wins";
        Dispute = "dispute", "列为争议", "it is a dispute";
    }
}

choices! {
    /// Clients who fall into the public pool.
    pub enum PoolSource {
        Lapsed = "lapsed", "归属失效的", "whose right lapsed";
        Released = "released", "主动放弃的", "whom the owner gave up";
        Leaver = "leaver", "离职人员的", "of a leaver";
        Unassigned = "unassigned", "从未有归属的", "who were never anybody's";
    }
}
