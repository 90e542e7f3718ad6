import type { Transport, TransportRequest } from "@claude-on-aws/fetch";
import { request as sendRequest, type IncomingMessage } from "node:http";

/** Changes a request on its way to the service. */
export type ChangeRequest = (request: TransportRequest) => TransportRequest | Promise<TransportRequest>;

/** Sends over plain sockets, and lets a gateway of the tests be wrong about what it sends. */
export function createNodeTransport(change: ChangeRequest = (request) => request): Transport {
  return {
    send: async (given) => {
      const { method, url, headers, body, signal, onConnect } = await change(given);
      const bytes = body instanceof Uint8Array ? body : new Uint8Array();
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
      const outgoing = sendRequest(url, {
        method,
        headers: { ...Object.fromEntries(headers), "content-length": String(bytes.length) },
        agent: false,
      });
      outgoing.on("response", resolve).on("error", reject);
      signal.addEventListener("abort", () => outgoing.destroy());
      outgoing.end(bytes);
      onConnect();
      const incoming = await promise;
      const pieces = incoming[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
      return {
        status: incoming.statusCode ?? 0,
        headers: new Headers(
          Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
        ),
        body: {
          read: async () => {
            const { done, value } = await pieces.next();
            if (done !== true) return value;
            if (!incoming.complete) throw new Error("The service hung up");
            return null;
          },
          cancel: () => void incoming.destroy(),
        },
      };
    },
  };
}
