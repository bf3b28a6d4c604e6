//! Steps: a question or fault goes step by step; clients are called back under supervision.

use std::collections::BTreeMap;

use rulebook::Trail;
use uuid::Uuid;

use super::{
    int,
    lexicon::{case_step, flow},
    word,
};
use crate::{
    follow_up::{
        Command,
        callback::{Obstacle, Session, begin, end},
        rules::Field,
        state::CaseId,
    },
    people::{Actor, PersonId, Role},
    scenario::{World, steps, text::names},
};

steps! { "follow_up";
    "<受理|收到|登记> {client} 的{flow} <问题|个案|事项|流程>", "a case of {client} is opened as {flow}",
    "受理 \"王先生\" 的\"一般\"问题", "a case of \"Wang\" is opened as \"ordinary\"" => |world, words| {
        let flow = flow(word(words, 1))?;
        let client = word(words, 0);
        let count = world.tracking(client).cases.len();
        let id = CaseId(Uuid::from_u128(0xCA5E + count as u128));
        world.follow(Some(client), &Command::OpenCase { id, flow });
        world.follow_up.case = Some((client.to_owned(), id));
        Ok(())
    };

    "{name} <对该问题|对此|><完成|执行|进行>{step} <步骤|一步|>", "{name} takes the step {step}",
    "\"甲\" 完成\"解决\"步骤", "\"A\" takes the step \"solve\"" => |world, words| {
        let by = world.person(word(words, 0));
        let step = case_step(word(words, 1))?;
        let (client, id) = world.follow_up.case.clone().ok_or("there is no case")?;
        world.follow(Some(&client), &Command::Advance { id, step, by });
        Ok(())
    };

    "<该问题|个案|此事><已|>[办结|完结|未办结|尚未办结]", "the case is [over|closed|not over|not closed]",
    "该问题已办结", "the case is over" => |world, words| {
        let (client, id) = world.follow_up.case.clone().ok_or("there is no case")?;
        let tracking = world.tracking(&client);
        let case = tracking.cases.iter().find(|case| case.id == id).ok_or("there is no case")?;
        let kinds = world.kinds();
        let steps = kinds.follow_up.flow.get(&case.flow).and_then(|rules| rules.steps.value());
        let over = steps.is_some_and(|steps| steps.len() == case.steps.len());
        let wanted = !super::denies(word(words, 0));
        if over == wanted { Ok(()) } else { Err(format!("the steps taken are {:?}", case.steps)) }
    };

    "<下一步|下一步骤><是|为|应为>{step}", "the next step is {step}",
    "下一步是\"回复\"", "the next step is \"reply\"" => |world, words| {
        let wanted = case_step(word(words, 0))?;
        let (client, id) = world.follow_up.case.clone().ok_or("there is no case")?;
        let tracking = world.tracking(&client);
        let case = tracking.cases.iter().find(|case| case.id == id).ok_or("there is no case")?;
        let kinds = world.kinds();
        let steps = kinds.follow_up.flow.get(&case.flow).and_then(|rules| rules.steps.value());
        let next = steps.and_then(|steps| steps.get(case.steps.len())).copied();
        if next == Some(wanted) { Ok(()) } else { Err(format!("the next step is {next:?}")) }
    };

    "[主管|销售主管|经理|置业顾问]安排 {name} 回访 {clients}", "the [supervisor|sales supervisor|manager|consultant] arranges callbacks of {clients} by {name}",
    "主管安排 \"甲\" 回访 \"王先生, 李女士\"", "the supervisor arranges callbacks of \"Wang, Li\" by \"A\"" => |world, words| {
        let (name, clients) = parties(words);
        arrange(world, role(word(words, 0)), name, clients, None)
    };

    "[主管|销售主管|经理|置业顾问]安排 {name} 回访 {clients},<由|指定> {name} 监督", "the [supervisor|sales supervisor|manager|consultant] arranges callbacks of {clients} by {name}, <watched|monitored> by {name}",
    "主管安排 \"甲\" 回访 \"王先生, 李女士\",由 \"丁\" 监督", "the supervisor arranges callbacks of \"Wang, Li\" by \"A\", watched by \"D\"" => |world, words| {
        let (name, clients) = parties(words);
        let monitor = world.person(word(words, 3));
        arrange(world, role(word(words, 0)), name, clients, Some(monitor))
    };

    "{name} <写下|填写|记录><了|> {client} 的回访结果", "{name} writes the result of {client}",
    "\"甲\" 填写 \"王先生\" 的回访结果", "\"A\" writes the result of \"Wang\"" => |world, words| {
        let client = world.client(word(words, 1));
        let session = world.follow_up.session.as_mut().ok_or("no callbacks are arranged")?;
        session.clients.entry(client).or_default().extend(Field::ALL.iter().copied());
        Ok(())
    };

    "{name} <签字|签字确认>", "{name} signs off< the callbacks|>",
    "\"丁\" 签字确认", "\"D\" signs off" => |world, words| {
        let person = world.person(word(words, 0));
        let session = world.follow_up.session.as_mut().ok_or("no callbacks are arranged")?;
        session.signed = session.signed || session.monitor == Some(person);
        Ok(())
    };

    "{name} 结束<回访|本次回访>", "{name} ends the callbacks",
    "\"甲\" 结束回访", "\"A\" ends the callbacks" => |world, _| {
        let kinds = world.kinds();
        let session = world.follow_up.session.clone().ok_or("no callbacks are arranged")?;
        let mut trail = Trail::default();
        world.follow_up.obstacle = end(&kinds.follow_up, &session, &mut trail).err();
        world.note_reasons(trail.because());
        Ok(())
    };

    "回访<可以|已|能><结束|进行|安排>", "the callbacks <may go on|are over|are arranged>",
    "回访可以进行", "the callbacks may go on" => |world, _| match world.follow_up.obstacle {
        None => Ok(()),
        other => Err(format!("{other:?}")),
    };

    "回访<不能|不得>结束,<缺|缺少|还差> {int} 条<记录|结果>", "the callbacks cannot end, {int} <record|records|results> missing",
    "回访不能结束,缺 1 条记录", "the callbacks cannot end, 1 record missing" => |world, words| {
        let results: usize = int(words, 0)?;
        match world.follow_up.obstacle {
            Some(Obstacle::Missing { results: missing }) if missing == results => Ok(()),
            other => Err(format!("{other:?}")),
        }
    };

    "回访[不得进行,未经主管安排|不能进行,无人监督|不能结束,监督人未签字]", "the callbacks [are refused, not arranged by the supervisor|are refused, nobody watches|cannot end, unsigned]",
    "回访不能结束,监督人未签字", "the callbacks cannot end, unsigned" => |world, words| {
        let wanted = match word(words, 0) {
            "不得进行,未经主管安排" | "are refused, not arranged by the supervisor" => Obstacle::NotArranged,
            "不能进行,无人监督" | "are refused, nobody watches" => Obstacle::NoMonitor,
            _ => Obstacle::Unsigned,
        };
        match world.follow_up.obstacle {
            Some(found) if found == wanted => Ok(()),
            other => Err(format!("{other:?}")),
        }
    };
}

fn role(word: &str) -> Role {
    match word {
        "经理" | "manager" => Role::Manager,
        "置业顾问" | "consultant" => Role::Consultant,
        _ => Role::Supervisor,
    }
}

/// Who calls, and whom: Chinese names the caller first, English the clients.
fn parties<'a>(words: &[&'a str]) -> (&'a str, &'a str) {
    let chinese = !word(words, 0).is_ascii();
    if chinese { (word(words, 1), word(words, 2)) } else { (word(words, 2), word(words, 1)) }
}

fn arrange(
    world: &mut World,
    role: Role,
    name: &str,
    clients: &str,
    monitor: Option<PersonId>,
) -> Result<(), String> {
    let caller = world.person(name);
    let clients: Vec<_> = names(clients).iter().map(|client| world.client(client)).collect();
    let clients: BTreeMap<_, _> =
        clients.into_iter().map(|client| (client, Default::default())).collect();
    let session = Session { caller, monitor, clients, signed: false };
    let kinds = world.kinds();
    let mut trail = Trail::default();
    let actor = Actor::new(PersonId(Uuid::nil()), [role]);
    world.follow_up.obstacle = begin(&kinds.follow_up, &session, &actor, &mut trail).err();
    world.note_reasons(trail.because());
    world.follow_up.session = Some(session);
    Ok(())
}
