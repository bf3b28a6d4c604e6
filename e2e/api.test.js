// The API answers whatever it is asked: schemathesis makes requests from the OpenAPI description, with
// ids that exist, and none may come back as an error of the server.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { startDemo } from "./server.js";

const run = promisify(execFile);
const program = process.env.SCHEMATHESIS ?? "schemathesis";
const EXAMPLES_OF_EACH = 10;
const LONGEST_MS = 480_000;

let demo;
before(async () => (demo = await startDemo()));
after(() => demo?.stop());

async function tokenOf(login) {
  const { stdout } = await run(process.env.LUNPAI, ["user", "token", login, "--data", demo.data]);
  return stdout.match(/lunpai_[\w-]+/)[0];
}

async function ask(path, token) {
  const answer = await fetch(`${demo.url}/api/v1${path}`, { headers: { Authorization: `Bearer ${token}` } });
  return answer.ok ? answer.json() : null;
}

/** The first id that `answer` lists, whatever the list is called. */
function firstId(answer) {
  const lists = [answer, ...Object.values(answer ?? {})].filter(Array.isArray);
  const rows = lists.flat();
  return rows.map((row) => row?.id ?? row?.entry).find((id) => typeof id === "string");
}

/** For each parameter of a path, such as `/clients/{client}`, the id of something in a list of `clients`. */
async function knownIds(description, token) {
  const known = {};
  const paths = Object.keys(description.paths).sort((a, b) => a.length - b.length);
  const filled = (path) => path.replace(/\{(\w+)\}/g, (whole, name) => known[name] ?? whole);
  const lists = paths.filter((path) => description.paths[path].get && !path.endsWith("}"));
  for (const path of paths) {
    for (const [, word, name] of path.matchAll(/\/([\w-]+)\/\{(\w+)\}/g)) {
      for (const list of lists.filter((list) => list.endsWith(`/${word}`)).map(filled)) {
        if (!known[name] && !list.includes("{")) known[name] = firstId(await ask(list, token));
      }
    }
  }
  return Object.fromEntries(Object.entries(known).filter(([, id]) => id));
}

test("no request that the description allows is answered with an error of the server", async () => {
  const token = await tokenOf("lintao");
  const description = await ask("/openapi.json", token);
  const known = await knownIds(description, token);
  const named = new Set(Object.keys(description.paths).flatMap((path) => path.match(/(?<=\{)\w+(?=\})/g) ?? []));
  console.log(`ids found for ${Object.keys(known).length} of ${named.size} parameters: ${Object.keys(known)}`);
  assert.ok(known.site && known.client && known.person, "the demo has a site, clients and people");

  const settings = `${dirname(demo.data)}/schemathesis.toml`;
  const lines = Object.entries(known).map(([name, id]) => `"path.${name}" = ${JSON.stringify(id)}`);
  await writeFile(settings, `[parameters]\n${lines.join("\n")}\n`);
  const asked = [
    "--config-file", settings, "run", `${demo.url}/api/v1/openapi.json`,
    "--header", `Authorization: Bearer ${token}`,
    "--checks", "not_a_server_error", "--phases", "examples,coverage,fuzzing",
    "--max-examples", String(EXAMPLES_OF_EACH), "--seed", "7", "--request-timeout", "20", "--no-color",
  ];
  const { stdout } = await run(program, asked, {
    cwd: dirname(demo.data), // where it keeps what it found
    timeout: LONGEST_MS,
    maxBuffer: 1 << 26,
  }).catch((error) => error);
  const summary = stdout?.slice(stdout.lastIndexOf("= SUMMARY")) ?? "schemathesis did not end in time";
  console.log(summary);
  assert.match(summary, /(\d+) generated, \1 passed/, stdout?.slice(0, 20_000));
});
