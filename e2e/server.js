// A Lunpai of one's own: the demo company in a temporary folder, on a free port.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const READY_WITHIN_MS = 120_000;

/** A port that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answers(url) {
  try {
    return (await fetch(url, { redirect: "manual" })).status < 500;
  } catch {
    return false;
  }
}

/** Starts `command`, and waits until `url` answers. */
async function start(command, args, url) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let ended = null;
  child.stdout.on("data", (text) => (said += text));
  child.stderr.on("data", (text) => (said += text));
  child.on("error", (error) => (ended = error.message));
  child.on("exit", (code, signal) => (ended ??= `ended with ${code ?? signal}`));
  const until = Date.now() + READY_WITHIN_MS;
  while (!(await answers(url))) {
    if (ended || Date.now() > until) {
      child.kill("SIGKILL");
      throw new Error(`${command} ${args.join(" ")}: ${ended ?? "not ready in time"}\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    said: () => said,
    async stop() {
      if (ended) return;
      const gone = new Promise((resolve) => child.on("exit", resolve));
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await gone;
      clearTimeout(late);
    },
  };
}

/** The demo company, freshly made. `stop` ends it and removes its data. */
export async function startDemo() {
  const program = process.env.LUNPAI;
  if (!program) throw new Error("set LUNPAI to the path of the binary, or use `./run test`");
  const folder = await mkdtemp(join(tmpdir(), "lunpai-e2e-"));
  const port = await freePort();
  const args = ["demo", "--data", join(folder, "data"), "--port", String(port)];
  const demo = await start(program, args, `http://127.0.0.1:${port}`);
  return {
    ...demo,
    data: join(folder, "data"),
    async stop() {
      await demo.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Every sample of every page; see crates/server/examples/gallery.rs. */
export async function startGallery() {
  const program = process.env.LUNPAI_GALLERY;
  if (!program) throw new Error("set LUNPAI_GALLERY to the path of the gallery, or use `./run test`");
  const port = await freePort();
  return start(program, [`127.0.0.1:${port}`], `http://127.0.0.1:${port}`);
}
