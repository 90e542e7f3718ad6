import type { Exchange } from "./exchange.ts";
import type { Fault } from "../terms/faults.ts";
import type { FakeSettings } from "../settings/options.ts";

/** What a check says: the fault it found, `not-applicable` where it had nothing to look at, or nothing where all is well. */
export type Verdict = Fault | "not-applicable" | undefined;

/** One thing that is asked of every request. */
export interface Check {
  /** Its name, as it stands in the journal. */
  readonly name: string;
  /** Whether nothing can be answered once it failed, even where findings are only recorded. */
  readonly decisive?: true;
  readonly check: (exchange: Exchange, settings: FakeSettings) => Verdict | Promise<Verdict>;
}
