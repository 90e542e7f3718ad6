/** One request of a batch. */
export interface BatchRequest {
  readonly customId: string;
  /** A body of CreateMessage; nobody looks at it before its turn comes. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** How many requests of a batch are in which state. */
interface RequestCounts {
  processing: number;
  succeeded: number;
  errored: number;
  canceled: number;
  expired: number;
}

/** A batch as the fake keeps it. */
export interface MessageBatch {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Where its results are. */
  readonly resultsUrl: string;
  readonly requestCount: number;
  /** Bytes that are reserved for it. */
  readonly bytes: number;
  cancelInitiatedAt?: Date;
  endedAt?: Date;
  /** Set where the results were discarded. */
  archivedAt?: Date;
  readonly counts: RequestCounts;
  /** Its results, one a line of JSON, as they came. */
  lines: string[];
}

/** How long results are kept, in milliseconds: 29 days. */
const RESULTS_KEPT_MS = 29 * 86_400_000;

/**
 * Says when the results of a batch were discarded.
 *
 * @returns `undefined` as long as they are there.
 */
export function archivedAt({ archivedAt: at, createdAt }: MessageBatch, now: Date): Date | undefined {
  const end = new Date(createdAt.getTime() + RESULTS_KEPT_MS);
  return at ?? (end <= now ? end : undefined);
}

/**
 * Describes a batch as the service does. Until it has ended, all of its
 * requests are counted as being processed.
 *
 * @returns An object of JSON.
 * @see {@link https://platform.claude.com/docs/en/api/messages/batches | Message Batches}
 */
export function describeBatch(batch: MessageBatch, now: Date): object {
  const { id, createdAt, expiresAt, cancelInitiatedAt, endedAt, resultsUrl, requestCount, counts } = batch;
  const archived = archivedAt(batch, now);
  const isOver = endedAt !== undefined;
  return {
    id,
    type: "message_batch",
    processing_status: isOver ? "ended" : cancelInitiatedAt === undefined ? "in_progress" : "canceling",
    request_counts: isOver
      ? { ...counts }
      : { processing: requestCount, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
    ended_at: endedAt?.toISOString() ?? null,
    created_at: createdAt.toISOString(),
    expires_at: expiresAt.toISOString(),
    archived_at: archived?.toISOString() ?? null,
    cancel_initiated_at: cancelInitiatedAt?.toISOString() ?? null,
    results_url: isOver && archived === undefined ? resultsUrl : null,
  };
}
