import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalQuery } from "./canonical-query.ts";
import { presignRequest } from "./presign-request.ts";
import { splitRequestTarget } from "./canonical-request.ts";
import {
  readPresigned,
  verifyPresignedRequest,
  type PresignedRefusalCode,
  type VerifyPresignedOptions,
} from "./verify-presigned.ts";
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

          expect(splitRequestTarget(mine.target).query).toBe(canonicalQuery(expected));
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
  ["WRONG_REGION", () => presign({ region: "US-EAST-1" }), { region: undefined }],
  ["SIGNATURE_MISMATCH", () => change("SYSTEM_DEFINED", "APPLICATION")],
  ["SIGNATURE_MISMATCH", () => presign({}, { secretAccessKey: "another" })],
];

describe("verifyPresignedRequest()", () => {
  test("takes a request that does not say how long it holds as long as it is told, and not by itself", async () => {
    const presigned = await presign({ expiresInSeconds: null });
    const codeAt = async (seconds: number, defaultExpiresSeconds?: number) => {
      const at = new Date(now.getTime() + seconds * 1000);
      const verdict = await verifyPresignedRequest(presigned, {
        credentials: () => temporary,
        ...scope,
        now: at,
        defaultExpiresSeconds,
      });
      return verdict.ok ? "ok" : verdict.code;
    };

    expect(presigned.target).not.toContain("X-Amz-Expires");
    expect(await codeAt(0)).toBe("EXPIRES_INVALID");
    expect(await codeAt(299, 300)).toBe("ok");
    expect(await codeAt(300, 300)).toBe("PRESIGNED_EXPIRED");
  });

  test("takes a body that was left out of the signature, where that is allowed", async () => {
    for (const where of ["header", "X-Amz-Content-Sha256", "x-amz-content-sha256"]) {
      const unsigned: WireRequest =
        where === "header"
          ? { ...request, headers: [...request.headers, ["X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"]] }
          : { ...request, target: `${request.target}&${where}=UNSIGNED-PAYLOAD` };
      const presigned = await presignRequest(unsigned, {
        credentials: temporary,
        ...scope,
        date: now,
        payloadHash: "UNSIGNED-PAYLOAD",
      });
      const verify = (allowUnsignedPayload?: boolean) =>
        verifyPresignedRequest(
          { ...presigned, body: Uint8Array.of(1) },
          { credentials: () => temporary, ...scope, now, allowUnsignedPayload },
        );

      expect([where, (await verify()).ok]).toEqual([where, true]);
      expect(await verify(false)).toMatchObject({ ok: false, code: "BODY_UNSIGNED" });
    }
  });

  test("hands the session token on to whoever finds the credentials, and readPresigned() says the same", async () => {
    const presigned = await presign();
    const asked: (string | undefined)[] = [];
    const credentialsOf = (...given: (string | undefined)[]) => (asked.push(...given), temporary);
    await verifyPresignedRequest(presigned, { credentials: credentialsOf, ...scope, now });

    expect(asked).toEqual([temporary.accessKeyId, temporary.sessionToken]);
    expect(readPresigned(presigned.target)).toEqual({
      accessKeyId: temporary.accessKeyId,
      sessionToken: temporary.sessionToken,
      scope: { date: "20261121", ...scope },
      signedAt: now,
    });
    for (const target of ["/v1/models", "/?X-Amz-Signature=0", "/?X-Amz-Credential=a%2Fb%2Fc%2Fd%2Fe"]) {
      expect(readPresigned(target)).toBeUndefined();
    }
  });

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
