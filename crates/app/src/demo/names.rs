//! Names and telephones of people who do not exist.

use super::chance::Chance;
use crate::clients::NewClient;

const FAMILY: [&str; 40] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭",
    "何", "林", "高", "罗", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾",
    "肖", "田", "董", "袁", "潘", "于", "蒋", "蔡",
];

const GIVEN: [&str; 48] = [
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明",
    "超", "秀英", "霞", "平", "刚", "桂英", "建国", "志强", "晓燕", "海燕", "春梅", "文博", "雨桐",
    "子涵", "思远", "嘉怡", "浩然", "欣怡", "俊杰", "梦琪", "雅婷", "宇航", "佳慧", "国栋", "玉兰",
    "少华", "立新", "婉清", "景行", "若曦", "世杰", "永康",
];

const MOBILE: [&str; 10] = ["138", "139", "136", "137", "135", "150", "151", "158", "186", "188"];

const COMPANIES: [&str; 6] =
    ["东湖科技", "星海贸易", "长河物流", "云帆设计", "恒信会计", "青禾餐饮"];

/// A client.
pub(super) fn client(chance: &mut Chance) -> NewClient {
    let family = chance.one_of(&FAMILY).copied().unwrap_or("王");
    let name = match chance.between(0, 9) {
        // How a desk writes somebody down who only gives a family name.
        0 => format!("{family}先生"),
        1 => format!("{family}女士"),
        _ => format!("{family}{}", chance.one_of(&GIVEN).copied().unwrap_or("明")),
    };
    let telephones = if chance.percent(85) { vec![telephone(chance)] } else { Vec::new() };
    let company = chance.percent(6).then(|| chance.one_of(&COMPANIES).copied()).flatten();
    let plate = chance.percent(10).then(|| format!("粤A{:05}", chance.between(10_000, 99_999)));
    NewClient {
        name,
        telephones,
        company: company.map(str::to_owned),
        plate,
        ..NewClient::default()
    }
}

fn telephone(chance: &mut Chance) -> String {
    let prefix = chance.one_of(&MOBILE).copied().unwrap_or("138");
    format!("{prefix}{:08}", chance.between(0, 99_999_999))
}
