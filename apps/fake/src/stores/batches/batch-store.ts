import type { FakeSettings } from "../../settings/fake-settings.ts";
import type { ByteBudget } from "../byte-budget.ts";
import type { MessageBatch } from "./message-batch.ts";

/** What is reserved for the result of each request, in addition to the body of its batch, in bytes. */
const RESERVED_PER_REQUEST = 1024;

/**
 * Reckons how much room a batch takes: its body, and 1 KiB for each result.
 *
 * @returns Bytes.
 */
export const bytesOfBatch = (bodyBytes: number, requestCount: number): number =>
  bodyBytes + requestCount * RESERVED_PER_REQUEST;

/** The batches of all workspaces, oldest first. */
export class BatchStore {
  readonly #maxBatches: number;
  readonly #bytes: ByteBudget;
  readonly #now: () => Date;
  readonly #batches = new Map<string, MessageBatch>();

  constructor({ maxResources, now }: Pick<FakeSettings, "maxResources" | "now">, bytes: ByteBudget) {
    this.#maxBatches = maxResources;
    this.#bytes = bytes;
    this.#now = now;
  }

  /**
   * Makes room for a batch, and takes it: the oldest batches that have ended
   * are forgotten where there are too many, and lose their results where they
   * take too much.
   *
   * @returns `false` where the batches that run, and the files, leave no room.
   */
  add(batch: MessageBatch): boolean {
    const ended = [...this.#batches.values()].filter(({ endedAt }) => endedAt !== undefined).values();
    while (this.#batches.size >= this.#maxBatches) {
      const oldest = ended.next().value;
      if (oldest === undefined) return false;
      this.remove(oldest);
    }
    while (!this.#bytes.take(batch.bytes)) {
      const oldest = ended.next().value;
      if (oldest === undefined) return false;
      this.#archive(oldest);
    }
    this.#batches.set(batch.id, batch);
    return true;
  }

  /** The batch with an ID; those of another workspace do not exist. */
  find(id: string, workspaceId: string): MessageBatch | undefined {
    const batch = this.#batches.get(id);
    return batch?.workspaceId === workspaceId ? batch : undefined;
  }

  /** The batches of a workspace, newest first. */
  list(workspaceId: string): MessageBatch[] {
    return [...this.#batches.values()].filter((batch) => batch.workspaceId === workspaceId).toReversed();
  }

  /** Forgets a batch. */
  remove(batch: MessageBatch): void {
    this.#batches.delete(batch.id);
    if (batch.archivedAt === undefined) this.#bytes.give(batch.bytes);
  }

  /** Forgets all of them. */
  reset(): void {
    this.#batches.clear();
  }

  #archive(batch: MessageBatch): void {
    if (batch.archivedAt !== undefined) return;
    batch.archivedAt = this.#now();
    batch.lines = [];
    this.#bytes.give(batch.bytes);
  }
}
