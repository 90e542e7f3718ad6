/** The runtimes that tests run on. */
export type Runtime = "bun" | "deno" | "node";

/** Says which runtime this is; Bun and Deno both answer to Node's names too, so they are asked for first. */
export function currentRuntime(): Runtime {
  if (process.versions["bun"] !== undefined) return "bun";
  if ("Deno" in globalThis) return "deno";
  return "node";
}

/** The title of the test that proves on which runtime a run was. */
export function runtimeTestTitle(expected: string): string {
  return `currentRuntime() is ${expected}`;
}
