import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Found } from "./growth/grow.ts";
import { measureGrowth, MOST_GROWTH } from "./growth/measure-growth.ts";

const FILE = fileURLToPath(new URL("./growth/grow.ts", import.meta.url));
const ARGUMENTS = "Deno" in globalThis ? ["run", "--allow-all", FILE] : [FILE];

/** Measures in a process of its own: what other tests do must not count. */
async function grow(): Promise<readonly Found[]> {
  const child = spawn(process.execPath, ARGUMENTS, { stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(child, "exit");
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
  const found: Found[] = [];
  for await (const line of createInterface({ input: child.stdout })) found.push(JSON.parse(line) as Found);
  const [code, signal] = await exited;
  if (code !== 0) throw new Error(`It ended with ${signal ?? `exit code ${code}`}, at the last of: ${said}`);
  return found;
}

/** Measured where nothing else runs: among the slow checks. */
const isAlone = process.env["GROWTH"] === "1";
const why = isAlone ? "" : " (skipped: pnpm check:growth measures it, with nothing else beside it)";

test.skipIf(!isAlone)(
  `no public entry point takes time that grows with the square of what it is given${why}`,
  async () => {
    const found = await grow();
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ ratio }) => ratio > MOST_GROWTH)).toEqual([]);
  },
  1_800_000,
);

test("would be told of one that does", async () => {
  const square = await measureGrowth((size) => {
    const text = "]".repeat(size);
    return () => /]+$/.test(`${text}x`);
  }, 1_048_576);
  expect(square?.ratio).toBeGreaterThan(MOST_GROWTH);

  const linear = await measureGrowth((size) => () => "a".repeat(size).replaceAll("a", "b"), 4_096);
  expect(linear).toBeUndefined();
});
