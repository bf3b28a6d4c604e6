// Browsers as people have them: a desk, a telephone, a wall; and what a page must not do there.

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Where pictures go: build results to be looked at. */
export const pictures = join(here, "..", "build", "screenshots");

export const LANGUAGES = ["zh-CN", "en"];
export const THEMES = ["light", "dark"];

/** Width and height in CSS pixels. */
export const DEVICES = {
  desk: { viewport: { width: 1440, height: 900 } },
  tablet: { viewport: { width: 768, height: 1024 }, hasTouch: true },
  telephone: {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  },
};

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || undefined,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * A person's browser: cookies, language and theme of their own; `state` brings the cookies of somebody
 * who signed in before. `page.faults` collects what went wrong in it: script errors, refused files,
 * failed requests.
 */
export async function person(browser, url, device = "desk", wishes = {}) {
  const { language = "zh-CN", theme, state } = wishes;
  const context = await browser.newContext({
    ...DEVICES[device],
    storageState: state,
    baseURL: url,
    locale: language,
    timezoneId: "Asia/Shanghai",
    colorScheme: theme ?? "light",
  });
  await prefer(context, url, language, theme);
  const page = await context.newPage();
  watchFaults(page);
  return page;
}

/** Begins to collect what goes wrong in `page`, and lets it wait no longer than people would. */
export function watchFaults(page) {
  page.setDefaultTimeout(10_000);
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(`script: ${error.message}`));
  page.on("console", (message) => {
    // Chromium's own advice about a page that nobody has touched yet is no fault of the page.
    const advice = message.text().includes("navigator.vibrate");
    if (message.type() === "error" && !advice) page.faults.push(`console: ${message.text()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) page.faults.push(`${response.status()} ${response.url()}`);
  });
}

/** Language and theme, as the page's own menu keeps them. */
export async function prefer(context, url, language, theme) {
  const cookies = [{ name: "lunpai_language", value: language, url }];
  if (theme) cookies.push({ name: "lunpai_theme", value: theme, url });
  await context.addCookies(cookies);
}

/** Fails if anything went wrong in the browser. */
export function assertFaultless(...pages) {
  for (const page of pages) assert.deepEqual(page.faults, [], `faults at ${page.url()}`);
}

const EVERYTHING = {
  type: "tag",
  values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
};
const COLOURS = { type: "rule", values: ["color-contrast"] };

/**
 * What axe finds on the page as it stands, one line for each rule and place. In the dark only
 * colours differ: asking for everything again would only take time.
 */
export async function violations(page, theme = "light") {
  // Not by a script tag: the pages' own policy rightly refuses that.
  await page.evaluate(axe);
  const runOnly = theme === "dark" ? COLOURS : EVERYTHING;
  return page.evaluate(async (runOnly) => {
    const { violations } = await window.axe.run({ runOnly, resultTypes: ["violations"] });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")}: ${node.failureSummary}`),
    );
  }, runOnly);
}

/** Whether the page can be pushed sideways: on a telephone that means something is cut off. */
export function sideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Takes a picture of the whole page into build/screenshots. */
export async function picture(page, name) {
  const path = join(pictures, `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path, fullPage: true, animations: "disabled" });
}
