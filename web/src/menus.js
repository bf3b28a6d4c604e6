// Menus close when one looks elsewhere; the sheet opens when it has been filled.

export function watchMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
    if (event.target.matches("dialog")) event.target.close();
    if (event.target.closest("[data-prints]")) window.print();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });

  // A choice that is sent at once: language, theme, a ring.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-sends]")) event.target.form.requestSubmit();
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const sheet = event.target.closest?.("dialog");
    if (sheet && !sheet.open && event.target.childElementCount > 0) sheet.showModal();
  });
}
