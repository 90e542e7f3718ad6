import { AnthropicBedrock } from "@anthropic-ai/bedrock-sdk";
import Anthropic from "@anthropic-ai/sdk";
import { EXAMPLE_CREDENTIALS } from "@claude-on-aws/fake/server";
import { Random, soakLength } from "@claude-on-aws/fixtures";
import { afterEach, describe, expect, test } from "vitest";
import { drawAnswer, drawConversation } from "../support/random-conversation.ts";
import { brokenRules, PLACEHOLDER_KEY, startFake } from "../support/fetch-providers.ts";

/** What the service was sent, as far as two clients can agree on it. */
interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

let answer: unknown[] = [];
const fake = startFake({
  scenario: { replies: [{ reply: () => (answer.length === 0 ? undefined : { content: answer as [] }) }] },
});

/** Runs something, and returns what it sent. */
async function sentBy(run: () => Promise<unknown>): Promise<Sent> {
  let sent: Sent | undefined;
  fake.core.override(async ({ method, target, headers, body }) => {
    sent = {
      method,
      target,
      headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
      body: JSON.parse(new TextDecoder().decode(body)),
    };
    return undefined;
  });
  await run();
  fake.core.override(undefined);
  if (sent === undefined) throw new Error("Nothing was sent");
  return sent;
}

const MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

const ours = () => new Anthropic({ apiKey: PLACEHOLDER_KEY, fetch: fake.fetchFor("bedrock"), maxRetries: 0 });

const theirs = () =>
  new AnthropicBedrock({
    baseURL: fake.server.url,
    awsRegion: "us-east-1",
    awsAccessKey: EXAMPLE_CREDENTIALS.accessKeyId,
    awsSecretKey: EXAMPLE_CREDENTIALS.secretAccessKey,
    maxRetries: 0,
  });

/**
 * What differs from `@anthropic-ai/bedrock-sdk` on purpose, or because two clients are two, and why. Everything else is the same.
 */
const DIFFERENCES = {
  body: {
    anthropic_version:
      "the SDK sends the date of its API, Claude Code and the documents of Bedrock bedrock-2023-05-31; both are taken",
  },
  headers: {
    "anthropic-beta": "the SDK leaves it in the header too, where Bedrock does not look",
    host: "the same, written by the transport",
    "user-agent": "it names the client",
    accept: "our client asks for what it reads, the SDK for JSON of both",
    "accept-encoding": "we ask for bytes that can be relayed",
    connection: "it belongs to the connection",
    "content-length": "the bodies differ in the version",
    "x-amz-content-sha256": "the bodies differ in the version",
    "x-amz-date": "it is the time",
    authorization: "the signature covers all of these",
    "accept-language": "the runtime's own fetch writes it",
    "sec-fetch-mode": "the runtime's own fetch writes it",
    "x-stainless-timeout": "each SDK writes its own time",
    "x-stainless-helper-method": "it names the helper that was called",
    "x-stainless-package-version": "the versions of the two SDKs are two",
  },
} as const;

const without = (fields: Readonly<Record<string, unknown>>, names: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !(name in names)));

afterEach(() => {
  answer = [];
});

describe("createFetch() beside @anthropic-ai/bedrock-sdk", () => {
  const random = new Random(20_261_130);
  const body = { model: MODEL, max_tokens: 2048 };

  test("sends the same for the same conversation, but for the listed differences", async () => {
    for (let run = 0; run < soakLength(2_000, 40); run++) {
      const conversation = { ...body, ...drawConversation(random), stream: random.oneIn(2) };
      const [left, right] = [
        await sentBy(async () => drain(await ours().messages.create(conversation))),
        await sentBy(async () => drain(await theirs().messages.create(conversation))),
      ];

      expect({ ...left, ...comparable(left) }).toEqual({ ...right, ...comparable(right) });
    }
  });

  test("sends the betas of the header in the body, as the SDK does, where the service takes them", async () => {
    const request = {
      ...body,
      betas: ["interleaved-thinking-2025-05-14"],
      messages: [{ role: "user" as const, content: "a" }],
    };
    const left = await sentBy(() => ours().beta.messages.create(request));
    const right = await sentBy(() => theirs().beta.messages.create(request));

    expect(left.body["anthropic_beta"]).toEqual(["interleaved-thinking-2025-05-14"]);
    expect(comparable(left)).toEqual(comparable(right));
  });
});

const comparable = ({ headers, body }: Sent): Pick<Sent, "body"> & { headers: object } => ({
  body: without(body, DIFFERENCES.body),
  headers: without(headers, DIFFERENCES.headers),
});

async function drain(answered: unknown): Promise<unknown> {
  if (answered === null || typeof answered !== "object" || !(Symbol.asyncIterator in answered)) return answered;
  for await (const event of answered as AsyncIterable<unknown>) void event;
  return answered;
}

describe("a conversation through createFetch() to Amazon Bedrock and back", () => {
  test("loses nothing", async () => {
    const random = new Random(20_261_131);
    for (let run = 0; run < soakLength(10_000, 60); run++) {
      const conversation = { model: MODEL, max_tokens: 8192, ...drawConversation(random) };
      answer = drawAnswer(random);
      const given = answer.map((block) => expect.objectContaining(block as object));
      const streamed = random.oneIn(2);
      const sent = await sentBy(async () => {
        const message = streamed
          ? await ours().messages.stream(conversation).finalMessage()
          : await ours().messages.create(conversation);
        expect(message.content).toEqual(given);
      });
      const { model: _, ...rest } = conversation;

      expect(sent.body).toEqual({ ...rest, anthropic_version: "bedrock-2023-05-31" });
    }
  });
});

describe("what is written for Amazon Bedrock already", () => {
  test("goes there byte for byte, signed anew", async () => {
    const client = new AnthropicBedrock({
      baseURL: "https://elsewhere.example/base",
      awsRegion: "eu-west-1",
      awsAccessKey: "AKIAOFNOBODY",
      awsSecretKey: "a secret that nobody knows",
      maxRetries: 0,
      fetch: fake.fetchFor("bedrock"),
    });
    const request = { model: MODEL, max_tokens: 16, messages: [{ role: "user" as const, content: "Hello" }] };
    const sent = await sentBy(() => client.messages.create(request));
    const streamed = await sentBy(async () => drain(await client.messages.create({ ...request, stream: true })));

    expect(sent.target).toBe(`/model/${MODEL}/invoke`);
    expect(sent.body["anthropic_version"]).toBe("2026-10-21");
    expect(sent.headers["authorization"]).toContain("/us-east-1/bedrock/");
    expect(streamed.target).toBe(`/model/${MODEL}/invoke-with-response-stream`);
  });

  test("also to the control plane", async () => {
    const response = await fake.fetchFor("bedrock")("https://elsewhere.example/inference-profiles?type=SYSTEM_DEFINED");

    expect(await response.json()).toMatchObject({ inferenceProfileSummaries: expect.any(Array) });
  });
});

test("no rule is broken by either", () => {
  expect(brokenRules(fake)).toEqual([]);
});
