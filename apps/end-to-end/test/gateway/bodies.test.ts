import { soakProperty } from "@claude-on-aws/fixtures";
import { array, assert, asyncProperty, constantFrom, json, record, string, tuple } from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fetchOnto } from "../support/fetch-providers.ts";
import { openRecordingUpstream, type RecordingUpstream } from "../support/recording-upstream.ts";
import { openGateway, type RunningGateway } from "../support/start-gateway.ts";

const MODELS = ["claude-opus-5-5", "opus", "sonnet[1m]", "my-own-model", "caf\u00e9", "\u{1F600}"] as const;

const spaces = constantFrom("", " ", "\n\t", "  \r\n");
const members = array(tuple(string({ unit: "grapheme" }), json(), spaces, spaces), { maxLength: 5 });

/** Names that decide, that another service would be sent under another name, or that a dialect takes out. */
const SPECIAL = /^(?:model|stream|max_tokens|tags)$/i;

const write = (given: readonly (readonly [string, string, string, string])[]): string =>
  given
    .filter(([name]) => !SPECIAL.test(name))
    .map(([name, value, left, right]) => `${left}${JSON.stringify(name)}${right}:${left}${value}${right},`)
    .join("");

const bodies = record({
  model: constantFrom(...MODELS),
  before: members,
  after: members,
  escaped: constantFrom(true, false),
});

/** What the header of an answer says of the model. */
function replacedModel(header: string | null): string | undefined {
  const after = /(?:^|; )set body\.model "(?:[^"\\]|\\.)*" -> ("(?:[^"\\]|\\.)*")/.exec(header ?? "")?.[1];
  return after === undefined ? undefined : (JSON.parse(after) as string);
}

/** The ways on which a body goes as it is: both forms of the Messages API to both services that speak it, and Bedrock's own. */
const WAYS = [
  ["anthropic-aws", "/v1/messages"],
  ["anthropic-aws", "/anthropic/v1/messages"],
  ["mantle", "/v1/messages"],
  ["mantle", "/anthropic/v1/messages"],
  ["bedrock", "/model/my-model/invoke"],
  ["bedrock", "/model/my-model/converse-stream"],
] as const;

describe.each(WAYS)("a body to %s on %s", (provider, path) => {
  let upstream: RecordingUpstream;
  let gateway: RunningGateway;
  beforeAll(async () => {
    upstream = await openRecordingUpstream();
    gateway = await openGateway({
      upstreams: [{ name: "a", provider, region: "us-east-1", fetch: fetchOnto(upstream.url, provider) }],
    });
  });
  afterAll(() => Promise.all([gateway.close(), upstream.close()]));

  test("arrives byte for byte, but for the range that is reported", async () => {
    const arrives = asyncProperty(bodies, async ({ model, before, after, escaped }) => {
      const key = escaped ? '"\\u006dodel"' : '"model"';
      const body = `{${write(before)}${key}: ${JSON.stringify(model)} ,${write(after)} "max_tokens":1}`;
      const response = await fetch(gateway.url + path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      await response.bytes();
      expect(response.status).toBe(200);
      const received = upstream.received.pop()?.body ?? new Uint8Array();
      const named = replacedModel(response.headers.get("x-claude-on-aws-translations"));
      const expected =
        named === undefined
          ? body
          : `{${write(before)}${key}: ${JSON.stringify(named)} ,${write(after)} "max_tokens":1}`;
      expect(Buffer.from(received).equals(Buffer.from(expected))).toBe(true);
      expect(Buffer.from(received).includes(Buffer.from([0xef, 0xbf, 0xbd]))).toBe(body.includes("\ufffd"));
    });
    await assert(arrives, soakProperty(10_000, 60));
  });
});
