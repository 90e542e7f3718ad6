import { AUTHENTICATION_RULES } from "./authentication.ts";
import { BODY_RULES } from "./bodies.ts";
import { CONVERSATION_RULES } from "./conversations.ts";
import { CREDENTIAL_HYGIENE_RULES } from "./credential-hygiene.ts";
import { HEADER_RULES } from "./headers.ts";
import { PATH_RULES } from "./paths.ts";
import { PERMISSION_RULES } from "./permissions.ts";
import { RETRY_RULES } from "./retries.ts";
import type { Rule } from "./rule.ts";
import { VERSION_RULES } from "./versions.ts";

/**
 * Everything that a conforming client does, in the order in which a report lists it.
 *
 * @example What breaks a client
 * ```ts
 * import { RULES } from "@claude-on-aws/fake";
 * import { match } from "node:assert/strict";
 *
 * const rule = RULES.find(({ id }) => id === "sigv4-clock");
 * match(rule?.what ?? "", /within five minutes/);
 * ```
 */
export const RULES: readonly Rule[] = [
  ...AUTHENTICATION_RULES,
  ...PERMISSION_RULES,
  ...HEADER_RULES,
  ...VERSION_RULES,
  ...PATH_RULES,
  ...BODY_RULES,
  ...RETRY_RULES,
  ...CONVERSATION_RULES,
  ...CREDENTIAL_HYGIENE_RULES,
];
