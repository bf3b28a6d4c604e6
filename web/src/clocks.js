// Clocks that count: "since 12 minutes", "4:32 left". The server's clock is the one that counts.

import { changed } from "./live.js";

const root = document.documentElement;
const ahead = Date.parse(root.dataset.now) - Date.now() || 0;

export function now() {
  return Date.now() + ahead;
}

function minutesInWords(minutes) {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const pattern =
    hours === 0 ? root.dataset.minutes : rest === 0 ? root.dataset.hours : root.dataset.hoursMinutes;
  return pattern.replace("{h}", hours).replace("{m}", rest);
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function tick() {
  const at = now();
  for (const time of document.querySelectorAll("time[data-since]")) {
    const minutes = Math.max(0, Math.floor((at - Date.parse(time.dateTime)) / 60_000));
    put(time, minutesInWords(minutes));
  }
  for (const time of document.querySelectorAll("time[data-until]")) {
    const seconds = Math.max(0, Math.ceil((Date.parse(time.dateTime) - at) / 1_000));
    put(time, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    if (seconds > 0 || time.dataset.over) continue;
    time.dataset.over = "yes";
    const whole = time.closest("[data-until-hides]");
    if (whole) whole.hidden = true;
    else changed();
  }
  for (const bar of document.querySelectorAll("progress[data-until]")) {
    bar.value = Math.max(0, (Date.parse(bar.dataset.until) - at) / 1_000);
  }
  const clock = document.querySelector("[data-wall-clock]");
  if (clock) {
    const zone = Number(clock.dataset.wallClock) * 1_000;
    put(clock, new Date(at + zone).toISOString().slice(11, 16));
  }
}

export function watchClocks() {
  tick();
  setInterval(tick, 1_000);
  document.addEventListener("htmx:afterSettle", tick);
}
