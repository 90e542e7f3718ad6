import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { resolveConfig } from "@claude-on-aws/env";
import { afterAll, beforeAll } from "vitest";
import { type ClaudeFetch, type ConfigOrResolver, createFetch, type CreateFetchOptions } from "../../src/index.ts";

/** A request as the upstream received it. */
interface ReceivedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Uint8Array;
}

/** Answers a request. */
export type Answerer = (request: ReceivedRequest, response: ServerResponse) => void;

/** A server of this test file in the place of AWS. */
export interface Upstream {
  readonly url: string;
  /** Everything that was received, in order. */
  readonly received: ReceivedRequest[];
  /** How it answers from now on. */
  answer: Answerer;
  /** Requests whose connection has closed before they were answered. */
  readonly closed: () => Promise<void>;
  /** Makes a `fetch` onto it. */
  readonly fetch: (options?: CreateFetchOptions, env?: Readonly<Record<string, string>>) => ClaudeFetch;
}

export const MESSAGES = "https://api.anthropic.com/v1/messages";

/** What a client of the Messages API hands to `fetch`. */
export const post = (body: string | Uint8Array, init: RequestInit = {}): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", "x-api-key": "placeholder", authorization: "Bearer placeholder" },
  body: body as Uint8Array<ArrayBuffer> | string,
  ...init,
});

export const BODY = '{"model":"claude-opus-5-5","max_tokens":16,"messages":[{"role":"user","content":"Hello"}]}';

/** The variables of a configuration for Claude Platform on AWS. */
const environment = (url: string): Readonly<Record<string, string>> => ({
  CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
  ANTHROPIC_AWS_WORKSPACE_ID: "wrkspc_01AbCdEf23GhIj",
  ANTHROPIC_AWS_BASE_URL: url,
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
});

/** Answers with JSON. */
export const json =
  (status: number, value: unknown, headers: Record<string, string> = {}): Answerer =>
  (_, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(value));
  };

/** Starts a server before the tests of a file, and closes it after them. */
export function startUpstream(): Upstream {
  let server: Server;
  let url = "";
  let onClose: (() => void) | undefined;
  const upstream: Upstream = {
    get url() {
      return url;
    },
    received: [],
    answer: json(200, { type: "message" }),
    closed: () => new Promise((resolve) => (onClose = resolve)),
    fetch: (options, env) => {
      const config: ConfigOrResolver = resolveConfig({ env: { ...environment(url), ...env } });
      // A busy machine may take long to connect; a test of that limit gives its own.
      return createFetch(config, { connectTimeoutMs: 0, ...options });
    },
  };
  beforeAll(async () => {
    server = createServer((request, response) => {
      response.on("close", () => {
        if (!response.writableFinished) onClose?.();
      });
      const parts: Uint8Array[] = [];
      request.on("data", (part: Uint8Array) => parts.push(part));
      request.on("end", () => {
        const { method = "", url: target = "", headers } = request;
        const received = { method, target, headers, body: new Uint8Array(Buffer.concat(parts)) };
        upstream.received.push(received);
        upstream.answer(received, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return upstream;
}
