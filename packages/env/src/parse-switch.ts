const TRUTHY: ReadonlySet<string> = new Set(["1", "true", "yes", "on"]);
const FALSY: ReadonlySet<string> = new Set(["", "0", "false", "no", "off"]);

/**
 * Reads an on/off variable as Claude Code does: `1`, `true`, `yes` and `on` are on, in any case and with any
 * surrounding space; anything else is off.
 *
 * @example Usage
 * ```ts
 * import { parseSwitch } from "@claude-on-aws/env";
 * import { equal } from "node:assert/strict";
 *
 * equal(parseSwitch(" Yes "), true);
 * equal(parseSwitch("enabled"), false);
 * ```
 *
 * @param text The variable's value; `undefined` where it is not set.
 * @returns Whether it is on.
 *
 * @see Observed in Claude Code 2.1.329.
 */
export function parseSwitch(text: string | undefined): boolean {
  return text !== undefined && TRUTHY.has(text.trim().toLowerCase());
}

/**
 * Says whether Claude Code reads a value as off although whoever wrote it may have meant on, such as `y` or `enabled`.
 *
 * @example Usage
 * ```ts
 * import { isMistakenSwitch } from "@claude-on-aws/env";
 * import { equal } from "node:assert/strict";
 *
 * equal(isMistakenSwitch("enabled"), true);
 * equal(isMistakenSwitch("0"), false);
 * ```
 *
 * @param text The variable's value; `undefined` where it is not set.
 * @returns False for what is on and for the usual ways to say off: `0`, `false`, `no`, `off`, nothing.
 */
export function isMistakenSwitch(text: string | undefined): boolean {
  return text !== undefined && !parseSwitch(text) && !FALSY.has(text.trim().toLowerCase());
}
