/** Where lines of an audit go. */
export interface AuditTarget {
  /**
   * Writes bytes.
   *
   * @returns How many were written; it may be fewer than given.
   * @throws Where nothing could be written.
   */
  readonly write: (bytes: Uint8Array) => Promise<number>;
  /**
   * Goes on in what lies under the same name by then, as after `logrotate`.
   *
   * @throws Where that cannot be opened; what was there before goes on then.
   */
  readonly reopen: () => Promise<void>;
  readonly close: () => Promise<void>;
}
