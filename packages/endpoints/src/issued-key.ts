import { KEY_FORMS } from "./key-forms.ts";

/**
 * Finds keys as AWS and Anthropic issue them in any text: whoever sees one may use it. Placeholders and bare prefixes do
 * not count. It has the flag `g`: for `replace`, `match` and `matchAll`.
 *
 * @example Usage
 * ```ts
 * import { ISSUED_KEY } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * const log = `sent ABSK${"QmVkcm9ja0FQSUtleS1hYmNk"} to the proxy`;
 * equal(log.replace(ISSUED_KEY, "…"), "sent … to the proxy");
 * ```
 */
export const ISSUED_KEY: RegExp = /* @__PURE__ */ (() =>
  new RegExp(`\\b(?:${KEY_FORMS.map(({ prefix, issued }) => prefix + issued).join("|")})`, "g"))();
