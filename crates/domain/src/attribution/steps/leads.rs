//! Steps: leads are distributed, somebody is suggested and told, enquiries go to their department.

use super::{fields, sharing::role, word};
use crate::{
    attribution::{
        Command,
        decide::{Candidate, Goes, Lead, enquiry_goes, next_by_method, queue, suggest},
        rules::{Channel, EnquiryClass},
    },
    people::{PersonId, Role},
    scenario::{World, steps, text::names},
};

steps! { "attribution";
    "[有|收到|来了|] {int} [条|个|批][网络|网上|]线索", "[there are|] {int} [web leads|online leads|leads]",
    "收到 6 条网络线索", "there are 6 web leads" => |world, words| {
        let count: u32 = words.iter().find_map(|w| w.parse().ok()).unwrap_or(0);
        for _ in 0..count {
            let name = world.stranger();
            lead(world, &name, 0);
        }
        Ok(())
    };

    "[网络|网上|][线索|客户线索] {client} [到达|进入|留资|进来]", "web lead {client} comes in",
    "网络线索 \"王先生\" 到达", "web lead \"Wang\" comes in" => |world, words| {
        lead(world, word(words, words.len().saturating_sub(2)).trim(), 0);
        Ok(())
    };

    "[网络|网上|]线索 {client} [的意向为|意向为|意向度为|意向] {text}", "web lead {client} has intention {text}",
    "网络线索 \"王先生\" 的意向为 \"高\"", "web lead \"Wang\" has intention \"high\"" => |world, words| {
        let names: Vec<&str> = words.iter().copied().filter(|w| !matches!(*w, "网络" | "网上" | "" | "的意向为" | "意向为" | "意向度为" | "意向")).collect();
        lead(world, word(&names, 0), intention(word(&names, 1))?);
        Ok(())
    };

    "[主管|经理]将[网络|]线索[按制度|平均|依次|轮流]分配给 {names}", "the [supervisor|manager] distributes the leads to {names}",
    "主管将网络线索平均分配给 \"甲, 乙, 丙\"", "the supervisor distributes the leads to \"A, B, C\"" => |world, words| {
        distribute(world, word(words, 0), &names(words.last().copied().unwrap_or("")))
    };

    "[待分配|未分配|待分配的|未分配的][线索|客户|名单|清单][为空|已空|没有了]", "the [unassigned|waiting] list is empty",
    "待分配名单为空", "the unassigned list is empty" => |world, _| waiting(world, 0);

    "[还有|尚有] {int} [条|个][线索|客户][待分配|未分配]", "{int} [leads|lead] [still wait|wait|are unassigned|still waits]",
    "还有 2 条线索待分配", "2 leads still wait" => |world, words| {
        waiting(world, words.iter().find_map(|w| w.parse().ok()).unwrap_or(0))
    };

    "{name} 分得 {int} [条|个][线索|客户|]", "{name} is given {int} [leads|lead]",
    "\"甲\" 分得 2 条线索", "\"A\" is given 2 leads" => |world, words| {
        let person = world.person(word(words, 0));
        let wanted: u32 = words.iter().find_map(|w| w.parse().ok()).unwrap_or(0);
        let given = world.attribution.given(person);
        if given == wanted { Ok(()) } else { Err(format!("{given} were given")) }
    };

    "{name} [已分得|已有|此前分得] {int} [条|个]线索", "{name} has been given {int} [leads|lead]",
    "\"甲\" 已分得 3 条线索", "\"A\" has been given 3 leads" => |world, words| {
        let person = world.person(word(words, 0));
        let count: u32 = words.iter().find_map(|w| w.parse().ok()).unwrap_or(0);
        (0..count).for_each(|_| world.attribution.give(person));
        Ok(())
    };

    "{name} [擅长|有能力接待|的专长为|专长是|能力标签为] {text}", "{name} [is good with|is skilled in|has skill] {text}",
    "\"甲\" 擅长 \"企业客户\"", "\"A\" is good with \"companies\"" => |world, words| {
        let person = world.person(word(words, 0));
        world.attribution.skills.entry(person).or_default().push(words.last().copied().unwrap_or("").into());
        Ok(())
    };

    "{name} [已成交|成交过|有成交经验] {int} [单|套|笔]", "{name} has closed {int} [deals|deal]",
    "\"甲\" 已成交 5 单", "\"A\" has closed 5 deals" => |world, words| {
        let person = world.person(word(words, 0));
        let count: u32 = words.iter().find_map(|w| w.parse().ok()).unwrap_or(0);
        world.attribution.closed.insert(person, count);
        Ok(())
    };

    "[线索|客户|网络线索] {client} [需要|属于|为|要求] {text}", "[lead|client] {client} [needs|is of] {text}",
    "线索 \"王先生\" 需要 \"企业客户\"", "lead \"Wang\" needs \"companies\"" => |world, words| {
        let client = word(words, 1);
        lead(world, client, 0);
        world.attribution.needs = Some(words.last().copied().unwrap_or("").into());
        Ok(())
    };

    "[推荐|建议]人选[依次为|首先为|首选为|为] {names}", "the suggestion is {names}",
    "推荐人选依次为 \"甲, 乙\"", "the suggestion is \"A, B\"" => |world, words| {
        let wanted = names(words.last().copied().unwrap_or(""));
        let mut trail = rulebook::Trail::default();
        let rules = world.attribution_rules();
        let candidates = candidates(world);
        let found = suggest(&rules, &candidates, &mut trail);
        world.note_reasons(trail.because());
        let found = found.map_err(|open| format!("`{}` is not decided", open.setting))?;
        let got: Vec<String> = found.iter().take(wanted.len()).map(|s| world.name_of(Some(s.person))).collect();
        if got == wanted { Ok(()) } else { Err(format!("it is {}", got.join(", "))) }
    };

    "[继续|再|]分配给 {name} [会|将|不会|不]失衡", "one more for {name} [is unbalanced|is balanced]",
    "再分配给 \"甲\" 会失衡", "one more for \"A\" is unbalanced" => |world, words| {
        let name = words.iter().copied().find(|w| !matches!(*w, "继续" | "再" | "")).unwrap_or("");
        let last = words.last().copied().unwrap_or("");
        let wanted = matches!(last, "会" | "将" | "is unbalanced");
        let person = world.person(name);
        let mut trail = rulebook::Trail::default();
        let (rules, candidates) = (world.attribution_rules(), candidates(world));
        let found = suggest(&rules, &candidates, &mut trail).map_err(|open| format!("`{}` is not decided", open.setting))?;
        world.note_reasons(trail.because());
        let is = found.iter().find(|s| s.person == person).is_some_and(|s| s.unbalanced);
        if is == wanted { Ok(()) } else { Err(format!("unbalanced: {is}")) }
    };

    "[待分配|待分配的|线索|待分配线索][的顺序|顺序|先后|队列]为 {names}", "the leads wait in the order {names}",
    "待分配顺序为 \"王先生, 李女士\"", "the leads wait in the order \"Wang, Li\"" => |world, words| {
        let wanted = names(words.last().copied().unwrap_or(""));
        let rules = world.attribution_rules();
        let leads: Vec<Lead> = world.attribution.leads.iter().map(|(_, lead)| *lead).collect();
        let mut trail = rulebook::Trail::default();
        let sorted = queue(&rules, &leads, &mut trail).map_err(|open| format!("`{}` is not decided", open.setting))?;
        world.note_reasons(trail.because());
        let name = |client| world.attribution.leads.iter().find(|(_, l)| l.client == client).map(|(n, _)| n.clone());
        let got: Vec<String> = sorted.iter().filter_map(|lead| name(lead.client)).collect();
        if got == wanted { Ok(()) } else { Err(format!("it is {}", got.join(", "))) }
    };

    "{name} [收到|得到] {client} 的[分配|]通知,[列明|含|包括|写明] {fields}", "{name} is told of {client} with {fields}",
    "\"乙\" 收到 \"王先生\" 的分配通知,列明 \"姓名, 电话, 客户分类\"", "\"B\" is told of \"Wang\" with \"name, telephone, class\"" => |world, words| {
        let people: Vec<&str> = words.iter().copied().filter(|w| !matches!(*w, "收到" | "得到" | "分配" | "" | "列明" | "含" | "包括" | "写明")).collect();
        let wanted = fields(word(&people, 2))?;
        let person = world.person(word(&people, 0));
        match world.attribution_of(word(&people, 1)).notice {
            Some(notice) if notice.to == person && notice.holds == wanted => Ok(()),
            other => Err(format!("the notice is {other:?}")),
        }
    };

    "{name} [确认收到|签收|回执][了|] {client} 的[分配|]通知", "{name} confirms receipt of {client}",
    "\"乙\" 确认收到 \"王先生\" 的分配通知", "\"B\" confirms receipt of \"Wang\"" => |world, words| {
        let people: Vec<&str> = words.iter().copied().filter(|w| !matches!(*w, "确认收到" | "签收" | "回执" | "了" | "" | "分配")).collect();
        let by = world.person(word(&people, 0));
        world.about(word(&people, 1), &Command::Acknowledge { by }, Role::Consultant);
        Ok(())
    };

    "{client} 的[分配|]通知[已确认|已签收|尚未确认|未确认|待确认]", "the notice of {client} is [confirmed|not confirmed]",
    "\"王先生\" 的分配通知尚未确认", "the notice of \"Wang\" is not confirmed" => |world, words| {
        let wanted = matches!(words.last().copied(), Some("已确认" | "已签收" | "confirmed"));
        let notice = world.attribution_of(word(words, 0)).notice.ok_or("nobody was told")?;
        let rules = world.attribution_rules();
        let mut trail = rulebook::Trail::default();
        trail.cite("acknowledged", wanted, &rules.distribution.acknowledged, Vec::new());
        world.note_reasons(trail.because());
        let asked = rules.distribution.acknowledged.value() == Some(&true);
        let is = notice.acknowledged_at.is_some();
        if is == wanted && asked { Ok(()) } else { Err(format!("confirmed: {is}, asked for: {asked}")) }
    };

    "{client} 的来电[归类为|分类为|归为] {text},[相关部门为|由|转] {team}[|部门][|接听|负责]", "the call of {client} is classed {text}, the department is {team}",
    "\"王先生\" 的来电归类为 \"装修咨询\",相关部门为 \"装修部\"", "the call of \"Wang\" is classed \"decoration\", the department is \"decoration\"" => |world, words| {
        let (client, class) = (word(words, 0), word(words, if words.len() > 3 { 2 } else { 1 }));
        let team = if words.len() > 3 { word(words, 4) } else { word(words, 2) };
        classed(world, client, class, team)
    };

    "[该来电|来电|该咨询|咨询][分配给|转给|转至|进入] {team} [的轮排|轮排]", "the call goes to the rotation of {team}",
    "该来电转给 \"装修部\" 的轮排", "the call goes to the rotation of \"decoration\"" => |world, words| {
        let team = words.iter().copied().rfind(|w| !matches!(*w, "的轮排" | "轮排")).unwrap_or("");
        let went = world.attribution.department.clone();
        if went.as_deref() == Some(team) { Ok(()) } else { Err(format!("it went to {went:?}")) }
    };

    "[该来电|来电|该咨询|咨询]由接听人跟进", "the call stays with the answerer",
    "该来电由接听人跟进", "the call stays with the answerer" => |world, _| {
        match &world.attribution.department {
            None => Ok(()),
            Some(team) => Err(format!("it went to {team}")),
        }
    };
}

fn intention(text: &str) -> Result<u32, String> {
    Ok(match text {
        "高" | "强" | "A" | "意向" | "意向客户" | "high" | "strong" | "intending" => 3,
        "中" | "B" | "一般" | "medium" => 2,
        "低" | "弱" | "C" | "潜在" | "潜在客户" | "low" | "weak" | "potential" => 1,
        other => {
            other.parse().map_err(|_| format!("`{other}` is no intention; write 高, 中 or 低"))?
        }
    })
}

fn lead(world: &mut World, name: &str, intention: u32) {
    let (client, since) = (world.client(name), world.now());
    if world.attribution.leads.iter().any(|(known, _)| known == name) {
        return;
    }
    world.attribution.leads.push((name.to_owned(), Lead { client, since, intention }));
    world.register(name, "网络", Channel::Web, &[], true);
}

fn candidates(world: &mut World) -> Vec<Candidate> {
    let known = &world.attribution;
    let mut people: Vec<PersonId> = known.skills.keys().copied().collect();
    people.extend(known.closed.keys().chain(known.given.keys()));
    people.sort_unstable();
    people.dedup();
    let needs = known.needs.clone();
    let skills = |person: &PersonId| {
        let all = known.skills.get(person);
        let fits = |skill: &&String| needs.as_ref() == Some(skill);
        all.map_or(0, |all| u32::try_from(all.iter().filter(fits).count()).unwrap_or(0))
    };
    let candidate = |person: PersonId| Candidate {
        person,
        skills: skills(&person),
        closed: known.closed.get(&person).copied().unwrap_or(0),
        given: known.given(person),
    };
    people.into_iter().map(candidate).collect()
}

/// Every lead that waits goes to one of `people`, as the rulebook says.
fn distribute(world: &mut World, by: &str, people: &[String]) -> Result<(), String> {
    let rules = world.attribution_rules();
    let waiting: Vec<String> =
        world.attribution.leads.iter().map(|(name, _)| name.clone()).collect();
    let ids: Vec<PersonId> = people.iter().map(|name| world.person(name)).collect();
    let mut last = world.attribution.last_given;
    for name in waiting {
        if world.attribution_of(&name).awaits.is_none() {
            continue;
        }
        let given = |person: &PersonId| Candidate {
            person: *person,
            skills: 0,
            closed: 0,
            given: world.attribution.given(*person),
        };
        let all: Vec<Candidate> = ids.iter().map(given).collect();
        let mut trail = rulebook::Trail::default();
        let next = next_by_method(&rules, &all, last, &mut trail);
        world.note_reasons(trail.because());
        let next = match next {
            Ok(next) => next,
            Err(open) => {
                world.note_undecided(&open.setting);
                return Ok(());
            }
        };
        let Some(to) = next else { return Err("the rulebook has leads given by hand".into()) };
        world.about(&name, &Command::Assign { to }, role(by));
        world.check_refusal()?;
        world.attribution.give(to);
        last = Some(to);
        world.attribution.last_given = last;
    }
    Ok(())
}

fn waiting(world: &mut World, wanted: u32) -> Result<(), String> {
    let names: Vec<String> = world.attribution.leads.iter().map(|(name, _)| name.clone()).collect();
    let waiting = names.iter().filter(|name| world.attribution_of(name).awaits.is_some()).count();
    if u32::try_from(waiting) == Ok(wanted) { Ok(()) } else { Err(format!("{waiting} wait")) }
}

fn classed(world: &mut World, client: &str, class: &str, team: &str) -> Result<(), String> {
    let class = EnquiryClass::of_name(class).ok_or_else(|| {
        let all: Vec<&str> = EnquiryClass::ALL.iter().map(|class| class.zh()).collect();
        format!("`{class}` is no class; write one of {}", all.join(", "))
    })?;
    let rules = world.attribution_rules();
    let mut trail = rulebook::Trail::default();
    let goes = enquiry_goes(&rules, class, &mut trail);
    world.note_reasons(trail.because());
    world.attribution.department = None;
    match goes {
        Err(open) => world.note_undecided(&open.setting),
        Ok(Goes::DepartmentRing) => {
            world.attribution.department = Some(team.to_owned());
            world.call_to_team(client, team);
        }
        Ok(Goes::Answerer | Goes::Supervisor) => {}
    }
    Ok(())
}
