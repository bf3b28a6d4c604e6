// Notices go by themselves when they are good news, and tell when a request did not get through.

const STAYS_MS = 6_000;

function leaveSoon(notice) {
  if (notice.dataset.leaving || !notice.classList.contains("notice-good")) return;
  notice.dataset.leaving = "yes";
  setTimeout(() => notice.remove(), STAYS_MS);
}

function sweep() {
  document.querySelectorAll("#notices .notice").forEach(leaveSoon);
}

function complain() {
  const notices = document.querySelector("#notices");
  const failed = document.querySelector("template#failed");
  if (notices && failed && !notices.querySelector("[data-failed]")) {
    notices.append(failed.content.cloneNode(true));
  }
}

export function watchNotices() {
  sweep();
  document.addEventListener("htmx:afterSettle", sweep);
  document.addEventListener("click", (event) => {
    event.target.closest("[data-dismisses]")?.closest(".notice")?.remove();
  });
  // What a person asked for must not fail silently; what refreshes itself will try again.
  for (const kind of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(kind, (event) => {
      if (event.detail.requestConfig?.verb !== "get") complain();
    });
  }
}
