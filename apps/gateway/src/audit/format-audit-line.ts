import type { AuditRecord } from "./audit-record.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** Longest text of a record that is kept whole, in UTF-16 code units: a path can be as long as a head may be. */
const MAX_TEXT = 2048;

/**
 * What JSON leaves as it is, and a terminal, an editor or a reader of lines takes for something else: control characters, also of
 * C1, line and paragraph separators, what turns the direction of a line, and what is not seen.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** As JSON writes it: one that is two code units as two. */
const escape = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");

const cut = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);

const written = (_: string, value: unknown): unknown =>
  typeof value === "string" ? withoutSecrets(cut(value)) : value;

/**
 * Writes a record as a line of JSON that nothing a client sent can break or hide in.
 *
 * @param record The record.
 * @returns The line with its end; texts longer than 2048 are cut, and end in `…`; of a credential that a client put in the wrong place its beginning is
 * left, and `…`.
 */
export const formatAuditLine = (record: AuditRecord): string =>
  `${JSON.stringify(record, written).replace(UNSEEN, escape)}\n`;
