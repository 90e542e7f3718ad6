import type { ControlAccess } from "../control/find-access-problem.ts";
import { signRequest, type WireRequest } from "@claude-on-aws/auth/sigv4";
import type { IncomingRequest } from "@claude-on-aws/listen";
import { describe, expect, test } from "vitest";
import type { WireReply } from "../terms/wire.ts";
import { createResponder } from "../serve/responder.ts";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeCore } from "../server.ts";

const NOW = new Date("2026-11-21T12:00:00Z");

const REQUEST: WireRequest = {
  method: "POST",
  target: "/v1/messages",
  headers: [
    ["host", "127.0.0.1:4242"],
    ["content-type", "application/json"],
  ],
  httpVersion: "1.1",
  body: new TextEncoder().encode("{}"),
};

const signed = (changed: Partial<WireRequest> = {}, secretAccessKey = EXAMPLE_CREDENTIALS.secretAccessKey) =>
  signRequest(
    { ...REQUEST, ...changed },
    {
      credentials: { ...EXAMPLE_CREDENTIALS, secretAccessKey },
      region: "us-east-1",
      service: "aws-external-anthropic",
      date: NOW,
    },
  );

const send = (fake: FakeCore, sent: WireRequest): Promise<WireReply> => fake.handle({ ...sent, wire: "received" });
/** What a server hands on beside a head. */
const incoming = ({ body }: WireRequest): IncomingRequest => ({
  contentLength: body.length,
  peerAddress: "127.0.0.1",
  read: async () => body,
  stream: new Blob([new Uint8Array(body)]).stream(),
  signal: new AbortController().signal,
});
const headerOf = ({ headers }: WireReply, name: string): string | undefined =>
  headers.find(([key]) => key === name)?.[1];
const codesOf = (fake: FakeCore): (string | undefined)[] =>
  fake.journal.snapshot().exchanges.map(({ diagnosis }) => diagnosis?.[0]?.code);

const ACCESS: ControlAccess = { listensOn: "127.0.0.1", allowedHosts: new Set(), token: undefined };

describe("checkSignature()", () => {
  test.each([
    [
      "a secret with a line break after it",
      () => signed({}, `${EXAMPLE_CREDENTIALS.secretAccessKey}\n`),
      "SECRET_WHITESPACE",
    ],
    ["another method", async () => ({ ...(await signed({ method: "GET" })), method: "POST" }), "METHOD_CHANGED"],
    [
      "a host without its port",
      async () => ({
        ...(await signed({
          headers: [
            ["host", "127.0.0.1"],
            ["content-type", "application/json"],
          ],
        })),
      }),
      "HOST_WITHOUT_PORT",
    ],
    [
      "a date an hour old",
      () =>
        signRequest(REQUEST, {
          credentials: EXAMPLE_CREDENTIALS,
          region: "us-east-1",
          service: "aws-external-anthropic",
          date: new Date(NOW.getTime() - 3_600_000),
        }),
      "CLOCK_SKEW",
    ],
    [
      "another service",
      () =>
        signRequest(REQUEST, {
          credentials: EXAMPLE_CREDENTIALS,
          region: "us-east-1",
          service: "execute-api",
          date: NOW,
        }),
      "WRONG_SERVICE",
    ],
  ] as const)("names the mistake behind %s, in the journal and in the hint", async (_, make, code) => {
    const fake = createFakeCore({ now: () => NOW });
    const made = await make();
    // The client signs for one host and calls another.
    const headers = made.headers.map(([name, value]) => [name, name === "host" ? "127.0.0.1:4242" : value] as const);
    const reply = await send(fake, { ...made, headers });
    const entry = fake.journal.snapshot().exchanges[0];

    expect(reply.status).toBe(401);
    expect(entry?.diagnosis?.[0]).toMatchObject({ code, fix: expect.any(String) });
    expect(headerOf(reply, "x-claude-on-aws-hint")).toMatch(new RegExp(`^${code}: [\\x20-\\x7e]+$`));
    expect(headerOf(reply, "x-claude-on-aws-exchange")).toBe(`http://127.0.0.1:4242/_fake/exchanges/${entry?.id}`);
  });

  test("names the refusal where it finds no mistake", async () => {
    const fake = createFakeCore({ now: () => NOW });
    const reply = await send(fake, await signed({}, "another secret altogether"));

    expect(headerOf(reply, "x-claude-on-aws-hint")).toMatch(/^SIGNATURE_MISMATCH: Compare the canonical request/);
  });

  test("makes no more diagnoses in a second than a server may", async () => {
    let now = NOW;
    const fake = createFakeCore({ now: () => now, maxDiagnosesPerSecond: 2 });
    const wrong = await signed({}, "wrong");
    const serve = createResponder(fake, ACCESS);
    for (let count = 0; count < 4; count++) await serve(wrong, incoming(wrong));
    now = new Date(NOW.getTime() + 1000);
    await serve(wrong, incoming(wrong));

    expect(codesOf(fake)).toEqual(["UNKNOWN", "UNKNOWN", undefined, undefined, "UNKNOWN"]);
    expect(fake.settings.maxDiagnosesPerSecond).toBe(2);
    expect(createFakeCore().settings).toMatchObject({ maxDiagnosesPerSecond: 10, maxDiagnosisCandidates: 200 });
  });

  test("makes none where it may make none, and none for a body above a mebibyte", async () => {
    const never = createFakeCore({ now: () => NOW, maxDiagnosesPerSecond: 0 });
    const wrong = await signed({}, "wrong");
    await createResponder(never, ACCESS)(wrong, incoming(wrong));
    const fake = createFakeCore({ now: () => NOW });
    const long = { ...wrong, body: new Uint8Array(1_048_577) };
    await createResponder(fake, ACCESS)(long, incoming(long));

    expect([...codesOf(never), ...codesOf(fake)]).toEqual([undefined, undefined]);
  });

  test("makes as many as it likes in a process: nobody waits for anybody there", async () => {
    const fake = createFakeCore({ now: () => NOW, maxDiagnosesPerSecond: 0 });
    const wrong = await signed({}, "wrong");
    for (let count = 0; count < 20; count++) await send(fake, wrong);

    expect(new Set(codesOf(fake))).toEqual(new Set(["UNKNOWN"]));
  });

  test("finds no mistake with too few candidates", async () => {
    const fake = createFakeCore({ now: () => NOW, maxDiagnosisCandidates: 1 });
    await send(fake, await signed({}, `${EXAMPLE_CREDENTIALS.secretAccessKey}\n`));

    expect(codesOf(fake)).toEqual(["UNKNOWN"]);
  });

  test("refuses what is rightly signed for another region than the fake's", async () => {
    const fake = createFakeCore({ now: () => NOW, region: "eu-west-1" });
    const there = { headers: [["host", "aws-external-anthropic.us-east-1.api.aws"]] } satisfies Partial<WireRequest>;
    const reply = await send(fake, await signed(there));
    const [entry] = fake.journal.snapshot().exchanges;

    expect(reply.status).toBe(401);
    expect(entry?.checks.find(({ check }) => check === "authentication")?.fault?.details).toEqual({
      code: "WRONG_REGION",
    });
    expect(headerOf(reply, "x-claude-on-aws-exchange")).toBe(entry?.id);
  });

  test("gives no hint with an answer", async () => {
    const fake = createFakeCore({ now: () => NOW });
    const good = await signed({
      method: "GET",
      target: "/v1/models",
      headers: [
        ["host", "127.0.0.1:4242"],
        ["anthropic-workspace-id", "wrkspc_1"],
        ["anthropic-version", "2023-06-01"],
      ],
      body: new Uint8Array(),
    });
    const reply = await send(fake, good);

    expect(reply.status).toBe(200);
    expect(reply.headers.filter(([name]) => name.startsWith("x-claude-on-aws"))).toEqual([]);
  });
});
