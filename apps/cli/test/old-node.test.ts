import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const BIN = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

/** Has Node say that it is another version, before anything of ours is loaded. */
const pretend = (node: string): string =>
  `data:text/javascript,Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${node}" } })`;

// Always Node: neither Bun nor Deno is asked for its version.
const run = (node: string) =>
  spawnSync("node", ["--import", pretend(node), BIN, "--version"], {
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "", NODE_NO_WARNINGS: "1" },
  });

describe("claude-on-aws on Node", () => {
  test.each(["18.20.8", "22.11.0"])("%s says in one sentence that it is too old, and ends with 1", (node) => {
    const { status, stdout, stderr } = run(node);

    expect(stderr).toMatch(/^Cannot run claude-on-aws on Node [\d.]+: expected Node 22\.12 or newer; .*\.\n$/);
    expect([status, stdout]).toEqual([1, ""]);
  });

  test("22.12.0 runs", () => {
    expect(run("22.12.0").status).toBe(0);
  });
});
