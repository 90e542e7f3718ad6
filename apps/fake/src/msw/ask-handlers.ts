import type { RequestHandler } from "msw";
import type { WireReply } from "../terms/wire.ts";
import { fromResponse } from "./from-response.ts";

/** How msw marks the answer of a handler that leaves the request alone. */
const INTENTION = "x-msw-intention";

/**
 * Asks msw handlers for an answer, in order.
 *
 * @returns The first answer; `undefined` where no handler has one, or the one that has lets the request pass.
 * @throws What a handler throws, unless it is a `Response`.
 * @throws {TypeError} where a handler answers with `HttpResponse.error()`, which is no answer that a server can send.
 */
export async function askHandlers(
  handlers: readonly RequestHandler[],
  request: Request,
): Promise<WireReply | undefined> {
  const response = await answerOf(handlers, request);
  if (response === undefined || response.headers.has(INTENTION)) return undefined;
  if (response.type === "error") {
    throw new TypeError(
      "Cannot send HttpResponse.error(): a server has no such answer; return a status, or break off the stream of a body",
    );
  }
  return fromResponse(response);
}

async function answerOf(handlers: readonly RequestHandler[], request: Request): Promise<Response | undefined> {
  // Loaded with the first handler: it opens a channel for web sockets, which keeps a Deno process alive.
  const { getResponse } = await import("msw");
  try {
    return await getResponse([...handlers], request);
  } catch (thrown) {
    // As in msw: a response may be thrown from wherever the handler is.
    if (thrown instanceof Response) return thrown;
    throw thrown;
  }
}
