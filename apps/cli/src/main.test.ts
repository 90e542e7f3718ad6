import { describe, expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { main } from "./main.ts";

async function run(...argv: string[]) {
  const out: string[] = [];
  const error: string[] = [];
  const terminal = {
    out: (line: string) => void out.push(line),
    error: (line: string) => void error.push(line),
    colour: false,
  };
  const status = await main(argv, terminal);
  return { status, out: out.join("\n"), error: error.join("\n") };
}

describe("main()", () => {
  test.each([[[]], [["--help"]], [["-h"]], [["help"]]])("lists the commands for %j", async (argv) => {
    const { status, out } = await run(...argv);

    expect(status).toBe(0);
    expect(out).toMatch(/^Usage: claude-on-aws COMMAND/);
    expect(out).toContain("fake");
  });

  test.each([[["fake", "--help"]], [["help", "fake"]], [["fake", "--port", "1", "-h"]]])(
    "explains a command for %j",
    async (argv) => {
      const { status, out } = await run(...argv);

      expect(status).toBe(0);
      expect(out).toMatch(/^Usage: claude-on-aws fake/);
    },
  );

  test.each([[["fake", "run", "--help"]], [["help", "fake", "run"]], [["fake", "run", "-h", "--", "true"]]])(
    "explains the command of a command for %j",
    async (argv) => {
      const { status, out } = await run(...argv);

      expect(status).toBe(0);
      expect(out).toMatch(/^Usage: claude-on-aws fake run /);
    },
  );

  test.each([
    [[]],
    [["fake"]],
    [["fake", "run"]],
    [["status"]],
    [["login"]],
    [["ask"]],
    [["verify"]],
    [["gateway"]],
    [["models"]],
    [["policy"]],
  ])("explains %j in 80 columns, in the words that all have for how rules come out", async (command) => {
    const { out } = await run("help", ...command);

    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(out).not.toMatch(/\bbroken\b|rules? kept|warned about/);
  });

  test.each(["status", "login", "ask", "verify", "gateway", "models", "policy"])(
    "says of %s where its help is",
    async (command) => {
      const { status, error } = await run(command, "--dance");

      expect(status).toBe(2);
      expect(error).toMatch(
        new RegExp(`--dance[^]*\nUsage: claude-on-aws ${command} --help says how it is called\\.$`),
      );
    },
  );

  test("prints its version", async () => {
    expect(await run("--version")).toEqual({ status: 0, out: manifest.version, error: "" });
  });

  test.each([
    [["dance"], /^Cannot run "dance": expected one of /],
    [["fake", "--dance"], /--dance/],
    [["fake", "--port", "http"], /^Cannot use port "http": expected a whole number from 0 to 65535/],
    [["fake", "--port", "65536"], /^Cannot use port "65536"/],
    [["fake", "--http", "3"], /^Cannot use --http "3": expected auto or 1/],
    [["fake", "--on-finding", "cry"], /^Cannot use --on-finding "cry": expected reject or record/],
    [["fake", "--provider", "vertex"], /^Cannot use --provider "vertex": expected anthropic-aws, bedrock or mantle/],
    [["fake", "--max-exchanges", "-1"], /max-exchanges/],
    [["fake", "--max-buffered-bytes", "0"], /max-buffered-bytes.*from 1 to/],
    [["fake", "extra"], /extra/],
    [["fake", "run", "true"], /^Cannot tell the command from the options: expected "--" before it/],
    [["fake", "run", "--"], /^Cannot run nothing: expected a command after "--"/],
    [["fake", "run", "--json", "--", "true"], /--json/],
  ])("says what is wrong with %j, and exits with 2", async (argv, message) => {
    const { status, out, error } = await run(...argv);

    expect(status).toBe(2);
    expect(out).toBe("");
    expect(error).toMatch(message);
    expect(error).toMatch(/\nUsage: claude-on-aws(?: fake(?: run)?)? --help says how it is called\.$/);
    expect(error.split("\n").length).toBeLessThanOrEqual(4);
  });

  test("does not repeat credentials that it cannot read", async () => {
    const { status, error } = await run("fake", "--credentials", "hush-hush-secret");

    expect(status).toBe(2);
    expect(error).toMatch(/^Cannot read --credentials number 1: expected ID:SECRET or ID:SECRET:TOKEN, or random/);
    expect(error).not.toContain("hush");
  });
});
