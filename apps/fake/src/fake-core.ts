import type { ReceivedRequest, WireReply } from "./exchange.ts";
import { handle } from "./handle.ts";
import { type FakeOptions, type FakeSettings, resolveOptions } from "./options.ts";
import { Journal } from "./record/journal.ts";

/** A fake without its msw handlers: what the server needs. */
export interface FakeCore {
  /** Every default in place. */
  readonly settings: FakeSettings;
  /** Answers a request. This is the whole server; it never throws on what a client sent. */
  readonly handle: (request: ReceivedRequest) => Promise<WireReply>;
  /** The exchanges so far. */
  readonly journal: Journal;
}

/** Makes a fake that loads no other package. */
export function createFakeCore(options?: FakeOptions): FakeCore {
  const settings = resolveOptions(options);
  const journal = new Journal(settings);
  return { settings, journal, handle: (request) => handle(request, settings, journal) };
}
