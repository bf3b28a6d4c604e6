//! Everything a page says to one reader: sentences, numbers, times.

use std::fmt;

use askama::filters::HtmlSafe;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike, Utc};
use fluent_bundle::FluentArgs;

use super::catalogue::Catalogue;
use super::{Argument, Fact, Language, Text, Value};

/// The reader's language and the site's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// What the reader reads.
    pub language: Language,
    /// Where the clock on the wall of the site stands.
    pub zone: FixedOffset,
}

/// A piece of HTML that we wrote ourselves and that is not escaped again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markup(pub(crate) String);

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

/// Stands around a key that has no translation, so that it is seen and found by the tests.
const MISSING: (char, char) = ('⟦', '⟧');

impl Words {
    /// Words in `language` at a site in `zone`.
    pub fn new(language: Language, zone: FixedOffset) -> Self {
        Self { language, zone }
    }

    /// The message of `key`.
    pub fn say(&self, key: impl AsRef<str>) -> String {
        self.message(key.as_ref(), None)
    }

    /// The message of `key` with one variable.
    pub fn say1(&self, key: impl AsRef<str>, name: &'static str, value: impl Argument) -> String {
        let mut args = FluentArgs::new();
        args.set(name, value.fluent());
        self.message(key.as_ref(), Some(&args))
    }

    /// The message of `key` with two variables.
    pub fn say2(
        &self,
        key: impl AsRef<str>,
        name: &'static str,
        value: impl Argument,
        name_2: &'static str,
        value_2: impl Argument,
    ) -> String {
        let mut args = FluentArgs::new();
        args.set(name, value.fluent());
        args.set(name_2, value_2.fluent());
        self.message(key.as_ref(), Some(&args))
    }

    fn message(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        Catalogue::of(self.language)
            .message(key, args)
            .unwrap_or_else(|| format!("{}{key}{}", MISSING.0, MISSING.1))
    }

    /// The name that the `family` (`situation`, `purpose`, `outing`, `role` ..) gives to `name`:
    /// the message `<family>-<name>`. A name without translation is shown as plain words, so that
    /// a newer rulebook never breaks a page.
    pub fn named(&self, family: &str, name: impl AsRef<str>) -> String {
        self.named_with(family, name.as_ref(), &[])
    }

    /// Like [`Words::named`], with `facts` for the variables of the message.
    pub fn named_with(&self, family: &str, name: &str, facts: &[Fact]) -> String {
        let key = format!("{family}-{}", name.replace('_', "-"));
        let mut args = FluentArgs::new();
        for fact in facts {
            match fact.value {
                Value::Number(number) => args.set(fact.name.as_str(), number),
                _ => args.set(fact.name.as_str(), self.value(&fact.value)),
            }
        }
        Catalogue::of(self.language)
            .message(&key, Some(&args))
            .unwrap_or_else(|| name.replace(['_', '-'], " "))
    }

    /// Whether `family` has a message for `name` in this language. For the tests that walk the
    /// names a domain knows.
    pub fn has_name(&self, family: &str, name: &str) -> bool {
        let key = format!("{family}-{}", name.replace('_', "-"));
        Catalogue::of(self.language).message(&key, None).is_some()
    }

    /// A text written in both languages.
    pub fn text<'a>(&self, text: &'a Text) -> &'a str {
        text.r#in(self.language)
    }

    /// The value of a fact.
    pub fn value(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => text.clone(),
            Value::Named(name) => self.named("value", name),
            Value::Number(number) => self.number(number),
            Value::Minutes(minutes) => self.minutes(minutes),
            Value::Days(days) => self.say1("format-days", "days", days),
            Value::Time(at) => self.moment_text(at),
            Value::Date(day) => self.date(day),
            Value::Flag(true) => self.say("format-yes"),
            Value::Flag(false) => self.say("format-no"),
            Value::List(values) if values.is_empty() => self.say("format-none"),
            Value::List(values) => {
                self.list(&values.iter().map(|value| self.value(value)).collect::<Vec<_>>())
            }
            Value::Unknown => self.say("format-unknown"),
        }
    }

    /// A whole number with separators between thousands.
    pub fn number(&self, number: &i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let mut text = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        if *number < 0 { format!("−{text}") } else { text }
    }

    /// A difference: `+1`, `0`, `−2`.
    pub fn signed(&self, number: &i32) -> String {
        let text = self.number(&i64::from(*number));
        if *number > 0 { format!("+{text}") } else { text }
    }

    /// A duration in minutes: `95` is `1 小时 35 分钟`, `1 h 35 min`.
    pub fn minutes(&self, minutes: &i64) -> String {
        let (hours, rest) = (minutes / 60, minutes % 60);
        match (hours, rest) {
            (0, rest) => self.say1("format-minutes", "minutes", rest),
            (hours, 0) => self.say1("format-hours", "hours", hours),
            (hours, rest) => self.say2("format-hours-minutes", "hours", hours, "minutes", rest),
        }
    }

    /// Several things in a sentence: `甲、乙和丙`, `A, B and C`.
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => {
                let between = if self.language == Language::Chinese { "、" } else { ", " };
                self.say2("format-list", "first", first.join(between), "last", last)
            }
        }
    }

    /// A day: `11月22日 周日`, `Sun 22 Nov`.
    pub fn date(&self, day: &NaiveDate) -> String {
        match self.language {
            Language::Chinese => {
                let weekday = ["一", "二", "三", "四", "五", "六", "日"]
                    [day.weekday().num_days_from_monday() as usize];
                format!("{}月{}日 周{weekday}", day.month(), day.day())
            }
            Language::English => day.format("%a %-d %b").to_string(),
        }
    }

    /// A day with its year: `2026年11月22日`, `22 Nov 2026`.
    pub fn date_in_full(&self, day: &NaiveDate) -> String {
        match self.language {
            Language::Chinese => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
            Language::English => day.format("%-d %b %Y").to_string(),
        }
    }

    /// The time of day at the site: `09:05`.
    pub fn time(&self, at: &DateTime<Utc>) -> String {
        let at = at.with_timezone(&self.zone);
        format!("{:02}:{:02}", at.hour(), at.minute())
    }

    /// Day, year and time at the site, without markup.
    pub fn moment_text(&self, at: &DateTime<Utc>) -> String {
        let day = at.with_timezone(&self.zone).date_naive();
        format!("{} {}", self.date_in_full(&day), self.time(at))
    }

    /// A moment seen from `now`: the time if it is the same day at the site, else day and time.
    pub fn near(&self, at: &DateTime<Utc>, now: &DateTime<Utc>) -> String {
        let day = at.with_timezone(&self.zone).date_naive();
        if day == now.with_timezone(&self.zone).date_naive() {
            self.time(at)
        } else {
            format!("{} {}", self.date(&day), self.time(at))
        }
    }

    /// The value of a field `<input type="datetime-local">`, at the site.
    pub fn local(&self, at: &DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).format("%Y-%m-%dT%H:%M").to_string()
    }

    /// The time of day as a `<time>` element.
    pub fn clock(&self, at: &DateTime<Utc>) -> Markup {
        Markup(format!("<time datetime=\"{}\">{}</time>", iso(at), self.time(at)))
    }

    /// Day, year and time as a `<time>` element.
    pub fn moment(&self, at: &DateTime<Utc>) -> Markup {
        Markup(format!("<time datetime=\"{}\">{}</time>", iso(at), self.moment_text(at)))
    }

    /// How long ago `at` was when the page was made at `now`; the script counts on.
    pub fn since(&self, at: &DateTime<Utc>, now: &DateTime<Utc>) -> Markup {
        let minutes = (*now - *at).num_minutes().max(0);
        Markup(format!(
            "<time datetime=\"{}\" data-since>{}</time>",
            iso(at),
            self.minutes(&minutes)
        ))
    }

    /// How much is left until `at` in minutes and seconds; the script counts down.
    pub fn left(&self, at: &DateTime<Utc>, now: &DateTime<Utc>) -> Markup {
        let seconds = (*at - *now).num_seconds().max(0);
        Markup(format!(
            "<time datetime=\"{}\" data-until>{}:{:02}</time>",
            iso(at),
            seconds / 60,
            seconds % 60
        ))
    }
}

fn iso(at: &DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
