import nodeHttp from "node:http";
import { createAnswerer, type ToStreamedResponse } from "./answer-request.ts";
import { GRACE_MS, KEEP_ALIVE_SECONDS, type Listen, MAX_HEADER_BYTES } from "./listener.ts";
import { createResponder } from "./responder.ts";
import { UnderWay } from "./under-way.ts";

/** What is used of Bun's server. */
interface BunServer {
  readonly port: number;
  stop(closeActiveConnections?: boolean): Promise<void>;
  /** Sets how long a connection may stay silent; 0 for ever. */
  timeout(request: Request, seconds: number): void;
}

declare const Bun: {
  serve(options: {
    readonly port: number;
    readonly hostname: string;
    readonly idleTimeout: number;
    readonly maxRequestBodySize: number;
    readonly fetch: (request: Request, server: BunServer) => Promise<Response>;
  }): BunServer;
};

/** A stream of Bun's own kind: what is written goes straight to the socket. */
interface DirectSource {
  readonly type: "direct";
  readonly pull: (controller: { write(bytes: Uint8Array): void; flush(): void; end(): void }) => void;
}

const toStreamedResponse: ToStreamedResponse = (bytes, init) => {
  const source: DirectSource = {
    type: "direct",
    pull(controller) {
      controller.write(bytes);
      // Without it, a short stream would go out as a body of known length.
      controller.flush();
      controller.end();
    },
  };
  return new Response(new ReadableStream(source as unknown as UnderlyingDefaultSource<Uint8Array<ArrayBuffer>>), init);
};

/**
 * HTTP/1.1 through `Bun.serve`.
 *
 * @see {@link https://bun.sh/docs/api/http | Bun.serve}
 */
export const serveBun: Listen = async (fake, port, host) => {
  const underWay = new UnderWay();
  const answer = createAnswerer(createResponder(fake, host), underWay, toStreamedResponse);
  // Bun has one limit for the whole process, and this is its place.
  (nodeHttp as { maxHeaderSize: number }).maxHeaderSize = MAX_HEADER_BYTES;
  const server = Bun.serve({
    port,
    hostname: host,
    idleTimeout: KEEP_ALIVE_SECONDS,
    // The fake has its own answer to a body that is too large.
    maxRequestBodySize: Number.MAX_SAFE_INTEGER,
    fetch: answer,
  });
  return {
    port: server.port,
    close: async () => {
      void server.stop();
      await underWay.settled(GRACE_MS);
      await server.stop(true);
    },
  };
};
