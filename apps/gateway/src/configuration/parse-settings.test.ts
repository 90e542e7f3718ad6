import { soakProperty } from "@claude-on-aws/fixtures";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import schema from "../../configuration.schema.json" with { type: "json" };
import { GatewayError } from "../gateway-error.ts";
import { parseSettings } from "./parse-settings.ts";
import { SettingsFault } from "./settings-fault.ts";
import { CONFIGURATION_SCHEMA, SETTINGS_READER } from "./settings-reader.ts";

const validate = new Ajv({ strict: true, strictRequired: false, strictTypes: false }).compile(schema);

const UPSTREAM = { name: "platform", provider: "anthropic-aws" };
const CAP = { name: "all", unit: "usd", amount: 500, window: "month", scope: "everybody" };

/** A configuration that says everything that can be said. */
const WHOLE = {
  $schema: "./configuration.schema.json",
  listen: {
    port: 4343,
    host: "0.0.0.0",
    http: "1",
    tls: { certificateFile: "a.pem", keyFile: "b.pem" },
    tlsEndsInFront: false,
    allowedHosts: ["gateway.example"],
  },
  upstreams: [
    {
      ...UPSTREAM,
      region: "us-gov-west-1",
      workspaceId: "wrkspc_1",
      baseUrl: "http://127.0.0.1:4242/base",
      profile: "work",
      assumeRole: { arn: "arn:aws-us-gov:iam::123456789012:role/path/claude", externalId: "x", sessionName: "claude" },
      apiKeyVariable: "PLATFORM_KEY",
      models: ["claude-*"],
      modelNames: { opus: "claude-opus-5-5" },
    },
    { name: "bedrock", provider: "bedrock" },
  ],
  callers: {
    tokensFile: "tokens.json",
    issuers: [
      {
        issuer: "https://token.actions.githubusercontent.com",
        jwksUrl: "https://token.actions.githubusercontent.com/.well-known/jwks",
        audience: "gateway",
        nameClaim: "repository",
        namePrefix: "github/",
        groupsClaim: "groups",
        requiredClaims: { repository_owner_id: ["1"] },
      },
    ],
    frontEnd: { header: "x-client-subject", addresses: ["10.0.0.0/8"] },
    passOwnKeys: true,
    defaults: { models: null, upstreams: null, maxConcurrent: null },
    groups: { team: { models: ["claude-*"], upstreams: ["platform"], maxConcurrent: 4 } },
    callers: { alice: { groups: ["team"], maxConcurrent: 1 } },
  },
  budgets: {
    caps: [
      CAP,
      { ...CAP, name: "team", scope: { group: "team" }, unit: "tokens", window: "day" },
      { ...CAP, name: "each", scope: { eachOf: "team" }, window: "week", amount: 0.5 },
      { ...CAP, name: "alice", scope: { caller: "alice" }, unit: "requests", window: { seconds: 60 } },
      { ...CAP, name: "rate", scope: "each-caller" },
    ],
    store: "postgres://gateway@db/gateway",
    ratesWithoutStore: "open",
    storeTimeoutMs: 250,
    reservationMs: 600_000,
  },
  audit: { to: "audit.jsonl", onFailure: "refuse", maxQueuedBytes: 1024 },
  metrics: {
    otlpUrl: "http://127.0.0.1:4318/v1/metrics",
    otlpIntervalMs: 1000,
    tokenVariable: "SCRAPE",
    maxCallers: 0,
  },
  maxBodyBytes: 1,
  pingAfterMs: 1000,
  drainMs: 1,
};

/** Every place in a value: the keys that lead there. */
function placesIn(value: unknown, way: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [way];
  return [way, ...Object.entries(value).flatMap(([key, item]) => placesIn(item, [...way, key]))];
}

/** The same with another value in one place; `undefined` takes it out. */
function withValue(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put;
  const inner = withValue((value as Record<string, unknown>)[key], rest, put);
  if (Array.isArray(value)) return value.flatMap((item, index) => (`${index}` === key ? (inner ?? []) : [item]));
  return { ...(value as object), [key]: inner };
}

/** Whether the readers take it. */
function isTaken(value: unknown): boolean {
  try {
    SETTINGS_READER.check(JSON.parse(JSON.stringify(value)), "");
    return true;
  } catch (error) {
    if (error instanceof SettingsFault) return false;
    throw error;
  }
}

const messageOf = (json: string): string => {
  try {
    parseSettings(json);
  } catch (error) {
    if (error instanceof GatewayError) return `${error.code} ${error.message}`;
  }
  throw new Error("It was taken");
};

describe("parseSettings()", () => {
  test("takes everything that can be said, and gives it as it is written", () => {
    const { $schema: _, ...settings } = WHOLE;

    expect(parseSettings(JSON.stringify(WHOLE))).toEqual(settings);
  });

  test("takes nothing at all", () => {
    expect(parseSettings("{}")).toEqual({});
  });

  test.each<[object | string, RegExp]>([
    [{ upstream: [] }, /at upstream: found the key "upstream", .*; did you mean upstreams\?$/],
    [{ upstreams: [] }, /at upstreams: found \[\], expected an array that is not empty/],
    [{ upstreams: [{ name: "a" }] }, /at upstreams\[0\]: found no provider, expected the key provider; add it/],
    [{ upstreams: [{ ...UPSTREAM, provider: "bedrok" }] }, /at upstreams\[0\]\.provider: .* did you mean bedrock\?/],
    [{ upstreams: [UPSTREAM, UPSTREAM] }, /at upstreams\[1\]\.name: found "platform" for the second time/],
    [
      { upstreams: [UPSTREAM], callers: { groups: { team: { upstreams: ["x"] } } } },
      /at callers\.groups\.team\.upstreams\[0\]: found "x", expected one of platform/,
    ],
    [{ budgets: { caps: [CAP, CAP] } }, /at budgets\.caps\[1\]\.name: .* second time/],
    [
      { budgets: { caps: [{ ...CAP, scope: {} }] } },
      /at budgets\.caps\[0\]\.scope: found \{\}, expected one of the keys/,
    ],
    [
      { budgets: { caps: [{ ...CAP, amount: 0 }] } },
      /at budgets\.caps\[0\]\.amount: found 0, expected a number above 0/,
    ],
    ['{ "drainMs": 1, "drainMs": 2 }', /at drainMs: found the same key for the second time/],
    ["{ // no\n}", /found no JSON/],
    ["[]", /found \[\], expected an object/],
    ["[".repeat(100_000) + "]".repeat(100_000), /expected (?:an object|a JSON object)/],
  ])("says what is wrong with %j", (given, message) => {
    expect(messageOf(typeof given === "string" ? given : JSON.stringify(given))).toMatch(message);
  });

  test("never repeats a key that stands in the wrong place", () => {
    const key = "aws-external-anthropic-api-key-QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQQ";

    expect(messageOf(JSON.stringify({ upstreams: [{ ...UPSTREAM, apiKeyVariable: key }] }))).not.toContain(
      key.slice(-20),
    );
    expect(messageOf(JSON.stringify({ upstreams: [{ ...UPSTREAM, apiKey: key }] }))).not.toContain(key.slice(-20));
  });
});

test.each([
  { budgets: { caps: [], store: "redis://me:Hush-7f3a9c1e5b@host/0" } },
  { metrics: { otlpUrl: "https://me:Hush-7f3a9c1e5b@collector.example/v1" } },
  { upstreams: [{ ...UPSTREAM, baseUrl: "https://a.example/?token=Hush-7f3a9c1e5b" }] },
])("parseSettings() hides what may be a password: %j", (settings) => {
  expect(messageOf(JSON.stringify(settings))).not.toContain("7f3a9c1e5b");
});

describe("configuration.schema.json", () => {
  test("is that of the readers", () => {
    expect(schema).toEqual(JSON.parse(JSON.stringify(CONFIGURATION_SCHEMA)));
  });

  test("takes what is read, and refuses what is refused, whatever stands in whichever place", () => {
    const places = placesIn(WHOLE);
    const values = places.map((way) => way.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], WHOLE));
    const other = fc.oneof(
      fc.constantFrom(...values),
      fc.constantFrom<unknown>(undefined, null, true, 0, 1, -1, 0.5, 1e16, "", " ", "x", "*", [], {}, [""], { x: 1 }),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const change = fc.tuple(fc.constantFrom(...places), other);
    const added = fc.tuple(fc.constantFrom(...places), fc.constantFrom("x", "name", "models", "caller"), other);
    const hasKeys = (value: unknown): value is object =>
      typeof value === "object" && value !== null && !Array.isArray(value);
    fc.assert(
      fc.property(change, fc.option(added), ([way, put], more) => {
        let value = withValue(WHOLE, way, put);
        if (more !== null) {
          const [place, key, item] = more;
          const at = place.reduce<unknown>((inner, one) => (hasKeys(inner) ? Object(inner)[one] : undefined), value);
          if (hasKeys(at)) value = withValue(value, place, { ...at, [key]: item });
        }
        const given: unknown = JSON.parse(JSON.stringify(value) ?? "null");

        expect(validate(given)).toBe(isTaken(given));
      }),
      soakProperty(50_000, 2000),
    );
  });
});
