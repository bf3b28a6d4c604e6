//! A made-up file of clients for the bench: common and rare names, one telephone each.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

/// Family names, the common ones several times.
const FAMILY: &str = "王李张刘陈杨赵黄周吴王李张刘陈王李张徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";

/// Characters of given names.
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰春红建国志文斌宇浩然欣怡子轩梓涵雨晨佳琪思远嘉诚晓彤一鸣雪梅海燕振东立新永康福贵荣光辉耀祖德胜利民安宁馨月婷婉清云飞翔鹏程万里江山峰岩松柏青林森木水淼泽润之恒毅坚刚正义仁信智勇";

/// A small generator: the same file for the same number.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below.max(1)
    }

    fn one<'a>(&mut self, of: &'a [String]) -> &'a str {
        let place = self.next(of.len());
        of.get(place).map_or("", String::as_str)
    }
}

/// Writes `count` made-up clients of `owners` to `to`, as CSV.
pub(super) fn write(to: &Path, count: u32, owners: &[String]) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(to)?);
    let letters = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
    let (family, given) = (letters(FAMILY), letters(GIVEN));
    let grades = letters("ABCD ");
    let sources = ["来访", "来电", "外拓", "网络", "渠道报备", "老带新", ""].map(str::to_owned);
    let mut chance = Chance(20_260_601);
    writeln!(out, "客户姓名,手机号,单位,车牌,意向等级,来源,置业顾问,登记日期,备注")?;
    for number in 0..count {
        let mut name = chance.one(&family).to_owned();
        name.push_str(chance.one(&given));
        if chance.next(10) > 2 {
            name.push_str(chance.one(&given));
        }
        // Every telephone once, in no order.
        let telephone =
            13_000_000_000 + u64::from(number.wrapping_mul(2_654_435_761) % 999_999_937);
        let company = match chance.next(10) {
            0 => format!("{}{}贸易有限公司", chance.one(&given), chance.one(&given)),
            1 => "云山科技有限公司".to_owned(),
            _ => String::new(),
        };
        let plate = if chance.next(5) == 0 {
            format!("粤A{:05}", 10_000 + chance.next(89_999))
        } else {
            String::new()
        };
        let (grade, source) = (chance.one(&grades).to_owned(), chance.one(&sources).to_owned());
        let owner = if chance.next(3) == 0 { "" } else { chance.one(owners) }.to_owned();
        let (month, day) = (1 + chance.next(5), 1 + chance.next(28));
        writeln!(
            out,
            "{name},{telephone},{company},{plate},{grade},{source},{owner},2026-{month:02}-{day:02},"
        )?;
    }
    out.flush()
}
