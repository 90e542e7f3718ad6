/**
 * Writes on one line what a client sent, so that it does not move the cursor of whoever reads it.
 *
 * @example Usage
 * ```ts
 * import { printable } from "@claude-on-aws/fake/server";
 * import { equal } from "node:assert/strict";
 *
 * equal(printable("a-client/1.0\u001B[2J"), "a-client/1.0 [2J");
 * ```
 *
 * @returns The text; each run of control characters and marks that nobody sees is a space.
 */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, " ");
