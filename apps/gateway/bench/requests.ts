import { Agent, type IncomingMessage, request } from "node:http";
import type { Target } from "./server-process.ts";

/** How an answer comes. */
export type Form = "JSON" | "SSE";

/** Both. */
export const FORMS: readonly Form[] = ["JSON", "SSE"];

const PROMPT = "x".repeat(10_000);

/** A request of 10 KB. */
const bodyOf = (model: string, form: Form): string =>
  JSON.stringify({
    model,
    max_tokens: 100,
    messages: [{ role: "user", content: PROMPT }],
    ...(form === "SSE" && { stream: true }),
  });

const agent = new Agent({ keepAlive: true, maxSockets: 10_000, scheduling: "lifo" });

/** Sends a request as Claude Code does, and gives its answer as soon as it begins. */
export async function ask(target: Target, form: Form): Promise<IncomingMessage> {
  for (;;) {
    try {
      return await send(target, bodyOf(target.model, form));
    } catch (error) {
      // The server ended a connection that had been idle, while the request was on its way.
      if (!(error instanceof ConnectionLost && error.wasUsed)) throw error;
    }
  }
}

/** A connection ended before an answer began. */
class ConnectionLost extends Error {
  readonly wasUsed: boolean;

  constructor(cause: Error, wasUsed: boolean) {
    super(`Cannot measure: ${cause.message} on a ${wasUsed ? "used" : "new"} connection`, { cause });
    this.wasUsed = wasUsed;
  }
}

function send({ port, headers }: Target, body: string): Promise<IncomingMessage> {
  const sent = {
    "content-type": "application/json",
    "content-length": body.length,
    "anthropic-version": "2023-06-01",
    "anthropic-beta": "claude-code-20250219,interleaved-thinking-2025-05-14",
    "user-agent": "claude-cli/2.1.332 (external, cli)",
    "x-claude-code-session-id": "11111111-2222-3333-4444-555555555555",
    ...headers,
  };
  const options = { host: "127.0.0.1", port, path: "/v1/messages", method: "POST", agent, headers: sent };
  return new Promise((resolve, reject) => {
    const outgoing = request(options, resolve);
    outgoing.on("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "ECONNRESET" ? new ConnectionLost(error, outgoing.reusedSocket) : error),
    );
    outgoing.end(body);
  });
}

/** Reads an answer to its end. */
export const readToEnd = (response: IncomingMessage): Promise<void> =>
  new Promise((resolve, reject) => {
    response.on("error", reject);
    response.on("end", resolve);
    response.resume();
  });

/** Sends a request, and reads its answer, which has to be one. */
export async function exchange(target: Target, form: Form): Promise<void> {
  const response = await ask(target, form);
  if (response.statusCode !== 200) {
    let text = "";
    for await (const piece of response) text += String(piece);
    throw new Error(`Cannot measure: answered ${response.statusCode} ${text.slice(0, 1_000)}`);
  }
  await readToEnd(response);
}

/** Lets go of connections. */
export const closeConnections = (): void => agent.destroy();
