import { headerValue } from "@claude-on-aws/auth/sigv4";
import { readJsonLines } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { createFakeCore, EXAMPLE_CREDENTIALS } from "../src/server.ts";

/** A request of a real client; see fixtures/wire-requests. */
interface Recorded {
  readonly id: string;
  readonly httpVersion: string;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly bodyBytes: number;
}

/** Requests whose every byte was kept. */
const whole = readJsonLines<Recorded>("wire-requests/requests.jsonl").filter(
  ({ body, bodyBytes }) => bodyBytes === 0 || body !== undefined,
);

/**
 * What the rules have against requests of real clients. Everything else that
 * was recorded keeps to every rule.
 */
const BROKEN: Readonly<Record<string, readonly string[]>> = {
  // Sent without credentials, for a gateway to add.
  "anthropic-aws-sdk--skipAuth--0": ["authentication-present"],
  "anthropic-bedrock-sdk-v0--skipAuth--0": ["authentication-present"],
  "anthropic-mantle-sdk--skipAuth--0": ["authentication-present"],
  "anthropic-mantle-sdk-v0--skipAuth--0": ["authentication-present"],
  // Meant for the first-party API, which asks for other headers.
  "claude-code--firstparty-gateway-discovery--0": [
    "authentication-present",
    "user-agent-names-client",
    "api-version-present",
  ],
  "claude-code--firstparty-gateway-discovery--1": ["workspace-id-present"],
  "anthropic-sdk--models-list--0": ["workspace-id-present"],
  // A version that the caller made up.
  "anthropic-bedrock-sdk--anthropic_version-override--0": ["bedrock-version-in-body", "body-accepted"],
  "anthropic-bedrock-sdk-v0--anthropic_version-override--0": ["bedrock-version-in-body", "body-accepted"],
  // A method of the SDK that InvokeModel's endpoint has no route for.
  "anthropic-bedrock-sdk--count-tokens-raw--0": ["route-known"],
  "anthropic-bedrock-sdk-v0--count-tokens-raw--0": ["route-known"],
  // Base URLs with a path in front, one of them with a slash at its end.
  "aws-sdk-bedrock-runtime--endpoint-env--0": ["route-known", "path-without-doubled-slash"],
  "claude-code--bedrock-base-path--0": ["route-known"],
  "claude-code--mantle-bedrock-both-bedrockid--0": ["route-known"],
  // Mistakes of curl 7.88.1: the path signed as it stands on the wire, region and service guessed from the address.
  "curl--bedrock-raw-colon--0": ["sigv4-path-encoded-twice"],
  "curl--bedrock-stream--0": ["sigv4-path-encoded-twice"],
  "curl--aws-sigv4-short-arg--0": ["sigv4-service-in-scope", "sigv4-region-in-scope"],
};

/** The time of a recorded request. */
function timeOf({ headers }: Recorded): Date {
  const date = headerValue(headers, "x-amz-date") ?? "20261121T000000Z";
  return new Date(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

const sessionTokens = new Set(whole.map(({ headers }) => headerValue(headers, "x-amz-security-token")));

describe("the rules", () => {
  test.each(whole)("judge $id as it deserves", async (recorded) => {
    const fake = createFakeCore({
      now: () => timeOf(recorded),
      credentials: [...sessionTokens].map((sessionToken) => ({
        ...EXAMPLE_CREDENTIALS,
        ...(sessionToken === undefined ? {} : { sessionToken }),
      })),
    });
    const { method, target, headers, httpVersion, body = "" } = recorded;
    await fake.handle({ method, target, headers, httpVersion, body: new TextEncoder().encode(body), wire: "received" });
    const { findings = [], checks = [] } = fake.journal.snapshot().exchanges[0] ?? {};
    const broken = findings.filter(({ level }) => level !== "pass").map(({ rule }) => rule);

    expect(broken).toEqual(BROKEN[recorded.id] ?? []);
    expect(findings.length).toBeGreaterThan(broken.length);
    // Whatever is refused breaks a rule, but for a route that is not built.
    const faults = checks.flatMap(({ fault }) => fault?.name ?? []).filter((name) => name !== "route-not-built");
    expect(faults.length === 0 || findings.some(({ level }) => level === "fail")).toBe(true);
  });
});
