import { KEY_FORMS, type KeyFamily } from "./key-forms.ts";

/**
 * Recognises whose key a text is, by how it begins.
 *
 * @example Usage
 * ```ts
 * import { keyFamily } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(keyFamily("ABSKQmVkcm9ja0FQSUtleS0"), "bedrock");
 * ```
 *
 * @param key The key as it stands in the header or the variable.
 * @returns `unknown` where it begins like none, as the token of a gateway does.
 */
export function keyFamily(key: string): KeyFamily {
  return KEY_FORMS.find(({ prefix }) => key.startsWith(prefix))?.family ?? "unknown";
}
