import { harmlessHeader } from "./harmless-names.ts";
import { hide } from "./hide.ts";
import { redactForm } from "./redact-form.ts";

/**
 * Hides what may be a key or a token in a header: the value, unless the name is known to be harmless.
 *
 * @example Usage
 * ```ts
 * import { redactHeader } from "@claude-on-aws/endpoints";
 * import { equal, match } from "node:assert/strict";
 *
 * equal(redactHeader("anthropic-version", "2023-06-01"), "2023-06-01");
 * match(redactHeader("Helicone-Auth", "Bearer mine"), /^‹11 characters #\w{4}›$/);
 * ```
 *
 * @param name Its name, in any case.
 * @param value Its value.
 * @returns The value, or as much of it as may be shown.
 */
export function redactHeader(name: string, value: string): string {
  if (value === "") return value;
  const form = harmlessHeader(name.toLowerCase());
  return form === undefined ? hide(value) : redactForm(form, value);
}
