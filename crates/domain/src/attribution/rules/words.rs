//! The words that attribution rules are written in.

use rulebook::choices;

choices! {
    /// What a registration may hold, and a rulebook may demand.
    pub enum Field {
        Name = "name", "姓名", "name";
        RealName = "real_name", "真实姓名", "real name";
        Telephone = "telephone", "电话", "telephone";
        Date = "date", "日期", "date";
        Needs = "needs", "需求", "needs";
        BasicData = "basic_data", "基本资料", "basic data";
        Intention = "intention", "意向", "intention";
        Class = "class", "客户分类", "class";
        Address = "address", "地址", "address";
        Source = "source", "来源", "source";
        AssignedPerson = "assigned_person", "指定接待人", "assigned person";
    }
}

choices! {
    /// What a registration that lacks something counts for.
    pub enum Incomplete {
        Invalid = "invalid", "保留但无效", "kept, and not valid";
        Refused = "refused", "不予保存", "not saved";
        Valid = "valid", "照样有效", "valid all the same";
    }
}

choices! {
    /// When a registration counts from.
    pub enum CountsFrom {
        Completion = "completion", "补全之时", "its completion";
        FirstEntry = "first_entry", "首次登记之时", "its first entry";
    }
}

choices! {
    /// How the first contact came about.
    pub enum Channel {
        Visit = "visit", "来访", "a visit";
        Call = "call", "来电", "a call";
        Outreach = "outreach", "外拓", "outreach";
        Web = "web", "网络", "the web";
        Filing = "filing", "渠道报备", "an agent's filing";
    }
}

choices! {
    /// Where records stand that count as evidence.
    pub enum Evidence {
        VisitorRegister = "visitor_register", "来访登记表", "the visitor register";
        CallRegister = "call_register", "来电登记表", "the call register";
        FollowUpRecord = "follow_up_record", "跟进记录", "the follow-up record";
        SecretaryRecord = "secretary_record", "秘书记录", "the secretary's record";
        PersonalNote = "personal_note", "个人记录", "a personal note";
    }
}

choices! {
    /// Whether two records are of one client.
    pub enum Match {
        Same = "same", "视为同一客户", "one client";
        Different = "different", "视为不同客户", "different clients";
        ByFamily = "by_family", "按亲属关系认定", "decided by family";
        IfProven = "if_proven", "有证明方认定", "one client if proven";
    }
}

choices! {
    /// What ties two people together.
    pub enum Relation {
        Spouse = "spouse", "配偶", "spouse";
        ParentChild = "parent_child", "父母子女", "parent or child";
        Sibling = "sibling", "兄弟姐妹", "sibling";
        OtherRelative = "other_relative", "其他亲属", "another relative";
        Household = "household", "同住家人", "household";
        Shareholder = "shareholder", "股东", "shareholder";
        Employee = "employee", "员工", "employee";
        Friend = "friend", "朋友", "friend";
    }
}

choices! {
    /// Which record comes first.
    pub enum Principle {
        ValidRegistration = "valid_registration", "有效登记在先", "the first valid registration";
        Reception = "reception", "首次接待", "the first reception";
        Assignment = "assignment", "主管分配", "the supervisor's assignment";
    }
}

choices! {
    /// What keeps a right alive.
    pub enum Renewal {
        FollowUp = "follow_up", "跟进", "a follow-up";
        Visit = "visit", "再次到访", "another visit";
        Call = "call", "来电", "a call";
    }
}

choices! {
    /// Which test a right is put to.
    pub enum LapseTest {
        Window = "window", "自上次跟进起超过期限", "longer than the period since the last follow-up";
        Continuous = "continuous", "期限已过且跟进不连续", "the period is over and follow-ups were not continuous";
        NeverFollowed = "never_followed", "期限内从未跟进", "never followed up within the period";
    }
}

choices! {
    /// Whose client a caller is.
    pub enum CallerOwner {
        Nobody = "nobody", "无人", "nobody's";
        Answerer = "answerer", "接听人", "the answerer's";
    }
}

choices! {
    /// From which day a period counts.
    pub enum CountedFrom {
        ThatDay = "that_day", "当日起算第一天", "that day is the first";
        NextDay = "next_day", "次日起算第一天", "the next day is the first";
    }
}

choices! {
    /// Whose client a leaver's client is.
    pub enum LeaverClients {
        Distributed = "distributed", "分配给他人", "distributed to others";
        ToRotation = "to_rotation", "回到轮排", "back to the rotation";
        Pool = "pool", "进入公海", "in the public pool";
    }
}
