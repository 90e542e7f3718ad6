import { type AwsCredentials, signRequest, type WireRequest } from "@claude-on-aws/auth/sigv4";
import type { FakeCore } from "../../../src/server.ts";

/** An answer, read. */
export interface ReadReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What is sent; the rest is that of a request to a fake on this machine. */
export interface SentRequest {
  readonly method?: string;
  readonly target?: string;
  readonly headers?: WireRequest["headers"];
  readonly body?: string;
}

/** Makes a wire request. */
export const wireRequest = ({ method = "GET", target = "/", headers = [], body = "" }: SentRequest): WireRequest => ({
  method,
  target,
  headers: headers.some(([name]) => name === "host") ? headers : [["host", "127.0.0.1:4242"], ...headers],
  httpVersion: "1.1",
  body: new TextEncoder().encode(body),
});

/** Hands a request to a fake, and reads the answer. */
export async function sendToFake(fake: FakeCore, request: WireRequest): Promise<ReadReply> {
  const { status, headers, body } = await fake.handle({ ...request, wire: "received" });
  return { status, headers: Object.fromEntries(headers), text: new TextDecoder().decode(body as Uint8Array) };
}

/** Signs for STS. */
export const signForSts = (
  request: WireRequest,
  credentials: AwsCredentials,
  date: Date,
  region = "us-east-1",
): Promise<WireRequest> => signRequest(request, { credentials, region, service: "sts", date });

/** A request of the Query protocol. */
export const queryRequest = (
  parameters: Readonly<Record<string, string>>,
  headers: WireRequest["headers"] = [],
): WireRequest =>
  wireRequest({
    method: "POST",
    headers: [["content-type", "application/x-www-form-urlencoded; charset=utf-8"], ...headers],
    body: new URLSearchParams({ Version: "2011-06-15", ...parameters }).toString(),
  });

/** What stands in the first element of a name. */
export const elementOf = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
