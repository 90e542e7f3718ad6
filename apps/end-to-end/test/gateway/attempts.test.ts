import { parseReply, sendBytes } from "@claude-on-aws/fixtures/abuse";
import {
  addToken,
  type AuditRecord,
  createHeadRules,
  createIdentify,
  type Identify,
  makeToken,
  revokeTokens,
} from "@claude-on-aws/gateway";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askHttp2 } from "../support/ask-http2.ts";
import { startFake } from "../support/fetch-providers.ts";
import { startGateway } from "../support/start-gateway.ts";

const NOW = new Date("2026-11-30T12:00:00Z");

/** The tokens of one gateway, by what they are. */
let tokens: Record<"good" | "other" | "expired" | "revoked" | "foreign", string>;
let identify: Identify;
let identifyBehindFrontEnd: Identify;
let folder = "";
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateway-attempts-"));
  const file = join(folder, "tokens.json");
  const add = async (name: string, expiresAt: Date | null = null, now = NOW): Promise<string> =>
    (await addToken(file, { name, expiresAt, now })).token;
  tokens = {
    good: await add("good"),
    other: await add("other"),
    expired: await add("expired", NOW, new Date(NOW.getTime() - 1)),
    revoked: await add("revoked"),
    foreign: makeToken({ name: "good" }).token,
  };
  await revokeTokens(file, "revoked", { now: NOW });
  const frontEnd = (address: string) => ({ header: "x-client-name", addresses: [address] });
  const now = (): Date => NOW;
  identify = await createIdentify({ tokensFile: file, frontEnd: frontEnd("192.0.2.0/24") }, { now });
  identifyBehindFrontEnd = await createIdentify({ tokensFile: file, frontEnd: frontEnd("127.0.0.0/8") }, { now });
});

const fake = startFake();
const headRules = createHeadRules({}, { frontEnd: { header: "x-client-name", addresses: ["192.0.2.0/24"] } });
const records: AuditRecord[] = [];
const parts = {
  headRules,
  audit: (record: AuditRecord) => void records.push(record),
  withheldHeaders: ["x-client-name"],
};
const gateway = startGateway(fake, "anthropic-aws", { ...parts, identify: (head, peer) => identify(head, peer) });
const behindFrontEnd = startGateway(fake, "anthropic-aws", {
  ...parts,
  identify: (head, peer) => identifyBehindFrontEnd(head, peer),
});

/** What the service asks of every request. */
const VERSION = ["anthropic-version", "2023-06-01"] as const;

type Headers = readonly (readonly [name: string, value: string])[];

/** What came of an attempt. */
interface Outcome {
  readonly status: number;
  readonly code: string | undefined;
  readonly shouldRetry: string | undefined;
  readonly type: string | undefined;
  readonly text: string;
}

const portOf = (url: string): number => Number(new URL(url).port);
const typeOf = (body: string): string | undefined => /"error":\{"type":"(\w+)"/.exec(body)?.[1];
/** A record is written when its exchange has ended, which the client may see before. */
const UNTIL_WRITTEN = { timeout: 100_000 };
/** What the audit has of the last request that it knows. */
const audited = (): Partial<AuditRecord> | undefined => records.at(-1);
const refusedWith = (code: string): Partial<AuditRecord> => ({
  outcome: "refused",
  error: code,
  caller: null,
  proof: null,
});
const reached = (): number => fake.core.journal.snapshot().exchanges.length;

async function askHttp1(url: string, headers: Headers, target: string, host = "127.0.0.1"): Promise<Outcome> {
  const lines = [["Host", host], VERSION, ...headers, ["Connection", "close"]].map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const text = await sendBytes(portOf(url), `GET ${target} HTTP/1.1\r\n${lines.join("")}\r\n`);
  const { status, headers: answered, body } = parseReply(text);
  return {
    status,
    code: answered["x-claude-on-aws-refusal"],
    shouldRetry: answered["x-should-retry"],
    type: typeOf(body),
    text,
  };
}

const bearer = (token: string) => ["authorization", `Bearer ${token}`] as const;

/** An attempt that no gateway lets through. */
interface Attempt {
  readonly name: string;
  readonly headers: () => Headers;
  readonly target?: string;
  readonly host?: string;
  readonly code: string;
}

const GOOD = (): Headers => [bearer(tokens.good)];

const ATTEMPTS: readonly Attempt[] = [
  { name: "no token", headers: () => [], code: "AUTHENTICATION_MISSING" },
  { name: "an expired token", headers: () => [bearer(tokens.expired)], code: "TOKEN_EXPIRED" },
  { name: "a revoked token", headers: () => [["x-api-key", tokens.revoked]], code: "TOKEN_REVOKED" },
  { name: "a foreign token", headers: () => [bearer(tokens.foreign)], code: "AUTHENTICATION_INVALID" },
  { name: "a cut token", headers: () => [bearer(tokens.good.slice(0, -1))], code: "AUTHENTICATION_INVALID" },
  {
    name: "another scheme",
    headers: () => [["authorization", `Basic ${btoa(`a:${tokens.good}`)}`]],
    code: "AUTHENTICATION_INVALID",
  },
  { name: "two tokens", headers: () => [bearer(tokens.good), ["x-api-key", tokens.other]], code: "REQUEST_AMBIGUOUS" },
  {
    name: "a token twice",
    headers: () => [
      ["x-api-key", tokens.good],
      ["x-api-key", tokens.good],
    ],
    code: "REQUEST_AMBIGUOUS",
  },
  { name: "two bearers", headers: () => [bearer(tokens.good), bearer(tokens.other)], code: "REQUEST_AMBIGUOUS" },
  {
    name: "a signature",
    headers: () => [["authorization", "AWS4-HMAC-SHA256 Credential=AKIA/x"]],
    code: "CLIENT_SIGNED",
  },
  {
    name: "the header of a front end that it is not",
    headers: () => [["x-client-name", "good"]],
    code: "AUTHENTICATION_MISSING",
  },
  { name: "a foreign origin", headers: () => [...GOOD(), ["origin", "https://evil.example"]], code: "ORIGIN_FOREIGN" },
  {
    name: "a page of another site",
    headers: () => [...GOOD(), ["sec-fetch-site", "cross-site"]],
    code: "ORIGIN_FOREIGN",
  },
  { name: "another host", headers: GOOD, host: "evil.example", code: "HOST_FOREIGN" },
  { name: "a host that begins like ours", headers: GOOD, host: "127.0.0.1.evil.example", code: "HOST_FOREIGN" },
  { name: "a path with dots", headers: GOOD, target: "/v1/../v1/models", code: "REQUEST_AMBIGUOUS" },
  { name: "a path with encoded dots", headers: GOOD, target: "/v1/%2e%2e/v1/models", code: "REQUEST_AMBIGUOUS" },
  { name: "a path with an encoded slash", headers: GOOD, target: "/v1%2fmodels", code: "REQUEST_AMBIGUOUS" },
  {
    name: "a path that begins with a host",
    headers: GOOD,
    target: "//evil.example/v1/models",
    code: "REQUEST_AMBIGUOUS",
  },
  {
    name: "another method than it says",
    headers: () => [...GOOD(), ["x-http-method-override", "POST"]],
    code: "REQUEST_AMBIGUOUS",
  },
  {
    name: "another path than it says",
    headers: () => [...GOOD(), ["x-original-url", "/metrics"]],
    code: "REQUEST_AMBIGUOUS",
  },
  {
    name: "a key with an underscore",
    headers: () => [...GOOD(), ["x_api_key", tokens.other]],
    code: "REQUEST_AMBIGUOUS",
  },
];

/** What each code is to a client that knows error types alone. */
const TYPES: Readonly<Record<string, readonly [status: number, type: string]>> = {
  AUTHENTICATION_MISSING: [401, "authentication_error"],
  AUTHENTICATION_INVALID: [401, "authentication_error"],
  TOKEN_EXPIRED: [401, "authentication_error"],
  TOKEN_REVOKED: [401, "authentication_error"],
  CLIENT_SIGNED: [401, "authentication_error"],
  REQUEST_AMBIGUOUS: [400, "invalid_request_error"],
  ORIGIN_FOREIGN: [403, "permission_error"],
  HOST_FOREIGN: [421, "invalid_request_error"],
};

/** Of HTTP/1.1 alone. */
const HTTP1_ATTEMPTS: readonly Attempt[] = [
  { name: "a whole URL as target", headers: GOOD, target: "http://127.0.0.1/v1/models", code: "REQUEST_AMBIGUOUS" },
  {
    name: "a whole URL of somebody else",
    headers: GOOD,
    target: "https://evil.example/v1/models",
    code: "REQUEST_AMBIGUOUS",
  },
  { name: "an asterisk", headers: GOOD, target: "*", code: "REQUEST_AMBIGUOUS" },
  {
    name: "a key that is to be taken out",
    headers: () => [...GOOD(), ["connection", "authorization"]],
    code: "REQUEST_AMBIGUOUS",
  },
];

/** What the listener or the gateway refuses before it reads more. */
const SMUGGLED: readonly (readonly [name: string, lines: string])[] = [
  ["two hosts", "Host: evil.example\r\n"],
  ["a length and chunks", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"],
  ["two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n"],
  ["a length that is none", "Content-Length: +5\r\n"],
  ["chunks with another name", "Transfer_Encoding: chunked\r\n"],
  ["chunks behind something", "Transfer-Encoding: xchunked\r\n"],
  ["chunks twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"],
  ["a space before a colon", "X-Api-Key : x\r\n"],
  ["a folded line", "X-A: 1\r\n X-Api-Key: x\r\n"],
  ["a bare line feed", "X-A: 1\nX-Api-Key: x\r\n"],
  ["a bare carriage return", "X-A: 1\rX-Api-Key: x\r\n"],
  ["a zero", "X-A: 1\0\r\n"],
  ["an escape", "X-A: \x1b[2J\r\n"],
  ["a name with an umlaut", "X-\xe4: 1\r\n"],
];

describe("over HTTP/1.1", () => {
  test("a good token is let through", async () => {
    for (const headers of [
      GOOD(),
      [["X-API-Key", tokens.good]],
      [...GOOD(), ["x-api-key", tokens.good]],
    ] as Headers[]) {
      expect(await askHttp1(gateway.url, headers, "/v1/models")).toMatchObject({ status: 200, code: undefined });
    }
  });

  test.each([...ATTEMPTS, ...HTTP1_ATTEMPTS])(
    "$name is refused: $code",
    async ({ headers, target = "/v1/models", host, code }) => {
      const before = reached();
      const { text, ...outcome } = await askHttp1(gateway.url, headers(), target, host);
      const [status, type] = TYPES[code] ?? [];

      expect(outcome).toEqual({ status, type, code, shouldRetry: "false" });
      await expect.poll(audited, UNTIL_WRITTEN).toMatchObject(refusedWith(code));
      expect(reached()).toBe(before);
      for (const token of Object.values(tokens))
        expect(text + JSON.stringify(records)).not.toContain(token.slice(6, 40));
    },
  );

  test.each(SMUGGLED)("%s is refused", async (_, lines) => {
    const before = reached();
    const head = `POST /v1/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${tokens.good}\r\nConnection: close\r\n`;
    const smuggled = `GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Api-Key: ${tokens.good}\r\n\r\n`;
    const text = await sendBytes(portOf(gateway.url), `${head}${lines}\r\n0\r\n\r\n${smuggled}`);

    expect(text).toMatch(/^HTTP\/1\.1 (?:400|501) /);
    expect(text.match(/HTTP\/1\.1 \d/g)).toHaveLength(1);
    expect(reached()).toBe(before);
  });
});

describe("over HTTP/2", () => {
  const head = (target: string, host: string): Headers => [
    [":method", "GET"],
    [":scheme", "http"],
    [":authority", host],
    [":path", target],
    VERSION,
  ];

  test("a good token is let through", async () => {
    const before = reached();

    expect(await askHttp2(portOf(gateway.url), [...head("/v1/models", "127.0.0.1"), ...GOOD()])).toMatchObject({
      body: expect.stringContaining('"data"'),
    });
    expect(reached()).toBe(before + 1);
  });

  test.each(ATTEMPTS)(
    "$name is refused: $code",
    async ({ headers, target = "/v1/models", host = "127.0.0.1", code }) => {
      const before = reached();
      const answer = await askHttp2(portOf(gateway.url), [...head(target, host), ...headers()]);
      const [, type] = TYPES[code] ?? [];

      // What is malformed ends in the runtime's own reader, where it sees it.
      expect(answer === "cut off" ? type : typeOf(answer.body)).toBe(type);
      expect(answer !== "cut off" || code === "REQUEST_AMBIGUOUS").toBe(true);
      if (answer !== "cut off") await expect.poll(audited, UNTIL_WRITTEN).toMatchObject(refusedWith(code));
      expect(reached()).toBe(before);
    },
  );

  test.each<[string, Headers]>([
    ["connection", [["connection", "close"]]],
    ["chunks", [["transfer-encoding", "chunked"]]],
    ["an upgrade", [["upgrade", "h2c"]]],
    ["another host", [["host", "evil.example"]]],
    ["a second path", [[":path", "/v1/models"]]],
    ["a second method", [[":method", "POST"]]],
    ["a pseudo-header that is none", [[":x", "1"]]],
    [
      "two lengths",
      [
        ["content-length", "0"],
        ["content-length", "1"],
      ],
    ],
  ])("%s is refused", async (_, headers) => {
    const before = reached();
    const answer = await askHttp2(portOf(gateway.url), [...head("/v1/models", "127.0.0.1"), ...GOOD(), ...headers]);

    expect(answer === "cut off" ? "invalid_request_error" : typeOf(answer.body)).toBe("invalid_request_error");
    expect(reached()).toBe(before);
  });

  test("a header of a client's own is let through", async () => {
    await askHttp2(portOf(gateway.url), [...head("/v1/models", "127.0.0.1"), ...GOOD(), ["x-smuggled", "1"]]);

    expect(JSON.stringify(fake.core.journal.snapshot().exchanges.at(-1))).toMatch(/smuggled/i);
  });

  // Some runtimes leave such a header out themselves, as nghttp2 does: the gateway never sees it.
  test.each<[string, Headers]>([
    ["a name in capitals", [["X-Smuggled", "x"]]],
    ["a line break in a value", [["x-smuggled", "1\r\nx-smuggled: x"]]],
    ["a zero in a value", [["x-smuggled", "1\0"]]],
    ["a line break in a name", [["x-a: 1\r\nx-smuggled", "1"]]],
    ["an empty name", [["", "smuggled"]]],
  ])("%s is refused, or reaches nobody", async (_, headers) => {
    const before = reached();
    const answer = await askHttp2(portOf(gateway.url), [...head("/v1/models", "127.0.0.1"), ...GOOD(), ...headers]);
    const isLetThrough = answer !== "cut off" && answer.body.includes('"data"');

    if (!isLetThrough && answer !== "cut off") expect(typeOf(answer.body)).toBe("invalid_request_error");
    expect(reached()).toBe(before + (isLetThrough ? 1 : 0));
    const last = isLetThrough ? JSON.stringify(fake.core.journal.snapshot().exchanges.at(-1)) : "";
    expect(last).not.toMatch(/smuggled/i);
  });

  test("a whole URL as target is refused", async () => {
    const before = reached();
    const answer = await askHttp2(portOf(gateway.url), [
      ...head("http://evil.example/v1/models", "127.0.0.1"),
      ...GOOD(),
    ]);

    expect(answer === "cut off" ? "invalid_request_error" : typeOf(answer.body)).toBe("invalid_request_error");
    expect(reached()).toBe(before);
  });
});

describe("behind a front end", () => {
  const named = ["X-Client-Name", "alice"] as const;

  test("its header lets through, over both versions", async () => {
    expect(await askHttp1(behindFrontEnd.url, [named], "/v1/models")).toMatchObject({ status: 200 });
    await expect
      .poll(audited, UNTIL_WRITTEN)
      .toMatchObject({ caller: "alice", proof: "front-end", outcome: "answered" });
    const answer = await askHttp2(portOf(behindFrontEnd.url), [
      [":method", "GET"],
      [":scheme", "http"],
      [":authority", "127.0.0.1"],
      [":path", "/v1/models"],
      VERSION,
      ["x-client-name", "alice"],
    ]);
    expect(answer).toMatchObject({ body: expect.stringContaining('"data"') });
  });

  test("its header goes no further, whoever sends it", async () => {
    for (const [{ url }, headers] of [
      [behindFrontEnd, [named]],
      [gateway, [named, ...GOOD()]],
    ] as const) {
      expect(await askHttp1(url, headers, "/v1/models")).toMatchObject({ status: 200 });
      const seen = JSON.stringify(fake.core.journal.snapshot().exchanges.at(-1));
      expect(seen).toContain("anthropic-version");
      expect(seen).not.toMatch(/x-client-name|coagw_/i);
    }
  });

  test("its header twice, or beside a token, is refused", async () => {
    for (const headers of [
      [named, named],
      [named, bearer(tokens.good)],
    ]) {
      expect(await askHttp1(behindFrontEnd.url, headers, "/v1/models")).toMatchObject({ code: "REQUEST_AMBIGUOUS" });
    }
  });
});
