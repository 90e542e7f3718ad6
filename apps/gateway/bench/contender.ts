import type { ServerProcess } from "./server-process.ts";

/** A server that is compared: what it is called, and which ones mark what it is held to. */
export interface ContenderTitle {
  readonly name: string;
  /** The least that its runtime can do. */
  readonly floor?: string;
  /** What others have like it. */
  readonly peer?: string;
}

/** A server that is compared, running. */
export interface Contender extends ContenderTitle {
  readonly server: ServerProcess;
}
