import http from "node:http";
import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import Anthropic from "@anthropic-ai/sdk";
import { createAnthropicAwsFetch } from "../src/anthropic-aws/index.ts";

/** Sends one request, and reads its answer to the end. */
export type Contender = (request: Anthropic.MessageCreateParams) => Promise<unknown>;

const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const WORKSPACE = "wrkspc_01AbCdEf23GhIj";

const readEvents = async (stream: unknown): Promise<void> => {
  if (typeof stream !== "object" || stream === null || !(Symbol.asyncIterator in stream)) return;
  for await (const _ of stream as AsyncIterable<unknown>);
};

/**
 * Lists who is measured: what the network costs without us, the same with us, and Anthropic's SDKs with us and without.
 *
 * @param url Where the server is.
 * @returns The contenders, by name.
 */
export function createContenders(url: string): Readonly<Record<string, Contender>> {
  const own = createAnthropicAwsFetch({
    region: "us-east-1",
    workspaceId: WORKSPACE,
    baseUrl: url,
    credentials: CREDENTIALS,
  });
  const agent = new http.Agent({ keepAlive: true });
  const init = (body: string) => ({ method: "POST", headers: { "content-type": "application/json" }, body });
  const drain = async (response: Response): Promise<void> => {
    const reader = response.body?.getReader();
    while ((await reader?.read())?.done === false);
  };
  const withOwn = new Anthropic({ apiKey: "unused", baseURL: url, maxRetries: 0, fetch: own });
  const official = new AnthropicAws({
    baseURL: url,
    workspaceId: WORKSPACE,
    awsRegion: "us-east-1",
    awsAccessKey: CREDENTIALS.accessKeyId,
    awsSecretAccessKey: CREDENTIALS.secretAccessKey,
    maxRetries: 0,
  });
  return {
    "limit: bare node:http, unsigned": (request) =>
      new Promise((resolve, reject) => {
        const body = JSON.stringify(request);
        const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
        const outgoing = http.request(`${url}/v1/messages`, { method: "POST", agent, headers }, (message) => {
          message.on("data", () => {});
          message.on("end", resolve);
        });
        outgoing.on("error", reject);
        outgoing.end(body);
      }),
    "limit: bare fetch, unsigned": async (request) =>
      drain(await fetch(`${url}/v1/messages`, init(JSON.stringify(request)))),
    "this fetch, body read": async (request) => drain(await own(`${url}/v1/messages`, init(JSON.stringify(request)))),
    "@anthropic-ai/sdk with this fetch": async (request) => readEvents(await withOwn.messages.create(request)),
    "@anthropic-ai/aws-sdk": async (request) => readEvents(await official.messages.create(request)),
  };
}
