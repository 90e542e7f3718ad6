import type { Schema } from "./merge-schemas.ts";

/** Rounding that a multiple is forgiven. */
const TOLERANCE = 1e-9;

/**
 * Makes a number within the bounds of a schema: 1 where it may be, otherwise near a bound.
 *
 * @returns 0 where no candidate fits: the bounds exclude each other, or are too close together.
 */
export function makeNumber(schema: Schema): number {
  const isWhole = schema["type"] === "integer" || (Array.isArray(schema["type"]) && !schema["type"].includes("number"));
  const bounds = boundsOf(schema);
  const step = numberOr(schema["multipleOf"], isWhole ? 1 : 0);
  const fits = (value: number): boolean =>
    Number.isFinite(value) &&
    (!isWhole || Number.isInteger(value)) &&
    isInside(value, bounds) &&
    (step <= 0 || Math.abs(value / step - Math.round(value / step)) < TOLERANCE);
  return candidates(bounds, step).find(fits) ?? 0;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly isLeastOut: boolean;
  readonly isMostOut: boolean;
}

const numberOr = (value: unknown, other: number): number => (typeof value === "number" ? value : other);

/** In draft 4 an exclusive bound is a flag beside the bound, later a bound of its own. */
function boundsOf(schema: Schema): Bounds {
  const { exclusiveMinimum, exclusiveMaximum } = schema;
  const least = numberOr(schema["minimum"], Number.NEGATIVE_INFINITY);
  const most = numberOr(schema["maximum"], Number.POSITIVE_INFINITY);
  const above = numberOr(exclusiveMinimum, Number.NEGATIVE_INFINITY);
  const below = numberOr(exclusiveMaximum, Number.POSITIVE_INFINITY);
  return {
    least: Math.max(least, above),
    most: Math.min(most, below),
    isLeastOut: exclusiveMinimum === true || above >= least,
    isMostOut: exclusiveMaximum === true || below <= most,
  };
}

const isInside = (value: number, { least, most, isLeastOut, isMostOut }: Bounds): boolean =>
  (isLeastOut ? value > least : value >= least) && (isMostOut ? value < most : value <= most);

function candidates({ least, most }: Bounds, step: number): number[] {
  const middle = (least + most) / 2;
  const near = [1, 0, least, Math.floor(least) + 1, least + 1, most, Math.ceil(most) - 1, most - 1, middle];
  if (step <= 0) return near;
  const multiples = [least, most, middle].flatMap((value) => [
    Math.ceil(value / step) * step,
    Math.floor(value / step) * step,
    (Math.floor(value / step) + 1) * step,
    (Math.ceil(value / step) - 1) * step,
  ]);
  return [...near, step, ...multiples];
}
