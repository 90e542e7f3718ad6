import type { Evidence } from "../evidence/evidence.ts";
import type { DetailCode } from "../terms/fault-details.ts";
import type { FaultName } from "../terms/faults.ts";

/** For what a request was refused. */
export interface Refusal {
  readonly name: FaultName;
  /** What it says more precisely. */
  readonly code?: DetailCode | undefined;
}

/**
 * Everything for which a request was refused, by a check or because a scenario asked for it: a client that comes back is told
 * the same by both.
 */
export function refusalsOf({ checks, fault: asked }: Pick<Evidence, "checks" | "fault">): readonly Refusal[] {
  const found = checks.flatMap(({ fault }) =>
    fault === undefined ? [] : [{ name: fault.name, code: fault.details?.code }],
  );
  return asked?.refusal === undefined ? found : [...found, { name: asked.refusal, code: asked.code }];
}
