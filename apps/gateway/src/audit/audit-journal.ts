import type { AuditRecord, AuditSink } from "./audit-record.ts";

/** Hands records to a sink, and remembers whether it took the last one. */
export interface AuditJournal {
  /** Whether requests are refused because the sink failed. */
  readonly isClosed: boolean;
  /** Hands a record over; what the sink throws is told and kept in mind. */
  readonly write: (record: AuditRecord) => void;
}

/** Options for {@link createAuditJournal}. */
export interface AuditJournalOptions {
  readonly sink: AuditSink | undefined;
  /** Whether requests are refused as long as records cannot be written. */
  readonly refuses: boolean;
  /** Told what the sink throws. */
  readonly onError: (error: unknown) => void;
}

/**
 * Makes the journal of a gateway. A sink that failed is given each further record, those of the refusals among them: as soon as it takes one,
 * requests are served again.
 *
 * @param options The sink, and what follows when it fails.
 * @returns The journal.
 */
export function createAuditJournal({ sink, refuses, onError }: AuditJournalOptions): AuditJournal {
  let hasFailed = false;
  const fail = (error: unknown): void => {
    hasFailed = true;
    onError(error);
  };
  const succeed = (): void => {
    hasFailed = false;
  };
  return {
    get isClosed() {
      return refuses && hasFailed;
    },
    write(record) {
      if (sink === undefined) return;
      try {
        const written = sink(record);
        if (written === undefined) succeed();
        else written.then(succeed, fail);
      } catch (error) {
        fail(error);
      }
    },
  };
}
