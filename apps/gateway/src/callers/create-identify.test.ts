import { soakProperty } from "@claude-on-aws/fixtures";
import type { RequestHead } from "@claude-on-aws/listen";
import fc from "fast-check";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { CallerSettings } from "../settings/caller-settings.ts";
import { isOwnRefusal } from "../terms/own-refusal.ts";
import { createIdentify, type IdentifyOptions } from "./create-identify.ts";
import type { Identify } from "./identify.ts";
import { neverForwarded } from "./never-forwarded.ts";
import { addToken } from "./tokens/add-token.ts";
import { makeToken } from "./tokens/make-token.ts";
import { revokeTokens } from "./tokens/revoke-tokens.ts";

const NOW = new Date("2026-11-30T12:00:00Z");
type Headers = RequestHead["headers"];

const ci = makeToken({ name: "ci", groups: ["builders"], now: NOW });
const me = makeToken({ name: "me", now: NOW });
const old = makeToken({ name: "old", expiresAt: NOW, now: new Date(NOW.getTime() - 1) });
const gone = makeToken({ name: "gone", now: NOW });
const TOKENS = [ci.record, me.record, old.record, { ...gone.record, revokedAt: NOW.toISOString() }];

const BEDROCK_KEY = `ABSK${btoa(`BedrockAPIKey-abcd-at-123456789012:${"s".repeat(40)}`)}`;
const PLATFORM_KEY = btoa(`\u0000\u0040\u0000AeaApiKey-abcd-at-123456789012:${"s".repeat(40)}`);

const ask = (identify: Identify, headers: Headers, peer?: string, target = "/v1/messages") =>
  identify({ method: "POST", target, headers, httpVersion: "1.1" }, peer);

async function say(identify: Identify, headers: Headers, peer?: string, target?: string): Promise<string> {
  const answer = await ask(identify, headers, peer, target);
  if (!isOwnRefusal(answer)) return `${answer.proof} ${answer.name}`;
  for (const [, value] of headers) expect(value.length < 12 || !JSON.stringify(answer).includes(value)).toBe(true);
  return answer.code;
}

const create = (settings: CallerSettings = {}, options: IdentifyOptions = {}): Promise<Identify> =>
  createIdentify(settings, { tokens: TOKENS, now: () => NOW, ...options });

const SIGNED =
  "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261130/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=00";

describe("a token", () => {
  test.each<[string, Headers, string]>([
    ["as a bearer", [["authorization", `Bearer ${ci.token}`]], "token ci"],
    ["as a bearer, in another case", [["AUTHORIZATION", `bearer   ${ci.token}`]], "token ci"],
    ["as a key", [["X-Api-Key", ci.token]], "token ci"],
    [
      "as both, where they are equal",
      [
        ["authorization", `Bearer ${ci.token}`],
        ["x-api-key", ci.token],
      ],
      "token ci",
    ],
    [
      "beside an empty key",
      [
        ["authorization", `Bearer ${ci.token}`],
        ["x-api-key", ""],
      ],
      "token ci",
    ],
    [
      "beside an empty bearer",
      [
        ["authorization", "Bearer "],
        ["x-api-key", ci.token],
      ],
      "token ci",
    ],
    [
      "beside another one",
      [
        ["authorization", `Bearer ${ci.token}`],
        ["x-api-key", me.token],
      ],
      "REQUEST_AMBIGUOUS",
    ],
    [
      "beside a key of the Console",
      [
        ["authorization", `Bearer ${ci.token}`],
        ["x-api-key", "sk-ant-api03-x"],
      ],
      "REQUEST_AMBIGUOUS",
    ],
    [
      "twice",
      [
        ["authorization", `Bearer ${ci.token}`],
        ["Authorization", `Bearer ${ci.token}`],
      ],
      "REQUEST_AMBIGUOUS",
    ],
    [
      "twice as a key",
      [
        ["x-api-key", ci.token],
        ["x-api-key", ci.token],
      ],
      "REQUEST_AMBIGUOUS",
    ],
    ["that has expired", [["x-api-key", old.token]], "TOKEN_EXPIRED"],
    ["that was revoked", [["x-api-key", gone.token]], "TOKEN_REVOKED"],
    ["of another gateway", [["x-api-key", makeToken({ name: "ci" }).token]], "AUTHENTICATION_INVALID"],
    ["that is cut", [["x-api-key", ci.token.slice(0, -1)]], "AUTHENTICATION_INVALID"],
    ["with something behind it", [["authorization", `Bearer ${ci.token} x`]], "AUTHENTICATION_INVALID"],
    ["in two", [["authorization", `Bearer ${ci.token}, Bearer ${ci.token}`]], "AUTHENTICATION_INVALID"],
    ["as a password", [["authorization", `Basic ${btoa(`ci:${ci.token}`)}`]], "AUTHENTICATION_INVALID"],
    ["without a scheme", [["authorization", ci.token]], "AUTHENTICATION_INVALID"],
    ["under another name", [["x-goog-api-key", ci.token]], "AUTHENTICATION_MISSING"],
    ["as its hash", [["x-api-key", ci.record.sha256]], "AUTHENTICATION_INVALID"],
  ])("%s: %j", async (_, headers, expected) => {
    expect(await say(await create(), headers)).toBe(expected);
  });

  test.each<[string, Headers, string]>([
    ["nothing", [], "AUTHENTICATION_MISSING"],
    ["a bearer of nothing", [["authorization", "Bearer"]], "AUTHENTICATION_MISSING"],
    ["an empty header", [["authorization", ""]], "AUTHENTICATION_MISSING"],
    ["a signature", [["authorization", SIGNED]], "CLIENT_SIGNED"],
    ["a key of Bedrock", [["authorization", `Bearer ${BEDROCK_KEY}`]], "AUTHENTICATION_INVALID"],
    ["a JWT where none is taken", [["authorization", "Bearer eyJh.eyJh.x"]], "AUTHENTICATION_INVALID"],
    ["bytes above ASCII", [["x-api-key", `${ci.token}\u00e9`]], "AUTHENTICATION_INVALID"],
    ["more than anybody has", [["x-api-key", "x".repeat(16_385)]], "AUTHENTICATION_INVALID"],
    ["the name of a property", [["x-api-key", "__proto__"]], "AUTHENTICATION_INVALID"],
  ])("cannot be %s", async (_, headers, expected) => {
    expect(await say(await create(), headers)).toBe(expected);
  });

  test("cannot be a signature in the query", async () => {
    expect(await say(await create(), [], undefined, "/v1/messages?X-Amz-Signature=00")).toBe("CLIENT_SIGNED");
  });

  test("is answered with 401 that nobody tries again, and asks for a bearer", async () => {
    const identify = await create();
    for (const headers of [
      [],
      [["x-api-key", old.token]],
      [["x-api-key", gone.token]],
      [["x-api-key", "x"]],
    ] as Headers[]) {
      expect(ask(identify, headers)).toMatchObject({
        status: 401,
        shouldRetry: false,
        type: "authentication_error",
        headers: [["www-authenticate", expect.stringMatching(/^Bearer /)]],
      });
    }
  });

  test("has the groups and limits of the settings", async () => {
    const identify = await create({ groups: { builders: { models: ["claude-*"] } }, defaults: { maxConcurrent: 3 } });

    expect(ask(identify, [["x-api-key", ci.token]])).toEqual({
      name: "ci",
      proof: "token",
      groups: ["builders"],
      limits: { models: ["claude-*"], upstreams: null, maxConcurrent: 3 },
      ownKey: null,
    });
  });

  test("of a file is taken, added and revoked without a restart", async () => {
    const folder = await mkdtemp(join(tmpdir(), "gateway-identify-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, "tokens.json");
    const first = await addToken(file, { name: "first", now: NOW });
    let nowMs = NOW.getTime();
    const identify = await create({ tokensFile: file }, { now: () => new Date(nowMs) });
    const key = ({ token }: { readonly token: string }): Headers => [["x-api-key", token]];

    expect(await say(identify, key(first))).toBe("token first");
    const second = await addToken(file, { name: "second", expiresAt: new Date(nowMs + 5_000), now: NOW });
    expect(await say(identify, key(second))).toBe("token second");
    expect(await say(identify, key(ci))).toBe("token ci");
    await revokeTokens(file, "first");
    nowMs += 1_000;
    expect(await say(identify, key(first))).toBe("TOKEN_REVOKED");
    nowMs += 4_000;
    expect(await say(identify, key(second))).toBe("TOKEN_EXPIRED");
  });

  test("of a file that cannot be read does not start", async () => {
    await expect(create({ tokensFile: "/nowhere/tokens.json" })).rejects.toMatchObject({ code: "TOKENS_UNUSABLE" });
  });
});

describe("a front end", () => {
  const settings: CallerSettings = {
    frontEnd: { header: "X-Client-Name", addresses: ["10.0.0.0/24", "::1"] },
    callers: { alice: { groups: ["builders"] } },
  };
  const named = ["x-client-name", "alice"] as const;

  test.each<[string, string | undefined, Headers, string]>([
    ["names the caller", "10.0.0.7", [named], "front-end alice"],
    ["names it from an address of IPv4 as IPv6", "::ffff:10.0.0.7", [named], "front-end alice"],
    ["names it in whatever case", "::1", [["X-CLIENT-NAME", "CN=alice, O=Example"]], "front-end CN=alice, O=Example"],
    ["names it beside a placeholder", "10.0.0.7", [named, ["authorization", "Bearer placeholder"]], "front-end alice"],
    ["is ignored from elsewhere", "10.0.1.7", [named], "AUTHENTICATION_MISSING"],
    ["is ignored from nowhere", undefined, [named], "AUTHENTICATION_MISSING"],
    ["is ignored from elsewhere beside a token", "10.0.1.7", [named, ["x-api-key", ci.token]], "token ci"],
    ["is ignored twice from elsewhere", "10.0.1.7", [named, named, ["x-api-key", ci.token]], "token ci"],
    [
      "leaves it to the token where it names nobody",
      "10.0.0.7",
      [
        ["x-client-name", ""],
        ["x-api-key", ci.token],
      ],
      "token ci",
    ],
    ["leaves it to the token where it says nothing", "10.0.0.7", [["x-api-key", ci.token]], "token ci"],
    ["does not name it twice", "10.0.0.7", [named, ["X-Client-Name", "root"]], "REQUEST_AMBIGUOUS"],
    ["does not name it beside a token", "10.0.0.7", [named, ["x-api-key", ci.token]], "REQUEST_AMBIGUOUS"],
    [
      "does not name it beside two credentials",
      "10.0.0.7",
      [named, ["x-api-key", "a"], ["x-api-key", "b"]],
      "REQUEST_AMBIGUOUS",
    ],
    ["does not name it beside a signature", "10.0.0.7", [named, ["authorization", SIGNED]], "CLIENT_SIGNED"],
    ["does not name it with bytes above ASCII", "10.0.0.7", [["x-client-name", "ali\u00e9"]], "REQUEST_AMBIGUOUS"],
    ["does not name it at length", "10.0.0.7", [["x-client-name", "a".repeat(257)]], "REQUEST_AMBIGUOUS"],
  ])("%s", async (_, peer, headers, expected) => {
    expect(await say(await create(settings), headers, peer)).toBe(expected);
  });

  test("gives the caller its own groups", async () => {
    expect(await ask(await create(settings), [named], "10.0.0.7")).toMatchObject({ groups: ["builders"] });
  });

  test.each<[string, NonNullable<CallerSettings["frontEnd"]>]>([
    ["an address that is none", { header: "x-client-name", addresses: ["proxy.local"] }],
    ["every address", { header: "x-client-name", addresses: ["0.0.0.0/0"] }],
    ["no address", { header: "x-client-name", addresses: [] }],
    ["a header that is none", { header: "x client", addresses: ["::1"] }],
    ["a header with an underscore", { header: "x_client", addresses: ["::1"] }],
    ["a header that means something", { header: "Authorization", addresses: ["::1"] }],
    ["a header of the service", { header: "anthropic-beta", addresses: ["::1"] }],
    ["a header of every proxy", { header: "X-Forwarded-For", addresses: ["::1"] }],
    ["a header that is never taken", { header: "x-original-url", addresses: ["::1"] }],
  ])("with %s does not start", async (_, frontEnd) => {
    await expect(create({ frontEnd })).rejects.toMatchObject({ code: "SETTINGS_INVALID" });
  });

  test("has a header that goes nowhere else", () => {
    expect([...neverForwarded(settings)]).toContain("x-client-name");
    expect([...neverForwarded({})]).toEqual(["authorization", "cookie", "proxy-authorization", "x-api-key"]);
  });
});

const UPSTREAMS = [
  { name: "platform", provider: "anthropic-aws" },
  { name: "east", provider: "bedrock" },
  { name: "mantle", provider: "mantle" },
] as const;

describe("a client's own key", () => {
  test.each<[string, string, readonly string[] | null, readonly [string, string]]>([
    ["of Bedrock", BEDROCK_KEY, ["east", "mantle"], ["authorization", `Bearer ${BEDROCK_KEY}`]],
    ["of Claude Platform on AWS", PLATFORM_KEY, ["platform"], ["x-api-key", PLATFORM_KEY]],
  ])("%s goes to the services that take it", async (_, key, upstreams, ownKey) => {
    const identify = await create({ passOwnKeys: true }, { upstreams: UPSTREAMS });
    for (const header of [
      ["x-api-key", key],
      ["authorization", `Bearer ${key}`],
    ] as const) {
      expect(ask(identify, [header])).toEqual({
        name: expect.stringMatching(/^key-[0-9a-f]{12}$/),
        proof: "own-key",
        groups: [],
        limits: { models: null, upstreams, maxConcurrent: null },
        ownKey,
      });
    }
  });

  test.each<[string, string]>([
    ["of the Console", "sk-ant-api03-0123456789012345678901"],
    ["of a subscription", "sk-ant-oat01-0123456789012345678901"],
    ["that is cut", BEDROCK_KEY.slice(0, 20)],
    ["that begins like one", "bedrock-api-key-x"],
  ])("%s goes nowhere", async (_, key) => {
    expect(await say(await create({ passOwnKeys: true }), [["x-api-key", key]])).toBe("AUTHENTICATION_INVALID");
  });

  test("goes nowhere unless the settings say so", async () => {
    expect(await say(await create(), [["x-api-key", BEDROCK_KEY]])).toBe("AUTHENTICATION_INVALID");
    expect(await say(await create({ passOwnKeys: false }), [["x-api-key", BEDROCK_KEY]])).toBe(
      "AUTHENTICATION_INVALID",
    );
  });

  test("goes nowhere where no upstream takes it, or none that the caller may use", async () => {
    const only = await create({ passOwnKeys: true }, { upstreams: [UPSTREAMS[0]] });
    const limited = await create(
      { passOwnKeys: true, defaults: { upstreams: ["platform"] } },
      { upstreams: UPSTREAMS },
    );

    expect(await say(only, [["x-api-key", BEDROCK_KEY]])).toBe("AUTHENTICATION_INVALID");
    expect(await say(limited, [["x-api-key", BEDROCK_KEY]])).toBe("AUTHENTICATION_INVALID");
    expect(await say(limited, [["x-api-key", PLATFORM_KEY]])).toMatch(/^own-key /);
  });

  test("beside the name of a front end is that caller's", async () => {
    const frontEnd = { header: "x-client-name", addresses: ["::1"] };
    const identify = await create({ passOwnKeys: true, frontEnd }, { upstreams: UPSTREAMS });

    expect(
      ask(
        identify,
        [
          ["x-client-name", "alice"],
          ["x-api-key", BEDROCK_KEY],
        ],
        "::1",
      ),
    ).toMatchObject({
      name: "alice",
      proof: "front-end",
      ownKey: ["authorization", `Bearer ${BEDROCK_KEY}`],
      limits: { upstreams: ["east", "mantle"] },
    });
  });
});

describe("random heads", () => {
  const credential = fc.oneof(
    fc.constantFrom(ci.token, me.token, old.token, gone.token, BEDROCK_KEY, "x", "", ci.record.sha256),
    fc.constantFrom(ci.token, me.token).map((token) => token.slice(1)),
    fc.string({ maxLength: 20 }),
  );
  const name = fc.constantFrom(
    "authorization",
    "Authorization",
    "x-api-key",
    "X-API-Key",
    "x_api_key",
    "x-client-name",
    "cookie",
    "proxy-authorization",
  );
  const header = fc.tuple(name, fc.constantFrom("Bearer ", "bearer ", "Basic ", ""), credential);

  /** Said anew, in another way: which callers the head holds a valid credential of. */
  function holders(headers: Headers): ReadonlySet<string> {
    const valid = new Map([
      [ci.token, "ci"],
      [me.token, "me"],
    ]);
    const found = headers.flatMap(([given, value]) => {
      if (given.toLowerCase() === "x-api-key") return valid.get(value) ?? [];
      if (given.toLowerCase() !== "authorization") return [];
      return value.toLowerCase().startsWith("bearer ") ? (valid.get(value.slice(7)) ?? []) : [];
    });
    return new Set(found);
  }

  test("get a caller only where they hold exactly one valid credential, and that one", async () => {
    const identify = await create({ frontEnd: { header: "x-client-name", addresses: ["10.0.0.0/24"] } });
    await fc.assert(
      fc.asyncProperty(
        fc.array(header, { maxLength: 5 }),
        fc.constantFrom("10.0.1.1", "::1", undefined),
        async (given, peer) => {
          const headers = given.map(([named, scheme, value]) => [named, scheme + value] as const);
          const answer = await ask(identify, headers, peer);
          const valid = holders(headers);
          const names = headers.map(([named]) => named.toLowerCase());
          const isTwice = ["authorization", "x-api-key"].some(
            (each) => names.filter((named) => named === each).length > 1,
          );
          expect(isOwnRefusal(answer) || (valid.size === 1 && valid.has(answer.name) && !isTwice)).toBe(true);
        },
      ),
      soakProperty(200_000, 3_000),
    );
  });

  test("get their caller where the one header that they have holds a valid credential", async () => {
    const identify = await create();
    const other = fc.tuple(fc.constantFrom("accept", "x-a", "anthropic-beta"), fc.string());
    await fc.assert(
      fc.asyncProperty(fc.array(other), fc.nat(5), fc.boolean(), async (others, at, isBearer) => {
        const own = isBearer ? (["authorization", `Bearer ${me.token}`] as const) : (["x-api-key", me.token] as const);
        const headers = [...others.slice(0, at), own, ...others.slice(at)];
        expect(await ask(identify, headers)).toMatchObject({ name: "me", proof: "token" });
      }),
      soakProperty(10_000, 300),
    );
  });
});
