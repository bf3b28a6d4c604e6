// "It is your turn": sound, vibration, and a screen that stays awake while the switch is on.

const KEY = "lunpai-alarm";
const EVERY_MS = 4_000;

let sound = null;
let lock = null;
let rung = null;
let repeat = 0;

function wanted() {
  return localStorage.getItem(KEY) !== "off";
}

// Two rising tones, loud enough for a sales floor.
function beep() {
  if (!sound || sound.state !== "running") return;
  for (const [start, pitch] of [[0, 880], [0.22, 1175], [0.44, 1568]]) {
    const tone = sound.createOscillator();
    const volume = sound.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, sound.currentTime + start);
    volume.gain.exponentialRampToValueAtTime(0.6, sound.currentTime + start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, sound.currentTime + start + 0.2);
    tone.connect(volume).connect(sound.destination);
    tone.start(sound.currentTime + start);
    tone.stop(sound.currentTime + start + 0.22);
  }
}

function ring() {
  beep();
  if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.([300, 120, 300, 120, 600]);
}

function look() {
  const call = document.querySelector("[data-alarm]");
  const id = call?.dataset.alarm ?? null;
  if (id === rung) return;
  rung = id;
  clearInterval(repeat);
  if (id === null || !wanted()) return;
  ring();
  if (call.dataset.alarmRepeats !== undefined) repeat = setInterval(ring, EVERY_MS);
}

async function stayAwake() {
  if (!wanted() || document.visibilityState !== "visible" || !navigator.wakeLock) return;
  lock = await navigator.wakeLock.request("screen").catch(() => null);
}

// Browsers give sound only after a touch.
function unlock() {
  if (!wanted()) return;
  sound ??= new AudioContext();
  if (sound.state === "suspended") sound.resume();
}

export function watchAlarm() {
  const choice = document.querySelector("input#alarm");
  if (!choice) return;
  choice.checked = wanted();
  choice.addEventListener("change", () => {
    localStorage.setItem(KEY, choice.checked ? "on" : "off");
    clearInterval(repeat);
    if (choice.checked) {
      unlock();
      setTimeout(beep, 100);
      stayAwake();
    } else {
      lock?.release();
    }
  });
  document.addEventListener("pointerdown", unlock, { passive: true });
  document.addEventListener("visibilitychange", stayAwake);
  document.addEventListener("htmx:afterSettle", look);
  stayAwake();
  look();
}
