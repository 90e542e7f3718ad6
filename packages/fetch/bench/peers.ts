import type { ClaudeFetch } from "../src/index.ts";

/** The clients that are measured, each loaded when it is asked for. */

/** A request for a message, and how its answer is read to its end. */
export interface Peer {
  /** Asks for a message as a whole. */
  readonly whole: (prompt: string) => Promise<unknown>;
  /** Asks for a streamed one, and reads it; returns the number of its texts. */
  readonly streamed: (prompt: string) => Promise<number>;
}

/** What bounds all of them: the runtime's own client. */
const LIMIT = "the limit: signed before, bytes unread";

/** The client that the others are compared with. */
export const COMPARED = "@anthropic-ai/bedrock-sdk";

const MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const CREDENTIALS = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
} as const;
const REGION = "us-east-1";

const bodyOf = (prompt: string) => ({
  model: MODEL,
  max_tokens: 2048,
  messages: [{ role: "user" as const, content: prompt }],
});

async function count(items: AsyncIterable<unknown>, isText: (item: never) => boolean): Promise<number> {
  let texts = 0;
  for await (const item of items) if (isText(item as never)) texts += 1;
  return texts;
}

interface Event {
  readonly type: string;
}

const isDelta = ({ type }: Event): boolean => type === "content_block_delta";

/** Makes the `fetch` that is measured, onto Amazon Bedrock. */
async function makeFetch(url: string): Promise<ClaudeFetch> {
  const { createFetch } = await import("../src/index.ts");
  const { resolveConfig } = await import("@claude-on-aws/env");
  return createFetch(
    resolveConfig({
      env: {
        CLAUDE_CODE_USE_BEDROCK: "1",
        ANTHROPIC_BEDROCK_BASE_URL: url,
        AWS_REGION: REGION,
        AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      },
    }),
    // A busy machine takes longer to open a thousand connections than one may take.
    { connectTimeoutMs: 0 },
  );
}

/** Sends bytes through the cheapest client of the runtime, and reads the answer: signed before, nothing decoded. */
async function makeBareSend(url: string): Promise<(path: string, bytes: Uint8Array) => Promise<number>> {
  const { signRequest } = await import("@claude-on-aws/auth");
  const signed = await signRequest(
    {
      method: "POST",
      target: `/model/${MODEL}/invoke`,
      headers: [
        ["host", new URL(url).host],
        ["content-type", "application/json"],
      ],
      httpVersion: "1.1",
      body: new Uint8Array(),
    },
    { credentials: CREDENTIALS, region: REGION, service: "bedrock" },
  );
  const headers = Object.fromEntries(signed.headers.filter(([name]) => name !== "host"));
  if (process.versions["bun"] !== undefined) {
    return async (path, bytes) => {
      const { body } = await fetch(url + path, { method: "POST", headers, body: bytes as Uint8Array<ArrayBuffer> });
      let length = 0;
      for await (const part of body ?? []) length += part.length;
      return length;
    };
  }
  const { Agent, request } = await import("node:http");
  const agent = new Agent({ keepAlive: true, scheduling: "lifo" });
  return (path, bytes) =>
    new Promise((resolve, reject) => {
      const options = { method: "POST", agent, headers: { ...headers, "content-length": bytes.length } };
      const outgoing = request(url + path, options, (message) => {
        let length = 0;
        message.on("data", (part: Uint8Array) => (length += part.length));
        message.on("end", () => resolve(length));
        message.on("error", reject);
      });
      outgoing.on("error", reject);
      outgoing.end(bytes);
    });
}

/** Each by its name, with what makes it for an upstream. */
export const PEERS: Readonly<Record<string, (url: string) => Promise<Peer>>> = {
  "createFetch, events decoded": async (url) => {
    const { decodeClaudeEvents } = await import("@claude-on-aws/streaming/claude");
    const send = await makeFetch(url);
    const post = (request: object): Promise<Response> =>
      send("https://api.anthropic.com/v1/messages", { method: "POST", body: JSON.stringify(request) });
    return {
      whole: async (prompt) => (await post(bodyOf(prompt))).json(),
      streamed: async (prompt) => count(decodeClaudeEvents(await post({ ...bodyOf(prompt), stream: true })), isDelta),
    };
  },
  "createFetch, bytes read": async (url) => {
    const send = await makeFetch(url);
    const read = async (request: object): Promise<number> => {
      const init = { method: "POST", body: JSON.stringify(request) };
      const { body } = await send("https://api.anthropic.com/v1/messages", init);
      let length = 0;
      for await (const part of body ?? []) length += part.length;
      return length;
    };
    return {
      whole: (prompt) => read(bodyOf(prompt)),
      streamed: (prompt) => read({ ...bodyOf(prompt), stream: true }),
    };
  },
  "createFetch, exchange()": async (url) => {
    const { exchange } = await makeFetch(url);
    const headers = [["content-type", "application/json"]] as const;
    const read = async (request: object): Promise<number> => {
      const bytes = new TextEncoder().encode(JSON.stringify(request));
      const { body } = await exchange({ method: "POST", target: "/v1/messages", headers, body: bytes });
      let length = 0;
      for (let part = await body?.read(); part; part = await body?.read()) length += part.length;
      return length;
    };
    return {
      whole: (prompt) => read(bodyOf(prompt)),
      streamed: (prompt) => read({ ...bodyOf(prompt), stream: true }),
    };
  },
  "createFetch under @anthropic-ai/sdk": async (url) => {
    const { Anthropic } = await import("@anthropic-ai/sdk");
    const client = new Anthropic({ apiKey: "unused", fetch: await makeFetch(url) });
    return {
      whole: (prompt) => client.messages.create(bodyOf(prompt)),
      streamed: async (prompt) => count(await client.messages.create({ ...bodyOf(prompt), stream: true }), isDelta),
    };
  },
  [LIMIT]: async (url) => {
    const send = await makeBareSend(url);
    const encode = (prompt: string): Uint8Array => new TextEncoder().encode(JSON.stringify(bodyOf(prompt)));
    return {
      whole: (prompt) => send(`/model/${MODEL}/invoke`, encode(prompt)),
      streamed: (prompt) => send(`/model/${MODEL}/invoke-with-response-stream`, encode(prompt)),
    };
  },
  [COMPARED]: async (url) => {
    const { AnthropicBedrock } = await import("@anthropic-ai/bedrock-sdk");
    const client = new AnthropicBedrock({
      baseURL: url,
      awsRegion: REGION,
      awsAccessKey: CREDENTIALS.accessKeyId,
      awsSecretKey: CREDENTIALS.secretAccessKey,
    });
    return {
      whole: (prompt) => client.messages.create(bodyOf(prompt)),
      streamed: async (prompt) => count(await client.messages.create({ ...bodyOf(prompt), stream: true }), isDelta),
    };
  },
  "@anthropic-ai/aws-sdk": async (url) => {
    const { AnthropicAws } = await import("@anthropic-ai/aws-sdk");
    const client = new AnthropicAws({
      baseURL: url,
      awsRegion: REGION,
      workspaceId: "wrkspc_01AbCdEf23GhIj",
      awsAccessKey: CREDENTIALS.accessKeyId,
      awsSecretAccessKey: CREDENTIALS.secretAccessKey,
    });
    return {
      whole: (prompt) => client.messages.create(bodyOf(prompt)),
      streamed: async (prompt) =>
        count(await client.messages.create({ ...bodyOf(prompt), stream: true }, { query: { stream: "" } }), isDelta),
    };
  },
  "@aws-sdk/client-bedrock-runtime": async (url) => {
    const { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } =
      await import("@aws-sdk/client-bedrock-runtime");
    const { NodeHttpHandler } = await import("@smithy/node-http-handler");
    const client = new BedrockRuntimeClient({
      endpoint: url,
      region: REGION,
      credentials: CREDENTIALS,
      requestHandler: new NodeHttpHandler(),
    });
    const input = (prompt: string) => ({
      modelId: MODEL,
      messages: [{ role: "user" as const, content: [{ text: prompt }] }],
    });
    return {
      whole: (prompt) => client.send(new ConverseCommand(input(prompt))),
      streamed: async (prompt) => {
        const { stream = [] } = await client.send(new ConverseStreamCommand(input(prompt)));
        return count(stream as AsyncIterable<unknown>, (event: object) => "contentBlockDelta" in event);
      },
    };
  },
  "@ai-sdk/amazon-bedrock": async (url) => {
    const { createAmazonBedrock } = await import("@ai-sdk/amazon-bedrock");
    const { generateText, streamText } = await import("ai");
    const model = createAmazonBedrock({ baseURL: url, region: REGION, ...CREDENTIALS })(MODEL);
    return {
      whole: (prompt) => generateText({ model, prompt }),
      streamed: (prompt) => count(streamText({ model, prompt }).textStream, () => true),
    };
  },
};

/** The one that opens many streams at once. */
export const OWN = "createFetch, events decoded";
