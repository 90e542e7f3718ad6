import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalQuery } from "./canonical-query.ts";
import { presignRequest } from "./presign-request.ts";
import { splitTarget } from "./canonical-request.ts";
import { verifyPresignedRequest, type PresignedRefusalCode, type VerifyPresignedOptions } from "./verify-presigned.ts";
import type { WireRequest } from "./wire-request.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const temporary = { ...credentials, sessionToken: "to+ken/==" };
const now = new Date("2026-11-21T12:00:00Z");
const scope = { region: "us-east-1", service: "bedrock" };
const request: WireRequest = {
  method: "GET",
  target: "/inference-profiles?type=SYSTEM_DEFINED",
  headers: [["Host", "127.0.0.1:4242"]],
  httpVersion: "1.1",
  body: new Uint8Array(),
};

describe("presignRequest()", () => {
  test("agrees with AWS's own signer on any query", async () => {
    const text = fc.stringMatching(/^[ -~]{0,12}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          text.filter((name) => name !== "" && name !== "__proto__"),
          text,
          { maxKeys: 4 },
        ),
        fc.option(text),
        fc.integer({ min: 1, max: 604_800 }),
        async (query, token, expiresInSeconds) => {
          const sessionToken = token === null || token === "" ? {} : { sessionToken: token };
          const how = { ...credentials, ...sessionToken };
          const target = `/a?${Object.entries(query)
            .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
            .join("&")}`;
          const mine = await presignRequest(
            { ...request, target },
            { credentials: how, ...scope, date: now, expiresInSeconds },
          );
          const signer = new SignatureV4({ credentials: how, ...scope, sha256: Sha256 });
          const theirs = await signer.presign(
            {
              method: "GET",
              protocol: "http:",
              hostname: "127.0.0.1",
              path: "/a",
              query,
              headers: { host: "127.0.0.1:4242" },
            },
            { signingDate: now, expiresIn: expiresInSeconds },
          );
          const expected = Object.entries(theirs.query ?? {})
            .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
            .join("&");

          expect(splitTarget(mine.target).query).toBe(canonicalQuery(expected));
        },
      ),
      { numRuns: 100 },
    );
  });

  test.each([
    ["HOST_MISSING", { ...request, headers: [] }, {}],
    ["HEADER_UNSIGNABLE", request, { signedHeaders: ["x-not-there"] }],
    ["DATE_INVALID", request, { date: new Date(Number.NaN) }],
    ["EXPIRES_INVALID", request, { expiresInSeconds: 604_801 }],
    ["EXPIRES_INVALID", request, { expiresInSeconds: 0 }],
  ])("refuses with %s", async (code, given, how) => {
    await expect(presignRequest(given, { credentials, ...scope, ...how })).rejects.toMatchObject({ code });
  });
});

const presign = (how: object = {}, credentialsOf: object = temporary): Promise<WireRequest> =>
  presignRequest(request, { credentials: { ...temporary, ...credentialsOf }, ...scope, date: now, ...how });
const change = async (from: string | RegExp, to: string): Promise<WireRequest> => {
  const presigned = await presign();
  return { ...presigned, target: presigned.target.replace(from, to) };
};
const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000);

const REFUSALS: readonly (readonly [
  PresignedRefusalCode,
  () => Promise<WireRequest>,
  Partial<VerifyPresignedOptions>?,
])[] = [
  ["AUTHORIZATION_MISSING", async () => request],
  ["AUTHORIZATION_MALFORMED", () => change("AWS4-HMAC-SHA256", "AWS4")],
  ["CREDENTIAL_MALFORMED", () => change(/%2Fus-east-1%2Fbedrock/, "")],
  ["DATE_MISSING", () => change("X-Amz-Date", "X-Amz-Data")],
  ["DATE_MALFORMED", () => change("20261121T120000Z", "today")],
  ["SCOPE_TERMINATOR", () => change("aws4_request", "aws5_request")],
  ["WRONG_SERVICE", () => presign({ service: "s3" })],
  ["WRONG_REGION", () => presign({ region: "eu-west-1" })],
  ["DATE_NOT_IN_SCOPE", () => change("%2F20261121%2F", "%2F20261120%2F")],
  ["EXPIRES_INVALID", () => change("X-Amz-Expires=900", "X-Amz-Expires=9e9")],
  ["EXPIRES_INVALID", () => presign({ expiresInSeconds: 61 }), { maxExpiresSeconds: 60 }],
  ["CLOCK_SKEW", () => presign({ date: hours(1) })],
  ["PRESIGNED_EXPIRED", () => presign({ date: hours(-1) })],
  ["HOST_NOT_SIGNED", () => change("SignedHeaders=host", "SignedHeaders=x")],
  ["SIGNED_HEADER_MISSING", () => change("SignedHeaders=host", "SignedHeaders=accept%3Bhost")],
  ["ACCESS_KEY_UNKNOWN", () => presign(), { credentials: () => undefined }],
  ["SESSION_TOKEN_MISSING", () => presign({}, { sessionToken: undefined })],
  ["SESSION_TOKEN_INVALID", () => presign({}, { sessionToken: "another" })],
  ["CREDENTIALS_EXPIRED", () => presign(), { credentials: () => ({ ...temporary, expiration: hours(-1) }) }],
  ["SIGNATURE_MISMATCH", () => change("SYSTEM_DEFINED", "APPLICATION")],
  ["SIGNATURE_MISMATCH", () => presign({}, { secretAccessKey: "another" })],
];

describe("verifyPresignedRequest()", () => {
  test("accepts what presignRequest() makes, until it expires", async () => {
    const options = { credentials: () => temporary, ...scope };

    const ended = new Date(now.getTime() + 900_000);
    expect(await verifyPresignedRequest(await presign(), { ...options, now })).toMatchObject({
      ok: true,
      expiresAt: ended,
    });
    expect(await verifyPresignedRequest(await presign(), { ...options, now: ended })).toMatchObject({
      code: "PRESIGNED_EXPIRED",
    });
  });

  test.each(REFUSALS.map(([code, make, options = {}]) => [code, make, options] as const))(
    "refuses with %s",
    async (code, make, options) => {
      const verdict = await verifyPresignedRequest(await make(), {
        credentials: () => temporary,
        ...scope,
        now,
        ...options,
      });

      expect(verdict).toMatchObject({ ok: false, code });
    },
  );
});
