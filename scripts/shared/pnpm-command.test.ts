import { describe, expect, test } from "vitest";
import { pnpmCommand } from "./pnpm-command.ts";

const has =
  (...paths: readonly string[]) =>
  (path: string) =>
    paths.includes(path);

describe("pnpmCommand()", () => {
  test("takes the pnpm that called", () => {
    const environment = { npm_execpath: "/cache/pnpm", PATH: "/bin" };
    expect(pnpmCommand(environment, "1.2.3", has("/cache/pnpm", "/bin/pnpm"))).toEqual(["/cache/pnpm"]);
  });

  test("does not take npm for pnpm", () => {
    const environment = { npm_execpath: "/npm/npx-cli.js", PATH: "/usr/bin:/bin" };
    expect(pnpmCommand(environment, "1.2.3", has("/npm/npx-cli.js", "/bin/pnpm"))).toEqual(["pnpm"]);
  });

  test("falls back to the pinned version through npx", () => {
    expect(pnpmCommand({ PATH: "/bin" }, "1.2.3", has())).toEqual(["npx", "--yes", "pnpm@1.2.3"]);
  });
});
