import { describe, expect, test } from "vitest";
import { createModelsCommand } from "./index.ts";

async function run(args: readonly string[]): Promise<{ status: number; out: string; error: string }> {
  const out: string[] = [];
  const error: string[] = [];
  const command = createModelsCommand({ env: {}, directory: "/none", home: "/none", managedSettings: "/none" });
  const terminal = { out: (line: string) => out.push(line), error: (line: string) => error.push(line), colour: false };
  return { status: await command.run(args, terminal), out: out.join("\n"), error: error.join("\n") };
}

describe("models", () => {
  test("says what a model is called on every provider of AWS", async () => {
    const { status, out } = await run(["--json", "--region", "eu-west-1", "opus"]);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toEqual({
      "anthropic-aws": "claude-opus-5-5",
      bedrock: "eu.anthropic.claude-opus-5-5",
      mantle: "anthropic.claude-opus-5-5",
    });
  });

  test("answers for a version of the client", async () => {
    const { out } = await run(["--json", "--client-version", "2.1.197", "--provider", "anthropic-aws"]);
    expect(JSON.parse(out)).toMatchObject({ aliases: { "anthropic-aws": { opus: "claude-opus-4-7" } } });
  });

  test("prints aliases, models and regions as tables", async () => {
    const { status, out } = await run([]);
    expect(status).toBe(0);
    expect(out).toMatch(/^Aliases on bedrock \(Claude Code 2\.1\.332, us-east-1\)$/m);
    expect(out).toMatch(/^ {2}claude-opus-4-6 +anthropic\.claude-opus-4-6-v1 +- +by beta$/m);
    expect(out).toMatch(/^ {2}ca-central-1 +us, global +-$/m);
    expect(out).toMatch(/^ {2}eu-west-2 +eu, global +anthropic\.claude-opus-5-5, anthropic\.claude-sonnet-4-6$/m);
  });

  test.each([
    ["anthropic-aws", "claude-opus-4-6", /anthropic\.claude|Bedrock|Mantle|geograph|profile/i],
    [
      "bedrock",
      "anthropic.claude-opus-4-6-v1",
      /^Aliases on (?!bedrock)|Claude Platform|Mantle|^ {2}claude-opus-4-6 /m,
    ],
    ["mantle", "anthropic.claude-opus-5-5", /^Aliases on (?!mantle)|Bedrock|-v1|geograph|profile/m],
    ["foundry", "claude-opus-4-6", /anthropic\.claude|Bedrock|Mantle|profile/],
  ])("lists what %s has, and nothing of others", async (provider, own, others) => {
    const { out } = await run(["--provider", provider]);
    const { out: printed } = await run(["--provider", provider, "--json"]);
    const found = JSON.parse(printed) as Record<"aliases" | "regions" | "geographies" | "profiles", object>;

    expect(out).toMatch(new RegExp(`^ {2}${own.replaceAll(".", "\\.")} `, "m"));
    expect(out).not.toMatch(others);
    expect(Object.keys(found.aliases)).toEqual([provider]);
    for (const list of [found.regions, found.geographies, found.profiles]) {
      expect(Object.keys(list).length > 0).toBe(provider === "bedrock");
    }
  });

  test("prints the profiles of a region, and where each runs", async () => {
    const { out } = await run(["--region", "ap-northeast-1"]);
    expect(out).toMatch(/^ {2}jp\.anthropic\.claude-opus-5-5 +ap-northeast-1, ap-northeast-3$/m);
    expect(out).not.toMatch(/^ {2}(apac|us)\.anthropic\.claude-opus-5-5 /m);
  });

  test.each([[["--provider", "vertex-of-mine"]], [["a", "b"]], [["--nonsense"]], [["--client-version", "x"]]])(
    "refuses %j",
    async (args) => {
      expect(await run(args)).toMatchObject({ status: 2, out: "" });
    },
  );
});
