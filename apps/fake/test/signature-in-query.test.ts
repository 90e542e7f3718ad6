import {
  type AwsCredentials,
  type PresignOptions,
  UNSIGNED_PAYLOAD,
  type WireRequest,
} from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeOptions } from "../src/server.ts";
import type { ReceivedRequest } from "../src/terms/wire.ts";
import { GOOD, type GoodProvider, presign, withHeader } from "./support/requests.ts";
import { CREDENTIALS, SESSION_CREDENTIALS } from "./support/start-fake.ts";

const NOW = new Date("2026-11-21T12:00:00Z");
const KNOWN: readonly AwsCredentials[] = [EXAMPLE_CREDENTIALS, ...Object.values(CREDENTIALS), SESSION_CREDENTIALS];
const PROVIDERS = Object.keys(GOOD) as GoodProvider[];

async function ask(request: WireRequest, options: FakeOptions = {}, more: Partial<ReceivedRequest> = {}) {
  const fake = createFakeCore({ credentials: KNOWN, now: () => NOW, ...options });
  const { status, body } = await fake.handle({ ...request, wire: "received", ...more });
  const [entry] = fake.journal.snapshot().exchanges;
  return {
    status,
    text: body instanceof Uint8Array ? new TextDecoder().decode(body) : "",
    fault: entry?.checks.find(({ check }) => check === "authentication")?.fault,
    caller: entry?.caller,
    codes: entry?.diagnosis?.map(({ code }) => code) ?? [],
    broken: entry?.findings.flatMap(({ rule, level }) => (level === "fail" ? [rule] : [])) ?? [],
  };
}

const presigned = (provider: GoodProvider, options: Partial<PresignOptions> = {}): Promise<WireRequest> =>
  presign(GOOD[provider].request(4242), GOOD[provider].service, { date: NOW, ...options });

describe.each(PROVIDERS)("a signature in the query, to %s,", (provider) => {
  test.each([
    ["", {}],
    ["of a session, ", { credentials: SESSION_CREDENTIALS }],
    ["that does not say how long it holds, ", { expiresInSeconds: null }],
    ["of an hour ago that holds for a day, ", { date: new Date(NOW.getTime() - 3_600_000), expiresInSeconds: 86_400 }],
  ])("%sis verified and taken", async (_, options) => {
    const { status, caller, broken } = await ask(await presigned(provider, options));

    expect([status, broken]).toEqual([200, []]);
    expect(caller).toMatchObject({ kind: "sigv4", service: GOOD[provider].service, region: "us-east-1" });
  });

  const change = (request: WireRequest, from: string | RegExp, to: string): WireRequest => ({
    ...request,
    target: request.target.replace(from, to),
  });
  const BROKEN: Readonly<Record<string, readonly [code: string, make: () => Promise<WireRequest>]>> = {
    "a body that was changed": [
      "UNKNOWN",
      async () => ({ ...(await presigned(provider)), body: new TextEncoder().encode("{}") }),
    ],
    "another method": ["UNKNOWN", async () => ({ ...(await presigned(provider)), method: "PUT" })],
    "a parameter that was added": ["UNKNOWN", async () => change(await presigned(provider), /$/, "&beta=true")],
    "another service": ["WRONG_SERVICE", async () => presign(GOOD[provider].request(4242), "s3", { date: NOW })],
    "a region that there is not": ["WRONG_REGION", () => presigned(provider, { region: "US-EAST-1" })],
    "a date to come": ["CLOCK_SKEW", () => presigned(provider, { date: new Date(NOW.getTime() + 600_000) })],
    "an end that is over": [
      "PRESIGNED_EXPIRED",
      () => presigned(provider, { date: new Date(NOW.getTime() - 901_000) }),
    ],
    "no end, and an old date": [
      "PRESIGNED_EXPIRED",
      () => presigned(provider, { date: new Date(NOW.getTime() - 301_000), expiresInSeconds: null }),
    ],
    "an end of a month": [
      "EXPIRES_INVALID",
      async () => change(await presigned(provider), "Expires=900", "Expires=2592000"),
    ],
    "an unknown key": [
      "ACCESS_KEY_UNKNOWN",
      () => presigned(provider, { credentials: { ...EXAMPLE_CREDENTIALS, accessKeyId: "AKIDUNKNOWN" } }),
    ],
    "another session token": [
      "SESSION_TOKEN_INVALID",
      () => presigned(provider, { credentials: { ...SESSION_CREDENTIALS, sessionToken: "another" } }),
    ],
    "no signed host": [
      "HOST_NOT_SIGNED",
      async () => change(await presigned(provider), "SignedHeaders=host", "SignedHeaders=a"),
    ],
    "no date": ["SIGNATURE_IN_QUERY", async () => change(await presigned(provider), /X-Amz-Date=[^&]*&/, "")],
    "a credential that was cut": [
      "SIGNATURE_IN_QUERY",
      async () => change(await presigned(provider), /%2Faws4_request/, ""),
    ],
    "small letters": [
      "SIGNATURE_IN_QUERY",
      async () => change(await presigned(provider), "X-Amz-Signature", "x-amz-signature"),
    ],
    "a signature alone": [
      "SIGNATURE_IN_QUERY",
      async () => ({
        ...GOOD[provider].request(4242),
        target: `${GOOD[provider].request(4242).target}?X-Amz-Signature=00`,
      }),
    ],
    "a body that it leaves out": [
      "BODY_UNSIGNED",
      () =>
        presign(
          withHeader(GOOD[provider].request(4242), "x-amz-content-sha256", UNSIGNED_PAYLOAD),
          GOOD[provider].service,
          { date: NOW, payloadHash: UNSIGNED_PAYLOAD },
        ),
    ],
  };

  test.each(Object.entries(BROKEN))(
    "with %s is refused for that, and never for being none",
    async (_, [code, make]) => {
      const { status, fault, codes, broken, text } = await ask(await make());

      expect(status).toBeGreaterThanOrEqual(400);
      expect([codes, broken.length > 0]).toEqual([
        [code === "SESSION_TOKEN_INVALID" ? expect.stringMatching(/ACCESS_KEY_UNKNOWN|SESSION_TOKEN_INVALID/) : code],
        true,
      ]);
      expect(fault?.name).not.toBe("authentication-missing");
      expect(text).not.toMatch(/missing authentication|header is missing/i);
      expect(broken).not.toContain("authentication-present");
      // The others are not asked, so that a flood of them costs no diagnoses.
      const quiet = await ask(await make(), {}, { mayDiagnose: () => false });
      expect([quiet.status, quiet.codes, quiet.broken.length > 0]).toEqual([status, [], true]);
    },
  );

  test("is named where the service takes none, whether it is right or not", async () => {
    const facts = { signatureInQuery: "refuse" } as const;
    const right = await ask(await presigned(provider), { facts });
    const wrong = await ask({ ...(await presigned(provider)), method: "PUT" }, { facts });

    expect([right.fault?.name, right.codes]).toEqual(["authorization-malformed", ["SIGNATURE_IN_QUERY"]]);
    expect(right.fault?.message).toMatch(/in the query/);
    expect(right.broken).toEqual(["sigv4-authorization-form"]);
    expect(wrong.codes).toEqual(["UNKNOWN"]);
  });

  test("stands for nothing beside a header that says who sends", async () => {
    const request = await presigned(provider);
    const { fault } = await ask({ ...request, headers: [...request.headers, ["authorization", "AWS4-HMAC-SHA256 x"]] });

    expect(fault?.name).toBe("authorization-malformed");
  });
});

test("the body of a request may be left out of its signature where the facts say so", async () => {
  const unsigned = withHeader(GOOD.bedrock.request(4242), "x-amz-content-sha256", UNSIGNED_PAYLOAD);
  const request = await presign(unsigned, "bedrock", { date: NOW, payloadHash: UNSIGNED_PAYLOAD });

  expect((await ask(request, { facts: { unsignedPayload: "any" } })).status).toBe(200);
});

test("no signature and no token of a query is written down", async () => {
  const request = await presigned("bedrock", { credentials: SESSION_CREDENTIALS });
  const fake = createFakeCore({ credentials: KNOWN, now: () => NOW });
  for (const method of ["POST", "PUT"]) await fake.handle({ ...request, method, wire: "received" });
  const written = JSON.stringify([fake.journal.snapshot(), fake.journal.evidence(), fake.report()]);

  expect(written).not.toContain(SESSION_CREDENTIALS.sessionToken);
  expect(written).not.toContain(/X-Amz-Signature=(\w+)/.exec(request.target)?.[1]);
});
