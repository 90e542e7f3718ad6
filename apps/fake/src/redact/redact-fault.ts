import type { FaultDetails } from "../terms/fault-details.ts";
import type { Fault } from "../terms/faults.ts";
import { redactCanonicalRequest, redactStringToSign, redactText } from "./redact.ts";
import type { Secrets } from "./secrets.ts";

/** Details of a fault that are no free text. */
const REDACTIONS: ReadonlyMap<string, (text: string, secrets: Secrets) => string> = new Map([
  ["canonicalRequest", redactCanonicalRequest],
  ["signedCanonicalRequest", redactCanonicalRequest],
  ["stringToSign", redactStringToSign],
]);

/**
 * Writes why a request was refused, without secrets. AWS prints the canonical request in its message; it is kept once, under
 * `details`.
 *
 * @returns The refusal, as it may leave the process.
 */
export function redactFault(fault: Fault, secrets: Secrets): Omit<Fault, "kind"> {
  const { kind: _, ...shown } = fault;
  const { message, details } = shown;
  const [sentence = ""] = details?.canonicalRequest === undefined ? [message] : message.split("\n\n", 1);
  const redacted = Object.entries(details ?? {}).map(([name, value]) => [
    name,
    (REDACTIONS.get(name) ?? redactText)(value, secrets),
  ]);
  return {
    ...shown,
    message: redactText(sentence, secrets),
    ...(details === undefined ? {} : { details: Object.fromEntries(redacted) as FaultDetails }),
  };
}
