import { KEY_FORMS } from "./key-forms.ts";

/**
 * Finds where a key of any family begins. It is for a text that may be cut off within a key, so that too little is left
 * for `ISSUED_KEY`.
 *
 * @example Usage
 * ```ts
 * import { KEY_BEGINNING } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal("sent ABSKQm".search(KEY_BEGINNING), 5);
 * ```
 */
export const KEY_BEGINNING: RegExp = /* @__PURE__ */ (() =>
  new RegExp(KEY_FORMS.map(({ prefix }) => prefix).join("|")))();
