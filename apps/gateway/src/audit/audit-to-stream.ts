import type { AuditTarget } from "./audit-target.ts";

/** A stream of the process, as far as it is needed. */
export interface WritableBytes {
  write(bytes: Uint8Array, done: (error?: Error | null) => void): boolean;
}

/**
 * Writes lines to standard output or standard error.
 *
 * @param stream The stream; it stays open.
 * @returns The target.
 */
export const auditToStream = (stream: WritableBytes): AuditTarget => ({
  write: (bytes) =>
    new Promise((resolve, reject) => {
      stream.write(bytes, (error) => (error ? reject(error) : resolve(bytes.length)));
    }),
  reopen: async () => {},
  close: async () => {},
});
