import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { verifyRequest, type WireRequest } from "../sigv4/index.ts";
import { authFetch, type AuthFetchOptions } from "./auth-fetch.ts";

const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  sessionToken: "SESSIONTOKENEXAMPLE",
};
const scope = { service: "bedrock", region: "us-east-1" };
const SIGNED: AuthFetchOptions = { credentials, ...scope };
const KEYED: AuthFetchOptions = { authentication: { method: "api-key", headers: { "x-api-key": "key-example" } } };
const METHODS = [
  ["a signature", SIGNED],
  ["a key", KEYED],
] as const;

/** What each server received. */
const received: { readonly own: WireRequest[]; readonly other: WireRequest[] } = { own: [], other: [] };

/** Answers as the query says: `?status=307&to=…`; what has no query gets the method and the body back. */
function serve(list: WireRequest[]): Server {
  return createServer(async (request, response) => {
    const body = await readAll(request);
    const { method = "", url: target = "", rawHeaders } = request;
    const headers = Array.from({ length: rawHeaders.length / 2 }, (_, index): [string, string] => [
      rawHeaders[2 * index] ?? "",
      rawHeaders[2 * index + 1] ?? "",
    ]);
    list.push({ method, target, headers, httpVersion: "1.1", body });
    const query = new URL(target, "http://a").searchParams;
    const [status, to] = [query.get("status"), query.get("to")];
    if (status === null) response.end(`${method} ${new TextDecoder().decode(body)}`);
    else response.writeHead(Number(status), to === null ? {} : { location: to }).end("elsewhere");
  });
}

async function readAll(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return new Uint8Array(Buffer.concat(chunks));
}

const servers = [serve(received.own), serve(received.other)];
let own = "";
let other = "";

beforeAll(async () => {
  const started = servers.map((server) => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  await Promise.all(started);
  [own = "", other = ""] = servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve)))));
beforeEach(() => {
  received.own.length = 0;
  received.other.length = 0;
});

const redirecting = (status: number, to: string): string =>
  `${own}/v1/messages?status=${status}&to=${encodeURIComponent(to)}`;

const isVerified = async (request: WireRequest): Promise<boolean> =>
  (await verifyRequest(request, { credentials: () => credentials, ...scope })).ok;

describe.each(METHODS)("authFetch() with %s, redirected", (_, options) => {
  test.each([301, 302, 303, 307, 308])("with %i to another origin sends nothing there", async (status) => {
    const elsewhere = `${other}/v1/messages`;
    for (const [url, origin] of [
      [redirecting(status, elsewhere), other],
      [redirecting(status, elsewhere.replace("http:", "")), other],
      [redirecting(307, redirecting(status, elsewhere)), other],
      [redirecting(status, own.replace("http:", "https:")), "https:"],
      [redirecting(status, "http://["), "no URL"],
      [redirecting(status, "data:text/plain,x"), "null"],
    ] as const) {
      for (const method of ["POST", "GET"]) {
        const sent = authFetch(options)(url, { method, ...(method === "POST" ? { body: "secret" } : {}) });
        await expect(sent).rejects.toMatchObject({
          code: "REDIRECT_REFUSED",
          message: expect.stringContaining(origin) as string,
        });
      }
    }
    expect(received.other).toEqual([]);
  });

  test.each([
    [301, "POST", "GET "],
    [302, "POST", "GET "],
    [303, "POST", "GET "],
    [303, "PUT", "GET "],
    [307, "POST", "POST {}"],
    [308, "POST", "POST {}"],
    [301, "PUT", "PUT {}"],
  ])("with %i within the origin answers a %s with what %s gets there", async (status, method, expected) => {
    const init = { method, body: "{}", headers: { "content-type": "application/json" } };
    const url = redirecting(status, "../v1/moved");
    for (const sent of [authFetch(options)(url, init), authFetch(options)(new Request(url, init))]) {
      expect(await (await sent).text()).toBe(expected);
    }
    const moved = received.own.filter(({ target }) => target === "/v1/moved");
    expect(moved).toHaveLength(2);
    for (const { headers, body } of moved) {
      expect(headers.some(([name]) => name.toLowerCase() === "content-type")).toBe(body.length > 0);
    }
  });

  test("goes on as long as it is led on, up to 20 times", async () => {
    const lead = (times: number): string =>
      times === 0 ? `${own}/end` : redirecting(307, times > 3 ? `${own}/end` : lead(times - 1));
    expect(await (await authFetch(options)(lead(3), { method: "POST", body: "{}" })).text()).toBe("POST {}");
    expect(received.own).toHaveLength(4);
    const always = authFetch({
      ...options,
      fetch: async () => new Response(null, { status: 307, headers: { location: "/" } }),
    });
    await expect(always(own)).rejects.toMatchObject({ code: "REDIRECT_REFUSED" });
  });

  test("gives the redirect itself where it is asked for, or has no target", async () => {
    const manual = await authFetch(options)(redirecting(307, `${other}/`), { redirect: "manual" });
    expect(manual.status).toBe(307);
    expect((await authFetch(options)(`${own}/?status=307`)).status).toBe(307);
    expect((await authFetch(options)(`${own}/?status=304&to=x`)).status).toBe(304);
    await expect(authFetch(options)(redirecting(307, "/"), { redirect: "error" })).rejects.toThrow();
    expect(received.other).toEqual([]);
  });
});

test("authFetch() signs what it is redirected to anew", async () => {
  await authFetch(SIGNED)(redirecting(308, "/a?b=c"), { method: "POST", body: "{}" });
  await authFetch(SIGNED)(redirecting(303, "/a?b=c"), { method: "POST", body: "{}" });
  expect(received.own).toHaveLength(4);
  expect(await Promise.all(received.own.map(isVerified))).toEqual([true, true, true, true]);
});

test("authFetch() with a key gives it where it is redirected to, and refuses to repeat a stream", async () => {
  await authFetch(KEYED)(redirecting(307, "/a"));
  expect(received.own.map(({ headers }) => headers.find(([name]) => name === "x-api-key")?.[1])).toEqual([
    "key-example",
    "key-example",
  ]);
  const stream = { method: "POST", body: new Blob(["{}"]).stream(), duplex: "half" } as RequestInit;
  await expect(authFetch(KEYED)(redirecting(307, "/a"), stream)).rejects.toMatchObject({ code: "REDIRECT_REFUSED" });
});
