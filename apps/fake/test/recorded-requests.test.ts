import { headerValue } from "@claude-on-aws/auth/sigv4";
import { readJsonLines } from "@claude-on-aws/fixtures";
import { getResponse } from "msw";
import { getResponse as getResponseOfMsw3 } from "msw3";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ReceivedRequest, WireReply } from "../src/terms/wire.ts";
import { createFake, EXAMPLE_CREDENTIALS, type Fake } from "../src/index.ts";
import { authenticationKind } from "../src/terms/authentication-kind.ts";

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

/** What Claude Code sent when it was run for this test: its texts, schemas and identifiers are left out. */
interface ClaudeCodeRequest {
  readonly name: string;
  readonly provider: "anthropic-aws" | "bedrock" | "mantle";
  readonly target: string;
  readonly version?: string;
  readonly beta?: string;
  readonly body: object;
}

/** Recorded requests that are rightly refused, and why. */
const REFUSED: Readonly<Record<string, readonly [status: number, why: string]>> = {
  "anthropic-aws-sdk--skipAuth--0": [401, "sent without authentication"],
  "anthropic-mantle-sdk--skipAuth--0": [401, "sent without authentication"],
  "anthropic-mantle-sdk-v0--skipAuth--0": [401, "sent without authentication"],
  "anthropic-bedrock-sdk-v0--skipAuth--0": [403, "sent without authentication"],
  "claude-code--firstparty-gateway-discovery--0": [401, "for the first party: sent without authentication"],
  "claude-code--firstparty-gateway-discovery--1": [400, "for the first party: no workspace"],
  "anthropic-sdk--models-list--0": [400, "for the first party: no workspace"],
  "anthropic-bedrock-sdk--count-tokens-raw--0": [404, "Amazon Bedrock has no such route"],
  "anthropic-bedrock-sdk-v0--count-tokens-raw--0": [404, "Amazon Bedrock has no such route"],
  "aws-sdk-bedrock-runtime--endpoint-env--0": [404, "behind a prefix of a base URL"],
  "claude-code--bedrock-base-path--0": [404, "behind a prefix of a base URL"],
  "claude-code--mantle-bedrock-both-bedrockid--0": [404, "behind a prefix of a base URL"],
  "anthropic-bedrock-sdk--anthropic_version-override--0": [400, "an anthropic_version that was made up"],
  "anthropic-bedrock-sdk-v0--anthropic_version-override--0": [400, "an anthropic_version that was made up"],
  "curl--aws-sigv4-short-arg--0": [401, "signed for a service that curl guessed"],
  "curl--bedrock-raw-colon--0": [403, "wrongly signed by curl"],
  "curl--bedrock-stream--0": [403, "wrongly signed by curl"],
};

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

/** A fake that knows the credentials of the recordings and draws the same identifiers each time, and stands at base URLs. */
const createFakeAt = (baseUrls: readonly string[]): Fake =>
  createFake({
    baseUrls,
    now: () => now,
    randomUuid: () => "01234567-89ab-cdef-0123-456789abcdef",
    credentials: [...sessionTokens].map((sessionToken) => ({ ...EXAMPLE_CREDENTIALS, sessionToken })),
  });

const fake = createFakeAt(
  // The addresses of the recorder: msw is asked for nothing else.
  [...new Set(recorded.map(({ headers }) => `http://${headerValue(headers, "host") ?? "localhost"}`))],
);

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

  test.each(whole)("$id is answered", async (request) => {
    const { status } = await handle(request);

    expect([request.id, status]).toEqual([request.id, REFUSED[request.id]?.[0] ?? 200]);
  });

  test("and no other is expected to be refused", () => {
    const ids = whole.map(({ id }) => id);

    expect(Object.keys(REFUSED).filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe("what Claude Code 2.1.329 sends", () => {
  const bodies: readonly ClaudeCodeRequest[] = JSON.parse(
    readFileSync(new URL("support/claude-code-bodies.json", import.meta.url), "utf8"),
  );
  const KEY = { "anthropic-aws": "sk-ant-xxxxx", bedrock: "bedrock-api-key-TEST", mantle: "bedrock-api-key-TEST" };

  test.each(bodies)("$name is answered", async ({ provider, target, version, beta, body }) => {
    const headers: [string, string][] = [
      ["host", "127.0.0.1:4242"],
      ["content-type", "application/json"],
      provider === "anthropic-aws" ? ["x-api-key", KEY[provider]] : ["authorization", `Bearer ${KEY[provider]}`],
      ...(provider === "anthropic-aws" ? [["anthropic-workspace-id", "wrkspc_test"] as [string, string]] : []),
      ...(version === undefined ? [] : [["anthropic-version", version] as [string, string]]),
      ...(beta === undefined ? [] : [["anthropic-beta", beta] as [string, string]]),
    ];
    const bytes = new TextEncoder().encode(JSON.stringify(body));
    const reply = await fake.handle({
      method: "POST",
      target,
      headers,
      httpVersion: "1.1",
      body: bytes,
      wire: "received",
    });

    expect(
      fake.journal
        .snapshot()
        .exchanges.at(-1)
        ?.checks.filter(({ fault }) => fault),
    ).toEqual([]);
    expect(reply.status).toBe(200);
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

    expect(viaMsw?.status).toBe(viaWire.status);
    expect(Buffer.from((await viaMsw?.arrayBuffer()) ?? new ArrayBuffer(0)).toString("latin1")).toBe(
      await bytesOf(viaWire.body),
    );
    for (const [name, value] of viaWire.headers) {
      // What is left of a limit is less the second time.
      if (!name.startsWith("anthropic-ratelimit-")) expect(viaMsw?.headers.get(name)).toBe(value);
    }
  });
});

describe("a recorded request behind a prefix of a base URL", () => {
  test.each(carried.filter(({ id }) => REFUSED[id]?.[1] === "behind a prefix of a base URL"))(
    "$id is verified and answered where the fake stands behind that prefix",
    async (request) => {
      at(request);
      const origin = `http://${headerValue(request.headers, "host") ?? "localhost"}`;
      const prefix = /^.*?(?=\/inference-profiles)/.exec(request.target)?.[0] ?? "";
      const prefixed = createFakeAt([`${origin}${prefix}/`]);
      const response = await getResponse(
        [...prefixed.handlers],
        new Request(`${origin}${request.target}`, {
          method: request.method,
          headers: request.headers.map(([name, value]): [string, string] => [name, value]),
        }),
      );

      expect(prefix).not.toBe("");
      expect([response?.status, prefixed.report().failed]).toEqual([200, 0]);
    },
  );
});
