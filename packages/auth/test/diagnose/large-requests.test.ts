import { SOAK, wholeOnBun } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { diagnoseMismatch, type DiagnoseOptions } from "../../src/diagnose/index.ts";
import { signRequest, type WireRequest } from "../../src/sigv4/index.ts";
import { HOSTILE_REQUESTS } from "./hostile-requests.ts";

const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };

const signWith = (request: WireRequest, secretAccessKey: string): Promise<WireRequest> =>
  signRequest(request, {
    credentials: { ...CREDENTIALS, secretAccessKey },
    region: "us-east-1",
    service: "aws-external-anthropic",
  });

const diagnose = async (request: WireRequest, secret: string, options: Partial<DiagnoseOptions> = {}) =>
  diagnoseMismatch(await signWith(request, secret), { credentials: () => CREDENTIALS, ...options });

/** What is written down for each candidate, on average, as the option `maxCandidates` says. */
const BYTES_PER_CANDIDATE = 4_096;

const KINDS = wholeOnBun(Object.entries(HOSTILE_REQUESTS), 3);

describe.each(KINDS)("diagnoseMismatch() of a request with many %s", (_, make) => {
  test.each(SOAK ? [500, 2_000, 8_000] : [500, 8_000])(
    "%i: tries no more than so many bytes of candidates",
    async (n) => {
      const { candidates, canonicalRequest = "", mistakes, open } = await diagnose(make(n), "another");
      const reasons = open.map(({ code }) => code);

      expect(mistakes.map(({ code }) => code)).toEqual(["UNKNOWN"]);
      // The shortest candidates leave out the query, or all that a hop may have added.
      expect(candidates).toBeLessThanOrEqual(2_000);
      if (candidates < 2_000) expect(reasons).toContain("SIZE");
      if (canonicalRequest.length > 100_000) {
        expect(candidates).toBeLessThan((2_000 * BYTES_PER_CANDIDATE) / 20_000);
        expect(reasons).not.toContain("PAIRS");
      }
    },
  );

  test("names a likely mistake all the same", async () => {
    const { mistakes } = await diagnose(make(200), `${CREDENTIALS.secretAccessKey}\n`);
    expect(mistakes.map(({ code }) => code)).toEqual(["SECRET_WHITESPACE"]);
  });
});

test("rules out nothing that it did not get to", async () => {
  const make = HOSTILE_REQUESTS["parameters of a query"] as (n: number) => WireRequest;
  const small = await diagnose(make(3), "another");
  const large = await diagnose(make(5_000), "another");

  expect(small.ruledOut).toContain("WRONG_REGION");
  expect(large.ruledOut).not.toContain("WRONG_REGION");
  expect(large.ruledOut.length).toBeLessThan(small.ruledOut.length);
  expect(large.mistakes[0]?.message).toMatch(/of which not all were tried because the request is so large/);
  expect(large.mistakes[0]?.fix).toMatch(/sign fewer headers and a shorter query/);
});

test("a higher limit tries more of it", async () => {
  const make = HOSTILE_REQUESTS["signed headers"] as (n: number) => WireRequest;
  const few = await diagnose(make(100), "another", { maxCandidates: 100 });
  const many = await diagnose(make(100), "another", { maxCandidates: 1_000 });

  expect(many.candidates).toBeGreaterThan(5 * few.candidates);
});
