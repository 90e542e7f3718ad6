import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Found } from "./growth/grow.ts";
import { measureGrowth, MOST_GROWTH } from "./growth/measure-growth.ts";

const FILE = fileURLToPath(new URL("./growth/grow.ts", import.meta.url));
/**
 * V8's young generation, in MB, wide enough for what either of two sizes leaves behind. In its usual width what the smaller
 * one leaves is gone before anything is collected and what the larger one leaves is copied: a character then costs twice as
 * much from one size to the next, and no more at any size beyond.
 */
const YOUNG_GENERATION = ["--min-semi-space-size=128", "--max-semi-space-size=128"];

function growArguments(): readonly string[] {
  if ("Deno" in globalThis) return ["run", "--allow-all", `--v8-flags=${YOUNG_GENERATION.join(",")}`, FILE];
  return process.versions["bun"] === undefined ? [...YOUNG_GENERATION, FILE] : [FILE];
}

/** Measures in a process of its own, all or the one that is named: what other tests do must not count. */
async function grow(...wanted: [entryPoint: string, text: string] | []): Promise<readonly Found[]> {
  const child = spawn(process.execPath, [...growArguments(), ...wanted], { stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(child, "exit");
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
  const found: Found[] = [];
  for await (const line of createInterface({ input: child.stdout })) found.push(JSON.parse(line) as Found);
  const [code, signal] = await exited;
  if (code !== 0) throw new Error(`It ended with ${signal ?? `exit code ${code}`}, at the last of: ${said}`);
  return found;
}

const isGrown = ({ ratio }: Found): boolean => ratio > MOST_GROWTH;

/** Measured once, among the slow checks: it takes as long as all tests of a package. */
const isAsked = process.env["GROWTH"] === "1";
const why = isAsked ? "" : " (skipped: pnpm check:growth measures it)";

test.skipIf(!isAsked)(
  `no public entry point takes time that grows with the square of what it is given${why}`,
  async () => {
    const found = await grow();
    expect(found.length).toBeGreaterThan(0);
    const grown: Found[] = [];
    for (const { entryPoint, text } of found.filter(isGrown)) {
      // Once more where nothing was measured before: a collector also looks through what those before it have left.
      grown.push(...(await grow(entryPoint, text)).filter(isGrown));
    }
    expect(grown).toEqual([]);
  },
  1_800_000,
);

test.each([
  ["is told of one that does", (size: number) => size ** 2, 16],
  ["passes one that does not", (size: number) => size * 1_000, 4],
])("%s", async (_, steps, ratio) => {
  let milliseconds = 0;
  const growth = await measureGrowth(
    (size) => () => (milliseconds += steps(size) / 1_000_000),
    1_048_576,
    () => milliseconds,
  );

  expect(growth?.ratio).toBeCloseTo(ratio);
});
