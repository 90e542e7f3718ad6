import { signRequest, type WireRequest } from "@claude-on-aws/auth/sigv4";
import type { PlannedRequest } from "@claude-on-aws/fetch";
import { Agent, request as httpRequest } from "node:http";

/** How the fake answered. */
export interface Answer {
  readonly status: number;
  /** The type of an error; `undefined` for an answer that is none. */
  readonly type: string | undefined;
}

const MESSAGES = [{ role: "user", content: "Hello" }];

/** Writes the smallest body that the configuration lets the client send, and signs the request as planned. */
export async function writePlanned({ method, url, headers, signing, body }: PlannedRequest): Promise<WireRequest> {
  const { host, pathname, search } = new URL(url);
  const content = Object.fromEntries(
    Object.entries({ ...body, max_tokens: 1, messages: MESSAGES, stream: body.stream === null ? null : false }).filter(
      ([name, value]) => value !== null && !(name === "anthropic_beta" && body.anthropic_beta.length === 0),
    ),
  );
  const unsigned: WireRequest = {
    method,
    target: `${pathname}${search}`.replace("invoke-with-response-stream", "invoke"),
    headers: [["host", host], ...Object.entries(headers)],
    httpVersion: "1.1",
    body: new TextEncoder().encode(JSON.stringify(content)),
  };
  if (signing === null || signing.accessKeyId === null || signing.secretAccessKey === null) return unsigned;
  const { accessKeyId, secretAccessKey, sessionToken, region, service } = signing;
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken === null ? {} : { sessionToken }) };
  return signRequest(unsigned, { credentials, region, service });
}

/** Sends requests to a port, on connections that stay open. */
export function createSender(port: number): { send(request: WireRequest): Promise<Answer>; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  return {
    close: () => agent.destroy(),
    send: ({ method, target, headers, body }) =>
      new Promise((resolve, reject) => {
        const sent = httpRequest(
          {
            agent,
            host: "127.0.0.1",
            port,
            method,
            path: target,
            setHost: false,
            headers: [...headers, ["content-length", `${body.length}`]].flat(),
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on("data", (chunk: Buffer) => chunks.push(chunk));
            response.on("error", reject);
            response.on("end", () => {
              const status = response.statusCode ?? 0;
              const text = Buffer.concat(chunks).toString();
              const exception = response.headers["x-amzn-errortype"];
              resolve({ status, type: status < 400 ? undefined : typeOf(text, exception) });
            });
          },
        );
        sent.on("error", reject);
        sent.end(body);
      }),
  };
}

function typeOf(text: string, exception: string | string[] | undefined): string | undefined {
  const { error } = JSON.parse(text) as { error?: { type?: string } };
  return error?.type ?? (typeof exception === "string" ? exception.split(":")[0] : undefined);
}
