import { describe, expect, test } from "vitest";
import { findRuntimeProblem } from "./find-runtime-problem.ts";

describe("findRuntimeProblem()", () => {
  test.each(["22.12.0", "22.13.1", "23.0.0", "24.21.0", "100.0.0-nightly"])("takes Node %s", (node) => {
    expect(findRuntimeProblem({ node })).toBeUndefined();
  });

  test.each(["0.10.48", "18.20.8", "20.19.0", "22.0.0", "22.11.9"])("says in a sentence why not Node %s", (node) => {
    expect(findRuntimeProblem({ node })).toBe(
      `Cannot run claude-on-aws on Node ${node}: expected Node 22.12 or newer; install it, or use bunx --bun claude-on-aws, or deno run --allow-all npm:claude-on-aws.`,
    );
  });

  test.each([
    { node: "20.0.0", bun: "1.4.5" },
    { node: "20.0.0", deno: "2.9.6" },
  ])("does not ask for the Node that %j claims to be", (versions) => {
    expect(findRuntimeProblem(versions)).toBeUndefined();
  });
});
