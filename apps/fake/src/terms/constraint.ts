import { type Fault, fault } from "./faults.ts";

/** A value of the client's is not echoed any longer than this. */
const MAX_ECHO_CHARACTERS = 100;

/**
 * Refuses a value as AWS's control planes do.
 *
 * @returns A fault that repeats the beginning of the value.
 */
export function constraint(value: unknown, at: string, expected: string): Fault {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "null");
  const shown = text.length > MAX_ECHO_CHARACTERS ? `${text.slice(0, MAX_ECHO_CHARACTERS)}...` : text;
  return fault(
    "body-invalid",
    `1 validation error detected: Value '${shown}' at '${at}' failed to satisfy constraint: ${expected}`,
  );
}
