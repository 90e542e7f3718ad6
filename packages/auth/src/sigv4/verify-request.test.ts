import { readJsonLines } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { parseAmzDate } from "./amz-date.ts";
import { type SignOptions, signRequest } from "./sign-request.ts";
import { type RefusalCode, type VerifyOptions, verifyRequest } from "./verify-request.ts";
import { headerValue, type WireRequest } from "./wire-request.ts";

/** A request of a real client; see fixtures/wire-requests. */
interface Recorded extends Omit<WireRequest, "body"> {
  readonly id: string;
  readonly bodySha256: string;
  readonly sigv4?: {
    readonly accessKeyId: string;
    readonly region: string;
    readonly service: string;
    readonly valid: boolean;
  };
}

const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: SECRET };
const now = new Date("2026-11-21T12:00:00Z");
const scope = { region: "us-east-1", service: "bedrock" };

const request: WireRequest = {
  method: "POST",
  target: "/model/us.anthropic.claude-sonnet-4-5-20250929-v1:0/invoke?b=2&a=1",
  headers: [
    ["Host", "127.0.0.1:4242"],
    ["Content-Type", "application/json"],
  ],
  httpVersion: "1.1",
  body: new TextEncoder().encode("{}"),
};

const sign = (options: Partial<SignOptions> = {}, changed: Partial<WireRequest> = {}): Promise<WireRequest> =>
  signRequest({ ...request, ...changed }, { credentials, date: now, ...scope, ...options });

const verify = (signed: WireRequest, options: Partial<VerifyOptions> = {}) =>
  verifyRequest(signed, { credentials: () => credentials, now, ...scope, ...options });

/** The request with its `authorization` changed. */
const withAuthorization = (signed: WireRequest, change: (value: string) => string): WireRequest => ({
  ...signed,
  headers: signed.headers.map(([name, value]) => [name, name === "authorization" ? change(value) : value]),
});

const without = (signed: WireRequest, name: string): WireRequest => ({
  ...signed,
  headers: signed.headers.filter(([key]) => key !== name),
});

const RECORDED = readJsonLines<Recorded>("wire-requests/requests.jsonl");

/** Verifies a recorded request at its own time, in the scope that it names, with the hash of its body. */
function verifyRecorded({ sigv4, bodySha256, ...wire }: Recorded) {
  const sessionToken = headerValue(wire.headers, "x-amz-security-token");
  return verifyRequest(
    { ...wire, body: new Uint8Array() },
    {
      credentials: (accessKeyId) => ({ accessKeyId, secretAccessKey: SECRET, sessionToken }),
      bodySha256,
      service: sigv4?.service,
      region: sigv4?.region,
      now: parseAmzDate(headerValue(wire.headers, "x-amz-date") ?? ""),
    },
  );
}

describe("verifyRequest() judges as recorded", () => {
  const signed = RECORDED.filter((candidate) => candidate.sigv4 !== undefined);

  test("has 140 signed requests to judge", () => {
    expect(signed).toHaveLength(140);
  });

  test.each(signed)("$id", async (request) => {
    const verdict = await verifyRecorded(request);

    expect(verdict.ok ? "valid" : verdict.code).toBe(request.sigv4?.valid ? "valid" : "SIGNATURE_MISMATCH");
  });
});

describe("verifyRequest() accepts", () => {
  test("a good signature, and says whose", async () => {
    expect(await verify(await sign())).toMatchObject({ ok: true, credentials, signedAt: now, payload: "signed" });
  });

  test("a session token", async () => {
    const temporary = { ...credentials, sessionToken: "token==", expiration: new Date("2026-11-21T13:00:00Z") };
    const signed = await sign({ credentials: temporary });

    expect(await verify(signed, { credentials: () => temporary })).toMatchObject({ ok: true });
  });

  test("UNSIGNED-PAYLOAD, where it is allowed, whatever the body is", async () => {
    const signed = await sign({ payloadHash: "UNSIGNED-PAYLOAD" });
    const changed = { ...signed, body: new TextEncoder().encode("another") };

    expect(await verify(changed)).toMatchObject({ ok: true, payload: "unsigned" });
  });

  test("a request without x-amz-content-sha256, whose body is hashed all the same", async () => {
    const signed = RECORDED.filter(
      ({ headers, sigv4 }) => sigv4?.valid && headerValue(headers, "x-amz-content-sha256") === undefined,
    );

    expect(signed.length).toBeGreaterThan(0);
    for (const request of signed) {
      expect(await verifyRecorded(request)).toMatchObject({ ok: true });
      expect(await verifyRecorded({ ...request, bodySha256: "0".repeat(64) })).toMatchObject({ ok: false });
    }
  });

  test("a body that is not at hand by the hash that was sent, and by none that is that of an empty one", async () => {
    const right = await sign();
    const stated = (value: string): WireRequest => ({
      ...right,
      body: new Uint8Array(),
      headers: right.headers.map(([name, given]) => [name, name === "x-amz-content-sha256" ? value : given]),
    });
    const hash = headerValue(right.headers, "x-amz-content-sha256") ?? "";
    const empty = await sign({}, { body: new Uint8Array() });

    expect(await verify(stated(hash), { bodyMissing: true })).toMatchObject({ ok: true });
    expect(await verify(stated(hash))).toMatchObject({ ok: false });
    expect(await verify(stated("none"), { bodyMissing: true })).toMatchObject({
      ok: false,
      canonicalRequest: expect.stringContaining("not recorded"),
    });
    expect(await verify(empty, { bodyMissing: true })).toMatchObject({ ok: false, code: "SIGNATURE_MISMATCH" });
    expect(await verify(empty)).toMatchObject({ ok: true });
  });

  test(":authority and host of HTTP/2", async () => {
    const headers: WireRequest["headers"] = [
      [":method", "POST"],
      [":path", request.target],
      [":authority", "127.0.0.1:4242"],
    ];
    const signed = await sign({}, { headers, httpVersion: "2.0" });
    expect(headerValue(signed.headers, "authorization")).toContain("SignedHeaders=:authority;");
    expect(await verify(signed)).toMatchObject({ ok: true });

    const asHost = await sign({}, { headers: [["host", "127.0.0.1:4242"]] });
    const renamed = asHost.headers.map(([name, value]): [string, string] => [
      name === "host" ? ":authority" : name,
      value,
    ]);
    expect(await verify({ ...asHost, headers: renamed, httpVersion: "2.0" })).toMatchObject({ ok: true });
  });

  test.each([-300, -299, 0, 299, 300])("a clock that is %i seconds off", async (seconds) => {
    expect(await verify(await sign({ date: new Date(now.getTime() + seconds * 1000) }))).toMatchObject({ ok: true });
  });

  test.each([
    ["a header that is not signed", { headers: [...request.headers, ["x-other", "1"]] as WireRequest["headers"] }, {}],
    ["space around a value", {}, { "Content-Type": "  application/json  " }],
    ["the case of a name", {}, { "content-type": "application/json", "Content-Type": undefined }],
  ])("a change of %s", async (_, before, after: Record<string, string | undefined>) => {
    const signed = await sign({ signedHeaders: ["content-type"] }, before);
    const kept = signed.headers.filter(([name]) => !(name in after) && name !== "x-other");
    const added = Object.entries(after).filter((entry): entry is [string, string] => entry[1] !== undefined);

    expect(await verify({ ...signed, headers: [...kept, ...added] })).toMatchObject({ ok: true });
  });
});

const hoursOff = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);

/** Each refusal, and how a request comes by it. */
const REFUSALS: Record<RefusalCode, readonly [request: () => Promise<WireRequest>, options?: Partial<VerifyOptions>]> =
  {
    AUTHORIZATION_MISSING: [async () => request],
    AUTHORIZATION_MALFORMED: [async () => withAuthorization(await sign(), () => "AWS4-HMAC-SHA256 nothing")],
    CREDENTIAL_MALFORMED: [
      async () => withAuthorization(await sign(), (value) => value.replace("/us-east-1/bedrock", "")),
    ],
    DATE_MISSING: [async () => without(await sign(), "x-amz-date")],
    DATE_MALFORMED: [
      async () => {
        const signed = await sign();
        return {
          ...without(signed, "x-amz-date"),
          headers: [...without(signed, "x-amz-date").headers, ["x-amz-date", "now"]],
        };
      },
    ],
    SCOPE_TERMINATOR: [
      async () => withAuthorization(await sign(), (value) => value.replace("aws4_request", "aws5_request")),
    ],
    WRONG_SERVICE: [() => sign({ service: "s3" })],
    WRONG_REGION: [() => sign({ region: "eu-west-1" })],
    DATE_NOT_IN_SCOPE: [
      async () => withAuthorization(await sign(), (value) => value.replace("/20261121/", "/20261120/")),
    ],
    CLOCK_SKEW: [() => sign({ date: hoursOff(-1) })],
    HOST_NOT_SIGNED: [async () => withAuthorization(await sign(), (value) => value.replace(";host;", ";"))],
    SIGNED_HEADERS_UNSORTED: [
      async () => withAuthorization(await sign(), (value) => value.replace("content-type;host", "host;content-type")),
    ],
    SIGNED_HEADER_MISSING: [async () => without(await sign(), "Content-Type")],
    SESSION_TOKEN_NOT_SIGNED: [
      async () => {
        const signed = await sign();
        return { ...signed, headers: [...signed.headers, ["x-amz-security-token", "token"]] };
      },
    ],
    ACCESS_KEY_UNKNOWN: [() => sign(), { credentials: () => undefined }],
    SESSION_TOKEN_MISSING: [() => sign(), { credentials: () => ({ ...credentials, sessionToken: "token" }) }],
    SESSION_TOKEN_INVALID: [() => sign({ credentials: { ...credentials, sessionToken: "stale" } })],
    CREDENTIALS_EXPIRED: [() => sign(), { credentials: () => ({ ...credentials, expiration: hoursOff(-1) }) }],
    BODY_UNSIGNED: [() => sign({ payloadHash: "UNSIGNED-PAYLOAD" }), { allowUnsignedPayload: false }],
    SIGNATURE_MISMATCH: [() => sign({ credentials: { ...credentials, secretAccessKey: "another" } })],
  };

describe("verifyRequest() refuses", () => {
  test.each(Object.entries(REFUSALS))("with %s", async (code, [make, options]) => {
    const verdict = await verify(await make(), options);

    expect(verdict).toMatchObject({ ok: false, code });
    expect(JSON.stringify(verdict)).not.toContain(SECRET);
  });

  test("a region that cannot exist, although any is accepted", async () => {
    expect(await verify(await sign({ region: "moon" }), { region: undefined })).toMatchObject({ code: "WRONG_REGION" });
    expect(await verify(await sign({ region: "us-gov-west-1" }), { region: undefined })).toMatchObject({ ok: true });
  });

  test.each([-301, 301])("a clock that is %i seconds off", async (seconds) => {
    const signed = await sign({ date: new Date(now.getTime() + seconds * 1000) });

    expect(await verify(signed)).toMatchObject({ ok: false, code: "CLOCK_SKEW" });
  });

  test("a changed body although the header of its old hash is signed", async () => {
    const signed = await sign();

    expect(await verify({ ...signed, body: new TextEncoder().encode("{ }") })).toMatchObject({
      code: "SIGNATURE_MISMATCH",
    });
  });

  test("with the canonical request and the string to sign that it expected", async () => {
    const verdict = await verify({ ...(await sign()), method: "GET" });

    expect(verdict).toMatchObject({
      canonicalRequest: expect.stringMatching(
        /^GET\n\/model\/us\.anthropic\.claude-sonnet-4-5-20250929-v1%3A0\/invoke\na=1&b=2\ncontent-type:application\/json\nhost:127\.0\.0\.1:4242\n/,
      ),
      stringToSign: expect.stringMatching(
        /^AWS4-HMAC-SHA256\n20261121T120000Z\n20261121\/us-east-1\/bedrock\/aws4_request\n[0-9a-f]{64}$/,
      ),
    });
  });
});

describe("verifyRequest() behind a front end that drops headers", () => {
  const losesHeader = (name: string): boolean => name === "connection" || name.includes("_");
  const sent: WireRequest["headers"] = [...request.headers, ["Connection", "keep-alive"], ["session_id", "1"]];
  const signing = (...names: string[]) => sign({ signedHeaders: ["host", ...names] }, { headers: sent });

  test.each(["connection", "session_id"])("reads %s as empty where it is signed", async (name) => {
    expect(await verify(await signing(name), { losesHeader })).toMatchObject({
      code: "SIGNATURE_MISMATCH",
      canonicalRequest: expect.stringContaining(`\n${name}:\n`),
    });
  });

  test("accepts a signature of what is left", async () => {
    expect(await verify(await signing("content-type"), { losesHeader })).toMatchObject({ ok: true });
  });

  test("and reads every header as it was sent if there is none", async () => {
    expect(await verify(await signing("connection", "session_id"))).toMatchObject({ ok: true });
  });
});
