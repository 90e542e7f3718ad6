import type { CheckResult } from "../exchange/exchange.ts";
import { redactFault } from "../redact/redact-fault.ts";
import type { Secrets } from "../redact/secrets.ts";
import type { Fault } from "../terms/faults.ts";

/** What was asked of a request, and what is wrong; without a fault where it passed. */
export interface JournalCheck {
  /** Name of the check, such as `authentication`; `internal` and `override` for what threw. */
  readonly check: CheckResult["check"];
  readonly fault?: Omit<Fault, "kind">;
}

/**
 * Writes what a check found, without secrets.
 *
 * @returns The check, as it may leave the process.
 */
export const redactCheck = ({ check, fault }: CheckResult, secrets: Secrets): JournalCheck =>
  fault === undefined ? { check } : { check, fault: redactFault(fault, secrets) };
