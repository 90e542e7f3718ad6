import type { WireReply } from "../terms/wire.ts";
import { gather } from "./gather.ts";
import { hasNoBody } from "./has-no-body.ts";
import { isStreamed } from "./is-streamed.ts";
import { readRequestBody } from "./read-request-body.ts";
import type { RequestHead, Responder } from "./responder.ts";
import type { UnderWay } from "./under-way.ts";
import { unwritableReply } from "./unwritable.ts";

/** Makes a response of a body that is sent in one piece of a stream; each runtime has a way that costs less than others. */
export type ToStreamedResponse = (bytes: Uint8Array<ArrayBuffer>, init: ResponseInit) => Response;

/** Answers the requests of a server that speaks WHATWG `Request` and `Response`. */
export function createAnswerer(
  respond: Responder,
  underWay: UnderWay,
  toStreamedResponse: ToStreamedResponse,
): (request: Request) => Promise<Response> {
  return async (request) => {
    underWay.begin();
    let streaming = false;
    let reply: WireReply | undefined;
    try {
      const head = headOf(request);
      const body = await readRequestBody(request, respond.maxBodyBytes(head.method, head.target));
      reply = await respond(head, body, "reconstructed");
      const init = { status: reply.status, headers: reply.headers as [string, string][] };
      if (hasNoBody(reply.status)) return new Response(null, init);
      if (!isStreamed(reply)) return new Response(reply.body as Uint8Array<ArrayBuffer>, init);
      const pieces = piecesOf(reply.body);
      if (pieces instanceof Uint8Array) return toStreamedResponse(pieces as Uint8Array<ArrayBuffer>, init);
      streaming = true;
      return new Response(
        toStream(pieces, () => underWay.end()),
        init,
      );
    } catch (error) {
      // The client hung up: there is nobody to read this.
      if (reply === undefined) return new Response(null, { status: 400 });
      const { status, headers, body } = unwritableReply(error);
      return new Response(body as Uint8Array<ArrayBuffer>, { status, headers: headers as [string, string][] });
    } finally {
      if (!streaming) underWay.end();
    }
  };
}

const SCHEME_LENGTH = "http://".length;

/**
 * The head as far as a WHATWG `Request` carries it: headers are sorted, in
 * lower case, and joined.
 */
function headOf(request: Request): RequestHead {
  const { url } = request;
  const slash = url.indexOf("/", SCHEME_LENGTH);
  const headers: [string, string][] = [];
  for (const header of request.headers) headers.push(header);
  return { method: request.method, target: slash < 0 ? "/" : url.slice(slash), headers, httpVersion: "1.1" };
}

type Pieces = Iterator<Uint8Array> | AsyncIterator<Uint8Array>;

/** The whole body where it is ready at once and fits in one write, otherwise its pieces. */
function piecesOf(body: WireReply["body"]): Uint8Array | Pieces {
  if (body instanceof Uint8Array) return body;
  if (!(Symbol.iterator in body)) return body[Symbol.asyncIterator]();
  const gathered = gather(body);
  const first = gathered.next();
  if (first.done === true) return new Uint8Array();
  const second = gathered.next();
  return second.done === true ? first.value : prepend([first.value, second.value], gathered);
}

function* prepend(first: readonly Uint8Array[], rest: Iterable<Uint8Array>): Generator<Uint8Array> {
  yield* first;
  yield* rest;
}

/** Pieces as a stream that asks for the next one when the client took the last; `done` is called once at its end. */
function toStream(pieces: Pieces, done: () => void): ReadableStream<Uint8Array<ArrayBuffer>> {
  let open = true;
  const finish = (): void => {
    if (open) done();
    open = false;
  };
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const next = await pieces.next();
          if (!open) return;
          if (next.done !== true) {
            controller.enqueue(next.value as Uint8Array<ArrayBuffer>);
            return;
          }
          finish();
          controller.close();
        } catch (error) {
          finish();
          controller.error(error);
        }
      },
      cancel() {
        finish();
        // A generator that waits is told when it goes on: nothing here waits for that.
        void Promise.resolve(pieces.return?.()).catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
}
