import { headerValue, signRequest, type WireRequest } from "@claude-on-aws/auth/sigv4";
import { createVerifier } from "@claude-on-aws/fake/verifier";
import { createFakeCore, type FakeCore, type FakeServer, type JournalEntry, serve } from "@claude-on-aws/fake/server";
import { Random, readJsonLines, soakLength } from "@claude-on-aws/fixtures";
import { main } from "claude-on-aws";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import {
  DAMAGE_NAMES,
  type DamageName,
  type DamagedRequest,
  KNOWN_CREDENTIALS,
  makeDamagedRequest,
  NOW,
} from "./support/damaged-requests.ts";
import { RawClient } from "./support/raw-client.ts";

interface Recorded extends Omit<WireRequest, "body"> {
  readonly id: string;
  readonly authentication: string;
  /** Absent where only its hash was kept. */
  readonly body?: string;
  readonly bodySha256: string;
}

/** What both sides say of a request. */
interface Verdict {
  readonly ok: boolean;
  readonly codes: readonly string[];
}

/** So many go through before the journal is read: it keeps a thousand of each kind. */
const SLICE = 500;

/** How many signatures the command computes to explain a wrong one. */
const CANDIDATES_OF_COMMAND = 2000;

/** How many are computed where ten thousand requests are compared: what is found is found early. */
const FEW_CANDIDATES = 100;

/** How many are compared: always the first of the same. */
const COMPARED = soakLength(10_000, 400);

const MARK = "x-client-request-id";

let now = NOW;

const tokens = new Set(
  readJsonLines<Recorded>("wire-requests/requests.jsonl").map(({ headers }) =>
    headerValue(headers, "x-amz-security-token"),
  ),
);
const EXAMPLE = KNOWN_CREDENTIALS[0];
const credentials = [
  ...KNOWN_CREDENTIALS,
  ...[...tokens].flatMap((sessionToken) => (EXAMPLE && sessionToken ? [{ ...EXAMPLE, sessionToken }] : [])),
];

/** A fake that listens, and a client of it. */
interface Listening {
  readonly core: FakeCore;
  readonly server: FakeServer;
  readonly client: RawClient;
}

const listening: Listening[] = [];

async function listen(maxDiagnosisCandidates: number): Promise<Listening> {
  const core = createFakeCore({
    credentials,
    now: () => now,
    maxDiagnosesPerSecond: Number.MAX_SAFE_INTEGER,
    maxDiagnosisCandidates,
  });
  const server = await serve(core, { port: 0 });
  const started = { core, server, client: new RawClient(server.port, 8) };
  listening.push(started);
  return started;
}

afterEach(async () => {
  for (const { client, server } of listening.splice(0)) {
    client.close();
    await server.close();
  }
});

/** Sends requests to the fake; what its check of authentication found of each. */
async function askFake(requests: readonly WireRequest[], maxCandidates: number): Promise<readonly Verdict[]> {
  const { core, client } = await listen(maxCandidates);
  const verdicts: Verdict[] = [];
  for (let start = 0; start < requests.length; start += SLICE) {
    const slice = requests.slice(start, start + SLICE);
    core.journal.reset();
    await client.sendAll(
      slice.map((request, at) => ({ ...request, headers: [...request.headers, [MARK, String(at)]] })),
    );
    const byMark = new Map(
      core.journal.snapshot().exchanges.map((entry) => [headerValue(entry.request.headers, MARK), entry]),
    );
    for (let at = 0; at < slice.length; at++) verdicts.push(verdictOf(byMark.get(String(at))));
  }
  return verdicts;
}

function verdictOf(entry: JournalEntry | undefined): Verdict {
  const found = entry?.checks.find(({ check }) => check === "authentication");
  if (entry === undefined || found === undefined) return { ok: false, codes: ["NOT_SEEN"] };
  return { ok: found.fault === undefined, codes: entry.diagnosis?.map(({ code }) => code) ?? [] };
}

interface Answer {
  readonly ok: boolean;
  readonly diagnosis: readonly { readonly code: string }[];
}

/** Codes that only a command has words for: the fake answers these in the words of the service. */
const ABOUT_KEYS = new Set([
  "AUTHORIZATION_MISSING",
  "BOTH_AUTH_HEADERS",
  "KEY_WHITESPACE",
  "KEY_OF_WRONG_FAMILY",
  "KEY_MALFORMED",
  "KEY_UNKNOWN",
  "KEY_EXPIRED",
]);

const toLine = ({ method, target, headers, body }: WireRequest): string =>
  JSON.stringify({ method, target, headers, bodyBase64: Buffer.from(body).toString("base64"), now: now.toISOString() });

/** Gives requests to the command `verify`, as lines. */
async function askCommand(lines: readonly string[]): Promise<readonly Verdict[]> {
  const out: string[] = [];
  const terminal = { out: (line: string) => void out.push(line), error: () => {}, colour: false };
  const known = credentials.flatMap(({ accessKeyId, secretAccessKey, sessionToken }) => [
    "--credentials",
    [accessKeyId, secretAccessKey, ...(sessionToken === undefined ? [] : [sessionToken])].join(":"),
  ]);
  const folder = await mkdtemp(join(tmpdir(), "verify-and-fake-"));
  try {
    const file = join(folder, "requests.jsonl");
    await writeFile(file, lines.join("\n"));
    await main(["verify", "--json", ...known, file], terminal);
  } finally {
    await rm(folder, { recursive: true });
  }
  return out.map((line) => {
    const { ok, diagnosis } = JSON.parse(line) as Answer;
    return { ok, codes: diagnosis.map(({ code }) => code).filter((code) => !ABOUT_KEYS.has(code)) };
  });
}

/** The fake's codes without those that the command has words of its own for. */
const withoutKeys = ({ ok, codes }: Verdict): Verdict => ({ ok, codes: codes.filter((code) => !ABOUT_KEYS.has(code)) });

const dateOf = ({ headers }: Pick<WireRequest, "headers">): Date => {
  const text = headerValue(headers, "x-amz-date") ?? "20261121T120000Z";
  return new Date(text.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, "$1-$2-$3T$4:$5:$6Z"));
};

describe("verify and the fake", () => {
  test("say the same of every request that was recorded", async () => {
    const recorded = readJsonLines<Recorded>("wire-requests/requests.jsonl");
    const { core } = await listen(CANDIDATES_OF_COMMAND);
    const fake: Verdict[] = [];
    for (const { body, bodySha256, method, target, headers, httpVersion } of recorded) {
      now = dateOf({ headers });
      core.journal.reset();
      // Not over a socket: of most, only the hash of the body was kept, and pseudo-headers belong to HTTP/2.
      const wire = { method, target, headers, httpVersion, wire: "received" } as const;
      await core.handle({
        ...wire,
        body: new TextEncoder().encode(body ?? ""),
        ...(body === undefined && { bodySha256 }),
      });
      fake.push(withoutKeys(verdictOf(core.journal.snapshot().exchanges[0])));
    }
    const command = await askCommand(
      recorded.map((request) => JSON.stringify({ ...request, now: dateOf(request).toISOString() })),
    );

    expect(command.map((verdict, at) => [recorded[at]?.id, verdict])).toEqual(
      fake.map((verdict, at) => [recorded[at]?.id, verdict]),
    );
    expect(recorded).toHaveLength(176);
    const keys = recorded.flatMap(({ authentication }, at) =>
      ["x-api-key", "bearer"].includes(authentication) ? [command[at]?.ok] : [],
    );
    expect(keys.length).toBeGreaterThan(20);
    expect(new Set(keys)).toEqual(new Set([true]));
  });

  test("differ in one thing: a session token for credentials that were given without one", async () => {
    const known = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
    now = NOW;
    const request = await signRequest(
      {
        method: "GET",
        target: "/v1/models",
        headers: [["host", "127.0.0.1"]],
        httpVersion: "1.1",
        body: new Uint8Array(),
      },
      {
        credentials: { ...known, sessionToken: "token-of-a-session" },
        region: "us-east-1",
        service: "aws-external-anthropic",
        date: now,
      },
    );
    const core = createFakeCore({ credentials: [known], now: () => now });
    await core.handle({ ...request, wire: "received" });
    const ask = (unknownSessionTokens?: "refused" | "unchecked") =>
      createVerifier({ credentials: [known], unknownSessionTokens })({ request, now });

    // The fake is the authority over its keys; who verifies a recorded request may not have been told the token.
    const refused = { ok: false, codes: ["SESSION_TOKEN_INVALID"] };
    expect(verdictOf(core.journal.snapshot().exchanges[0])).toEqual(refused);
    expect((await ask()).ok).toBe(false);
    expect(await ask("unchecked")).toMatchObject({ ok: true, unchecked: ["session-token"] });
  });

  /** Requests whose damages take turns, the same ones in each run. */
  const makeRequests = (count: number): Promise<DamagedRequest[]> => {
    const random = new Random(20_261_129);
    return Promise.all(
      Array.from({ length: count }, (_, at) => makeDamagedRequest(random, DAMAGE_NAMES[at % DAMAGE_NAMES.length]!)),
    );
  };

  /** Where two sides say different things, or one never saw a request. */
  const findDifferences = (
    damaged: readonly DamagedRequest[],
    one: readonly Verdict[],
    other: readonly Verdict[],
  ): readonly object[] =>
    damaged.flatMap(({ damage, request: { method, target, headers } }, at) =>
      JSON.stringify(one[at]) === JSON.stringify(other[at]) && one[at]?.codes.includes("NOT_SEEN") === false
        ? []
        : [{ damage, method, target, headers, one: one[at], other: other[at] }],
    );

  test("say the same of what was signed by AWS's signer and damaged on the way", async () => {
    now = NOW;
    const damaged = await makeRequests(DAMAGE_NAMES.length * soakLength(12, 3));
    const requests = damaged.map(({ request }) => request);
    const fake = (await askFake(requests, CANDIDATES_OF_COMMAND)).map(withoutKeys);

    expect(findDifferences(damaged, fake, await askCommand(requests.map(toLine)))).toEqual([]);
  });

  test("say the same of thousands of these, on what verify judges with", async () => {
    now = NOW;
    const damaged = await makeRequests(COMPARED);
    const requests = damaged.map(({ request }) => request);
    const verify = createVerifier({ credentials, maxDiagnosisCandidates: FEW_CANDIDATES });
    const fake = await askFake(requests, FEW_CANDIDATES);
    const verifier: Verdict[] = [];
    for (const request of requests) {
      const { ok, diagnosis = [] } = await verify({ request, now });
      verifier.push({ ok, codes: diagnosis.map(({ code }) => code) });
    }

    expect(findDifferences(damaged, fake, verifier).slice(0, 5)).toEqual([]);
    // A comparison in which one side always says the same would prove nothing.
    const accepted = fake.filter(({ ok }) => ok).length;
    expect(accepted).toBeGreaterThan(COMPARED / 10);
    expect(accepted).toBeLessThan(COMPARED * 0.9);
    const acceptedOf = (name: DamageName): readonly boolean[] =>
      fake.flatMap(({ ok }, at) => (damaged[at]?.damage === name ? [ok] : []));
    for (const name of ["presigned", "presigned-without-expiry"] as const) {
      expect([name, new Set(acceptedOf(name))]).toEqual([name, new Set([true])]);
    }
    expect(new Set(acceptedOf("presigned-and-damaged"))).toEqual(new Set([true, false]));
  }, 240_000);
});
