import type { WindowLayout } from "./windows.ts";

/** The sums of the slots that are kept, in cells that are used again. */
export interface WindowSums {
  /** Which slot is in each cell; -1 where none is. */
  readonly slots: number[];
  readonly sums: number[];
}

/**
 * Makes cells in which nothing is counted.
 *
 * @param layout How the window is cut.
 * @returns The cells.
 */
export const emptySums = ({ size }: WindowLayout): WindowSums => ({
  slots: Array.from({ length: size }, () => -1),
  sums: Array.from({ length: size }, () => 0),
});

const counts = (slot: number, current: number, { back, ahead }: WindowLayout): boolean =>
  slot >= current - back && slot <= current + ahead;

/**
 * Adds up what counts at a moment.
 *
 * @param of The cells.
 * @param layout How the window is cut.
 * @param current The slot of the moment.
 * @returns The sum.
 */
export function sumOf(of: WindowSums, layout: WindowLayout, current: number): number {
  let sum = 0;
  for (const [cell, slot] of of.slots.entries()) if (counts(slot, current, layout)) sum += of.sums[cell] ?? 0;
  return sum;
}

/**
 * Finds the oldest slot that counts and holds anything.
 *
 * @param of The cells.
 * @param layout How the window is cut.
 * @param current The slot of the moment.
 * @returns Its number; that of the moment where none holds anything.
 */
export function oldestOf(of: WindowSums, layout: WindowLayout, current: number): number {
  let oldest: number | undefined;
  for (const [cell, slot] of of.slots.entries()) {
    const isHeld = counts(slot, current, layout) && (of.sums[cell] ?? 0) > 0;
    if (isHeld && (oldest === undefined || slot < oldest)) oldest = slot;
  }
  return oldest ?? current;
}

/**
 * Adds to a slot. What was in its cell before is of a slot that counts no more.
 *
 * @param of The cells; they are changed.
 * @param slot The number of the slot.
 * @param amount How much.
 */
export function addTo(of: WindowSums, slot: number, amount: number): void {
  const cell = slot % of.slots.length;
  const before = of.slots[cell] === slot ? (of.sums[cell] ?? 0) : 0;
  of.slots[cell] = slot;
  of.sums[cell] = before + amount;
}

/**
 * Changes what a slot holds, where it is still kept.
 *
 * @param of The cells; they are changed.
 * @param slot The number of the slot.
 * @param difference How much more, or less; a sum never falls below nothing.
 */
export function changeIn(of: WindowSums, slot: number, difference: number): void {
  const cell = slot % of.slots.length;
  if (of.slots[cell] === slot) of.sums[cell] = Math.max(0, (of.sums[cell] ?? 0) + difference);
}

/**
 * Says whether nothing counts any more, and nothing would if the clock were set back by a span.
 *
 * @param of The cells.
 * @param layout How the window is cut.
 * @param current The slot of the moment.
 * @returns Whether the cells may be forgotten.
 */
export const isStale = (of: WindowSums, { back }: WindowLayout, current: number): boolean =>
  of.slots.every((slot, cell) => (of.sums[cell] ?? 0) === 0 || slot < current - 2 * back - 1);
