import { ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { isOwnCell } from "@claude-on-aws/fixtures";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { expect, test } from "vitest";
import { FAULT_KINDS, type ScenarioFault } from "../../src/index.ts";
import { BEDROCK_MODEL, bedrockRuntime, MESSAGES_CLIENTS } from "../clients/make-clients.ts";
import { createFakeCore, serve } from "../../src/server.ts";
import { WORKSPACE_ID } from "../support/start-fake.ts";

const TEXT = "It rains — 👩‍🚀 — in Paris";

/** What a client makes of an answer: its text, or the error that it raises. */
type Ask = (url: string) => Promise<string>;

const messagesClient = (name: keyof typeof MESSAGES_CLIENTS, isStream: boolean): Ask => {
  const { client, model } = MESSAGES_CLIENTS[name] as (typeof MESSAGES_CLIENTS)[string];
  const request = { model, max_tokens: 100, messages: [{ role: "user" as const, content: "Weather?" }] };
  return async (url) => {
    const { messages } = client(url, { maxRetries: 1 });
    const message = isStream ? await messages.stream(request).finalMessage() : await messages.create(request);
    const [block] = message.content ?? [];
    return block?.type === "text" ? block.text : "nothing";
  };
};

const awsClient =
  (isHttp2: boolean, isStream: boolean): Ask =>
  async (url) => {
    const client = bedrockRuntime(url, {
      maxAttempts: 2,
      ...(isHttp2 ? {} : { requestHandler: new NodeHttpHandler() }),
    });
    const input = { modelId: BEDROCK_MODEL, messages: [{ role: "user" as const, content: [{ text: "Weather?" }] }] };
    try {
      if (!isStream)
        return (await client.send(new ConverseCommand(input))).output?.message?.content?.[0]?.text ?? "nothing";
      let text = "";
      for await (const { contentBlockDelta } of (await client.send(new ConverseStreamCommand(input))).stream ?? []) {
        text += contentBlockDelta?.delta?.text ?? "";
      }
      return text;
    } finally {
      client.destroy();
    }
  };

/** The official clients, each as often as it may try once more. */
const CLIENTS: readonly (readonly [name: string, ask: Ask])[] = [
  ["@anthropic-ai/aws-sdk", messagesClient("@anthropic-ai/aws-sdk", false)],
  ["@anthropic-ai/aws-sdk, streaming", messagesClient("@anthropic-ai/aws-sdk", true)],
  ["@anthropic-ai/bedrock-sdk", messagesClient("@anthropic-ai/bedrock-sdk", false)],
  ["@anthropic-ai/bedrock-sdk, streaming", messagesClient("@anthropic-ai/bedrock-sdk", true)],
  ["AWS's SDK over HTTP/2", awsClient(true, false)],
  ["AWS's SDK over HTTP/1.1", awsClient(false, false)],
  ["AWS's SDK over HTTP/2, streaming", awsClient(true, true)],
  ["AWS's SDK over HTTP/1.1, streaming", awsClient(false, true)],
];

/** What each of them does: answers, or raises what, and after how many requests; `-` where it cannot meet the fault. */
type Reactions = readonly [string, string, string, string, string, string, string, string];

const ANSWERS: Reactions = [
  "answers 1",
  "answers 1",
  "answers 1",
  "answers 1",
  "answers 1",
  "answers 1",
  "answers 1",
  "answers 1",
];
const TRIES_AGAIN: Reactions = [
  "answers 2",
  "answers 2",
  "answers 2",
  "answers 2",
  "answers 2",
  "answers 2",
  "answers 2",
  "answers 2",
];

/** AWS's SDK tries again where a body of HTTP/1.1 breaks off before it has an event; nobody else does. */
const BROKEN_BODY: Reactions = [
  "TypeError 1",
  "AnthropicError 1",
  "TypeError 1",
  "AnthropicError 1",
  "Error 1",
  "answers 2",
  "Error 1",
  "answers 2",
];

/** Each fault once. AWS's SDK does not try again where a stream of HTTP/2 is reset, nor anybody where a body was begun. */
const REACTIONS: readonly (readonly [fault: ScenarioFault, reactions: Reactions])[] = [
  [
    { kind: "reset" },
    ["answers 2", "answers 2", "answers 2", "answers 2", "Error 1", "answers 2", "Error 1", "answers 2"],
  ],
  [
    { kind: "reset", afterEvents: 3 },
    ["-", "AnthropicError 1", "-", "AnthropicError 1", "-", "-", "Error 1", "Error 1"],
  ],
  [{ kind: "reset", afterBytes: 20 }, BROKEN_BODY],
  [{ kind: "cut" }, BROKEN_BODY],
  [{ kind: "cut", afterEvents: 4 }, ["-", "AnthropicError 1", "-", "AnthropicError 1", "-", "-", "Error 1", "Error 1"]],
  [{ kind: "drip", bytes: 100 }, ANSWERS],
  [{ kind: "slice", seed: 7 }, ANSWERS],
  [{ kind: "proxy-page" }, TRIES_AGAIN],
  // What is no JSON is given on as a text; an event stream that says it is a text has no events.
  [
    { kind: "content-type" },
    ["nothing 1", "answers 1", "nothing 1", "AnthropicError 1", "answers 1", "answers 1", "answers 1", "answers 1"],
  ],
  [{ kind: "bad-checksum" }, ["-", "-", "-", "AnthropicError 1", "-", "-", "Error 1", "Error 1"]],
  [
    { kind: "bad-checksum", of: "prelude", afterEvents: 2 },
    ["-", "-", "-", "AnthropicError 1", "-", "-", "Error 1", "Error 1"],
  ],
  [
    { kind: "exception" },
    [
      "answers 2",
      "APIError 1",
      "APIError 1",
      "APIError 1",
      "ModelErrorException 1",
      "ModelErrorException 1",
      "ModelStreamErrorException 1",
      "ModelStreamErrorException 1",
    ],
  ],
  [
    { kind: "exception", name: "throttlingException", afterEvents: 4 },
    [
      "answers 2",
      "APIError 1",
      "answers 2",
      "APIError 1",
      "answers 2",
      "answers 2",
      "ThrottlingException 1",
      "ThrottlingException 1",
    ],
  ],
  [{ kind: "unknown-event" }, ["-", "answers 1", "-", "answers 1", "-", "-", "answers 1", "answers 1"]],
  [{ kind: "duplicate-event" }, ["-", "AnthropicError 1", "-", "AnthropicError 1", "-", "-", "answers 1", "answers 1"]],
  // AWS's SDK does not know what ends a message.
  [{ kind: "unfinished" }, ["-", "AnthropicError 1", "-", "AnthropicError 1", "-", "-", "answers 1", "answers 1"]],
  [
    { kind: "truncated-frame", afterEvents: 4 },
    ["-", "AnthropicError 1", "-", "AnthropicError 1", "-", "-", "Error 1", "Error 1"],
  ],
  [{ kind: "throttle", retryAfterSeconds: 0 }, TRIES_AGAIN],
  [{ kind: "overload", retryAfterSeconds: 0 }, TRIES_AGAIN],
  [{ kind: "error", status: 500, retryAfterSeconds: 0 }, TRIES_AGAIN],
  [{ kind: "error", name: "unavailable", retryAfterSeconds: 0 }, TRIES_AGAIN],
  [
    { kind: "error", name: "model-error", retryAfterSeconds: 0 },
    [
      "answers 2",
      "answers 2",
      "APIError 1",
      "APIError 1",
      "ModelErrorException 1",
      "ModelErrorException 1",
      "ModelErrorException 1",
      "ModelErrorException 1",
    ],
  ],
  [
    { kind: "expired-credentials" },
    refused("AuthenticationError 1", "PermissionDeniedError 1", "ExpiredTokenException 1"),
  ],
  // It reads the `Date` of the refusal, and signs by that clock.
  [{ kind: "clock-skew" }, refused("AuthenticationError 1", "PermissionDeniedError 1", "answers 2")],
  [{ kind: "clock-skew", minutes: -20 }, refused("AuthenticationError 1", "PermissionDeniedError 1", "answers 2")],
  [
    { kind: "rotated-key" },
    refused("AuthenticationError 1", "PermissionDeniedError 1", "UnrecognizedClientException 1"),
  ],
  [{ kind: "revoked-workspace" }, refused("NotFoundError 1", "-", "-")],
  [{ kind: "denied-region" }, refused("PermissionDeniedError 1", "PermissionDeniedError 1", "AccessDeniedException 1")],
  [{ kind: "withdrawn-model" }, refused("NotFoundError 1", "PermissionDeniedError 1", "AccessDeniedException 1")],
  [
    { kind: "rewritten-header" },
    refused("AuthenticationError 1", "PermissionDeniedError 1", "InvalidSignatureException 1"),
  ],
];

function refused(onClaudePlatform: string, withAnthropicOnBedrock: string, withAws: string): Reactions {
  const [a, b, c] = [onClaudePlatform, withAnthropicOnBedrock, withAws];
  return [a, a, b, b, c, c, c, c];
}

/** Deno's HTTP/2 tells AWS's SDK nothing of a stream that is reset while its body is collected: it would wait for ever. */
const waitsForEver = (fault: ScenarioFault, client: string): boolean =>
  "Deno" in globalThis &&
  (fault.kind === "cut" || fault.kind === "reset") &&
  "afterBytes" in { afterBytes: 0, ...fault } &&
  client.startsWith("AWS's SDK over HTTP/2");

test("each kind of fault that ends by itself is met", () => {
  const met = new Set(REACTIONS.map(([{ kind }]) => kind));
  expect(Object.keys(FAULT_KINDS).filter((kind) => !met.has(kind as ScenarioFault["kind"]))).toEqual(["stall"]);
});

/** One fault at one client: at the same time as others, since clients wait before they try again. */
const CASES = REACTIONS.flatMap(([fault, reactions], row) =>
  CLIENTS.map(([name, ask], index) => ({ fault, name, ask, reaction: reactions[index] ?? "" })).filter((_, index) =>
    isOwnCell(row, index),
  ),
).filter(({ fault, name }) => !waitsForEver(fault, name));

test.concurrent.each(CASES)("$fault at $name: $reaction", async ({ fault, ask, reaction }) => {
  const core = createFakeCore({
    workspaces: [WORKSPACE_ID],
    scenario: { replies: [{ reply: { text: TEXT }, fault: { ...fault, times: 1 } }] },
  });
  const server = await serve(core, { port: 0 });
  const outcome = await ask(server.url).then(
    (text) => (text.includes("in Paris") ? "answers" : text),
    (error: Error) => error.name,
  );
  await server.close();

  const { exchanges } = core.journal.snapshot();
  const isMet = exchanges[0]?.fault?.kind === fault.kind;
  expect(isMet ? `${outcome} ${exchanges.length}` : "-").toBe(reaction);
  if (!isMet) expect(outcome).toBe("answers");
  // What went wrong on purpose is held against nobody.
  expect(exchanges.flatMap(({ findings }) => findings.filter(({ level }) => level !== "pass"))).toEqual([]);
  expect(exchanges[1]?.fault).toBeUndefined();
});
