import type { IncomingMessage } from "node:http";
import type { StopSignal } from "../send/stop.ts";
import type { BodySource } from "./transport.ts";

/**
 * Reads the answer of `node:http` part by part. The socket is read no further than the runtime's own buffer while nobody asks.
 *
 * @param message The answer.
 * @param stop What ends it.
 * @param onEnd Called once, when nothing more comes.
 * @returns Its body.
 */
export function readIncoming(message: IncomingMessage, stop: StopSignal, onEnd: () => void): BodySource {
  let state: "open" | "whole" | "broken" = "open";
  let failure: unknown;
  let wake: (() => void) | undefined;
  const waken = (): void => {
    const woken = wake;
    wake = undefined;
    woken?.();
  };
  const finish = (next: "whole" | "broken", error?: unknown): void => {
    if (state !== "open") return;
    state = next;
    failure = error;
    onEnd();
    waken();
  };
  message.on("readable", waken);
  message.on("end", () => finish("whole"));
  message.on("error", (error) => finish("broken", error));
  message.on("close", () => finish(message.complete ? "whole" : "broken", new Error("the connection was closed")));

  const read = (): Promise<Uint8Array | null> => {
    const bytes = message.read() as Uint8Array | null;
    if (bytes !== null) return Promise.resolve(bytes);
    if (stop.isStopped) return Promise.reject(stop.reason);
    if (state === "whole") return Promise.resolve(null);
    if (state === "broken") return Promise.reject(failure);
    return new Promise<void>((resolve) => (wake = resolve)).then(read);
  };
  return { read, cancel: () => void message.destroy() };
}
