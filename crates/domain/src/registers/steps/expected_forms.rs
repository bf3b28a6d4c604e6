//! Steps: what must come of a form: what it lacks, whether it counts, who owes it, who is reminded.

use super::{expect, form, number, word};
use crate::{
    attribution,
    registers::{
        Outcome,
        look::{OpenForm, comes_of, fine_of},
        rules::{Opens, Overdue},
    },
    scenario::{World, steps},
};

steps! { "registers";
    "[登记|记录|表单|该表|该登记|该记录|来访登记|来电登记|][列为|视为|标为|为|是|保存为|算][不完整|未完成]", "the [form|record|registration|row] is [incomplete|listed as incomplete|kept as incomplete]",
    "登记列为不完整", "the form is incomplete" => |world, _| match (&world.registers.outcome, world.attributed()) {
        (Some(Outcome::Saved { missing, unsigned, .. }), _) => expect(!missing.is_empty() || *unsigned, missing),
        (None, Some(attribution::Outcome::Registered { missing, unsigned, .. })) => expect(!missing.is_empty() || *unsigned, missing),
        (other, _) => Err(format!("what came of it: {other:?}")),
    };

    "[登记|记录|表单|该表|该登记|该记录|][列为|视为|标为|为|是|][完整|齐全]", "the [form|record|registration|row] is complete",
    "登记完整", "the form is complete" => |world, _| match &world.registers.outcome {
        Some(Outcome::Saved { missing, unsigned, .. }) => expect(missing.is_empty() && !unsigned, missing),
        other => Err(format!("what came of it: {other:?}")),
    };

    "[已|予以|可以|仍|仍然|照样|][保存|存下|存档]", "it is [kept|still kept|still saved]",
    "予以保存", "it is kept" => |world, _| world.form_saved();

    "[不予保存|拒绝保存|不能保存|无法保存|未保存]", "it is not saved",
    "不予保存", "it is not saved" => |world, _| world.take_refusal().map(drop).ok_or_else(|| "it was saved".into());

    "[指出|提示|列出|显示|说明|][缺少|缺项|缺|缺项为|缺少的是|须填写] {items}", "[it lacks|what is missing is|the missing item is|the missing items are] {items}",
    "指出缺少 \"单位名称\"", "it lacks \"organisation\"" => |world, words| {
        world.form_lacks(words.last().copied().unwrap_or(""))
    };

    "<提示|建议|提醒><填写|补充|可补> {items}", "a hint asks for {items}",
    "建议补充 \"为何\"", "a hint asks for \"why\"" => |world, words| world.form_wishes(words.last().copied().unwrap_or(""));

    "没有提示", "there is no hint",
    "没有提示", "there is no hint" => |world, _| match &world.registers.outcome {
        Some(Outcome::Saved { recommended, .. }) => expect(recommended.is_empty(), recommended),
        other => Err(format!("what came of it: {other:?}")),
    };

    "[该登记|该客户|该表|登记|客户|][计入|算有效|计为有效|算作有效|有效计入][有效客户|]", "it counts",
    "该登记计入", "it counts" => |world, _| counts(world, true);

    "[该登记|该客户|该表|登记|客户|][不计入|不算有效|不计|暂不计入|不计为有效][有效客户|]", "it does not count[ yet|]",
    "该登记不计入", "it does not count" => |world, _| counts(world, false);

    "自[当日|今日|当天|补全之日|现在]起计[算|]", "it counts from [today|now]",
    "自补全之日起计", "it counts from today" => |world, _| {
        let now = world.now();
        match &world.registers.outcome {
            Some(Outcome::Saved { counts_from, .. }) => expect(counts_from.is_some_and(|from| from.date_naive() == now.date_naive()), counts_from),
            other => Err(format!("what came of it: {other:?}")),
        }
    };

    "[属于|算|视为|为|][通话中记录|按时|及时|在期限内|通话时记录]", "it [is in time|was recorded during the call]",
    "视为按时", "it is in time" => |world, _| late(world, false);

    "[属于|算|视为|为|][通话后记录|逾期|迟交|超时|过期|事后补记]", "it [came late|was recorded after the call]",
    "视为逾期", "it came late" => |world, _| late(world, true);

    "{name} 的[未登记|待登记|待补登|待补|待填|未记录|不完整]清单[有|为] {int} 项", "{name} has {int} open [form|forms]",
    "\"甲\" 的未登记清单有 1 项", "\"A\" has 1 open form" => |world, words| {
        let wanted = usize::try_from(number(words, words.len() - 1)?).ok();
        let open = owed(world, word(words, 0))?;
        expect(Some(open.len()) == wanted, open)
    };

    "{name} 没有[未登记|待登记|待补登|待补|待填|未记录|不完整][的|][项|表|表单|事项|来电|]", "{name} has no open forms",
    "\"甲\" 没有待登记事项", "\"A\" has no open forms" => |world, words| {
        let open = owed(world, word(words, 0))?;
        expect(open.is_empty(), open)
    };

    "{client} [在|列入|仍在] {name} 的[未登记|待登记|待补登|待补|待填|未记录|不完整|待办]清单[上|中|]", "{client} is on {name}'s list of open forms",
    "\"王先生\" 在 \"甲\" 的未登记清单", "\"Wang\" is on \"A\"'s list of open forms" => |world, words| on_list(world, words, true);

    "{client} [不在|未列入] {name} 的[未登记|待登记|待补登|待补|待填|未记录|不完整|待办]清单[上|中|]", "{client} is not on {name}'s list of open forms",
    "\"王先生\" 不在 \"甲\" 的未登记清单", "\"Wang\" is not on \"A\"'s list of open forms" => |world, words| on_list(world, words, false);

    "{name} [欠|还欠|尚欠|未交]{form}", "{name} owes the {form}",
    "\"乙\" 欠轮流接待登记表", "\"B\" owes the rotation register" => |world, words| {
        let register = words.iter().find_map(|word| form(word).ok()).ok_or("the sentence names no form")?;
        let open = owed(world, word(words, 0))?;
        expect(open.iter().any(|open| open.register == register), open)
    };

    "{name} [不欠|无须填写|不必填写|无须交|不必交]{form}", "{name} owes no {form}",
    "\"乙\" 不欠轮流接待登记表", "\"B\" owes no rotation register" => |world, words| {
        let register = words.iter().find_map(|word| form(word).ok()).ok_or("the sentence names no form")?;
        let open = owed(world, word(words, 0))?;
        expect(!open.iter().any(|open| open.register == register), open)
    };

    "[主管|经理]的清单[列出|列有|上有|中有] {client}", "{client} is listed for the [supervisor|manager]",
    "主管的清单列出 \"王先生\"", "\"Wang\" is listed for the supervisor" => |world, words| supervised(world, words, true);

    "[主管|经理]的清单[没有|不列|未列出] {client}", "{client} is not listed for the [supervisor|manager]",
    "主管的清单没有 \"王先生\"", "\"Wang\" is not listed for the supervisor" => |world, words| supervised(world, words, false);

    "提醒 {name} [登记|补登|填写|补填|填表|补记|交表|补交|填写接待记录|填写访问卡]", "{name} is reminded to [register|fill in the form|hand in the form]",
    "提醒 \"甲\" 补登", "\"A\" is reminded to register" => |world, words| follows(world, words, Overdue::Reminder, true);

    "[没有提醒|不提醒|未提醒] {name} [登记|补登|填写|补填|填表|补记|交表|补交|填写接待记录|填写访问卡]", "{name} is not reminded to [register|fill in the form|hand in the form]",
    "没有提醒 \"甲\" 补登", "\"A\" is not reminded to register" => |world, words| follows(world, words, Overdue::Reminder, false);

    "[不派给|暂不派给|不给|停派] {name} 下一[轮|位客户|个客户]", "{name} is not offered the next turn",
    "不派给 \"甲\" 下一轮", "\"A\" is not offered the next turn" => |world, words| follows(world, words, Overdue::TurnWithheld, true);

    "[可派给|可以派给|照常派给] {name} 下一[轮|位客户|个客户]", "{name} may be offered the next turn",
    "可派给 \"甲\" 下一轮", "\"A\" may be offered the next turn" => |world, words| follows(world, words, Overdue::TurnWithheld, false);

    "[对|建议对|提议对] {name} [提议|建议|应|处以|][罚款|罚] {int} 元", "a fine of {int} yuan is proposed for {name}",
    "对 \"甲\" 提议罚款 20 元", "a fine of 20 yuan is proposed for \"A\"" => |world, words| {
        let yuan = words.iter().find_map(|w| w.parse().ok()).unwrap_or(0);
        let own = ["对", "建议对", "提议对", "提议", "建议", "应", "处以", "", "罚款", "罚"];
        let name = words.iter().copied().find(|w| w.parse::<u32>().is_err() && !own.contains(w)).unwrap_or("");
        fined(world, name, yuan)
    };

    "{name} [不罚款|不受罚|不被罚款|罚款为 0]", "no fine is proposed for {name}",
    "\"甲\" 不罚款", "no fine is proposed for \"A\"" => |world, words| fined(world, word(words, 0), 0);

    "{form}[已|已经|自动|][打开|弹出|光标就绪]", "the {form} is open already",
    "口讯单已打开", "the message form is open already" => |world, words| opens(world, words, true);

    "{form}[未|没有|尚未][打开|弹出]", "the {form} is not open",
    "口讯单未打开", "the message form is not open" => |world, words| opens(world, words, false);

    "{form}[也有|同时有|有|已写入][该条|这条|]记录", "the {form} has the record too",
    "流量登记表也有该条记录", "the traffic register has the record too" => |world, words| {
        let register = words.iter().find_map(|word| form(word).ok()).ok_or("the sentence names no form")?;
        match &world.registers.outcome {
            Some(Outcome::Saved { written, .. }) => expect(written.contains(&register), written),
            other => Err(format!("what came of it: {other:?}")),
        }
    };

    "{client} 的{form}[已生效|已确认|已经生效]", "the {form} of {client} is final",
    "\"王先生\" 的黄卡已生效", "the yellow card of \"Wang\" is final" => |world, words| is_final(world, words, true);

    "{client} 的{form}[未生效|尚未生效|未确认|尚未确认]", "the {form} of {client} is not final",
    "\"王先生\" 的黄卡尚未生效", "the yellow card of \"Wang\" is not final" => |world, words| is_final(world, words, false);

    "{client} 的登记[标为|列为|被标为]不实", "{client}'s row is marked untrue",
    "\"王先生\" 的登记标为不实", "\"Wang\"'s row is marked untrue" => |world, words| untrue(world, word(words, 0), true);

    "{client} 的登记[未标为|没有标为|不标为]不实", "{client}'s row is not marked untrue",
    "\"王先生\" 的登记未标为不实", "\"Wang\"'s row is not marked untrue" => |world, words| untrue(world, word(words, 0), false);

    "{name} 有 {client} 的[登记凭证|凭证|登记]", "{name} has a voucher for {client}",
    "\"乙\" 有 \"王先生\" 的登记凭证", "\"B\" has a voucher for \"Wang\"" => |world, words| voucher(world, words, true);

    "{name} 没有 {client} 的[登记凭证|凭证|登记]", "{name} has no voucher for {client}",
    "\"甲\" 没有 \"王先生\" 的登记凭证", "\"A\" has no voucher for \"Wang\"" => |world, words| voucher(world, words, false);

    "[移交|交]给[试驾专员|销售经理|客户服务部|相关部门]", "it goes to [the test-drive officer|the sales manager|customer service|the departments concerned]",
    "移交给试驾专员", "it goes to the test-drive officer" => |world, words| {
        use crate::registers::rules::Post;
        let wanted = Post::of_name(words.last().copied().unwrap_or(""));
        match &world.registers.outcome {
            Some(Outcome::Handed { to }) => expect(wanted.is_some() && *to == wanted, to),
            other => Err(format!("what came of it: {other:?}")),
        }
    };
}

fn counts(world: &mut World, wanted: bool) -> Result<(), String> {
    match &world.registers.outcome {
        Some(Outcome::Saved { counts_from, .. }) => {
            expect(counts_from.is_some() == wanted, counts_from)
        }
        other => Err(format!("what came of it: {other:?}")),
    }
}

fn late(world: &mut World, wanted: bool) -> Result<(), String> {
    world.form_late(wanted)
}

fn owed(world: &mut World, name: &str) -> Result<Vec<OpenForm>, String> {
    let person = world.person(name);
    let open = world.open_forms()?;
    Ok(open.into_iter().filter(|form| form.by == Some(person)).collect())
}

fn on_list(world: &mut World, words: &[&str], wanted: bool) -> Result<(), String> {
    let own = ["在", "列入", "仍在", "不在", "未列入"];
    let named: Vec<&str> = words.iter().copied().filter(|word| !own.contains(word)).collect();
    let client = world.client(named.first().copied().unwrap_or(""));
    let open = owed(world, named.get(1).copied().unwrap_or(""))?;
    expect(open.iter().any(|form| form.client == Some(client)) == wanted, open)
}

fn supervised(world: &mut World, words: &[&str], wanted: bool) -> Result<(), String> {
    let own = [
        "主管",
        "经理",
        "列出",
        "列有",
        "上有",
        "中有",
        "没有",
        "不列",
        "未列出",
        "supervisor",
        "manager",
    ];
    let name = words.iter().copied().find(|word| !own.contains(word)).unwrap_or("");
    // The list names whose form is open as well as about whom.
    let person = world.is_on_floor(name).then(|| world.person(name));
    let client = world.client(name);
    let open = world.open_forms()?;
    let rules = world.register_rules();
    let mut trail = rulebook::Trail::default();
    let mut found = false;
    let named =
        |open: &&OpenForm| open.client == Some(client) || (person.is_some() && open.by == person);
    for open in open.iter().filter(named) {
        let overdue = rules.form(open.register).map(|form| &form.overdue);
        let listed = overdue.and_then(|overdue| overdue.value());
        let listed = open.overdue && listed.is_some_and(|l| l.contains(&Overdue::SupervisorList));
        if let Some(overdue) = overdue {
            let facts = rulebook::facts![kind = Overdue::SupervisorList.word()];
            trail.cite("overdue", listed, overdue, facts);
        }
        found |= listed;
    }
    world.note_reasons(trail.because());
    expect(found == wanted, open)
}

fn follows(
    world: &mut World,
    words: &[&str],
    consequence: Overdue,
    wanted: bool,
) -> Result<(), String> {
    const OWN: &[&str] = &[
        "登记",
        "补登",
        "填写",
        "补填",
        "填表",
        "补记",
        "交表",
        "补交",
        "填写接待记录",
        "填写访问卡",
        "没有提醒",
        "不提醒",
        "未提醒",
        "不派给",
        "暂不派给",
        "不给",
        "停派",
        "轮",
        "位客户",
        "个客户",
        "可派给",
        "可以派给",
        "照常派给",
        "register",
        "fill in the form",
        "hand in the form",
    ];
    let name = words.iter().copied().find(|word| !OWN.contains(word)).unwrap_or("");
    let person = world.person(name);
    let open = world.open_forms()?;
    let rules = world.register_rules();
    let mut trail = rulebook::Trail::default();
    let found = comes_of(&rules, &open, person, consequence, &mut trail);
    world.note_reasons(trail.because());
    expect(found == wanted, open)
}

fn fined(world: &mut World, name: &str, yuan: u32) -> Result<(), String> {
    let person = world.person(name);
    let open = world.open_forms()?;
    let rules = world.register_rules();
    let mut trail = rulebook::Trail::default();
    let fine = fine_of(&rules, &world.registers.book, &open, person, &mut trail);
    world.note_reasons(trail.because());
    let fine = fine.map_err(|undecided| {
        world.note_undecided(&undecided.setting);
        format!("`{}` is not decided", undecided.setting)
    })?;
    expect(fine == yuan, fine)
}

fn opens(world: &mut World, words: &[&str], wanted: bool) -> Result<(), String> {
    let register =
        words.iter().find_map(|word| form(word).ok()).ok_or("the sentence names no form")?;
    let rules = world.register_rules();
    let Some(form) = rules.form(register) else { return Err("there is no such form".into()) };
    let set = form.opens.value().copied().unwrap_or(Opens::Asked);
    let open = matches!(
        (set, world.registers.opened),
        (Opens::Ring, Some(_)) | (Opens::Connection, Some(Opens::Connection))
    );
    let mut trail = rulebook::Trail::default();
    trail.cite("form_opens", open, &form.opens, rulebook::facts![kind = set.word()]);
    world.note_reasons(trail.because());
    expect(open == wanted, open)
}

fn is_final(world: &mut World, words: &[&str], wanted: bool) -> Result<(), String> {
    let at = words.iter().position(|word| form(word).is_ok()).ok_or("it names no form")?;
    let register = form(word(words, at))?;
    let client = if at == 0 { word(words, 1) } else { word(words, 0) };
    let row = world.row_of(client, Some(register))?;
    let confirmed = world.registers.book.row(row).is_some_and(|row| row.confirmed_at.is_some());
    let rules = world.register_rules();
    let mut trail = rulebook::Trail::default();
    let mut found = confirmed;
    if let Some(form) = rules.form(register) {
        let needs = form.confirmed_by.value().is_some_and(|roles| !roles.is_empty());
        found |= !needs;
        trail.cite("final", found, &form.confirmed_by, Vec::new());
    }
    world.note_reasons(trail.because());
    expect(found == wanted, found)
}

fn untrue(world: &mut World, client: &str, wanted: bool) -> Result<(), String> {
    let row = world.row_of(client, None)?;
    let found = world.registers.book.row(row).is_some_and(|row| row.untrue);
    expect(found == wanted, found)
}

/// Whether somebody has a complete row about a client, of a form that a contact demands.
fn voucher(world: &mut World, words: &[&str], wanted: bool) -> Result<(), String> {
    let (person, client) = world.both(word(words, 0), word(words, 1));
    let rules = world.register_rules();
    let mut trail = rulebook::Trail::default();
    let mut found = false;
    for (register, form) in rules.forms.iter().filter(|(_, form)| form.is_kept()) {
        let rows = world.registers.book.rows.iter();
        let own = rows.filter(|row| row.by == person && row.client == Some(client));
        let counted =
            own.filter(|row| row.register == *register).any(|row| row.counts_from.is_some());
        let demanded = form.demanded_by.value().is_some_and(|by| !by.is_empty());
        found |= counted && demanded;
        trail.cite("demanded_by", counted, &form.demanded_by, Vec::new());
    }
    world.note_reasons(trail.because());
    expect(found == wanted, found)
}
