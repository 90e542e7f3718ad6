/**
 * The form of a workspace ID, such as `wrkspc_01AbCdEf23GhIj`: letters and digits after the prefix. How many there are at
 * most is not documented.
 *
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/claude-platform-on-aws | Claude Platform on AWS}, which shows no other form
 */
export const WORKSPACE_ID: RegExp = /^wrkspc_[0-9A-Za-z]{1,128}$/;

/**
 * Says whether a text has the form of a workspace ID.
 *
 * @example Usage
 * ```ts
 * import { isWorkspaceId } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(isWorkspaceId("wrkspc_01AbCdEf23GhIj"), true);
 * equal(isWorkspaceId("01AbCdEf23GhIj"), false);
 * ```
 *
 * @param text Any text.
 * @returns Whether it is `wrkspc_` and 1 to 128 letters and digits.
 */
export const isWorkspaceId = (text: string): boolean => WORKSPACE_ID.test(text);
