//! Steps: who must have which part, and what the ledgers must say.

use super::{
    super::{
        share::Fraction,
        state::{Basis, Deal, Pending},
    },
    amount, last, last_deal,
    said::share,
    says, word,
};
use crate::{
    money::Currency,
    scenario::{World, steps},
};

steps! { "commission";
    "{name} [应得|分得|可得|得|获得|分|拿|占|的份额为|的份额是|分到|][佣金|提成|] {share}[的佣金|的提成|佣金|提成|]", "{name} [gets|receives|has|earns|is due|'s share is|] {share}[ of the commission| of it|]",
    "\"甲\" 得 1/3", "\"A\" gets 1/3" => |world, words| {
        let wanted = share(words.iter().copied().find(|word| share(word).is_ok()).unwrap_or(""))?;
        part_is(world, word(words, 0), wanted)
    };

    "[佣金|提成|] {name} [应得|分得|可得|得|获得|分|拿|占|][佣金|提成|] {share},[而|] {name} [应得|分得|可得|得|获得|分|拿|占|][佣金|提成|] {share}", "[commission |] {name} [gets|receives|has|] {share}[,| and|, and] {name} [gets|receives|has|] {share}",
    "\"甲\" 得 1/3,\"乙\" 得 2/3", "\"A\" gets 1/3 and \"B\" gets 2/3" => |world, words| {
        let zh = words.len() > 8;
        let other = if zh { word(words, 6) } else { word(words, 5) };
        let mut parts = words.iter().copied().skip(2).filter(|word| share(word).is_ok());
        let (one, two) = (share(parts.next().unwrap_or(""))?, share(parts.next().unwrap_or(""))?);
        part_is(world, word(words, 1), one)?;
        part_is(world, other, two)
    };

    "{name} [应得|分得|可得|得|获得|分|拿|][佣金|提成|][为|] {money}[的佣金|佣金|]", "{name} [gets|receives|has|earns|is due] {money}[ of the commission|]",
    "\"甲\" 得 3333.34 元", "\"A\" gets ¥3,333.34" => |world, words| {
        let wanted = words.iter().copied().skip(1).find_map(|word| amount(word).ok());
        stands(world, word(words, 0), wanted.ok_or("say how much")?)
    };

    "{name} [应得|分得|可得|得|获得|分|拿|][佣金|提成|] {money},[而|] {name} [应得|分得|可得|得|获得|分|拿|][佣金|提成|] {money}", "{name} [gets|receives|has] {money}[,| and|, and] {name} [gets|receives|has] {money}",
    "\"甲\" 得 1000 元,\"乙\" 得 2000 元", "\"A\" gets ¥1,000 and \"B\" gets ¥2,000" => |world, words| {
        let zh = words.len() > 7;
        let other = if zh { word(words, 5) } else { word(words, 4) };
        let mut sums = words.iter().copied().skip(1).filter_map(|word| amount(word).ok());
        let (one, two) = (sums.next().ok_or("say how much")?, sums.next().ok_or("say how much")?);
        stands(world, word(words, 0), one)?;
        stands(world, other, two)
    };

    "[佣金|提成|分成|该单佣金|]由 {name} [和|与|,|跟] {name} [各半|平分|均分|对半分|各得一半|各得二分之一|各占一半|共同所有|对半分成]", "the commission is [split half and half|split equally|shared equally|halved] between {name} and {name}",
    "佣金由 \"甲\" 与 \"乙\" 各半", "the commission is split half and half between \"A\" and \"B\"" => |world, words| {
        let zh = words.len() > 3;
        let (one, other) = if zh { (word(words, 1), word(words, 3)) } else { (word(words, 1), word(words, 2)) };
        halves(world, one, other)
    };

    "{name} [和|与|,|跟] {name} [各半|平分|均分|对半分|各得一半|各得二分之一|各得 1/2|各占一半|各得佣金的一半|佣金各半|平分佣金]", "{name} and {name} [each get half|get half each|each get 1/2|share equally|split it half and half]",
    "\"甲\" 与 \"乙\" 各得一半", "\"A\" and \"B\" each get half" => |world, words| {
        let other = if words.len() > 3 { word(words, 2) } else { word(words, 1) };
        halves(world, word(words, 0), other)
    };

    "[双方|两人][各半|各得一半|平分|各得 1/2|对半分]", "each [of the two |party |side |]gets [half|1/2]",
    "双方各半", "each gets half" => |world, _| {
        let parties = deal(world)?.parties.clone();
        let half = Fraction::new(1, 2);
        if parties.len() != 2 {
            return Err(format!("the parties are {}", parties.len()));
        }
        let deal = deal(world)?;
        let parts: Vec<Option<Fraction>> = parties.iter().map(|party| part_of(deal, *party)).collect();
        if parts.iter().all(|part| *part == half) { Ok(()) } else { Err(said_parts(world)) }
    };

    "[佣金|提成|成交佣金|业绩|该单佣金][全部|全额|100%|都|仍|][归|归属于|属于] {name}[所有|一人|]", "[all|the whole|the entire|100%] [of the |]commission [goes to|belongs to|is] {name}[ alone|]",
    "佣金全部归 \"甲\"", "the whole commission goes to \"A\"" => |world, words| {
        let name = words.iter().copied().find(|w| world.is_on_floor(w)).unwrap_or(word(words, 2));
        part_is(world, name, Fraction::WHOLE)
    };

    "{name} [没有|不得|无|不分|不再有|不享有|未得到|无权分得][佣金|提成|分成|份额|任何佣金]", "{name} [gets|has|receives] [no commission|no share|no part|nothing]",
    "\"甲\" 没有佣金", "\"A\" gets no commission" => |world, words| {
        part_is(world, word(words, 0), Fraction::NOTHING)
    };

    "{name} [不参与|不再参与|未参与][分成|提成|佣金分配|佣金|分配|该单提成]", "{name} [takes no part in|does not share in] the [split|commission]",
    "\"甲\" 不参与分成", "\"A\" takes no part in the split" => |world, words| {
        part_is(world, word(words, 0), Fraction::NOTHING)
    };

    "[分成|佣金|佣金分配|分配][待|等待|尚待|须|需][确认|双方确认|双方协商|协商|双方协商确认|协商确认|各方确认]", "the [split|commission|division] [waits for|awaits|is waiting for|needs] [confirmation|agreement|both confirmations|both to confirm|the parties to agree]",
    "分成待双方确认", "the split waits for both confirmations" => |world, _| {
        match &deal(world)?.pending {
            Some(Pending::Agreement { .. }) => Ok(()),
            other => Err(format!("what is open: {other:?}")),
        }
    };

    "[分成|佣金|佣金分配|分配][尚|仍|][未确定|未定|待定|不确定]", "the [split|commission] is [open|not certain|not settled|still open]",
    "分成未确定", "the split is open" => |world, _| {
        if deal(world)?.parts.is_empty() { Ok(()) } else { Err(said_parts(world)) }
    };

    "[分成|佣金|佣金分配|分配][已确定|已确认|生效|确定|已生效]", "the [split|commission] is [settled|certain|confirmed|final]",
    "分成已确定", "the split is settled" => |world, _| {
        if deal(world)?.parts.is_empty() { Err(said_parts(world)) } else { Ok(()) }
    };

    "[分成|佣金|佣金分配|分配][待|等待|须][裁定|经理裁定|主管裁定]", "the [split|commission] [waits for|awaits] a ruling",
    "分成待裁定", "the split waits for a ruling" => |world, _| {
        match &deal(world)?.pending {
            Some(Pending::Undecided { .. }) => Ok(()),
            other => Err(format!("what is open: {other:?}")),
        }
    };

    "[分成|该单|本单|][标记为|标注为|注明|按][协商未果|未达成协议|未协商一致|协商不成|未协商][处理|]", "[the split|it] is [flagged|marked] as [not agreed|without agreement]",
    "分成标记为协商未果", "the split is flagged as not agreed" => |world, _| basis(world, Basis::Fallback);

    "[分成|该单|本单|][由|经|按]双方[协商|确认|约定][确定|]", "the split is as [both|the parties] agreed",
    "分成由双方协商确定", "the split is as both agreed" => |world, _| basis(world, Basis::Agreement);

    "[若|如|如果]当天成交,{name} [可得|可分得|可分|得] {share}", "if it closes today {name} gets {share}",
    "若当天成交,\"甲\" 可得 1/2", "if it closes today \"A\" gets 1/2" => |world, words| {
        let wanted = share(last(words))?;
        let person = world.person(if words.len() > 3 { word(words, 1) } else { word(words, 0) });
        let rules = world.kinds();
        let deal = deal(world)?;
        if !matches!(deal.pending, Some(Pending::SameDay { .. })) {
            return Err(format!("what is open: {:?}", deal.pending));
        }
        let closer = deal.closer.unwrap_or(person);
        let parties = [deal.circumstances.owner.unwrap_or(closer), closer];
        let parts = rules.commission.split.same_day_colleague.value().and_then(|split| split.among(&parties));
        let found = parts.and_then(|parts| parts.iter().find(|part| part.person == person).map(|part| part.share));
        if found == Some(wanted) { Ok(()) } else { Err(format!("they get {found:?}")) }
    };

    "[当天成交的份额|该份额|当天的份额]已失效", "the part for closing today has lapsed",
    "当天成交的份额已失效", "the part for closing today has lapsed" => |world, _| {
        match &deal(world)?.pending {
            None => Ok(()),
            other => Err(format!("what is open: {other:?}")),
        }
    };

    "{name} 的[佣金|]台账[余额|合计|][为|是|] {money}", "{name}'s ledger [stands at|adds up to|is] {money}",
    "\"甲\" 的台账余额为 0 元", "\"A\"'s ledger stands at ¥0" => |world, words| {
        let wanted = amount(last(words))?;
        let name = word(words, 0);
        let balance = lines_of(world, name).iter().sum::<i64>();
        same(wanted, balance)
    };

    "{name} 的[佣金|]台账有 {int} [条|笔][记录|分录|]", "{name}'s ledger has {int} [entries|entry]",
    "\"甲\" 的台账有 2 笔", "\"A\"'s ledger has 2 entries" => |world, words| {
        let wanted: usize = words.iter().skip(1).find_map(|word| word.parse().ok()).unwrap_or(0);
        let found = lines_of(world, word(words, 0)).len();
        if found == wanted { Ok(()) } else { Err(format!("there are {found}")) }
    };

    "{name} 的[佣金|]台账[冲回|冲销|扣回|冲减] {money}", "{money} is taken back on {name}'s ledger",
    "\"甲\" 的台账冲回 1000 元", "¥1,000 is taken back on \"A\"'s ledger" => |world, words| {
        let zh = words.len() > 2;
        let (name, sum) = if zh { (word(words, 0), last(words)) } else { (word(words, 1), word(words, 0)) };
        let wanted = -amount(sum)?;
        if lines_of(world, name).contains(&wanted) { Ok(()) } else { Err(format!("the entries are {:?}", lines_of(world, name))) }
    };

    "{client} [算|视为|计为|][已成交|成交]", "the deal [with|of] {client} [is closed|counts as closed]",
    "\"王先生\" 视为成交", "the deal with \"Wang\" counts as closed" => |world, words| closed(world, words, true);

    "{client} [尚未成交|不算成交|未成交|不视为成交|还未成交]", "the deal [with|of] {client} [is not closed|does not count as closed]",
    "\"王先生\" 不算成交", "the deal with \"Wang\" does not count as closed" => |world, words| closed(world, words, false);
}

/// The deal that the scenario last spoke of.
fn deal(world: &mut World) -> Result<&Deal, String> {
    let client = last_deal(world)?;
    world.deal_of(&client)
}

fn part_of(deal: &Deal, person: crate::people::PersonId) -> Option<Fraction> {
    if deal.parts.is_empty() {
        return None;
    }
    let part = deal.parts.iter().find(|part| part.person == person);
    Some(part.map_or(Fraction::NOTHING, |part| part.share))
}

fn said_parts(world: &mut World) -> String {
    let Ok(known) = deal(world).cloned() else { return "no deal is closed".into() };
    let parts: Vec<String> = known
        .parts
        .iter()
        .map(|part| format!("{} {}", world.name_of(Some(part.person)), part.share))
        .collect();
    let parts = if parts.is_empty() { "open".to_owned() } else { parts.join(", ") };
    format!("the parts are {parts}; it is {:?}, open is {:?}", known.situation, known.pending)
}

fn part_is(world: &mut World, name: &str, wanted: Fraction) -> Result<(), String> {
    let person = world.person(name);
    let deal = deal(world)?;
    // Before a deal closes nobody has a part.
    let nobody = wanted.is_nothing() && !deal.is_closed();
    let found = if deal.is_closed() { part_of(deal, person) } else { None };
    if nobody || found == Some(wanted) { Ok(()) } else { Err(said_parts(world)) }
}

fn halves(world: &mut World, one: &str, other: &str) -> Result<(), String> {
    let half = Fraction::new(1, 2).ok_or("no half")?;
    part_is(world, one, half)?;
    part_is(world, other, half)
}

/// What stands on the ledger of `name` for the last deal, or on the whole ledger where no deal is.
fn stands(world: &mut World, name: &str, wanted: i64) -> Result<(), String> {
    let person = world.person(name);
    let deal = deal(world)?;
    let found = deal.standing_of(person);
    if deal.is_closed() && deal.commission.is_none() {
        return Err("nobody has said what the commission is".into());
    }
    if found == wanted {
        return Ok(());
    }
    let yuan = Currency::default();
    Err(format!("{} stand there; {}", yuan.shown(found), said_parts(world)))
}

fn basis(world: &mut World, wanted: Basis) -> Result<(), String> {
    let found = deal(world)?.basis;
    if found == Some(wanted) { Ok(()) } else { Err(format!("it rests on {found:?}")) }
}

fn same(wanted: i64, found: i64) -> Result<(), String> {
    let yuan = Currency::default();
    if wanted == found { Ok(()) } else { Err(format!("it is {}", yuan.shown(found))) }
}

fn lines_of(world: &mut World, name: &str) -> Vec<i64> {
    world.settle_deals();
    let person = world.person(name);
    let own = world.commission.lines.iter().filter(|(whose, _)| *whose == person);
    own.map(|(_, line)| line.amount).collect()
}

fn closed(world: &mut World, words: &[&str], wanted: bool) -> Result<(), String> {
    let client = if says(words, &["with", "of"]) { word(words, 1) } else { word(words, 0) };
    let is = match world.deal_of(client) {
        Ok(deal) => deal.is_closed(),
        Err(_) => false,
    };
    if is == wanted { Ok(()) } else { Err(format!("closed: {is}")) }
}
