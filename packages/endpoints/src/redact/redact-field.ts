import { HARMLESS_FIELDS } from "./harmless-names.ts";
import { hide } from "./hide.ts";
import { redactForm } from "./redact-form.ts";

/**
 * Hides what may be a key or a token in a field of a JSON body: the value, unless the name is known to be harmless.
 *
 * @example Usage
 * ```ts
 * import { redactField } from "@claude-on-aws/endpoints";
 * import { equal, match } from "node:assert/strict";
 *
 * equal(redactField("model", "claude-opus-5"), "claude-opus-5");
 * match(redactField("refreshToken", "mine"), /^‹4 characters #\w{4}›$/);
 * ```
 *
 * @param name The name of the field.
 * @param value Its value.
 * @returns The value, or as much of it as may be shown.
 */
export function redactField(name: string, value: string): string {
  const form = HARMLESS_FIELDS.get(name);
  if (value === "") return value;
  return form === undefined ? hide(value) : redactForm(form, value);
}
