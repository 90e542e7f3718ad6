import { redactJson } from "./redact-json.ts";
import { redactText } from "./redact-text.ts";
import { redactQuery } from "./redact-url.ts";

const JSON_BEGINNING = /^\s*[{[]/;
const FORM = /^[A-Za-z0-9_.~%+-]{1,64}=[^\s"{}<>]*$/;
const EVENTS = /^(?:event|data|id|retry|:)/;

/**
 * Hides what may be a key or a token in a body: JSON, a form, server-sent events, or text.
 *
 * @example Usage
 * ```ts
 * import { redactBody } from "@claude-on-aws/endpoints";
 * import { match } from "node:assert/strict";
 *
 * match(redactBody('{"role": "user", "clientSecret": "mine"}'), /^{"role": "user", "clientSecret": "‹4 characters #\w{4}›"}$/);
 * ```
 *
 * @param text The body, or its beginning.
 * @returns The body; what is hidden is written as `hide` writes it.
 */
export function redactBody(text: string): string {
  const bare = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const mark = text.slice(0, text.length - bare.length);
  if (JSON_BEGINNING.test(bare)) return mark + redactJson(bare);
  if (FORM.test(bare)) return mark + redactQuery(bare);
  if (EVENTS.test(bare)) return mark + bare.split("\n").map(redactLine).join("\n");
  return mark + redactText(bare);
}

/** A line of server-sent events: what stands in `data` is a body of its own. */
function redactLine(line: string): string {
  const [, field = "", value = ""] = /^(data: ?)(.*)$/s.exec(line) ?? [];
  return field === "" ? redactText(line) : field + (JSON_BEGINNING.test(value) ? redactJson(value) : redactText(value));
}
