import type { FakeCore } from "../create/fake-core.ts";

/** A server that listens, whatever runs it. */
export interface Listener {
  readonly port: number;
  /** Stops listening, lets answers under way finish for the grace, then hangs up. */
  readonly close: () => Promise<void>;
}

/** Puts a fake on a port of an address; fails with the error of the operating system. */
export type Listen = (fake: FakeCore, port: number, host: string) => Promise<Listener>;

/** How long answers under way may take to finish when a server closes. */
export const GRACE_MS = 2_000;

/** Session tokens of AWS are long: the 16 KiB that runtimes take by themselves would not do for some. */
export const MAX_HEADER_BYTES = 65_536;

/** Longer than any client keeps a connection unused: the fake is never the one that hangs up between two requests. */
export const KEEP_ALIVE_SECONDS = 120;
