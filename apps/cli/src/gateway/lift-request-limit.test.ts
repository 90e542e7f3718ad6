import { describe, expect, test } from "vitest";
import { liftRequestLimit, type Replaceable } from "./lift-request-limit.ts";

/** A process that is Bun, and what it would be replaced by. */
function processOf(changes: Partial<Replaceable>) {
  const replaced: unknown[] = [];
  const program: Replaceable = {
    versions: { bun: "1.4.5" },
    env: { HOME: "/home/me", EMPTY: undefined },
    execPath: "/bin/bun",
    execArgv: ["--smol"],
    argv: ["/bin/bun", "/cli/bin.js", "gateway"],
    execve: (...given) => void replaced.push(given),
    ...changes,
  };
  return { program, replaced };
}

describe("liftRequestLimit()", () => {
  test("puts the same program in its place, with the variable set", () => {
    const { program, replaced } = processOf({});
    liftRequestLimit(program);

    expect(replaced).toEqual([
      [
        "/bin/bun",
        ["/bin/bun", "--smol", "/cli/bin.js", "gateway"],
        { HOME: "/home/me", BUN_CONFIG_MAX_HTTP_REQUESTS: "65336" },
      ],
    ]);
  });

  test.each([
    ["/$bunfs/root/claude-on-aws", "/opt/claude-on-aws"],
    ["B:/~BUN/root/claude-on-aws.exe", "C:/claude-on-aws.exe"],
  ])("leaves out what Bun shows a program that is one file for its script: %s", (script, execPath) => {
    const { program, replaced } = processOf({ execPath, execArgv: [], argv: [execPath, script, "gateway"] });
    liftRequestLimit(program);

    expect(replaced).toEqual([[execPath, [execPath, "gateway"], expect.anything()]]);
  });

  test.each<[string, Partial<Replaceable>]>([
    ["on another runtime", { versions: { node: "24.0.0" } }],
    ["where it was said how many there are", { env: { BUN_CONFIG_MAX_HTTP_REQUESTS: "512" } }],
    ["where the system cannot", { execve: undefined }],
  ])("does nothing %s", (_, changes) => {
    const { program, replaced } = processOf(changes);
    liftRequestLimit(program);

    expect(replaced).toEqual([]);
  });
});
