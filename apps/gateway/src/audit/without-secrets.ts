import { KEY_FORMS } from "@claude-on-aws/endpoints";
import { TOKEN_PREFIX } from "../terms/token-prefix.ts";

/** How credentials begin, and what follows. A JWT begins where a word does: otherwise a word of many beginnings would be read for each. */
const FORMS: readonly (readonly [begins: string, follows: string])[] = [
  [TOKEN_PREFIX, "[0-9a-f]{8,}"],
  ["(?<![\\w-])eyJ", "[\\w-]{1,16384}\\.[\\w-]{1,16384}\\.[\\w-]*"],
  ...KEY_FORMS.map(({ prefix, issued }) => [escapeForRegExp(prefix), issued] as const),
];

const SECRET = /* @__PURE__ */ new RegExp(FORMS.map(([begins, follows]) => `(${begins})(?:${follows})`).join("|"), "g");

/** A user and a password before the host of a URL, as in a target that is a whole one. */
const USER = /\/\/[^/?#@]*@/g;

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/**
 * Takes credentials out of a text of a client's, such as a path in which a token stands because a base URL was put together wrongly.
 *
 * @param text The text.
 * @returns The text; of each credential its beginning, which says of which kind it is, and `…`.
 */
export const withoutSecrets = (text: string): string =>
  text
    .replace(SECRET, (_, ...groups: readonly unknown[]) => {
      const begins = groups.slice(0, FORMS.length).find((group) => typeof group === "string");
      return `${String(begins)}…`;
    })
    .replace(USER, "//…@");
