import type { StopSignal } from "../send/stop.ts";
import type { BodySource, Transport, TransportAnswer, TransportRequest } from "./transport.ts";

/** What the `fetch` of a runtime takes beyond the standard, such as the proxy of a request. */
export type FetchExtras = Readonly<Record<string, unknown>>;

/**
 * Sends through the `fetch` of the runtime: where there are no sockets, and on Bun through a proxy.
 *
 * @param extras What else is given to each call.
 * @param send The `fetch`.
 * @returns The transport.
 */
export function createFetchTransport(
  extras: FetchExtras = {},
  send: typeof globalThis.fetch = globalThis.fetch,
): Transport {
  return {
    async send({ method, url, headers, body, signal, stop, onConnect }: TransportRequest): Promise<TransportAnswer> {
      onConnect();
      const streamed = body instanceof ReadableStream ? { duplex: "half" } : {};
      const response = await send(url.href, {
        ...extras,
        method,
        headers: headers.map(([name, value]): [string, string] => [name, value]),
        body: body as Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | null,
        redirect: "manual",
        signal,
        ...streamed,
      });
      return {
        status: response.status,
        headers: response.headers,
        body: response.body === null ? null : sourceOf(response.body, stop),
      };
    },
  };
}

function sourceOf(body: ReadableStream<Uint8Array>, stop: StopSignal): BodySource {
  const reader = body.getReader();
  return {
    async read() {
      try {
        const { done, value } = await reader.read();
        return done ? null : value;
      } catch (error) {
        throw stop.isStopped ? stop.reason : error;
      }
    },
    cancel: () => void reader.cancel().catch(() => undefined),
  };
}
