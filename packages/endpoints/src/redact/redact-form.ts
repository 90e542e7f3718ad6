import { createForms } from "./forms.ts";
import { redactText } from "./redact-text.ts";
import { redactUrl } from "./redact-url.ts";

/**
 * Shows a value as its form allows.
 *
 * @example Usage
 * ```ts
 * import { redactForm } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(redactForm("hash", "0a".repeat(32)), "0a".repeat(32));
 * ```
 */
export const redactForm: ReturnType<typeof createForms> = /* @__PURE__ */ createForms({
  text: redactText,
  url: redactUrl,
});
