import { DEFAULTS } from "../settings/defaults.ts";
import { GatewayError } from "../gateway-error.ts";
import type { AuditSink } from "./audit-record.ts";
import type { AuditTarget } from "./audit-target.ts";
import { formatAuditLine } from "./format-audit-line.ts";
import { LineQueue } from "./line-queue.ts";

/** Options for {@link createAuditLog}. */
export interface AuditLogOptions {
  /**
   * What follows where a line cannot be written. `continue` loses it, and counts it. `refuse` keeps it, and the sink says of each line
   * whether it is written, so that no further request is taken until one is.
   *
   * @default {"continue"}
   */
  readonly onFailure?: "continue" | "refuse" | undefined;
  /**
   * Bytes of lines that wait to be written at most; what comes beyond is lost, and counted.
   *
   * @default {16_777_216}
   */
  readonly maxQueuedBytes?: number | undefined;
  /**
   * How long closing waits for what is not written yet, in milliseconds.
   *
   * @default {5_000}
   */
  readonly closeTimeoutMs?: number | undefined;
  /** Told in words when lines are lost, and when they are written again. */
  readonly warn: (line: string) => void;
}

/** Writes a line for each request, in their order. */
export interface AuditLog {
  /**
   * Takes a record. With `refuse` it resolves when the line is written.
   *
   * @throws {GatewayError} With `refuse`, `AUDIT_UNWRITABLE` where it is not: it waits, and is written together with a later one.
   */
  readonly sink: AuditSink;
  /** Whether the last line could not be written. */
  readonly isFailing: () => boolean;
  /** How many lines were lost since the start. */
  readonly lost: () => number;
  /** Goes on in what lies under the same name by then. */
  readonly reopen: () => Promise<void>;
  /** Writes what waits, and lets the target go. */
  readonly close: () => Promise<void>;
}

const DEFAULT_CLOSE_TIMEOUT_MS = 5_000;

/**
 * Makes an audit log. A request never waits for it: lines wait in memory, within a limit, until the target has taken those before.
 *
 * @param target Where lines go.
 * @param options What follows where they cannot be written, and the limits.
 * @returns The log.
 */
export function createAuditLog(target: AuditTarget, options: AuditLogOptions): AuditLog {
  const { maxQueuedBytes = DEFAULTS.maxQueuedBytes, closeTimeoutMs = DEFAULT_CLOSE_TIMEOUT_MS, warn } = options;
  const keepsLines = options.onFailure === "refuse";
  const queue = new LineQueue(maxQueuedBytes);
  let failure: string | undefined;
  let lost = 0;
  let lostInFailure = 0;
  let writing: Promise<void> | undefined;
  let reopening: PromiseWithResolvers<void> | undefined;
  /** Who waits to hear of a line, by how many lines have to be written by then. */
  let waiters: (PromiseWithResolvers<void> & { readonly line: number })[] = [];
  let [taken, written] = [0, 0];

  const lose = (count: number): void => {
    lost += count;
    lostInFailure += count;
  };
  const fail = (why: string): void => {
    if (failure === undefined) {
      const follows = keepsLines ? "no request is taken until it can" : "requests go on without";
      warn(`Cannot write the audit: ${why}; ${follows}`);
    }
    failure = why;
    for (const { reject } of waiters) reject(unwritable(why));
    waiters = [];
  };
  const recover = (): void => {
    if (failure === undefined) return;
    failure = undefined;
    warn(`The audit is written again; ${lostInFailure} ${lostInFailure === 1 ? "line was" : "lines were"} lost`);
    lostInFailure = 0;
  };
  const reopen = async (asked: PromiseWithResolvers<void>): Promise<void> => {
    reopening = undefined;
    await target.reopen().then(asked.resolve, asked.reject);
  };
  /** Writes what waits; answers whether to go on. */
  const writeSome = async (): Promise<boolean> => {
    try {
      const bytes = await target.write(queue.peek());
      if (bytes === 0) throw new Error("nothing of it was taken");
      written += queue.advance(bytes);
      recover();
      for (const { line, resolve } of waiters) if (line <= written) resolve();
      waiters = waiters.filter(({ line }) => line > written);
      return true;
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
      if (!keepsLines) lose(queue.drop());
      return !keepsLines;
    }
  };
  const hasWork = (): boolean => queue.length > 0 || reopening !== undefined;
  const work = async (): Promise<void> => {
    // Behind whatever started it, which has to know of it.
    await undefined;
    for (let goesOn = true; goesOn && hasWork();) {
      if (reopening !== undefined) await reopen(reopening);
      if (queue.length > 0) goesOn = await writeSome();
    }
    writing = undefined;
  };
  const start = (): void => {
    if (hasWork()) writing ??= work();
  };
  return {
    sink: (record) => {
      const isTaken = queue.push(formatAuditLine(record));
      start();
      if (!isTaken) {
        lose(1);
        const why = `more than ${maxQueuedBytes} bytes of it wait to be written`;
        fail(why);
        if (keepsLines) throw unwritable(why);
        return undefined;
      }
      taken += 1;
      if (!keepsLines) return undefined;
      const waiter = { ...Promise.withResolvers<void>(), line: taken };
      waiters.push(waiter);
      return waiter.promise;
    },
    isFailing: () => failure !== undefined,
    lost: () => lost,
    reopen: () => {
      reopening ??= Promise.withResolvers();
      const { promise } = reopening;
      start();
      return promise;
    },
    close: async () => {
      start();
      await settledWithin(writing ?? Promise.resolve(), closeTimeoutMs);
      const left = queue.drop();
      if (left > 0) {
        lose(left);
        warn(`Cannot write the audit to its end: ${left} ${left === 1 ? "line is" : "lines are"} lost`);
      }
      await target.close();
    },
  };
}

const unwritable = (why: string): GatewayError =>
  new GatewayError("AUDIT_UNWRITABLE", `Cannot write the audit: ${why}; make room for it`);

async function settledWithin(work: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<void>((resolve) => (timer = setTimeout(resolve, timeoutMs)));
  await Promise.race([work, tooLate]);
  clearTimeout(timer);
}
