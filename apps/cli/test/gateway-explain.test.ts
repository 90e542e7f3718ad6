import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { explainRequests } from "../src/gateway/explain-requests.ts";
import { runHere, writeConfiguration } from "./support/gateway-here.ts";
import { startCommand } from "./support/start-command.ts";
import { CREDENTIALS, makeFolder } from "./support/start-gateway-command.ts";

const REQUEST = {
  id: "one",
  method: "POST",
  target: "/v1/messages?beta=true",
  headers: { host: "localhost", "anthropic-version": "2023-06-01", "anthropic-beta": "made-up-2026-01-01" },
  body: JSON.stringify({ model: "opus", max_tokens: 5, tags: ["a"], messages: [] }),
};

/** Explains recorded requests with a configuration that names Amazon Bedrock. */
function explain(text: string, ...args: readonly string[]) {
  const upstreams = [{ name: "bedrock", provider: "bedrock", region: "us-east-1" }];
  const file = writeConfiguration(JSON.stringify({ upstreams }));
  const requests = join(dirname(file), "requests.jsonl");
  writeFileSync(requests, text);
  return runHere(explainRequests, ["--config", file, "--explain", requests, ...args]);
}

describe("claude-on-aws gateway --explain", () => {
  test("says what would be done with a request, and what is translated", async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, "requests.jsonl"), JSON.stringify(REQUEST));
    const variables = { ...CREDENTIALS, CLAUDE_CODE_USE_BEDROCK: "1", HOME: folder };
    const { ended } = startCommand(folder, ["gateway", "--explain", "requests.jsonl"], variables);
    const { status, out, error } = await ended;

    expect({ status, error }).toEqual({ status: 1, error: "" });
    expect(out).toContain("route     CreateMessage, in the form of the Messages API");
    expect(out).toContain("upstream  environment: bedrock in us-east-1, as us.anthropic.claude-opus-5-5");
    expect(out).toContain('drop body.tags ["a"], because only the Claude API takes tags of a request');
    expect(out).toMatch(/drop header\.anthropic-beta made-up-2026-01-01, because /);
    expect(out).toMatch(/^refused {3}401 AUTHENTICATION_MISSING/m);
    expect(out).toMatch(
      /\nNothing was sent\.[^]*\n {2}header\.anthropic-beta context-1m-2025-08-07 +move -> body\.anthropic_beta/,
    );
  });

  test("prints an object for each request with --json", async () => {
    const { out } = await explain(
      `${JSON.stringify(REQUEST)}\n${JSON.stringify({ ...REQUEST, id: 2, target: "/x" })}`,
      "--json",
    );

    expect(
      out
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as object),
    ).toMatchObject([
      { id: "one", model: "opus", upstreams: [{ model: "us.anthropic.claude-opus-5-5" }] },
      { id: 2, route: null, refusals: [{ code: "ROUTE_UNKNOWN" }, { code: "AUTHENTICATION_MISSING" }] },
    ]);
  });

  test.each([
    ["", /no request was read/],
    ["{}", /Cannot read "headers": expected pairs/],
  ])("says what is wrong with %j", async (text, message) => {
    const { status, error } = await explain(text);

    expect(status).toBe(1);
    expect(error).toMatch(message);
  });
});
