// Runs before the first paint: turns "as the device says" into light or dark.

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

function apply() {
  const theme = root.dataset.theme;
  root.dataset.bsTheme = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
}

apply();
dark.addEventListener("change", apply);
