import { setTimeout, clearTimeout } from "node:timers";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import { formatResult, type BatchResult } from "./batch-result.ts";
import type { BatchRequest, MessageBatch } from "./message-batch.ts";

/** Answers one request of a batch. */
export type AnswerRequest = (request: BatchRequest) => Promise<BatchResult>;

type RunnerSettings = Pick<FakeSettings, "batchDurationMs" | "now">;

/** How many requests of a batch are answered at once; a scenario may make each of them wait. */
const MAX_UNDER_WAY = 16;

/** How many requests are answered before others get their turn. */
const SLICE = 256;

/** Least time between two looks at the clock, in milliseconds. */
const MIN_STEP_MS = 5;

/** How long a batch stays `canceling`, in milliseconds, unless batches are faster than that. */
const MAX_CANCELING_MS = 100;

/** A batch while it runs. */
interface Run {
  readonly batch: MessageBatch;
  readonly answer: AnswerRequest;
  /** Emptied from the front: what was answered is not kept. */
  readonly requests: (BatchRequest | undefined)[];
  isStopped: boolean;
  /** Ends the waiting. */
  wake: () => void;
}

/** Runs batches in the background. Its timers keep no process alive. */
export class BatchRunner {
  readonly #settings: RunnerSettings;
  readonly #runs = new Map<MessageBatch, Run>();

  constructor(settings: RunnerSettings) {
    this.#settings = settings;
  }

  /** How many batches run. */
  get running(): number {
    return this.#runs.size;
  }

  /**
   * Lets a batch run.
   *
   * @param answer Answers each of its requests.
   */
  start(batch: MessageBatch, requests: readonly BatchRequest[], answer: AnswerRequest): void {
    const run: Run = { batch, answer, requests: [...requests], isStopped: false, wake: () => {} };
    this.#runs.set(batch, run);
    void this.#run(run);
  }

  /** Lets a batch end early: what is under way is finished, the rest is canceled. */
  cancel(batch: MessageBatch): void {
    batch.cancelInitiatedAt = this.#settings.now();
    this.#runs.get(batch)?.wake();
  }

  /** Stops everything that runs; nobody hears of it again. */
  reset(): void {
    for (const run of this.#runs.values()) {
      run.isStopped = true;
      run.wake();
    }
    this.#runs.clear();
  }

  async #run(run: Run): Promise<void> {
    const { batch, requests } = run;
    const { batchDurationMs } = this.#settings;
    const stepMs = Math.max(MIN_STEP_MS, batchDurationMs / requests.length);
    const began = performance.now();
    const underWay = new Set<Promise<void>>();
    let at = 0;
    let answered = 0;
    while (at < requests.length && batch.cancelInitiatedAt === undefined) {
      // The first wait lets the client hear of the batch before it runs.
      await wait(run, answered === SLICE ? 0 : Math.min(stepMs, batchDurationMs));
      if (run.isStopped) return;
      const elapsed = performance.now() - began;
      const due =
        elapsed >= batchDurationMs ? requests.length : Math.floor((elapsed / batchDurationMs) * requests.length);
      for (answered = 0; at < due && answered < SLICE && batch.cancelInitiatedAt === undefined; answered++) {
        const settled = this.#settle(run, at++).finally(() => underWay.delete(settled));
        underWay.add(settled);
        if (underWay.size >= MAX_UNDER_WAY) await Promise.race(underWay);
        if (run.isStopped) return;
      }
    }
    await Promise.all(underWay);
    if (batch.cancelInitiatedAt !== undefined) await wait(run, Math.min(MAX_CANCELING_MS, batchDurationMs));
    if (run.isStopped) return;
    for (; at < requests.length; at++) record(run, at, { type: "canceled" });
    batch.endedAt = this.#settings.now();
    this.#runs.delete(batch);
  }

  async #settle(run: Run, at: number): Promise<void> {
    const request = run.requests[at];
    if (request === undefined) return;
    const isExpired = run.batch.expiresAt <= this.#settings.now();
    const result = isExpired ? ({ type: "expired" } as const) : await run.answer(request);
    if (!run.isStopped) record(run, at, result);
  }
}

function record({ batch, requests }: Run, at: number, result: BatchResult): void {
  const request = requests[at];
  if (request === undefined) return;
  requests[at] = undefined;
  batch.counts.processing--;
  batch.counts[result.type]++;
  batch.lines.push(formatResult(request.customId, result));
}

function wait(run: Run, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    run.wake = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(resolve, delayMs);
    timer.unref();
  });
}
