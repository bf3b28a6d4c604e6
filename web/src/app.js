// Everything the pages need from the browser.

import htmx from "htmx.org";
import { Idiomorph } from "idiomorph/htmx";

import { watchAlarm } from "./alarm.js";
import { watchArrival } from "./arrival.js";
import { watchClocks } from "./clocks.js";
import { connect } from "./live.js";
import { watchMenus } from "./menus.js";
import { watchNotices } from "./notices.js";
import { watchRulebooks } from "./rulebooks.js";

// What a reader has opened stays open when the part around it is brought up to date.
Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) =>
  !(name === "open" && (node.localName === "details" || node.localName === "dialog"));

// Reasons that were fetched stay: a decision never changes.
Idiomorph.defaults.callbacks.beforeNodeMorphed = (before, after) =>
  !(before.id?.startsWith("reasons-") && before.id === after.id && after.hasAttribute("hx-get") && !before.hasAttribute("hx-get"));

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
// A refusal or a form with mistakes is an answer to be shown like any other.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "4(09|22)", swap: true },
  { code: "[45]..", swap: false, error: true },
];

watchClocks();
watchMenus();
watchNotices();
watchArrival(htmx);
watchAlarm();
watchRulebooks();
connect();

if ("serviceWorker" in navigator && window.isSecureContext) {
  navigator.serviceWorker.register("/worker.js").catch(() => {});
}
