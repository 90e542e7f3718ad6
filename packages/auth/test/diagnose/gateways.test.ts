import { describe, expect, test } from "vitest";
import { diagnoseMismatch, type DiagnoseOptions, isRedacted } from "../../src/diagnose/index.ts";
import { LOCAL_PORTS, PATH_PREFIXES } from "../../src/diagnose/gateway-values.ts";
import { presignRequest, signRequest, type WireRequest } from "../../src/sigv4/index.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const date = new Date("2026-11-21T12:00:00Z");
const AWS_HOST = "bedrock-runtime.us-east-1.amazonaws.com";
const ARN = "arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile%2Fabc";

interface Wire {
  readonly target?: string;
  readonly headers?: WireRequest["headers"];
  readonly host?: string;
}

const draft = ({ target = "/model/us.anthropic.claude-x/invoke", host = AWS_HOST, headers = [] }: Wire) => ({
  method: "POST",
  target,
  headers: [["host", host], ...headers] as WireRequest["headers"],
  httpVersion: "1.1",
  body: new TextEncoder().encode("{}"),
});

const sign = (wire: Wire = {}, signedHeaders?: readonly string[]): Promise<WireRequest> =>
  signRequest(draft(wire), { credentials, region: "us-east-1", service: "bedrock", date, signedHeaders });

const setHeader = (request: WireRequest, name: string, value: string): WireRequest => ({
  ...request,
  headers: request.headers.map(([key, old]) => [key, key === name ? value : old]),
});

const diagnose = (request: WireRequest, options: Partial<DiagnoseOptions> = {}) =>
  diagnoseMismatch(request, { credentials: () => credentials, now: date, ...options });

const codesOf = async (request: WireRequest, options: Partial<DiagnoseOptions> = {}): Promise<readonly string[]> =>
  (await diagnose(request, options)).mistakes.map(({ code }) => code).toSorted();

describe("diagnoseMismatch() behind a gateway", () => {
  test.each(PATH_PREFIXES)("names the prefix %s that was taken off, with the host of a gateway", async (prefix) => {
    const port = LOCAL_PORTS[PATH_PREFIXES.indexOf(prefix) % LOCAL_PORTS.length] ?? "";
    for (const model of ["us.anthropic.claude-x", "anthropic.claude-x-v1%3A0", ARN]) {
      const target = `/model/${model}/converse`;
      const signed = await sign({ target: `${prefix}${target}`, host: `localhost${port}` });
      const received = setHeader({ ...signed, target }, "host", AWS_HOST);

      expect(await codesOf(received)).toEqual(["HOST_REWRITTEN", "PATH_PREFIX_REMOVED"]);
    }
  });

  test.each([
    ["/model/a/", "/model/a/b/.."],
    ["/model/a/", "/model/a/."],
  ])("names a signature for %s where %s was received", async (target, received) => {
    const signed = await sign({ target });

    expect(await codesOf({ ...signed, target: received })).toEqual(["PATH_NOT_NORMALIZED"]);
  });

  test("takes a prefix from its caller, and from a header that hands it on", async () => {
    const target = "/model/us.anthropic.claude-x/invoke";
    const signed = await sign({ target: `/teams/a${target}` });
    const received = { ...signed, target };

    expect(await codesOf(received)).toEqual(["UNKNOWN"]);
    expect(await codesOf(received, { pathPrefixes: ["/teams/a"] })).toEqual(["PATH_PREFIX_REMOVED"]);
    for (const [name, value] of [
      ["x-forwarded-prefix", "/teams/a"],
      ["x-forwarded-prefix", "teams/a/"],
      ["x-envoy-original-path", `/teams/a${target}?x=1`],
      ["x-original-url", `https://gateway.example.com/teams/a${target}`],
    ] as const) {
      const handed = { ...received, headers: [...received.headers, [name, value] as const] };
      expect(await codesOf(handed)).toEqual(["PATH_PREFIX_REMOVED"]);
    }
  });

  test.each([
    ["x-forwarded-for", "10.0.0.1,10.0.0.2", "10.0.0.1,10.0.0.2, 10.0.0.3"],
    ["x-forwarded-for", "10.0.0.1", "10.0.0.1, 10.0.0.1"],
    ["via", "1.1 a", "1.1 a, 1.1 b, 1.1 c"],
    ["forwarded", "for=10.0.0.1", "for=10.0.0.1,for=10.0.0.2"],
    ["cdn-loop", "a", "a,b"],
  ])("names what was appended to %s", async (name, value, received) => {
    const signed = await sign({ headers: [[name, value]] }, ["host", name]);

    expect((await diagnose(setHeader(signed, name, received))).mistakes).toMatchObject([
      { code: "HEADER_APPENDED", header: name, signed: value, received },
    ]);
  });

  test("names it where another header that says the same was lost too", async () => {
    const signed = await sign(
      {
        headers: [
          ["x-forwarded-for", "10.0.0.1"],
          ["x-real-ip", "10.0.0.1"],
        ],
      },
      ["host", "x-forwarded-for", "x-real-ip"],
    );
    const received = setHeader(signed, "x-forwarded-for", "10.0.0.1, 10.0.0.2");
    const headers = received.headers.filter(([name]) => name !== "x-real-ip");

    expect(await codesOf({ ...received, headers })).toEqual(["HEADER_APPENDED", "SIGNED_HEADER_MISSING"]);
  });

  test.each([
    ["the slash of an ARN decoded", (text: string) => text.replaceAll("%2F", "/"), "PATH_RECODED"],
    ["an ARN decoded", decodeURIComponent, "PATH_RECODED"],
    [
      "the encoding in lower case",
      (text: string) => text.replaceAll(/%../g, (hex) => hex.toLowerCase()),
      "PATH_RECODED",
    ],
    ["only its colons decoded", (text: string) => text.replaceAll("%3A", ":"), "PATH_RECODED"],
  ])("names %s on the way", async (_, change, code) => {
    const signed = await sign({ target: `/model/${ARN}/invoke` });

    expect(await codesOf({ ...signed, target: `/model/${change(ARN)}/invoke` })).toEqual([code]);
  });
});

describe("diagnoseMismatch() of what was redacted", () => {
  test.each(["***", "[redacted]", "<REDACTED>", "a1b2…", "a1b2c3****", "00", "hidden"])(
    "takes the signature %j for none, and searches for nothing",
    async (mark) => {
      const signed = await sign();
      const header = signed.headers.find(([name]) => name === "authorization")?.[1] ?? "";
      const received = setHeader(signed, "authorization", header.replace(/Signature=.*/, `Signature=${mark}`));

      expect(await diagnose(received)).toMatchObject({ mistakes: [{ code: "SIGNATURE_REDACTED" }], candidates: 0 });
    },
  );

  test.each(["***", "AWS4-HMAC-SHA256 [redacted]", "AWS4-HMAC-SHA256 Credential=***", "[FILTERED]"])(
    "takes the header %j for one that was redacted",
    async (mark) => {
      expect(await codesOf(setHeader(await sign(), "authorization", mark))).toEqual(["SIGNATURE_REDACTED"]);
    },
  );

  test("still finds a header malformed that is no mark", async () => {
    expect(await codesOf(setHeader(await sign(), "authorization", "AWS4-HMAC-SHA256 Credential"))).toEqual([
      "AUTHORIZATION_MALFORMED",
    ]);
  });

  test("names a signed header whose value is a mark, and not where the mark itself was signed", async () => {
    const signed = await sign({ headers: [["x-note", "a"]] }, ["host", "x-note"]);
    expect(await codesOf(setHeader(signed, "x-note", "[redacted]"))).toEqual(["HEADER_REDACTED"]);

    const mark = await sign({ headers: [["x-note", "***"]] }, ["host", "x-note"]);
    expect(await codesOf({ ...mark, method: "PUT" })).toEqual(["METHOD_CHANGED"]);
  });

  test("names a session token that is a mark", async () => {
    const temporary = { ...credentials, sessionToken: "token-of-a-session" };
    const signed = await signRequest(draft({}), {
      credentials: temporary,
      region: "us-east-1",
      service: "bedrock",
      date,
    });
    const received = setHeader(signed, "x-amz-security-token", "[redacted]");

    expect(await codesOf(received, { credentials: () => temporary })).toEqual(["HEADER_REDACTED"]);
  });

  test("names a signature in the query", async () => {
    const presigned = await presignRequest(draft({}), { credentials, region: "us-east-1", service: "bedrock", date });

    expect(await codesOf(presigned)).toEqual(["SIGNATURE_IN_QUERY"]);
    expect(await codesOf(draft({}))).toEqual(["AUTHORIZATION_MISSING"]);
  });
});

describe("isRedacted()", () => {
  test.each(["application/json", "*/*", "", "10.0.0.1, 10.0.0.2", "gzip, deflate", "a secret"])("%j: no", (text) => {
    expect(isRedacted(text)).toBe(false);
  });
});

describe("diagnoseMismatch() says what stays open", () => {
  const wrong = { credentials: () => ({ ...credentials, secretAccessKey: "another" }) };
  const openOf = async (request: WireRequest): Promise<readonly string[]> =>
    (await diagnose(request, wrong)).open.map(({ code }) => code);

  test("a changed body, unless its hash was signed or it was left out", async () => {
    const withHash = await sign();
    // As botocore signs: the hash is in the signature, and in no header.
    const withoutHash = {
      ...withHash,
      headers: withHash.headers
        .filter(([name]) => name !== "x-amz-content-sha256")
        .map(([name, value]) => [name, value.replace("x-amz-content-sha256;", "")] as const),
    };

    expect(await openOf(withoutHash)).toContain("BODY");
    expect(await openOf(withHash)).not.toContain("BODY");
    expect((await diagnose(withHash, wrong)).ruledOut).toContain("BODY_CHANGED");
    expect((await diagnose(withoutHash, wrong)).ruledOut).not.toContain("BODY_CHANGED");
  });

  test("in the words of the mistake, with the headers that may have changed", async () => {
    const signed = await sign({ headers: [["x-note", "a"]] }, ["host", "x-note"]);
    const { mistakes, ruledOut, open } = await diagnose(signed, wrong);
    const [unknown] = mistakes;

    expect(unknown?.message).toContain(`Ruled out: ${ruledOut.join(", ")}.`);
    for (const { message, decide } of open) {
      expect(unknown?.message).toContain(message);
      expect(unknown?.fix).toContain(decide);
    }
    expect(unknown?.message).toContain("(x-note)");
  });

  test("nothing where the mistake was found", async () => {
    expect(await diagnose({ ...(await sign()), method: "PUT" })).toMatchObject({ open: [], ruledOut: [] });
  });
});
