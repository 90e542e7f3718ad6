import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { AnthropicBedrock, AnthropicBedrockMantle } from "@anthropic-ai/bedrock-sdk";
import { APIError, AuthenticationError, RateLimitError } from "@anthropic-ai/sdk";
import type { AwsProvider } from "@claude-on-aws/endpoints";
import { EXAMPLE_CREDENTIALS } from "@claude-on-aws/fake/server";
import { describe, expect, test } from "vitest";
import { errorOf } from "../support/error-of.ts";
import { ANSWERS, brokenRules, startFake, TEXT, WORKSPACE_ID } from "../support/fetch-providers.ts";
import { startServedGateway } from "../support/serve-gateway.ts";

type MessagesClient = Pick<AnthropicAws, "messages">;

/** What each client is told of the gateway; the SDK of Amazon Bedrock has types of its own. */
interface ClientOptions {
  readonly baseURL: string;
  readonly maxRetries: number;
}

/** One of Anthropic's clients for a provider. */
interface ProviderClient {
  readonly provider: AwsProvider;
  readonly model: string;
  /** The token as the key of the service. */
  readonly withToken: (options: ClientOptions, token: string) => MessagesClient;
  /** No authentication by the SDK, and the token in a header of one's own. */
  readonly unauthenticated: (options: ClientOptions, headers: Readonly<Record<string, string>>) => MessagesClient;
  /** As where nobody told the client that the gateway signs. */
  readonly signing: (options: ClientOptions) => MessagesClient;
  /** The switch that the refusal of a signature names. */
  readonly skipSwitch: string;
}

const { accessKeyId: awsAccessKey, secretAccessKey } = EXAMPLE_CREDENTIALS;
const asMessages = (client: unknown): MessagesClient => client as MessagesClient;

const region = { awsRegion: "eu-west-1" };
const workspace = { ...region, workspaceId: WORKSPACE_ID };
const keys = { awsAccessKey, awsSecretAccessKey: secretAccessKey };

const CLIENTS: Readonly<Record<string, ProviderClient>> = {
  "@anthropic-ai/aws-sdk": {
    provider: "anthropic-aws",
    model: "claude-sonnet-4-6",
    withToken: (options, apiKey) => new AnthropicAws({ ...options, ...workspace, apiKey }),
    unauthenticated: (options, defaultHeaders) =>
      new AnthropicAws({ ...options, ...workspace, apiKey: null, skipAuth: true, defaultHeaders }),
    signing: (options) => new AnthropicAws({ ...options, ...workspace, ...keys }),
    skipSwitch: "CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH",
  },
  "@anthropic-ai/bedrock-sdk": {
    provider: "bedrock",
    model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    withToken: (options, apiKey) => asMessages(new AnthropicBedrock({ ...options, ...region, apiKey })),
    unauthenticated: (options, defaultHeaders) =>
      asMessages(new AnthropicBedrock({ ...options, ...region, apiKey: null, skipAuth: true, defaultHeaders })),
    signing: (options) =>
      asMessages(new AnthropicBedrock({ ...options, ...region, awsAccessKey, awsSecretKey: secretAccessKey })),
    skipSwitch: "CLAUDE_CODE_SKIP_BEDROCK_AUTH",
  },
  "the Mantle client of @anthropic-ai/bedrock-sdk": {
    provider: "mantle",
    model: "anthropic.claude-opus-4-7",
    withToken: ({ baseURL, ...options }, apiKey) =>
      asMessages(new AnthropicBedrockMantle({ ...options, baseURL: `${baseURL}/anthropic`, ...region, apiKey })),
    unauthenticated: ({ baseURL, ...options }, defaultHeaders) =>
      asMessages(
        new AnthropicBedrockMantle({
          ...options,
          baseURL: `${baseURL}/anthropic`,
          ...region,
          apiKey: null,
          skipAuth: true,
          defaultHeaders,
        }),
      ),
    signing: ({ baseURL, ...options }) =>
      asMessages(new AnthropicBedrockMantle({ ...options, baseURL: `${baseURL}/anthropic`, ...region, ...keys })),
    skipSwitch: "CLAUDE_CODE_SKIP_MANTLE_AUTH",
  },
};

describe.each(Object.entries(CLIENTS))("%s through a gateway", (_, made) => {
  const { provider, model, withToken, unauthenticated, signing, skipSwitch } = made;
  const fake = startFake({
    scenario: {
      replies: [
        { when: { text: "throttle" }, reply: { throttle: { retryAfterSeconds: 0.01 } } },
        { when: { text: "cut" }, reply: { text: TEXT, cutAfterEvents: 4 } },
      ],
    },
  });
  const gateway = startServedGateway(fake, provider);
  const options = (): ClientOptions => ({ baseURL: gateway.url, maxRetries: 0 });
  const ask = (content: string) => ({ model, max_tokens: 256, messages: [{ role: "user" as const, content }] });
  const exchanges = () => fake.core.journal.snapshot().exchanges;

  describe.each([
    ["with the token as its key", () => withToken(options(), gateway.token)],
    [
      "with authentication skipped, and the token in a header",
      () => unauthenticated(options(), { authorization: `Bearer ${gateway.token}` }),
    ],
  ])("%s", (__, client) => {
    test("gets a message, for a request that the gateway signed", async () => {
      const { content } = await client().messages.create(ask(TEXT));

      expect(content).toMatchObject([{ type: "text", text: TEXT }]);
      expect(exchanges().at(-1)).toMatchObject({ provider, caller: { kind: "sigv4", region: "us-east-1" } });
    });

    test("streams a message", async () => {
      const types: string[] = [];
      let text = "";
      for await (const event of await client().messages.create({ ...ask(TEXT), stream: true })) {
        types.push(event.type);
        if (event.type === "content_block_delta" && event.delta.type === "text_delta") text += event.delta.text;
      }

      expect([types[0], types.at(-1)]).toEqual(["message_start", "message_stop"]);
      expect(text).toBe(TEXT);
    });

    test("raises RateLimitError, with the id of the service and when to come back", async () => {
      const error = (await errorOf(client().messages.create(ask("throttle")))) as RateLimitError;

      expect(error).toBeInstanceOf(RateLimitError);
      expect(error.headers.get("retry-after")).toBe("0.01");
      expect(error.headers.get("request-id") ?? error.headers.get("x-amzn-requestid")).toMatch(
        ANSWERS[provider]?.requestId ?? /^$/,
      );
    });

    test("hears of a stream that was cut", async () => {
      const read = async (): Promise<void> => {
        for await (const _ of await client().messages.create({ ...ask("cut"), stream: true }));
      };

      expect(await errorOf(read())).toBeInstanceOf(APIError);
    });
  });

  test("is told of the switch where it signs, and nothing is sent", async () => {
    const before = exchanges().length;
    const error = (await errorOf(signing({ ...options(), maxRetries: 2 }).messages.create(ask(TEXT)))) as APIError;

    expect(error.status).toBeGreaterThanOrEqual(400);
    expect(error.message).toContain(skipSwitch);
    expect(error.headers?.get("x-claude-on-aws-refusal")).toBe("CLIENT_SIGNED");
    expect(exchanges().length).toBe(before);
  });

  test("is refused without a token", async () => {
    expect(await errorOf(unauthenticated(options(), {}).messages.create(ask(TEXT)))).toBeInstanceOf(
      AuthenticationError,
    );
  });

  test("breaks no rule of AWS", () => {
    expect(brokenRules(fake)).toEqual([]);
  });
});
