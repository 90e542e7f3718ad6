import { headerValue } from "@claude-on-aws/auth/sigv4";
import { readJsonLines } from "@claude-on-aws/fixtures";
import { getResponse } from "msw";
import { getResponse as getResponseOfMsw3 } from "msw3";
import { describe, expect, test } from "vitest";
import type { ReceivedRequest, WireReply } from "../src/exchange.ts";
import { createFake, EXAMPLE_CREDENTIALS } from "../src/index.ts";
import { authenticationKind } from "../src/verify/authentication-kind.ts";

/** A request of a real client; see fixtures/wire-requests. */
interface Recorded {
  readonly id: string;
  readonly httpVersion: string;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly bodyBytes: number;
  readonly authentication: string;
  readonly sigv4?: {
    readonly accessKeyId: string;
    readonly region: string;
    readonly service: string;
    readonly valid: boolean;
  };
}

const recorded = readJsonLines<Recorded>("wire-requests/requests.jsonl");

/** Requests whose every byte was kept. */
const whole = recorded.filter(({ body, bodyBytes }) => bodyBytes === 0 || body !== undefined);

const toReceived = ({ method, target, headers, httpVersion, body = "" }: Recorded): ReceivedRequest => ({
  method,
  target,
  headers,
  httpVersion,
  body: new TextEncoder().encode(body),
  wire: "received",
});

/** The time of the request that is handled now: a signature holds for five minutes. */
let now = new Date();

const at = ({ headers }: Recorded): void => {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(headerValue(headers, "x-amz-date") ?? "20261121T000000Z") ?? [];
  now = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
};

const sessionTokens = new Set(recorded.map(({ headers }) => headerValue(headers, "x-amz-security-token")));

/** A fake that knows the credentials of the recordings and draws the same identifiers each time. */
const fake = createFake({
  now: () => now,
  randomUuid: () => "01234567-89ab-cdef-0123-456789abcdef",
  credentials: [...sessionTokens].map((sessionToken) => ({ ...EXAMPLE_CREDENTIALS, sessionToken })),
});

const handle = (request: Recorded): Promise<WireReply> => {
  at(request);
  return fake.handle(toReceived(request));
};

async function bytesOf(body: WireReply["body"]): Promise<string> {
  const chunks: Uint8Array[] = [];
  if (body instanceof Uint8Array) chunks.push(body);
  else for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString("latin1");
}

describe("authenticationKind()", () => {
  test.each(recorded)("recognises $id as $authentication", (request) => {
    expect(authenticationKind(request)).toBe(request.authentication);
  });
});

/** Services that the fake stands in for; curl once signed for one that it guessed from the address. */
const SERVICES = ["aws-external-anthropic", "bedrock", "bedrock-mantle"];

describe("a recorded request is judged as it was recorded", () => {
  test.each(whole.filter(({ sigv4 }) => sigv4 !== undefined))("$id", async (request) => {
    const { valid, accessKeyId, region, service } = request.sigv4 ?? {};
    await handle(request);
    const entry = fake.journal.snapshot().exchanges.at(-1);

    if (valid && SERVICES.includes(service ?? "")) {
      expect(entry?.checks).toContainEqual({ check: "authentication" });
      expect(entry?.caller).toEqual({ kind: "sigv4", accessKeyId, region, service });
    } else {
      expect(entry?.checks).toContainEqual({ check: "authentication", fault: expect.anything() });
      expect(entry?.caller).toBeUndefined();
    }
  });

  test("and most of those that were kept whole are answered", async () => {
    const statuses: number[] = [];
    for (const request of whole) statuses.push((await handle(request)).status);

    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(whole.length / 2);
  });
});

/** What a WHATWG request can carry: no HTTP/2, no doubled slash. */
const carried = whole.filter(({ httpVersion, target }) => httpVersion === "1.1" && !target.includes("//"));

describe.each([
  ["msw 2", getResponse],
  ["msw 3", getResponseOfMsw3 as unknown as typeof getResponse],
])("through the handlers of %s, the answer is that of the wire", (_, respond) => {
  test.each(carried)("$id", async (request) => {
    const host = headerValue(request.headers, "host") ?? "";
    const viaWire = await handle(request);
    const viaMsw = await respond(
      [...fake.handlers],
      new Request(`http://${host}${request.target}`, {
        method: request.method,
        headers: request.headers.map(([name, value]): [string, string] => [name, value]),
        ...(request.bodyBytes === 0 ? {} : { body: request.body ?? "" }),
      }),
    );
    // No handler: a route that no provider has, at a host that is none of AWS.
    if (viaMsw === undefined) {
      expect([401, 403, 404]).toContain(viaWire.status);
      return;
    }

    expect(viaMsw.status).toBe(viaWire.status);
    expect(Buffer.from(await viaMsw.arrayBuffer()).toString("latin1")).toBe(await bytesOf(viaWire.body));
    for (const [name, value] of viaWire.headers) expect(viaMsw.headers.get(name)).toBe(value);
  });
});
