import type { AwsCredentials } from "@claude-on-aws/endpoints";
import { describe, expect, test } from "vitest";
import { verifyRequest } from "../sigv4/verify-request.ts";
import { authFetch, type AuthFetchOptions } from "./auth-fetch.ts";
import { classifyRefusal } from "./classify-refusal.ts";

const credentials: AwsCredentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const URL_OF_AWS = "https://aws-external-anthropic.us-east-1.api.aws/v1/messages?beta=true";

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

/** A fetch that keeps what it is given, and answers in turn. */
function recorder(...answers: readonly (() => Response)[]) {
  const sent: Sent[] = [];
  const fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    sent.push({ url: input instanceof Request ? input.url : String(input), init });
    return answers[Math.min(sent.length, answers.length) - 1]?.() ?? new Response("ok");
  };
  return { sent, fetch: fetch as typeof globalThis.fetch };
}

/** Verifies what was sent as AWS would. */
async function verify({ url, init }: Sent, known: AwsCredentials = credentials): Promise<boolean> {
  const { host, pathname, search } = new URL(url);
  const headers: [string, string][] = [
    ["host", host],
    ...new Headers(init.headers),
    ["user-agent", "added"],
    ["accept-encoding", "br"],
  ];
  const body = init.body === undefined ? new Uint8Array() : (init.body as Uint8Array);
  const request = { method: init.method ?? "GET", target: pathname + search, headers, httpVersion: "1.1", body };
  return (
    await verifyRequest(request, { credentials: () => known, service: "aws-external-anthropic", region: "us-east-1" })
  ).ok;
}

describe("authFetch()", () => {
  test.each([
    ["a text", "héllo"],
    ["bytes", new Uint8Array([0, 255, 1])],
    ["a form", new URLSearchParams({ a: "b c" })],
    [
      "an upload",
      (() => {
        const form = new FormData();
        form.set("file", new Blob(["x"]), "x.txt");
        return form;
      })(),
    ],
    ["nothing", undefined],
  ])("signs a request with %s, whatever fetch adds", async (_, body) => {
    const { fetch, sent } = recorder();
    const init = {
      method: "POST",
      headers: { accept: "application/json", connection: "close" },
      ...(body === undefined ? {} : { body }),
    };
    await authFetch({ credentials, fetch })(URL_OF_AWS, init);

    expect(await verify(sent[0] as Sent)).toBe(true);
    expect(new Headers(sent[0]?.init.headers).get("authorization")).not.toMatch(
      /connection|user-agent|accept-encoding|content-length/,
    );
  });

  test("signs a Request, and a stream", async () => {
    const { fetch, sent } = recorder();
    const stream = new Blob(["streamed"]).stream();
    await authFetch({ credentials, fetch })(new Request(URL_OF_AWS, { method: "POST", body: "{}" }));
    await authFetch({ credentials, fetch })(URL_OF_AWS, {
      method: "POST",
      body: stream,
      duplex: "half",
    } as RequestInit);

    expect(await Promise.all(sent.map((each) => verify(each)))).toEqual([true, true]);
  });

  test("signs anew at every call, also what was signed before", async () => {
    const { fetch, sent } = recorder();
    let time = Date.now() - 60_000;
    const authenticated = authFetch({ credentials, fetch, now: () => new Date((time += 1000)) });
    await authenticated(URL_OF_AWS);
    await authenticated(URL_OF_AWS, { headers: sent[0]?.init.headers as [string, string][] });
    const [first, second] = sent.map(({ init }) => new Headers(init.headers));

    expect(first?.get("x-amz-date")).not.toBe(second?.get("x-amz-date"));
    expect(await verify(sent[1] as Sent)).toBe(true);
  });

  test.each<readonly [string, RequestInit, Partial<AuthFetchOptions>, string]>([
    ["HEADER_UNDERSCORE", { headers: { x_note: "1" } }, {}, URL_OF_AWS],
    [
      "HEADER_DUPLICATED",
      {
        headers: [
          ["X-Note", "1"],
          ["x-note", "2"],
        ],
      },
      {},
      URL_OF_AWS,
    ],
    ["BODY_TOO_LARGE", { method: "POST", body: "12345" }, { maxBodyBytes: 4 }, URL_OF_AWS],
    ["HOST_MISSING", {}, {}, "http://127.0.0.1:4242/"],
    ["CREDENTIALS_NOT_FOUND", {}, { credentials: undefined }, URL_OF_AWS],
  ])("refuses with %s, and sends nothing", async (code, init, options, url) => {
    const { fetch, sent } = recorder();

    await expect(authFetch({ credentials, fetch, ...options })(url, init)).rejects.toMatchObject({ code });
    expect(sent).toEqual([]);
  });

  test("sends a key in place of a signature, and no other", async () => {
    const { fetch, sent } = recorder();
    const authentication = { method: "api-key", headers: { "x-api-key": "key" } } as const;
    await authFetch({ authentication, fetch })(URL_OF_AWS, { headers: { authorization: "Bearer other" } });
    const headers = new Headers(sent[0]?.init.headers);

    expect([headers.get("x-api-key"), headers.get("authorization")]).toEqual(["key", null]);
  });

  const refused = (status: number, type: string, message: string) => () =>
    Response.json({ type: "error", error: { type, message } }, { status });
  const expired = refused(401, "authentication_error", "The security token included in the request is expired");

  test("has the credentials refreshed once and sends once more, freshly signed", async () => {
    const { fetch, sent } = recorder(expired);
    const fresh = { ...credentials, accessKeyId: "FRESH" };
    const told: unknown[] = [];
    let current = credentials;
    const source = {
      get: async () => current,
      refresh: async (...refusal: unknown[]) => {
        told.push(refusal);
        current = fresh;
        return true;
      },
    };
    const response = await authFetch({ credentials: source, fetch })(URL_OF_AWS, { method: "POST", body: "{}" });

    expect(response.status).toBe(401);
    expect(told).toEqual([["expired", credentials]]);
    expect(sent).toHaveLength(2);
    expect(await verify(sent[1] as Sent, fresh)).toBe(true);
  });

  test("gives the answer back readable where nothing can be refreshed", async () => {
    const { fetch, sent } = recorder(expired);
    const source = { get: async () => credentials, refresh: async () => false };
    const response = await authFetch({ credentials: source, fetch })(URL_OF_AWS);

    expect(await response.json()).toMatchObject({ error: { type: "authentication_error" } });
    expect(sent).toHaveLength(1);
  });
});

describe("classifyRefusal()", () => {
  const claude = (type: string, message: string): string => JSON.stringify({ type: "error", error: { type, message } });
  const aws = (message: string): string => JSON.stringify({ message });

  test.each([
    [
      401,
      undefined,
      claude("authentication_error", "The security token included in the request is expired"),
      "expired",
    ],
    [
      401,
      undefined,
      claude("authentication_error", "The security token included in the request is invalid."),
      "expired",
    ],
    [401, undefined, claude("authentication_error", "invalid x-api-key"), undefined],
    [403, "ExpiredTokenException", aws("The security token included in the request is expired"), "expired"],
    [403, undefined, JSON.stringify({ __type: "ExpiredTokenException", message: "" }), "expired"],
    [403, "UnrecognizedClientException", aws("The security token included in the request is invalid."), "invalid"],
    [
      403,
      "AccessDeniedException",
      aws("User: arn:aws:iam::1:user/x is not authorized to perform: bedrock:InvokeModel"),
      undefined,
    ],
    [403, undefined, claude("permission_error", "anthropic.claude is not available for this account"), undefined],
    [403, undefined, "<html>", undefined],
    [400, "ExpiredTokenException", aws("The security token included in the request is expired"), undefined],
  ])("reads %i %s %s as %s", (status, type, body, expected) => {
    expect(classifyRefusal(status, type, body)).toBe(expected);
  });
});
