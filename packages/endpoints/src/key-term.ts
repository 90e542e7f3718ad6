import { KEY_FORMS, type KeyTerm } from "./key-forms.ts";

/**
 * Says how long a key lives, by how it begins.
 *
 * @example Usage
 * ```ts
 * import { keyTerm } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(keyTerm("bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t"), "short");
 * ```
 *
 * @param key The key as it stands in the header or the variable.
 * @returns `long` for what begins like no key.
 */
export function keyTerm(key: string): KeyTerm {
  return KEY_FORMS.find(({ prefix }) => key.startsWith(prefix))?.term ?? "long";
}
