//! Other words for the same: what people write is brought to the words of the steps.

use std::sync::LazyLock;

use regex::Regex;

/// What is said otherwise, and the words of the steps; tried from the top, each on what the one
/// before left. They look at whole sentences, quoted names included.
const SAME: &[(&str, &str)] = &[
    // How a sentence is put together.
    (r"^(?:接待|轮排)?(?:顺序|次序|排序)(?:随之|即)?变(?:为|成)", "接待顺序为"),
    (r"(?:当日|当天|今日|今天)?不得(?:再)?接待(?:客户)?$", "不得接待"),
    (r"停止接待(?:一|1)天$", "停止接待"),
    (r"^下一(?:个|位)(?:应)?接待的(?:人)?是", "下一位是"),
    (r"(?:排|降|移|调)(?:到|至)(?:了)?(?:队尾|末位|最后一位|最后)$", "降至最后"),
    (r#"^("[^"]*")\s*接待了?\s*("[^"]*")$"#, "由 $1 接待 $2"),
    (r#"^由\s*("[^"]*")\s*接听$"#, "由 $1 接待"),
    (r",\s*(?:销售)?(?:主管|经理)(?:已|已经)(?:确认|批准|同意)", ",已获批准"),
    (r#"(主管|经理)(?:认定|核实|查实)\s*("[^"]*")"#, "${1}确认 $2"),
    (r#"抢(?:了|走了|接了)?\s*"[^"]*"\s*的客户"#, "抢客户"),
    (
        r#"^("[^"]*")\s*(?:此前|之前|曾经|曾)?(?:已|已经)?(?:有|由|被|与|和)\s*("[^"]*")\s*(?:联系|接触|邀约|约)过$"#,
        "$2 此前联系过 $1",
    ),
    (r"签到表上?(?:标记|标注|注明|显示|记录)(?:了|为)?", "签到表标注"),
    (
        r"^(?:今日|当日|今天)?(?:的)?(?:上门|来访|排轮|接待|轮排)?(?:轮次|轮值|排轮|轮排|接待)(?:顺序|次序|排序)?表\s*(?:是|为|:)",
        "接待顺序表为",
    ),
    (
        r#"^(?:对)?\s*("[^"]*")\s*(?:被处以|被罚|受到|实行|执行|处以)两排一轮(?:的处罚)?$"#,
        "主管确认 $1 挑客户",
    ),
    (r"拨打(?:销售)?(?:热线|电话)", "来电"),
    (r"一个(?:电话|上门)轮次", "一个轮次"),
    (r#"^the receiver is ("[^"]*")$"#, "$1 receives"),
    (
        r#"(?:又|再)?来了?(?:一|另一)?(?:位|组|名|批|个)?(新客户|老客户|客户|业主)\s*("[^"]*")$"#,
        "$1 $2 到访",
    ),
    (r#"^("[^"]*")\s*(?:送走|送别|接待完)(?:了)?\s*("[^"]*")$"#, "$2 离开"),
    (r#"("[^"]*")\s*(?:前来|再次|又来|来)?回访"#, "$1 到访"),
    (
        r#"^("[^"]*") (?:is called as stand-in|is called to stand in|receives as stand-in)$"#,
        "$1 stands in",
    ),
    (r#"^("[^"]*") is offered the (?:very )?next new (?:customer|client|visitor)$"#, "$1 is next"),
    (r"\bkeeps the right to (?:one|a) (priority )?make-?up(?: turn)?\b", "has a ${1}make-up"),
    (r#"^("[^"]*")\s*正在接待\s*("[^"]*")\s*时,\s*"#, ""),
    (r"离开(?:之)?后$", "离开"),
    (r"^(?:该次|本次|此次|这次)(?:接待|来访|到访)?\s*(不)", "$1"),
    (
        r#"^(?:今天|今日|当日|当天)?(?:的)?(?:接待|轮排|轮接)(?:的)?(?:顺序|次序|排序)表?\s*(?:是|为|:)\s*("[^"]*")$"#,
        "接待顺序为 $1",
    ),
    (r#"^(?:接待人|接待者|接待的)依次(?:是|为|应为)\s*("[^"]*")$"#, "依次由 $1 接待"),
    (r#"^(?:接待人|接待者|接待的人)(?:仍|应)?(?:是|为)\s*("[^"]*")$"#, "由 $1 接待"),
    (
        r#"^(?:由)?系统(?:安排|分配|指派|提示|派)(?:由|给)?\s*("[^"]*")\s*(?:来)?(?:接待)?$"#,
        "由 $1 接待",
    ),
    (r#"轮到\s*("[^"]*")\s*(?:来)?接待$"#, "轮到 $1"),
    (
        r"^(?:又有|共有|又来了?|有|来了)?\s*(\d+|[一二两三四五六七八九十]+)\s*(组|批|位|个)新客户(?:依次|先后|陆续)(?:到访|来访|进店)",
        "依次到访 $1 $2新客户",
    ),
    (
        r"^((?:依次|先后|陆续)到访\s*(?:\d+|[一二两三四五六七八九十]+)\s*(?:组|批|位|个)新客户)$",
        "$1,各自接待完毕",
    ),
    (r"(?:通过|经|由|经由)外拓(?:带来|而来)?(?:到访|来访|进店)", "到访,由外拓带来"),
    (
        r#"("[^"]*")\s*(?:介绍|推荐|引荐)(?:的|来的)(?:新客户|朋友|客户)?\s*("[^"]*")\s*(?:到访|来访|进店)"#,
        "$1 带来新客户 $2 到访",
    ),
    (r#"(?:是|为)\s*("[^"]*")\s*的(?:老)?客户,\s*(?:已|已经)成交$"#, "是 $1 的成交老客户"),
    (
        r#"(?:是|为)\s*("[^"]*")\s*的(?:老)?客户,\s*(?:未|尚未|还未|没有?)成交$"#,
        "是 $1 的未成交老客户",
    ),
    (r#"("[^"]*")\s*为\s*("[^"]*")\s*的((?:已|未|尚未)?(?:成交)?老?客户)$"#, "$1 是 $2 的$3"),
    (r#"^("[^"]*")\s*(?:休假|休息|轮休|不上班|全天请假|请假一天)$"#, "$1 今日休息"),
    (r"试图接待|想要接待|想接待|欲接待|抢先上前接待", "主动接待"),
    (r"本轮轮空|这一轮轮空", "轮空"),
    (r"不再(计|占|消耗)", "不$1"),
    (
        r#"^("[^"]*")\s*(?:发现|得知|认出|查明)\s*("[^"]*")\s*((?:不是|是)(?:购房者|同行|推销|装修|市调|市场|广告|记者|施工|小贩|非购房|来买房|买房))"#,
        "发现 $2 $3",
    ),
    // Who comes.
    (r"来访者|访客|来宾|顾客|来访客户|到访客户|看房客户", "客户"),
    (r"(?:又|再)?(?:有|来了?)?(?:一|另一|另外一)(?:位|组|名|批|个)(新客户|老客户|客户|业主)", "$1"),
    (r"(?:又|再)(?:有|来了?)(新客户|老客户|客户|业主)", "$1"),
    (r"按(?:时间)?(?:先后|顺序)(?:依次)?到访", "依次到访"),
    (r"首次(?:来访|到访|上门)的?客户", "新客户"),
    (
        r"(?:再次|再度|又|第[一二三四]次|首次|重新|当天再次|同日再次|回访|前来|自行)?(?:来访|到访|进店|到店|进门|上门|到场|到达|光临|来到(?:现场|案场|售楼处|售楼部|销售中心)|走进(?:案场|售楼处|售楼部|销售中心|大厅)|进入(?:案场|售楼处|售楼部|销售中心|大厅))(?:现场|案场|售楼处|售楼部|销售中心|回访)?",
        "到访",
    ),
    (r#"("[^"]*")\s*(?:再次|又|再)来(?:了|访)?"#, "$1 到访"),
    (r"打(?:进)?(?:电话|热线)(?:来|进来|咨询)+|来电咨询|致电(?:热线|咨询)?|打进电话", "来电"),
    // Coming and going.
    (
        r"(?:未|没有?|不)(?:打招呼|打个招呼)(?:就|便|而|即)?(?:离开|离场|外出|走开|走了|不在场|不在现场|不在|缺席)(?:了)?(?:现场|前台|岗位|案场)?",
        "未打招呼离场",
    ),
    (
        r"(?:未|没有?|不)报备(?:就|便|而|即)?(?:离开|离场|外出|走开|不在场|不在现场|不在)(?:了)?(?:现场|前台|岗位|案场)?",
        "未报备离场",
    ),
    (
        r"(?:擅自|私自|未经(?:许可|批准|同意)(?:就|便|即)?|未获(?:许可|批准)(?:就|便|即)?)(?:离开|离场|外出|走开|离开了)(?:现场|前台|岗位|案场)?",
        "擅自离场",
    ),
    (
        r"(?:因|为|办)私(?:人)?(?:事|自)?(?:而|暂时)?(?:离开|离场|外出|出去|不在现场|不在场|不在)(?:了)?(?:现场|前台|岗位|案场)?|(?:外出|出去|去)办(?:理)?(?:私事|个人事务)|私事外出",
        "因私事离场",
    ),
    (
        r"(?:因|为|办)公(?:司)?(?:事|务|差)?(?:而|暂时)?(?:离开|离场|外出|出去|不在现场|不在场|不在)(?:了)?(?:现场|前台|岗位|案场)?|(?:外出|出去|去|外出去)办(?:理)?(?:公事|公务|公司事务)|公事外出|公务外出|(?:替|为|代)公司(?:外出)?办事",
        "因公事离场",
    ),
    (r"(?:请假|请事假|请病假)(?:而)?(?:离开|离场|外出)(?:了)?(?:现场|前台|岗位|案场)?", "请假离场"),
    (r#"^("[^"]*")\s*请(?:事|病)?假$"#, "$1 请假离场"),
    (
        r"(?:外出|离开|出去|去)(?:吃饭|用餐|就餐|吃午饭|吃午餐|吃晚饭)|(?:离开)?用餐(?:离场|外出)?$",
        "去用餐",
    ),
    (
        r"(?:离开|出去)?(?:去)?(?:抽烟|吸烟|上洗手间|去洗手间|如厕|接私人电话)|(?:短暂|暂时|临时)(?:离开|离场|走开)(?:前台|现场|岗位|案场)?",
        "短暂离开",
    ),
    (r"(?:返|回)(?:到|回)?(?:现场|前台|岗位|案场|岗|场)|归来|归岗|到岗了|赶回|回来了", "返回"),
    (
        r",\s*(?:并|且|但)?(?:已经|已)?(?:经|获得|获|得到|取得)?(?:过|了)?(?:销售)?(?:主管|经理|领导)(?:的)?(?:批准|同意|许可|确认)|,\s*(?:已)?(?:获批|获准|批准|获得批准|经批准|已批准)$",
        ",已获批准",
    ),
    (
        r",\s*(?:并|且|但)?(?:未|没有?)(?:获得|获|经|得到|取得)?(?:过)?(?:销售)?(?:主管|经理|领导)(?:的)?(?:批准|同意|许可|确认)|,\s*(?:未获批|未批准|未经批准|没有批准)$",
        ",未获批准",
    ),
    (
        r"(?:今日|今天|当日|当天)(?:休息|未上班|不上班|轮休|休假|请假)|休息(?:未到岗|不在岗)|(?:不当班|未当班)",
        "今日休息",
    ),
    // Who is on turn, and who is told.
    (
        r"(?:下一个|下一位|下一名|下次|接下来|现在|当前|此时|依然|仍然|仍旧|仍|还是|依旧|继续)(?:仍)?(?:轮到|是轮到)(?:的是)?",
        "轮到",
    ),
    (r"(?:下一个|下一位|下一名)(?:接待人|接待者|轮到者)?(?:是|为|应是|应为)", "下一位是"),
    (r"(?:保持|保留|维持)(?:在)?(?:轮到|首位|第一位)$", "仍在轮到"),
    (
        r"(?:接待)?名次(?:被)?取消|失去(?:本轮|这一轮|该轮)?轮次|(?:本轮|轮次)(?:作废|被跳过|丢失|视为放弃)|被跳过|被越过且不补|视为(?:自动)?放弃(?:轮次|本轮)?",
        "轮空",
    ),
    (
        r"(?:无|没有|不给|不予|不得|不能|不可|无权|未获得?|没有得到)(?:任何)?(?:优先)?(?:补接|补位|补轮)(?:轮次|机会|权|权利|资格)?",
        "没有补接",
    ),
    (
        r#"("[^"]*")\s*(?:有|得到|获得|享有|得|可以|可|应)(?:一|1)?\s*(?:个|次|轮)?优先(?:补接|补位|补轮)(?:轮次|机会|权|一轮|一次)?$"#,
        "$1 有 1 个优先补接",
    ),
    (
        r#"("[^"]*")\s*(?:有|得到|获得|享有|得|可以|可|应)(?:一|1)?\s*(?:个|次|轮)?(?:普通)?(?:补接|补位|补轮)(?:轮次|机会|权|一轮|一次)?$"#,
        "$1 有 1 个补接",
    ),
    (r"次(优先补接|补接)$", "个$1"),
    (
        r"(?:不|不会|没有|并不|未)(?:计入|计|占|占用|消耗|扣除|用掉|使用|算)(?:接待)?(?:轮次|名次|名额|轮|一轮|次数)(?:名额)?$",
        "不计轮次",
    ),
    (
        r#"("[^"]*")\s*(?:的)?(?:一个)?轮次(?:被|已|已经|已被)?(?:消耗|用掉|使用|占用|计入|扣除|用了|用)(?:了)?$"#,
        "计 $1 一个轮次",
    ),
    (
        r#"(?:用掉|用去|使用|扣除|扣|算|计入|消耗|占用|计)\s*("[^"]*")\s*(?:的)?(?:一|1)?(?:个|次)?(?:轮次|名额|轮)$"#,
        "计 $1 一个轮次",
    ),
    (r"(?:通知|告知|提醒)", "提醒"),
    (r"(?:已|已经)?(?:上报|报告|报备给?|汇报给?|通报)(?:给|了)?(主管|经理|项目负责人)", "已报备$1"),
    // Whose client.
    (r"(?:已|已经)成交(?:过)?(?:的)?(?:老)?客户", "成交老客户"),
    (r"(?:尚未|还未|未|没有|没)成交(?:过)?(?:的)?(?:老)?客户", "未成交老客户"),
    (
        r"(?:仍|仍然|依然|还是|继续)?(?:归属|归|属于)(?:于)?(?:仍)?(?:是|为)?\s*(\x22[^\x22]*\x22)\s*(?:所有|名下)?$",
        "归 $1",
    ),
    (r#"仍?是\s*("[^"]*")\s*的客户$"#, "归 $1"),
    // In the ring or not.
    (
        r"(?:今天|今日|当日)?(?:不在|没有在|未在|不属于|未排入|不列入)(?:今天|今日|当日)?(?:的)?轮排(?:表|名单|中|内|上|里)*|(?:不|没有|未)参(?:加|与)(?:今天|今日|当日)?(?:的)?轮排",
        "不参加轮排",
    ),
    (
        r"(?:仍|将|已)?(?:由|应由|交由|交给|转由|转交|改由|应该由|安排)\s*(\x22[^\x22]*\x22)\s*(?:负责|继续|代为|代|顶替|优先)?接待(?:此客户|该客户|新客户|客户)?$",
        "由 $1 接待",
    ),
    // English.
    (
        r"\b(?:a|an|the|another|one) (?:new |fresh )(?:client|customer|visitor|group|buyer|family|party)\b",
        "new client",
    ),
    (
        r"\b(?:a|an|the|another|one) (old|returning|existing) (?:client|customer|visitor)\b",
        "old client",
    ),
    (r"\bnew (?:customer|visitor|group|buyer|caller)s\b", "new clients"),
    (r"\bnew (?:customer|visitor|group|buyer|caller)\b", "new client"),
    (
        r"\b(?:returning|existing) (?:customer|visitor|client)\b|\bold (?:customer|visitor)\b",
        "old client",
    ),
    (r"\b(?:customer|prospect|buyer)(s?)\b", "client$1"),
    (
        r"\b(?:walks? in|walk in|comes? in|come in|comes to the site|shows? up|turns? up|enters?|visits(?: the site)?|comes?(?: back| again)?|returns? to the site|arrive)\b",
        "arrives",
    ),
    (r"\barrives again\b", "arrives"),
    (r"\b(?:telephones|phones|rings|calls in|rings up)\b", "calls"),
    (
        r"\bwithout (?:telling anyone|telling anybody|notice|saying a word|having told anyone|permission|having told anybody)\b",
        "without a word",
    ),
    (r"\bis (?:away|out|off the floor|absent)(?: from the floor)?\b", "leaves"),
    (r"\b(?:goes out|steps out|walks off)(?: the (?:floor|site|hall))?$", "leaves unreported"),
    (r"\b(?:leaves|goes out|steps out|walks off)(?: the (?:floor|site|hall))?\b", "leaves"),
    (
        r"\bleaves,? (?:on|for|to run) (?:a )?private (?:business|errands?|matters?|affairs)\b",
        "leaves on private business",
    ),
    (
        r"\bleaves,? (?:on|for) (?:official|company|approved) (?:business|duty)\b",
        "leaves on business",
    ),
    (r"\bfor (?:lunch|dinner)\b", "for a meal"),
    (r"\bfor a (?:cigarette|smoke|break|private call|short break)\b", "for a moment"),
    (r"\bcomes back\b|\bis back on (?:the floor|post)\b", "is back"),
    (
        r"\s*,?\s*\b(?:with (?:the )?(?:manager|supervisor)'s approval|approved by the (?:manager|supervisor)|with approval)\b",
        ", approved",
    ),
    (
        r"\s*,?\s*\b(?:without (?:the )?(?:manager's |supervisor's )?approval|not approved|unapproved)\b",
        ", refused",
    ),
    (
        r"\b(?:names no one|names no-one|does not name anyone|asks for nobody|asks for no one|naming nobody|without naming anyone|names nobody in particular)\b",
        "names nobody",
    ),
    (r"\b(?:stays|remains|is still|keeps being) on turn\b", "is still on turn"),
    (r"\bis (?:off today|off duty|not at work today|on a day off)\b", "is off duty today"),
    (
        r"\bis not (?:on|part of|in) (?:today's |the )?(?:rotation|ring)(?: today)?\b",
        "is not on the rotation",
    ),
    (
        r"\b(?:has|gets|earns|is given|receives|is owed) (?:an?|one) priority make-?up(?: turn)?\b",
        "has 1 priority make-up",
    ),
    (
        r"\b(?:has|gets|earns|is given|receives|is owed) (?:an?|one)(?: ordinary)? make-?up(?: turn)?\b",
        "has 1 ordinary make-up",
    ),
    (r"\b(?:gets|earns|is given|is owed|has) no make-?up(?: turn)?\b", "has no make-up"),
    (r#"("[^"]*")(?:'s)? turn is (?:used|consumed|counted|used up)$"#, "a turn of $1 is used"),
    (
        r#"^(?:it|the visit|the reception) (?:uses|consumes|takes) (?:a|one) turn of ("[^"]*")$"#,
        "a turn of $1 is used",
    ),
    (
        r#"^("[^"]*")(?:'s)? turn is (?:not (?:used|consumed|affected|counted)|unaffected|unchanged)$"#,
        "no turn of $1 is used",
    ),
    (
        r"^(?:the visit|it|the reception)(?: is not counted| does not count(?: as a turn)?| uses no turn| counts for no turn)$|^no turn is taken$",
        "no turn is used",
    ),
    (
        r#"^("[^"]*") (?:loses|forfeits) (?:the|his|her|their) turn$|^("[^"]*") is skipped$"#,
        "$1$2 loses the turn",
    ),
    (r#"^("[^"]*") (?:receives|is received by) ("[^"]*")$"#, "$1 receives $2"),
    (
        r#"^("[^"]*") (?:belongs to|stays with|remains with|is owned by) ("[^"]*")$"#,
        r#"$1 is $2's"#,
    ),
    (r#"^("[^"]*") (?:stays|remains|is still) ("[^"]*")'s(?: client)?$"#, r#"$1 is $2's"#),
    (r#"^("[^"]*") is (?:an? )?(open|closed|old) client of ("[^"]*")$"#, "$1 is $3's $2 client"),
    (r#"^("[^"]*") is ("[^"]*")'s unclosed(?: old)? client$"#, "$1 is $2's open client"),
    (r#"^("[^"]*") is an? unclosed(?: old)? client of ("[^"]*")$"#, "$1 is $2's open client"),
];

static COMPILED: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    SAME.iter().filter_map(|(said, meant)| Some((Regex::new(said).ok()?, *meant))).collect()
});

/// `text` in the words of the steps; names stay as they are.
pub(super) fn reword(text: &str) -> String {
    let names: Vec<&str> = text.split('"').skip(1).step_by(2).collect();
    // A name could hold words that have a meaning here: a number stands in for it.
    let mut hidden = String::new();
    for (at, part) in text.split('"').enumerate() {
        hidden.push_str(&if at % 2 == 0 {
            part.to_owned()
        } else {
            format!("\"\u{2}{}\"", at / 2)
        });
    }
    let said = COMPILED
        .iter()
        .fold(hidden, |said, (same, meant)| same.replace_all(&said, *meant).into_owned());
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    names.iter().enumerate().rev().fold(said, |said, (at, name)| {
        said.replace(&format!("\"\u{2}{at}\""), &format!("\"{name}\""))
    })
}

/// `text` without the one date that it tells, and that date.
pub(super) fn without_date(text: &str) -> Option<(String, String)> {
    const DATE: &str = concat!(
        r"\s*(?:于|在|到了?|\bon\b|,\s*on\b)?\s*(?P<date>",
        r"(?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*[日号]|\d{4}-\d{2}-\d{2}",
        r"|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?\b",
        r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}\b",
        r")\s*[,]?\s*"
    );
    static FOUND: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(DATE).ok());
    let mut found = FOUND.as_ref()?.captures_iter(text).filter(|found| {
        let start = found.name("date").map_or(0, |date| date.start());
        text.get(..start).is_some_and(|before| before.matches('"').count() % 2 == 0)
    });
    let (one, None) = (found.next()?, found.next()) else { return None };
    let (whole, date) = (one.get(0)?, one.name("date")?);
    let rest = format!("{} {}", text.get(..whole.start())?, text.get(whole.end()..)?);
    let rest = rest.trim().trim_end_matches(',').trim_end().to_owned();
    Some((
        rest,
        date.as_str().replace(char::is_whitespace, if date.as_str().is_ascii() { " " } else { "" }),
    ))
}

/// `text` without the date and the time that it begins with, and those.
pub(super) fn without_beginning(text: &str) -> Option<(String, Option<String>, Option<String>)> {
    const DATE: &str = concat!(
        r"(?:于|在|[Oo]n )?(?P<date>\d{1,2}月\d{1,2}[日号]|\d{4}-\d{2}-\d{2}",
        r"|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)",
        r"|(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2})"
    );
    const TIME: &str = r"(?:于|在|[Aa]t )?(?P<time>\d{1,2}:\d{2})";
    static FOUND: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(&format!(r"^(?:{DATE})?[\s,]*(?:{TIME})?[\s,]*(?P<rest>.+)$")).ok()
    });
    let found = FOUND.as_ref()?.captures(text)?;
    let part = |name: &str| found.name(name).map(|part| part.as_str().to_owned());
    let (date, time) = (part("date"), part("time"));
    if date.is_none() && time.is_none() {
        return None;
    }
    let time = time.map(|time| if time.find(':') == Some(1) { format!("0{time}") } else { time });
    Some((part("rest")?, date, time))
}

/// `text` without the one time that it tells, and that time.
pub(super) fn without_time(text: &str) -> Option<(String, String)> {
    const TIME: &str = r"\s*(?:于|在|到了?|at|from|,\s*at)?\s*\b(?P<time>\d{1,2}:\d{2}(?::\d{2})?)\s*(?:时|起|开始)?\s*[,]?\s*";
    static FOUND: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(TIME).ok());
    let regex = FOUND.as_ref()?;
    let mut found = regex.captures_iter(text).filter(|found| {
        let start = found.name("time").map_or(0, |time| time.start());
        text.get(..start).is_some_and(|before| before.matches('"').count() % 2 == 0)
    });
    let (one, None) = (found.next()?, found.next()) else { return None };
    let (whole, time) = (one.get(0)?, one.name("time")?);
    let rest = format!("{} {}", text.get(..whole.start())?, text.get(whole.end()..)?);
    let rest = rest.trim().trim_end_matches(',').trim_end().to_owned();
    let time = if time.as_str().find(':') == Some(1) {
        format!("0{}", time.as_str())
    } else {
        time.as_str().to_owned()
    };
    Some((rest, time))
}

#[cfg(test)]
mod tests {
    use super::{COMPILED, SAME, reword, without_time};

    #[test]
    fn every_wording_can_be_read() {
        assert_eq!(COMPILED.len(), SAME.len());
    }

    #[test]
    fn a_name_is_never_reworded() {
        assert_eq!(reword("新客户 \"来访者\" 进店"), "新客户 \"来访者\" 到访");
    }

    #[test]
    fn a_time_is_told_apart() {
        let told = |text: &str| without_time(text);
        assert_eq!(told("9:30 \"甲\" 离开"), Some(("\"甲\" 离开".into(), "09:30".into())));
        assert_eq!(told("\"甲\" 在 10:05 返回"), Some(("\"甲\" 返回".into(), "10:05".into())));
        assert_eq!(told("\"A\" returns at 10:05"), Some(("\"A\" returns".into(), "10:05".into())));
        assert_eq!(told("班次 09:00 至 18:00"), None);
        assert_eq!(told("\"09:30\" 离开"), None);
    }
}
