import { BedrockClient, GetInferenceProfileCommand, ListInferenceProfilesCommand } from "@aws-sdk/client-bedrock";
import {
  AccessDeniedException,
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  ConverseCommand,
  ConverseStreamCommand,
  CountTokensCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
  ThrottlingException,
  ValidationException,
} from "@aws-sdk/client-bedrock-runtime";
import { EXAMPLE_CREDENTIALS } from "@claude-on-aws/fake/server";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { afterEach, describe, expect, test } from "vitest";
import { errorOf } from "../support/error-of.ts";
import { brokenRules, PIXEL, startFake, TEXT } from "../support/fetch-providers.ts";
import { startServedGateway } from "../support/serve-gateway.ts";
import { untilNot } from "../support/until-not.ts";

const PROFILE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const MODELS = {
  "the ID of a system-defined inference profile": PROFILE,
  "the ARN of an application inference profile":
    "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123",
};

/** How this SDK speaks to a plain endpoint: by HTTP/2 with prior knowledge, unless it is told otherwise. */
const HANDLERS: Readonly<Record<string, () => BedrockRuntimeClientConfig>> = {
  "its default handler, by HTTP/2": () => ({}),
  "NodeHttpHandler, by HTTP/1.1": () => ({ requestHandler: new NodeHttpHandler() }),
};

const messages = [{ role: "user" as const, content: [{ text: TEXT }] }];
const bodyOf = (text: string) =>
  JSON.stringify({
    anthropic_version: "bedrock-2023-05-31",
    max_tokens: 64,
    messages: [{ role: "user", content: text }],
  });

const fake = startFake({
  scenario: {
    replies: [
      { when: { text: "throttle" }, reply: { throttle: { retryAfterSeconds: 0.01 } } },
      { when: { text: "cut" }, reply: { text: TEXT, cutAfterEvents: 4 } },
      { when: { text: "fail" }, reply: { text: TEXT, failAfterEvents: 4, exception: "throttlingException" } },
      { when: { text: "pace" }, reply: { text: TEXT, eventDelayMs: 600_000 } },
    ],
  },
});
const gateway = startServedGateway(fake, "bedrock");
const exchanges = () => fake.core.journal.snapshot().exchanges;

/** As `AWS_BEARER_TOKEN_BEDROCK` says it. */
const bearer = (token: string) => ({ token: { token }, authSchemePreference: ["httpBearerAuth"] });

let opened: BedrockRuntimeClient | undefined;
afterEach(() => opened?.destroy());

describe.each(Object.entries(HANDLERS))("BedrockRuntimeClient with %s through a gateway", (_, handler) => {
  const client = (config: BedrockRuntimeClientConfig = bearer(gateway.token)): BedrockRuntimeClient =>
    (opened = new BedrockRuntimeClient({
      region: "us-east-1",
      endpoint: gateway.url,
      maxAttempts: 1,
      ...handler(),
      ...config,
    }));

  describe.each(Object.entries(MODELS))("and %s", (__, modelId) => {
    test("converses, and the gateway signs", async () => {
      const { output, stopReason, $metadata } = await client().send(new ConverseCommand({ modelId, messages }));

      expect(output?.message?.content).toEqual([{ text: TEXT }]);
      expect(stopReason).toBe("end_turn");
      expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
      expect(exchanges().at(-1)?.caller).toMatchObject({ kind: "sigv4", service: "bedrock" });
    });

    test("converses in a stream", async () => {
      const { stream } = await client().send(new ConverseStreamCommand({ modelId, messages }));
      let text = "";
      const kinds: string[] = [];
      for await (const event of stream ?? []) {
        kinds.push(Object.keys(event)[0] ?? "");
        text += event.contentBlockDelta?.delta?.text ?? "";
      }

      expect(text).toBe(TEXT);
      expect([kinds[0], ...kinds.slice(-3)]).toEqual(["messageStart", "contentBlockStop", "messageStop", "metadata"]);
    });

    test("invokes a model", async () => {
      const answer = await client().send(
        new InvokeModelCommand({
          modelId,
          body: bodyOf(TEXT),
          contentType: "application/json",
          accept: "application/json",
        }),
      );

      expect(JSON.parse(answer.body.transformToString())).toMatchObject({ content: [{ type: "text", text: TEXT }] });
      expect(answer.contentType).toBe("application/json");
    });

    test("invokes a model in a stream", async () => {
      const answer = await client().send(new InvokeModelWithResponseStreamCommand({ modelId, body: bodyOf(TEXT) }));
      const types: string[] = [];
      for await (const { chunk } of answer.body ?? []) {
        types.push(JSON.parse(new TextDecoder().decode(chunk?.bytes)).type);
      }

      expect([types[0], types.at(-1)]).toEqual(["message_start", "message_stop"]);
      expect(answer.contentType).toBe("application/json");
    });

    test("counts tokens", async () => {
      // CountTokens takes the ID of the model itself, without a profile.
      const input = { invokeModel: { body: new TextEncoder().encode(bodyOf(TEXT)) } };
      const countedId = modelId.replace(/^us\./, "");

      expect((await client().send(new CountTokensCommand({ modelId: countedId, input }))).inputTokens).toBeGreaterThan(
        1,
      );
    });
  });

  test("calls a tool, shows it a picture, and goes on", async () => {
    const tools = [{ toolSpec: { name: "look", inputSchema: { json: { type: "object", properties: {} } } } }];
    const first = await client().send(
      new ConverseCommand({ modelId: PROFILE, messages, toolConfig: { tools, toolChoice: { any: {} } } }),
    );
    const call = first.output?.message?.content?.find(({ toolUse }) => toolUse !== undefined)?.toolUse;
    const image = { format: "png" as const, source: { bytes: new Uint8Array(Buffer.from(PIXEL, "base64")) } };
    const second = await client().send(
      new ConverseCommand({
        modelId: PROFILE,
        toolConfig: { tools },
        messages: [
          ...messages,
          { role: "assistant", content: first.output?.message?.content },
          { role: "user", content: [{ toolResult: { toolUseId: call?.toolUseId, content: [{ image }] } }] },
        ],
      }),
    );

    expect(call?.name).toBe("look");
    expect(second.stopReason).toBe("end_turn");
  });

  test("raises the typed errors of the service", async () => {
    const throttled = await errorOf(
      client().send(new InvokeModelCommand({ modelId: PROFILE, body: bodyOf("throttle") })),
    );
    const invalid = await errorOf(client().send(new InvokeModelCommand({ modelId: PROFILE, body: "{}" })));

    expect(throttled).toBeInstanceOf(ThrottlingException);
    expect(throttled).toMatchObject({ $metadata: { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
    expect(invalid).toBeInstanceOf(ValidationException);
  });

  test.each(["cut", "fail"])("hears of a stream that the service does not end: %s", async (text) => {
    const read = async (): Promise<void> => {
      const { body } = await client().send(
        new InvokeModelWithResponseStreamCommand({ modelId: PROFILE, body: bodyOf(text) }),
      );
      for await (const _ of body ?? []);
    };

    expect(await errorOf(read())).toBeInstanceOf(Error);
  });

  test("leaves within a stream, and the service hears of it", async () => {
    const controller = new AbortController();
    const read = async (): Promise<void> => {
      const command = new InvokeModelWithResponseStreamCommand({ modelId: PROFILE, body: bodyOf("pace") });
      const { body } = await client().send(command, { abortSignal: controller.signal });
      for await (const _ of body ?? []) {
        controller.abort();
        opened?.destroy();
      }
    };

    // By HTTP/2 the SDK ends such a stream without an error.
    await errorOf(read());
    expect(await untilNot(() => exchanges().at(-1)?.end?.outcome, undefined)).toBe("client-left");
  });

  test("is told of the switch where it signs, and nothing is sent", async () => {
    const before = exchanges().length;
    const { accessKeyId, secretAccessKey } = EXAMPLE_CREDENTIALS;
    const signing = client({
      credentials: { accessKeyId, secretAccessKey },
      authSchemePreference: ["sigv4"],
      maxAttempts: 3,
    });
    const error = await errorOf(signing.send(new InvokeModelCommand({ modelId: PROFILE, body: bodyOf(TEXT) })));

    expect(error).toBeInstanceOf(AccessDeniedException);
    expect((error as Error).message).toContain("CLAUDE_CODE_SKIP_BEDROCK_AUTH");
    expect((error as Error).message).toContain("AWS_BEARER_TOKEN_BEDROCK");
    expect(exchanges().length).toBe(before);
  });

  test("is refused with another token", async () => {
    const before = exchanges().length;
    const error = await errorOf(
      client(bearer("a-token-of-somebody")).send(new ConverseCommand({ modelId: PROFILE, messages })),
    );

    expect(error).toBeInstanceOf(AccessDeniedException);
    expect(error).toMatchObject({ message: expect.stringContaining("token"), $metadata: { httpStatusCode: 401 } });
    expect(exchanges().length).toBe(before);
  });
});

describe("BedrockRuntimeClient through a gateway without credentials", () => {
  const keyless = startServedGateway(fake, "bedrock", {});

  test("is told so in words, at once", async () => {
    const client = new BedrockRuntimeClient({ region: "us-east-1", endpoint: keyless.url, ...bearer(keyless.token) });
    const error = await errorOf(client.send(new InvokeModelCommand({ modelId: PROFILE, body: bodyOf(TEXT) })));

    expect(error).toBeInstanceOf(AccessDeniedException);
    expect(error).toMatchObject({
      message: expect.stringMatching(/CREDENTIALS_NOT_FOUND.*operator/),
      $metadata: { attempts: 1 },
    });
    client.destroy();
  });
});

describe("BedrockClient through a gateway", () => {
  const client = () =>
    new BedrockClient({
      region: "us-east-1",
      endpoint: gateway.url,
      requestHandler: new NodeHttpHandler(),
      ...bearer(gateway.token),
    });

  test("lists inference profiles, and gets one", async () => {
    const { inferenceProfileSummaries = [] } = await client().send(
      new ListInferenceProfilesCommand({ typeEquals: "SYSTEM_DEFINED" }),
    );
    const profile = await client().send(new GetInferenceProfileCommand({ inferenceProfileIdentifier: PROFILE }));

    expect(inferenceProfileSummaries.map(({ inferenceProfileId }) => inferenceProfileId)).toContain(PROFILE);
    expect(profile).toMatchObject({ inferenceProfileId: PROFILE, status: "ACTIVE" });
  });
});

test("AWS's SDK breaks no rule of AWS but those of the empty body that it was given", () => {
  expect(brokenRules(fake).map(({ rule }) => rule)).toEqual([
    "bedrock-version-in-body",
    "max-tokens-present",
    "messages-present",
    "body-accepted",
  ]);
});
