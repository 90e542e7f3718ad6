import { type Handler, listen, type Listener, type ListenOptions } from "../../src/index.ts";

/** Runs a test against a server of its own. */
export async function withServer(
  handler: Handler,
  options: ListenOptions,
  run: (server: Listener) => Promise<void>,
): Promise<void> {
  const server = await listen(handler, { closeGraceMs: 50, ...options });
  try {
    await run(server);
  } finally {
    await server.close();
  }
}

const encoder = new TextEncoder();

/** A text as bytes. */
export const bytes = (text: string): Uint8Array => encoder.encode(text);

/** A text of bytes. */
export const text = (of: Uint8Array | undefined): string => new TextDecoder().decode(of);

/** Waits until a condition holds; the test's own limit ends it otherwise. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((next) => setTimeout(next, 2));
}

/** Something that is waited for from elsewhere. */
export interface Signal<Value = void> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
}

/** Makes one. */
export function signal<Value = void>(): Signal<Value> {
  const { promise, resolve } = Promise.withResolvers<Value>();
  return { promise, resolve };
}
