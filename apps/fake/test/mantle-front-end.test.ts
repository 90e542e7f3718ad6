import { type AwsCredentials, headerValue, type WireRequest } from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";
import { createFakeCore, type FakeOptions } from "../src/server.ts";
import type { JournalEntry } from "../src/judge/journal-entry.ts";
import { sendRaw } from "./support/raw-http.ts";
import { GOOD, type GoodProvider, sign, withHeader } from "./support/requests.ts";
import { startFake } from "./support/start-fake.ts";

const running = startFake();

/** Headers that the front end of Bedrock's Messages endpoint rewrites or drops. */
const LOST: readonly (readonly [name: string, value: string])[] = [
  ["connection", "keep-alive"],
  ["session_id", "1"],
];

interface Answered {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly entry: JournalEntry | undefined;
}

async function answer(request: WireRequest, options: FakeOptions = {}): Promise<Answered> {
  const fake = createFakeCore(options);
  const { status, headers, body } = await fake.handle({ ...request, wire: "received" });
  const text = new TextDecoder().decode(body as Uint8Array);
  return { status, headers, body: text, entry: fake.journal.snapshot().exchanges.at(-1) };
}

/** A good request that sends these headers, and signs those of the names beside what it always signs. */
function signing(
  provider: GoodProvider,
  names: readonly string[],
  headers: WireRequest["headers"] = LOST,
  { host = "127.0.0.1:4242", credentials }: { host?: string; credentials?: AwsCredentials } = {},
): Promise<WireRequest> {
  const { request, service } = GOOD[provider];
  const made = withHeader(request(4242), "host", host);
  const signedHeaders = [...made.headers.map(([name]) => name), ...names];
  return sign({ ...made, headers: [...made.headers, ...headers] }, service, {
    signedHeaders,
    ...(credentials && { credentials }),
  });
}

describe("a signature over a header that mantle's front end takes away", () => {
  const HOSTS = ["127.0.0.1:4242", "bedrock-mantle.us-east-1.api.aws"];

  test.each(HOSTS.flatMap((host) => LOST.map(([name, value]) => ({ host, name, value }))))(
    "does not match ($name at $host)",
    async ({ host, name, value }) => {
      const { status, headers, body, entry } = await answer(await signing("mantle", [name], LOST, { host }));
      const { error } = JSON.parse(body) as { error: { type: string; message: string } };

      expect([status, error.type]).toEqual([401, "authentication_error"]);
      expect(error.message).toMatch(/^The request signature we calculated does not match the signature you provided\./);
      // What arrived there: the name without its value.
      expect(error.message).toContain(`\n${name}:\n`);
      expect(headerValue(headers, "x-claude-on-aws-hint")).toMatch(
        /^HEADER_LOST: Leave the header out of the signature/,
      );
      expect(entry?.diagnosis).toEqual([
        {
          code: "HEADER_LOST",
          header: name,
          message: expect.stringContaining(`(header "${name}")`),
          fix: expect.stringMatching(/^Leave the header out of the signature/),
        },
      ]);
      expect(entry?.checks.at(-1)?.fault).toMatchObject({
        name: "signature-mismatch",
        details: {
          code: "SIGNATURE_MISMATCH",
          canonicalRequest: expect.stringContaining(`\n${name}:\n`),
          signedCanonicalRequest: expect.stringContaining(`\n${name}:${value}\n`),
        },
      });
      expect(entry?.findings.filter(({ level }) => level === "fail").map(({ rule }) => rule)).toEqual([
        "sigv4-headers-as-sent",
        name === "connection" ? "signed-headers-not-hop-by-hop" : "mantle-signed-headers-without-underscore",
      ]);
    },
  );

  test("does not match over the wire either", async () => {
    const { port } = running.server;
    const signed = await signing("mantle", ["session_id"], [["session_id", "1"]], { host: `127.0.0.1:${port}` });

    expect(await sendRaw(port, signed)).toMatchObject({ status: 401 });
  });

  test("is answered where findings are only recorded", async () => {
    const { status, entry } = await answer(await signing("mantle", ["session_id"]), { onFinding: "record" });

    expect(status).toBe(200);
    expect(entry?.diagnosis).toMatchObject([{ code: "HEADER_LOST", header: "session_id" }]);
  });

  test("is named beside a secret that nobody knows", async () => {
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "another" };
    const { entry } = await answer(await signing("mantle", ["session_id"], LOST, { credentials }));

    expect(entry?.diagnosis?.map(({ code }) => code)).toEqual(["HEADER_LOST", "UNKNOWN"]);
  });
});

describe("a signature matches", () => {
  test("on mantle where such headers are sent and not signed", async () => {
    const { status, entry } = await answer(await signing("mantle", []));

    expect([status, entry?.diagnosis]).toEqual([200, undefined]);
    expect(entry?.findings.filter(({ level }) => level === "fail")).toEqual([]);
  });

  test("on mantle over a header with hyphens", async () => {
    const signed = await signing("mantle", ["session-id"], [["session-id", "1"]]);

    expect(await answer(signed)).toMatchObject({ status: 200 });
  });

  test.each(["anthropic-aws", "bedrock"] as const)("on %s over such headers", async (provider) => {
    const { status, entry } = await answer(await signing(provider, ["connection", "session_id"]));

    expect([status, entry?.diagnosis]).toEqual([200, undefined]);
  });
});
