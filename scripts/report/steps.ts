import type { Runtime } from "../shared/current-runtime.ts";

/** A step of the whole test: a script of the root package.json. */
export interface Step {
  /** As the line of progress calls it. */
  readonly name: string;
  readonly script: string;
}

/** A step that runs all tests on one runtime. */
export interface RuntimeStep extends Step {
  readonly runtime: Runtime;
}

/** Whether a step runs the tests. */
export const isRuntimeStep = (step: Step): step is RuntimeStep => Object.hasOwn(step, "runtime");

/** What has to be built before the checks that look at the built files. */
export const BUILD_STEP: Step = { name: "build", script: "build" };

/** Checks of the sources; they need no build and not each other. */
export const SOURCE_STEPS: readonly Step[] = [
  { name: "type-check", script: "typecheck" },
  { name: "lint", script: "lint" },
  { name: "format check", script: "format:check" },
  { name: "layers", script: "check:layers" },
  { name: "unused code", script: "check:unused" },
];

/** Checks of the built files; made again where something of the packages is another than when they last passed. */
export const PACKAGES_STEP: Step = { name: "packages", script: "check:packages:changed" };

/** The tests, the longest first; beside the last one, no other runs for most of its time. */
export const RUNTIME_STEPS: readonly RuntimeStep[] = [
  { name: "tests on Node", script: "test:node", runtime: "node" },
  { name: "tests on Deno", script: "test:deno", runtime: "deno" },
  { name: "tests on Bun", script: "test:bun", runtime: "bun" },
];

/** What takes long or needs more than is installed: after everything else, with `--slow`. */
export const SLOW_STEPS: readonly Step[] = [
  { name: "one file", script: "check:binary" },
  { name: "growth", script: "check:growth" },
  { name: "site", script: "build:site" },
  { name: "examples", script: "check:examples" },
];
