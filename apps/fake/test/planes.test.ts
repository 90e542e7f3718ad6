import { headerValue, type WireRequest } from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";
import { createFakeCore } from "../src/create/fake-core.ts";
import { OPERATIONS } from "../src/operations/operations.ts";
import type { JournalEntry } from "../src/judge/journal-entry.ts";
import { GOOD, sign, withHeader } from "./support/requests.ts";

const model = GOOD.bedrock.request(4242);
const get = (target: string): WireRequest => ({ ...model, method: "GET", target, body: new Uint8Array() });
const profiles = get("/inference-profiles");

interface Asked {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: { readonly message?: string };
  readonly entry: JournalEntry | undefined;
}

/** Asks a fake at a host, signed for its region. */
async function ask(request: WireRequest, host: string, secretAccessKey?: string): Promise<Asked> {
  const fake = createFakeCore();
  const region = /([a-z]+-)+\d/.exec(host)?.[0] ?? "us-east-1";
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: secretAccessKey ?? SECRET };
  const signed = await sign(withHeader(request, "host", host), "bedrock", { region, credentials });
  const { status, headers, body } = await fake.handle({ ...signed, wire: "received" });
  const text = new TextDecoder().decode(body as Uint8Array);
  return { status, headers, body: JSON.parse(text), entry: fake.journal.snapshot().exchanges.at(-1) };
}

const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

const RUNTIME = /^\/(?:model|anthropic|guardrail|guardrail-checks|async-invoke)(?:\/|$)/;

describe("an operation of Amazon Bedrock", () => {
  test("belongs to one of its two hosts, and one of another service to none", () => {
    for (const { provider, path, plane } of OPERATIONS) {
      const expected = provider !== "bedrock" ? undefined : RUNTIME.test(path) ? "runtime" : "control";
      expect([path, plane]).toEqual([path, expected]);
    }
  });
});

describe("a route at the other host of Amazon Bedrock", () => {
  test.each([
    ["bedrock.us-east-1.amazonaws.com", model, "InvokeModel", "bedrock-runtime.us-east-1.amazonaws.com"],
    ["Bedrock.us-east-1.amazonaws.com:443", model, "InvokeModel", "bedrock-runtime.us-east-1.amazonaws.com:443"],
    ["bedrock-fips.us-east-1.amazonaws.com", model, "InvokeModel", "bedrock-runtime-fips.us-east-1.amazonaws.com"],
    ["bedrock-runtime.us-east-1.amazonaws.com", profiles, "ListInferenceProfiles", "bedrock.us-east-1.amazonaws.com"],
    [
      "bedrock-runtime-fips.us-gov-west-1.amazonaws.com",
      get("/foundation-models"),
      "ListFoundationModels",
      "bedrock-fips.us-gov-west-1.amazonaws.com",
    ],
    [
      "bedrock-runtime.cn-north-1.amazonaws.com.cn",
      profiles,
      "ListInferenceProfiles",
      "bedrock.cn-north-1.amazonaws.com.cn",
    ],
    // An endpoint in a VPC is for one of the two hosts alone.
    [
      "vpce-abcd-efgh.bedrock-runtime.us-east-1.vpce.amazonaws.com",
      profiles,
      "ListInferenceProfiles",
      "bedrock.us-east-1.amazonaws.com",
    ],
  ])("is unknown (%s, %#)", async (host, request, operation, other) => {
    const { status, headers, body, entry } = await ask(request, host);
    const wayOut = new RegExp(`^Send ${operation} to ${other.replaceAll(".", "\\.")}: .+ alone\\.$`);

    expect(status).toBe(404);
    expect(headerValue(headers, "x-amzn-errortype")).toMatch(/^UnknownOperationException:/);
    expect(body).toEqual({ message: "The requested operation is not recognized by the service." });
    expect(headerValue(headers, "x-claude-on-aws-hint")).toMatch(new RegExp(`^ROUTE_UNKNOWN: Send ${operation} to`));
    expect(headerValue(headers, "x-claude-on-aws-hint")).not.toMatch(/\.\.\.$/);
    expect(entry?.operation).toBeUndefined();
    expect(entry?.checks.at(-1)).toMatchObject({
      check: "route",
      fault: { name: "route-unknown", details: { operation, servedBy: other } },
    });
    expect(entry?.findings.find(({ rule }) => rule === "route-known")).toMatchObject({
      level: "fail",
      fix: expect.stringMatching(wayOut),
    });
  });

  test("is asked for after the signature", async () => {
    const { status, headers } = await ask(model, "bedrock.us-east-1.amazonaws.com", "not-the-secret");

    expect(status).toBe(403);
    expect(headerValue(headers, "x-claude-on-aws-hint")).not.toContain("ROUTE_UNKNOWN");
  });
});

describe("a route of Amazon Bedrock is served", () => {
  test.each([
    ["bedrock-runtime.us-east-1.amazonaws.com", model],
    ["bedrock-runtime-fips.us-east-1.amazonaws.com:443", model],
    ["bedrock.us-east-1.amazonaws.com", profiles],
    ["bedrock-fips.us-east-1.amazonaws.com", profiles],
    ...["127.0.0.1:4242", "localhost", "bedrock.us-east-1.example.com", "bedrock-runtime.internal"].flatMap((host) => [
      [host, model] as const,
      [host, profiles] as const,
    ]),
  ] as const)("at %s (%#)", async (host, request) => {
    const { status, entry } = await ask(request, host);

    expect(status).toBe(200);
    expect(entry?.findings).toContainEqual({ rule: "route-known", level: "pass" });
  });
});

test("a route that no host of Amazon Bedrock has is unknown at both, and no other host is named", async () => {
  for (const host of ["bedrock.us-east-1.amazonaws.com", "bedrock-runtime.us-east-1.amazonaws.com"]) {
    const { status, headers, entry } = await ask(get("/nothing-here"), host);

    expect(status).toBe(404);
    expect(headerValue(headers, "x-claude-on-aws-hint")).toMatch(/^ROUTE_UNKNOWN: Check the path/);
    expect(entry?.checks.at(-1)?.fault?.details).toBeUndefined();
  }
});
