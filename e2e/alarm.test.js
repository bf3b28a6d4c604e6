// "It is your turn" on a consultant's telephone: sound, vibration, and a screen that stays awake.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assertFaultless, launch, person } from "./browser.js";
import { ROLES, demoSignIns, signIn } from "./people.js";
import { startDemo } from "./server.js";

let demo;
let browser;
let desk;
let telephone;

/** Stands in for what a browser without a body cannot do, and keeps count in `window.told`. */
function listen() {
  window.told = { vibrated: [], locks: [], tones: 0, released: 0 };
  navigator.vibrate = (pattern) => Boolean(window.told.vibrated.push(pattern));
  const lock = { release: async () => (window.told.released += 1) };
  const request = async (kind) => (window.told.locks.push(kind), lock);
  Object.defineProperty(navigator, "wakeLock", { value: { request }, configurable: true });
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) {
    window.told.tones += 1;
    return start.apply(this, when);
  };
}

before(async () => {
  demo = await startDemo();
  browser = await launch();
  const door = await person(browser, demo.url);
  const signIns = await demoSignIns(door);
  await door.context().close();
  desk = await person(browser, demo.url, "desk");
  await signIn(desk, signIns[ROLES.receptionist][0]);
  await beginWithFullRing();
  telephone = await pickUp(signIns[ROLES.consultant]);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** Opens the day if need be, and ends every reception that still runs. */
async function beginWithFullRing() {
  await desk.goto("/arrival");
  const open = desk.getByRole("button", { name: "开盘" });
  if ((await open.count()) > 0) await open.click();
  const running = desk.getByRole("region", { name: "进行中的接待" });
  for (let count = 0; count < 40; count += 1) {
    await desk.goto("/arrival");
    const step = running.getByRole("button", { name: /^(接受|结束接待)$/ }).first();
    if ((await step.count()) === 0) return;
    await step.click();
    await desk.waitForTimeout(300);
  }
  assert.fail("receptions are still running after forty steps");
}

/** The telephone of whoever is on turn. */
async function pickUp(consultants) {
  await desk.goto("/board");
  const turn = desk.getByRole("region", { name: "轮到", exact: true }).getByRole("paragraph").first();
  const name = (await turn.innerText()).split(/\s/)[0];
  for (const signsIn of consultants) {
    const page = await person(browser, demo.url, "telephone");
    await page.context().addInitScript(listen);
    await signIn(page, signsIn);
    await page.goto("/me");
    if ((await page.getByRole("heading", { level: 1 }).innerText()).trim() === name) return page;
    await page.context().close();
  }
  return assert.fail(`${name} is on turn, and is no consultant of the demo`);
}

const told = () => telephone.evaluate(() => window.told);

/** Waits until what the telephone has told satisfies `enough`. */
async function toldThat(enough, what) {
  for (let count = 0; count < 50; count += 1) {
    if (enough(await told())) return;
    await telephone.waitForTimeout(100);
  }
  assert.fail(`the telephone has not ${what}: ${JSON.stringify(await told())}`);
}

async function letIn() {
  await desk.goto("/arrival");
  await desk.keyboard.press("1");
  await desk.getByRole("region", { name: "由谁接待" }).getByText("由").first().waitFor();
  await desk.keyboard.press("Escape");
  await desk.keyboard.press("Enter");
  await desk.getByRole("region", { name: "刚刚决定" }).waitFor();
}

test("the screen stays awake while the switch is on", async () => {
  await toldThat(({ locks }) => locks.includes("screen"), "asked to stay awake");
});

test("whoever is called hears and feels it, again and again until they answer", async () => {
  await telephone.locator("[data-connection='live']").waitFor();
  // Browsers give sound only after a touch.
  await telephone.getByRole("heading", { level: 1 }).tap();
  const before = await told();
  await letIn();
  await telephone.getByRole("button", { name: "接受" }).waitFor();
  await toldThat(({ vibrated }) => vibrated.length > before.vibrated.length, "vibrated");
  await toldThat(({ tones }) => tones >= before.tones + 3, "sounded");
  const once = await told();
  await toldThat(({ vibrated }) => vibrated.length > once.vibrated.length, "rung again");
  await telephone.getByRole("button", { name: "接受" }).tap();
  await telephone.getByRole("button", { name: "结束接待" }).waitFor();
  const answered = await told();
  await telephone.waitForTimeout(4_500);
  assert.equal((await told()).vibrated.length, answered.vibrated.length, "it stops once answered");
});

test("with the switch off it is quiet, and the screen may sleep", async () => {
  await telephone.getByRole("switch").uncheck();
  await toldThat(({ released }) => released > 0, "let the screen go");
  const before = await told();
  await telephone.getByRole("button", { name: "结束接待" }).tap();
  await telephone.waitForTimeout(1_000);
  const after = await told();
  assert.equal(after.vibrated.length, before.vibrated.length);
  assert.equal(after.tones, before.tones);
  assertFaultless(desk, telephone);
});
