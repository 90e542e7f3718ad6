import type { FakeSettings } from "../settings/fake-settings.ts";
import type { Fault } from "../terms/faults.ts";
import type { CheckName, CredentialCheckName } from "./check-name.ts";
import type { CheckResult, Exchange } from "./exchange.ts";
import type { FakeState } from "./fake-state.ts";

/** What a check says: the fault it found, `not-applicable` where it had nothing to look at, or nothing where all is well. */
export type Verdict = Fault | "not-applicable" | undefined;

/** What can be asked: anything that keeps what was found. */
export interface Checked {
  /** What was asked of it so far, in order. A check that had nothing to look at is not among them. */
  readonly checked: CheckResult[];
}

/** One thing that is asked of every request of a kind. */
export interface Check<Asked extends Checked = Exchange, Name extends CheckName | CredentialCheckName = CheckName> {
  /** Its name, as it stands in the journal. */
  readonly name: Name;
  /** Whether nothing can be answered once it failed, even where findings are only recorded. */
  readonly decisive?: true;
  readonly check: (exchange: Asked, settings: FakeSettings, state: FakeState) => Verdict | Promise<Verdict>;
}
