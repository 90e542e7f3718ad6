import {
  type PresignOptions,
  presignRequest,
  type SignOptions,
  signRequest,
  type WireRequest,
} from "@claude-on-aws/auth/sigv4";
import { EXAMPLE_CREDENTIALS } from "../../src/server.ts";
import { WORKSPACE_ID } from "./start-fake.ts";

const text = new TextEncoder();
const messages = [{ role: "user", content: "hello" }];

interface Made {
  readonly service: string;
  readonly request: (port: number) => WireRequest;
}

const made = (service: string, target: string, body: object, headers: WireRequest["headers"] = []): Made => ({
  service,
  request: (port) => ({
    method: "POST",
    target,
    headers: [["host", `127.0.0.1:${port}`], ["content-type", "application/json"], ...headers],
    httpVersion: "1.1",
    body: text.encode(JSON.stringify(body)),
  }),
});

/** One good request for each provider, not signed yet. */
export const GOOD: Readonly<Record<"anthropic-aws" | "bedrock" | "mantle", Made>> = {
  "anthropic-aws": made(
    "aws-external-anthropic",
    "/v1/messages",
    { model: "claude-sonnet-4-6", max_tokens: 16, messages },
    [
      ["anthropic-version", "2023-06-01"],
      ["anthropic-workspace-id", WORKSPACE_ID],
    ],
  ),
  bedrock: made("bedrock", "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/invoke", {
    anthropic_version: "bedrock-2023-05-31",
    max_tokens: 16,
    messages,
  }),
  mantle: made(
    "bedrock-mantle",
    "/anthropic/v1/messages",
    { model: "anthropic.claude-opus-4-7", max_tokens: 16, messages },
    [["anthropic-version", "2023-06-01"]],
  ),
};

export type GoodProvider = keyof typeof GOOD;

/** Signs a request as the provider wants it, with some of it replaced. */
export const sign = (request: WireRequest, service: string, options: Partial<SignOptions> = {}): Promise<WireRequest> =>
  signRequest(request, { credentials: EXAMPLE_CREDENTIALS, region: "us-east-1", service, ...options });

/** Signs a request in its query, as the provider wants it, with some of it replaced. */
export const presign = (
  request: WireRequest,
  service: string,
  options: Partial<PresignOptions> = {},
): Promise<WireRequest> =>
  presignRequest(request, { credentials: EXAMPLE_CREDENTIALS, region: "us-east-1", service, ...options });

/** The request with other fields in its body; `undefined` takes a field out. */
export const withBody = (request: WireRequest, changed: object): WireRequest => ({
  ...request,
  body: text.encode(JSON.stringify({ ...JSON.parse(new TextDecoder().decode(request.body)), ...changed })),
});

/** The request without a header, and with another in its place where one is given. */
export const withHeader = (request: WireRequest, name: string, ...values: string[]): WireRequest => ({
  ...request,
  headers: [
    ...request.headers.filter(([key]) => key.toLowerCase() !== name),
    ...values.map((value): [string, string] => [name, value]),
  ],
});
