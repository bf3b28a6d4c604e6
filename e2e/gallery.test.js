// Every sample of every page, in both languages, light and dark: axe finds nothing, nothing is cut off.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { DEVICES, LANGUAGES, THEMES, assertFaultless, launch, person, sideways, violations } from "./browser.js";
import { startGallery } from "./server.js";

let gallery;
let browser;

before(async () => {
  gallery = await startGallery();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await gallery?.stop();
});

async function samples() {
  const list = await (await fetch(gallery.url)).text();
  return [...new Set([...list.matchAll(/href="\/sample\/([^"?]+)/g)].map((match) => match[1]))];
}

for (const language of LANGUAGES) {
  for (const theme of THEMES) {
    test(`axe finds nothing on any page: ${language}, ${theme}`, async () => {
      const found = [];
      const page = await person(browser, gallery.url, "desk", { language, theme });
      for (const name of await samples()) {
        await page.goto(`/sample/${name}?language=${language}&theme=${theme}`);
        if (!(await isWhole(page))) continue;
        for (const line of await violations(page, theme)) found.push(`${name}: ${line}`);
      }
      assertFaultless(page);
      await page.context().close();
      assert.equal(found.join("\n"), "");
    });
  }

  test(`no page is wider than a telephone or a tablet: ${language}`, async () => {
    const found = [];
    for (const device of Object.keys(DEVICES)) {
      const page = await person(browser, gallery.url, device, { language });
      for (const name of await samples()) {
        await page.goto(`/sample/${name}?language=${language}`);
        if (!(await isWhole(page))) continue;
        const over = await sideways(page);
        if (over > 0) found.push(`${name} on a ${device}: ${over} px too wide`);
      }
      await page.context().close();
    }
    assert.equal(found.join("\n"), "");
  });
}

/** Fragments for the script to put into a page have no heading, title or style of their own. */
function isWhole(page) {
  return page.evaluate(() => document.title !== "");
}
