// Every page of the running demo, for each role: axe finds nothing, nothing is cut off, pictures are taken.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  DEVICES,
  LANGUAGES,
  THEMES,
  assertFaultless,
  launch,
  person,
  picture,
  prefer,
  sideways,
  violations,
} from "./browser.js";
import { ROLES, demoSignIns, signIn } from "./people.js";
import { startDemo } from "./server.js";

let demo;
let browser;
/** What each role may open: `{ role, state, paths }`; nobody first. */
let visitors;

before(async () => {
  demo = await startDemo();
  browser = await launch();
  visitors = await everybody();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function everybody() {
  const door = await person(browser, demo.url);
  const signIns = await demoSignIns(door);
  await door.context().close();
  const all = [{ role: "nobody", state: undefined, paths: ["/sign-in", "/nowhere"] }];
  for (const [role, name] of Object.entries(ROLES)) {
    const page = await person(browser, demo.url);
    await signIn(page, signIns[name][0]);
    const links = page.getByRole("navigation", { name: "主导航" }).getByRole("link");
    const paths = await links.evaluateAll((found) => found.map((link) => link.getAttribute("href")));
    assert.ok(paths.length > 0, `${role} has no page to go to`);
    if (paths.includes("/board")) paths.push(...(await beyondTheBoard(page)));
    if (role === "supervisor") paths.push("/password");
    all.push({ role, state: await page.context().storageState(), paths });
    await page.context().close();
  }
  return all;
}

/** The wall, the sheet to print, and the newest decision. */
async function beyondTheBoard(page) {
  await page.goto("/board");
  const decision = page.locator("a[href^='/decisions/']").first();
  const found = ["/board?wall=1", "/board/print"];
  if ((await decision.count()) > 0) found.push(await decision.getAttribute("href"));
  return found;
}

async function eachPage(device, language, theme, look) {
  const seen = new Set();
  for (const { role, state, paths } of visitors) {
    const page = await person(browser, demo.url, device, { language, theme, state });
    await prefer(page.context(), demo.url, language, theme);
    for (const path of paths) {
      // What looks the same for several roles is looked at once.
      const key = path.startsWith("/decisions/") ? "/decisions" : path;
      if (seen.has(key) && key !== "/") continue;
      seen.add(key);
      const answer = await page.goto(path);
      const expected = path === "/nowhere" ? 404 : 200;
      assert.equal(answer.status(), expected, `${role} at ${path}`);
      assert.equal(await page.getAttribute("html", "lang"), language);
      await look(page, key, role);
    }
    page.faults = page.faults.filter((fault) => !fault.includes("404"));
    assertFaultless(page);
    await page.context().close();
  }
}

for (const language of LANGUAGES) {
  for (const theme of THEMES) {
    test(`axe finds nothing: ${language}, ${theme}`, async () => {
      const found = [];
      await eachPage("desk", language, theme, async (page, path, role) => {
        for (const line of await violations(page, theme)) found.push(`${role} at ${path}: ${line}`);
      });
      assert.equal(found.join("\n"), "");
    });
  }

  test(`nothing is cut off at 1440, 768 and 390 px, with pictures: ${language}`, async () => {
    const found = [];
    for (const [device, { viewport }] of Object.entries(DEVICES)) {
      await eachPage(device, language, "light", async (page, path, role) => {
        const over = await sideways(page);
        if (over > 0) found.push(`${role} at ${path}, ${viewport.width} px: ${over} px too wide`);
        const name = path.replace(/^\//, "").replace(/[^a-z]+/g, "-") || "start";
        await picture(page, `${language}/${viewport.width}/${name}`);
      });
    }
    assert.equal(found.join("\n"), "");
  });
}
