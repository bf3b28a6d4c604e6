//! `lunpai bench fairness`: how far apart people are after so many made-up days, by each rulebook and
//! by plain ways of dealing, on the same arrivals.

use domain::rotation::fairness::{
    Policy, Spread, by_policy, by_rulebook, course::Course, decided, spread,
};
use serde::Serialize;

use super::super::{Failed, Library, report};

/// What to play.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
    /// The rulebooks; all that say who receives a new visitor where none is named.
    rulebooks: Vec<String>,
    /// How many days.
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=730))]
    days: u32,
    /// How many people are in the ring.
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u32).range(2..=50))]
    people: u32,
    /// The seed that arrivals, absences and lots are drawn from.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// What one way of dealing came to.
#[derive(Debug, Serialize)]
struct Dealt {
    /// The rulebook, or the plain way.
    by: String,
    /// How many new visitors everybody received.
    received: Vec<i64>,
    /// How far apart they are.
    spread: Spread,
    /// The most turns that somebody was owed and had neither received nor lost by a clause.
    owing: Option<i64>,
    /// Turns lost by a clause, of everybody.
    lost: Option<i64>,
}

pub(super) fn run(library: &Library, options: &Options) -> Result<bool, Failed> {
    let course = Course::draw(options.days, options.people, options.seed);
    let names =
        if options.rulebooks.is_empty() { library.slugs() } else { options.rulebooks.clone() };
    let mut all = Vec::new();
    for name in names {
        let document = library.load(&name)?.composed.document;
        let speaks = document.settings.keys().any(|p| p == "rotation.situation.new.receiver");
        if speaks || !options.rulebooks.is_empty() {
            let accounts = by_rulebook(&decided(&document), &course).accounts;
            let received: Vec<i64> = accounts.iter().map(|account| account.received()).collect();
            let owing = accounts.iter().map(|account| account.outstanding()).max();
            let lost = Some(accounts.iter().map(|account| account.lost).sum());
            all.push(Dealt { by: name, spread: spread(&received), received, owing, lost });
        }
    }
    for policy in Policy::ALL {
        let received = by_policy(policy, &course, options.seed);
        let (by, spread) = (policy.name().to_owned(), spread(&received));
        all.push(Dealt { by, received, spread, owing: None, lost: None });
    }
    if options.json {
        report::json(&all)?;
        return Ok(true);
    }
    let head = ["gap", "deviation", "owing", "lost", "received"];
    report::line(&format!(
        "{:<16}{:>6}{:>11}{:>7}{:>6}  {}",
        "by", head[0], head[1], head[2], head[3], head[4]
    ));
    for dealt in &all {
        let number = |number: Option<i64>| number.map_or_else(|| "-".to_owned(), |n| n.to_string());
        let deviation = dealt.spread.deviation_hundredths;
        report::line(&format!(
            "{:<16}{:>6}{:>8}.{:02}{:>7}{:>6}  {}",
            dealt.by,
            dealt.spread.gap,
            deviation / 100,
            deviation % 100,
            number(dealt.owing),
            number(dealt.lost),
            dealt.received.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        ));
    }
    Ok(true)
}
