//! The forms, and what they hold.

use rulebook::choices;

choices! {
    /// Forms and books.
    pub enum Register {
        Visitor = "visitor", "来访登记表", "visitor register";
        Call = "call", "来电登记表", "call register";
        ReceptionRecord = "reception_record", "接待记录", "reception record";
        CustomerInformation = "customer_information", "客户信息记录本", "client information book";
        TestDrive = "test_drive", "试乘试驾单", "test-drive form";
        Appointment = "appointment", "预约登记", "appointment register";
        Rotation = "rotation", "轮流接待登记表", "rotation register";
        FollowUpRecord = "follow_up_record", "跟进记录", "follow-up record";
        Message = "message", "口讯单", "message form";
        Traffic = "traffic", "流量登记表", "traffic register";
        VisitorSlip = "visitor_slip", "来人条", "visitor slip";
        ConfirmationSlip = "confirmation_slip", "客户确认单", "client confirmation slip";
        ClientFile = "client_file", "客户档案", "client file";
        ClientCard = "client_card", "客户管理卡", "client card";
        StatusSurvey = "status_survey", "新老客户状况调查表", "client status survey";
        ClientRoll = "client_roll", "客户名册", "client roll";
        NewClientReport = "new_client_report", "新开拓客户报表", "new client report";
        Handover = "handover", "交接登记", "handover register";
        YellowCard = "yellow_card", "黄卡", "yellow card";
        VisitFeedback = "visit_feedback", "来访信息反馈表", "visit feedback form";
    }
}

choices! {
    /// What a form or a file may hold.
    pub enum Item {
        Name = "name", "姓名", "name";
        RealName = "real_name", "真实姓名", "real name";
        Surname = "surname", "姓氏", "surname";
        Title = "title", "称呼", "form of address";
        Telephone = "telephone", "电话", "telephone";
        Contact = "contact", "联系方式", "contact";
        Date = "date", "日期", "date";
        Time = "time", "时间", "time";
        Needs = "needs", "需求", "needs";
        KeyInfo = "key_info", "重要信息", "key information";
        Intention = "intention", "意向", "intention";
        Class = "class", "分类", "class";
        Address = "address", "地址", "address";
        Source = "source", "信息来源", "source";
        AssignedPerson = "assigned_person", "指定接待人", "assigned person";
        Organisation = "organisation", "单位名称", "organisation";
        ContactPerson = "contact_person", "联系人", "contact person";
        FollowUpContent = "follow_up_content", "跟进内容", "follow-up content";
        Feedback = "feedback", "反馈", "feedback";
        Problem = "problem", "问题", "problem";
        Doubts = "doubts", "疑问", "doubts";
        AgreedAction = "agreed_action", "行动计划", "agreed action";
        Content = "content", "内容", "content";
        Action = "action", "处理", "action";
        Outcome = "outcome", "结果", "outcome";
        Person = "person", "对方", "person";
        Communication = "communication", "沟通情况", "communication";
        Concerns = "concerns", "关注点", "concerns";
        AppointmentTime = "appointment_time", "预约时间", "appointment time";
        Purpose = "purpose", "来访目的", "purpose";
        OutOfTown = "out_of_town", "外地", "out of town";
        When = "when", "何时", "when";
        Who = "who", "何人", "who";
        Where = "where", "何地", "where";
        What = "what", "何事", "what";
        Why = "why", "为何", "why";
        How = "how", "如何", "how";
        From = "from", "起始时间", "from";
        To = "to", "结束时间", "to";
        Client = "client", "客户", "client";
        Age = "age", "年龄", "age";
        Sex = "sex", "性别", "sex";
        Residence = "residence", "居住地", "residence";
        Income = "income", "收入", "income";
        Education = "education", "文化程度", "education";
        Occupation = "occupation", "职业", "occupation";
        Hobbies = "hobbies", "爱好", "hobbies";
        Family = "family", "家庭", "family";
        Habits = "habits", "消费习惯", "spending habits";
        BusinessYears = "business_years", "从商年限", "years in business";
        CompanionRelation = "companion_relation", "同行人关系", "companion";
        UsePurpose = "use_purpose", "置业目的", "own use or investment";
        MonthlyIncome = "monthly_income", "月收入", "monthly income";
        OtherProperties = "other_properties", "其他房产", "other properties";
        NextStep = "next_step", "下一步", "next step";
        Photo = "photo", "照片", "photo";
    }
}
