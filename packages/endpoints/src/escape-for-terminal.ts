/** Control characters, and those that turn the direction of a line; line feeds and tabs stay. */
const CONTROLS = /(?![\n\t])\p{Cc}|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

/** What colours a text, as this command writes it. */
const COLOUR = /* @__PURE__ */ (() => new RegExp(`(${String.fromCharCode(0x1b)}\\[\\d{1,2}m)`))();

/** Where a CI runner takes a line for a command: GitHub, Azure Pipelines, TeamCity. */
const RUNNER_COMMAND = /^(\s*):(?=:)|#(?=#[A-Za-z]*\[)/gm;

/** As JSON writes it, so that what is JSON stays the same JSON. */
const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * Makes text harmless for a terminal and for a CI runner, whoever chose it: a region, a model, the ID of a request, what a
 * client calls itself.
 *
 * @example Usage
 * ```ts
 * import { escapeForTerminal } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(escapeForTerminal("::error::x", false), "\\u003a:error::x");
 * ```
 *
 * @param text Lines.
 * @param colour Whether colours are left in it.
 * @returns The lines, with what would be read as a command written out.
 */
export function escapeForTerminal(text: string, colour: boolean): string {
  const shown = colour
    ? text
        .split(COLOUR)
        .map((part, index) => (index % 2 === 1 ? part : part.replace(CONTROLS, escape)))
        .join("")
    : text.replace(CONTROLS, escape);
  return shown.replace(RUNNER_COMMAND, (found, space: string | undefined) =>
    space === undefined ? escape(found) : space + escape(":"),
  );
}
