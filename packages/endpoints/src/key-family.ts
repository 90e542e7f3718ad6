import { KEY_FORMS, type KeyFamily } from "./key-forms.ts";

/**
 * Recognises whose key a text is, by what it begins with.
 *
 * @example Usage
 * ```ts
 * import { keyFamily } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(keyFamily("ABSKQmVkcm9ja0FQSUtleS0"), "bedrock");
 * ```
 *
 * @param key The key as it is in the header or the variable.
 * @returns The family; `unknown` if it begins like no key, as the token of a gateway does.
 */
export function keyFamily(key: string): KeyFamily {
  return KEY_FORMS.find(({ prefix }) => key.startsWith(prefix))?.family ?? "unknown";
}
