// Writing a rulebook and its scenarios: lines that are wrong, sentences that fit, files from the disk.

/** Puts `text` on a line of its own at the cursor of `area`. */
function insert(area, text) {
  const { selectionStart: at, value } = area;
  const start = value.lastIndexOf("\n", at - 1) + 1;
  const line = value.slice(start, at);
  const keyword = line.match(/^\s*(假如|假设|当|那么|并且|而且|但是|Given|When|Then|And|But)\s*/);
  const indent = line.match(/^\s*/)[0];
  const from = keyword ? start + keyword[0].length : line.trim() ? at : start + indent.length;
  const before = keyword || !line.trim() ? "" : "\n";
  area.setRangeText(before + text, from, keyword ? at : area.selectionEnd, "end");
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Shows line `number` of `area`, and puts the cursor there. */
function show(area, number) {
  const lines = area.value.split("\n");
  const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
  const height = area.scrollHeight / Math.max(lines.length, 1);
  area.scrollTop = Math.max(0, (number - 4) * height);
}

export function watchRulebooks() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-line], [data-insert]");
    if (!button) return;
    const area = document.querySelector(button.dataset.into ?? "#text");
    if (!area) return;
    if (button.dataset.line) show(area, Number(button.dataset.line));
    else insert(area, button.dataset.insert);
  });

  // A file from the disk goes into the text; it is saved like anything typed.
  document.addEventListener("change", async ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== "file" || !target.dataset.into) return;
    const [file] = target.files;
    if (!file) return;
    const area = document.querySelector(target.dataset.into);
    area.value = await file.text();
    const name = document.querySelector(target.dataset.name);
    if (name) name.value = file.name;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // The sentences beside the text follow the line that is written.
  document.addEventListener("input", ({ target }) => {
    const look = target.dataset?.steps && document.querySelector(target.dataset.steps);
    if (!look) return;
    const before = target.value.slice(0, target.selectionStart);
    const line = before.slice(before.lastIndexOf("\n") + 1).trim();
    look.value = line.replace(/^(假如|假设|当|那么|并且|而且|但是|Given|When|Then|And|But)\s*/, "");
    look.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
