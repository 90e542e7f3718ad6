import { KEY_FORMS, type KeyTerm } from "./key-forms.ts";

/**
 * Says how long a key lives, by what it begins with.
 *
 * @example Usage
 * ```ts
 * import { keyTerm } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(keyTerm("bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t"), "short");
 * ```
 *
 * @param key The key as it is in the header or the variable.
 * @returns The term; `long` if it begins like no key.
 */
export function keyTerm(key: string): KeyTerm {
  return KEY_FORMS.find(({ prefix }) => key.startsWith(prefix))?.term ?? "long";
}
