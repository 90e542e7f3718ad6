import { readJsonLines } from "@claude-on-aws/fixtures";
import { BETAS, findBeta } from "@claude-on-aws/models";
import { headerValue } from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";

interface Recorded {
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
}

const RECORDED = readJsonLines<Recorded>("wire-requests/requests.jsonl");

const split = (header: string | undefined): string[] => header?.split(",").map((flag) => flag.trim()) ?? [];

function inBody({ body = "" }: Recorded): string[] {
  try {
    return JSON.parse(body).anthropic_beta ?? [];
  } catch {
    return [];
  }
}

describe("BETAS", () => {
  test("names each flag once, with a source", () => {
    expect(new Set(BETAS.map(({ flag }) => flag)).size).toBe(BETAS.length);
    for (const { source } of BETAS) expect(source.length).toBeGreaterThan(10);
  });

  test("has a row for each name on Amazon Bedrock, which it takes", () => {
    const named = BETAS.flatMap(({ nameOnBedrock }) => nameOnBedrock ?? []);

    expect(named.length).toBeGreaterThan(0);
    for (const flag of named) expect(findBeta(flag)?.onBedrock).toBe(true);
  });

  test("knows what recorded clients send in headers", () => {
    const sent = new Set(RECORDED.flatMap(({ headers }) => split(headerValue(headers, "anthropic-beta"))));

    expect(sent.size).toBeGreaterThan(10);
    expect([...sent].filter((flag) => findBeta(flag) === undefined)).toEqual([]);
  });

  test("lets through what recorded clients send in bodies of InvokeModel", () => {
    const sent = new Set(RECORDED.flatMap(inBody));

    expect(sent.size).toBeGreaterThan(0);
    expect([...sent].filter((flag) => findBeta(flag)?.onBedrock !== true)).toEqual([]);
  });
});
