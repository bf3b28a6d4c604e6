// A morning on the floor: a receptionist at the desk, a consultant on a telephone, a supervisor, and a
// wall screen. What one of them does, all of them see within a second.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assertFaultless, launch, person, watchFaults } from "./browser.js";
import { ROLES, demoSignIns, signIn } from "./people.js";
import { startDemo } from "./server.js";

const SEEN_WITHIN_MS = 1_000;

let demo;
let browser;
let consultants;
/** Whose page is whose. */
const on = {};
/** The consultant of the telephone, and whom they receive. */
let me;
let visitor;

before(async () => {
  demo = await startDemo();
  browser = await launch();
  const door = await person(browser, demo.url);
  const signIns = await demoSignIns(door);
  await door.context().close();
  on.desk = await person(browser, demo.url, "desk");
  await signIn(on.desk, signIns[ROLES.receptionist][0]);
  consultants = signIns[ROLES.consultant];
  on.floor = await person(browser, demo.url, "desk");
  await signIn(on.floor, signIns[ROLES.supervisor][0]);
  // The same supervisor's second tab shows the board.
  on.board = await on.floor.context().newPage();
  watchFaults(on.board);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("three people run a morning", async (t) => {
  await t.test("the supervisor opens the day", openDay);
  await t.test("a visitor arrives, decided from the keyboard, and the board moves in all", arrive);
  await t.test("the consultant's telephone rings, and they accept", comeToTelephone);
  await t.test("the consultant finishes, and the board says so", finish);
  await t.test("stepping out and coming back is seen by everybody", stepOut);
  await t.test("a mistap is undone", undo);
  await t.test("every decision can be opened to its clause and facts", why);
  assertFaultless(...Object.values(on));
  await t.test("a board that was cut off catches up", reconnect);
});

/** The name on turn, as a board shows it. */
function onTurn(board) {
  return board.getByRole("region", { name: "轮到", exact: true }).getByRole("paragraph").first();
}

/** Somebody's row in the order. */
function row(board, name) {
  return board.getByRole("region", { name: "接待顺序" }).getByRole("listitem").filter({ hasText: name });
}

/** How others than the receiver see a visitor's name: the first character only. */
function masked(name) {
  return new RegExp(`${name[0]}(\\*\\*|${name.slice(1)})`);
}

/** Fails unless `locator` comes to contain `text` within a second. */
async function seen(locator, text, who) {
  const began = Date.now();
  await locator.filter({ hasText: text }).first().waitFor({ timeout: SEEN_WITHIN_MS }).catch(() => {
    assert.fail(`${who}: no "${text}" within ${SEEN_WITHIN_MS} ms`);
  });
  return Date.now() - began;
}

async function live(page) {
  await page.locator("[data-connection='live']").waitFor();
}

/** Everybody's reception ends, so that the morning begins with a full ring. */
async function clearFloor() {
  const desk = on.desk;
  await desk.goto("/arrival");
  await live(desk);
  const running = desk.getByRole("region", { name: "进行中的接待" });
  for (let count = 0; count < 40; count += 1) {
    const step = running.getByRole("button", { name: /^(接受|结束接待)$/ }).first();
    if ((await step.count()) === 0) return;
    await step.click();
    await desk.waitForTimeout(300);
    await desk.goto("/arrival");
  }
  assert.fail("receptions are still running after forty steps");
}

async function openDay() {
  await on.floor.goto("/floor");
  const open = on.floor.getByRole("button", { name: "开盘" });
  if ((await open.count()) > 0) {
    await open.click();
    await open.waitFor({ state: "detached" });
  }
  await clearFloor();
  await on.board.goto("/board");
  await Promise.all([live(on.floor), live(on.board)]);
}

/** Lets a new visitor in at the desk by keys alone; answers who receives. */
async function letIn(name) {
  const desk = on.desk;
  await desk.goto("/arrival");
  await live(desk);
  await desk.keyboard.press("1");
  await desk.keyboard.press("4");
  await desk.keyboard.press("7");
  await desk.getByLabel("称呼").fill(name);
  await desk.getByRole("region", { name: "由谁接待" }).getByText("由").first().waitFor();
  await desk.keyboard.press("Escape");
  await desk.keyboard.press("Enter");
  const decided = desk.getByRole("region", { name: "刚刚决定" });
  await decided.waitFor();
  return (await decided.locator(".visit-who b").last().innerText()).trim();
}

async function arrive() {
  const before = (await onTurn(on.board).innerText()).split(/\s/)[0];
  const began = Date.now();
  const receiver = await letIn("欧阳先生");
  assert.equal(receiver, before, "whoever is on turn receives");
  assert.ok(Date.now() - began < 10_000, "a visit is decided in under ten seconds");
  await seen(row(on.board, receiver), masked("欧阳先生"), "the board");
  const people = on.floor.getByRole("region", { name: "人员" }).getByRole("listitem");
  await seen(people.filter({ hasText: receiver }), masked("欧阳先生"), "the floor");
}

/** Gives the telephone to the consultant called `name`. */
async function pickUp(name) {
  for (const signsIn of consultants) {
    const page = await person(browser, demo.url, "telephone");
    await signIn(page, signsIn);
    await page.goto("/me");
    if ((await page.getByRole("heading", { level: 1 }).innerText()).trim() === name) return page;
    await page.context().close();
  }
  return assert.fail(`${name} is on turn, and is no consultant of the demo`);
}

async function comeToTelephone() {
  me = (await onTurn(on.board).innerText()).split(/\s/)[0];
  on.telephone = await pickUp(me);
  await live(on.telephone);
  visitor = "司马女士";
  assert.equal(await letIn(visitor), me);
  await seen(on.telephone.locator(".now"), masked(visitor), "the telephone");
  await seen(row(on.board, me), masked(visitor), "the board");
  const accept = on.telephone.getByRole("button", { name: "接受" });
  if ((await accept.count()) > 0) await accept.tap();
  await seen(row(on.board, me), "接待中", "the board");
}

async function finish() {
  await on.telephone.getByRole("button", { name: "结束接待" }).tap();
  await seen(row(on.board, me), /待接|轮到/, "the board");
  assert.equal(await row(on.board, me).getByText(masked(visitor)).count(), 0);
}

async function stepOut() {
  const out = on.telephone.getByRole("region", { name: "暂时离开" });
  await out.getByRole("button", { name: /用餐/ }).tap();
  await seen(row(on.board, me), "用餐", "the board");
  const people = on.floor.getByRole("region", { name: "人员" }).getByRole("listitem");
  await seen(people.filter({ hasText: me }), "用餐", "the floor");
  await on.telephone.getByRole("button", { name: "我回来了" }).tap();
  await seen(row(on.board, me), /待接|轮到/, "the board");
}

async function undo() {
  const receiver = await letIn("诸葛先生");
  await seen(row(on.board, receiver), masked("诸葛先生"), "the board");
  await on.desk.getByRole("region", { name: "刚刚决定" }).getByRole("button", { name: /撤销/ }).click();
  const gone = row(on.board, receiver).filter({ hasText: masked("诸葛先生") });
  await gone.waitFor({ state: "detached", timeout: SEEN_WITHIN_MS * 2 });
}

async function why() {
  const decisions = on.board.getByRole("region", { name: "最近决定" }).locator("details.why");
  const last = decisions.filter({ hasText: /第 \S+ 条/ }).first();
  await last.locator("summary").click();
  await last.locator("blockquote.clause").first().waitFor();
  await last.getByRole("link", { name: "查看完整记录" }).click();
  await on.board.getByRole("heading", { level: 1 }).waitFor();
  assert.match(on.board.url(), /\/decisions\//);
  const clause = await on.board.locator("blockquote.clause").first().innerText();
  assert.ok(clause.length > 12, `the clause is told in full, not only "${clause}"`);
  await on.board.locator(".finding").first().waitFor();
  await on.board.goto("/board");
  await live(on.board);
}

async function reconnect() {
  const context = on.floor.context();
  await context.setOffline(true);
  const receiver = await letIn("尉迟先生");
  await on.board.waitForTimeout(500);
  await context.setOffline(false);
  await row(on.board, receiver).filter({ hasText: masked("尉迟先生") }).waitFor({ timeout: 15_000 });
  await live(on.board);
}
