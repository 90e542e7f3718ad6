import type { CapWindow } from "../../settings/budget-settings.ts";

/** How a window is cut: into slots of time, each with a sum of its own. */
export interface WindowLayout {
  /** How many slots before the one of the moment count with it. */
  readonly back: number;
  /** How many behind it do: what leases hold in advance, and what was counted before a clock was set back. */
  readonly ahead: number;
  /** How many slots are kept. */
  readonly size: number;
}

const DAY_MS = 86_400_000;
const DAYS_OF_WEEK = 7;
const MONTHS_OF_YEAR = 12;
/** 1 January 1970 was a Thursday: its week began three days before. */
const DAYS_BEFORE = 3;

/**
 * Into how many slots the span of a rate is cut. One more than that is counted, the oldest of them whole: that is why *any* span
 * holds, and not only those that begin with a slot. A rate may so be held back by a tenth of its span, and no longer.
 */
export const SLOTS_OF_SPAN = 10;

const CALENDAR: WindowLayout = { back: 0, ahead: 0, size: 2 };
/** A clock may be set back by a whole span, and what was counted in the one before it is still there. */
const SPAN: WindowLayout = { back: SLOTS_OF_SPAN, ahead: SLOTS_OF_SPAN + 1, size: 2 * SLOTS_OF_SPAN + 3 };

/**
 * Says how a window is cut.
 *
 * @param window The window.
 * @returns The layout: one slot where it is one of the calendar.
 */
export const layoutOf = (window: CapWindow): WindowLayout => (typeof window === "string" ? CALENDAR : SPAN);

/**
 * Says how long a slot of a span is.
 *
 * @param seconds The span.
 * @returns Milliseconds; all slots together are never shorter than the span.
 */
export const slotMs = (seconds: number): number => Math.ceil((seconds * 1_000) / SLOTS_OF_SPAN);

/**
 * Finds the slot of a moment.
 *
 * @param window The window.
 * @param ms The moment, in milliseconds since 1970.
 * @returns Its number: of the day, of the week from Monday on, of the month, all in UTC; or of the part of a span.
 */
export function slotOf(window: CapWindow, ms: number): number {
  if (typeof window === "object") return Math.floor(ms / slotMs(window.seconds));
  const day = Math.floor(ms / DAY_MS);
  if (window === "day") return day;
  if (window === "week") return Math.floor((day + DAYS_BEFORE) / DAYS_OF_WEEK);
  const date = new Date(ms);
  return date.getUTCFullYear() * MONTHS_OF_YEAR + date.getUTCMonth();
}

/**
 * Says when a slot ends.
 *
 * @param window The window.
 * @param slot The number of the slot.
 * @returns Milliseconds since 1970.
 */
export function slotEndMs(window: CapWindow, slot: number): number {
  const next = slot + 1;
  if (typeof window === "object") return next * slotMs(window.seconds);
  if (window === "day") return next * DAY_MS;
  if (window === "week") return (next * DAYS_OF_WEEK - DAYS_BEFORE) * DAY_MS;
  return Date.UTC(Math.floor(next / MONTHS_OF_YEAR), next % MONTHS_OF_YEAR);
}

/**
 * Writes a window, for keys and messages.
 *
 * @param window The window.
 * @returns `day`, `week`, `month`, or a span such as `60s`.
 */
export const formatWindow = (window: CapWindow): string =>
  typeof window === "string" ? window : `${String(window.seconds)}s`;
