// Bundles script and style into dist/, and draws the icon sprite from the few icons that are used.

import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import * as esbuild from "esbuild";

const DIST = "dist";
const ICONS = "node_modules/@tabler/icons/icons/outline";

await rm(DIST, { recursive: true, force: true });
await mkdir(DIST, { recursive: true });

const names = (await readFile("icons/used.txt", "utf8")).split(/\s+/).filter(Boolean);
const symbols = await Promise.all(
  names.map(async (name) => {
    const svg = await readFile(`${ICONS}/${name}.svg`, "utf8");
    const shape = svg
      .replace(/^[\s\S]*?<svg[^>]*>/, "")
      .replace(/<\/svg>\s*$/, "")
      .replace(/\s*<path stroke="none"[^>]*>\s*/, "")
      .replace(/\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${shape}</symbol>`;
  }),
);
await writeFile(
  `${DIST}/icons.svg`,
  `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`,
);

for (const file of await readdir("public")) {
  await copyFile(`public/${file}`, `${DIST}/${file}`);
}

const options = {
  entryPoints: {
    app: "src/app.js",
    theme: "src/theme.js",
    worker: "src/worker.js",
    style: "style/app.css",
  },
  outdir: DIST,
  bundle: true,
  minify: true,
  target: ["es2022"],
  logLevel: "info",
  legalComments: "linked",
};

if (process.argv.includes("--watch")) {
  const context = await esbuild.context(options);
  await context.watch();
} else {
  await esbuild.build(options);
}
