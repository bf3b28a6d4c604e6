// One stream of changes for all tabs of a browser, and the light that says whether it is alive.
//
// Where the browser offers locks (not on plain HTTP in a LAN) one tab leads: it holds the only
// EventSource and tells the others. Elsewhere every tab holds its own.

const SILENCE_MS = 45_000;
const AGAIN_MS = 2_000;
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000];

let seen = 0;
let state = "connecting";
let channel = null;
let pending = 0;

function show(next) {
  state = next;
  for (const light of document.querySelectorAll("[data-connection]")) {
    light.dataset.connection = next;
    const text = light.querySelector("[data-connection-text]");
    const words = light.dataset[next];
    if (text && words && text.textContent !== words) text.textContent = words;
  }
}

// Many changes in a moment are one refresh.
export function changed() {
  if (pending) return;
  pending = setTimeout(() => {
    pending = 0;
    document.body.dispatchEvent(new CustomEvent("lunpai:changed", { bubbles: true }));
  }, 60);
}

function tell(message) {
  channel?.postMessage(message);
  hear(message);
}

function hear(message) {
  if (message.kind === "state") show(message.state);
  if (message.kind === "changed") {
    seen = Math.max(seen, message.id);
    changed();
  }
}

function lead(path) {
  let tries = 0;
  let source = null;
  let silence = 0;
  let lost = false;

  function heard() {
    clearTimeout(silence);
    silence = setTimeout(again, SILENCE_MS);
  }

  function again() {
    clearTimeout(silence);
    source?.close();
    lost = true;
    tell({ kind: "state", state: "reconnecting" });
    const wait = RETRY_MS[Math.min(tries, RETRY_MS.length - 1)];
    tries += 1;
    setTimeout(open, wait + Math.random() * 250);
  }

  function open() {
    source = new EventSource(`${path}?after=${seen}`);
    source.addEventListener("open", () => {
      tries = 0;
      tell({ kind: "state", state: "live" });
      // The stream catches up from `seen`; a refresh also covers what it no longer keeps.
      if (lost) tell({ kind: "changed", id: seen });
      lost = false;
      heard();
    });
    source.addEventListener("beat", heard);
    source.addEventListener("changed", (event) => {
      heard();
      tell({ kind: "changed", id: Number(event.lastEventId) || seen });
    });
    source.addEventListener("error", again);
  }

  open();
}

export function connect() {
  const path = document.body.dataset.live;
  if (!path) return;
  seen = Number(document.body.dataset.seen) || 0;
  show("connecting");

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") changed();
  });
  // A part that could not fetch itself is behind: it tries again until it gets through.
  for (const kind of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(kind, (event) => {
      const { requestConfig, xhr } = event.detail;
      if (requestConfig?.verb !== "get" || (xhr?.status >= 400 && xhr.status < 500)) return;
      setTimeout(changed, AGAIN_MS);
    });
  }

  if (!navigator.locks || !("BroadcastChannel" in window)) {
    lead(path);
    return;
  }
  channel = new BroadcastChannel("lunpai-live");
  let leading = false;
  channel.addEventListener("message", ({ data }) => {
    if (data.kind === "hello" && leading) channel.postMessage({ kind: "state", state });
    else hear(data);
  });
  channel.postMessage({ kind: "hello" });
  navigator.locks.request("lunpai-live", () => {
    leading = true;
    lead(path);
    return new Promise(() => {});
  });
}
