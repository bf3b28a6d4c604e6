//! Pages of the handbook that the program writes itself; `UPDATE_EXPECT=1` brings them up to date.

use std::fmt::Write as _;
use std::process::Command;

use app::workbook::day::LAYOUT;
use domain::scenario::all_steps;
use expect_test::expect_file;

fn lunpai(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_lunpai")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_setting_is_on_its_page() {
    let page = lunpai(&["rulebook", "settings", "--markdown"]);
    expect_file!["../../../docs/src/rulebooks/settings.md"].assert_eq(&page);
}

#[test]
fn every_sentence_is_on_its_page() {
    let mut page = String::from(
        "# Every sentence\n\nWritten by a test from the step library. `{name}`, `{client}`, `{text}` \
         and the like stand for a text in quotes, `{int}` for a whole number, `{time}` for a time of \
         day, `{value}` for a value as a rulebook writes it, `{rest}` for anything; `[a|b]` is one \
         of several words. A space in a pattern may be left out beside Chinese letters.\n",
    );
    for step in all_steps() {
        let _ = write!(
            page,
            "\n```text\n{}\n{}\n```\n\n> {}\n>\n> {}\n",
            step.zh, step.en, step.example_zh, step.example_en
        );
    }
    expect_file!["../../../docs/src/rulebooks/steps.md"].assert_eq(&page);
}

#[test]
fn every_column_of_a_day_is_on_its_page() {
    let mut page = String::from(
        "# The sheets of a day\n\nWritten by a test from the layout that `lunpai rotation replay` \
         reads and `lunpai rotation template` writes. A sheet and a column may be called by any of \
         its names; columns may stand in any order, and those that a floor does not keep may be \
         left out. Only `签到` and `来访` must be there. Times are like `09:30`.\n",
    );
    for sheet in LAYOUT {
        let _ = write!(
            page,
            "\n## `{}` / `{}`\n\n| 列 | column | 内容 | what it holds |\n| --- | --- | --- | --- |\n",
            sheet.zh, sheet.en
        );
        for column in sheet.columns {
            let [zh, en] = column.note;
            let _ = writeln!(page, "| {} | {} | {zh} | {en} |", column.zh, column.en);
        }
    }
    expect_file!["../../../docs/src/rotation/day-workbook.md"].assert_eq(&page);
}

#[test]
fn every_command_is_on_its_page() {
    let mut page = String::from("# Commands\n\nWritten by a test from `--help` of each command.\n");
    describe(&[], &mut page);
    expect_file!["../../../docs/src/operating/commands.md"].assert_eq(&page);
}

fn describe(path: &[&str], page: &mut String) {
    let help = lunpai(&[path, &["--help"]].concat());
    let _ = write!(page, "\n## `lunpai {}`\n\n```text\n{}\n```\n", path.join(" "), help.trim());
    *page = page.replace("## `lunpai `", "## `lunpai`");
    for command in commands_in(&help) {
        describe(&[path, &[command]].concat(), page);
    }
}

/// The names in the list of commands that a help text has.
fn commands_in(help: &str) -> Vec<&str> {
    help.lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect()
}

#[test]
fn every_permission_is_on_its_page() {
    let mut page = String::from(
        "# Roles\n\nWritten by a test from the table that every use case asks. What a rulebook says \
         about authority (who deals, who sets the order, who approves an outing) comes on top: this \
         table only opens the doors that lead there.\n\n\
         | door | scope of a token | roles |\n| --- | --- | --- |\n",
    );
    for permission in app::roles::Permission::ALL {
        let roles: Vec<_> = permission.roles().iter().map(|role| role.word()).collect();
        let (word, scope) = (permission.word(), permission.scope().word());
        let _ = writeln!(page, "| `{word}` | `{scope}` | {} |", roles.join(", "));
    }
    expect_file!["../../../docs/src/operating/roles.md"].assert_eq(&page);
}

#[test]
fn every_key_of_the_configuration_is_on_its_page() {
    let page = include_str!("../../../docs/src/operating/configuration.md");
    let source = include_str!("../src/configuration.rs");
    let keys = source
        .lines()
        .skip_while(|line| !line.starts_with("pub struct Configuration"))
        .skip(1)
        .take_while(|line| *line != "}")
        .filter_map(|line| line.trim().strip_prefix("pub ")?.split(':').next());
    for key in keys {
        let variable = format!("`LUNPAI_{}`", key.to_uppercase());
        assert!(page.contains(&format!("| `{key}` | {variable} |")), "`{key}` is not on the page");
        assert!(source.contains(variable.trim_matches('`')), "`{key}` is not read from {variable}");
    }
}
