// One floor, two rulebooks: what is decided this minute and the next, and what each decision says of it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assertFaultless, launch, person } from "./browser.js";
import { ROLES, demoSignIns, signIn } from "./people.js";
import { startDemo } from "./server.js";

const FIRST = "云栖台售楼处接待制度";
const SECOND = "澜湾营销中心接待轮岗制度";

let demo;
let browser;
let desk;
let manager;
let lead;

before(async () => {
  demo = await startDemo();
  browser = await launch();
  const door = await person(browser, demo.url);
  const signIns = await demoSignIns(door);
  await door.context().close();
  desk = await person(browser, demo.url, "desk");
  await signIn(desk, signIns[ROLES.receptionist][0]);
  lead = await person(browser, demo.url, "desk");
  await signIn(lead, signIns[ROLES.supervisor][0]);
  manager = await person(browser, demo.url, "desk");
  await signIn(manager, signIns[ROLES.manager][0]);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** Lets a visitor in, and opens the record of the decision. */
async function decided() {
  await desk.goto("/arrival");
  const open = desk.getByRole("button", { name: "开盘" });
  if ((await open.count()) > 0) await open.click();
  await desk.keyboard.press("1");
  await desk.locator("#preview .preview-sentence").waitFor();
  await desk.keyboard.press("Escape");
  await desk.keyboard.press("Enter");
  const panel = desk.getByRole("region", { name: "刚刚决定" });
  await panel.waitFor();
  await panel.locator("details.why summary").first().click();
  await panel.getByRole("link", { name: "查看完整记录" }).first().click();
  await desk.getByRole("heading", { level: 1 }).waitFor();
  return desk.locator("main").innerText();
}

test("the first rulebook decides, and the record names it", async () => {
  assert.match(await decided(), new RegExp(FIRST));
});

test("the supervisor copies another, changes a setting and writes a scenario", async () => {
  await lead.goto("/rulebooks/demo-signin");
  await lead.getByRole("link", { name: "运行场景" }).click();
  const scenarios = lead.getByRole("region", { name: "场景" });
  await scenarios.getByText("通过").first().waitFor();
  assert.equal(await scenarios.locator(".scenario-reason").count(), 0, "a preset passes its own");
  await lead.getByRole("button", { name: "复制并修改" }).click();
  await lead.waitForURL(/version=\d/);
  await lead.getByRole("link", { name: "修改设置" }).click();
  await lead.getByLabel("查找设置").fill("attribution.validity.warning_days");
  await lead.keyboard.press("Enter");
  const field = lead.locator("input[name='value.attribution.validity.warning_days']");
  await field.fill("三天");
  await lead.getByText("不可用").first().waitFor();
  await field.fill("3");
  await lead.getByRole("button", { name: "保存" }).click();
  await lead.getByText("已保存").first().waitFor();
  assert.equal(await field.inputValue(), "3");

  await lead.getByRole("link", { name: "场景", exact: true }).click();
  await lead.goto(`${new URL(lead.url()).pathname}${new URL(lead.url()).search}&file=own.feature`);
  await lead.locator("#text").fill("# language: zh-CN\n功能: 例\n  场景: 无此句\n    那么 天要下雨\n");
  await lead.getByRole("button", { name: "运行场景" }).click();
  await lead.locator("#results .scenario-reason").waitFor();
  assert.ok((await lead.locator("#steps button").count()) > 3, "sentences are offered");
});

test("what is broken in the text says the line, and a comment survives the forms", async () => {
  await lead.getByRole("link", { name: "文本", exact: true }).click();
  const text = await lead.locator("#text").inputValue();
  await lead.locator("#text").fill(`= =\n${text}`);
  await lead.locator("#text-problems [data-line='1']").waitFor();
  await lead.locator("#text").fill(`# 本案场\n${text}`);
  await lead.getByRole("button", { name: "保存" }).click();
  await lead.getByText("已保存").first().waitFor();
  assert.match(await lead.locator("#text").inputValue(), /^# 本案场\n/);
});

test("it is handed in, approved by another, compared and activated", async () => {
  await lead.getByRole("link", { name: "差异" }).click();
  await lead.getByText("不同").first().waitFor();
  await lead.getByRole("link", { name: "送审与启用" }).click();
  await lead.getByRole("button", { name: "送审" }).click();
  await lead.getByText("已送审").first().waitFor();
  assert.equal(await lead.getByRole("button", { name: "批准" }).count(), 0, "not by its author");
  await manager.goto(new URL(lead.url()).pathname + new URL(lead.url()).search);
  await manager.getByRole("button", { name: "批准" }).click();
  await manager.getByText("已批准").first().waitFor();
  await manager.locator("form[action$='/activate'] [role=status] p").first().waitFor();
  await manager.getByRole("button", { name: "启用" }).click();
  await manager.getByText("已启用").first().waitFor();
});

test("the next visitor is decided by the second, and the first decision keeps its own", async () => {
  const record = await decided();
  assert.match(record, new RegExp(SECOND));
  assert.doesNotMatch(record, new RegExp(FIRST));
  await desk.goto("/board");
  await desk.getByRole("heading", { level: 1 }).waitFor();
  assertFaultless(desk, manager, lead);
});

test("a decision on the board is fetched whole when it is opened, and stays open", async () => {
  const last = desk.getByRole("region", { name: "最近决定" }).locator("details.why").first();
  await last.locator("summary").click();
  await last.getByText("版").first().waitFor();
  const clause = last.locator("blockquote.clause").first();
  await clause.waitFor();
  assert.ok((await clause.innerText()).length > 12, "with the text of its clause");
  await desk.evaluate(() => document.body.dispatchEvent(new CustomEvent("lunpai:changed")));
  await desk.waitForTimeout(500);
  assert.ok(await clause.isVisible(), "also after the board was brought up to date");
});
