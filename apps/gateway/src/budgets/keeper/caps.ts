import { createHash } from "node:crypto";
import { GatewayError } from "../../gateway-error.ts";
import { type CapSettings, type CapUnit, MAX_RATE_SECONDS } from "../../settings/budget-settings.ts";
import type { Caller } from "../../terms/caller.ts";
import { formatWindow } from "../windows/windows.ts";

/** A cap that counts for a caller. */
export interface AppliedCap {
  readonly cap: CapSettings;
  /** Names the cap and who shares it. */
  readonly key: string;
  /** In whole units. */
  readonly limit: number;
}

const MICRO = 1_000_000;
/** Longer keys are hashed. */
const LONGEST_KEY = 400;

/** How amounts of a unit become whole. */
const TO_WHOLE: Readonly<Record<CapUnit, (amount: number) => number>> = {
  // A cap of 0.57 dollars is one of 570,000 millionths, although 0.57 times a million is less.
  usd: (amount) => Math.floor(Number((amount * MICRO).toFixed(3))),
  tokens: Math.floor,
  requests: Math.floor,
};

/**
 * Says whether a cap is a rate: nothing of it is lost for longer than its span.
 *
 * @param cap The cap.
 * @returns False for money, and for every window of the calendar.
 */
export const isRate = ({ unit, window }: CapSettings): boolean => typeof window === "object" && unit !== "usd";

/**
 * Looks whether caps can be kept.
 *
 * @param caps The caps.
 * @throws {GatewayError} `SETTINGS_INVALID`
 */
export function checkCaps(caps: readonly CapSettings[]): void {
  const names = new Set<string>();
  for (const { name, unit, amount, window } of caps) {
    if (name === "") throw invalid(`a cap has no name`, `give it one`);
    if (names.has(name)) throw invalid(`two caps are called "${name}"`, `give each a name of its own`);
    names.add(name);
    const whole = TO_WHOLE[unit](amount);
    if (!(amount >= 0 && Number.isSafeInteger(whole))) {
      throw invalid(`cap "${name}" has the amount ${amount}`, `expected a number from 0 to ${Number.MAX_SAFE_INTEGER}`);
    }
    if (typeof window !== "object") continue;
    if (!Number.isInteger(window.seconds) || window.seconds < 1 || window.seconds > MAX_RATE_SECONDS) {
      throw invalid(
        `cap "${name}" has a window of ${window.seconds} seconds`,
        `expected a whole number from 1 to ${MAX_RATE_SECONDS}`,
      );
    }
  }
}

const invalid = (found: string, wayOut: string): GatewayError =>
  new GatewayError("SETTINGS_INVALID", `Cannot keep the budgets: ${found}; ${wayOut}`);

/**
 * Finds the caps that count for a caller, and what each is called where it is kept.
 *
 * @param caps The caps.
 * @param caller The caller.
 * @returns Those that count, in the order of the settings.
 */
export function capsFor(caps: readonly CapSettings[], { name, groups }: Caller): AppliedCap[] {
  const applied: AppliedCap[] = [];
  for (const cap of caps) {
    const who = sharerOf(cap.scope, name, groups);
    if (who !== undefined) applied.push({ cap, key: keyOf(cap, who), limit: TO_WHOLE[cap.unit](cap.amount) });
  }
  return applied;
}

/** Who a cap is counted for: null for all whom it is for together; undefined where it is not for this caller. */
function sharerOf(scope: CapSettings["scope"], name: string, groups: readonly string[]): string | null | undefined {
  if (scope === "everybody") return null;
  if (scope === "each-caller") return name;
  if ("caller" in scope) return scope.caller === name ? null : undefined;
  if ("group" in scope) return groups.includes(scope.group) ? null : undefined;
  return groups.includes(scope.eachOf) ? name : undefined;
}

/** No two caps, and no two callers of one, have the same key, whatever they are called. */
function keyOf({ name, unit, window }: CapSettings, who: string | null): string {
  const key = JSON.stringify([name, unit, formatWindow(window), who]);
  return key.length <= LONGEST_KEY ? key : createHash("sha256").update(key).digest("hex");
}
