//! The words that clients are filed under.

use rulebook::choices;

choices! {
    /// What a record is of.
    pub enum Kind {
        Person = "person", "个人", "person";
        Household = "household", "家庭", "household";
        Company = "company", "企业", "company";
    }
}

choices! {
    /// How serious the intention is.
    pub enum Grade {
        A = "A", "A级", "grade A";
        B = "B", "B级", "grade B";
        C = "C", "C级", "grade C";
        D = "D", "D级", "grade D";
    }
}

choices! {
    /// Where a client comes from.
    pub enum Source {
        Visit = "visit", "来访", "a visit";
        Call = "call", "来电", "a call";
        Outreach = "outreach", "外拓", "outreach";
        Web = "web", "网络", "the web";
        Filing = "filing", "渠道报备", "an agent's filing";
        Referral = "referral", "老带新", "a referral";
        Other = "other", "其他", "other";
    }
}
