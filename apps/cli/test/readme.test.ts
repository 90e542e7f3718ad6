import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createClientEnvironment, EXAMPLE_CREDENTIALS } from "@claude-on-aws/fake/server";
import { describe, expect, test } from "vitest";
import { main } from "../src/index.ts";

const readme = await readFile(fileURLToPath(new URL("../README.md", import.meta.url)), "utf8");

const ADDRESS = {
  url: "http://127.0.0.1:1",
  credentials: EXAMPLE_CREDENTIALS,
  workspaceId: "wrkspc_1",
  region: "us-east-1",
};
const SECURED = { certificateFile: "/ca.pem", url: "https://127.0.0.1:1" };

async function printedBy(...args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  await main(args, { out: print, error: print, colour: false });
  return lines.join("\n");
}

describe("the README", () => {
  test.each([
    ["a port", createClientEnvironment(ADDRESS)],
    ["TLS", createClientEnvironment({ ...ADDRESS, ...SECURED })],
    ["a proxy", createClientEnvironment({ ...ADDRESS, ...SECURED, proxyUrl: "http://127.0.0.1:2" })],
  ])("names every variable that a command gets for %s", (_, environment) => {
    const given = Object.keys(environment).filter((name) => environment[name] !== undefined);
    // The switches of Claude Code are named by what they have in common, proxies in capitals.
    const unnamed = given.filter(
      (name) => !readme.includes(name.toUpperCase()) && !name.startsWith("CLAUDE_CODE_USE_"),
    );

    expect(given.length).toBeGreaterThan(8);
    expect(unnamed).toEqual([]);
  });

  test.each([
    [["fake"], 15],
    [["fake", "run"], 15],
    [["gateway"], 5],
    [["gateway", "check"], 7],
  ] as const)("names every flag of %j", async (command, least) => {
    const help = await printedBy(...command, "--help");
    const flags = [...new Set(help.match(/--[a-z][a-z-]*/g))].filter((flag) => flag !== "--help");

    expect(flags.length).toBeGreaterThan(least);
    expect(flags.filter((flag) => !readme.includes(flag))).toEqual([]);
  });
});
