import { createAnswerer, type ToStreamedResponse } from "./answer-request.ts";
import { GRACE_MS, type Listen } from "./listener.ts";
import { createResponder } from "./responder.ts";
import { UnderWay } from "./under-way.ts";

declare const Deno: {
  serve(
    options: {
      readonly port: number;
      readonly hostname: string;
      readonly signal: AbortSignal;
      readonly onListen: () => void;
    },
    handler: (request: Request) => Promise<Response>,
  ): { readonly addr: { readonly port: number }; readonly finished: Promise<void> };
};

/** What is told to who comes when the server is about to go. */
const closed = (): Response => new Response(null, { status: 503, headers: { connection: "close" } });

/** A body of known length goes out in one chunk where the headers ask for it: no stream is made. */
const toStreamedResponse: ToStreamedResponse = (bytes, init) =>
  new Response(bytes, {
    ...init,
    headers: [...(init.headers as [string, string][]), ["transfer-encoding", "chunked"]],
  });

/**
 * HTTP/1.1 through `Deno.serve`.
 *
 * @see {@link https://docs.deno.com/api/deno/~/Deno.serve | Deno.serve}
 */
export const serveDeno: Listen = async (fake, port, host) => {
  const underWay = new UnderWay();
  const answer = createAnswerer(createResponder(fake, host), underWay, toStreamedResponse);
  const hangUp = new AbortController();
  let closing = false;
  const server = Deno.serve({ port, hostname: host, signal: hangUp.signal, onListen: () => {} }, (request) =>
    closing ? Promise.resolve(closed()) : answer(request),
  );
  return {
    port: server.addr.port,
    close: async () => {
      // Deno's own graceful end cannot be cut short once it has begun.
      closing = true;
      await underWay.settled(GRACE_MS);
      hangUp.abort();
      await server.finished;
    },
  };
};
