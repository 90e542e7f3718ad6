import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";
import { CHECKS } from "../src/checks.ts";
import { createFakeCore } from "../src/fake-core.ts";
import { GOOD, sign, withBody, withHeader } from "./support/requests.ts";

/** A mistake of a request to Claude Platform on AWS for each rule, made before signing. */
const MISTAKES: Readonly<Record<string, (request: WireRequest) => WireRequest>> = {
  "body-size": (request) => ({ ...request, body: new Uint8Array(33_554_433) }),
  authentication: (request) => withHeader(request, "x-api-key", "both"),
  route: (request) => ({ ...request, target: "/v1/nowhere" }),
  workspace: (request) => withHeader(request, "anthropic-workspace-id", "none"),
  "api-version": (request) => withHeader(request, "anthropic-version"),
  json: (request) => ({ ...request, body: new TextEncoder().encode("[") }),
  model: (request) => withBody(request, { model: "claude-unknown" }),
  body: (request) => withBody(request, { max_tokens: undefined }),
};

/** The order in which mistakes can be made: one of the body's fields must come before the body is broken. */
const MAKING = ["model", "body", "json", "body-size", "authentication", "route", "workspace", "api-version"];

const rules = CHECKS.map(({ name }) => name);
const pairs = rules.flatMap((first, index) =>
  rules.slice(index + 1).map((second): [string, string] => [first, second]),
);

async function judge(mistakes: readonly string[], onFinding: "reject" | "record" = "reject") {
  const fake = createFakeCore({ onFinding });
  const good = GOOD["anthropic-aws"].request(4242);
  const wrong = MAKING.filter((rule) => mistakes.includes(rule)).reduce(
    (made, rule) => MISTAKES[rule]?.(made) ?? made,
    good,
  );
  // Hashing 32 MB for each of them would prove nothing.
  const signed = await sign(
    wrong,
    "aws-external-anthropic",
    wrong.body.length > 1e6 ? { payloadHash: "0".repeat(64) } : {},
  );
  const reply = await fake.handle({ ...signed, wire: "received" });
  const checks = fake.journal.snapshot().exchanges[0]?.checks ?? [];
  return { status: reply.status, failed: checks.flatMap(({ check, fault }) => (fault ? [check] : [])) };
}

describe("which error wins", () => {
  test("every rule has its mistake", () => {
    expect(Object.keys(MISTAKES).toSorted()).toEqual(rules.toSorted());
  });

  test.each(rules)("%s is found alone", async (rule) => {
    expect((await judge([rule])).failed).toEqual([rule]);
  });

  test.each(pairs)("%s wins over %s", async (first, second) => {
    expect((await judge([second, first])).failed).toEqual([first]);
  });
});

describe("onFinding: record", () => {
  test("answers as if nothing were wrong and notes what is", async () => {
    const { status, failed } = await judge(["authentication", "workspace", "api-version", "body"], "record");

    expect(status).toBe(200);
    expect(failed).toEqual(["authentication", "workspace", "api-version", "body"]);
  });

  test.each(["body-size", "route", "json", "model"])(
    "refuses all the same where %s leaves nothing to answer",
    async (rule) => {
      expect((await judge([rule], "record")).status).toBeGreaterThanOrEqual(400);
    },
  );
});
