import type { CheckResult } from "../exchange/exchange.ts";
import { redactCanonicalRequest } from "../redact/redact.ts";
import { redactSecrets, type Secrets } from "../redact/secrets.ts";
import type { FaultDetails } from "../terms/fault-details.ts";
import type { Fault } from "../terms/faults.ts";

/** What was asked of a request, and what is wrong; without a fault where it passed. */
export interface JournalCheck {
  /** Name of the check, such as `authentication`; `internal` and `override` for what threw. */
  readonly check: CheckResult["check"];
  readonly fault?: Omit<Fault, "kind">;
}

/** Details of a fault that are canonical requests. */
const CANONICAL_REQUESTS: ReadonlySet<string> = new Set(["canonicalRequest", "signedCanonicalRequest"]);

/**
 * Writes what a check found, without secrets. AWS prints the canonical request in its message; it is kept once, under
 * `details`.
 *
 * @returns The check, as it may leave the process.
 */
export function redactCheck({ check, fault }: CheckResult, secrets: Secrets): JournalCheck {
  if (fault === undefined) return { check };
  const { kind: _, ...shown } = fault;
  const { message, details } = shown;
  const [sentence = ""] = details?.canonicalRequest === undefined ? [message] : message.split("\n\n", 1);
  const redacted = Object.entries(details ?? {}).map(([name, value]) => [
    name,
    CANONICAL_REQUESTS.has(name) ? redactCanonicalRequest(value, secrets) : redactSecrets(value, secrets),
  ]);
  return {
    check,
    fault: {
      ...shown,
      message: redactSecrets(sentence, secrets),
      ...(details === undefined ? {} : { details: Object.fromEntries(redacted) as FaultDetails }),
    },
  };
}
