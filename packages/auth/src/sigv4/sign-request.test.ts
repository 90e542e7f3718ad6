import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { signRequestWithSmithy } from "../smithy/index.ts";
import { presignRequest } from "./presign-request.ts";
import { signRequest } from "./sign-request.ts";
import { headerValue, type WireRequest } from "./wire-request.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const date = new Date("2026-11-21T12:00:00Z");

const request: WireRequest = {
  method: "POST",
  target: "/v1/messages",
  headers: [["host", "aws-external-anthropic.us-east-1.api.aws"]],
  httpVersion: "1.1",
  body: new TextEncoder().encode("{}"),
};
const options = { credentials, date, region: "us-east-1", service: "aws-external-anthropic" };

const segment = fc.stringMatching(/^[A-Za-z0-9:._~ %@-]{1,12}$/).filter((text) => text !== "." && text !== "..");
const token = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/);
const value = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);

/** What a client would send: encoded once, as AWS's own clients encode. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const anyRequest = fc.record({
  method: fc.constantFrom("GET", "POST", "DELETE"),
  segments: fc.array(segment, { minLength: 1, maxLength: 5 }),
  query: fc.dictionary(token, value, { maxKeys: 4 }),
  headers: fc.dictionary(
    token.map((name) => `h-${name}`),
    value,
    { maxKeys: 5 },
  ),
  body: fc.uint8Array({ maxLength: 300 }),
  service: fc.constantFrom("aws-external-anthropic", "bedrock", "bedrock-mantle"),
  region: fc.constantFrom("us-east-1", "eu-central-1", "us-gov-west-1"),
  sessionToken: fc.option(value, { nil: undefined }),
});

describe("signRequest()", () => {
  test("agrees with AWS's own signer on any request", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRequest,
        async ({ method, segments, query, headers, body, service, region, sessionToken }) => {
          const path = `/${segments.map(encode).join("/")}`;
          const search = Object.entries(query)
            .map(([name, text]) => `${encode(name)}=${encode(text)}`)
            .join("&");
          const mine = await signRequest(
            {
              method,
              target: search === "" ? path : `${path}?${search}`,
              headers: [["host", "127.0.0.1:4242"], ...Object.entries(headers)],
              httpVersion: "1.1",
              body,
            },
            { credentials: { ...credentials, sessionToken }, date, region, service },
          );
          const signer = new SignatureV4({
            credentials: { ...credentials, ...(sessionToken === undefined ? {} : { sessionToken }) },
            region,
            service,
            sha256: Sha256,
          });
          const theirs = await signer.sign(
            {
              method,
              protocol: "http:",
              hostname: "127.0.0.1",
              port: 4242,
              path,
              query,
              body,
              headers: { host: "127.0.0.1:4242", ...headers },
            },
            { signingDate: date },
          );

          expect(headerValue(mine.headers, "authorization")).toBe(theirs.headers["authorization"]);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("replaces an earlier signature", async () => {
    const once = await signRequest(request, options);
    const twice = await signRequest(once, options);

    expect(twice).toEqual(once);
  });

  test("leaves out what a proxy may change", async () => {
    const unsignable: WireRequest["headers"] = [
      ["Connection", "keep-alive"],
      ["User-Agent", "x"],
      ["Sec-Fetch-Mode", "cors"],
      ["Proxy-Auth", "y"],
    ];
    const signed = await signRequest({ ...request, headers: [...request.headers, ...unsignable] }, options);

    expect(headerValue(signed.headers, "authorization")).toContain(
      "SignedHeaders=host;x-amz-content-sha256;x-amz-date,",
    );
  });

  // As JSON writes it, and as a variable has it that was emptied.
  test.each([null, ""])("sends no session token where it is %j", async (sessionToken) => {
    const how = { ...options, credentials: { ...credentials, sessionToken: sessionToken as string } };

    expect(await signRequest(request, how)).toEqual(await signRequest(request, options));
    expect(await presignRequest(request, how)).toEqual(await presignRequest(request, options));
    expect(await signRequestWithSmithy(request, how)).toEqual(await signRequestWithSmithy(request, options));
  });

  test("does not change the request that it is given", async () => {
    const frozen = Object.freeze({ ...request, headers: Object.freeze([...request.headers]) });

    await expect(signRequest(frozen, options)).resolves.not.toBe(frozen);
  });

  test.each([
    ["HOST_MISSING", { ...request, headers: [] }, options],
    ["HEADER_UNSIGNABLE", request, { ...options, signedHeaders: ["x-not-there"] }],
    ["DATE_INVALID", request, { ...options, date: new Date(Number.NaN) }],
  ])("refuses with %s", async (code, given, how) => {
    await expect(signRequest(given, how)).rejects.toMatchObject({ name: "AuthError", code });
  });
});
