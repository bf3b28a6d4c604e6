// Arrival from the keyboard: 1 to 9 answer the three questions, / looks up, Enter decides.

const TYPING = "input[type=text], input[type=search], input[type=tel], input[type=number], textarea, select";

function form() {
  return document.querySelector("form#arrival");
}

function answer(key) {
  const choice = form().querySelector(`input[data-key="${key}"]`);
  if (!choice) return false;
  choice.checked = true;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  const whom = choice.dataset.asks && document.getElementById(choice.dataset.asks);
  if (whom) whom.focus();
  return true;
}

function showAsked() {
  for (const choice of form().querySelectorAll("input[data-asks]")) {
    const whom = document.getElementById(choice.dataset.asks);
    whom.closest("[data-asked]").hidden = !choice.checked;
    if (!choice.checked) whom.value = "";
  }
}

function take(match) {
  const fields = form().elements;
  fields.client.value = match.dataset.client;
  fields.client_name.value = match.dataset.name;
  fields.look.value = match.dataset.name;
  const back = form().querySelector("input[name=first_visit][value=no]");
  if (back) back.checked = true;
  document.querySelector("#matches").replaceChildren();
  form().dispatchEvent(new Event("change", { bubbles: true }));
  fields.look.focus();
}

function forget() {
  const fields = form().elements;
  if (fields.client.value === "" || fields.look.value === fields.client_name.value) return;
  fields.client.value = "";
  fields.client_name.value = "";
}

function step(from, by) {
  const matches = [...document.querySelectorAll("#matches button")];
  if (matches.length === 0) return;
  const at = matches.indexOf(from);
  const next = at < 0 ? (by > 0 ? 0 : matches.length - 1) : at + by;
  (matches[next] ?? form().elements.look).focus();
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target.matches(TYPING);
  const looking = event.target.id === "look" || event.target.closest("#matches");
  if (looking && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    step(event.target, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Escape" && event.target.closest("#arrival")) {
    event.target.blur();
  } else if (typing) {
    return;
  } else if (/^[1-9]$/.test(event.key)) {
    if (answer(event.key)) event.preventDefault();
  } else if (event.key === "/") {
    event.preventDefault();
    form().elements.look.focus();
  } else if (event.key === "Enter" && !event.target.closest("button, a, summary")) {
    event.preventDefault();
    form().requestSubmit(form().querySelector("[data-decides]"));
  }
}

export function watchArrival() {
  if (!form()) return;
  showAsked();
  document.addEventListener("keydown", press);
  document.addEventListener("change", (event) => {
    if (event.target.closest("form#arrival")) showAsked();
  });
  document.addEventListener("input", (event) => {
    if (event.target.id === "look") forget();
  });
  document.addEventListener("click", (event) => {
    const match = event.target.closest("#matches [data-client]");
    if (match) take(match);
  });
}
