import { readJsonLines, soakProperty } from "@claude-on-aws/fixtures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { signRequestWithAws4fetch } from "../src/aws4fetch/index.ts";
import { parseAmzDate } from "../src/sigv4/amz-date.ts";
import {
  headerValue,
  parseAuthorization,
  type SignOptions,
  signRequest,
  type WireRequest,
} from "../src/sigv4/index.ts";
import { NativeSha256, signRequestWithSmithy } from "../src/smithy/index.ts";

/** Random requests; raised for the full measure. */

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };

/** All three signatures of a request. */
async function signThrice(request: WireRequest, options: SignOptions): Promise<readonly (string | undefined)[]> {
  const signed = await Promise.all([
    signRequest(request, options),
    signRequestWithSmithy(request, options),
    signRequestWithAws4fetch(request, options),
  ]);
  expect(signed[1]).toEqual(signed[0]);
  expect(signed[2]).toEqual(signed[0]);
  return signed.map(({ headers }) => headerValue(headers, "authorization"));
}

interface Recorded extends Omit<WireRequest, "body"> {
  readonly id: string;
  readonly bodySha256: string;
  readonly sigv4?: { readonly region: string; readonly service: string; readonly valid: boolean };
}

describe("the three signers", () => {
  const recorded = readJsonLines<Recorded>("wire-requests/requests.jsonl").filter(({ sigv4, headers }) => {
    // Ours always sends the hash; what was signed without it cannot be repeated header for header.
    return sigv4?.valid === true && headerValue(headers, "x-amz-content-sha256") !== undefined;
  });

  test("repeat the signatures of real clients", async () => {
    expect(recorded.length).toBeGreaterThan(80);
    for (const { id, sigv4, bodySha256, ...wire } of recorded) {
      const authorization = headerValue(wire.headers, "authorization") ?? "";
      const { signedHeaders, signature } = parseAuthorization(authorization);
      const options: SignOptions = {
        credentials: { ...credentials, sessionToken: headerValue(wire.headers, "x-amz-security-token") },
        region: sigv4?.region ?? "",
        service: sigv4?.service ?? "",
        date: parseAmzDate(headerValue(wire.headers, "x-amz-date") ?? ""),
        payloadHash: headerValue(wire.headers, "x-amz-content-sha256") ?? bodySha256,
        signedHeaders: signedHeaders.filter((name) => !name.startsWith("x-amz-")),
      };
      const [mine = ""] = await signThrice({ ...wire, body: new Uint8Array() }, options);
      expect(`${id} ${parseAuthorization(mine).signature}`).toBe(`${id} ${signature}`);
    }
  });

  const raw = fc.stringMatching(/^[A-Za-z0-9:._~%@!$&'()*+,;= -]{0,12}$/);
  const segment = fc.oneof(
    raw,
    fc.string({ unit: "grapheme", maxLength: 6 }).map(encodeURIComponent),
    fc.constantFrom("", ".", ".."),
  );
  const parameter = fc
    .oneof(
      fc.stringMatching(/^[A-Za-z0-9:._~@!$'()*+,;/?-]{0,10}=?[A-Za-z0-9:._~@!$'()*+,;=/?-]{0,10}$/),
      fc.string({ unit: "grapheme", maxLength: 6 }).map((text) => `q=${encodeURIComponent(text)}`),
    )
    // One of the three refuses it: see below.
    .filter((text) => text.split("=", 1)[0] !== "__proto__");
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/).map((text) => `h-${text}`);
  const value = fc.stringMatching(/^[ -~]{0,24}$/);
  const anyRequest = fc.record({
    method: fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH"),
    path: fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join("/")}`),
    query: fc.array(parameter, { maxLength: 5 }).map((parameters) => parameters.join("&")),
    headers: fc.array(fc.tuple(name, value), { maxLength: 6 }),
    host: fc.constantFrom("127.0.0.1:4242", "localhost", "bedrock-runtime.us-east-1.amazonaws.com", "EXAMPLE.com:443"),
    httpVersion: fc.constantFrom("1.1", "2.0"),
    body: fc.uint8Array({ maxLength: 200 }),
    service: fc.constantFrom("aws-external-anthropic", "bedrock", "bedrock-mantle"),
    region: fc.constantFrom("us-east-1", "eu-central-1", "us-gov-west-1"),
    sessionToken: fc.option(fc.base64String({ minLength: 4 }), { nil: undefined }),
    payloadHash: fc.constantFrom(undefined, "UNSIGNED-PAYLOAD"),
    date: fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true }),
  });

  test("agree on random requests", async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async ({ method, path, query, headers, host, httpVersion, body, ...drawn }) => {
        const { sessionToken, ...options } = drawn;
        const hostHeader: [string, string] = [httpVersion === "2.0" ? ":authority" : "Host", host];
        const target = query === "" ? path : `${path}?${query}`;
        const request = { method, target, headers: [hostHeader, ...headers], httpVersion, body };
        const signatures = await signThrice(request, { ...options, credentials: { ...credentials, sessionToken } });
        expect(new Set(signatures).size).toBe(1);
      }),
      soakProperty(10_000, 300),
    );
  }, 600_000);
});

describe("signRequestWithSmithy()", () => {
  test.each(["/?a=%FF", "/?__proto__", "/?a=1&__proto__=x", "/?%5F_proto__="])(
    "refuses %s, which its signer cannot express",
    async (target) => {
      const request = {
        method: "GET",
        target,
        headers: [["host", "x"]] as const,
        httpVersion: "1.1",
        body: new Uint8Array(),
      };

      await expect(
        signRequestWithSmithy(request, { credentials, region: "us-east-1", service: "bedrock" }),
      ).rejects.toMatchObject({
        code: "TARGET_UNSIGNABLE",
      });
    },
  );
});

describe("NativeSha256", () => {
  test("hashes in pieces, with and without a secret, as node:crypto does", async () => {
    const { createHash, createHmac } = await import("node:crypto");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array()), fc.option(fc.uint8Array({ minLength: 1 })), async (parts, secret) => {
        const mine = secret === null ? new NativeSha256() : new NativeSha256(secret);
        const theirs = secret === null ? createHash("sha256") : createHmac("sha256", secret);
        for (const part of parts) {
          mine.update(part);
          theirs.update(part);
        }
        expect(Buffer.from(await mine.digest())).toEqual(theirs.digest());
      }),
      { numRuns: 50 },
    );
  });
});
