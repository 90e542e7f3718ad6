/** What accepts connections. */
export interface Acceptor {
  readonly port: number;
  /** Accepts no more. */
  stop(): void;
  /** Hangs up on whoever is left; resolves when nothing is open any more. */
  close(): Promise<void>;
}
